"""Steps of a case that are one request: send it, check its receipt, say where the case stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from fallberatung.client.errors import UnreachableError
from fallberatung.client.hands import Hands
from fallberatung.client.receipts import ProvenReceipt, check_receipt
from fallberatung.crypto.sealed.b64 import b64u
from fallberatung.crypto.sealed.records import Record
from fallberatung.wire.cases import Appended, Handover, PhaseChange, SealedRecord
from fallberatung.wire.encoding import Words


@dataclass(frozen=True, slots=True)
class Taken:
    """A step the service took: the case's state and newest link after it, and the receipt."""

    state: str
    seq: int
    receipt: ProvenReceipt


def take(hands: Hands, case: bytes, step: str, word: Words, records: Sequence[Record]) -> Taken:
    """Post `word` to a step of a case and check the receipt; a lost reply is asked for once more.

    Raises:
        ReceiptError: the step was taken and cannot be proven.
        ProblemError: the service refuses; slug `stale_head` when somebody wrote before.
        UnreachableError: no answer came twice.
    """
    path = f"/cases/{b64u(case)}/{step}"
    try:
        reply = hands.house.post(path, word, Appended)
    except UnreachableError:
        reply = hands.house.post(path, word, Appended)
    receipt = check_receipt(reply.receipt, reply.word.acknowledgement, records, hands.policy)
    return Taken(reply.word.state, reply.word.seq, receipt)


def hand_over(hands: Hands, case: bytes, step: str, records: Sequence[Record]) -> Taken:
    """Send an epoch and its grants; raises as `take`."""
    return take(hands, case, step, Handover(records=tuple(map(sealed, records))), records)


def change_phase(hands: Hands, case: bytes, state: str) -> Taken:
    """Move the case to `state`, a name of the procedure's; raises as `take`."""
    return take(hands, case, "phase", PhaseChange(state=state), ())


def sealed(record: Record) -> SealedRecord:
    """Write a record as it travels."""
    return SealedRecord(header=record.header, body=record.body)
