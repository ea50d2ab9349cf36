"""The frame in which every step runs.

Law of the file: a step on a case counts the act first, then asks for permission, does its work,
and writes exactly one entry as its last statement. A refused step is undone by the writer and
then writes exactly one entry that says so. The author acts as a seat, so no entry about a case
names the author's account (docs/spec/audit.md#seats).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Generic, TypeVar

from fallberatung.audit.commitment import Opening
from fallberatung.audit.entry import Actor, Entry, Occurrence, Outcome, full_hour
from fallberatung.audit.jcs import Json
from fallberatung.crypto.sealed.b64 import b64u
from fallberatung.crypto.sealed.seat import pseudonym
from fallberatung.roundtable.procedure.access import NOBODY, Standing, may
from fallberatung.roundtable.procedure.deadlines import local_day
from fallberatung.roundtable.procedure.ports import Account, Acknowledged, Case, CaseId
from fallberatung.roundtable.procedure.states import Phase, State
from fallberatung.workflow.errors import UnknownCaseError
from fallberatung.workflow.trail import (
    account_actor,
    check_lag,
    occur,
    outcome_of,
    reason_of,
    write,
)
from fallberatung.workflow.work import Context, Work

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """Something to do in one transaction, and how to write down that it was refused."""

    area: str
    case: bytes
    act: Callable[[Work], T] = field(repr=False)
    refuse: Callable[[Work, Exception], None] = field(repr=False)

    def run(self, work: Work) -> T:
        """Do it."""
        return self.act(work)

    def refused(self, work: Work, error: Exception) -> None:
        """Write down that it was refused."""
        self.refuse(work, error)


@dataclass(frozen=True, slots=True)
class Act(Generic[T]):
    """What was done: the result, the `detail` for the log, and what was added to the chain."""

    result: T
    detail: Mapping[str, Json]
    records: tuple[bytes, ...] = ()
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """A step that was taken, or had been taken before and is answered again."""

    result: T
    answer: Acknowledged
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """An account at a case: which act this is, how it stands there, under which name it acts."""

    context: Context
    case: Case
    count: int
    standing: Standing
    actor: Actor

    @property
    def is_seat(self) -> bool:
        """Whether it is the author who acts."""
        return self.standing.kind == "seat"

    @property
    def key_id(self) -> bytes:
        """The key this account signs with in this case."""
        return self.case.seat_key if self.is_seat else self.context.person.key_id


def case_step(
    action: str,
    case: CaseId,
    context: Context,
    act: Callable[[Work, Visit], Act[T]],
    *,
    purpose: str | None = None,
    repeat: Callable[[Work, Case], Done[T] | None] | None = None,
) -> Step[Done[T]]:
    """Frame an act on a case that exists.

    Args:
        action: its name in the registry.
        case: which case.
        context: who asks, and when.
        act: what to do once it is allowed.
        purpose: the code to log where the action asks for one.
        repeat: finds the first answer to a request made before; asked before anything counts.
    """

    def run(work: Work) -> Done[T]:
        if repeat is not None and (known := _repeated(work, context, case, repeat)) is not None:
            return known
        visit = _enter(work, context, case)
        check_lag(work, context, action)
        _allow(action, visit)
        done = act(work, visit)
        return finish(work, visit, action, done, purpose)

    def refuse(work: Work, error: Exception) -> None:
        try:
            visit = _enter(work, context, case)
        except UnknownCaseError:
            return
        detail = {"reason": reason_of(error)}
        write(work, context, _told(visit, action, detail, outcome_of(error), purpose))

    return Step(context.house.area, case, run, refuse)


def plain_step(
    action: str,
    context: Context,
    act: Callable[[Work], T],
    tell: Callable[[T], Occurrence],
    *,
    refused_as: Callable[[Work, Exception], Actor] | None = None,
    purpose: str | None = None,
) -> Step[T]:
    """Frame an act on no case.

    Args:
        action: its name in the registry.
        context: who asks, and when.
        act: what to do; it asks for permission itself.
        tell: tells of the success.
        refused_as: under whose name a refusal is told; without it, the signed-in account's.
        purpose: the code to log where the action asks for one.
    """

    def run(work: Work) -> T:
        check_lag(work, context, action)
        result = act(work)
        write(work, context, tell(result))
        return result

    def refuse(work: Work, error: Exception) -> None:
        actor = refused_as(work, error) if refused_as is not None else account_actor(context)
        outcome, detail = outcome_of(error), {"reason": reason_of(error)}
        told = occur(context, action, actor, outcome=outcome, why=purpose, detail=detail)
        write(work, context, told)

    return Step(context.house.area, b"", run, refuse)


def finish(
    work: Work, visit: Visit, action: str, done: Act[T], purpose: str | None = None
) -> Done[T]:
    """Keep the answer to a request that brought records, and write the one entry."""
    entry, note = write(work, visit.context, _told(visit, action, done.detail, "ok", purpose))
    answer = _answer(done, entry, note)
    if done.records:
        work.cases.acknowledge(visit.case.area, visit.case.case, answer)
    return Done(done.result, answer)


def stand(work: Work, account: Account, case: Case) -> Standing:
    """Say how an account stands at a case in its current epoch."""
    is_author = work.own_cases.is_own(case.area, case.case, account.uid)
    key_id = case.seat_key if is_author else account.key_id
    for member in work.cases.members(case.area, case.case):
        if member.key_id == key_id:
            return Standing("seat" if is_author else "member", member.role, member.cap)
    return NOBODY


def seat_actor(case: CaseId, seat_key: bytes) -> Actor:
    """Name the author of a case: a pseudonym of this case that leads to no account."""
    return Actor(pseudonym(case, seat_key), None, "seat")


def moment_of(visit: Visit) -> datetime:
    """Return the time a business row may hold: the full hour where a seat acts."""
    return full_hour(visit.context.now) if visit.is_seat else visit.context.now


def day_of(now: datetime) -> datetime:
    """Return the day in Berlin as a moment, 00:00 UTC of that date: all a filing leaves."""
    return datetime.combine(local_day(now), time(), UTC)


def _enter(work: Work, context: Context, case_id: CaseId) -> Visit:
    count = work.cases.touch(context.house.area, case_id)
    case = work.cases.find(context.house.area, case_id)
    if count is None or case is None:
        raise UnknownCaseError
    standing = stand(work, context.person, case)
    is_author = work.own_cases.is_own(case.area, case.case, context.person.uid)
    actor = (
        seat_actor(case.case, case.seat_key) if is_author else account_actor(context, standing.role)
    )
    return Visit(context, case, count, standing, actor)


def _allow(action: str, visit: Visit) -> None:
    may(
        action,
        standing=visit.standing,
        account_roles=frozenset(visit.context.person.roles),
        state=State(visit.case.state),
        phase=Phase(visit.case.phase) if visit.case.state == State.IN_SESSION else None,
    )


def _repeated(
    work: Work, context: Context, case_id: CaseId, repeat: Callable[[Work, Case], Done[T] | None]
) -> Done[T] | None:
    case = work.cases.find(context.house.area, case_id)
    if case is None or stand(work, context.person, case) == NOBODY:
        return None
    return repeat(work, case)


def _told(
    visit: Visit,
    action: str,
    detail: Mapping[str, Json],
    outcome: Outcome,
    purpose: str | None,
) -> Occurrence:
    target: dict[str, Json] = {"case": b64u(visit.case.case), "n": visit.count}
    return occur(
        visit.context,
        action,
        visit.actor,
        outcome=outcome,
        why=purpose,
        target=target,
        detail=detail,
    )


def _answer(done: Act[T], entry: Entry, note: str) -> Acknowledged:
    opening: Opening = next(each for each in entry.openings if each.field == "detail")
    last = done.records[-1] if done.records else b""
    return Acknowledged(last, done.records, done.seq, entry.leaf, opening.salt, opening.value, note)
