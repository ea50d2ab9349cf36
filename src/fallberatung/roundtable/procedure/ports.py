"""What the procedure needs kept: the closed list of what the server knows, and the shelves for it.

The values are exactly what docs/spec/roundtable.md#what-the-server-knows allows, plus what
the chain and the log need to go on (head, counter). Each port is bound to one transaction:
whatever is written through it happens when that transaction commits, all of it or none. Reads
see the own writes of the transaction. A port never checks rights and never writes to the log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType, Protocol

CaseId = NewType("CaseId", bytes)
"""The 16 random bytes a client gave its case."""


@dataclass(frozen=True, slots=True)
class PseudonymisationReceipt:
    """Which policy (SHA-256 hex) and pipeline version were used; nothing was left undecided."""

    policy: str
    version: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case; `head`, `seq`, `epoch`, `epoch_why` and `is_convened` are where its chain stands.

    `asking_kind` is the kind of the asking institution as registered, not yet coarsened; `land`
    names the calendar of the responsible Jugendamt; `seat_key` and `seat` are key id and bundle of
    the author's seat.
    """

    area: str
    case: CaseId
    code: str
    asking_kind: str
    legal_basis: str
    urgency: str
    frame: str
    state: str
    phase: str
    session: int
    land: str
    seat_key: bytes
    seat: bytes
    head: bytes
    seq: int
    epoch: int
    epoch_why: str
    is_convened: bool
    receipt: PseudonymisationReceipt


@dataclass(frozen=True, slots=True)
class Membership:
    """A key's part in the current epoch of a case."""

    key_id: bytes
    cap: str
    role: str


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """One link of a case's chain.

    `at` is the full hour for acts of a seat and the day for a filing; `ret` is None for epochs and
    grants; `size_class` is the step of the padded size of the body.
    """

    seq: int
    epoch: int
    kind: str
    ret: str | None
    size_class: int
    digest: bytes
    header: bytes
    body: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The first answer to a request that brought records, kept to repeat it word for word."""

    last: bytes
    records: tuple[bytes, ...]
    seq: int
    leaf: bytes
    salt: bytes
    value: bytes
    note: str


@dataclass(frozen=True, slots=True)
class KeptDeadline:
    """A date the procedure waits for, the policy it follows, and the signed choice, if any."""

    kind: str
    session: int
    due: date
    band: str | None
    policy: str
    signed: bytes | None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An institution of the area; `kind` is school, kita, jugendamt, provider or counselling."""

    slug: str
    name: str
    kind: str
    land: str


@dataclass(frozen=True, slots=True)
class Area:
    """One area; `tables` says whether round tables are allowed, `basis` why (JSON text)."""

    area: str
    name: str
    land: str
    tables: str
    basis: str | None
    institution_key: bytes
    roster: bytes
    is_demo: bool


@dataclass(frozen=True, slots=True, repr=False)
class Account:
    """A person who has joined; `login_tag` and `salt` are for signing in only.

    Its `repr` names the account by its random id alone.
    """

    uid: bytes
    area: str
    user: str
    name: str
    organisation: Organisation
    roles: tuple[str, ...]
    key_id: bytes
    bundle: bytes
    salt: bytes
    login_tag: bytes

    def __repr__(self) -> str:
        return f"Account({self.uid.hex()})"


@dataclass(frozen=True, slots=True, repr=False)
class Invited:
    """Somebody who may join once, with exactly this key."""

    token_hash: bytes
    area: str
    user: str
    name: str
    organisation: str
    roles: tuple[str, ...]
    key_id: bytes
    bundle: bytes

    def __repr__(self) -> str:
        return f"Invited({self.key_id.hex()})"


@dataclass(frozen=True, slots=True)
class SignIn:
    """One running sign-in; only the hash of its token is known here."""

    token_hash: bytes
    uid: bytes
    began: datetime
    used: datetime


