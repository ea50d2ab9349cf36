"""Identities: the secret half of a person or of an author's seat.

Two seeds of 32 bytes make everything else; see docs/spec/fb-v1.md#key-bundle.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

from fallberatung.crypto.sealed import cose, keybundle
from fallberatung.crypto.sealed.digest import labelled
from fallberatung.crypto.sealed.keybundle import KeyBundle

SEED_BYTES: Final = 32
"""Length of the signing seed and of the KEM seed."""

_MLKEM_SEED_BYTES: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """A person's or a seat's secret keys; only their public bundle is ever shown.

    Attributes:
        uid: user id, 16 bytes; all zero for a seat.
        signing_seed: Ed25519 seed, 32 bytes.
        kem_seed: X-Wing seed, 32 bytes.
        made_at: Unix seconds at which the keys were made; full hours for a seat.
        bundle: the public half, signed by itself.

    Raises:
        MalformedSealError: a length or the time is not what a bundle allows.
    """

    uid: bytes
    signing_seed: bytes = field(repr=False)
    kem_seed: bytes = field(repr=False)
    made_at: int
    bundle: KeyBundle = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bundle", keybundle.parse_bundle(_encode_bundle(self)))

    @property
    def key_id(self) -> bytes:
        """`kb`, the digest by which records name this key, 32 bytes."""
        return self.bundle.key_id

    def sign(self, message: bytes) -> bytes:
        """Ed25519 signature, 64 bytes; the caller gives the message its context."""
        return Ed25519PrivateKey.from_private_bytes(self.signing_seed).sign(message)

    def kem_key(self) -> MLKEM768X25519PrivateKey:
        """The private key that opens what was sealed to this identity's bundle."""
        return MLKEM768X25519PrivateKey(*_kem_halves(self.kem_seed))


def new_identity(uid: bytes, made_at: int, random: Callable[[int], bytes]) -> Identity:
    """An identity with fresh seeds for this user id (16 bytes) and time (Unix seconds)."""
    return Identity(uid, random(SEED_BYTES), random(SEED_BYTES), made_at)


def _kem_halves(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    # X-Wing (draft-connolly-cfrg-xwing-kem) expands one seed into the seeds of both halves.
    expanded = hashlib.shake_256(seed).digest(_MLKEM_SEED_BYTES + SEED_BYTES)
    return (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED_BYTES]),
        X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED_BYTES:]),
    )


def _encode_bundle(identity: Identity) -> bytes:
    signing = Ed25519PrivateKey.from_private_bytes(identity.signing_seed)
    lattice, curve = _kem_halves(identity.kem_seed)
    core = keybundle.encode_core(
        identity.uid,
        signing.public_key().public_bytes_raw(),
        lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw(),
        identity.made_at,
    )
    protected = cose.protected_header(labelled(keybundle.LABEL, core))
    signature = signing.sign(cose.to_be_signed(protected, keybundle.LABEL.encode(), core))
    return cose.assemble(protected, core, signature)
