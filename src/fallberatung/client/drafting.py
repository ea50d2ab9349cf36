"""From typed text to released text, on this device: the pipeline with its policy file at hand.

The decisions are the caller's, because they are a person's. Nothing in here sends anything.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from fallberatung.anonymize.correspondence import Correspondence
from fallberatung.anonymize.decide import Decisions
from fallberatung.anonymize.draft import Draft
from fallberatung.anonymize.errors import PolicyFileError, UndecidedError
from fallberatung.anonymize.policy import Policy, read_policy
from fallberatung.anonymize.propose import Proposal, propose
from fallberatung.anonymize.reinsert import reinsert
from fallberatung.anonymize.release import Release, ReleasedText, release, release_short
from fallberatung.anonymize.roster import Roster, RosterPerson

__all__ = [
    "Decisions",
    "Policy",
    "Proposal",
    "Release",
    "ReleasedText",
    "UndecidedError",
    "find_policy",
    "propose_fields",
    "release",
    "released",
    "with_names",
]

POLICY_FILE = "pseudonymisation.toml"


def find_policy(folder: Path | None = None) -> Policy:
    """Read the pseudonymisation policy from `folder`, else from the installation.

    A wheel carries the policies inside the package, a checkout beside the sources.

    Raises:
        PolicyFileError: no such file anywhere, or the file has a mistake.
    """
    package = Path(__file__).resolve().parents[1]
    installed = (package / "bundled" / "policies", package.parents[1] / "policies")
    for place in (folder,) if folder is not None else installed:
        try:
            return read_policy((place / POLICY_FILE).read_bytes())
        except FileNotFoundError:
            continue
    raise PolicyFileError("the pseudonymisation policy is not to be found")


def propose_fields(
    fields: Sequence[tuple[str, str]],
    people: Sequence[tuple[str, Sequence[str]]],
    filing_date: date,
    policy: Policy,
) -> Proposal:
    """Analyse named text fields with a roster of (role, names).

    Raises:
        RosterError: a role the pipeline does not know, or a person without a name.
    """
    roster = Roster(tuple(RosterPerson(role, tuple(names)) for role, names in people))
    return propose(Draft(tuple(fields)), roster, filing_date, policy)


def released(text: str, policy: Policy, filing_date: date) -> ReleasedText:
    """Release a short text in which nothing is found; raise UndecidedError otherwise."""
    return release_short(text, policy, filing_date)


def with_names(text: str, correspondence: bytes) -> str:
    """Put the author's own names back into a text others wrote; stays on this device."""
    return reinsert(text, Correspondence.from_bytes(correspondence))
