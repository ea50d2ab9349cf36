"""Every contract runs over each implementation; PostgreSQL joins by one more parameter."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fakes.memory_shelves import MemoryShelves
from fallberatung.store import engine, migrate
from fallberatung.store.shelves import shelves


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an empty database once; each test gets a copy."""
    path = tmp_path_factory.mktemp("empty") / "empty.sqlite3"
    made = engine.for_writing(path)
    migrate.upgrade(made)
    made.dispose()
    return path


@pytest.fixture(params=["memory", "sqlite"])
def found(request: pytest.FixtureRequest, tmp_path: Path, empty_database: Path) -> Iterator[Any]:
    """Return all shelves, bound to one open transaction."""
    if request.param == "memory":
        yield MemoryShelves()
        return
    path = tmp_path / "contract.sqlite3"
    shutil.copyfile(empty_database, path)
    made = engine.for_writing(path)
    with made.begin() as connection:
        yield shelves(connection)
    made.dispose()
