"""Editions of a whole library: what one is called, what was released, and what changed between two.

`edition.yaml` names the edition that stands in a folder; `releases/<edition>.yaml` records every
clinical file of an edition that was given out, with its version and a digest. Clinical files are
all files that a library is read from: the examples are not.
"""
