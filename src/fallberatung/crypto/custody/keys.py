"""The server's own keys while it runs: they sign its log and check logins, and open nothing.

A thief of these keys can forge checkpoints and receipts and test stolen login values; no case,
no member's key and no password follows from them (docs/spec/fb-v1.md#login).
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SECRET_BYTES: Final = 32
"""Length of each of the server's secrets."""

_SALT_BYTES: Final = 16


@dataclass(frozen=True, slots=True, eq=False)
class Custody:
    """The secrets of one deployment; each has one use, and none is ever shown.

    Attributes:
        checkpoint_seed: Ed25519 seed that signs checkpoints of the access log, 32 bytes.
        receipt_seed: Ed25519 seed that signs receipts, 32 bytes.
        pepper: key of the login tags, 32 bytes; it never enters the database.
        decoy_key: key of the salts shown for unknown users, 32 bytes.
    """

    checkpoint_seed: bytes = field(repr=False)
    receipt_seed: bytes = field(repr=False)
    pepper: bytes = field(repr=False)
    decoy_key: bytes = field(repr=False)

    @property
    def checkpoint_public_key(self) -> bytes:
        """Ed25519 key that checkpoints verify under, 32 bytes."""
        return _public_key(self.checkpoint_seed)

    @property
    def receipt_public_key(self) -> bytes:
        """Ed25519 key that receipts verify under, 32 bytes; never the checkpoint key."""
        return _public_key(self.receipt_seed)

    def sign_checkpoint(self, message: bytes) -> bytes:
        """Ed25519 signature, 64 bytes, over the bytes of a checkpoint."""
        return _sign(self.checkpoint_seed, message)

    def sign_receipt(self, message: bytes) -> bytes:
        """Ed25519 signature, 64 bytes, over the bytes of a receipt."""
        return _sign(self.receipt_seed, message)

    def login_tag(self, auth: bytes) -> bytes:
        """What the database keeps of an auth key, 32 bytes; worthless without the pepper."""
        return _hmac(self.pepper, auth)

    def check_login(self, auth: bytes, tag: bytes) -> bool:
        """Whether this auth key belongs to this tag, in time that does not depend on either.

        The one check here that answers instead of raising: refusal is the ordinary case, and
        the caller answers unknown users and wrong keys alike.
        """
        return hmac.compare_digest(self.login_tag(auth), tag)

    def decoy_salt(self, user: str) -> bytes:
        """Salt for a user name that nobody has, 16 bytes; always the same for the same name."""
        return _hmac(self.decoy_key, user.encode())[:_SALT_BYTES]


def _public_key(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def _sign(seed: bytes, message: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, hashlib.sha256)
