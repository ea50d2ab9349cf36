"""Writing and reading at the table: the server carries sealed entries and asks only for order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fallberatung.crypto.sealed.records import Record
from fallberatung.roundtable.procedure.access import NOBODY, may
from fallberatung.roundtable.procedure.ports import (
    Case,
    CaseId,
    KeptDeadline,
    Membership,
)
from fallberatung.roundtable.procedure.shown import shown_kind
from fallberatung.workflow.chains import Extension, Moved, bundles_of, extend, moved, repeated
from fallberatung.workflow.steps import Act, Done, Step, Visit, case_step, moment_of
from fallberatung.workflow.work import Context, Work

MOST_RECORDS: Final = 500
"""The most records one reading shows; the reader asks again from where it ended."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Leave to read the records `first` to `last` of a case, already written in the log."""

    case: Case
    first: int
    last: int
    bundles: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """A case without its records, as everybody who stands at it may see it."""

    case: Case
    asking: str
    members: tuple[Membership, ...]
    deadlines: tuple[KeptDeadline, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of an account's list."""

    case: Case
    asking: str
    is_own: bool
    next_deadline: date | None


def append(context: Context, case: CaseId, record: Record) -> Step[Done[Moved]]:
    """Append one sealed entry; the same entry again is answered as the first time."""

    def act(work: Work, visit: Visit) -> Act[Moved]:
        extension = Extension((record,), ("entry",), "", visit.key_id, moment_of(visit))
        after = extend(work, visit.context, visit.case, extension)
        work.cases.advance(after)
        return moved(after, (record,), {"ret": record.parsed().ret})

    return case_step(
        "case.append",
        case,
        context,
        act,
        repeat=lambda work, known: repeated(work, known, (record,)),
    )


def read(
    context: Context, case: CaseId, *, purpose: str, first: int, last: int | None
) -> Step[Done[Reading]]:
    """Ask leave to read a run of records; once this is committed they may be loaded."""

    def act(work: Work, visit: Visit) -> Act[Reading]:
        newest = min(visit.case.seq, first + MOST_RECORDS - 1)
        end = newest if last is None else min(last, newest)
        area = visit.case.area
        keys = work.cases.ever_members(area, case)
        known = bundles_of(work, area, keys)
        bundles = (visit.case.seat, *(known[key_id].encoded for key_id in sorted(known)))
        detail = {"from": first, "to": max(end, 0), "epoch": visit.case.epoch}
        return Act(Reading(visit.case, first, end, bundles), detail)

    return case_step("case.read", case, context, act, purpose=purpose)


def look(context: Context, case: CaseId) -> Step[Done[Facts]]:
    """Show what stands beside the records; logged as `case.list` of this one case."""

    def act(work: Work, visit: Visit) -> Act[Facts]:
        facts = Facts(
            visit.case,
            asking_of(work, visit.case),
            tuple(work.cases.members(visit.case.area, case)),
            tuple(work.cases.deadlines(visit.case.area, case)),
        )
        return Act(facts, {"count": 1})

    return case_step("case.list", case, context, act)


def listed(work: Work, context: Context) -> tuple[Listed, ...]:
    """Return the cases an account has a part in: its own first, then those it is a member of.

    A list shows no content and names no act on a case, so it leaves no entry: an entry would put
    an account's name beside the hour in which its seat acted.

    Raises:
        AccessError: accounts of this kind have no cases.
    """
    account = context.person
    may("case.list", standing=NOBODY, account_roles=frozenset(account.roles), state=None)
    own = work.own_cases.of(account.area, account.uid)
    others = work.cases.with_member(account.area, account.key_id)
    return (*_lines(work, own, is_own=True), *_lines(work, others, is_own=False))


def asking_of(work: Work, case: Case) -> str:
    """Return the kind of the asking institution, coarsened where it would point at one."""
    return shown_kind(case.asking_kind, work.areas.count_of_kind(case.area, case.asking_kind))


def _lines(work: Work, cases: Sequence[Case], *, is_own: bool) -> tuple[Listed, ...]:
    return tuple(Listed(case, asking_of(work, case), is_own, _next(work, case)) for case in cases)


def _next(work: Work, case: Case) -> date | None:
    deadlines = work.cases.deadlines(case.area, case.case)
    return deadlines[0].due if deadlines else None
