"""The only door out: a decided proposal becomes released text.

`ReleasedText(` is called in this module and nowhere else; sealing takes no other type.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from fallberatung.anonymize.catalogue import CATEGORIES
from fallberatung.anonymize.correspondence import Correspondence, Occurrence
from fallberatung.anonymize.decide import Decision, Decisions, Marked
from fallberatung.anonymize.draft import Draft
from fallberatung.anonymize.errors import DecisionError, HardBlockError, UndecidedError
from fallberatung.anonymize.policy import PIPELINE_VERSION, Policy
from fallberatung.anonymize.propose import Finding, Proposal, propose
from fallberatung.anonymize.roster import Roster


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the server may see of the pseudonymisation.

    Args:
        policy: SHA-256 of the policy file, lower-case hex.
        version: Version of this pipeline.
        unresolved: Findings nobody decided: always 0, or nothing would have been released.
    """

    policy: str
    version: str
    unresolved: int = 0


@dataclass(frozen=True, slots=True)
class ReleasedText:
    """A text that a person released; its repr shows the size only."""

    text: str
    receipt: Receipt

    def __repr__(self) -> str:
        """The text belongs into the seal, not into a log line."""
        return f"ReleasedText({len(self.text)} characters)"


@dataclass(frozen=True, slots=True)
class Overrides:
    """How the person differed from the proposal; belongs into the sealed report, nowhere else.

    Args:
        counts: Pairs of category and number of findings, sorted by category.
        unmarked: Pairs of category and number of findings left as they were.
        changed: How many findings got another replacement than the proposed one.
        added: How many places a person marked herself.
        reasons: Pairs of hard-block category and the reason typed for leaving it.
    """

    counts: tuple[tuple[str, int], ...]
    unmarked: tuple[tuple[str, int], ...]
    changed: int
    added: int
    reasons: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        """Without the reasons: they tell of religion, health and law."""
        return f"Overrides({self.changed} changed, {self.added} added)"


@dataclass(frozen=True, slots=True)
class Release:
    """The released fields, and what stays behind with the author."""

    texts: Mapping[str, ReleasedText]
    correspondence: Correspondence
    receipt: Receipt
    overrides: Overrides

    def __repr__(self) -> str:
        """Counts only."""
        return f"Release({len(self.texts)} texts)"


@dataclass(frozen=True, slots=True, repr=False)
class _Change:
    start: int
    end: int
    replacement: str


def release(proposal: Proposal, decisions: Decisions) -> Release:
    """The texts with every decided change applied to the ORIGINAL, character for character.

    Lone surrogates, which no encoding carries, leave as U+FFFD; nothing else is touched.

    Raises:
        UndecidedError: A finding is open.
        HardBlockError: A hard-block finding is unmarked without a typed reason.
        DecisionError: A decision is about a finding or place this proposal does not have.
    """
    _check_places(proposal, decisions)
    standing = _standing_findings(proposal.findings, decisions)
    _check_decided(standing, decisions, proposal.policy)
    receipt = Receipt(proposal.policy.digest, PIPELINE_VERSION)
    texts: dict[str, ReleasedText] = {}
    occurrences: list[Occurrence] = []
    for field, original in proposal.draft.fields:
        changes = _changes(field, standing, decisions)
        text, places = _apply(field, original, changes)
        texts[field] = ReleasedText(text, receipt)
        occurrences.extend(places)
    correspondence = Correspondence(proposal.labels, tuple(occurrences))
    overrides = _overrides(standing, decisions, proposal.policy)
    return Release(MappingProxyType(texts), correspondence, receipt, overrides)


def release_short(text: str, policy: Policy, filing_date: date) -> ReleasedText:
    """A short text (comment, reason of a rating) in which nothing identifying was found.

    Raises:
        UndecidedError: Something was found; the text needs `propose` and a person's decisions.
    """
    proposal = propose(Draft((("text", text),)), Roster(), filing_date, policy)
    return release(proposal, Decisions()).texts["text"]


