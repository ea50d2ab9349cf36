"""The tables are portable: the same migrations make the same tables on PostgreSQL."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from fallberatung.store import migrate
from fallberatung.store.tables import METADATA


@pytest.fixture
def engine(address: str) -> Iterator[sa.Engine]:
    """An engine on an empty database."""
    made = sa.create_engine(address)
    with made.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    yield made
    made.dispose()


def test_migrations_from_empty_make_the_tables_of_this_version(engine: sa.Engine) -> None:
    """An empty database is brought to the present tables, and a second run does nothing."""
    steps = migrate.upgrade(engine)

    assert steps >= 1
    assert migrate.upgrade(engine) == 0
    assert migrate.is_current(engine)
    assert migrate.differences(engine) == []


def test_every_table_exists_on_postgresql(engine: sa.Engine) -> None:
    """No table of the service is left out of the migrations."""
    migrate.upgrade(engine)
    present = set(sa.inspect(engine).get_table_names())

    assert set(METADATA.tables) - present == set()
    assert len(METADATA.tables) >= 10
