"""COSE_Sign1 (RFC 9052) in the one form fb/v1 writes: Ed25519, alg -19, untagged, no extras.

Form: docs/spec/fb-v1.md#cose. What is signed is always the bytes as they were received.
"""

from dataclasses import dataclass
from typing import Final

from fallberatung.crypto.sealed import ed25519, fbcbor, shape
from fallberatung.crypto.sealed.errors import MalformedSealError

ALG_ED25519: Final = -19
"""Algorithm number of Ed25519 (RFC 9864), the only one accepted."""

KEY_ID_BYTES: Final = 32
"""Length of a key id: a SHA-256 digest."""

SIGNATURE_BYTES: Final = 64
"""Length of an Ed25519 signature."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a message says: who claims to have signed (`kid`, 32 bytes) and the signed payload."""

    kid: bytes
    payload: bytes


def parse(message: bytes) -> Signed:
    """Take a message apart without checking its signature; nothing in it is proven yet.

    Raises:
        MalformedSealError: not the one form.
    """
    return _take_apart(message)[0]


def verify(message: bytes, *, aad: bytes, public_key: bytes) -> Signed:
    """Take a message apart and hold its signature against key and context `aad`.

    The caller decides whether `kid` is who may sign; the key of that id is `public_key`.

    Raises:
        MalformedSealError: not the one form.
        BadSignatureError: the signature does not hold for this key and context.
    """
    signed, protected, signature = _take_apart(message)
    ed25519.verify(public_key, signature, to_be_signed(protected, aad, signed.payload))
    return signed


def protected_header(kid: bytes) -> bytes:
    """The protected header of a signature by the key of this id."""
    return fbcbor.encode({1: ALG_ED25519, 4: kid})


def to_be_signed(protected: bytes, aad: bytes, payload: bytes) -> bytes:
    """The Sig_structure of RFC 9052 section 4.4 that the signature covers."""
    return fbcbor.encode(["Signature1", protected, aad, payload])


def assemble(protected: bytes, payload: bytes, signature: bytes) -> bytes:
    """The message made of its parts, untagged and with an empty unprotected header."""
    return fbcbor.encode([protected, {}, payload, signature])


def _take_apart(message: bytes) -> tuple[Signed, bytes, bytes]:
    parts = shape.items(fbcbor.decode(message), 4)
    protected = shape.octets(parts[0])
    header = fbcbor.decode(protected)
    if parts[1] != {} or type(header) is not dict or header.keys() != {1, 4}:
        raise MalformedSealError("unexpected signature header")
    if header[1] != ALG_ED25519:
        raise MalformedSealError("unexpected signature algorithm")
    kid = shape.octets(header[4], KEY_ID_BYTES)
    signature = shape.octets(parts[3], SIGNATURE_BYTES)
    return Signed(kid, shape.octets(parts[2])), protected, signature
