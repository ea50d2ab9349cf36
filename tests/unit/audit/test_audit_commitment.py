"""Commitments and the stored form of their openings."""

from dataclasses import replace

import pytest

from fakes.small_log import occurrence, stream
from fallberatung.audit.commitment import Opening, check_opening, commit
from fallberatung.audit.entry import make_entry
from fallberatung.audit.errors import EntryError, OpeningError
from fallberatung.audit.leaf import parse_leaf
from fallberatung.audit.openings import decode_openings, encode_openings

MADE = make_entry(occurrence(0), stream("x"))
LEAF = parse_leaf(MADE.leaf)
ACTOR = MADE.openings[0]


@pytest.mark.parametrize(
    "forged",
    [
        replace(ACTOR, value=b'{"id":"u9","kind":"user"}'),
        replace(ACTOR, salt=bytes(32)),
        replace(ACTOR, salt=ACTOR.salt + b"x"),
        replace(ACTOR, salt=ACTOR.salt[:31]),
        replace(ACTOR, field="object"),
        replace(ACTOR, field="zone"),
    ],
)
def test_an_opening_that_was_not_committed_to_is_refused(forged: Opening) -> None:
    """Value, salt and field are all bound."""
    with pytest.raises(OpeningError):
        check_opening(LEAF, forged)


def test_an_opening_fits_one_entry_only() -> None:
    """The same value in another entry needs another opening."""
    other = parse_leaf(make_entry(occurrence(0), stream("y")).leaf)

    with pytest.raises(OpeningError):
        check_opening(other, ACTOR)


@pytest.mark.parametrize(
    ("entry_id", "field", "salt"),
    [(bytes(15), "actor", bytes(32)), (bytes(16), "zone", bytes(32)), (bytes(16), "actor", b"")],
)
def test_only_whole_inputs_are_committed_to(entry_id: bytes, field: str, salt: bytes) -> None:
    """Lengths are fixed, so no two inputs run together."""
    with pytest.raises(EntryError):
        commit(entry_id, field, salt, b"{}")


def test_openings_are_stored_and_read_back() -> None:
    """Storage neither loses nor changes one."""
    assert decode_openings(encode_openings(MADE.openings)) == MADE.openings


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"[]",
        b'{"zone":["AA",{}]}',
        b'{"actor":["AA"]}',
        b'{"actor":["A",{}]}',
        b'{"actor":[1,{}]}',
        b'{"actor":["AA","text"]}',
        b'{"actor":["AA",{}], "client":["AA",{}]}',
    ],
)
def test_damaged_openings_are_refused(stored: bytes) -> None:
    """What was not written here is not read."""
    with pytest.raises(OpeningError):
        decode_openings(stored)
