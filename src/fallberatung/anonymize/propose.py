"""The way from a draft to a proposal: read, recognise, resolve, link, replace, assess."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fallberatung.anonymize.assess import kinds_left, level_of
from fallberatung.anonymize.draft import Draft
from fallberatung.anonymize.labels import display_names, labels_of
from fallberatung.anonymize.link import link
from fallberatung.anonymize.marks import Context
from fallberatung.anonymize.policy import Policy
from fallberatung.anonymize.reading import Reading, read
from fallberatung.anonymize.recognisers import recognise
from fallberatung.anonymize.replacing import Replaced, replaced
from fallberatung.anonymize.resolve import resolve
from fallberatung.anonymize.risks import KINDS
from fallberatung.anonymize.roster import Roster

Fields = tuple[tuple[Reading, tuple[Replaced, ...]], ...]

Action = Literal["replace", "generalise", "relate", "remove", "ask"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that identifies somebody, and what is proposed for it.

    Args:
        number: Counts from 0 through the whole proposal, in reading order.
        field: Name of the draft's field.
        start: First character in the ORIGINAL text of the field.
        end: One past the last; ``text[start:end]`` is what the replacement stands for.
        category: Row of `catalogue.CATEGORIES`.
        action: What the policy orders; ``ask`` where confidence is too low for an order.
        replacement: Text that takes the place, possibly empty.
        confidence: From 0 to 1.
        recognisers: Names of those who found it.
        person: Label of the person meant, if it is one.
    """

    number: int
    field: str
    start: int
    end: int
    category: str
    action: Action
    replacement: str
    confidence: float
    recognisers: tuple[str, ...]
    person: str | None = None

    def __repr__(self) -> str:
        """Place and category; the replacement may have been typed by a person."""
        return f"Finding({self.number}, {self.field}[{self.start}:{self.end}], {self.category})"


@dataclass(frozen=True, slots=True)
class Risk:
    """One kind of quasi-identifier that stays in the text although every finding is accepted.

    Args:
        kind: Key of `risks.KINDS`.
        count: How many words of this kind are left.
        reason: Plain German: why this can lead somebody to the family.
        advice: Plain German: what to generalise.
    """

    kind: str
    count: int
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything found in one draft; nothing is released by it.

    Args:
        findings: In reading order, disjoint within a field.
        risks: What stays and adds up.
        level: ``low``, ``warn`` or ``block`` by the thresholds of the policy.
        draft: The text it was made from.
        labels: Pairs of label and real name, as `reinsert` puts them back.
        policy: The policy that ruled.
    """

    findings: tuple[Finding, ...]
    risks: tuple[Risk, ...]
    level: Literal["low", "warn", "block"]
    draft: Draft
    labels: tuple[tuple[str, str], ...]
    policy: Policy

    def __repr__(self) -> str:
        """Counts only."""
        return f"Proposal({len(self.findings)} findings, {len(self.risks)} risks, {self.level})"


def propose(draft: Draft, roster: Roster, filing_date: date, policy: Policy) -> Proposal:
    """Everything the recognisers find in the draft, with a replacement for each place.

    Args:
        draft: The fields as typed.
        roster: Who occurs; may be empty.
        filing_date: The day every relative time is counted from.
        policy: What to do with each category.
    """
    context = Context(roster, filing_date, policy)
    readings = [read(field, text) for field, text in draft.fields]
    marks = [resolve(recognise(reading, context), policy) for reading in readings]
    linked = link(readings, marks, context)
    labels = labels_of(linked.people)
    fields = tuple(replaced(readings, linked, labels, context))
    risks = _risks(fields)
    return Proposal(
        findings=tuple(_numbered(fields, policy)),
        risks=risks,
        level=level_of(len(risks), policy.risk),
        draft=draft,
        labels=tuple(zip(labels, display_names(linked.people), strict=True)),
        policy=policy,
    )


def _numbered(fields: Fields, policy: Policy) -> Iterator[Finding]:
    number = 0
    for reading, places in fields:
        position = 0
        for place in places:
            start, end = reading.original(place.fitted.start, place.fitted.end)
            # Two readable characters can come of one original; it is replaced once.
            start = max(start, position)
            if start >= end:
                continue
            yield _finding(number, reading.field, (start, end), place, policy)
            number, position = number + 1, end


def _finding(
    number: int, field: str, span: tuple[int, int], place: Replaced, policy: Policy
) -> Finding:
    mark = place.mark
    order = policy.actions[mark.category]
    is_sure = mark.confidence >= policy.sure and order != "keep"
    return Finding(
        number=number,
        field=field,
        start=span[0],
        end=span[1],
        category=mark.category,
        action=order if is_sure and order != "keep" else "ask",
        replacement=place.fitted.replacement,
        confidence=mark.confidence,
        recognisers=mark.recognisers,
        person=place.person,
    )


def _risks(fields: Fields) -> tuple[Risk, ...]:
    spans = (
        (reading, tuple((place.fitted.start, place.fitted.end) for place in places))
        for reading, places in fields
    )
    left = kinds_left(spans)
    return tuple(
        Risk(kind, left[kind], KINDS[kind].reason, KINDS[kind].advice)
        for kind in KINDS
        if left[kind]
    )
