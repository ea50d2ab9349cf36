"""Towards the end of a session: its states, the offered review dates, and the one chosen."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from fallberatung.audit.jcs import Json
from fallberatung.crypto.sealed import cose
from fallberatung.crypto.sealed.keybundle import parse_bundle
from fallberatung.crypto.sealed.statement import verify_statement
from fallberatung.roundtable.procedure.deadlines import Candidate, local_day, review_candidates
from fallberatung.roundtable.procedure.errors import TransitionError
from fallberatung.roundtable.procedure.ports import Case, CaseId, KeptDeadline
from fallberatung.roundtable.procedure.states import State, next_state
from fallberatung.workflow.chains import Moved, moved
from fallberatung.workflow.errors import RuleError
from fallberatung.workflow.steps import Act, Done, Step, Visit, case_step
from fallberatung.workflow.work import Context, Work

LABEL: Final = "fb/v1/deadline"
"""Under which label a choice is signed (docs/spec/fb-v1.md#statement)."""

CALL_BACK: Final = "call_back"
REVIEW: Final = "review"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the offered dates, signed by the account's key.

    `signed` states `[case, session, band, ISO day or null, policy hash in hex]` under `LABEL`.
    """

    session: int
    band: str
    due: date | None
    policy: str
    signed: bytes


@dataclass(frozen=True, slots=True)
class Offer:
    """Every date the server accepts today for a session."""

    session: int
    policy: str
    candidates: tuple[Candidate, ...]


def set_state(context: Context, case: CaseId, wanted: str) -> Step[Done[Moved]]:
    """Lead a case one step on in its course."""

    def act(work: Work, visit: Visit) -> Act[Moved]:
        was = State(visit.case.state)
        state = next_state(was, "case.phase", tables_allowed=True, to=_state(wanted))
        after = replace(visit.case, state=state.value)
        work.cases.advance(after)
        return moved(after, (), {"was": was.value, "session": after.session})

    return case_step("case.phase", case, context, act)


def review_dates(context: Context, case: CaseId, session: int) -> Step[Done[Offer]]:
    """Offer one date per band, so that asking tells nothing of the ratings.

    The periods run from today in Berlin; an offer is good for the day it was made.
    """

    def act(_work: Work, visit: Visit) -> Act[Offer]:
        _check_session(visit.case, session)
        offer = Offer(session, context.house.deadlines_hash, _candidates(context, visit.case))
        return Act(offer, {"count": len(offer.candidates)})

    return case_step("case.list", case, context, act)


def set_deadline(context: Context, case: CaseId, choice: Choice) -> Step[Done[Moved]]:
    """Set the review date somebody picked from the offer and signed; `closing` sets none."""

    def act(work: Work, visit: Visit) -> Act[Moved]:
        _check_session(visit.case, choice.session)
        _check_choice(context, visit, choice)
        if choice.due is not None:
            kind = CALL_BACK if choice.band == CALL_BACK else REVIEW
            work.cases.set_deadline(
                visit.case.area,
                case,
                KeptDeadline(
                    kind, choice.session, choice.due, choice.band, choice.policy, choice.signed
                ),
            )
        done = moved(visit.case, (), {})
        return Act(done.result, _told(choice))

    return case_step("deadline.set", case, context, act)


def _state(wanted: str) -> State:
    try:
        return State(wanted)
    except ValueError:
        raise TransitionError("no_such_step") from None


def _check_session(case: Case, session: int) -> None:
    if session != case.session:
        raise RuleError("no_such_session")


def _candidates(context: Context, case: Case) -> tuple[Candidate, ...]:
    today = local_day(context.now)
    calendar = context.house.calendar(case.land, today.year)
    return review_candidates(today, context.house.deadlines, calendar)


def _check_choice(context: Context, visit: Visit, choice: Choice) -> None:
    if choice.policy != context.house.deadlines_hash:
        raise RuleError("another_policy")
    offered = {(each.band, each.due) for each in _candidates(context, visit.case)}
    if (choice.band, choice.due) not in offered:
        raise RuleError("not_offered")
    if cose.parse(choice.signed).kid != visit.key_id:
        raise RuleError("not_your_signature")
    bundle = parse_bundle(context.person.bundle)
    stated = verify_statement(choice.signed, label=LABEL, public_key=bundle.signing_key)
    due = None if choice.due is None else choice.due.isoformat()
    if stated != [visit.case.case, choice.session, choice.band, due, choice.policy]:
        raise RuleError("another_statement")


def _told(choice: Choice) -> dict[str, Json]:
    told: dict[str, Json] = {
        "session": choice.session,
        "band": choice.band,
        "policy": choice.policy,
    }
    if choice.due is not None:
        told["due"] = choice.due.isoformat()
    return told
