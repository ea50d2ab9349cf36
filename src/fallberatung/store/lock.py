"""The lock beside the database: one process writes (docs/decisions/0008)."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from fallberatung.store.errors import DatabaseError, LockedError

_MODE: Final = 0o600


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock file until the block ends; the kernel lets go of it when the process dies.

    Raises:
        LockedError: another process holds it.
        DatabaseError: the file cannot be made here.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _MODE)
    except OSError:
        raise DatabaseError("the lock file cannot be opened") from None
    try:
        _take(handle)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LockedError("another process holds this database") from None
