"""Engines for SQLite: durable, strict about types, and quiet about what was deleted.

Law of the file: what `create` promises is docs/decisions/0008 word for word. PostgreSQL joins here.
"""

from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event

_SETTINGS: Final = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "secure_delete=ON",
    "trusted_schema=OFF",
)


def for_writing(path: Path) -> sa.Engine:
    """Return the engine of the one writer: each transaction takes the write lock at its start."""
    return _engine(path, _SETTINGS, "BEGIN IMMEDIATE")


def for_reading(path: Path) -> sa.Engine:
    """Return the engine of the readers: connections that refuse every write."""
    return _engine(path, (*_SETTINGS, "query_only=ON"), "BEGIN")


def _engine(path: Path, settings: tuple[str, ...], begin: str) -> sa.Engine:
    engine = sa.create_engine(f"sqlite:///{path}")

    def connected(connection: Any, _record: Any) -> None:  # noqa: ANN401  # driver objects
        # Without this the driver would begin transactions of its own, and too late.
        connection.isolation_level = None
        for setting in settings:
            connection.execute(f"PRAGMA {setting}")

    def begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
    return engine
