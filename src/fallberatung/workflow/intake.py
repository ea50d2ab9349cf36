"""From the filing to the acceptance: desk, submission, claim, screening.

See docs/spec/roundtable.md#intake-desk.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from fallberatung.audit.entry import ANONYMOUS, Actor
from fallberatung.audit.jcs import Json
from fallberatung.crypto.sealed.errors import BadSignatureError, MalformedSealError
from fallberatung.crypto.sealed.keybundle import KeyBundle
from fallberatung.crypto.sealed.records import FIRST_PREV, Record
from fallberatung.errors import BrokenError
from fallberatung.roundtable.procedure.access import NOBODY, may
from fallberatung.roundtable.procedure.codes import case_code
from fallberatung.roundtable.procedure.errors import AccessError
from fallberatung.roundtable.procedure.ports import Case, CaseId, PseudonymisationReceipt
from fallberatung.roundtable.procedure.roles import ADVISER
from fallberatung.roundtable.procedure.states import Phase, State, next_state
from fallberatung.workflow.chains import (
    Extension,
    Moved,
    bundles_of,
    extend,
    known_bundle,
    moved,
    repeated,
    roster_members,
)
from fallberatung.workflow.errors import ConflictError, RuleError
from fallberatung.workflow.steps import (
    Act,
    Done,
    Step,
    Visit,
    case_step,
    day_of,
    finish,
    moment_of,
    seat_actor,
)
from fallberatung.workflow.trail import account_actor, occur, outcome_of, reason_of, write
from fallberatung.workflow.work import Context, Work

MOST_ON_DUTY: Final = 4
_CODE_TRIES: Final = 50


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom a new case is sealed for: the signed roster, those on duty, and their bundles."""

    roster: bytes
    on_duty: tuple[bytes, ...]
    bundles: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Filing:
    """A new case as its author's hands made it; `unresolved` must be 0."""

    case: CaseId
    seat: bytes
    records: tuple[Record, ...]
    legal_basis: str
    urgency: str
    frame: str
    receipt: PseudonymisationReceipt
    unresolved: int


@dataclass(frozen=True, slots=True)
class Filed:
    """The code people call the case by, and its state."""

    code: str
    state: str


def desk(work: Work, context: Context) -> Desk:
    """Return the desk as it stands.

    Thin for now: there is no duty plan, so those of the roster who have joined are on duty, in
    its order, at most four.

    Raises:
        OutOfDateError: the roster has run out.
    """
    area = work.area()
    members = roster_members(work, context)
    known = bundles_of(work, area.area, members)
    on_duty = tuple(key_id for key_id in members if key_id in known)[:MOST_ON_DUTY]
    return Desk(area.roster, on_duty, tuple(known[key_id].encoded for key_id in on_duty))


def submit(context: Context, filing: Filing) -> Step[Done[Filed]]:
    """File a case: exactly epoch 1 and the case report; the same filing again changes nothing."""

    def run(work: Work) -> Done[Filed]:
        roles = frozenset(context.person.roles)
        may("case.submit", standing=NOBODY, account_roles=roles, state=None)
        known = work.cases.find(context.house.area, filing.case)
        if known is not None:
            return _filed_before(work, context, known, filing)
        return _file(work, context, filing)

    def refuse(work: Work, error: Exception) -> None:
        detail: dict[str, Json] = {"reason": reason_of(error)}
        actor = _refused_author(context, filing, error)
        outcome = outcome_of(error)
        write(work, context, occur(context, "case.submit", actor, outcome=outcome, detail=detail))

    return Step(context.house.area, filing.case, run, refuse)


def claim(context: Context, case: CaseId, records: Sequence[Record]) -> Step[Done[Moved]]:
    """Take a case from the desk with epoch 2: author, claimer, one deputy."""

    def act(work: Work, visit: Visit) -> Act[Moved]:
        extension = Extension(tuple(records), ("epoch",), "claim", visit.key_id, moment_of(visit))
        after = extend(work, visit.context, visit.case, extension)
        parts = work.cases.members(after.area, after.case)
        if not any(part.key_id == visit.key_id and part.role == ADVISER for part in parts):
            raise RuleError("wrong_claim")
        return _step(work, visit, "case.claim", after, records)

    return case_step(
        "case.claim",
        case,
        context,
        act,
        repeat=lambda work, known: repeated(work, known, records),
    )


