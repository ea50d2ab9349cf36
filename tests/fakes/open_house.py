"""A real house on a real SQLite file: founded, everybody joined, behind a test client."""

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from litestar.testing import TestClient

from fakes.small_town import (
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
from fallberatung.api.app import create_app
from fallberatung.audit.leaf import parse_leaf
from fallberatung.audit.openings import decode_openings
from fallberatung.bootstrap.founding import found_area, initialise
from fallberatung.bootstrap.service import Service, opened
from fallberatung.bootstrap.settings import Settings
from fallberatung.crypto.sealed.records import Record
from fallberatung.store.shelves import Shelves
from fallberatung.wire.invitation import Invitation

HOST = "testserver.local"
API = "/api/v1"
EVERYBODY = ("anna", "berta", "carla", "dora", "emma", "frida", "gerda", "hanna")


def text(raw: bytes) -> str:
    """Spell bytes as the wire does."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(spelled: str) -> bytes:
    """Read bytes off the wire."""
    return base64.urlsafe_b64decode(spelled + "=" * (-len(spelled) % 4))


def sealed(record: Record) -> dict[str, str]:
    """Put a record into a request."""
    return {"header": text(record.header), "body": text(record.body)}


@dataclass
class Standing:
    """A case under test: its hands, its id on the wire, its records so far."""

    hands: CaseHands
    name: str
    records: list[Record]


@dataclass
class OpenHouse:
    """A house under test, with its people at its door."""

    folder: Path
    clock: Clock
    random: Dice
    folk: Townsfolk
    service: Service
    client: TestClient[Any]
    tokens: dict[str, str] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)

    def call(self, method: str, path: str, user: str | None = None, **more: Any) -> Any:  # noqa: ANN401  # httpx
        """Send one request, signed in as `user`."""
        headers = dict(more.pop("headers", {}))
        if user is not None:
            headers["Authorization"] = f"Bearer {self.token(user)}"
        return self.client.request(method, API + path, headers=headers, **more)

    def get(self, path: str, user: str | None = None, **more: Any) -> Any:  # noqa: ANN401  # httpx
        """Read."""
        return self.call("GET", path, user, **more)

    def post(self, path: str, user: str | None, content: object, **more: Any) -> Any:  # noqa: ANN401  # httpx
        """Write JSON."""
        return self.call("POST", path, user, json=content, **more)

    def token(self, user: str) -> str:
        """Sign in once and keep the token."""
        if user not in self.tokens:
            answer = self.login(user)
            assert answer.status_code == 201, answer.text
            self.tokens[user] = answer.json()["token"]
        return self.tokens[user]

    def login(self, user: str, auth: bytes | None = None) -> Any:  # noqa: ANN401  # httpx
        """Try to sign in."""
        known = auth if auth is not None else auth_of(user)
        return self.post("/login", None, {"user": user, "auth": text(known)})

    def join(self, user: str) -> Any:  # noqa: ANN401  # httpx
        """Accept the invitation."""
        return self.post("/join", None, self.joining(user))

    def joining(self, user: str) -> dict[str, str]:
        """Write what accepting the invitation takes."""
        return {
            "invitation": self.invitations[user].token,
            "user": user,
            "salt": text(salt_of(user)),
            "auth": text(auth_of(user)),
            "bundle": text(self.folk[user].bundle.encoded),
        }

    def hands(self) -> CaseHands:
        """Begin a new case."""
        return case_hands(self.folk, self.random)

    def filing(self, hands: CaseHands, records: Sequence[Record], **other: Any) -> dict[str, Any]:  # noqa: ANN401  # JSON
        """Write a filing."""
        return {
            "case": text(hands.case),
            "seat": text(hands.seat.bundle.encoded),
            "records": [sealed(record) for record in records],
            "legal_basis": "KKG_4_2",
            "urgency": "normal",
            "frame": "table",
            "receipt": {"policy": "0" * 64, "version": "1.0", "unresolved": 0},
            **other,
        }

    def case_at(self, state: str, author: str = "anna") -> Standing:
        """File a case and lead it on until it is in a state, at the latest `in_session`."""
        hands = self.hands()
        case = Standing(hands, text(hands.case), list(hands.filing()))
        path = f"/cases/{case.name}"
        self.must(self.post("/cases", author, self.filing(hands, case.records)))
        steps: dict[str, Callable[[], object]] = {
            "screening": lambda: self.hand_over(case, "claim", (hands.claim(case.records),)),
            "accepted": lambda: self.must(self.post(f"{path}/accept", "carla", {})),
            "table_planned": lambda: self.hand_over(case, "convene", hands.convening(case.records)),
            "in_session": lambda: self.must(
                self.post(f"{path}/phase", "frida", {"state": "in_session"})
            ),
        }
        if state != "submitted":
            for reached, step in steps.items():
                step()
                if reached == state:
                    break
        return case

    def hand_over(self, case: Standing, step: str, records: Sequence[Record]) -> None:
        """Claim or convene as carla."""
        content = {"records": [sealed(record) for record in records]}
        self.must(self.post(f"/cases/{case.name}/{step}", "carla", content))
        case.records.extend(records)

    def must(self, answer: Any) -> Any:  # noqa: ANN401  # httpx
        """Fail with the answer's text unless it was created."""
        assert answer.status_code == 201, answer.text
        return answer

    def entries(self) -> list[dict[str, Any]]:
        """Return every entry waiting in the outbox or standing in the tree, opened."""
        return [opened_entry(leaf, openings) for leaf, openings in self.rows()]

    def rows(self) -> list[tuple[bytes, bytes]]:
        """Return leaf and openings of every entry."""

        def found(shelves: Shelves) -> list[tuple[bytes, bytes]]:
            tree, waiting = shelves.log.leaves(0, 10**6), shelves.log.due(2**52, 10**6)
            return [
                *((row.leaf, row.openings) for row in tree),
                *((row.leaf, row.openings) for row in waiting),
            ]

        return self.service.readers.read(found).result()

    def entries_of(self, case: bytes) -> list[dict[str, Any]]:
        """Return the entries about one case in the order of their counter."""
        found = [
            entry for entry in self.entries() if entry.get("object", {}).get("case") == text(case)
        ]
        return sorted(found, key=lambda entry: entry["object"]["n"])


def opened_entry(leaf: bytes, openings: bytes) -> dict[str, Any]:
    """Read an entry with all its fields."""
    known = parse_leaf(leaf)
    fields = {each.field: json.loads(each.value) for each in decode_openings(openings)}
    return {
        "action": known.action,
        "outcome": known.outcome,
        "purpose": known.purpose,
        "at": known.at,
        "request": known.request,
        **fields,
    }


@contextmanager
def open_house(
    folder: Path,
    *,
    joined: tuple[str, ...] = EVERYBODY,
    tables: str = "after_screening",
) -> Iterator[OpenHouse]:
    """Found a house in a folder and open it; the duties do not run by themselves."""
    clock, random = Clock(), Dice()
    folk = townsfolk(random)
    settings = Settings(data=folder / "data")
    initialise(settings, REALM, clock, random)
    letters = folder / "letters"
    with opened(settings, clock, random, is_serving=False) as service:
        found_area(service, town(folk, tables=tables), letters)
    with opened(settings, clock, random, is_serving=False) as service:
        app = create_app(service, [HOST])
        with TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False) as client:
            house = OpenHouse(folder, clock, random, folk, service, client)
            for path in letters.glob("*.invitation.json"):
                invitation = Invitation.model_validate_json(path.read_bytes())
                house.invitations[invitation.user] = invitation
            for user in joined:
                assert house.join(user).status_code == 201
            yield house