class Cases(Protocol):
    """Cases, their members, deadlines and acknowledgements; no content can be read through it."""

    def touch(self, area: str, case: CaseId) -> int | None:
        """Count one more act on the case and return the count, 1 for the first; None: no such case.

        It locks the case's row until the end of the transaction, so it is the first statement of
        every step. The counts that commit have no gaps.
        """

    def find(self, area: str, case: CaseId) -> Case | None:
        """Return the case as this transaction sees it."""

    def add(self, case: Case) -> None:
        """Keep a new case whose chain is still empty of kept records, counting from 0 acts."""

    def take_code(self, area: str, code: str) -> bool:
        """Reserve a code for ever; False: it was given before, even to a case long erased."""

    def advance(self, case: Case) -> None:
        """Overwrite state, phase, session, and the chain columns of a case that exists."""

    def add_record(self, area: str, case: CaseId, record: KeptRecord) -> None:
        """Append one record; a sequence number that is taken is an error of the database."""

    def members(self, area: str, case: CaseId) -> Sequence[Membership]:
        """Return the members of the current epoch, sorted by key id; empty for no such case."""

    def set_members(
        self, area: str, case: CaseId, epoch: int, members: Sequence[Membership]
    ) -> None:
        """Make these the members from `epoch` on; who is not named has left with epoch - 1."""

    def ever_members(self, area: str, case: CaseId) -> Sequence[bytes]:
        """Return the key ids of everybody who was a member in any epoch, sorted, each once."""

    def acknowledged(self, area: str, case: CaseId, last: bytes) -> Acknowledged | None:
        """Return the first answer to the request whose last record has this digest."""

    def acknowledge(self, area: str, case: CaseId, answer: Acknowledged) -> None:
        """Keep the first answer."""

    def deadlines(self, area: str, case: CaseId) -> Sequence[KeptDeadline]:
        """Return the deadlines of a case, the next one first."""

    def set_deadline(self, area: str, case: CaseId, deadline: KeptDeadline) -> None:
        """Set or replace the deadline of this kind and session."""

    def with_member(self, area: str, key_id: bytes) -> Sequence[Case]:
        """Return the cases whose current epoch has this key, in the order of their codes."""


class Contents(Protocol):
    """The sealed records themselves; bound only after the entry about reading is committed."""

    def records(self, area: str, case: CaseId, first: int, last: int) -> Sequence[KeptRecord]:
        """Return the records with `first <= seq <= last` in order."""


class OwnCases(Protocol):
    """Which account filed which case: shown to nobody but that account.

    See docs/spec/roundtable.md#anonymity.
    """

    def add(self, area: str, case: CaseId, uid: bytes) -> None:
        """Note who filed a case."""

    def is_own(self, area: str, case: CaseId, uid: bytes) -> bool:
        """Tell whether this account filed this case."""

    def of(self, area: str, uid: bytes) -> Sequence[Case]:
        """Return the account's own cases, in the order of their codes."""


class Accounts(Protocol):
    """People who joined, people who are invited, and running sign-ins."""

    def by_user(self, area: str, user: str) -> Account | None:
        """Return the account with this sign-in name."""

    def everybody(self, area: str) -> Sequence[Account]:
        """Return all accounts of an area in the order of their names."""

    def bundles(self, area: str, key_ids: Sequence[bytes]) -> Sequence[bytes]:
        """Return the bundles of those keys that belong to accounts, sorted by key id."""

    def add(self, account: Account) -> None:
        """Keep a new account; a taken name or key is an error of the database."""

    def invite(self, invited: Invited) -> None:
        """Keep an invitation."""

    def invited(self, token_hash: bytes) -> Invited | None:
        """Return the invitation this token opens, until it has been used."""

    def use_invitation(self, token_hash: bytes) -> None:
        """Forget an invitation."""

    def open_sign_in(self, sign_in: SignIn) -> None:
        """Keep a sign-in."""

    def sign_in(self, token_hash: bytes) -> tuple[SignIn, Account] | None:
        """Return a sign-in and whose it is; whether it is still fresh is for the caller to say."""

    def keep_alive(self, token_hash: bytes, used: datetime) -> None:
        """Note that a sign-in was used."""

    def close_sign_in(self, token_hash: bytes) -> None:
        """Forget a sign-in; unknown ones are fine."""

    def sweep(self, began_before: datetime, used_before: datetime) -> int:
        """Forget sign-ins older or longer unused than that; return how many."""


class Areas(Protocol):
    """The area, its institutions, and the few facts fixed when the house was founded."""

    def found(self, area: Area, institutions: Sequence[Organisation]) -> None:
        """Keep a new area."""

    def only(self) -> Area | None:
        """Return the one area of this installation, or None before it is founded."""

    def organisation(self, area: str, slug: str) -> Organisation | None:
        """Return one institution."""

    def count_of_kind(self, area: str, kind: str) -> int:
        """Return how many institutions of this kind the area has."""

    def fact(self, name: str) -> str | None:
        """Return a fixed fact: `realm`, `origin`, or the hash of the policies last in force."""

    def state_fact(self, name: str, value: str) -> None:
        """Set a fact."""
