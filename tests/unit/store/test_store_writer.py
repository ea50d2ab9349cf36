"""The one writer: who is answered when, and what a failure leaves behind."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from fallberatung.errors import RefusedError
from fallberatung.store import engine
from fallberatung.store.errors import BusyError
from fallberatung.store.writer import Writer

NOTES = sa.table("notes", sa.column("id"), sa.column("what"))


class NoError(RefusedError):
    """A rule said no."""


@dataclass
class Asked:
    """A command made of two functions."""

    act: Callable[[sa.Connection], Any]
    tell: Callable[[sa.Connection, Exception], None] = lambda _connection, _error: None
    area: str = "a"
    case: bytes = b""

    def run(self, work: sa.Connection) -> Any:  # noqa: ANN401  # any result
        """Do it."""
        return self.act(work)

    def refused(self, work: sa.Connection, error: Exception) -> None:
        """Tell of a refusal."""
        self.tell(work, error)


@dataclass
class Gate:
    """Holds the writer inside a command until it is opened."""

    is_entered: threading.Event = field(default_factory=threading.Event)
    is_open: threading.Event = field(default_factory=threading.Event)

    def wait(self, _connection: sa.Connection) -> None:
        """Stand still."""
        self.is_entered.set()
        assert self.is_open.wait(10)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a database with one table."""
    made = engine.for_writing(tmp_path / "writer.sqlite3")
    with made.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE notes (id INTEGER PRIMARY KEY, what TEXT NOT NULL UNIQUE) STRICT"
        )
    made.dispose()
    return tmp_path / "writer.sqlite3"


@pytest.fixture
def writer(path: Path) -> Iterator[Writer[sa.Connection]]:
    """Start a writer whose commands get the bare connection."""
    made: Writer[sa.Connection] = Writer(engine.for_writing(path), lambda known: known, 8)
    yield made
    made.close()


def noting(what: str) -> Callable[[sa.Connection], str]:
    """Return a function that writes one note."""

    def note(connection: sa.Connection) -> str:
        connection.execute(sa.insert(NOTES).values(what=what))
        return what

    return note


def refusing(what: str, error: Exception) -> Callable[[sa.Connection], None]:
    """Return a function that writes a note and then fails."""

    def note(connection: sa.Connection) -> None:
        noting(what)(connection)
        raise error

    return note


def telling(what: str) -> Callable[[sa.Connection, Exception], None]:
    """Return a function that notes a refusal."""

    def tell(connection: sa.Connection, _error: Exception) -> None:
        noting(what)(connection)

    return tell


def notes(path: Path) -> list[str]:
    """Read all notes through a connection of one's own."""
    reading = engine.for_reading(path)
    with reading.connect() as connection:
        found = list(connection.scalars(sa.select(NOTES.c.what).order_by(NOTES.c.id)))
    reading.dispose()
    return found


def test_an_answer_comes_after_the_commit(path: Path, writer: Writer[sa.Connection]) -> None:
    """Whoever is answered finds the row through any other connection."""
    answer = writer.submit(Asked(noting("one"))).result(10)

    assert (answer, notes(path)) == ("one", ["one"])


def test_a_refused_command_fails_alone_and_tells_of_it(
    path: Path, writer: Writer[sa.Connection]
) -> None:
    """Its own rows are gone, the row about the refusal and the neighbours' rows are there."""
    gate = Gate()
    held = writer.submit(Asked(gate.wait))
    assert gate.is_entered.wait(10)
    before = writer.submit(Asked(noting("before")))
    refused = writer.submit(Asked(refusing("gone", NoError("no")), telling("told")))
    after = writer.submit(Asked(noting("after")))
    gate.is_open.set()

    with pytest.raises(NoError):
        refused.result(10)
    held.result(10)
    assert (before.result(10), after.result(10)) == ("before", "after")
    assert notes(path) == ["before", "told", "after"]


def test_a_refusal_stands_even_when_it_cannot_be_told(
    path: Path, writer: Writer[sa.Connection], caplog: pytest.LogCaptureFixture
) -> None:
    """The caller is refused, nothing is written, and the operator hears of it."""

    def broken(_connection: sa.Connection, _error: Exception) -> None:
        raise ValueError("private text")

    answer = writer.submit(Asked(refusing("gone", NoError("no")), broken))

    with pytest.raises(NoError):
        answer.result(10)
    assert notes(path) == []
    assert [record.levelname for record in caplog.records] == ["CRITICAL"]
    assert "private" not in caplog.text


def test_a_batch_is_sorted_by_area_case_and_arrival(
    path: Path, writer: Writer[sa.Connection]
) -> None:
    """So that several processes take the rows of cases in one order."""
    gate = Gate()
    held = writer.submit(Asked(gate.wait))
    assert gate.is_entered.wait(10)
    order = [("b", b"1"), ("a", b"2"), ("a", b"1"), ("a", b"2")]
    waiting = [
        writer.submit(Asked(noting(f"{area}{case.decode()}{number}"), area=area, case=case))
        for number, (area, case) in enumerate(order)
    ]
    gate.is_open.set()
    for answer in (held, *waiting):
        answer.result(10)

    assert notes(path) == ["a12", "a21", "a23", "b10"]


