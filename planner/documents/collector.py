"""The garbage collector held off while a document is made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_off() -> Iterator[None]:
    """No collection inside, and one of what was made inside after it.

    A layout makes hundreds of thousands of objects that all live to its end: looking through them again and
    again takes a fifth of its time. They are all young at the end, so that only they are looked through.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        gc.enable()
