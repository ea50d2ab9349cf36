"""A small cast for the client's tests: people with keys, an institution, a log of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from fallberatung.audit.sign import log_policy
from fallberatung.client.ambient import system_random as dice
from fallberatung.client.belongings import Belongings, OwnSeat
from fallberatung.client.hands import Hands
from fallberatung.client.transport import PREFIX, House
from fallberatung.client.vault_file import VaultFile, _Outside
from fallberatung.crypto.custody.files import create
from fallberatung.crypto.custody.keys import Custody
from fallberatung.crypto.opened.caseview import CaseView, apply, begin, with_bundles
from fallberatung.crypto.opened.compose import make_entry, make_epoch
from fallberatung.crypto.opened.identity import Identity, new_identity
from fallberatung.crypto.opened.institution import InstitutionKey, new_institution_key, sign_roster
from fallberatung.crypto.opened.password import KdfParams
from fallberatung.crypto.sealed.b64 import b64u
from fallberatung.crypto.sealed.chain import Chain
from fallberatung.crypto.sealed.epochs import Member
from fallberatung.crypto.sealed.fbcbor import Value
from fallberatung.crypto.sealed.records import Record
from fallberatung.wire.accounts import Account
from fallberatung.wire.cases import CaseFacts, Desk, Records, SealedRecord
from fallberatung.wire.encoding import Words
from fallberatung.wire.invitation import Invitation

NOW = datetime(2026, 11, 20, 10, 17, 31, tzinfo=UTC)
NOT_FOUND = (
    404,
    {"content-type": "application/problem+json"},
    b'{"type":"urn:fallberatung:problem:not_found","title":"x","status":404}',
)
ORIGIN = "demo.localhost/audit/1"
ROLES = {
    "lehrkraft": "author",
    "fachberatung-1": "adviser",
    "fachberatung-2": "adviser",
    "moderation": "moderator",
    "kita": "participant",
}


@dataclass(frozen=True)
class Cast:
    """Everybody's keys and whatever signs for the house."""

    people: dict[str, Identity]
    institution: InstitutionKey
    custody: Custody

    def invitation(self, user: str = "lehrkraft") -> Invitation:
        """Invite one of the people, with pins of all."""
        policy = log_policy(self.custody, ORIGIN)
        pins = [
            {
                "key_id": identity.key_id,
                "name": f"Beispiel: {name}",
                "organisation": "Beispiel",
                "kind": "jugendamt",
                "roles": [ROLES[name]],
            }
            for name, identity in self.people.items()
        ]
        return Invitation.model_validate(
            {
                "realm": "demo.localhost",
                "area": "beispielstadt",
                "user": user,
                "token": "t" * 43,
                "origin": ORIGIN,
                "checkpoint_key": policy.checkpoint_keys[0],
                "receipt_key": policy.receipt_keys[0],
                "institution_key": self.institution.public_key,
                "pins": pins,
            }
        )

    def desk(self, *users: str, area: str = "beispielstadt") -> Desk:
        """A desk whose signed roster holds exactly these people, all on duty."""
        members = [self.people[user].key_id for user in users]
        begin = int(NOW.timestamp()) - 60
        roster = sign_roster(self.institution, area, members, begin, begin + 86_400)
        bundles = tuple(self.people[user].bundle.encoded for user in users)
        return Desk(roster=roster, on_duty=tuple(members), bundles=bundles)


@pytest.fixture(scope="session")
def cast_of_people(tmp_path_factory: pytest.TempPathFactory) -> Cast:
    """Make everybody once; nothing in it changes."""
    folder: Path = tmp_path_factory.mktemp("keys")
    made_at = int(NOW.timestamp())
    return Cast(
        {user: new_identity(dice(16), made_at, dice) for user in ROLES},
        new_institution_key(dice),
        create(folder / "custody", dice),
    )


