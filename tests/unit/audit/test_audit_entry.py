"""What can be logged, what is left out, and what is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from fakes.small_log import NOON, occurrence, seat_occurrence, stream
from fallberatung.audit.commitment import check_opening
from fallberatung.audit.entry import ANONYMOUS, Actor, Occurrence, make_entry
from fallberatung.audit.errors import EntryError
from fallberatung.audit.jcs import Json, parse_object
from fallberatung.audit.leaf import milliseconds, parse_leaf

READ = occurrence(0)
SERVICE = Actor("writer", "service", "service")


def opened(made: Occurrence) -> dict[str, object]:
    """Return the fields of an occurrence as they stand behind its commitments."""
    return {o.field: parse_object(o.value) for o in make_entry(made, stream("x")).openings}


def test_an_entry_tells_time_action_outcome_and_purpose_in_the_open() -> None:
    """The skeleton needs no opening."""
    leaf = parse_leaf(make_entry(READ, stream("x")).leaf)

    assert (leaf.action, leaf.outcome, leaf.purpose) == ("case.read", "ok", "BERATUNG")
    assert (leaf.at, leaf.source, leaf.request, leaf.retention) == (NOON, "app1", "r0", "A")


def test_who_what_and_whence_stand_behind_commitments() -> None:
    """Nothing of the four fields is in the leaf, and each opens."""
    made = make_entry(READ, stream("x"))
    leaf = parse_leaf(made.leaf)
    for opening in made.openings:
        check_opening(leaf, opening)

    assert [opening.field for opening in made.openings] == ["actor", "client", "detail", "object"]
    assert [word for word in (b"u0", b"10.0.0", b"adviser") if word in made.leaf] == []


def test_every_field_has_a_salt_of_its_own() -> None:
    """One opened field helps nobody to guess another."""
    made = make_entry(READ, stream("x"))

    assert len({opening.salt for opening in made.openings}) == len(made.openings) == 4


def test_a_seat_is_written_with_its_hour_and_its_pseudonym_only() -> None:
    """Minute, source, session, role and request of a seat never reach the log."""
    made = make_entry(seat_occurrence(NOON + timedelta(minutes=17)), stream("x"))
    leaf = parse_leaf(made.leaf)
    fields = {opening.field: parse_object(opening.value) for opening in made.openings}

    assert (leaf.at, leaf.request) == (datetime(2026, 11, 21, 12, tzinfo=UTC), None)
    assert fields["actor"] == {"id": "pSeUdOnYmOfASeat0123456", "kind": "seat"}
    assert set(fields) == {"actor", "detail", "object"}


def test_a_seat_is_held_to_the_next_full_hour() -> None:
    """Neither the tree nor the receipt tells the minute."""
    made = make_entry(seat_occurrence(NOON), stream("x"))

    assert made.hold_until == datetime(2026, 11, 21, 13, tzinfo=UTC)
    assert made.occurred_ms == milliseconds(datetime(2026, 11, 21, 12, tzinfo=UTC))


def test_only_seats_are_held() -> None:
    """Everybody else enters the tree at once, with milliseconds."""
    made = make_entry(READ, stream("x"))

    assert (made.hold_until, made.occurred_ms) == (None, milliseconds(NOON))


def test_time_is_written_in_utc() -> None:
    """The zone of the caller does not matter."""
    berlin = timezone(timedelta(hours=1))
    made = make_entry(replace(READ, at=NOON.astimezone(berlin)), stream("x"))

    assert parse_leaf(made.leaf).at == NOON


def test_nobody_is_written_without_an_identifier_of_a_person() -> None:
    """A failed sign-in names nobody, whatever was typed."""
    failed = Occurrence("auth.login", "failed", ANONYMOUS, NOON, "app1", client={"ip": "::1"})

    assert opened(failed)["actor"] == {"id": "anon", "kind": "anon"}


def test_a_role_may_be_left_out() -> None:
    """Where no role is at stake none is written."""
    logged = Occurrence("auth.logout", "ok", Actor("u1", None, "user"), NOON, "app1")

    assert opened(logged)["actor"] == {"id": "u1", "kind": "user"}


REFUSED = {
    "unknown action": replace(READ, action="case.peek"),
    "purpose missing": replace(READ, why=None),
    "purpose unknown": replace(READ, why="NEUGIER"),
    "outcome unknown": replace(READ, outcome="maybe"),  # type: ignore[arg-type]  # a careless caller
    "no zone": replace(READ, at=NOON.replace(tzinfo=None)),
    "source in capitals": replace(READ, source="App 1"),
    "request too long": replace(READ, request="r" * 41),
    "request with text": replace(READ, request="wo ist Mia"),
    "case without count": replace(READ, object={"case": "k1"}),
    "count without case": replace(READ, object={"user": "u1", "n": 1}),
    "count from zero": replace(READ, object={"case": "k1", "n": 0}),
    "count is a claim": replace(READ, object={"case": "k1", "n": True}),
    "object unknown": replace(READ, object={"pupil": "k1"}),
    "object empty": replace(READ, object={}),
    "object is text": replace(READ, object={"user": "Mia Muster"}),
    "object too long": replace(READ, object={"user": "u" * 65}),
    "address is text": replace(READ, client={"ip": "from home"}),
    "client unknown": replace(READ, client={"host": "pc1"}),
    "detail of another action": replace(READ, detail={"band": 2}),
    "detail is text": replace(READ, detail={"reason": "because I wanted to"}),
    "detail is an address": replace(READ, detail={"reason": "mia@example.org"}),
    "detail is negative": replace(READ, detail={"from": -1}),
    "detail is a fraction": replace(READ, detail={"from": 1.5}),  # type: ignore[dict-item]  # a careless caller
    "detail nested": replace(READ, detail={"reason": {"text": "x"}}),
    "hash too short": replace(seat_occurrence(), detail={"record": "A" * 42}),
    "hashes are text": replace(seat_occurrence(), detail={"records": "A" * 43}),
    "no hashes": replace(seat_occurrence(), detail={"records": []}),
    "account beside a seat": replace(seat_occurrence(), object={"user": "u1"}),
    "typed name": replace(READ, actor=Actor("mia.muster", None, "anon")),
    "actor is text": replace(READ, actor=Actor("Mia Muster", "adviser", "user")),
    "kind unknown": replace(READ, actor=Actor("u1", "adviser", "Mia Muster")),  # type: ignore[arg-type]  # a careless caller
    "role is text": replace(READ, actor=Actor("u1", "kind adviser", "user")),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_cannot_be_logged_is_refused(name: str) -> None:
    """There is no field through which text, names or addresses of people could enter."""
    assert len(REFUSED) >= 30
    with pytest.raises(EntryError):
        make_entry(REFUSED[name], stream("x"))


def test_hashes_lists_days_and_codes_can_be_logged() -> None:
    """The closed forms are wide enough for what the commands have to say."""
    detail: dict[str, Json] = {
        "records": ["A" * 43, "0" * 64],
        "due": "2026-12-24",
        "band": 2,
        "session": 1,
    }
    logged = Occurrence("deadline.set", "ok", SERVICE, NOON, "app1", detail=detail)

    assert opened(logged)["detail"] == detail


def test_a_clock_may_be_found_ahead_or_behind() -> None:
    """The one number that may be negative."""
    detail: dict[str, Json] = {"delta": -2500, "entry": "e1"}
    logged = Occurrence("log.clock_skew", "ok", SERVICE, NOON, "app1", detail=detail)

    assert opened(logged)["detail"] == detail


def test_the_printed_form_shows_neither_session_nor_address_nor_opening() -> None:
    """Whatever ends up in a trace tells less than the log."""
    made = make_entry(READ, stream("x"))
    printed = f"{READ!r} {made.openings!r}"

    assert [word for word in ("s1", "10.0.0", "u0\\", "salt") if word in printed] == []
