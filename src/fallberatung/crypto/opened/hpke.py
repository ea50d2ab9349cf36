"""HPKE (RFC 9180) to key bundles: base mode, single shot, KEM 0x647a, all context in `info`.

The encapsulation draws its randomness inside the library; it is the one place in this room where
randomness is not an argument, because the library takes none. Tests therefore fix the opening,
never the sealed bytes.
"""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite

from fallberatung.crypto.opened.errors import SealError
from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.sealed.keybundle import MLKEM_BYTES, KeyBundle

ENCAPSULATION_BYTES: Final = 1120
"""Length of the encapsulation in front of the ciphertext."""


def seal(bundle: KeyBundle, info: bytes, plaintext: bytes) -> bytes:
    """Encapsulation and ciphertext that only the holder of the bundle's secrets opens.

    Raises:
        SealError: the bundle's key cannot be sealed to (an X25519 half of small order).
    """
    key = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(bundle.kem_key[:MLKEM_BYTES]),
        X25519PublicKey.from_public_bytes(bundle.kem_key[MLKEM_BYTES:]),
    )
    try:
        return _suite().encrypt(plaintext, key, info)
    except ValueError:
        raise SealError from None


def open_seal(me: Identity, info: bytes, sealed: bytes) -> bytes:
    """The plaintext sealed to `me` in exactly this context.

    Raises:
        SealError: it does not open.
    """
    try:
        return _suite().decrypt(sealed, me.kem_key(), info)
    except (InvalidTag, ValueError):
        raise SealError from None


def _suite() -> Suite:
    return Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