def accept(context: Context, case: CaseId) -> Step[Done[Moved]]:
    """Say that the screened report may go to others."""

    def act(work: Work, visit: Visit) -> Act[Moved]:
        return _step(work, visit, "case.accept", visit.case, ())

    return case_step("case.accept", case, context, act)


def _file(work: Work, context: Context, filing: Filing) -> Done[Filed]:
    seat = _check_filing(filing)
    case = _new_case(work, context, filing, seat)
    work.cases.add(case)
    count = work.cases.touch(case.area, case.case) or 1
    work.own_cases.add(case.area, case.case, context.person.uid)
    kinds, at = ("epoch", "entry"), day_of(context.now)
    extension = Extension(filing.records, kinds, "create", seat.key_id, at)
    case = extend(work, context, case, extension)
    work.cases.advance(case)
    visit = Visit(context, case, count, NOBODY, seat_actor(case.case, case.seat_key))
    done = moved(case, filing.records, _told(filing))
    filed = Act(Filed(case.code, case.state), done.detail, done.records, done.seq)
    return finish(work, visit, "case.submit", filed)


def _step(
    work: Work, visit: Visit, action: str, after: Case, records: Sequence[Record]
) -> Act[Moved]:
    was = visit.case.state
    state = next_state(State(was), action, tables_allowed=False)
    case = replace(after, state=state.value)
    work.cases.advance(case)
    return moved(case, records, {"was": was})


def _check_filing(filing: Filing) -> KeyBundle:
    if filing.unresolved != 0:
        raise RuleError("undecided_findings")
    seat = known_bundle(filing.seat)
    if not seat.is_seat:
        raise RuleError("not_a_seat")
    if filing.records[-1].parsed().ret != "c":
        raise RuleError("wrong_retention")
    return seat


def _new_case(work: Work, context: Context, filing: Filing, seat: KeyBundle) -> Case:
    area = work.area()
    return Case(
        area=area.area,
        case=filing.case,
        code=_new_code(work, context),
        asking_kind=context.person.organisation.kind,
        legal_basis=filing.legal_basis,
        urgency=filing.urgency,
        frame=filing.frame,
        state=State.SUBMITTED.value,
        phase=Phase.ROLES.value,
        session=1,
        land=area.land,
        seat_key=seat.key_id,
        seat=seat.encoded,
        head=FIRST_PREV,
        seq=0,
        epoch=0,
        epoch_why="",
        is_convened=False,
        receipt=filing.receipt,
    )


def _new_code(work: Work, context: Context) -> str:
    for _ in range(_CODE_TRIES):
        code = case_code(context.house.random)
        if work.cases.take_code(context.house.area, code):
            return code
    raise BrokenError("no case code is free")


def _filed_before(work: Work, context: Context, case: Case, filing: Filing) -> Done[Filed]:
    known = repeated(work, case, filing.records)
    if known is None or not work.own_cases.is_own(case.area, case.case, context.person.uid):
        raise ConflictError("case_exists")
    return Done(Filed(case.code, case.state), known.answer, is_repeat=True)


def _told(filing: Filing) -> dict[str, Json]:
    return {
        "policy": filing.receipt.policy,
        "version": filing.receipt.version,
        "urgency": filing.urgency,
        "frame": filing.frame,
        "basis": filing.legal_basis,
    }


def _refused_author(context: Context, filing: Filing, error: Exception) -> Actor:
    # A refused filing is usually mended and filed again within minutes: were the account named
    # here, the entry would lead from the account to the case.
    if isinstance(error, AccessError):
        return account_actor(context)
    try:
        return seat_actor(filing.case, known_bundle(filing.seat).key_id)
    except (MalformedSealError, BadSignatureError):
        return ANONYMOUS
