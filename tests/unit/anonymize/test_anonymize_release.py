"""From a proposal to released text and back: decisions, refusals, receipts, correspondence."""
# ruff: noqa: RUF001 (German ranges take an en dash, names come in their own letters)

import json

import pytest

from fallberatung.anonymize.correspondence import Correspondence
from fallberatung.anonymize.decide import Decisions
from fallberatung.anonymize.draft import Draft
from fallberatung.anonymize.errors import (
    CorrespondenceError,
    DecisionError,
    HardBlockError,
    UndecidedError,
)
from fallberatung.anonymize.policy import PIPELINE_VERSION
from fallberatung.anonymize.propose import Proposal, propose
from fallberatung.anonymize.reinsert import reinsert
from fallberatung.anonymize.release import Receipt, release, release_short
from unit.anonymize.builders import FRIDAY, a_roster, fully_released, proposed, the_policy

ROSTER = a_roster(
    child="Lea Kowalski", mother="Nadine Kowalski", mothers_partner="Kai Sommer", father="Jonas"
)
TEXT = "Lea weint. Kai Sommer trinkt, Telefon 0171 3920047, wohnt in Lindheim."


def number_of(proposal: Proposal, category: str) -> int:
    """The first finding of a category."""
    return next(f.number for f in proposal.findings if f.category == category)


def test_nothing_is_released_while_something_is_open() -> None:
    """The refusal says how many findings wait, not which."""
    with pytest.raises(UndecidedError) as refusal:
        release(proposed(TEXT, ROSTER), Decisions().accept(0))

    assert (refusal.value.open_findings, str(refusal.value)) == (3, "3 findings are undecided")


def test_a_person_who_read_the_list_accepts_it_whole() -> None:
    """Every replacement is applied, the receipt names policy and version."""
    done = release(proposed(TEXT, ROSTER), Decisions().accept_all())

    assert done.texts["text"].text == (
        "Kind A weint. Der Partner der Mutter trinkt, Telefon [Telefonnr. entfernt], "
        "wohnt in Ort 1."
    )
    assert done.receipt == Receipt(the_policy().digest, PIPELINE_VERSION, 0)
    assert done.texts["text"].receipt == done.receipt


def test_each_finding_can_be_decided_by_itself() -> None:
    """Accept, replace, unmark; what is decided singly outlives accepting the rest."""
    proposal = proposed(TEXT, ROSTER)
    decisions = (
        Decisions()
        .replace(0, "Das Mädchen")
        .unmark(number_of(proposal, "PLACE"), "der Ort ist allen bekannt")
        .accept_all()
    )
    done = release(proposal, decisions)

    assert done.texts["text"].text == (
        "Das Mädchen weint. Der Partner der Mutter trinkt, Telefon [Telefonnr. entfernt], "
        "wohnt in Lindheim."
    )
    assert (done.overrides.changed, done.overrides.unmarked) == (1, (("PLACE", 1),))
    assert dict(done.overrides.counts)["NAME_CHILD"] == 1


def test_a_hard_block_is_lifted_only_with_a_reason() -> None:
    """Blank text is no reason; a typed one goes into the sealed report."""
    proposal = proposed(TEXT, ROSTER)
    phone = number_of(proposal, "PHONE")
    with pytest.raises(HardBlockError) as refusal:
        release(proposal, Decisions().accept_all().unmark(phone, "  "))
    done = release(proposal, Decisions().accept_all().unmark(phone, "öffentliche Nummer"))

    assert str(refusal.value) == "unmarking PHONE needs a typed reason"
    assert done.overrides.reasons == (("PHONE", "öffentliche Nummer"),)
    assert "0171 3920047" in done.texts["text"].text


def test_a_person_can_mark_what_nobody_found() -> None:
    """A marked place that holds a finding takes its place."""
    text = "Dort war Lea mit dem Räuber."
    start = text.index("Lea")
    decisions = Decisions().mark("text", start, len(text) - 1, "NAME_CHILD", "Kind A mit jemandem")
    done = release(proposed(text, ROSTER), decisions)

    assert done.texts["text"].text == "Dort war Kind A mit jemandem."
    assert done.overrides.added == 1


@pytest.mark.parametrize(
    "decisions",
    [
        Decisions().accept(99),
        Decisions().accept_all().mark("text", 5, 5, "PLACE", ""),
        Decisions().accept_all().mark("text", 60, 600, "PLACE", ""),
        Decisions().accept_all().mark("elsewhere", 0, 3, "PLACE", ""),
        Decisions().accept_all().mark("text", 0, 2, "PLACE", ""),
        Decisions().accept_all().mark("text", 3, 9, "PLACE", "").mark("text", 5, 7, "PLACE", ""),
        Decisions().accept_all().mark("text", 4, 9, "SECRET", ""),
    ],
)
def test_decisions_about_what_is_not_there_are_refused(decisions: Decisions) -> None:
    """A number too high, an empty or foreign place, half a finding, twice, an unknown category."""
    with pytest.raises(DecisionError):
        release(proposed(TEXT, ROSTER), decisions)


