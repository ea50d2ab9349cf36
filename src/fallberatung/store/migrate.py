"""Bring a database to the tables of this version, step by step, each step in one transaction.

The steps are Alembic revisions inside the package (`store/migrations/r*.py`); there is no
`alembic.ini` and no `env.py`, so nothing happens on import and nothing is read from a folder.
"""

from importlib.resources import files
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory

from fallberatung.store.errors import DatabaseError
from fallberatung.store.tables import METADATA

_STEPS: Final = "fallberatung.store.migrations"


def upgrade(engine: sa.Engine) -> int:
    """Run the steps this database has not seen, and return how many there were.

    Raises:
        DatabaseError: the database is of a later version than this program.
    """
    done = 0
    for step in _pending(engine):
        with engine.begin() as connection:
            context = MigrationContext.configure(connection)
            with Operations.context(context):
                step.module.upgrade()
            context.stamp(_script(), step.revision)
        done += 1
    return done


def version(engine: sa.Engine) -> str | None:
    """Return the step this database stands at, or None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(engine: sa.Engine) -> bool:
    """Tell whether the database has the tables of this version."""
    return version(engine) == _script().get_current_head()


def differences(engine: sa.Engine) -> list[object]:
    """Return how the database differs from the tables of this version; empty when it does not."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415  # needed by checks only

    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))


def _pending(engine: sa.Engine) -> list[Script]:
    oldest_first = list(reversed(list(_script().walk_revisions())))
    here = version(engine)
    if here is None:
        return oldest_first
    known = [step.revision for step in oldest_first]
    if here not in known:
        raise DatabaseError("the database was made by a later version of this program")
    return oldest_first[known.index(here) + 1 :]


def _script() -> ScriptDirectory:
    folder = str(Path(str(files(_STEPS))))
    return ScriptDirectory(folder, version_locations=[folder])
