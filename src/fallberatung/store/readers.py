"""A few threads that only read; each query sees one consistent moment."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, Generic, TypeVar

import sqlalchemy as sa

THREADS: Final = 4

W = TypeVar("W")
T = TypeVar("T")


class Readers(Generic[W]):
    """Runs queries on connections that refuse every write.

    Args:
        engine: from `engine.for_reading`.
        bind: makes the ports for one connection.
    """

    def __init__(self, engine: sa.Engine, bind: Callable[[sa.Connection], W]) -> None:
        self._engine = engine
        self._bind = bind
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="reader")

    def read(self, query: Callable[[W], T]) -> Future[T]:
        """Run a query in a transaction of its own that is never committed."""
        return self._pool.submit(self._run, query)

    def close(self) -> None:
        """Finish running queries and close the connections."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._engine.dispose()

    def _run(self, query: Callable[[W], T]) -> T:
        with self._engine.connect() as connection:
            return query(self._bind(connection))
