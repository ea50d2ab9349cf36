"""Any text at all: no exception, exact places, and a release that is nothing but replacements."""
# ruff: noqa: RUF001 (German ranges take an en dash, names come in their own letters)

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from counts import examples
from fallberatung.anonymize.decide import Decisions
from fallberatung.anonymize.draft import Draft
from fallberatung.anonymize.propose import propose
from fallberatung.anonymize.reading import read
from fallberatung.anonymize.reinsert import reinsert
from fallberatung.anonymize.release import release
from unit.anonymize.builders import FRIDAY, a_roster, the_policy

ROSTER = a_roster(child="Lea Kowalski-Schmidt", mothers_partner="Kai Sommer", author="S. Petersen")
PIECES = st.sampled_from(
    (
        "Lea",
        "Leas ",
        "LEA",
        "Kowalski",
        "-",
        "Frau ",
        "Herr ",
        "Dr. ",
        "Oma ",
        "Kai",
        "Sommer",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        ".",
        ",",
        "(",
        ")",
        "„",
        '"',
        "'",
        "K.",
        "S.",
        "3b",
        "am ",
        "3. Mai",
        "18.5.",
        "geb. ",
        "17.09.2016",
        "069 90009-418",
        "@x.de",
        "in ",
        "Lindheim",
        "15 J.",
        "Bahnhofstr. ",
        "14",
        "<b>",
        "</b>",
        "&nbsp;",
        "\u00ad",
        "\u200b",
        "\u00a0",
        "\u202e",
        "\u0308",
        "\ud800",
        "\U0001fae8",
        "محمد",
        "ı",
        "ß",
        "Mutter",
        "seit ",
        "Klasse ",
        "Kita ",
        "\x00",
        "12 F 345/26",
        "\u1100",
        "\u1161",
        "\u11a8",
        "(Vorname ",
        "gestern ",
        "Familie ",
    )
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))
NASTY = ("", "\ud800", "Le\u00ada\r\n", "Lea\u0308", "\u202eLea\u202c", "<p>Lea&nbsp;K.</p>")


def rebuilt(text: str) -> tuple[str, str]:
    """The released text, and the same made by hand from the findings."""
    proposal = propose(Draft((("t", text),)), ROSTER, FRIDAY, the_policy())
    pieces: list[str] = []
    position = 0
    for finding in proposal.findings:
        assert position <= finding.start < finding.end <= len(text)
        pieces += (text[position : finding.start], finding.replacement)
        position = finding.end
    pieces.append(text[position:])
    by_hand = "".join(pieces)
    plain = "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in by_hand)
    return release(proposal, Decisions().accept_all()).texts["t"].text, plain


@examples(150)
@given(TEXTS)
@example(NASTY[0])
@example(NASTY[1])
@example(NASTY[2])
@example(NASTY[3])
@example(NASTY[4])
@example(NASTY[5])
def test_a_release_is_the_original_with_the_replacements(text: str) -> None:
    """Findings are in order and disjoint; nothing else of the text changes."""
    by_release, by_hand = rebuilt(text)

    assert by_release == by_hand
    assert by_release.encode("utf-8").decode("utf-8") == by_release


@examples(150)
@given(TEXTS)
def test_a_reading_leads_back_to_its_original(text: str) -> None:
    """Places grow with the text, lie inside it, and every word has one."""
    reading = read("f", text)
    assert len(reading.text) == len(reading.starts) == len(reading.ends)
    ends = [0, *reading.ends]

    assert all(start < end for start, end in zip(reading.starts, reading.ends, strict=True))
    assert list(reading.starts) == sorted(reading.starts)
    assert ends == sorted(ends)
    assert ends[-1] <= len(text)


@examples(100)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_the_proposal_does_not_depend_on_when_it_is_made(text: str) -> None:
    """The same text gives the same findings, in any home and at any time."""
    draft = Draft((("t", text),))

    assert propose(draft, ROSTER, FRIDAY, the_policy()).findings == (
        propose(draft, ROSTER, FRIDAY, the_policy()).findings
    )


@examples(60)
@given(TEXTS)
def test_names_come_back_wherever_labels_stand(text: str) -> None:
    """Putting names back takes any text; after it no label of a person is left."""
    proposal = propose(Draft((("t", "Lea und Kai Sommer"),)), ROSTER, FRIDAY, the_policy())
    links = release(proposal, Decisions().accept_all()).correspondence

    assert "Kind A " not in reinsert(f"{text} Kind A kam.", links)[-12:]


@pytest.mark.parametrize(
    "unit",
    ["a", "0", " ", "\n", "@", "\u0301", "\u0301\u0316", "ا", "Frau ", "A. ", "1. ", "\ud800"],
)
def test_time_grows_with_length_only(unit: str) -> None:
    """50,000 characters of one thing; a megabyte takes twenty times as long, not four hundred."""
    text = (unit * 50_000)[:50_000]
    begin = time.process_time()
    propose(Draft((("t", text),)), ROSTER, FRIDAY, the_policy())

    assert time.process_time() - begin < 5
