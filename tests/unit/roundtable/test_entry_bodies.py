"""What goes out and what comes in: composing and decoding entry bodies."""

from collections.abc import Callable
from typing import Any

import pytest

from fakes.entry_examples import BODIES, STAMP, released
from fallberatung.roundtable.deliberation import bodies, compose
from fallberatung.roundtable.deliberation.decode import (
    RETRACTABLE,
    SHAPES,
    Stamp,
    decode_body,
    decode_shown,
    decode_stamp,
)
from fallberatung.roundtable.deliberation.errors import EntryBodyError
from fallberatung.roundtable.deliberation.registry import (
    RET_OF_TYPE,
    TYPE_OF,
    Retraction,
    Unknown,
)
from fallberatung.roundtable.deliberation.texts import ReadText


def changed(name: str, **changes: object) -> dict[str, object]:
    """Return an example body with some keys changed, or taken out with None."""
    body = {**BODIES[name], **changes}
    return {key: value for key, value in body.items() if value is not None or key == "cp"}


@pytest.mark.parametrize("name", BODIES)
def test_what_is_composed_reads_back_as_read_text(name: str) -> None:
    """Every type goes out with all its keys and comes in as the value of its type."""
    read = decode_body(BODIES[name])

    assert isinstance(read, Retraction) if name == "retraction" else TYPE_OF[type(read)] == name
    assert decode_stamp(BODIES[name]) == (Stamp(0, None) if name == "retraction" else STAMP)
    assert set(BODIES) == {*SHAPES, "retraction"}


def test_a_body_is_the_map_of_the_specification() -> None:
    """Type, version, own keys, writer's clock and checkpoint: nothing else, no absent key."""
    body = compose.comment_body(bodies.Comment(released("Danke.")), Stamp(5, None))

    assert body == {"t": "comment", "v": 1, "text": "Danke.", "ts": 5, "cp": None}


def test_a_report_reads_back_word_for_word() -> None:
    """Texts become `ReadText`, codes and numbers stay, nested parts are values again."""
    report = decode_body(BODIES["case_report"])

    assert isinstance(report, bodies.CaseReport)
    assert report.questions == (ReadText("Reicht das schon?"),)
    assert report.observations == (
        bodies.Observation(
            ReadText("Fleck am Oberarm"),
            "seen",
            is_verbatim=False,
            when=ReadText("vor 2 Wochen"),
        ),
    )
    assert (report.child_age, report.changed, report.added) == ("8_10", 2, 0)
    assert report.overrides[0].reason.text == "für die Hilfe wichtig"


SAY: list[Callable[[Any], object]] = [
    lambda text: compose.comment_body(bodies.Comment(text), STAMP),
    lambda text: compose.rating_reveal_body(bodies.RatingReveal(1, 5, text), STAMP),
    lambda text: compose.case_report_body(bodies.CaseReport((released("?"),), account=text), STAMP),
    lambda text: compose.case_report_body(bodies.CaseReport((text,), account=released("A")), STAMP),
    lambda text: compose.protocol_body(bodies.Protocol(1, (bodies.Section("k", text),)), STAMP),
]


@pytest.mark.parametrize("say", SAY)
@pytest.mark.parametrize("text", ["lea", ReadText("von anderen")], ids=["bare", "read"])
def test_no_text_leaves_that_was_not_released(say: Callable[[Any], object], text: object) -> None:
    """Neither a bare string nor somebody else's words can be composed, even past the types."""
    with pytest.raises(EntryBodyError) as refused:
        say(text)

    assert str(refused.value) == "a text has not been released"


def test_nothing_leaves_that_others_would_refuse() -> None:
    """A value past its range or without words is refused where it is written, not where read."""
    with pytest.raises(EntryBodyError):
        compose.rating_reveal_body(bodies.RatingReveal(1, 11, released("zu hoch")), STAMP)
    with pytest.raises(EntryBodyError):
        compose.comment_body(bodies.Comment(released(" ")), STAMP)
    with pytest.raises(EntryBodyError):
        compose.comment_body(bodies.Comment(released("x")), Stamp(-1, None))


def test_words_of_others_show_nothing_of_themselves() -> None:
    """A text that ends up in a traceback or a log line says nothing."""
    assert repr(ReadText("Kind A schläft nicht")) == "ReadText(…)"
    assert "Danke" not in repr(decode_body(changed("comment", text="Danke")))


LATER = [
    changed("comment", v=2, text="x", mood="y"),
    {"t": "three_houses", "v": 1},
    {"t": "rating_commit", "v": 1, "commitment": b"c"},
]


@pytest.mark.parametrize("body", LATER)
def test_what_a_later_version_wrote_is_unknown_and_not_refused(body: dict[str, object]) -> None:
    """A table whose members have different versions loses nothing."""
    assert decode_body(body) == Unknown(str(body["t"]), int(str(body["v"])), "later_version")


