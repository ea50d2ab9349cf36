"""[seeing] What the walk is made of and what each of its steps leaves behind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from fallberatung.client.ambient import local_day
from fallberatung.client.author import FiledCase, Prepared
from fallberatung.client.casefile import CaseFile
from fallberatung.client.desk import Screening
from fallberatung.client.drafting import Decisions, Policy, Proposal, Release
from fallberatung.client.dsb import Export
from fallberatung.client.hands import Hands
from fallberatung.client.readback import ShownLine
from fallberatung.client.receipts import ProvenReceipt
from fallberatung.client.transport import Exchange


@dataclass(frozen=True, slots=True)
class Request:
    """One request somebody of the demo sent."""

    user: str
    exchange: Exchange


@dataclass(slots=True)
class Notes:
    """Listens to every connection; `take` hands out what was heard since the last time."""

    heard: list[Request] = field(default_factory=list)

    def take(self) -> tuple[Request, ...]:
        """Return and forget the requests since the last call."""
        taken, self.heard = tuple(self.heard), []
        return taken


@dataclass(frozen=True, slots=True)
class Stage:
    """Everybody signed in, the policy of the pipeline, and the notes of what was sent."""

    people: Mapping[str, Hands]
    policy: Policy
    notes: Notes
    exports: Path

    def hands(self, user: str) -> Hands:
        """Return one person's hands."""
        return self.people[user]

    def today(self) -> date:
        """Return the day it is at the table."""
        return local_day(next(iter(self.people.values())).clock())


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """Step 1: fields, what was found, what was marked by hand, what may go out."""

    fields: tuple[tuple[str, str], ...] = field(repr=False)
    proposal: Proposal
    decisions: Decisions
    release: Release


@dataclass(frozen=True, slots=True)
class Sent:
    """Step 2: the filing as it was sent, and the receipt."""

    prepared: Prepared
    filed: FiledCase


@dataclass(frozen=True, slots=True)
class Screened:
    """Step 3: the case as the adviser opened it, and what the pipeline marks in it."""

    file: CaseFile
    screening: Screening


@dataclass(frozen=True, slots=True)
class Deliberated:
    """Step 5: the case as the moderator reads it after everybody wrote, and its lines."""

    file: CaseFile
    lines: tuple[ShownLine, ...]
    lowest: int | None


@dataclass(frozen=True, slots=True)
class Audited:
    """Step 7: the verified export, the two files for the command line, what is still held."""

    export: Export
    bundle: Path
    policy: Path
    receipt: ProvenReceipt
    is_filing_in_log: bool


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Step 8: the author's own reading, with the real names."""

    file: CaseFile
    lines: tuple[ShownLine, ...] = field(repr=False)
