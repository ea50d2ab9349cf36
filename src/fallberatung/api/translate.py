"""Between the words on the wire and the values the steps take: names change, nothing else does."""

from collections.abc import Sequence
from typing import Final, TypeVar

from litestar import Response
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED

from fallberatung.crypto.sealed.records import Record
from fallberatung.roundtable.procedure.ports import (
    Account,
    Acknowledged,
    Case,
    CaseId,
    KeptDeadline,
    KeptRecord,
    Membership,
    PseudonymisationReceipt,
)
from fallberatung.wire import accounts as account_words
from fallberatung.wire import cases as words
from fallberatung.wire.encoding import from_text, to_text
from fallberatung.workflow import deliberate, intake
from fallberatung.workflow.chains import Moved
from fallberatung.workflow.errors import UnknownCaseError
from fallberatung.workflow.steps import Done

C = TypeVar("C")
R = TypeVar("R")

RECEIPT_HEADER: Final = "Audit-Receipt"
_CASE_BYTES: Final = 16


def case_id(text: str) -> CaseId:
    """Read the id of a case from a path.

    Raises:
        UnknownCaseError: it cannot be the id of any case.
    """
    try:
        raw = from_text(text)
    except ValueError:
        raise UnknownCaseError from None
    if len(raw) != _CASE_BYTES:
        raise UnknownCaseError
    return CaseId(raw)


def records(sealed: Sequence[words.SealedRecord]) -> tuple[Record, ...]:
    """Take records off the wire."""
    return tuple(Record(each.header, each.body) for each in sealed)


def sealed(kept: Sequence[KeptRecord]) -> tuple[words.SealedRecord, ...]:
    """Put records on the wire."""
    return tuple(words.SealedRecord(header=each.header, body=each.body) for each in kept)


def filing(said: words.Filing) -> intake.Filing:
    """Take a filing off the wire; the kind of institution it claims is dropped here."""
    return intake.Filing(
        case=CaseId(said.case),
        seat=said.seat,
        records=records(said.records),
        legal_basis=said.legal_basis,
        urgency=said.urgency,
        frame=said.frame,
        receipt=PseudonymisationReceipt(said.receipt.policy, said.receipt.version),
        unresolved=said.receipt.unresolved,
    )


def filed(done: Done[intake.Filed]) -> Response[words.Filed]:
    """Answer a filing; 200 where it had been filed before."""
    content = words.Filed(
        code=done.result.code,
        state=done.result.state,
        acknowledgement=acknowledgement(done.answer),
    )
    return _receipted(content, done)


def appended(done: Done[Moved]) -> Response[words.Appended]:
    """Answer a step; 200 where it had been taken before."""
    content = words.Appended(
        state=done.result.state,
        seq=done.result.seq,
        head=done.result.head,
        acknowledgement=acknowledgement(done.answer),
    )
    return _receipted(content, done)


def acknowledgement(answer: Acknowledged) -> words.Acknowledgement:
    """Put on the wire what the receipt covers."""
    return words.Acknowledgement(
        leaf=answer.leaf,
        detail=words.Opening(salt=answer.salt, value=answer.value),
        records=answer.records,
    )


def account(known: Account) -> account_words.Account:
    """Show an account to its owner."""
    return account_words.Account.model_validate(
        {
            "uid": known.uid,
            "user": known.user,
            "name": known.name,
            "organisation": known.organisation.name,
            "kind": known.organisation.kind,
            "roles": known.roles,
            "key_id": known.key_id,
        }
    )


def person(known: Account) -> account_words.Person:
    """Show an account to the others: without its sign-in name."""
    return account_words.Person.model_validate(
        {
            "name": known.name,
            "organisation": known.organisation.name,
            "kind": known.organisation.kind,
            "roles": known.roles,
            "key_id": known.key_id,
            "bundle": known.bundle,
        }
    )


def summary(line: deliberate.Listed) -> words.CaseSummary:
    """Show one line of a list."""
    return words.CaseSummary(
        case=line.case.case,
        code=line.case.code,
        state=line.case.state,
        asking=line.asking,
        mine=line.is_own,
        next_deadline=line.next_deadline,
    )


def facts(seen: deliberate.Facts) -> words.CaseFacts:
    """Show what stands beside the records."""
    case: Case = seen.case
    return words.CaseFacts.model_validate(
        {
            "case": case.case,
            "code": case.code,
            "state": case.state,
            "phase": case.phase,
            "session": case.session,
            "asking": seen.asking,
            "legal_basis": case.legal_basis,
            "urgency": case.urgency,
            "frame": case.frame,
            "head": case.head,
            "seq": case.seq,
            "epoch": case.epoch,
            "members": tuple(_member(each) for each in seen.members),
            "deadlines": tuple(_deadline(each) for each in seen.deadlines),
            "seat": case.seat,
        }
    )


def _member(known: Membership) -> dict[str, object]:
    return {"key_id": known.key_id, "cap": known.cap, "role": known.role}


def _deadline(known: KeptDeadline) -> words.Deadline:
    return words.Deadline(kind=known.kind, due=known.due, band=known.band, session=known.session)


def _receipted(content: C, done: Done[R]) -> Response[C]:
    return Response(
        content,
        status_code=HTTP_200_OK if done.is_repeat else HTTP_201_CREATED,
        headers={RECEIPT_HEADER: to_text(done.answer.note.encode())},
    )
