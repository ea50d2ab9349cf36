"""The receipt of an act: record, its hash in the log entry, the entry's leaf, a signature over it.

Whoever holds a checked receipt can prove later that the entry was promised, even before it stands
in the log (entries of an author's seat wait for the full hour) and even if it never does
(docs/spec/audit.md#receipt).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fallberatung.audit.commitment import Opening, check_opening
from fallberatung.audit.errors import CanonicalError, EntryError, NoteError, ProofError
from fallberatung.audit.jcs import parse
from fallberatung.audit.leaf import parse_leaf
from fallberatung.audit.policy import LogPolicy
from fallberatung.audit.receipt import verify_receipt
from fallberatung.client.errors import ReceiptError
from fallberatung.crypto.sealed.b64 import b64u, from_b64u
from fallberatung.crypto.sealed.errors import MalformedSealError
from fallberatung.crypto.sealed.records import Record
from fallberatung.wire.cases import Acknowledgement

_BROKEN: Final = (CanonicalError, EntryError, MalformedSealError, NoteError, ProofError, ValueError)


@dataclass(frozen=True, slots=True)
class ProvenReceipt:
    """A receipt that was checked to its end.

    `note` is the signed text, `leaf` the log entry it promises, `entry_id` the entry's 16 bytes,
    `action` its name in the registry.
    """

    note: str
    leaf: bytes
    entry_id: bytes
    action: str


def check_receipt(
    header: str | None,
    acknowledgement: Acknowledgement,
    records: Sequence[Record],
    policy: LogPolicy,
) -> ProvenReceipt:
    """Follow the receipt from the records just sent to the signature of the pinned receipt key.

    Args:
        header: `Audit-Receipt` as received, base64url of the note.
        acknowledgement: the reply's leaf, opening of `detail`, and record hashes.
        records: what was sent, in order; empty for a step without records.
        policy: the keys pinned by the invitation.

    Raises:
        ReceiptError: any link is missing or does not hold; which one is not told.
    """
    digests = tuple(record.digest() for record in records)
    if header is None or acknowledgement.records != digests:
        raise ReceiptError("the receipt does not name what was sent")
    try:
        note = from_b64u(header).decode()
        opening = Opening("detail", acknowledgement.detail.salt, acknowledgement.detail.value)
        leaf = parse_leaf(acknowledgement.leaf)
        check_opening(leaf, opening)
        named = _named_records(opening.value)
        verify_receipt(note, acknowledgement.leaf, policy)
    except _BROKEN:
        raise ReceiptError("the receipt does not hold") from None
    if named != tuple(b64u(digest) for digest in digests):
        raise ReceiptError("the log entry is about other records")
    return ProvenReceipt(note, acknowledgement.leaf, leaf.entry_id, leaf.action)


def _named_records(value: bytes) -> tuple[str, ...]:
    detail = parse(value)
    if not isinstance(detail, dict):
        raise ReceiptError("the log entry has no detail")
    if "record" in detail:
        return (str(detail["record"]),)
    named = detail.get("records", ())
    return tuple(map(str, named)) if isinstance(named, list) else ()
