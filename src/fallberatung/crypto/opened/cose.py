"""Signing in the one COSE_Sign1 form that `crypto.sealed.cose` accepts."""

from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.sealed import cose


def sign(identity: Identity, payload: bytes, aad: bytes) -> bytes:
    """The signed message; `aad` is the context in which alone the signature holds."""
    protected = cose.protected_header(identity.key_id)
    signature = identity.sign(cose.to_be_signed(protected, aad, payload))
    return cose.assemble(protected, payload, signature)