def _check_places(proposal: Proposal, decisions: Decisions) -> None:
    if any(not 0 <= number < len(proposal.findings) for number in decisions.by_number):
        raise DecisionError("a decision is about a finding that does not exist")
    lengths = {field: len(text) for field, text in proposal.draft.fields}
    taken: dict[str, list[tuple[int, int]]] = {}
    for mark in decisions.marked:
        if mark.category not in CATEGORIES:
            raise DecisionError("a marked place has no category of the catalogue")
        if not 0 <= mark.start < mark.end <= lengths.get(mark.field, 0):
            raise DecisionError("a marked place lies outside the text")
        others = taken.setdefault(mark.field, [])
        if any(mark.start < end and start < mark.end for start, end in others):
            raise DecisionError("two marked places overlap")
        others.append((mark.start, mark.end))


def _standing_findings(findings: tuple[Finding, ...], decisions: Decisions) -> tuple[Finding, ...]:
    if not decisions.marked:
        return findings
    return tuple(f for f in findings if not any(_covers(mark, f) for mark in decisions.marked))


def _covers(mark: Marked, finding: Finding) -> bool:
    if mark.field != finding.field or mark.end <= finding.start or finding.end <= mark.start:
        return False
    if mark.start <= finding.start and finding.end <= mark.end:
        return True
    # Half of a name would stay in the text, and nobody would have decided about it.
    raise DecisionError("a marked place cuts through a finding")


def _check_decided(findings: tuple[Finding, ...], decisions: Decisions, policy: Policy) -> None:
    waiting = sum(1 for finding in findings if decisions.about(finding.number) is None)
    if waiting:
        raise UndecidedError(waiting)
    for finding, decision in _unmarked(findings, decisions):
        if finding.category in policy.hard_block and not decision.text.strip():
            raise HardBlockError(finding.category)


def _unmarked(
    findings: tuple[Finding, ...], decisions: Decisions
) -> list[tuple[Finding, Decision]]:
    decided = [(f, d) for f in findings if (d := decisions.about(f.number)) is not None]
    return [(finding, decision) for finding, decision in decided if decision.verdict == "unmark"]


def _changes(field: str, findings: tuple[Finding, ...], decisions: Decisions) -> list[_Change]:
    changes = [
        _Change(mark.start, mark.end, mark.replacement)
        for mark in decisions.marked
        if mark.field == field
    ]
    for finding in findings:
        decision = decisions.about(finding.number)
        if finding.field != field or decision is None or decision.verdict == "unmark":
            continue
        text = decision.text if decision.verdict == "replace" else finding.replacement
        changes.append(_Change(finding.start, finding.end, text))
    return sorted(changes, key=lambda change: change.start)


def _apply(field: str, original: str, changes: list[_Change]) -> tuple[str, list[Occurrence]]:
    pieces: list[str] = []
    places: list[Occurrence] = []
    position = length = 0
    for change in changes:
        kept = original[position : change.start]
        start = length + len(kept)
        length = start + len(change.replacement)
        pieces += (kept, change.replacement)
        places.append(Occurrence(field, start, length, original[change.start : change.end]))
        position = change.end
    pieces.append(original[position:])
    return _encodable("".join(pieces)), places


def _encodable(text: str) -> str:
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def _overrides(findings: tuple[Finding, ...], decisions: Decisions, policy: Policy) -> Overrides:
    unmarked = _unmarked(findings, decisions)
    changed = sum(1 for d in decisions.by_number.values() if d.verdict == "replace")
    reasons = tuple((f.category, d.text) for f, d in unmarked if f.category in policy.hard_block)
    return Overrides(
        counts=_counted(finding.category for finding in findings),
        unmarked=_counted(finding.category for finding, _ in unmarked),
        changed=changed,
        added=len(decisions.marked),
        reasons=reasons,
    )


def _counted(categories: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(categories).items()))
