"""The one writer: a thread, a connection, and a commit for many commands (docs/decisions/0008).

Law of the file: nobody is answered before COMMIT. Commands queue while the previous batch
commits; a batch is sorted by area, case and arrival, so that several processes take the rows of
cases in one order; each command runs in its own savepoint and fails alone. A refused command is
rolled back and then says so in the log, in the same transaction. When the batch as a whole cannot
be committed, nothing of it happened, and its commands run again one by one.
"""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from fallberatung.events import Event
from fallberatung.store.errors import BusyError

MOST_IN_BATCH: Final = 64
MOST_QUEUED: Final = 1_000

W_contra = TypeVar("W_contra", contravariant=True)
T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")
V = TypeVar("V")

_LOGGER: Final = logging.getLogger(__name__)


class Command(Protocol[W_contra, T_co]):
    """Something to do in one transaction.

    `area` and `case` place it in its batch; a command about no case leaves `case` empty.
    """

    @property
    def area(self) -> str:
        """The area, or empty."""
        ...

    @property
    def case(self) -> bytes:
        """The case, or empty."""
        ...

    def run(self, work: W_contra) -> T_co:
        """Do it; whatever it raises undoes all it did."""
        ...

    def refused(self, work: W_contra, error: Exception) -> None:
        """Write down that it was refused; runs after everything `run` did is undone."""
        ...


@dataclass(slots=True)
class _Queued(Generic[V]):
    command: Command[V, Any]
    number: int
    answer: Future[Any] = field(default_factory=Future)
    result: Any = None
    error: Exception | None = None

    @property
    def place(self) -> tuple[str, bytes, int]:
        return self.command.area, self.command.case, self.number

    def tell(self) -> None:
        if self.error is not None:
            self.answer.set_exception(self.error)
        else:
            self.answer.set_result(self.result)


class Writer(Generic[V]):
    """Runs commands one after the other and commits them in groups.

    Args:
        engine: from `engine.for_writing`; the writer closes it.
        bind: makes the ports for the writer's connection.
        most_queued: how many commands may wait before `submit` refuses.
    """

    def __init__(
        self,
        engine: sa.Engine,
        bind: Callable[[sa.Connection], V],
        most_queued: int = MOST_QUEUED,
    ) -> None:
        self._engine = engine
        self._bind = bind
        self._queue: queue.Queue[_Queued[V] | None] = queue.Queue(most_queued)
        self._closing = threading.Lock()
        self._is_closed = False
        self._arrivals = 0
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def submit(self, command: Command[V, T]) -> Future[T]:
        """Queue a command; the future is done after its COMMIT, or when nothing of it happened.

        Raises:
            BusyError: the queue is full or closed; nothing was queued.
        """
        with self._closing:
            if self._is_closed:
                raise BusyError("the writer is closed")
            self._arrivals += 1
            queued: _Queued[V] = _Queued(command, self._arrivals)
            try:
                self._queue.put_nowait(queued)
            except queue.Full:
                raise BusyError("the writer's queue is full") from None
        return queued.answer

    def close(self) -> None:
        """Finish what is queued, take nothing more, and end the thread."""
        with self._closing:
            is_first = not self._is_closed
            self._is_closed = True
        if is_first:
            self._queue.put(None)
        self._thread.join()
        self._engine.dispose()

    def _work(self) -> None:
        while True:
            batch, is_last = self._next_batch()
            if batch:
                self._commit(batch)
            if is_last:
                return

    def _next_batch(self) -> tuple[list[_Queued[V]], bool]:
        batch: list[_Queued[V]] = []
        waiting: _Queued[V] | None = self._queue.get()
        while waiting is not None:
            if waiting.answer.set_running_or_notify_cancel():
                batch.append(waiting)
            if len(batch) == MOST_IN_BATCH or self._queue.empty():
                return batch, False
            waiting = self._queue.get_nowait()
        return batch, True

    def _commit(self, batch: list[_Queued[V]]) -> None:
        batch.sort(key=lambda queued: queued.place)
        try:
            self._in_one_transaction(batch)
        except Exception as error:  # noqa: BLE001  # whatever it was, each caller must be answered
            if len(batch) == 1:
                batch[0].result, batch[0].error = None, error
            else:
                _LOGGER.warning(
                    Event.BATCH_FAILED,
                    extra={"commands": len(batch), "error_class": type(error).__name__},
                )
                for queued in batch:
                    self._commit([queued])
                return
        for queued in batch:
            queued.tell()

    def _in_one_transaction(self, batch: Sequence[_Queued[V]]) -> None:
        with self._engine.begin() as connection:
            work = self._bind(connection)
            for queued in batch:
                queued.result = queued.error = None
                try:
                    with connection.begin_nested():
                        queued.result = queued.command.run(work)
                except Exception as error:  # noqa: BLE001  # a command fails alone
                    _reraise_if_database_failed(error)
                    queued.error = error
                    self._refuse(connection, work, queued)

    def _refuse(self, connection: sa.Connection, work: V, queued: _Queued[V]) -> None:
        error = queued.error
        if error is None:
            return
        try:
            with connection.begin_nested():
                queued.command.refused(work, error)
        except Exception as second:  # noqa: BLE001  # the refusal stands even if it cannot be logged
            _reraise_if_database_failed(second)
            _LOGGER.critical(Event.AUDIT_UNAVAILABLE, extra={"error_class": type(second).__name__})


def _reraise_if_database_failed(error: Exception) -> None:
    # A broken rule of the schema is the command's own mistake; anything else that the database
    # says (locked, full, gone, deadlock) concerns the transaction as a whole.
    if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError):
        raise error
