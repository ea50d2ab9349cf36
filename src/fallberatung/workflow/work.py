"""What a step works with: the shelves of one transaction, the house, and who is asking."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from fallberatung.audit.ports import Log, Outbox
from fallberatung.crypto.custody.keys import Custody
from fallberatung.roundtable.procedure.calendars import Calendar
from fallberatung.roundtable.procedure.policy import DeadlinePolicy
from fallberatung.roundtable.procedure.ports import Account, Accounts, Area, Areas, Cases, OwnCases
from fallberatung.workflow.errors import NotSignedInError, UnfoundedError


@dataclass(frozen=True, slots=True)
class Work:
    """Every port, bound to one transaction; sealed content is not among them."""

    cases: Cases
    own_cases: OwnCases
    accounts: Accounts
    areas: Areas
    outbox: Outbox
    log: Log

    def area(self) -> Area:
        """Return the area of this installation.

        Raises:
            UnfoundedError: none has been founded.
        """
        area = self.areas.only()
        if area is None:
            raise UnfoundedError("no area has been founded")
        return area


@dataclass(frozen=True, slots=True)
class House:
    """What does not change while the service runs.

    Attributes:
        realm: text in every salt, pinned by clients.
        origin: name of the access log.
        source: name of this instance in the log.
        area: short name of the area; it places commands in their batch.
        custody: the server's own keys.
        random: fresh random bytes.
        calendar: the calendar of a Land, good for some years around a year.
        deadlines: the policy of deadlines.
        deadlines_hash: SHA-256 of that policy's file, lower-case hex.
    """

    realm: str
    origin: str
    source: str
    area: str
    custody: Custody = field(repr=False)
    random: Callable[[int], bytes] = field(repr=False)
    calendar: Callable[[str, int], Calendar] = field(repr=False)
    deadlines: DeadlinePolicy = field(repr=False)
    deadlines_hash: str


@dataclass(frozen=True, slots=True)
class Context:
    """One request: when, from where, and by whom.

    Attributes:
        house: the house.
        now: the moment of the request, aware.
        request: a random code that ties log lines together.
        address: network address of the caller, empty when unknown.
        account: who is signed in, if anybody.
        session: a code for the sign-in; not its token.
    """

    house: House
    now: datetime
    request: str
    address: str = field(default="", repr=False)
    account: Account | None = None
    session: str | None = None

    @property
    def person(self) -> Account:
        """Who is signed in.

        Raises:
            NotSignedInError: nobody is.
        """
        if self.account is None:
            raise NotSignedInError
        return self.account
