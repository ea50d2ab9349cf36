"""base64url without padding (RFC 4648 section 5), the only text form of bytes on the wire."""

import base64
import binascii

from fallberatung.crypto.sealed.errors import MalformedSealError


def b64u(octets: bytes) -> str:
    """Text form of the bytes, without padding."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode("ascii")


def from_b64u(text: str) -> bytes:
    """Bytes of a text that `b64u` could have written.

    Padding, white space, the other alphabet, a dangling character and stray bits in the last
    character are refused, so that equal bytes always have equal text.

    Raises:
        MalformedSealError: not canonical base64url without padding.
    """
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        octets = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise MalformedSealError("not base64url") from None
    if b64u(octets) != text:
        raise MalformedSealError("not canonical base64url")
    return octets
