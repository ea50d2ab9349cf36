"""The shelves of the procedure in memory, and a desk that takes steps as the writer would."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from fakes.memory_log import MemoryLog
from fallberatung.roundtable.procedure.ports import (
    Account,
    Accounts,
    Acknowledged,
    Area,
    Areas,
    Case,
    CaseId,
    Cases,
    Contents,
    Invited,
    KeptDeadline,
    KeptRecord,
    Membership,
    Organisation,
    OwnCases,
    SignIn,
)
from fallberatung.workflow.steps import Step
from fallberatung.workflow.work import Work

T = TypeVar("T")
Place = tuple[str, bytes]


class TakenError(Exception):
    """What a database says to a second row with the same key."""


@dataclass
class MemoryCases:
    """Cases in dictionaries."""

    rows: dict[Place, Case] = field(default_factory=dict)
    counts: dict[Place, int] = field(default_factory=dict)
    codes: set[tuple[str, str]] = field(default_factory=set)
    kept: dict[Place, dict[int, KeptRecord]] = field(default_factory=dict)
    now: dict[Place, tuple[Membership, ...]] = field(default_factory=dict)
    ever: dict[Place, set[bytes]] = field(default_factory=dict)
    answers: dict[tuple[str, bytes, bytes], Acknowledged] = field(default_factory=dict)
    dates: dict[Place, dict[tuple[str, int], KeptDeadline]] = field(default_factory=dict)

    def touch(self, area: str, case: CaseId) -> int | None:
        """Count one more act."""
        if (area, case) not in self.rows:
            return None
        self.counts[area, case] += 1
        return self.counts[area, case]

    def find(self, area: str, case: CaseId) -> Case | None:
        """Return the case."""
        return self.rows.get((area, case))

    def add(self, case: Case) -> None:
        """Keep a case."""
        if (case.area, case.case) in self.rows:
            raise TakenError
        self.rows[case.area, case.case] = case
        self.counts[case.area, case.case] = 0

    def take_code(self, area: str, code: str) -> bool:
        """Reserve a code."""
        is_new = (area, code) not in self.codes
        self.codes.add((area, code))
        return is_new

    def advance(self, case: Case) -> None:
        """Overwrite a case."""
        self.rows[case.area, case.case] = case

    def add_record(self, area: str, case: CaseId, record: KeptRecord) -> None:
        """Keep a record once."""
        known = self.kept.setdefault((area, case), {})
        if record.seq in known:
            raise TakenError
        known[record.seq] = record

    def members(self, area: str, case: CaseId) -> Sequence[Membership]:
        """Return the present members."""
        return self.now.get((area, case), ())

    def set_members(
        self, area: str, case: CaseId, epoch: int, members: Sequence[Membership]
    ) -> None:
        """Replace the members."""
        self.now[area, case] = tuple(sorted(members, key=lambda member: member.key_id))
        self.ever.setdefault((area, case), set()).update(each.key_id for each in members)

    def ever_members(self, area: str, case: CaseId) -> Sequence[bytes]:
        """Return everybody who was ever one."""
        return tuple(sorted(self.ever.get((area, case), ())))

    def acknowledged(self, area: str, case: CaseId, last: bytes) -> Acknowledged | None:
        """Return the first answer."""
        return self.answers.get((area, case, last))

    def acknowledge(self, area: str, case: CaseId, answer: Acknowledged) -> None:
        """Keep the first answer."""
        self.answers[area, case, answer.last] = answer

    def deadlines(self, area: str, case: CaseId) -> Sequence[KeptDeadline]:
        """Return the deadlines in order."""
        known = self.dates.get((area, case), {}).values()
        return tuple(sorted(known, key=lambda each: (each.due, each.kind, each.session)))

    def set_deadline(self, area: str, case: CaseId, deadline: KeptDeadline) -> None:
        """Set one."""
        self.dates.setdefault((area, case), {})[deadline.kind, deadline.session] = deadline

    def with_member(self, area: str, key_id: bytes) -> Sequence[Case]:
        """Return the cases a key has a part in."""
        found = [
            case
            for (place, case_id), case in self.rows.items()
            if place == area
            and any(each.key_id == key_id for each in self.members(area, CaseId(case_id)))
        ]
        return tuple(sorted(found, key=lambda case: case.code))

    def records(self, area: str, case: CaseId, first: int, last: int) -> Sequence[KeptRecord]:
        """Return a run of records."""
        known = self.kept.get((area, case), {})
        return tuple(known[seq] for seq in sorted(known) if first <= seq <= last)


@dataclass
class MemoryOwnCases:
    """Who filed what."""

    cases: MemoryCases
    pairs: dict[Place, bytes] = field(default_factory=dict)

    def add(self, area: str, case: CaseId, uid: bytes) -> None:
        """Note it."""
        self.pairs[area, case] = uid

    def is_own(self, area: str, case: CaseId, uid: bytes) -> bool:
        """Tell it."""
        return self.pairs.get((area, case)) == uid

    def of(self, area: str, uid: bytes) -> Sequence[Case]:
        """List it."""
        own = [place for place, filer in self.pairs.items() if filer == uid and place[0] == area]
        return tuple(sorted((self.cases.rows[place] for place in own), key=lambda case: case.code))


@dataclass
class MemoryAccounts:
    """People in dictionaries."""

    known: dict[bytes, Account] = field(default_factory=dict)
    letters: dict[bytes, Invited] = field(default_factory=dict)
    open: dict[bytes, SignIn] = field(default_factory=dict)

    def by_user(self, area: str, user: str) -> Account | None:
        """Find by sign-in name."""
        found = (each for each in self.known.values() if (each.area, each.user) == (area, user))
        return next(found, None)

    def everybody(self, area: str) -> Sequence[Account]:
        """Return all by name."""
        here = [each for each in self.known.values() if each.area == area]
        return tuple(sorted(here, key=lambda each: (each.name, each.uid)))

    def bundles(self, area: str, key_ids: Sequence[bytes]) -> Sequence[bytes]:
        """Return bundles by key id."""
        here = [each for each in self.known.values() if each.area == area]
        asked = [each for each in here if each.key_id in set(key_ids)]
        return tuple(each.bundle for each in sorted(asked, key=lambda each: each.key_id))

    def add(self, account: Account) -> None:
        """Keep an account."""
        if account.uid in self.known or self.by_user(account.area, account.user) is not None:
            raise TakenError
        self.known[account.uid] = account

    def invite(self, invited: Invited) -> None:
        """Keep an invitation."""
        self.letters[invited.token_hash] = invited

    def invited(self, token_hash: bytes) -> Invited | None:
        """Find an invitation."""
        return self.letters.get(token_hash)

    def use_invitation(self, token_hash: bytes) -> None:
        """Forget an invitation."""
        self.letters.pop(token_hash, None)

    def open_sign_in(self, sign_in: SignIn) -> None:
        """Keep a sign-in."""
        self.open[sign_in.token_hash] = sign_in

    def sign_in(self, token_hash: bytes) -> tuple[SignIn, Account] | None:
        """Find a sign-in."""
        found = self.open.get(token_hash)
        return None if found is None else (found, self.known[found.uid])

    def keep_alive(self, token_hash: bytes, used: datetime) -> None:
        """Note its use."""
        known = self.open[token_hash]
        self.open[token_hash] = SignIn(known.token_hash, known.uid, known.began, used)

    def close_sign_in(self, token_hash: bytes) -> None:
        """Forget it."""
        self.open.pop(token_hash, None)

    def sweep(self, began_before: datetime, used_before: datetime) -> int:
        """Forget stale ones."""
        stale = [
            token
            for token, each in self.open.items()
            if each.began < began_before or each.used < used_before
        ]
        for token in stale:
            del self.open[token]
        return len(stale)


@dataclass
class MemoryAreas:
    """The area."""

    area: Area | None = None
    houses: dict[tuple[str, str], Organisation] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)

    def found(self, area: Area, institutions: Sequence[Organisation]) -> None:
        """Keep it."""
        self.area = area
        self.houses |= {(area.area, each.slug): each for each in institutions}

    def only(self) -> Area | None:
        """Return it."""
        return self.area

    def organisation(self, area: str, slug: str) -> Organisation | None:
        """Find an institution."""
        return self.houses.get((area, slug))

    def count_of_kind(self, area: str, kind: str) -> int:
        """Count institutions."""
        return sum(place == area and each.kind == kind for (place, _), each in self.houses.items())

    def fact(self, name: str) -> str | None:
        """Return a fact."""
        return self.facts.get(name)

    def state_fact(self, name: str, value: str) -> None:
        """Set a fact."""
        self.facts[name] = value


_cases: type[Cases] = MemoryCases
_contents: type[Contents] = MemoryCases
_own_cases: type[OwnCases] = MemoryOwnCases
_accounts: type[Accounts] = MemoryAccounts
_areas: type[Areas] = MemoryAreas


@dataclass
class MemoryShelves:
    """Every shelf; `contents` is the same thing as `cases`."""

    cases: MemoryCases = field(default_factory=MemoryCases)
    accounts: MemoryAccounts = field(default_factory=MemoryAccounts)
    areas: MemoryAreas = field(default_factory=MemoryAreas)
    log: MemoryLog = field(default_factory=MemoryLog)
    own_cases: MemoryOwnCases = field(init=False)

    def __post_init__(self) -> None:
        self.own_cases = MemoryOwnCases(self.cases)

    @property
    def contents(self) -> MemoryCases:
        """The sealed records."""
        return self.cases

    @property
    def outbox(self) -> MemoryLog:
        """Where entries wait."""
        return self.log


@dataclass
class MemoryDesk:
    """Takes steps one by one: all of a step or nothing of it, and a refusal is written down."""

    shelves: MemoryShelves = field(default_factory=MemoryShelves)

    def work(self) -> Work:
        """Return the shelves as steps see them."""
        found = self.shelves
        return Work(
            cases=found.cases,
            own_cases=found.own_cases,
            accounts=found.accounts,
            areas=found.areas,
            outbox=found.outbox,
            log=found.log,
        )

    def take(self, step: Step[T]) -> T:
        """Take a step."""
        before = deepcopy(self.shelves)
        try:
            return step.run(self.work())
        except Exception as error:
            self.shelves = before
            step.refused(self.work(), error)
            raise
