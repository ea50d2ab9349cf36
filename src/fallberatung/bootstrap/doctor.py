"""Whether an installation is in order: looks at everything, changes nothing, opens no content."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from fallberatung.audit.leaf import milliseconds
from fallberatung.bootstrap.pages import built_pages
from fallberatung.bootstrap.policies import read_policies
from fallberatung.bootstrap.settings import Settings
from fallberatung.crypto.custody import files
from fallberatung.crypto.sealed.roster import parse_roster
from fallberatung.errors import FallberatungError
from fallberatung.store import engine, lock, migrate
from fallberatung.store.errors import LockedError
from fallberatung.store.shelves import Shelves, shelves

LAG_MS: Final = 60_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what was found, in a few words."""

    name: str
    is_good: bool
    words: str


def examine(settings: Settings, now: datetime) -> tuple[Finding, ...]:
    """Look at everything, each for itself: one bad thing hides no other."""
    looks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("keys", lambda: _keys(settings)),
        ("policies", lambda: _policies(settings)),
        ("pages", _pages),
        ("process", lambda: _process(settings)),
    )
    return (*(_found(name, look) for name, look in looks), *_database(settings, now))


def _found(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, look())  # noqa: FBT003  # the claim reads best in place
    except FallberatungError as error:
        return Finding(name, False, str(error))  # noqa: FBT003  # the claim reads best in place


def _keys(settings: Settings) -> str:
    files.load(settings.keys)
    return "present, for the owner alone"


def _policies(settings: Settings) -> str:
    policies = read_policies(settings.policies)
    return f"{len(policies.hashes)} files, {policies.bundle_hash[:16]}"


def _pages() -> str:
    return "built" if built_pages() is not None else "not built; the API works without them"


def _process(settings: Settings) -> str:
    if not settings.lock.is_file():
        return "not running"
    try:
        with lock.held(settings.lock):
            return "not running"
    except LockedError:
        return "running"


def _database(settings: Settings, now: datetime) -> Iterator[Finding]:
    if not settings.database.is_file():
        yield Finding("database", is_good=False, words="missing; run `fallberatung init`")
        return
    reading = engine.for_reading(settings.database)
    try:
        is_current = migrate.is_current(reading)
        words = "of this version" if is_current else "of another version"
        yield Finding("database", is_good=is_current, words=words)
        if is_current:
            with reading.connect() as connection:
                found = shelves(connection)
                yield _found("area", lambda: _area(found, now))
                yield _log(found, now)
    finally:
        reading.dispose()


def _area(found: Shelves, now: datetime) -> str:
    area = found.areas.only()
    if area is None:
        return "not founded yet"
    seconds = int(now.timestamp())
    roster = parse_roster(area.roster, institution_key=area.institution_key, now=seconds)
    until = datetime.fromtimestamp(roster.expires, UTC).date()
    return f"{area.area}, desk roster until {until}"


def _log(found: Shelves, now: datetime) -> Finding:
    head = found.log.head()
    if head is None:
        return Finding("log", is_good=False, words="never founded")
    now_ms = milliseconds(now)
    oldest = found.log.oldest_due_ms(now_ms)
    lag = 0 if oldest is None else now_ms - oldest
    is_good = lag <= LAG_MS and found.log.checkpoint() is not None
    return Finding("log", is_good=is_good, words=f"{head.size} entries, lag {lag // 1000} s")
