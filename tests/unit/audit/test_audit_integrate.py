"""The integrator: everything due enters once, nothing else, and one bad row harms nobody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.memory_log import MemoryLog
from fakes.small_log import (
    NOON,
    ORIGIN,
    a_log,
    add,
    custody,
    entries,
    grow,
    occurrence,
    policy,
    seat_occurrence,
    signer,
    stream,
)
from fallberatung.audit.checkpoint import verify_checkpoint
from fallberatung.audit.entry import make_entry
from fallberatung.audit.errors import LogBrokenError
from fallberatung.audit.integrate import found_log, integrate
from fallberatung.audit.jcs import parse_object
from fallberatung.audit.leaf import milliseconds, parse_leaf
from fallberatung.audit.openings import decode_openings, encode_openings
from fallberatung.audit.outbox import outbox_row
from fallberatung.audit.ports import Head, Log, Outbox
from fallberatung.audit.tiles import TileReader
from fallberatung.audit.tree import EMPTY_ROOT, Frontier, leaf_hash
from fallberatung.crypto.sealed.digest import sha256

_log: type[Log] = MemoryLog
_outbox: type[Outbox] = MemoryLog

SIGN = signer(custody())


def checkpoint_size(log: MemoryLog) -> int:
    """Verify the newest checkpoint and return its size."""
    return verify_checkpoint(log.checkpoint() or "", policy()).size


def test_a_founded_log_is_empty_and_signed() -> None:
    """There is a checkpoint from the first moment."""
    log = a_log(0)

    assert (log.head(), checkpoint_size(log)) == (Head(ORIGIN, 0, b"", EMPTY_ROOT), 0)


def test_entries_enter_in_order_and_the_outbox_is_drained() -> None:
    """Every row becomes a leaf, in the order of its sequence."""
    log = a_log(300)

    assert [row.leaf for row in log.tree] == [made.leaf for made in entries(300)]
    assert (log.rows, checkpoint_size(log)) == ([], 300)


def test_head_tiles_and_checkpoint_agree_after_every_batch() -> None:
    """The root is the same by frontier, by tiles, by plain recomputation and as signed."""
    log = a_log(0)
    for batch, count in enumerate((1, 1, 2, 251, 1, 1, 300)):
        grow(log, count, seed=str(batch))
        frontier = Frontier()
        for row in log.tree:
            frontier.add(leaf_hash(row.leaf))
        head = log.stored_head
        signed = verify_checkpoint(log.checkpoint() or "", policy())

        assert head == Head(ORIGIN, len(log.tree), frontier.dump(), frontier.root())
        assert TileReader(log.tile).root(len(log.tree)) == frontier.root() == signed.root
    assert len(log.tree) == 557


def test_nothing_due_nothing_done() -> None:
    """No checkpoint is signed for nothing."""
    log = a_log(3)
    before = dict(log.notes)
    moved = integrate(log, SIGN, NOON, stream("x"))

    assert (moved, log.notes) == (0, before)


def test_a_limit_leaves_the_rest_for_the_next_run() -> None:
    """The oldest rows go first."""
    log = a_log(0)
    for made in entries(5):
        add(log, made)
    counts = [integrate(log, SIGN, NOON, stream("x"), limit=2) for _ in range(4)]

    assert counts == [2, 2, 1, 0]
    assert [row.leaf for row in log.tree] == [made.leaf for made in entries(5)]


def test_a_held_row_waits_for_its_hour() -> None:
    """A seat's entry enters at the full hour and not a millisecond before."""
    log = a_log(0)
    add(log, make_entry(seat_occurrence(NOON), stream("seat")))
    hour = NOON.replace(hour=13, microsecond=0)

    assert integrate(log, SIGN, hour - timedelta(milliseconds=1), stream("x")) == 0
    assert integrate(log, SIGN, hour, stream("x")) == 1


def test_a_held_row_carries_no_time_finer_than_the_hour() -> None:
    """Neither leaf nor outbox row tells the minute."""
    row = outbox_row(make_entry(seat_occurrence(NOON), stream("seat")), NOON)

    assert (row.db_ms % 3_600_000, (row.hold_until_ms or 1) % 3_600_000) == (0, 0)
    assert outbox_row(entries(1)[0], NOON).db_ms == milliseconds(NOON)


