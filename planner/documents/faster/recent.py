"""What was used lately: as much as there is room for, twice over."""

from typing import Any


class Recent:
    """A table in two halves. Where the newer one is full it becomes the older one, which is forgotten.

    What is used again moves to the newer half, so that what every document needs stays, at the cost of one look-up.
    """

    def __init__(self, room: int) -> None:
        self._room, self._used = room, 0
        self._newer: dict[Any, Any] = {}
        self._older: dict[Any, Any] = {}

    def get(self, key: Any) -> Any:
        """What is kept under the key, or None."""
        found = self._newer.get(key)
        if found is None and (entry := self._older.pop(key, None)) is not None:
            self.keep(key, *entry)
            return entry[0]
        return found and found[0]

    def keep(self, key: Any, value: Any, size: int = 1) -> None:
        """Keep a value of this size, which is never None."""
        if self._used + size > self._room:
            self._older, self._newer, self._used = self._newer, {}, 0
        self._newer[key] = (value, size)
        self._used += size
