"""A small town for the server's tests: an institution, its people with keys, and what they make.

Tests may import every room; the hands that seal are the real `crypto.opened`. Login values are
cheap bytes instead of a derivation, because the server cannot tell.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from fallberatung.crypto.opened import caseview, compose
from fallberatung.crypto.opened.caseview import CaseView
from fallberatung.crypto.opened.identity import Identity, new_identity
from fallberatung.crypto.opened.institution import InstitutionKey, sign_roster
from fallberatung.crypto.opened.seat import SeatCode, seat_identity
from fallberatung.crypto.opened.statement import sign_statement
from fallberatung.crypto.sealed.epochs import Member
from fallberatung.crypto.sealed.fbcbor import Value
from fallberatung.crypto.sealed.keybundle import KeyBundle
from fallberatung.crypto.sealed.records import Record
from fallberatung.roundtable.procedure.roles import cap_of
from fallberatung.wire.town import KeyRequest, Organisation, TablesBasis, Town

NOON = datetime(2026, 11, 23, 12, 34, 56, 789000, tzinfo=UTC)
"""A Monday, well inside an hour, a day and the roster."""

AREA = "musterstadt"
REALM = "test.example"

ROLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "anna": ("school-1", ("author",)),
    "berta": ("school-2", ("author",)),
    "carla": ("counsel-1", ("adviser",)),
    "dora": ("counsel-1", ("adviser",)),
    "emma": ("jugendamt-1", ("adviser",)),
    "frida": ("jugendamt-1", ("moderator",)),
    "gerda": ("kita-1", ("participant",)),
    "hanna": ("jugendamt-1", ("dsb",)),
}
"""User, organisation, roles."""


@dataclass
class Dice:
    """Randomness that repeats itself in every run."""

    seed: bytes = b"small town"
    numbers: Iterator[int] = field(default_factory=count)

    def __call__(self, length: int) -> bytes:
        """Return the next bytes."""
        head = self.seed + next(self.numbers).to_bytes(8, "big")
        return hashlib.shake_256(head).digest(length)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now

    def move(self, **by: float) -> None:
        """Move it on, arguments as of `timedelta`."""
        self.now += timedelta(**by)


@dataclass(frozen=True)
class Townsfolk:
    """The people and the institution of the town."""

    people: dict[str, Identity]
    institution: InstitutionKey

    def __getitem__(self, user: str) -> Identity:
        """Return somebody's secret keys."""
        return self.people[user]

    @property
    def bundles(self) -> dict[bytes, KeyBundle]:
        """Everybody's bundle by key id."""
        return {each.key_id: each.bundle for each in self.people.values()}

    @property
    def roster(self) -> tuple[bytes, ...]:
        """The advisers, in the order of the roster."""
        return tuple(self.people[user].key_id for user in ("carla", "dora", "emma"))


def townsfolk(random: Dice | None = None) -> Townsfolk:
    """Make everybody's keys."""
    dice = random or Dice()
    made_at = int(NOON.timestamp()) - 86_400
    people = {user: new_identity(dice(16), made_at, dice) for user in ROLES}
    return Townsfolk(people, InstitutionKey(dice(32)))


def town(folk: Townsfolk, *, tables: str = "after_screening", now: datetime = NOON) -> Town:
    """Describe the town as its officer's device writes it; the roster begins an hour ago."""
    begins = int(now.timestamp()) - 3_600
    organisations = tuple(
        Organisation(slug=slug, name=f"Haus {slug}", kind=kind, land="HE")
        for slug, kind in (
            ("school-1", "school"),
            ("school-2", "school"),
            ("school-3", "school"),
            ("counsel-1", "counselling"),
            ("jugendamt-1", "jugendamt"),
            ("kita-1", "kita"),
        )
    )
    return Town.model_validate(
        {
            "area": AREA,
            "name": "Musterstadt",
            "land": "HE",
            "tables": tables,
            "tables_basis": TablesBasis(
                legal_basis="Beschluss 1", date=NOON.date(), by=("Person A", "Person B")
            ),
            "institution_key": folk.institution.public_key,
            "roster": sign_roster(
                folk.institution, AREA, folk.roster, begins, begins + 30 * 86_400
            ),
            "organisations": organisations,
            "people": tuple(
                KeyRequest.model_validate(
                    {
                        "user": user,
                        "name": f"Person {user}",
                        "organisation": organisation,
                        "roles": roles,
                        "bundle": folk[user].bundle.encoded,
                    }
                )
                for user, (organisation, roles) in ROLES.items()
            ),
            "demo": True,
        }
    )


