"""Tall-man letters: drug names that look alike are told apart by capitals."""

import re
from collections.abc import Callable, Mapping


def tall_man(names: Mapping[str, str]) -> Callable[[str], str]:
    """A function that spells every whole word of `names` its tall-man way, however it was written.

    `norepinephrine` stays as it is when only `epinephrine` is in `names`.
    """
    if not names:
        return lambda text: text
    spellings = {name.lower(): spelling for name, spelling in names.items()}
    longest_first = sorted(spellings, key=len, reverse=True)
    words = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)
    return lambda text: words.sub(lambda match: spellings[match[0].lower()], text)
