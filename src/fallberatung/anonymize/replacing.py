"""The replacement for every mark: labels for people, kinds, bands, distances for the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fallberatung.anonymize.bands import banded
from fallberatung.anonymize.fit import Fitted, Slot, cased, fit
from fallberatung.anonymize.link import Linked
from fallberatung.anonymize.marks import Age, Context, Kind, Mark, Moment, Named, Place
from fallberatung.anonymize.reading import Reading
from fallberatung.anonymize.roles import ROLES
from fallberatung.anonymize.times import told_from


@dataclass(frozen=True, slots=True, repr=False)
class Replaced:
    """A mark with its fitted replacement, still in the offsets of the reading."""

    mark: Mark
    fitted: Fitted
    person: str | None


def replaced(
    readings: Sequence[Reading], linked: Linked, labels: Sequence[str], context: Context
) -> Iterator[tuple[Reading, tuple[Replaced, ...]]]:
    """For each field its replacements in reading order, disjoint.

    Places are numbered through the whole case, so that the same town stays the same town.
    """
    towns: dict[str, str] = {}
    for reading, marks in zip(readings, linked.marks, strict=True):
        done: list[Replaced] = []
        for number, mark in enumerate(marks):
            left = done[-1].fitted.end if done else 0
            # The end of a genitive phrase may have swallowed the word this mark begins with.
            start = max(mark.start, left)
            right = marks[number + 1].start if number + 1 < len(marks) else len(reading.text)
            slot = Slot(reading, start, max(mark.end, start), left, right)
            done.append(_replaced(slot, mark, linked, labels, context, towns))
        yield reading, tuple(done)


def _replaced(
    slot: Slot,
    mark: Mark,
    linked: Linked,
    labels: Sequence[str],
    context: Context,
    towns: dict[str, str],
) -> Replaced:
    if context.policy.actions[mark.category] == "remove":
        text = context.policy.removed.get(mark.category, "")
        return Replaced(mark, _plain(slot, text), _label(mark, labels))
    facts = mark.facts
    if isinstance(facts, Named):
        index = facts.people[0]
        role = ROLES[linked.people[index].role]
        return Replaced(mark, fit(slot, facts, labels[index], role), labels[index])
    if isinstance(facts, Place):
        town = towns.setdefault(facts.name, f"Ort {len(towns) + 1}")
        return Replaced(mark, _plain(slot, town), None)
    return Replaced(mark, _plain(slot, _phrase(facts, context, mark.category)), None)


def _label(mark: Mark, labels: Sequence[str]) -> str | None:
    return labels[mark.facts.people[0]] if isinstance(mark.facts, Named) else None


def _phrase(facts: object, context: Context, category: str) -> str:
    policy = context.policy
    if isinstance(facts, Kind):
        return facts.phrase
    if isinstance(facts, Moment):
        return told_from(facts, context.filing_date, policy.dates)
    if isinstance(facts, Age):
        return banded(facts, policy.age)
    return policy.removed.get(category, "")


def _plain(slot: Slot, text: str) -> Fitted:
    return Fitted(slot.start, slot.end, cased(slot.reading, slot.start, text))
