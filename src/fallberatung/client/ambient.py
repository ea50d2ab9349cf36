"""The only place on a participant's side that reads the clock or draws randomness.

Everything else takes a `Clock` and a `Random` as arguments, so that a test can hold both still.
"""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

LOCAL: Final = "Europe/Berlin"

Clock = Callable[[], datetime]
"""Tells the present moment, aware and in UTC."""

Random = Callable[[int], bytes]
"""Draws that many bytes nobody can foresee."""


def system_clock() -> datetime:
    """Return the machine's present moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251  the client's one reading of the clock


def system_random(length: int) -> bytes:
    """Return `length` bytes from the operating system's generator."""
    return os.urandom(length)  # noqa: TID251  the client's one source of randomness


def local_day(now: datetime) -> date:
    """Return the day it is in Germany, from which relative times in a text are counted."""
    return now.astimezone(ZoneInfo(LOCAL)).date()
