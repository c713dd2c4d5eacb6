"""Perioperative pain plans from analgesia protocols and what is known about one patient."""

__version__ = "0.1.0"
