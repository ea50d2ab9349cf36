"""A house over shelves in memory: steps taken without database and without HTTP, real seals."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from fakes.german_holidays import FIRST_YEAR
from fakes.memory_shelves import MemoryDesk
from fakes.small_town import (
    AREA,
    REALM,
    CaseHands,
    Clock,
    Dice,
    Townsfolk,
    auth_of,
    case_hands,
    salt_of,
    town,
    townsfolk,
)
from fallberatung.audit.openings import decode_openings
from fallberatung.crypto.custody.keys import Custody
from fallberatung.crypto.sealed.records import Record
from fallberatung.roundtable.procedure.calendars import Calendar
from fallberatung.roundtable.procedure.policy import read_deadline_policy
from fallberatung.roundtable.procedure.ports import (
    Area,
    CaseId,
    Invited,
    Organisation,
    PseudonymisationReceipt,
)
from fallberatung.workflow import accounts, areas, intake, log
from fallberatung.workflow.steps import Step
from fallberatung.workflow.work import Context, House

T = TypeVar("T")

POLICY = Path(__file__).parents[2] / "policies" / "deadlines.toml"
POLICY_HASH = "0" * 64
"""The server treats it as a name; its bytes are the bootstrap's business."""


def calendar(land: str, year: int) -> Calendar:
    """Return a calendar with New Year only: enough to know each year."""
    from datetime import date  # noqa: PLC0415  # one use

    years = range(min(year, FIRST_YEAR), year + 3)
    return Calendar(land, {date(each, 1, 1): "Neujahr" for each in years})


@dataclass
class MemoryHouse:
    """People, clock, shelves, and one step after the other."""

    desk: MemoryDesk = field(default_factory=MemoryDesk)
    clock: Clock = field(default_factory=Clock)
    random: Dice = field(default_factory=Dice)
    folk: Townsfolk = field(default_factory=townsfolk)
    house: House = field(init=False)

    def __post_init__(self) -> None:
        custody = Custody(*(self.random(32) for _ in range(4)))
        self.house = House(
            realm=REALM,
            origin=f"{REALM}/audit/1",
            source="test",
            area=AREA,
            custody=custody,
            random=self.random,
            calendar=calendar,
            deadlines=read_deadline_policy(tomllib.loads(POLICY.read_text("utf-8"))),
            deadlines_hash=POLICY_HASH,
        )

    def context(self, user: str | None = None) -> Context:
        """Describe a request by somebody, or by nobody."""
        account = None
        if user is not None:
            account = self.desk.shelves.accounts.by_user(AREA, user)
            assert account is not None
        return Context(self.house, self.clock(), "request", "192.0.2.1", account, "session")

    def take(self, step: Step[T]) -> T:
        """Take a step as the writer would."""
        return self.desk.take(step)

    def hands(self) -> CaseHands:
        """Begin a case."""
        return case_hands(self.folk, self.random)

    def filing(self, hands: CaseHands, records: tuple[Record, ...]) -> intake.Filing:
        """Describe a filing."""
        return intake.Filing(
            case=CaseId(hands.case),
            seat=hands.seat.bundle.encoded,
            records=records,
            legal_basis="KKG_4_2",
            urgency="normal",
            frame="table",
            receipt=PseudonymisationReceipt("0" * 64, "1.0"),
            unresolved=0,
        )

    def file(self, author: str = "anna") -> tuple[CaseHands, list[Record]]:
        """File a case."""
        hands = self.hands()
        records = hands.filing()
        self.take(intake.submit(self.context(author), self.filing(hands, records)))
        return hands, list(records)

    def told(self) -> list[tuple[str, str]]:
        """Return the fields of all waiting entries as text: leaf and openings."""
        return [
            (
                row.leaf.decode(),
                " ".join(each.value.decode() for each in decode_openings(row.openings)),
            )
            for row in self.desk.shelves.log.rows
        ]


def founded(tables: str = "after_screening") -> MemoryHouse:
    """Found a house in memory in which everybody has joined."""
    made = MemoryHouse()
    made.take(log.founded(made.context()))
    described = town(made.folk, tables=tables)
    tokens = {person.user: made.random(32) for person in described.people}
    founding = areas.Founding(
        area=Area(
            AREA,
            described.name,
            described.land,
            described.tables,
            None,
            described.institution_key,
            described.roster,
            is_demo=True,
        ),
        organisations=tuple(
            Organisation(each.slug, each.name, each.kind, each.land)
            for each in described.organisations
        ),
        invited=tuple(
            Invited(
                accounts.hash_of(tokens[person.user]),
                AREA,
                person.user,
                person.name,
                person.organisation,
                person.roles,
                made.folk[person.user].key_id,
                person.bundle,
            )
            for person in described.people
        ),
    )
    made.take(areas.found(made.context(), founding))
    for person in described.people:
        joining = accounts.Joining(
            tokens[person.user],
            person.user,
            salt_of(person.user),
            auth_of(person.user),
            person.bundle,
        )
        made.take(accounts.join(made.context(), joining))
    return made
