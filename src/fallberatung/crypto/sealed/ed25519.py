"""Checking Ed25519 signatures (RFC 8032), strict about keys that sign for everybody."""

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from fallberatung.crypto.sealed.errors import BadSignatureError, MalformedSealError

PUBLIC_KEY_BYTES: Final = 32
"""Length of a public key."""

_PRIME: Final = 2**255 - 19
_ORDER_EIGHT: Final = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL_ORDER_Y: Final = frozenset({0, 1, _PRIME - 1, _ORDER_EIGHT, _PRIME - _ORDER_EIGHT})


def check_public_key(public_key: bytes) -> None:
    """Refuse keys that are not one canonical encoding of a point of large order.

    A signature by a point of small order can hold for every message; libraries differ in
    whether they accept it, so two members could see different logs.

    Raises:
        MalformedSealError: wrong length, not canonical, or of small order.
    """
    if len(public_key) != PUBLIC_KEY_BYTES:
        raise MalformedSealError("not an ed25519 public key")
    y = int.from_bytes(public_key, "little") & (2**255 - 1)
    if y >= _PRIME or y in _SMALL_ORDER_Y:
        raise MalformedSealError("not an acceptable ed25519 public key")


def verify(public_key: bytes, signature: bytes, message: bytes) -> None:
    """Hold a signature against key and message; malleable or truncated ones do not hold.

    Raises:
        BadSignatureError: the signature does not hold, or the key is not acceptable.
    """
    try:
        check_public_key(public_key)
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError, MalformedSealError):
        raise BadSignatureError("signature does not hold") from None
