"""A pattern with a category: the form in which fixed grammars are written down as data.

Patterns have bounded repetitions only, none inside another, and begin where a token begins: so
the time they take grows with the length of the text and with nothing else.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fallberatung.anonymize.marks import Facts, Mark
from fallberatung.anonymize.reading import Reading


def _always(_found: re.Match[str]) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Rule:
    """One grammar.

    Args:
        name: Unique; every rule has a pump string under this name in the tests.
        category: What it finds. The group ``it`` is marked if there is one, else the match.
        pattern: Bounded, see the module.
        confidence: From 0 to 1.
        is_valid: What a pattern cannot say, check digits for instance.
    """

    name: str
    category: str
    pattern: re.Pattern[str]
    confidence: float = 0.95
    is_valid: Callable[[re.Match[str]], bool] = _always


def apply_rules(
    rules: tuple[Rule, ...],
    reading: Reading,
    facts_of: Callable[[re.Match[str]], Facts] = lambda _found: None,
) -> Iterator[Mark]:
    """A mark for every valid match of every rule; `facts_of` says what the match means."""
    for rule in rules:
        group = "it" if "it" in rule.pattern.groupindex else 0
        for found in rule.pattern.finditer(reading.text):
            if rule.is_valid(found):
                start, end = found.span(group)
                facts = facts_of(found)
                yield Mark(start, end, rule.category, rule.confidence, (rule.name,), facts)
