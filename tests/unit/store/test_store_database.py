"""The database itself: its settings, its tables, its lock, its readers."""

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa

from fallberatung.store import engine, lock, migrate
from fallberatung.store.columns import DateTimeUTC
from fallberatung.store.errors import DatabaseError
from fallberatung.store.readers import Readers
from fallberatung.store.tables import CASE_TABLES, METADATA

CLOSED_LIST = {
    # docs/spec/roundtable.md#what-the-server-knows, in its order
    "cases": {
        *("area", "case_id", "code", "asking_kind", "legal_basis", "urgency", "frame"),
        *("state", "phase", "session", "land", "receipt_policy", "receipt_version"),
        # members as key ids: that of the author's seat, and its bundle (docs/spec/fb-v1.md#seat)
        *("seat_key", "seat"),
        # where the chain stands (docs/spec/fb-v1.md#chain-rules), and how many acts are in the
        # log (docs/spec/audit.md#fields)
        *("head", "seq", "epoch", "epoch_why", "is_convened", "audit_n"),
    },
    "case_members": {
        *("area", "case_id", "key_id", "from_epoch", "to_epoch", "cap", "role"),
    },
    "records": {
        *("area", "case_id", "seq", "epoch", "kind", "ret", "size_class", "at"),
        *("digest", "header", "body"),
    },
    "acknowledgements": {
        *("area", "case_id", "last", "records", "seq", "leaf", "salt", "value", "note"),
    },
    "deadlines": {
        *("area", "case_id", "kind", "session", "due", "band", "policy", "signed"),
    },
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a database of this version."""
    made = engine.for_writing(tmp_path / "house.sqlite3")
    migrate.upgrade(made)
    made.dispose()
    return tmp_path / "house.sqlite3"


def test_case_tables_have_exactly_the_columns_of_the_closed_list() -> None:
    """A new column is a decision of the design, not of a pull request."""
    tables = {table.name: {column.name for column in table.columns} for table in CASE_TABLES}

    assert tables == CLOSED_LIST


def test_every_key_of_a_case_row_begins_with_the_area() -> None:
    """The area is the shard."""
    keys = {table.name: next(iter(table.primary_key.columns)).name for table in CASE_TABLES}

    assert set(keys.values()) == {"area"}
    assert len(keys) >= 5


def test_steps_from_empty_lead_to_the_tables_of_this_version(tmp_path: Path) -> None:
    """Nothing is missing and nothing is left over; a second run does nothing."""
    made = engine.for_writing(tmp_path / "new.sqlite3")

    steps = migrate.upgrade(made)

    assert steps >= 1
    assert migrate.upgrade(made) == 0
    assert migrate.is_current(made)
    assert migrate.differences(made) == []
    made.dispose()


def test_a_database_of_a_later_version_is_refused(path: Path) -> None:
    """An old program must not write into it."""
    made = engine.for_writing(path)
    with made.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'r9999'")

    with pytest.raises(DatabaseError):
        migrate.upgrade(made)
    made.dispose()


def test_every_table_is_strict(path: Path) -> None:
    """SQLite refuses a text where a number belongs."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name, strict FROM pragma_table_list").fetchall()
    connection.close()
    ours = {name: strict for name, strict in rows if name in METADATA.tables}

    assert ours == dict.fromkeys(METADATA.tables, 1)
    assert len(ours) >= 18


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("secure_delete", 1),
        ("trusted_schema", 0),
    ],
)
def test_connections_are_durable_and_strict(path: Path, setting: str, value: object) -> None:
    """Full synchronisation, foreign keys, wiped deletions, no trusted schema."""
    made = engine.for_writing(path)
    with made.connect() as connection:
        found = connection.exec_driver_sql(f"PRAGMA {setting}").scalar()
    made.dispose()

    assert found == value


def test_a_writing_transaction_takes_the_write_lock_at_once(path: Path) -> None:
    """A second one waits or fails at its beginning, never in its middle."""
    first, second = engine.for_writing(path), engine.for_writing(path)
    with first.begin():
        raw = second.raw_connection()
        raw.cursor().execute("PRAGMA busy_timeout=1")

        with pytest.raises(sqlite3.OperationalError, match="locked"):
            raw.cursor().execute("BEGIN IMMEDIATE")
        raw.close()
    first.dispose()
    second.dispose()


def test_readers_cannot_write(path: Path) -> None:
    """Not even by mistake."""
    reading = engine.for_reading(path)
    readers = Readers(reading, lambda connection: connection)

    answer = readers.read(
        lambda connection: connection.exec_driver_sql("INSERT INTO facts VALUES ('a', 'b')")
    )

    with pytest.raises(sa.exc.OperationalError, match="readonly"):
        answer.result(10)
    readers.close()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_leaf",
        "UPDATE audit_leaf SET idx = 9",
        "DELETE FROM audit_checkpoint",
        "UPDATE audit_checkpoint SET note = 'x'",
    ],
)
def test_the_log_is_append_only_for_the_database_too(path: Path, statement: str) -> None:
    """A stray statement is refused by a trigger."""
    made = engine.for_writing(path)
    with made.begin() as connection:
        connection.exec_driver_sql("INSERT INTO audit_leaf VALUES (0, x'00', x'00', x'00', x'00')")
        connection.exec_driver_sql("INSERT INTO audit_checkpoint VALUES (1, x'00', 'n', 0)")

    with pytest.raises(sa.exc.IntegrityError, match="append only"), made.begin() as connection:
        connection.exec_driver_sql(statement)
    made.dispose()


ANOTHER_PROCESS = """
import sys
from pathlib import Path
from fallberatung.store import lock
from fallberatung.store.errors import LockedError
try:
    with lock.held(Path(sys.argv[1])):
        print("held")
except LockedError:
    print("locked")
"""


def _another_process(path: Path) -> str:
    command = [sys.executable, "-c", ANOTHER_PROCESS, str(path)]
    return subprocess.check_output(command, text=True).strip()


def test_only_one_process_holds_the_lock(tmp_path: Path) -> None:
    """And it is free again when the holder is done."""
    path = tmp_path / "lock"
    with lock.held(path):
        meanwhile = _another_process(path)

    assert meanwhile == "locked"
    assert _another_process(path) == "held"


def test_a_lock_that_cannot_be_made_is_an_error_of_its_own(tmp_path: Path) -> None:
    """The folder is missing."""
    with pytest.raises(DatabaseError), lock.held(tmp_path / "missing" / "lock"):
        pass


def test_a_moment_needs_a_zone_and_is_kept_in_utc() -> None:
    """Text order is time order."""
    column, dialect = DateTimeUTC(), sa.dialects.registry.load("sqlite")()
    berlin = datetime(2026, 11, 23, 13, 0, 0, 5, tzinfo=timezone(timedelta(hours=1)))

    kept = column.process_bind_param(berlin, dialect)

    assert kept == "2026-11-23T12:00:00.000005Z"
    assert column.process_result_value(kept, dialect) == berlin.astimezone(UTC)
    with pytest.raises(ValueError, match="zone"):
        column.process_bind_param(berlin.replace(tzinfo=None), dialect)
