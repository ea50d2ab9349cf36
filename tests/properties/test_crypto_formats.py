"""Formats hold for any value: what is written reads back, and nothing else is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallberatung.crypto.opened import code, padding
from fallberatung.crypto.opened.errors import CodeError, SealError
from fallberatung.crypto.sealed import records
from fallberatung.crypto.sealed.b64 import b64u, from_b64u
from fallberatung.crypto.sealed.errors import MalformedSealError
from fallberatung.crypto.sealed.fbcbor import MAX_INTEGER, Value, decode, encode
from fallberatung.crypto.sealed.padding import padded_size
from fallberatung.crypto.sealed.records import Header

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-MAX_INTEGER, MAX_INTEGER),
    st.binary(max_size=40),
    TEXTS,
)


def containers(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    """Arrays and maps of the profile."""
    return st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(TEXTS, inner, max_size=4),
        st.dictionaries(st.integers(0, MAX_INTEGER), inner, max_size=4),
    )


VALUES: st.SearchStrategy[Value] = st.recursive(SCALARS, containers, max_leaves=20)
ENTRY_HEADERS = st.builds(
    Header,
    kind=st.just("entry"),
    case=st.binary(min_size=16, max_size=16),
    epoch=st.integers(1, MAX_INTEGER),
    seq=st.integers(1, MAX_INTEGER),
    prev=st.binary(min_size=32, max_size=32),
    salt=st.binary(min_size=32, max_size=32),
    ret=st.sampled_from(records.RETENTION_CODES),
)


@given(VALUES)
def test_every_value_of_the_profile_reads_back(value: Value) -> None:
    """Encoding and decoding is the identity."""
    assert decode(encode(value)) == value


@given(st.binary(max_size=60))
def test_whatever_is_read_would_have_been_written(encoded: bytes) -> None:
    """No value has a second encoding: bytes that read are the bytes that writing gives."""
    try:
        value = decode(encoded)
    except MalformedSealError:
        return

    assert encode(value) == encoded


@given(VALUES, st.data())
def test_a_changed_encoding_reads_as_itself_or_not_at_all(
    value: Value, data: st.DataObject
) -> None:
    """Near misses of real encodings are malleable as little as random bytes."""
    encoded = encode(value)
    at = data.draw(st.integers(0, len(encoded) - 1))
    flip = data.draw(st.integers(1, 255))
    changed = encoded[:at] + bytes([encoded[at] ^ flip]) + encoded[at + 1 :]
    try:
        other = decode(changed)
    except MalformedSealError:
        return

    assert encode(other) == changed


@given(st.binary(max_size=80))
def test_bytes_have_one_text_form(octets: bytes) -> None:
    """base64url writes and reads back."""
    assert from_b64u(b64u(octets)) == octets


@given(st.text(st.characters(codec="ascii"), max_size=12))
def test_text_that_reads_is_the_text_that_is_written(text: str) -> None:
    """base64url has no second spelling."""
    try:
        octets = from_b64u(text)
    except MalformedSealError:
        return

    assert b64u(octets) == text


@given(ENTRY_HEADERS)
def test_every_header_reads_back(header: Header) -> None:
    """A header that can be written is read as what it was."""
    assert records.parse_header(records.encode_header(header)) == header


@given(st.integers(0, 10**9))
def test_padded_sizes_are_few_and_close(length: int) -> None:
    """A size holds the length, is a size itself, and costs at most an eighth."""
    size = padded_size(length)

    assert size >= length
    assert padded_size(size) == size
    assert size == 256 or size <= length + length // 8


@given(st.binary(max_size=2000))
def test_padding_comes_off_again(message: bytes) -> None:
    """A padded message has an allowed size and gives the message back."""
    padded = padding.pad(message)

    assert len(padded) == padded_size(len(padded))
    assert padding.unpad(padded) == message


@given(st.binary(max_size=400), st.data())
def test_padding_is_zeros_and_nothing_else(message: bytes, data: st.DataObject) -> None:
    """Neither a byte in the padding nor a byte more or less is accepted."""
    padded = padding.pad(message)
    first = 4 + len(message)
    if first < len(padded):
        at = data.draw(st.integers(first, len(padded) - 1))
        with pytest.raises(SealError):
            padding.unpad(padded[:at] + b"\1" + padded[at + 1 :])
    with pytest.raises(SealError):
        padding.unpad(padded + b"\0")
    with pytest.raises(SealError):
        padding.unpad(padded[:-1])


@given(st.binary(min_size=16, max_size=16), st.integers(0, 29), st.integers(1, 31))
def test_a_mistyped_character_is_noticed(secret: bytes, at: int, step: int) -> None:
    """One wrong character in any place of any code; the written code reads back."""
    written = code.encode(secret)
    characters = list(written.replace("-", ""))
    alphabet = code._ALPHABET
    characters[at] = alphabet[(alphabet.index(characters[at]) + step) % 32]

    assert code.decode(written) == secret
    with pytest.raises(CodeError):
        code.decode("".join(characters))
