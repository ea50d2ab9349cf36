"""base64url has one spelling per byte string."""

import pytest

from fallberatung.crypto.sealed.b64 import b64u, from_b64u
from fallberatung.crypto.sealed.errors import MalformedSealError

REFUSED = {
    "padding": "AA==",
    "standard alphabet plus": "+/8",
    "standard alphabet slash": "__/_",
    "white space": "AA AA",
    "line feed at the end": "AAAA\n",
    "dangling character": "AAAAA",
    "stray bits": "AB",
    "not ascii": "ÄÄÄÄ",
    "nul": "AA\0A",
}


@pytest.mark.parametrize("name", REFUSED)
def test_other_spellings_are_refused(name: str) -> None:
    """What `b64u` would not have written is malformed."""
    with pytest.raises(MalformedSealError):
        from_b64u(REFUSED[name])


@pytest.mark.parametrize(("octets", "text"), [(b"", ""), (b"\0", "AA"), (b"\xfb\xff", "-_8")])
def test_bytes_have_their_text_form(octets: bytes, text: str) -> None:
    """Known bytes have known text, and it reads back."""
    assert b64u(octets) == text
    assert from_b64u(text) == octets
