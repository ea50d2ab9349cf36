"""The log this person remembers must go on from what was seen."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

import pytest

from fallberatung.audit.errors import ForkError, NoteError, RollbackError, SignatureError
from fallberatung.audit.sign import sign_checkpoint
from fallberatung.client.ambient import system_random
from fallberatung.client.belongings import OwnSeat
from fallberatung.client.hands import Hands
from fallberatung.client.log_memory import check_gossip, newest_checkpoint, stamp
from fallberatung.crypto.custody.keys import Custody

NOW = datetime(2026, 11, 20, 10, 17, 31, tzinfo=UTC)
ORIGIN = "demo.localhost/audit/1"


class Cast(Protocol):
    """Whoever signs."""

    custody: Custody


class Paper(Protocol):
    """The paper house's answers."""

    answers: dict[str, tuple[int, dict[str, str], bytes]]


class Company(Protocol):
    """Who acts."""

    cast: Cast
    paper: Paper

    def hands(self, user: str, seats: tuple[OwnSeat, ...] = ()) -> Hands:
        """Sign in."""


@pytest.fixture
def show(company: Company) -> Callable[[str], None]:
    """Let the house show a checkpoint."""

    def shown(note: str) -> None:
        company.paper.answers["GET /audit/checkpoint"] = (200, {}, note.encode())

    return shown


def a_note(company: Company, size: int, root: bytes) -> str:
    """A checkpoint signed by the house."""
    return sign_checkpoint(company.cast.custody, ORIGIN, size, root)


def test_a_growing_log_is_remembered(company: Company, show: Callable[[str], None]) -> None:
    """The newest checkpoint is kept and stands in the stamp of what is written next."""
    hands = company.hands("kita")
    show(a_note(company, 3, b"a" * 32))
    newest_checkpoint(hands)
    show(a_note(company, 5, b"b" * 32))
    made = stamp(hands)

    assert made.cp == (5, b"b" * 32)
    assert made.ts == int(NOW.timestamp())
    assert hands.belongings.checkpoint == a_note(company, 5, b"b" * 32)


def test_a_log_without_a_checkpoint_yet_is_no_error(
    company: Company, show: Callable[[str], None]
) -> None:
    """In the first moments of a house there is nothing to remember."""
    show("")
    made = stamp(company.hands("kita"))

    assert made.cp is None


def test_a_shorter_log_is_a_rollback(company: Company, show: Callable[[str], None]) -> None:
    """Neither fewer entries nor none at all follow on five."""
    hands = company.hands("kita")
    show(a_note(company, 5, b"b" * 32))
    newest_checkpoint(hands)
    for note in (a_note(company, 3, b"a" * 32), ""):
        show(note)
        with pytest.raises(RollbackError):
            newest_checkpoint(hands)


def test_another_root_of_the_same_size_is_a_fork(
    company: Company, show: Callable[[str], None]
) -> None:
    """The same number of entries cannot have two roots."""
    hands = company.hands("kita")
    show(a_note(company, 5, b"b" * 32))
    newest_checkpoint(hands)
    show(a_note(company, 5, b"c" * 32))
    with pytest.raises(ForkError):
        newest_checkpoint(hands)


def test_a_checkpoint_by_another_key_is_refused(
    company: Company, show: Callable[[str], None]
) -> None:
    """Only the pinned key speaks for the log."""
    other = Custody(*(system_random(32) for _ in range(4)))
    show(sign_checkpoint(other, ORIGIN, 5, b"b" * 32))
    with pytest.raises(SignatureError):
        newest_checkpoint(company.hands("kita"))


def test_what_is_no_checkpoint_is_refused(company: Company, show: Callable[[str], None]) -> None:
    """A page of words is no note."""
    show("hello")
    with pytest.raises(NoteError):
        newest_checkpoint(company.hands("kita"))


def test_gossip_of_other_sizes_says_nothing(company: Company, show: Callable[[str], None]) -> None:
    """Older and newer checkpoints are no contradiction; forms nobody knows are skipped."""
    hands = company.hands("kita")
    show(a_note(company, 5, b"b" * 32))
    newest_checkpoint(hands)
    check_gossip(hands, [[3, b"x" * 32], [9, b"y" * 32], [5, b"b" * 32], None, "odd", [1, 2, 3]])

    assert hands.belongings.checkpoint == a_note(company, 5, b"b" * 32)


def test_gossip_against_ones_own_memory_is_a_fork(
    company: Company, show: Callable[[str], None]
) -> None:
    """Somebody at the table saw another log of the size this person knows."""
    hands = company.hands("kita")
    show(a_note(company, 5, b"b" * 32))
    newest_checkpoint(hands)
    with pytest.raises(ForkError):
        check_gossip(hands, [[5, b"c" * 32]])
