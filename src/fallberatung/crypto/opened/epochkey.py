"""Epoch keys: committed to in public, sealed to each member, checked by each receiver.

See docs/spec/fb-v1.md#epoch. The commitment makes a manager who hands out different keys, and a
ciphertext that opens under two keys, equally visible.
"""

import hmac
from typing import Final, Literal

from fallberatung.crypto.opened import hpke
from fallberatung.crypto.opened.derive import hkdf
from fallberatung.crypto.opened.errors import SealError
from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.sealed import fbcbor
from fallberatung.crypto.sealed.epochs import COMMITMENT_BYTES
from fallberatung.crypto.sealed.keybundle import KeyBundle

KEY_BYTES: Final = 32
"""Length of an epoch key."""

Purpose = Literal["epoch", "grant"]
"""Whether a key is sealed at its birth or handed on later."""


def commitment(key: bytes, case: bytes, epoch: int) -> bytes:
    """What an epoch publishes of its key, 32 bytes; binding and hiding."""
    return hkdf(key, f"fb/v1/epoch-commit/{case.hex()}/{epoch}", COMMITMENT_BYTES)


def wrap_key(bundle: KeyBundle, purpose: Purpose, case: bytes, epoch: int, key: bytes) -> bytes:
    """The key of `epoch` sealed to one member, 1168 bytes.

    Raises:
        SealError: the member's key cannot be sealed to.
    """
    info = _info(purpose, case, epoch, bundle.key_id, commitment(key, case, epoch))
    return hpke.seal(bundle, info, key)


def unwrap_key(
    me: Identity, purpose: Purpose, case: bytes, epoch: int, committed: bytes, sealed: bytes
) -> bytes:
    """The key of `epoch`, proven to be the one all its members committed to.

    Raises:
        SealError: it does not open, or is another key than `committed` says.
    """
    key = hpke.open_seal(me, _info(purpose, case, epoch, me.key_id, committed), sealed)
    if not hmac.compare_digest(commitment(key, case, epoch), committed):
        raise SealError
    return key


def _info(purpose: Purpose, case: bytes, epoch: int, key_id: bytes, committed: bytes) -> bytes:
    return fbcbor.encode(["fb/v1/wrap", purpose, case, epoch, key_id, committed])
