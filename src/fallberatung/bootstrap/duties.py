"""What the house does without being asked: keep the log integrated, and show that it lives.

Thin for now: two duties in one thread of the one process; duty rows come with several processes.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from fallberatung.audit.leaf import milliseconds
from fallberatung.events import Event
from fallberatung.store.readers import Readers
from fallberatung.store.shelves import Shelves
from fallberatung.store.writer import Writer
from fallberatung.workflow import log
from fallberatung.workflow.work import Context, Work

EVERY: Final = 0.2
"""Seconds between two looks at the outbox."""
HEARTBEAT: Final = timedelta(hours=1)
ALARM: Final = timedelta(seconds=10)
"""From this lag on the operator is told."""
SLOWER: Final = 25
"""How many times longer the pause is after a failure: 5 seconds."""
PATIENCE: Final = 30.0
"""Seconds a duty waits for the writer before it gives up and tries again."""

_LOGGER: Final = logging.getLogger(__name__)


class Duties:
    """A thread that runs the duties until it is stopped; a failed duty is tried again."""

    def __init__(
        self,
        writer: Writer[Work],
        readers: Readers[Shelves],
        context: Callable[[], Context],
        every: float = EVERY,
    ) -> None:
        self._writer = writer
        self._readers = readers
        self._context = context
        self._every = every
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="duties", daemon=True)
        self._last_beat: datetime | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the duty at hand and integrate what is still due."""
        self._is_over.set()
        self._thread.join()
        self._try("integrate", self._integrate)

    def _go_on(self) -> None:
        pause = self._every
        while not self._is_over.wait(pause):
            went_well = [
                self._try("integrate", self._integrate),
                self._try("heartbeat", self._beat),
            ]
            # A duty that fails at every try must not fill the operator's log.
            pause = self._every if all(went_well) else self._every * SLOWER

    def _try(self, duty: str, run: Callable[[], None]) -> bool:
        try:
            run()
        except Exception as error:  # noqa: BLE001  # a failed duty must not end the others
            _LOGGER.error(  # noqa: TRY400  # the text of an exception is never logged
                Event.DUTY_FAILED, extra={"duty": duty, "error_class": type(error).__name__}
            )
            return False
        return True

    def _integrate(self) -> None:
        context = self._context()
        lag = self._readers.read(
            lambda found: found.log.oldest_due_ms(milliseconds(context.now))
        ).result()
        if lag is None:
            return
        waited = timedelta(milliseconds=milliseconds(context.now) - lag)
        if waited > ALARM:
            _LOGGER.warning(Event.LOG_LAGGING, extra={"lag_seconds": int(waited.total_seconds())})
        self._writer.submit(log.integrate_due(context)).result(PATIENCE)

    def _beat(self) -> None:
        context = self._context()
        if self._last_beat is None:
            self._last_beat = context.now
        if context.now - self._last_beat >= HEARTBEAT:
            self._writer.submit(log.heartbeat(context)).result(PATIENCE)
            self._last_beat = context.now
