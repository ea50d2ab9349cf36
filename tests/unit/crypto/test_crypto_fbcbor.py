"""FBCBOR writes one encoding and reads no other."""

import enum
from collections import OrderedDict

import pytest

from fallberatung.crypto.sealed import fbcbor
from fallberatung.crypto.sealed.errors import MalformedSealError
from fallberatung.crypto.sealed.fbcbor import MAX_INTEGER, Value, decode, encode

WRITTEN: dict[str, tuple[Value, str]] = {
    "zero": (0, "00"),
    "last one-byte integer": (23, "17"),
    "first two-byte integer": (24, "1818"),
    "largest integer": (MAX_INTEGER, "1b001fffffffffffff"),
    "smallest integer": (-MAX_INTEGER, "3b001ffffffffffffe"),
    "truth": (True, "f5"),
    "nothing": (None, "f6"),
    "bytes": (b"\0\xff", "4200ff"),
    "text": ("Ü", "62c39c"),
    "array": ([1, [False]], "8201" + "81f4"),
    "short keys first": ({"aa": 1, "b": 2}, "a26162" + "02" + "626161" + "01"),
    "integer keys": ({24: 1, 4: 2}, "a20402181801"),
    "empty map": ({}, "a0"),
}

REFUSED = {
    "empty input": "",
    "non-minimal integer": "1801",
    "non-minimal two-byte integer": "190018",
    "non-minimal negative integer": "3801",
    "non-minimal byte string length": "5801ff",
    "non-minimal text length": "780161",
    "non-minimal array length": "980101",
    "non-minimal map length": "b801616101",
    "unsorted keys": "a2616201616101",
    "long key before short key": "a262616101616202",
    "unsorted integer keys": "a218180104" + "02",
    "duplicate keys": "a2616101616102",
    "indefinite array": "9f01ff",
    "indefinite map": "bf616101ff",
    "indefinite bytes": "5f4101ff",
    "indefinite text": "7f6161ff",
    "tag: date": "c06161",
    "tag: big number": "c249010000000000000000",
    "tag: pattern": "d8236161",
    "tag: shared value": "d81c80",
    "tag: set": "d9010280",
    "tag: unknown": "d8f001",
    "tag: self-described": "d9d9f700",
    "half float": "f93c00",
    "single float": "fa3f800000",
    "double float": "fb3ff0000000000000",
    "not a number": "f97e00",
    "undefined": "f7",
    "simple value": "e0",
    "one-byte simple value": "f820",
    "trailing byte": "0101",
    "truncated bytes": "4201",
    "truncated array": "8201",
    "huge declared length": "5bffffffffffffffff01",
    "huge declared array": "9b0000ffffffffffff01",
    "integer beyond 2^53-1": "1b0020000000000000",
    "integer below -(2^53-1)": "3b001fffffffffffff",
    "invalid text": "61ff",
    "lone surrogate": "63eda080",
    "bytes as key": "a1410001",
    "truth as key": "a1f501",
    "negative key": "a12001",
    "nothing as key": "a1f601",
    "array as key": "a18001",
    "map as key": "a1a001",
    "mixed keys": "a20101616102",
    "nested too deeply": "81" * 17 + "01",
    "nested absurdly": "81" * 100_000 + "01",
    "reserved length": "1c",
    "stop code alone": "ff",
}


class _Code(enum.IntEnum):
    ONE = 1


UNWRITABLE: dict[str, object] = {
    "float": 1.0,
    "integer too large": MAX_INTEGER + 1,
    "subclass of int": _Code.ONE,
    "subclass of dict": OrderedDict(a=1),
    "set": {1},
    "bytearray": bytearray(b"a"),
    "lone surrogate": "\ud800",
    "lone surrogate in a key": {"\ud800": 1},
    "mixed keys": {1: 1, "a": 1},
    "truth as key": {True: 1},
    "negative key": {-1: 1},
    "bytes as key": {b"a": 1},
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_value_has_the_one_encoding_of_the_profile(name: str) -> None:
    """Known values have known bytes, and the bytes read back as the value."""
    value, expected = WRITTEN[name]

    assert encode(value).hex() == expected
    assert decode(bytes.fromhex(expected)) == value


@pytest.mark.parametrize("name", REFUSED)
def test_other_encodings_are_refused(name: str) -> None:
    """What the encoder would not have written is malformed."""
    with pytest.raises(MalformedSealError):
        decode(bytes.fromhex(REFUSED[name]))


@pytest.mark.parametrize("name", UNWRITABLE)
def test_values_outside_the_profile_are_not_written(name: str) -> None:
    """Types are compared exactly, also inside a container."""
    value: Value = UNWRITABLE[name]  # type: ignore[assignment]  # the wrong type is the point

    with pytest.raises(MalformedSealError):
        encode(value)
    with pytest.raises(MalformedSealError):
        encode([value])


def test_the_tables_are_not_empty() -> None:
    """A table that lost its rows would pass without testing anything."""
    assert len(REFUSED) >= 45
    assert len(UNWRITABLE) >= 12


def test_tuples_are_written_as_arrays() -> None:
    """Frozen values may be written without copying them into lists."""
    assert encode((1, ("a",))) == encode([1, ["a"]])


def test_sixteen_levels_below_the_outermost_are_allowed() -> None:
    """The deepest allowed nesting reads back."""
    deepest = b"\x81" * 16 + b"\x01"

    assert encode(decode(deepest)) == deepest


def test_a_refusal_does_not_repeat_what_was_read() -> None:
    """A message of refusal shows nothing of the input, nor does its cause."""
    with pytest.raises(MalformedSealError) as refused:
        decode(b"\x65secr\xff")

    assert "secr" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("tag", ["c0", "c1", "c2", "c4", "d81c", "d81e", "d823", "d825", "d90102"])
def test_a_tag_is_refused_before_it_is_interpreted(
    monkeypatch: pytest.MonkeyPatch, tag: str
) -> None:
    """No date, pattern or fraction of an attacker reaches the code that would make one."""
    refused: list[object] = []

    def refuse(*content: object) -> None:
        refused.append(content)
        raise ValueError

    monkeypatch.setattr(fbcbor, "_refuse_tag", refuse)
    with pytest.raises(MalformedSealError):
        decode(bytes.fromhex(tag + "80"))

    assert len(refused) == 1
