"""One mark per place: overlapping claims become one, and nothing that was claimed is lost."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fallberatung.anonymize.catalogue import CATEGORIES
from fallberatung.anonymize.marks import Mark, Named
from fallberatung.anonymize.policy import Policy

# From this rank on a category is not lost to a longer mark around it: its rules are stricter.
_HARD = 80


def resolve(marks: Iterable[Mark], policy: Policy) -> tuple[Mark, ...]:
    """Disjoint marks in reading order that together cover every place that was marked.

    A mark that holds another one wins; otherwise rank decides, then length, then confidence.
    Where two only overlap, the winner grows over both: half a name must not stay.
    """
    return tuple(_merged(sorted(marks, key=lambda m: (m.start, -m.end)), policy))


def _merged(ordered: list[Mark], policy: Policy) -> Iterator[Mark]:
    current: Mark | None = None
    for mark in ordered:
        if policy.actions[mark.category] == "keep":
            continue
        if current is None or mark.start >= current.end:
            if current is not None:
                yield current
            current = mark
        else:
            current = _joined(current, mark)
    if current is not None:
        yield current


def _joined(one: Mark, other: Mark) -> Mark:
    winner = _winner(one, other)
    facts = winner.facts
    if isinstance(one.facts, Named) and isinstance(other.facts, Named):
        facts = _names_joined(one.facts, other.facts, is_other=winner is other)
    return replace(
        winner,
        start=min(one.start, other.start),
        end=max(one.end, other.end),
        recognisers=tuple(dict.fromkeys((*one.recognisers, *other.recognisers))),
        facts=facts,
        confidence=max(one.confidence, other.confidence),
    )


def _winner(one: Mark, other: Mark) -> Mark:
    for outer, inner in ((one, other), (other, one)):
        if _holds(outer, inner):
            is_hard = _rank(inner) >= _HARD and _rank(inner) > _rank(outer)
            return inner if is_hard else outer
    return max(one, other, key=_strength)


def _names_joined(one: Named, other: Named, *, is_other: bool) -> Named:
    # Whoever knows exactly one person knows better than who leaves the choice; ties go to the
    # older link.
    choices = [people for people in (one.people, other.people) if people]
    return replace(
        other if is_other else one,
        people=min(choices, key=len, default=()),
        sex=one.sex or other.sex,
        is_genitive=one.is_genitive or other.is_genitive,
        is_family=one.is_family or other.is_family,
    )


def _holds(outer: Mark, inner: Mark) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and (
        outer.end - outer.start > inner.end - inner.start
    )  # fmt: skip


def _rank(mark: Mark) -> int:
    return CATEGORIES[mark.category].rank


def _strength(mark: Mark) -> tuple[bool, int, int, float]:
    is_known = isinstance(mark.facts, Named) and bool(mark.facts.people)
    return (is_known, _rank(mark), mark.end - mark.start, mark.confidence)
