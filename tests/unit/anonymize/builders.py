"""Drafts, rosters and the project's own policy for the tests of this room."""

from datetime import date
from functools import cache
from pathlib import Path

from fallberatung.anonymize.decide import Decisions
from fallberatung.anonymize.draft import Draft
from fallberatung.anonymize.policy import Policy, read_policy
from fallberatung.anonymize.propose import Finding, Proposal, propose
from fallberatung.anonymize.release import Release, release
from fallberatung.anonymize.roster import Roster, RosterPerson

POLICY_FILE = Path(__file__).parents[3] / "policies" / "pseudonymisation.toml"
FRIDAY = date(2026, 5, 29)


@cache
def the_policy() -> Policy:
    """The policy that the project ships."""
    return read_policy(POLICY_FILE.read_bytes())


def a_roster(**names_by_role: str | tuple[str, ...]) -> Roster:
    """A roster of one person per role; several names of a person as a tuple."""
    return Roster(
        tuple(
            RosterPerson(role, (names,) if isinstance(names, str) else names)
            for role, names in names_by_role.items()
        )
    )


def proposed(text: str, roster: Roster | None = None, filing: date = FRIDAY) -> Proposal:
    """The proposal for one field called ``text``."""
    return propose(Draft((("text", text),)), roster or Roster(), filing, the_policy())


def released(text: str, roster: Roster | None = None, filing: date = FRIDAY) -> str:
    """The text after a person accepted everything."""
    return fully_released(text, roster, filing).texts["text"].text


def fully_released(text: str, roster: Roster | None = None, filing: date = FRIDAY) -> Release:
    """The whole release after a person accepted everything."""
    return release(proposed(text, roster, filing), Decisions().accept_all())


def found(text: str, roster: Roster | None = None, filing: date = FRIDAY) -> list[tuple[str, str]]:
    """Category and surface of every finding."""
    findings = proposed(text, roster, filing).findings
    return [(finding.category, surface(text, finding)) for finding in findings]


def surface(text: str, finding: Finding) -> str:
    """What the finding covers in the original."""
    return text[finding.start : finding.end]
