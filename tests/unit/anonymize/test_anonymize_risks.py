"""What stays although everything was accepted, and what it adds up to."""

import pytest

from fallberatung.anonymize.risks import KINDS
from unit.anonymize.builders import proposed

LEVELS: tuple[tuple[str, str, list[str]], ...] = (
    ("Das Kind weint oft.", "low", []),
    ("Die Mutter ist Busfahrerin.", "low", ["occupation"]),
    ("Die Mutter ist Busfahrerin, die Zwillinge weinen.", "warn", ["occupation", "constellation"]),
    (
        "Die Mutter ist Busfahrerin, die Zwillinge weinen, es stand in der Zeitung.",
        "block",
        ["occupation", "constellation", "event"],
    ),
    ("Der Vater ist Busfahrer, die Tante ist Altenpflegerin.", "low", ["occupation"]),
)


@pytest.mark.parametrize(("text", "level", "kinds"), LEVELS)
def test_different_kinds_add_up(text: str, level: str, kinds: list[str]) -> None:
    """The number of kinds counts, not the number of words."""
    proposal = proposed(text)

    assert (proposal.level, [risk.kind for risk in proposal.risks]) == (level, kinds)


def test_words_inside_replaced_places_are_no_risk() -> None:
    """„JVA“ alone stays, in an address it goes."""
    assert [risk.kind for risk in proposed("wohnt Brandstraße 7, dort").risks] == []


def test_each_kind_has_a_reason_and_an_advice_in_german() -> None:
    """Two full sentences that the review page shows as they are."""
    texts = [text for kind in KINDS.values() for text in (kind.reason, kind.advice)]

    assert len(texts) >= 20
    assert all(text[0].isupper() or text[0] == "„" for text in texts)
    assert all(text.endswith(".") for text in texts)


def test_the_count_says_how_often() -> None:
    """Two words of one kind are two places to change."""
    assert proposed("Ein Brand, dann noch ein Unfall.").risks[0].count == 2
