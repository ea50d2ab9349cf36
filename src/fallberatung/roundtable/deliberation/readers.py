"""Strict readers of single values in an entry body; each refuses what it would not have written.

A reader takes a decoded FBCBOR value and returns what it stands for. Types are compared exactly,
because a boolean is an integer to Python.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from fallberatung.roundtable.deliberation.errors import EntryBodyError

T = TypeVar("T")
Reader = Callable[[object], object]
"""From a decoded value to its meaning; raises `EntryBodyError`."""

LARGEST = 2**53 - 1
"""The largest integer of the encoding (docs/spec/fb-v1.md#encoding)."""
CODE_LENGTH = 40
"""The longest code, in characters."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of one map and what makes a value of them.

    Attributes:
        make: called with one argument per key.
        required: readers of the keys that must be there.
        optional: readers of those that may be absent; absent keys are not passed.
    """

    make: Callable[..., object]
    required: Mapping[str, Reader]
    optional: Mapping[str, Reader]

    def read(self, value: object) -> object:
        """Return what the map says.

        Raises:
            EntryBodyError: no map, a key missing or too many, a value of the wrong form.
        """
        if not isinstance(value, Mapping):
            raise EntryBodyError("a part is not a map")
        readers = {**self.required, **self.optional}
        if not set(self.required) <= set(value) <= set(readers):
            raise EntryBodyError("a part has the wrong keys")
        return self.make(**{key: readers[key](part) for key, part in value.items()})


def whole(low: int, high: int = LARGEST) -> Reader:
    """Read an integer between two ends, both included."""

    def read(value: object) -> object:
        if type(value) is not int or not low <= value <= high:
            raise EntryBodyError("a number is out of its range")
        return value

    return read


seq = whole(1)
"""Read the place of a record in its case, from 1."""


def claim(value: object) -> object:
    """Read a boolean."""
    if type(value) is not bool:
        raise EntryBodyError("a claim is neither true nor false")
    return value


def one_of(*codes: str) -> Reader:
    """Read one code of a closed list."""

    def read(value: object) -> object:
        if type(value) is not str or value not in codes:
            raise EntryBodyError("a code is not in its list")
        return value

    return read


def code(value: object) -> object:
    """Read a code of an open list: 1 to 40 ASCII letters, digits and `_`."""
    if type(value) is not str or not 1 <= len(value) <= CODE_LENGTH:
        raise EntryBodyError("a code has the wrong length")
    if not value.isascii() or not value.replace("_", "a").isalnum():
        raise EntryBodyError("a code has a character that codes do not have")
    return value


def day(value: object) -> object:
    """Read a day written as `YYYY-MM-DD`."""
    try:
        read = date.fromisoformat(value) if type(value) is str else None
    except ValueError:
        read = None
    if read is None or read.isoformat() != value:
        raise EntryBodyError("a day is not written as YYYY-MM-DD")
    return read


def octets(length: int) -> Reader:
    """Read a byte string of one length."""

    def read(value: object) -> object:
        if type(value) is not bytes or len(value) != length:
            raise EntryBodyError("a byte string has the wrong length")
        return value

    return read


def several(reader: Reader, low: int = 0, high: int = 200) -> Reader:
    """Read an array of `low` to `high` values of one kind into a tuple."""

    def read(value: object) -> object:
        if type(value) is not list or not low <= len(value) <= high:
            raise EntryBodyError("an array has the wrong length")
        return tuple(reader(part) for part in value)

    return read