def auth_of(user: str) -> bytes:
    """Return somebody's login value: cheap here, derived from a password in real hands."""
    return hashlib.sha256(b"auth of " + user.encode()).digest()


def salt_of(user: str) -> bytes:
    """Return somebody's salt."""
    return hashlib.sha256(b"salt of " + user.encode()).digest()[:16]


@dataclass
class CaseHands:
    """What the hands around one case make, step by step; it keeps the author's view."""

    folk: Townsfolk
    random: Dice
    case: bytes
    seat: Identity
    view: CaseView
    report: Record | None = None

    @property
    def me(self) -> Identity:
        """The author's seat."""
        return self.seat

    def epoch(
        self, by: Identity, why: str, seats: Sequence[tuple[bytes, str]], view: CaseView
    ) -> Record:
        """Make the next epoch of a view with these keys in these roles."""
        number = view.chain.epoch + 1
        members = [Member(key, cap_of(role, number), role) for key, role in seats]
        return compose.make_epoch(view, by, members, self.folk.bundles, why, self.random)

    def filing(self, advisers: Sequence[str] = ("carla", "dora", "emma")) -> tuple[Record, Record]:
        """Make epoch 1 and the case report."""
        seats = [(self.seat.key_id, "author")]
        seats += [(self.folk[user].key_id, "adviser") for user in advisers]
        first = self.epoch(self.seat, "create", seats, self.view)
        self.view = caseview.apply(self.view, first, self.seat)
        report = compose.make_entry(self.view, self.seat, body("case_report"), "c", self.random)
        self.view = caseview.apply(self.view, report, self.seat)
        return first, report

    def seen_by(self, user: str, records: Sequence[Record]) -> CaseView:
        """Replay the records with somebody else's keys."""
        view = caseview.begin(self.case, self.seat.bundle)
        view = caseview.with_bundles(view, self.folk.bundles.values())
        for record in records:
            view = caseview.apply(view, record, self.folk[user])
        return view

    def claim(self, records: Sequence[Record], by: str = "carla", deputy: str = "dora") -> Record:
        """Make epoch 2: the author, who claims, one deputy."""
        view = self.seen_by(by, records)
        seats = [
            (self.seat.key_id, "author"),
            (self.folk[by].key_id, "adviser"),
            (self.folk[deputy].key_id, "deputy"),
        ]
        return self.epoch(self.folk[by], "claim", seats, view)

    def convening(self, records: Sequence[Record], by: str = "carla") -> tuple[Record, ...]:
        """Make epoch 3 with the table, and a grant of epoch 1 to each newcomer."""
        view = self.seen_by(by, records)
        seats = [
            (self.seat.key_id, "author"),
            (self.folk["carla"].key_id, "adviser"),
            (self.folk["frida"].key_id, "moderator"),
            (self.folk["gerda"].key_id, "participant"),
        ]
        made = [self.epoch(self.folk[by], "convene", seats, view)]
        view = caseview.apply(view, made[0], self.folk[by])
        for user in ("frida", "gerda"):
            grant = compose.make_grant(
                view, self.folk[by], self.folk[user].key_id, [1], "convene", self.random
            )
            made.append(grant)
            view = caseview.apply(view, grant, self.folk[by])
        return tuple(made)

    def entry(self, records: Sequence[Record], by: str, ret: str = "c") -> Record:
        """Make one entry of a member."""
        view = self.seen_by(by, records)
        return compose.make_entry(view, self.folk[by], body("map_item"), ret, self.random)

    def own_entry(self, records: Sequence[Record]) -> Record:
        """Make one entry of the author."""
        view = caseview.begin(self.case, self.seat.bundle)
        view = caseview.with_bundles(view, self.folk.bundles.values())
        for record in records:
            view = caseview.apply(view, record, self.seat)
        return compose.make_entry(view, self.seat, body("comment"), "c", self.random)

    def choice(self, by: str, band: str, due: str | None, policy: str) -> bytes:
        """Sign the choice of a review date."""
        return sign_statement(self.folk[by], "fb/v1/deadline", [self.case, 1, band, due, policy])


def case_hands(folk: Townsfolk, random: Dice) -> CaseHands:
    """Begin a case: its id, its seat, an empty view."""
    seat = seat_identity(SeatCode(random(16)), int(NOON.timestamp()))
    case = random(16)
    view = caseview.with_bundles(caseview.begin(case, seat.bundle), folk.bundles.values())
    return CaseHands(folk, random, case, seat, view)


def body(kind: str) -> dict[str, Value]:
    """Return the body of an entry; what it says is sealed and none of the server's business."""
    return {"t": kind, "v": 1, "text": "Kind A", "ts": 0, "cp": [0, bytes(32)]}
