"""Canonical JSON: the RFC 8785 profile in which every byte of this log is written.

Objects with ASCII names, arrays, strings, booleans, null and integers below 2**53 in
magnitude; no fractions. Within this profile code point order is RFC 8785 order and the
escapes of `json` are those of RFC 8785, so one value has exactly one encoding.
See docs/spec/audit.md#canonical-json.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from fallberatung.audit.errors import CanonicalError

Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | bool | None"
"""A value of the profile."""

LARGEST_INT: Final = 2**53 - 1

_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


def _refuse_fraction(_: str) -> int:
    raise CanonicalError("numbers are integers")


_DECODER: Final = json.JSONDecoder(parse_float=_refuse_fraction, parse_constant=_refuse_fraction)


def canonical(value: Json) -> bytes:
    """Encode `value` as the one byte string that stands for it.

    Raises:
        CanonicalError: The value lies outside the profile.
    """
    try:
        return _ENCODER.encode(_plain(value)).encode()
    except (UnicodeEncodeError, RecursionError):
        raise CanonicalError("value cannot be written as canonical json") from None


def parse(encoded: bytes) -> Json:
    """Read bytes that `canonical` could have written, and nothing else.

    Raises:
        CanonicalError: Not JSON, a repeated name, white space, a fraction: any second
            spelling of the same value.
    """
    try:
        value: Json = _DECODER.decode(encoded.decode())
        is_canonical = canonical(value) == encoded
    except (ValueError, RecursionError):
        raise CanonicalError("not json") from None
    if not is_canonical:
        raise CanonicalError("json is not canonical")
    return value


def parse_object(encoded: bytes) -> Mapping[str, Json]:
    """Read canonical bytes that hold an object.

    Raises:
        CanonicalError: Not canonical, or not an object.
    """
    value = parse(encoded)
    if not isinstance(value, Mapping):
        raise CanonicalError("json is not an object")
    return value


def _plain(value: Json) -> object:
    match value:
        case None | bool() | str():
            return value
        case int() if abs(value) <= LARGEST_INT:
            return value
        case list() | tuple():
            return [_plain(item) for item in value]
        case Mapping():
            return {_name(key): _plain(member) for key, member in value.items()}
    raise CanonicalError("value lies outside the json profile")


def _name(key: object) -> str:
    if isinstance(key, str) and key.isascii():
        return key
    raise CanonicalError("names are ascii")
