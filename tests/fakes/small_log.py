"""Builders of the audit room's tests: keys, occurrences and a log that has been integrated."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from fakes.memory_log import MemoryLog
from fallberatung.audit.entry import Actor, Entry, Occurrence, make_entry
from fallberatung.audit.integrate import Sign, found_log, integrate
from fallberatung.audit.outbox import outbox_row
from fallberatung.audit.policy import LogPolicy
from fallberatung.audit.sign import log_policy, sign_checkpoint
from fallberatung.crypto.custody.keys import Custody

ORIGIN = "rat.example/audit/1"
NOON = datetime(2026, 11, 21, 12, 0, 0, 250_000, UTC)
CASES = ("qGn3Bw4ZbTz0Vj1oYc8e2A", "1mXw9pQeRt7uYi3oPa5sDg", "zZ8yX7wV6uT5sR4qP3oN2A")


def stream(seed: str) -> Callable[[int], bytes]:
    """Random bytes that are the same in every run of this seed."""
    count = 0

    def draw(length: int) -> bytes:
        nonlocal count
        count += 1
        return hashlib.shake_256(f"{seed}/{count}".encode()).digest(length)

    return draw


def custody(seed: str = "house") -> Custody:
    """Server keys that follow from the seed."""
    random = stream(seed)
    return Custody(random(32), random(32), random(32), random(32))


def signer(keys: Custody) -> Sign:
    """The callable that the integrator signs with."""
    return lambda size, root: sign_checkpoint(keys, ORIGIN, size, root)


def policy(keys: Custody | None = None) -> LogPolicy:
    """What somebody trusts who trusts these keys."""
    return log_policy(keys or custody(), ORIGIN)


def occurrence(number: int, at: datetime = NOON) -> Occurrence:
    """One of three kinds of act: a read, a denied read, a sign-in."""
    when = at + timedelta(seconds=number)
    user = Actor(f"u{number % 7}", "adviser", "user", session="s1")
    client = {"ip": f"10.0.0.{number % 9}"}
    if number % 3 == 2:
        return Occurrence("auth.login", "ok", user, when, "app1", client=client)
    return Occurrence(
        "case.read",
        "denied" if number % 3 else "ok",
        user,
        when,
        "app1",
        why="BERATUNG",
        object={"case": CASES[number % 3], "n": number + 1},
        client=client,
        detail={"from": 1, "to": number},
        request=f"r{number}",
    )


def seat_occurrence(at: datetime = NOON) -> Occurrence:
    """An author files a case, with everything a careless caller might hand over."""
    return Occurrence(
        "case.submit",
        "ok",
        Actor("pSeUdOnYmOfASeat0123456", "author", "seat", session="s9"),
        at,
        "app1",
        object={"case": CASES[0], "n": 1},
        client={"ip": "192.0.2.7"},
        detail={"record": "A" * 43, "seq": 2},
        request="r9",
    )


def add(log: MemoryLog, made: Entry, at: datetime = NOON) -> None:
    """Leave an entry in the outbox."""
    log.add(outbox_row(made, at))


def entries(count: int, seed: str = "entries") -> list[Entry]:
    """That many entries."""
    random = stream(seed)
    return [make_entry(occurrence(number), random) for number in range(count)]


def a_log(count: int, *, seed: str = "entries", keys: Custody | None = None) -> MemoryLog:
    """A founded log with that many leaves, integrated in one batch."""
    log, sign = MemoryLog(), signer(keys or custody())
    found_log(log, ORIGIN, sign, NOON)
    grow(log, count, seed=seed, keys=keys)
    return log


def grow(log: MemoryLog, count: int, *, seed: str = "entries", keys: Custody | None = None) -> None:
    """Add that many entries and integrate them."""
    for made in entries(count, seed):
        add(log, made)
    integrate(log, signer(keys or custody()), NOON + timedelta(hours=1), stream(seed + "/order"))
