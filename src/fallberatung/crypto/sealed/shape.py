"""Readers that take a decoded value apart and accept exact types and exact key sets only."""

from collections.abc import Mapping
from typing import Final

from fallberatung.crypto.sealed.errors import MalformedSealError
from fallberatung.crypto.sealed.fbcbor import Value

_NO_KEYS: Final[frozenset[str]] = frozenset()


def fields(
    value: Value, required: frozenset[str], optional: frozenset[str] = _NO_KEYS
) -> Mapping[str, Value]:
    """The map itself, if its keys are all of `required` and nothing beyond `optional`.

    Raises:
        MalformedSealError: no map with text keys, a key missing, or a key too many.
    """
    if type(value) is not dict or not required <= value.keys() <= required | optional:
        raise MalformedSealError("unexpected set of keys")
    return value


def items(value: Value, count: int | None = None) -> list[Value]:
    """The array itself, if it has `count` items or no count is asked for.

    Raises:
        MalformedSealError: no array, or one of another length.
    """
    if type(value) is not list or (count is not None and len(value) != count):
        raise MalformedSealError("unexpected array")
    return value


def octets(value: Value, length: int | None = None) -> bytes:
    """The byte string itself, if it has `length` bytes or no length is asked for.

    Raises:
        MalformedSealError: no byte string, or one of another length.
    """
    if type(value) is not bytes or (length is not None and len(value) != length):
        raise MalformedSealError("unexpected byte string")
    return value


def text(value: Value) -> str:
    """The text itself.

    Raises:
        MalformedSealError: no text.
    """
    if type(value) is not str:
        raise MalformedSealError("unexpected value in place of text")
    return value


def whole(value: Value, least: int = 0) -> int:
    """The integer itself, if it is not smaller than `least`; truth values are no integers.

    Raises:
        MalformedSealError: no integer, or one too small.
    """
    if type(value) is not int or value < least:
        raise MalformedSealError("unexpected value in place of an integer")
    return value


def one_of(value: Value, allowed: tuple[str, ...]) -> str:
    """The text itself, if it stands in the closed list `allowed`.

    Raises:
        MalformedSealError: no text, or one outside the list.
    """
    if (code := text(value)) not in allowed:
        raise MalformedSealError("unknown code")
    return code


def version_one(value: Value) -> None:
    """Refuse whatever is not the integer 1, the only version there is.

    Raises:
        MalformedSealError: another version, or no integer.
    """
    if whole(value) != 1:
        raise MalformedSealError("unknown version")