def test_fields_share_people_but_not_offsets() -> None:
    """One person has one label through the whole case."""
    draft = Draft((("a", "Dort war Herr Tarnowski."), ("b", "Tarnowski trank."), ("c", "")))
    done = release(propose(draft, ROSTER, FRIDAY, the_policy()), Decisions().accept_all())

    assert {field: text.text for field, text in done.texts.items()} == {
        "a": "Dort war Person 1.",
        "b": "Person 1 trank.",
        "c": "",
    }


def test_short_texts_without_findings_need_no_click() -> None:
    """Comments speak in labels; what identifies somebody needs a person."""
    clean = "Kind A hilft dem Partner der Mutter, vor knapp 4 Wochen (8–10 J.), in Ort 1."

    assert release_short(clean, the_policy(), FRIDAY).text == clean
    with pytest.raises(UndecidedError):
        release_short("Ruf Frau Engel an.", the_policy(), FRIDAY)


def test_names_come_back_in_texts_of_others() -> None:
    """The longest label first, whole words only, genitives too."""
    links = fully_released(TEXT, ROSTER).correspondence
    told = (
        "Kind A hilft dem Partner der Mutter. Die Angst von Kind A vor der Großmutter, "
        "Mutter-Kind-Kur, das Auto des Vaters, der Ärger des Partners der Mutter, Kind AB."
    )

    assert reinsert(told, links) == (
        "Lea hilft dem Kai Sommer. Die Angst von Lea vor der Großmutter, "
        "Mutter-Kind-Kur, das Auto des Jonas', der Ärger des Kai Sommers, Kind AB."
    )


def test_a_case_without_people_comes_back_unchanged() -> None:
    """No labels, nothing to put back."""
    assert reinsert("Kind A", fully_released("Nichts.").correspondence) == "Kind A"


def test_every_replaced_place_is_remembered() -> None:
    """The author can be shown what stood where in the released text."""
    done = fully_released(TEXT, ROSTER)
    text = done.texts["text"].text
    places = [(text[o.start : o.end], o.original) for o in done.correspondence.occurrences]

    assert places == [
        ("Kind A", "Lea"),
        ("Der Partner der Mutter", "Kai Sommer"),
        ("[Telefonnr. entfernt]", "0171 3920047"),
        ("Ort 1", "Lindheim"),
    ]


def test_the_correspondence_survives_the_vault() -> None:
    """Bytes and back."""
    links = fully_released(TEXT, ROSTER).correspondence

    assert Correspondence.from_bytes(links.to_bytes()) == links


@pytest.mark.parametrize(
    "encoded",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'"Lea"',
        b'{"v":2}',
        b'{"v":1,"labels":[["a"]],"occurrences":[]}',
    ],
)
def test_other_bytes_are_no_correspondence(encoded: bytes) -> None:
    """The refusal quotes nothing of them."""
    with pytest.raises(CorrespondenceError) as refusal:
        Correspondence.from_bytes(encoded)

    assert "Lea" not in str(refusal.value)


def test_labels_of_lower_case_authors_come_back_too() -> None:
    """Others may copy „kind a“ as it stands in the released text."""
    links = fully_released(TEXT, ROSTER).correspondence

    assert reinsert("wie geht es kind a?", links) == "wie geht es Lea?"


def test_nothing_that_holds_cleartext_shows_it() -> None:
    """A traceback or a log line prints reprs."""
    proposal = proposed(TEXT, ROSTER)
    decisions = Decisions().accept_all().replace(0, "Lea bleibt").mark("text", 4, 9, "PLACE", "Lea")
    done = release(proposal, Decisions().accept_all())
    shown = [proposal.draft, ROSTER, *ROSTER.people, proposal, *proposal.findings, decisions, done]
    shown += [done.correspondence, done.overrides, done.texts["text"], *decisions.marked]
    shown += [*done.correspondence.occurrences, *decisions.by_number.values()]

    assert len(shown) >= 15
    assert not [text for text in map(repr, shown) if "Lea" in text or "Kai" in text]


def test_the_bytes_for_the_vault_are_plain_json() -> None:
    """Another program of the author's device can read them."""
    value = json.loads(fully_released(TEXT, ROSTER).correspondence.to_bytes())

    assert (value["v"], value["labels"][0]) == (1, ["Kind A", "Lea"])


def test_a_lone_surrogate_leaves_as_a_replacement_character() -> None:
    """No encoding carries it, so sealing would fail on it."""
    assert fully_released("a\ud800b").texts["text"].text == "a\ufffdb"