BROKEN = {
    "no type": {"v": 1},
    "no version": {"t": "comment"},
    "version zero": changed("comment", v=0),
    "version true": changed("comment", v=True),
    "type as bytes": changed("comment", t=b"comment"),
    "no clock": changed("comment", ts=None),
    "clock before 1970": changed("comment", ts=-1),
    "clock as float": changed("comment", ts=1.0),
    "checkpoint too short": changed("comment", cp=[1]),
    "checkpoint with a short root": changed("comment", cp=[1, b"x"]),
    "no text": changed("comment", text=None, ref=None),
    "empty text": changed("comment", text=" \n"),
    "text as bytes": changed("comment", text=b"x"),
    "endless text": changed("comment", text="x" * 100_001),
    "foreign key": changed("comment", colour="red"),
    "place zero": changed("comment", ref=0),
    "place true": changed("comment", ref=True),
    "place beyond the encoding": changed("comment", ref=2**53),
    "report with a ref": changed("case_report", ref=2),
    "report without question": changed("case_report", questions=[]),
    "report with four questions": changed("case_report", questions=["a", "b", "c", "d"]),
    "report without account": changed("case_report", account=None, observations=None),
    "report with an age band across 14": changed("case_report", child_age="12_15"),
    "category with a blank": changed(
        "case_report", counts=[{"category": "A B", "found": 1, "kept": 0}]
    ),
    "observation as text": changed("case_report", observations=["x"]),
    "observation with a foreign key": changed(
        "case_report",
        observations=[{"what": "x", "source": "seen", "is_verbatim": True, "who": "y"}],
    ),
    "verbatim as number": changed(
        "case_report", observations=[{"what": "x", "source": "seen", "is_verbatim": 1}]
    ),
    "harm among strengths": changed("map_item", column="strength"),
    "time of a strength": changed("map_item", column="strength", kind="existing_strength"),
    "goal of a harm": changed("map_item", goal_for=4),
    "unknown status": changed("map_item", status="secret"),
    "rating eleven": changed("rating_reveal", value=11),
    "rating below zero": changed("rating_reveal", value=-1),
    "rating true": changed("rating_reveal", value=True),
    "rating without reason": changed("rating_reveal", reason=None),
    "rating with a ref": changed("rating_reveal", ref=3),
    "round without anybody": changed("rating_round", expected=[]),
    "round with a short key id": changed("rating_round", expected=[b"x"]),
    "round with a tuple": changed("rating_round", expected=(b"\x0a" * 32,)),
    "day that is none": changed("plan_step", due="2026-02-30"),
    "day in another notation": changed("plan_step", due="20260605"),
    "day as number": changed("plan_step", due=5),
    "protocol without section": changed("protocol", sections=[]),
    "protocol with a statement of its own": changed("protocol", statements=["all_is_well"]),
    "confirmation with a short hash": changed("confirm", record_hash=b"x"),
    "retraction of a rating": {**changed("retraction"), "t": "rating_reveal"},
    "retraction with words": changed("retraction", texts="x"),
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_a_body_that_breaks_its_form_is_refused(body: dict[str, object]) -> None:
    """Reading is strict, and on the board a broken entry is unknown instead of fatal."""
    with pytest.raises(EntryBodyError):
        decode_body(body)
    shown = decode_shown(body)

    assert isinstance(shown, Unknown)
    assert shown.code == "malformed"
    assert len(BROKEN) >= 40


def test_a_refusal_quotes_nothing_of_the_text() -> None:
    """The message can be logged: it names the place, not the words."""
    with pytest.raises(EntryBodyError) as refused:
        decode_body(changed("plan_step", due="Montag bei Familie Meier"))

    assert "Meier" not in str(refused.value)


def test_what_was_judged_at_one_moment_cannot_be_taken_back() -> None:
    """Report, rounds, ratings, protocols and confirmations stand."""
    standing = {"case_report", "rating_round", "rating_reveal", "protocol", "confirm"}
    for t in standing:
        with pytest.raises(EntryBodyError):
            compose.retraction_body(Retraction(t, 5), STAMP)

    assert frozenset(SHAPES) - standing == RETRACTABLE


def test_every_type_has_its_retention_class() -> None:
    """Thoughts go early, the protocol last, all else with the case."""
    notes = {t for t, ret in RET_OF_TYPE.items() if ret == "n"}
    kept = {t for t, ret in RET_OF_TYPE.items() if ret == "p"}

    assert notes == {"hypothesis", "response", "idea"}
    assert kept == {"protocol", "confirm"}
    assert set(RET_OF_TYPE) == set(SHAPES) == set(TYPE_OF.values())
