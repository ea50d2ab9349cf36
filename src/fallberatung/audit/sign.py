"""The signatures of the log itself: the one place of this room that reaches the server's keys.

Thin for now: Ed25519 only; the second signature (ML-DSA-44) and cosigning for a witness will
stand here too.
"""

from fallberatung.audit.checkpoint import Checkpoint
from fallberatung.audit.checkpoint import write_body as write_checkpoint
from fallberatung.audit.entry import Entry
from fallberatung.audit.errors import EntryError
from fallberatung.audit.note import encode_vkey, sign_note, verifier_key
from fallberatung.audit.policy import RECEIPT_SUFFIX, LogPolicy
from fallberatung.audit.receipt import Receipt
from fallberatung.audit.receipt import write_body as write_receipt
from fallberatung.audit.tree import leaf_hash as hash_of_leaf
from fallberatung.crypto.custody.keys import Custody


def sign_checkpoint(custody: Custody, origin: str, size: int, root: bytes) -> str:
    """Sign origin, size and root as a checkpoint note.

    Whoever calls this must have made sure that the tree continues every tree signed before.
    """
    key = verifier_key(origin, custody.checkpoint_public_key)
    body = write_checkpoint(Checkpoint(origin, size, root))
    return sign_note(body, key, custody.sign_checkpoint)


def sign_receipt(custody: Custody, origin: str, entry: Entry, leaf_hash: bytes, mmd: int) -> str:
    """Sign the promise that `entry` will stand in the tree within `mmd` seconds of its time.

    Raises:
        EntryError: `leaf_hash` is not that of the entry.
    """
    if leaf_hash != hash_of_leaf(entry.leaf):
        raise EntryError("hash of another leaf")
    receipt = Receipt(origin, entry.entry_id, leaf_hash, entry.occurred_ms, mmd)
    key = verifier_key(origin + RECEIPT_SUFFIX, custody.receipt_public_key)
    return sign_note(write_receipt(receipt), key, custody.sign_receipt)


def log_policy(custody: Custody, origin: str) -> LogPolicy:
    """Name the public keys of this log, as a verifier's policy lists them."""
    return LogPolicy(
        origin,
        (encode_vkey(origin, custody.checkpoint_public_key),),
        (encode_vkey(origin + RECEIPT_SUFFIX, custody.receipt_public_key),),
    )
