"""Padding of sealed messages: docs/spec/fb-v1.md#padding."""

import struct
from typing import Final

from fallberatung.crypto.opened.errors import SealError
from fallberatung.crypto.sealed.padding import padded_size

_LENGTH: Final = struct.Struct(">I")


def pad(message: bytes) -> bytes:
    """Length, message and zeros up to the next allowed size, at least 256 bytes."""
    framed = _LENGTH.pack(len(message)) + message
    return framed.ljust(padded_size(len(framed)), b"\0")


def unpad(padded: bytes) -> bytes:
    """The message inside; anything `pad` would not have written is refused.

    Raises:
        SealError: wrong size, or padding that is not zero.
    """
    if len(padded) < _LENGTH.size:
        raise SealError
    (length,) = _LENGTH.unpack_from(padded)
    end = _LENGTH.size + length
    if len(padded) != padded_size(end) or any(padded[end:]):
        raise SealError
    return padded[_LENGTH.size : end]
