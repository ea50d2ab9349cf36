"""Asking for advice: from released text to a filed case with a checked receipt.

Nothing but `ReleasedText` comes in; the seat is made for this case alone; the case is sealed for
the seat and for advisers of the signed roster, for nobody else (docs/spec/fb-v1.md#seat).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, cast

from fallberatung.anonymize.correspondence import Correspondence
from fallberatung.anonymize.policy import Policy
from fallberatung.anonymize.release import Receipt, Release, ReleasedText, release_short
from fallberatung.client.ambient import local_day
from fallberatung.client.belongings import OwnSeat, Seen
from fallberatung.client.casefile import triples
from fallberatung.client.errors import UnreachableError
from fallberatung.client.hands import Hands
from fallberatung.client.log_memory import stamp
from fallberatung.client.pins import Intake, intake
from fallberatung.client.receipts import ProvenReceipt, check_receipt
from fallberatung.crypto.opened.caseview import apply, begin, with_bundles
from fallberatung.crypto.opened.compose import make_entry, make_epoch
from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.opened.seat import new_seat_code, seat_identity
from fallberatung.crypto.sealed.epochs import Member
from fallberatung.crypto.sealed.fbcbor import Value
from fallberatung.crypto.sealed.records import Record
from fallberatung.roundtable.deliberation.bodies import CaseReport, Count, Override
from fallberatung.roundtable.deliberation.compose import RET_OF_TYPE, case_report_body
from fallberatung.roundtable.procedure.membership import check_epoch
from fallberatung.roundtable.procedure.roles import ADVISER, AUTHOR, cap_of
from fallberatung.wire.cases import Desk, Filed, Filing, PseudonymisationReceipt, SealedRecord
from fallberatung.wire.codes import Frame, LegalBasis, Urgency

CASE_BYTES: Final = 16
ACCOUNT: Final = "account"
QUESTIONS: Final = ("question_1", "question_2", "question_3")
"""Names of the draft's fields a simple report is made of."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the author tells the server beside the sealed report: three codes."""

    legal_basis: LegalBasis = "KKG_4_2"
    urgency: Urgency = "normal"
    frame: Frame = "table"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A case ready to be sent; sending it twice is sending it once.

    `seat_key` is the key id of the seat made for it, `advisers` how many people besides the seat
    can open it.
    """

    case: bytes
    filing: Filing
    records: tuple[Record, Record]
    seat_key: bytes
    advisers: int


@dataclass(frozen=True, slots=True)
class FiledCase:
    """A case the service took: id, code people call it by, and the receipt that proves it."""

    case: bytes
    code: str
    state: str
    receipt: ProvenReceipt


def report_of(release: Release, policy: Policy, now: datetime) -> CaseReport[ReleasedText]:
    """Make the case report of a released draft with the fields `account` and `question_1` to `_3`.

    Typed reasons for hard-block categories pass the pseudonymiser like any short text.

    Raises:
        UndecidedError: such a reason names somebody.
        EntryBodyError: neither account nor observation.
    """
    texts = release.texts
    overrides = release.overrides
    kept = dict(overrides.unmarked)
    return CaseReport(
        questions=tuple(texts[name] for name in QUESTIONS if name in texts),
        account=texts.get(ACCOUNT),
        counts=tuple(
            Count(name.lower(), found, kept.get(name, 0)) for name, found in overrides.counts
        ),
        overrides=tuple(
            Override(name.lower(), release_short(reason, policy, local_day(now)))
            for name, reason in overrides.reasons
        ),
    )


def prepare_case(
    hands: Hands,
    report: CaseReport[ReleasedText],
    receipt: Receipt,
    correspondence: Correspondence,
    terms: Terms,
) -> Prepared:
    """Make case id, seat and both records, and keep the seat's code in the vault before sending.

    Raises:
        StrangerError: the desk the server shows is not the signed one, or keys are not pinned.
    """
    now = int(hands.clock().timestamp())
    desk = intake(hands.invitation, hands.house.get("/desk", Desk).word, hands.clock())
    case, code = hands.random(CASE_BYTES), new_seat_code(hands.random)
    seat = seat_identity(code, now)
    body = case_report_body(report, stamp(hands))
    records = _seal(case, seat, desk, body, hands)
    own = OwnSeat(case, code.secret, now, correspondence.to_bytes())
    hands.keep(replace(hands.belongings, seats=(*hands.belongings.seats, own)))
    filing = Filing(
        case=case,
        seat=seat.bundle.encoded,
        records=tuple(SealedRecord(header=each.header, body=each.body) for each in records),
        legal_basis=terms.legal_basis,
        urgency=terms.urgency,
        frame=terms.frame,
        receipt=PseudonymisationReceipt(
            policy=receipt.policy, version=receipt.version, unresolved=receipt.unresolved
        ),
    )
    return Prepared(case, filing, records, seat.key_id, len(desk.advisers))


def submit(hands: Hands, prepared: Prepared) -> FiledCase:
    """Send a prepared case and check its receipt; a lost reply is asked for once more.

    Raises:
        ReceiptError: the service took the case and cannot prove it.
        ProblemError: the service refuses.
        UnreachableError: no answer came twice; send the same value again later.
    """
    try:
        reply = hands.house.post("/cases", prepared.filing, Filed)
    except UnreachableError:
        reply = hands.house.post("/cases", prepared.filing, Filed)
    filed = reply.word
    receipt = check_receipt(reply.receipt, filed.acknowledgement, prepared.records, hands.policy)
    last = prepared.records[-1]
    seen = Seen(prepared.case, last.parsed().seq, last.digest())
    hands.keep(hands.belongings.with_seen(seen))
    return FiledCase(prepared.case, filed.code, filed.state, receipt)


def file_case(
    hands: Hands,
    report: CaseReport[ReleasedText],
    receipt: Receipt,
    correspondence: Correspondence,
    terms: Terms,
) -> FiledCase:
    """Prepare and submit in one; raises as both."""
    return submit(hands, prepare_case(hands, report, receipt, correspondence, terms))


def _seal(
    case: bytes, seat: Identity, desk: Intake, body: Mapping[str, object], hands: Hands
) -> tuple[Record, Record]:
    view = with_bundles(begin(case, seat.bundle), desk.advisers)
    members = [
        Member(seat.key_id, cap_of(AUTHOR, 1), AUTHOR),
        *(Member(each.key_id, cap_of(ADVISER, 1), ADVISER) for each in desk.advisers),
    ]
    roster = desk.roster.members
    check_epoch(1, "create", triples(members), [], author=seat.key_id, roster=roster)
    epoch = make_epoch(view, seat, members, {}, "create", hands.random)
    ret = RET_OF_TYPE["case_report"]
    # `case_report_body` promises values of the encoding; its type says only `object`.
    value = cast("Mapping[str, Value]", body)
    entry = make_entry(apply(view, epoch, seat), seat, value, ret, hands.random)
    return epoch, entry
