"""FBCBOR: the strict deterministic profile of CBOR that everything in fb/v1 is written in.

One value has exactly one encoding, and only that encoding is read back; see
docs/spec/fb-v1.md#encoding and RFC 8949 section 4.2.1. Reading never interprets a tag, so no
date, pattern or big number of an attacker reaches the code behind cbor2's semantic decoders.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NoReturn, TypeAlias

import cbor2

from fallberatung.crypto.sealed.errors import MalformedSealError

Value: TypeAlias = (
    "bool | int | str | bytes | Sequence[Value] | Mapping[str, Value] | Mapping[int, Value] | None"
)
"""What the profile can say. Arrays are read as `list`, maps as `dict`; both may hold each other."""

MAX_INTEGER: Final = 2**53 - 1
"""Largest magnitude of an integer: what a JavaScript number holds exactly."""

MAX_DEPTH: Final = 16
"""Deepest level at which a value may stand; the outermost value stands on level 0."""


class _NoTags(Mapping[int, object]):
    """Stands in for cbor2's table of semantic decoders and refuses every tag."""

    def __getitem__(self, tag: int) -> object:
        return _refuse_tag

    def __iter__(self) -> Iterator[int]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _refuse_tag(*_content: object) -> NoReturn:
    raise ValueError("tags are not in the profile")


_NO_TAGS: Final = _NoTags()


def encode(value: Value) -> bytes:
    """Write a value in its one encoding.

    Types are compared exactly: a subclass of `int`, `str`, `dict` and so on is refused, as are
    floats, maps whose keys are not all text or all unsigned integers, integers beyond
    `MAX_INTEGER`, text with lone surrogates and nesting beyond `MAX_DEPTH`. Tuples are written
    as arrays.

    Raises:
        MalformedSealError: the value is outside the profile.
    """
    _check(value, 0)
    try:
        return cbor2.dumps(value, canonical=True)
    except (cbor2.CBORError, ValueError):
        raise MalformedSealError("text is not valid unicode") from None


def decode(encoded: bytes) -> Value:
    """Read one value back and refuse every byte string that `encode` would not have written.

    Raises:
        MalformedSealError: not the one encoding of a value of the profile.
    """
    try:
        value: Value = cbor2.loads(
            encoded,
            max_depth=MAX_DEPTH + 1,
            allow_indefinite=False,
            allow_duplicate_keys=False,
            semantic_decoders=_NO_TAGS,  # type: ignore[arg-type]  # it refuses whatever it is asked
            tag_hook=_refuse_tag,
        )
    except (cbor2.CBORError, ValueError, TypeError):
        raise MalformedSealError("not a value of the profile") from None
    if encode(value) != encoded:
        raise MalformedSealError("not the deterministic encoding")
    return value


def _check(value: object, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise MalformedSealError("nested too deeply")
    kind = type(value)
    if value is None or kind in (bool, bytes, str):
        return
    # Exact types matter: cbor2 shows simple values and tags as subclasses of built-in types.
    if kind is int:
        _check_integer(value)
    elif kind in (list, tuple):
        for item in value:  # type: ignore[attr-defined]  # an exact list or tuple
            _check(item, depth + 1)
    elif kind is dict:
        _check_keys(value)
        for item in value.values():  # type: ignore[attr-defined]  # an exact dict
            _check(item, depth + 1)
    else:
        raise MalformedSealError("a type outside the profile")


def _check_integer(value: object) -> None:
    if not -MAX_INTEGER <= value <= MAX_INTEGER:  # type: ignore[operator]  # an exact int
        raise MalformedSealError("integer out of range")


def _check_keys(mapping: object) -> None:
    # With keys of one kind the order of RFC 7049, which cbor2 writes, is that of RFC 8949.
    keys = list(mapping)  # type: ignore[call-overload]  # an exact dict
    if all(type(key) is str for key in keys):
        return
    if not all(type(key) is int and 0 <= key <= MAX_INTEGER for key in keys):
        raise MalformedSealError("map keys must be all text or all unsigned integers")