class PaperHouse:
    """A service made of paper: it serves whatever stands in `answers`, and notes what it is sent.

    `answers` maps "METHOD /path" below the prefix to (status, headers, body).
    """

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.requests: list[httpx.Request] = []

    def carry(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        self.requests.append(request)
        path = request.url.path.removeprefix(PREFIX)
        status, headers, body = self.answers.get(f"{request.method} {path}", NOT_FOUND)
        return httpx.Response(status, headers=headers, content=body)

    def say(self, route: str, word: Words) -> None:
        """Answer `route` with a model."""
        self.answers[route] = (200, {}, word.model_dump_json().encode())

    def house(self) -> House:
        """Connect to it."""
        return House("http://127.0.0.1:1", carrier=httpx.MockTransport(self.carry))


@dataclass
class PaperCase:
    """A case filed by the teacher, and its records so far."""

    cast: Cast
    paper: PaperHouse
    case: bytes
    seat: OwnSeat
    records: list[Record]

    @property
    def view(self) -> CaseView:
        """The case with the seat's eyes."""
        seat = self.seat.identity()
        people = (each.bundle for each in self.cast.people.values())
        view = with_bundles(begin(self.case, seat.bundle), people)
        for record in self.records:
            view = apply(view, record, seat)
        return view

    def serve(self, bundles: tuple[bytes, ...] | None = None) -> None:
        """Show the case as it stands, with `bundles` or those of everybody."""
        chain = self.view.chain
        known = tuple(each.bundle.encoded for each in self.cast.people.values())
        path = f"/cases/{b64u(self.case)}"
        self.paper.say(f"GET {path}", self.facts(chain))
        self.paper.say(
            f"GET {path}/records",
            Records(
                records=tuple(SealedRecord(header=r.header, body=r.body) for r in self.records),
                head=chain.head,
                seq=chain.seq,
                bundles=known if bundles is None else bundles,
            ),
        )

    def facts(self, chain: Chain) -> CaseFacts:
        """What a server would tell beside the records."""
        return CaseFacts.model_validate(
            {
                "case": self.case,
                "code": "7Q-M2",
                "state": "screening",
                "phase": "roles",
                "session": 1,
                "asking": "Schule",
                "legal_basis": "KKG_4_2",
                "urgency": "normal",
                "frame": "table",
                "head": chain.head,
                "seq": chain.seq,
                "epoch": chain.epoch,
                "members": [],
                "deadlines": [],
                "seat": self.seat.identity().bundle.encoded,
            }
        )


@dataclass
class Company:
    """Hands over a paper house, for whomever a test needs."""

    cast: Cast
    paper: PaperHouse
    folder: Path

    def hands(self, user: str, seats: tuple[OwnSeat, ...] = ()) -> Hands:
        """Sign somebody in without a service or a password; the vault is written for real."""
        identity = self.cast.people[user]
        kept = Belongings(user, identity, self.cast.invitation(user), seats)
        outside = _Outside(user, identity.uid, dice(16), KdfParams(), b"")
        vault = VaultFile(self.folder / f"{user}.vault", outside, dice(32), 1, kept)
        account = Account.model_validate(
            {
                "uid": identity.uid,
                "user": user,
                "name": "Beispiel",
                "organisation": "Beispiel",
                "kind": "school",
                "roles": [ROLES[user]],
                "key_id": identity.key_id,
            }
        )
        return Hands(self.paper.house(), vault, account, lambda: NOW, dice)

    def case(self, body: Mapping[str, Value]) -> PaperCase:
        """File a case with one entry in epoch 1, sealed for both advisers."""
        case = dice(16)
        seat = OwnSeat(case, dice(16), int(NOW.timestamp()), b"")
        made = PaperCase(self.cast, self.paper, case, seat, [])
        advisers = [self.cast.people[f"fachberatung-{n}"].key_id for n in (1, 2)]
        members = [Member(seat.identity().key_id, "mgr", "author")]
        members += [Member(key_id, "mgr", "adviser") for key_id in advisers]
        made.records.append(make_epoch(made.view, seat.identity(), members, {}, "create", dice))
        made.records.append(make_entry(made.view, seat.identity(), body, "c", dice))
        made.serve()
        return made


@pytest.fixture
def company(cast_of_people: Cast, tmp_path: Path) -> Company:
    """A paper house and people who can act in it."""
    return Company(cast_of_people, PaperHouse(), tmp_path)
