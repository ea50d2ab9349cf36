"""Receipts: the log's signed promise, given before integration, that an entry will stand in it.

A receipt whose entry is not in the tree after the stated time is signed evidence of suppression.
See docs/spec/audit.md#receipt.
"""

import re
from dataclasses import dataclass
from typing import Final

from fallberatung.audit.checkpoint import DECIMAL
from fallberatung.audit.commitment import ENTRY_ID_BYTES
from fallberatung.audit.entry import Entry
from fallberatung.audit.errors import NoteError, ProofError, SignatureError
from fallberatung.audit.leaf import milliseconds, parse_leaf
from fallberatung.audit.note import b64, from_b64, verify_note
from fallberatung.audit.policy import LogPolicy
from fallberatung.audit.tree import HASH_BYTES, leaf_hash
from fallberatung.crypto.sealed.b64 import b64u, from_b64u
from fallberatung.crypto.sealed.errors import MalformedSealError

TITLE: Final = "fallberatung.example/audit-receipt/v1"
MMD_SECONDS: Final = 60
SEAT_MMD_SECONDS: Final = 3660
_LINES: Final = 7
_ORIGIN: Final = re.compile(r"[^\s+]+")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the log promises.

    Attributes:
        origin: The log that promises.
        entry_id: 16 bytes, those in the leaf.
        leaf_hash: RFC 6962 hash of the leaf.
        occurred_ms: The time in the leaf, milliseconds since 1970; of a seat the full hour.
        mmd: Within how many seconds from then the leaf will stand in the tree.
    """

    origin: str
    entry_id: bytes
    leaf_hash: bytes
    occurred_ms: int
    mmd: int


def promise(origin: str, entry: Entry) -> Receipt:
    """Promise an entry: 60 seconds, for a seat 3660 from its full hour."""
    mmd = MMD_SECONDS if entry.hold_until is None else SEAT_MMD_SECONDS
    return Receipt(origin, entry.entry_id, leaf_hash(entry.leaf), entry.occurred_ms, mmd)


def write_body(receipt: Receipt) -> str:
    """Write the six lines that are signed."""
    lines = (
        TITLE,
        receipt.origin,
        b64u(receipt.entry_id),
        b64(receipt.leaf_hash),
        str(receipt.occurred_ms),
        str(receipt.mmd),
    )
    return "".join(line + "\n" for line in lines)


def parse_body(text: str) -> Receipt:
    """Read the six lines.

    Raises:
        NoteError: Not a receipt of this version.
    """
    lines = text.split("\n")
    if len(lines) != _LINES or lines[0] != TITLE or lines[6]:
        raise NoteError("not a receipt")
    origin, entry_id, hashed, occurred, mmd = lines[1:6]
    if not (_ORIGIN.fullmatch(origin) and DECIMAL.fullmatch(occurred) and DECIMAL.fullmatch(mmd)):
        raise NoteError("receipt without origin, time or delay")
    return Receipt(origin, _entry_id(entry_id), _hash(hashed), int(occurred), int(mmd))


def verify_receipt(note: str, leaf: bytes, policy: LogPolicy) -> Receipt:
    """Read a receipt that a receipt key of `policy` signed for exactly this leaf.

    Raises:
        NoteError: Not a receipt.
        EntryError: `leaf` is not a leaf.
        SignatureError: Not signed by a trusted key, or of another log.
        ProofError: A receipt for another leaf.
    """
    receipt = parse_body(verify_note(note, policy.receipt_verifiers()))
    if receipt.origin != policy.origin:
        raise SignatureError("receipt of another log")
    read = parse_leaf(leaf)
    promised = (receipt.leaf_hash, receipt.entry_id, receipt.occurred_ms)
    if promised != (leaf_hash(leaf), read.entry_id, milliseconds(read.at)):
        raise ProofError("receipt for another leaf")
    return receipt


def _entry_id(text: str) -> bytes:
    try:
        entry_id = from_b64u(text)
    except MalformedSealError:
        raise NoteError("receipt without an entry id") from None
    if len(entry_id) != ENTRY_ID_BYTES:
        raise NoteError("receipt without an entry id")
    return entry_id


def _hash(text: str) -> bytes:
    hashed = from_b64(text)
    if len(hashed) != HASH_BYTES:
        raise NoteError("receipt without a leaf hash")
    return hashed
