"""Canonical JSON: one value, one spelling."""

import pytest

from fallberatung.audit.errors import CanonicalError
from fallberatung.audit.jcs import Json, canonical, parse, parse_object

REFUSED = [
    b'{"b":1,"a":2}',
    b'{"a": 1}',
    b'{"a":1,"a":1}',
    b'{"a":1.0}',
    b'{"a":1e2}',
    b'{"a":-0}',
    b'{"a":NaN}',
    b'{"a":9007199254740992}',
    b'{"a":"\\u0041"}',
    b'{"\xc3\xa4":1}',
    b'"\\ud800"',
    b"\xff",
    b"",
    b"{}{}",
    b" {}",
    b"[" * 5000 + b"]" * 5000,
    b"1" * 5000,
]


def test_a_value_is_written_sorted_and_without_spaces() -> None:
    """Names are sorted, nothing is escaped that need not be, text stands as UTF-8."""
    value: Json = {"b": [1, None, True], "a": "ä\n\x01\u2028", "A": -5}

    expected = '{"A":-5,"a":"ä\\n\\u0001\u2028","b":[1,null,true]}'.encode()
    assert canonical(value) == expected


def test_what_was_written_is_read_back() -> None:
    """Reading is the inverse of writing."""
    encoded = '{"a":[],"n":9007199254740991,"o":{"t":"ö"}}'.encode()

    assert canonical(parse(encoded)) == encoded


@pytest.mark.parametrize("encoded", REFUSED)
def test_a_second_spelling_is_refused(encoded: bytes) -> None:
    """Whatever `canonical` would not have written is not read."""
    assert len(REFUSED) >= 15
    with pytest.raises(CanonicalError):
        parse(encoded)


@pytest.mark.parametrize("value", [1.5, 2**53, {"ä": 1}, {1: 2}, b"x", "\ud800", {1, 2}])
def test_a_value_outside_the_profile_is_refused(value: object) -> None:
    """Fractions, large numbers, other types and names beyond ASCII have no spelling."""
    with pytest.raises(CanonicalError):
        canonical(value)  # type: ignore[arg-type]  # the point of the test


def test_an_object_is_asked_for() -> None:
    """Canonical JSON that is no object is refused where an object is due."""
    with pytest.raises(CanonicalError):
        parse_object(b"[1]")
