"""AES-256-GCM with the nonce in front, for keys and vaults; failures are mute."""

from collections.abc import Callable
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fallberatung.crypto.opened.errors import SealError

NONCE_BYTES: Final = 12
"""Length of the nonce that stands in front of the ciphertext."""

_TAG_BYTES: Final = 16


def seal(key: bytes, plaintext: bytes, aad: bytes, random: Callable[[int], bytes]) -> bytes:
    """Nonce and ciphertext of `plaintext`, bound to `aad`; the key has 32 bytes."""
    nonce = random(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, aad)


def open_seal(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """The plaintext, if key, context and every byte are those of the sealing.

    Raises:
        SealError: they are not.
    """
    if len(sealed) < NONCE_BYTES + _TAG_BYTES:
        raise SealError
    return open_detached(key, sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad)


def open_detached(key: bytes, nonce: bytes, ciphertext: bytes, aad: bytes) -> bytes:
    """The plaintext under a nonce that travels elsewhere, or is derived.

    Raises:
        SealError: it does not open.
    """
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, aad)
    except (InvalidTag, ValueError):
        raise SealError from None
