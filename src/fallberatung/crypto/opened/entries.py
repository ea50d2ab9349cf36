"""Bodies of entries: sign, pad, encrypt; and the way back, mute at every step.

See docs/spec/fb-v1.md#entry. The signature lies inside the ciphertext, so a thief of the database
cannot prove who wrote what, and covers the header, so an entry fits no other place.
"""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fallberatung.crypto.opened import aead, padding
from fallberatung.crypto.opened.derive import hkdf
from fallberatung.crypto.opened.errors import SealError
from fallberatung.crypto.sealed import cose, fbcbor
from fallberatung.crypto.sealed.errors import MalformedSealError
from fallberatung.crypto.sealed.records import Record

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class SignedBody:
    """A signed message out of its seal; the signature is not checked yet."""

    kid: bytes
    payload: bytes = field(repr=False)
    message: bytes = field(repr=False)


def seal_body(epoch_key: bytes, salt: bytes, header: bytes, message: bytes) -> bytes:
    """The signed message padded and encrypted for the record with this header.

    Key and nonce follow from `salt`, 32 random bytes that serve one entry only.
    """
    key, nonce = _key_and_nonce(epoch_key, salt)
    return AESGCM(key).encrypt(nonce, padding.pad(message), header)


def open_body(epoch_key: bytes, salt: bytes, record: Record) -> SignedBody:
    """The signed message in a record.

    Raises:
        SealError: it does not open, or what is inside is no padded signed message.
    """
    key, nonce = _key_and_nonce(epoch_key, salt)
    message = padding.unpad(aead.open_detached(key, nonce, record.body, record.header))
    try:
        signed = cose.parse(message)
    except MalformedSealError:
        raise SealError from None
    return SignedBody(signed.kid, signed.payload, message)


def decode_body(payload: bytes) -> dict[str, fbcbor.Value]:
    """The map an entry consists of.

    Raises:
        MalformedSealError: not the one form, or no map with text keys.
    """
    body = fbcbor.decode(payload)
    if type(body) is not dict or not all(type(key) is str for key in body):
        raise MalformedSealError("an entry is a map with text keys")
    return body


def _key_and_nonce(epoch_key: bytes, salt: bytes) -> tuple[bytes, bytes]:
    material = hkdf(epoch_key, "fb/v1/entry", _KEY_BYTES + aead.NONCE_BYTES, salt)
    return material[:_KEY_BYTES], material[_KEY_BYTES:]
