"""What outbox and log promise to the integrator, whatever they are made of."""

from dataclasses import replace
from typing import Any

import pytest

from fallberatung.audit.ports import Head, LeafRow, OutboxRow

HEAD = Head("test.example/audit/1", 0, b"", bytes(32))


def a_row(number: int, hold_until_ms: int | None = None) -> OutboxRow:
    """Return a row that waits."""
    return OutboxRow(bytes([number]) * 16, b"leaf", b"{}", 1_000 + number, hold_until_ms)


def a_leaf(index: int) -> LeafRow:
    """Return a leaf in its place."""
    return LeafRow(index, bytes([index + 1]) * 16, b"leaf", bytes([index]) * 32, b"{}")


def test_due_rows_come_in_the_order_they_were_added(found: Any) -> None:  # noqa: ANN401  # any implementation
    """A held row appears when its hold is over; the limit cuts the rest off."""
    for number in (3, 1, 2):
        found.outbox.add(a_row(number, hold_until_ms=5_000 if number == 1 else None))

    early = [row.entry_id[0] for row in found.log.due(4_999, 10)]
    late = [row.entry_id[0] for row in found.log.due(5_000, 10)]

    assert (early, late) == ([3, 2], [3, 1, 2])
    assert len(found.log.due(5_000, 2)) == 2


def test_draining_removes_exactly_the_named_rows(found: Any) -> None:  # noqa: ANN401  # any implementation
    """A row added meanwhile stays."""
    for number in (1, 2, 3):
        found.outbox.add(a_row(number))
    first, second, _ = found.log.due(9_999, 10)

    found.log.drain([first.seq, second.seq])

    assert [row.entry_id[0] for row in found.log.due(9_999, 10)] == [3]


def test_the_oldest_due_row_waits_since_its_hold_or_its_writing(found: Any) -> None:  # noqa: ANN401  # any implementation
    """A row still held does not wait."""
    assert found.log.oldest_due_ms(9_999) is None

    found.outbox.add(a_row(1, hold_until_ms=3_000))
    assert found.log.oldest_due_ms(2_999) is None
    assert found.log.oldest_due_ms(3_000) == 3_000

    found.outbox.add(a_row(2))
    assert found.log.oldest_due_ms(9_999) == 1_002


def test_the_head_is_founded_once_and_moves_forward(found: Any) -> None:  # noqa: ANN401  # any implementation
    """A second founding and a step back are errors."""
    assert found.log.head() is None
    found.log.found(HEAD)
    further = replace(HEAD, size=2, root=b"r" * 32, frontier=b"f" * 32)

    found.log.move(further)

    assert found.log.head() == further
    with pytest.raises(Exception):  # noqa: B017, PT011  # each implementation has its own
        found.log.move(HEAD)
    with pytest.raises(Exception):  # noqa: B017, PT011  # each implementation has its own
        found.log.found(HEAD)


def test_leaves_and_tiles_and_checkpoints_come_back(found: Any) -> None:  # noqa: ANN401  # any implementation
    """Leaves densely, a tile as far as it has grown, the newest checkpoint."""
    found.log.append([a_leaf(0), a_leaf(1), a_leaf(2)])
    found.log.put_tile(0, 0, b"a" * 32)
    found.log.put_tile(0, 0, b"a" * 32 + b"b" * 32)
    found.log.put_checkpoint(0, bytes(32), "empty", 0)
    found.log.put_checkpoint(3, bytes(32), "three", 1)

    assert list(found.log.leaves(1, 3)) == [a_leaf(1), a_leaf(2)]
    assert found.log.tile(0, 0) == b"a" * 32 + b"b" * 32
    assert found.log.tile(1, 0) is None
    assert found.log.checkpoint() == "three"


def test_a_row_set_aside_stays_until_it_is_drained(found: Any) -> None:  # noqa: ANN401  # any implementation
    """Quarantine keeps, draining removes."""
    found.outbox.add(a_row(1))
    (row,) = found.log.due(9_999, 10)

    found.log.quarantine(row, "leaf")

    assert len(found.log.due(9_999, 10)) == 1