def test_a_full_queue_refuses_and_queues_nothing(path: Path, writer: Writer[sa.Connection]) -> None:
    """The ninth of eight is told to come again."""
    gate = Gate()
    held = writer.submit(Asked(gate.wait))
    assert gate.is_entered.wait(10)
    waiting = [writer.submit(Asked(noting(str(number)))) for number in range(8)]

    with pytest.raises(BusyError):
        writer.submit(Asked(noting("too many")))

    gate.is_open.set()
    for answer in (held, *waiting):
        answer.result(10)
    assert notes(path) == [str(number) for number in range(8)]


def test_a_batch_that_cannot_commit_runs_again_one_by_one(
    path: Path, writer: Writer[sa.Connection]
) -> None:
    """A database that fails once harms nobody: each command happens exactly once."""
    failures = iter([OperationalError("statement", None, Exception("locked"))])

    def sometimes(connection: sa.Connection) -> str:
        for failure in failures:
            raise failure
        return noting("second try")(connection)

    gate = Gate()
    held = writer.submit(Asked(gate.wait))
    assert gate.is_entered.wait(10)
    waiting = [writer.submit(Asked(act)) for act in (noting("first"), sometimes, noting("third"))]
    gate.is_open.set()
    for answer in (held, *waiting):
        answer.result(10)

    assert notes(path) == ["first", "second try", "third"]


def test_a_database_that_keeps_failing_fails_its_command_alone(
    path: Path, writer: Writer[sa.Connection]
) -> None:
    """The neighbours of the batch are committed."""

    def always(_connection: sa.Connection) -> None:
        raise OperationalError("statement", None, Exception("disk full"))

    gate = Gate()
    held = writer.submit(Asked(gate.wait))
    assert gate.is_entered.wait(10)
    broken, fine = writer.submit(Asked(always)), writer.submit(Asked(noting("fine")))
    gate.is_open.set()

    with pytest.raises(OperationalError):
        broken.result(10)
    held.result(10)
    assert (fine.result(10), notes(path)) == ("fine", ["fine"])


def test_a_broken_rule_of_the_schema_fails_its_command_alone(
    path: Path, writer: Writer[sa.Connection]
) -> None:
    """The same note twice."""
    writer.submit(Asked(noting("one"))).result(10)

    with pytest.raises(sa.exc.IntegrityError):
        writer.submit(Asked(noting("one"))).result(10)
    assert writer.submit(Asked(noting("two"))).result(10) == "two"
    assert notes(path) == ["one", "two"]


def test_a_cancelled_command_does_not_run(path: Path, writer: Writer[sa.Connection]) -> None:
    """Whoever hung up before their turn changes nothing."""
    gate = Gate()
    held = writer.submit(Asked(gate.wait))
    assert gate.is_entered.wait(10)
    cancelled = writer.submit(Asked(noting("cancelled")))
    fine = writer.submit(Asked(noting("fine")))

    assert cancelled.cancel()
    gate.is_open.set()
    for answer in (held, fine):
        answer.result(10)
    assert notes(path) == ["fine"]


WRITING_FOR_EVER = """
import itertools, sys
from pathlib import Path
import sqlalchemy as sa
from fallberatung.store import engine
from fallberatung.store.writer import Writer

class Note:
    area, case = "a", b""
    def __init__(self, number): self.number = number
    def run(self, work): work.execute(sa.text("INSERT INTO notes (what) VALUES (:what)"),
                                      {"what": str(self.number)})
    def refused(self, work, error): pass

writer = Writer(engine.for_writing(Path(sys.argv[1])), lambda known: known)
for first in itertools.count(step=16):
    answers = [(n, writer.submit(Note(n))) for n in range(first, first + 16)]
    for number, answer in answers:
        answer.result()
        print(number, flush=True)
"""


def test_what_was_answered_survives_a_kill(path: Path) -> None:
    """The process dies without warning in the middle of its work; the numbers are dense."""
    command = [sys.executable, "-c", WRITING_FOR_EVER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        answered = [process.stdout.readline().strip() for _ in range(200)]
        process.kill()
        answered += process.stdout.read().split()
    kept = notes(path)

    assert set(answered) <= set(kept)
    assert kept == [str(number) for number in range(len(kept))]
    assert len(answered) >= 200


def test_closing_finishes_what_is_queued_and_takes_nothing_more(path: Path) -> None:
    """Closing twice is fine."""
    made: Writer[sa.Connection] = Writer(engine.for_writing(path), lambda known: known)
    answers = [made.submit(Asked(noting(str(number)))) for number in range(100)]

    made.close()
    made.close()

    assert [answer.result(0) for answer in answers] == [str(number) for number in range(100)]
    with pytest.raises(BusyError):
        made.submit(Asked(noting("late")))
