"""The running house: ports joined to their shelves, the writer, the readers, and the duties.

Law of the file: sealed content is loaded through a `Loader` only, and a `Loader` exists only
after the entry about reading has been committed (docs/spec/audit.md#integration).
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final, Generic, TypeVar

from fallberatung.audit.ports import Log
from fallberatung.bootstrap.calendar import calendar_of
from fallberatung.bootstrap.duties import Duties
from fallberatung.bootstrap.errors import SetupError
from fallberatung.bootstrap.pages import build_hash, built_pages
from fallberatung.bootstrap.policies import DEADLINES, Policies, read_policies
from fallberatung.bootstrap.settings import Settings
from fallberatung.crypto.custody import files
from fallberatung.crypto.sealed.b64 import b64u
from fallberatung.events import Event
from fallberatung.roundtable.procedure.ports import Account, Contents
from fallberatung.store import engine, lock, migrate
from fallberatung.store.readers import Readers
from fallberatung.store.shelves import Shelves, shelves
from fallberatung.store.writer import Writer
from fallberatung.workflow import log
from fallberatung.workflow.steps import Step
from fallberatung.workflow.work import Context, House, Work

G = TypeVar("G")
T = TypeVar("T")

_REQUEST_BYTES: Final = 9
_LOGGER: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What may be loaded once the reading stands in the log."""

    contents: Contents
    log: Log


@dataclass(frozen=True, slots=True)
class Loader(Generic[G]):
    """Leave to load, and what exactly was granted; made by `Service.audited` alone."""

    granted: G
    readers: Readers[Shelves] = field(repr=False)

    async def load(self, query: Callable[[Sealed], T]) -> T:
        """Load from a moment after the commit."""
        future = self.readers.read(lambda found: query(Sealed(found.contents, found.log)))
        return await asyncio.wrap_future(future)


@dataclass(frozen=True, slots=True)
class Service:
    """The house, open: what routes and duties speak to.

    Attributes:
        house: what does not change while it runs.
        policies: the policies in force.
        clock: tells this moment.
        writer: the one writer.
        readers: the readers.
        pages: the folder of built pages, if there is one.
        build: the hash of those pages, or empty.
        version: of this program.
    """

    house: House
    policies: Policies
    clock: Callable[[], datetime] = field(repr=False)
    writer: Writer[Work] = field(repr=False)
    readers: Readers[Shelves] = field(repr=False)
    pages: Path | None
    build: str
    version: str

    def context(
        self, address: str = "", account: Account | None = None, session: str | None = None
    ) -> Context:
        """Describe one request that arrives now."""
        request = b64u(self.house.random(_REQUEST_BYTES))
        return Context(self.house, self.clock(), request, address, account, session)

    async def write(self, step: Step[T]) -> T:
        """Take a step and return after its COMMIT.

        Raises:
            BusyError: too many steps are waiting; nothing happened.
            FallberatungError: the step was refused; its entry in the log is committed.
        """
        return await asyncio.wrap_future(self.writer.submit(step))

    async def read(self, query: Callable[[Work], T]) -> T:
        """Ask something of the shelves that holds no sealed content."""
        return await asyncio.wrap_future(self.readers.read(lambda found: query(work_of(found))))

    async def audited(self, step: Step[G]) -> Loader[G]:
        """Write the entry about reading, and only after its COMMIT hand out the loader."""
        return Loader(await self.write(step), self.readers)


def work_of(found: Shelves) -> Work:
    """Join the ports of a connection to what steps work with."""
    return Work(
        cases=found.cases,
        own_cases=found.own_cases,
        accounts=found.accounts,
        areas=found.areas,
        outbox=found.outbox,
        log=found.log,
    )


@contextmanager
def opened(
    settings: Settings,
    clock: Callable[[], datetime],
    random: Callable[[int], bytes],
    *,
    is_serving: bool = True,
) -> Iterator[Service]:
    """Open the house: take the lock, bring the database up to date, start writer and readers.

    Serving also says so in the log and starts the duties; an operator's command does neither,
    and leaves the integrator run once at its end.

    Raises:
        SetupError: not initialised.
        LockedError: another process is running.
        CustodyError: the server's keys cannot be used.
        DatabaseError: the database is of a later version.
    """
    if not settings.database.is_file():
        raise SetupError("this folder is not initialised; run `fallberatung init` first")
    with ExitStack() as stack:
        stack.enter_context(lock.held(settings.lock))
        service = _assembled(settings, clock, random, stack)
        if is_serving:
            started = log.started(service.context(), service.version, service.policies.bundle_hash)
            service.writer.submit(started).result()
            duties = Duties(service.writer, service.readers, service.context)
            stack.callback(duties.stop)
            duties.start()
            _LOGGER.info(Event.SERVICE_STARTED, extra={"version": service.version})
            stack.callback(_LOGGER.info, Event.SERVICE_STOPPED)
        else:
            stack.callback(_integrate_last, service)
        yield service


def _assembled(
    settings: Settings,
    clock: Callable[[], datetime],
    random: Callable[[int], bytes],
    stack: ExitStack,
) -> Service:
    policies = read_policies(settings.policies)
    custody = files.load(settings.keys)
    write_engine = engine.for_writing(settings.database)
    migrate.upgrade(write_engine)
    with write_engine.connect() as connection:
        areas = shelves(connection).areas
        realm, origin, area = areas.fact("realm"), areas.fact("origin"), areas.only()
    if realm is None or origin is None:
        raise SetupError("this folder is not initialised; run `fallberatung init` first")
    house = House(
        realm=realm,
        origin=origin,
        source=settings.source,
        area="" if area is None else area.area,
        custody=custody,
        random=random,
        calendar=calendar_of(policies.calendar),
        deadlines=policies.deadlines,
        deadlines_hash=policies.hashes[DEADLINES],
    )
    writer: Writer[Work] = Writer(write_engine, lambda connection: work_of(shelves(connection)))
    stack.callback(writer.close)
    readers = Readers(engine.for_reading(settings.database), shelves)
    stack.callback(readers.close)
    pages = built_pages()
    return Service(
        house, policies, clock, writer, readers, pages, build_hash(pages), version("fallberatung")
    )


def _integrate_last(service: Service) -> None:
    service.writer.submit(log.integrate_due(service.context())).result()
