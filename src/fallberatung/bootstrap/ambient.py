"""The one place of the server where the clock is read and randomness is drawn."""

import secrets  # noqa: TID251  # this is the place the rule sends people to
from datetime import UTC, datetime


def clock() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251  # this is the place the rule sends people to


def random(length: int) -> bytes:
    """Return fresh bytes of the operating system's generator."""
    return secrets.token_bytes(length)
