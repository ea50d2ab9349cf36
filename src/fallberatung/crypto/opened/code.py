"""Codes people write down: 128 bits and a checksum as 30 characters in six groups.

Form: docs/spec/fb-v1.md#code. The alphabet is Crockford's; case, hyphens and spaces are free, and
the letters O, I and L are read as the digits they look like.
"""

import hashlib
from typing import Final

from fallberatung.crypto.opened.errors import CodeError

CODE_BYTES: Final = 16
"""Length of the secret in a code."""

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHARACTERS: Final = 30
_GROUP: Final = 5
_CHECK_BITS: Final = 22
_LOOK_ALIKES: Final = str.maketrans("OIL", "011", "- ")


def encode(secret: bytes) -> str:
    """Text form of a secret of 16 bytes, six groups of five characters."""
    number = int.from_bytes(secret, "big") << _CHECK_BITS | _checksum(secret)
    shifts = range(_GROUP * (_CHARACTERS - 1), -1, -_GROUP)
    characters = "".join(_ALPHABET[number >> shift & 31] for shift in shifts)
    return "-".join(characters[at : at + _GROUP] for at in range(0, _CHARACTERS, _GROUP))


def decode(text: str) -> bytes:
    """The secret of 16 bytes in a typed code.

    Raises:
        CodeError: wrong length, a foreign character, or a checksum that does not fit.
    """
    if not text.isascii():
        raise CodeError("a code holds letters and digits only")
    characters = text.upper().translate(_LOOK_ALIKES)
    if len(characters) != _CHARACTERS or not set(characters) <= set(_ALPHABET):
        raise CodeError("a code has thirty letters and digits")
    number = 0
    for character in characters:
        number = number << _GROUP | _ALPHABET.index(character)
    secret = (number >> _CHECK_BITS).to_bytes(CODE_BYTES, "big")
    if number & (1 << _CHECK_BITS) - 1 != _checksum(secret):
        raise CodeError("the code holds a typing error")
    return secret


def _checksum(secret: bytes) -> int:
    digest = hashlib.sha256(b"fb/v1/code\0" + secret).digest()
    return int.from_bytes(digest[:3], "big") >> 24 - _CHECK_BITS