def test_held_rows_go_first_in_random_order() -> None:
    """The order in which seats acted within the hour is lost, that of others is kept."""
    log = a_log(0)
    draw = stream("seats")
    held = [make_entry(seat_occurrence(NOON + timedelta(seconds=n)), draw) for n in range(20)]
    others = entries(20)
    for seat, other in zip(held, others, strict=True):
        add(log, other)
        add(log, seat)
    integrate(log, SIGN, NOON + timedelta(hours=1), stream("order"))
    leaves = [row.leaf for row in log.tree]

    assert leaves[20:] == [made.leaf for made in others]
    assert sorted(leaves[:20]) == sorted(made.leaf for made in held)
    assert leaves[:20] != [made.leaf for made in held]


def bad_rows(log: MemoryLog) -> dict[str, str]:
    """Put one row of each bad kind between good ones; return the reason by its leaf's hash."""
    good = [outbox_row(made, NOON) for made in entries(6, "bad")]
    other = outbox_row(entries(1, "foreign")[0], NOON)
    fewer = encode_openings(decode_openings(good[5].openings)[:1])
    rows = {
        "leaf": replace(good[1], leaf=b"{}"),
        "identity": replace(good[2], entry_id=bytes(16)),
        "openings": replace(good[3], openings=other.openings),
        "repeated": good[0],
    }
    log.add(good[0])
    for row in rows.values():
        log.add(row)
    log.add(good[4])
    log.add(replace(good[5], openings=fewer))
    return {sha256(row.leaf).hex(): reason for reason, row in rows.items()}


def test_a_bad_row_is_set_aside_and_leaves_a_trace() -> None:
    """The log goes on; an entry with the hash of what was set aside takes the place."""
    log = a_log(2)
    bad_rows(log)
    count = integrate(log, SIGN, NOON, stream("x"))
    traces = [row for row in log.tree if parse_leaf(row.leaf).action == "log.quarantine"]
    openings = [decode_openings(row.openings)[1].value for row in traces]
    reasons = [str(parse_object(value)["reason"]) for value in openings]

    assert (count, len(log.tree), log.rows) == (7, 9, [])
    assert [reason for _, reason in log.set_aside] == reasons
    assert reasons == ["leaf", "identity", "openings", "repeated", "openings"]


def test_an_unfounded_log_is_refused() -> None:
    """Nothing is appended to a tree that nobody began."""
    with pytest.raises(LogBrokenError):
        integrate(MemoryLog(), SIGN, NOON, stream("x"))


def test_a_head_that_contradicts_itself_stops_the_log() -> None:
    """A changed root or frontier is noticed before anything is signed."""
    log = a_log(5)
    head = log.stored_head
    assert head is not None
    log.stored_head = replace(head, root=bytes(32))
    add(log, entries(1, "more")[0])
    notes = dict(log.notes)

    with pytest.raises(LogBrokenError):
        integrate(log, SIGN, NOON, stream("x"))
    assert log.notes == notes


def test_a_tile_that_does_not_end_where_the_head_does_stops_the_log() -> None:
    """A lost or longer tile is never papered over."""
    log = a_log(5)
    log.tiles[0, 0] = log.tiles[0, 0][:-32]
    add(log, entries(1, "more")[0])

    with pytest.raises(LogBrokenError):
        integrate(log, SIGN, NOON, stream("x"))


def test_waiting_counts_from_the_end_of_the_hold() -> None:
    """The lag of a held row begins when it may enter."""
    log = a_log(0)
    add(log, make_entry(seat_occurrence(NOON), stream("seat")))
    hour = milliseconds(NOON.replace(hour=13, microsecond=0))

    assert (log.oldest_due_ms(hour - 1), log.oldest_due_ms(hour)) == (None, hour)
    add(log, make_entry(occurrence(0), stream("y")))
    assert log.oldest_due_ms(hour) == milliseconds(NOON)


def test_a_log_is_founded_once() -> None:
    """An origin is never begun again."""
    log = a_log(0)

    with pytest.raises(AssertionError):
        found_log(log, ORIGIN, SIGN, NOON)
