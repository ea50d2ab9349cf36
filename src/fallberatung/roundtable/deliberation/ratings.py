"""The safety scale: spread and lowest value, and the band that follows; nothing is averaged.

0 = cannot stay there now, 10 = safe enough for the consultation to end. The lowest value of at
least two present members counts, as a precaution (docs/spec/roundtable.md#ratings).
"""

from collections.abc import Iterable, Sequence
from typing import Final

ENOUGH: Final = 2
"""One person alone sets no band."""

_HIGHEST_OF_BAND: Final = (
    (2, "call_back"),
    (4, "weeks_2"),
    (6, "weeks_4"),
    (8, "weeks_12"),
    (10, "closing"),
)


def band_of(lowest: int | None) -> str:
    """Return the band of a lowest rating from 0 to 10; without one `call_back`, the most careful.

    A test holds that these are the bands of `policies/deadlines.toml`: the server offers a date
    for each, and members check the one that was picked.
    """
    value = 0 if lowest is None else lowest
    return next(band for highest, band in _HIGHEST_OF_BAND if value <= highest)


def lowest_of(values: Sequence[int]) -> int | None:
    """Return the lowest value that counts, None with fewer than two values."""
    return min(values) if len(values) >= ENOUGH else None


def spread_of(values: Sequence[int]) -> tuple[int, int] | None:
    """Return lowest and highest, None without values."""
    return (min(values), max(values)) if values else None


def chosen_band(lowest: int | None, earlier: Iterable[int | None]) -> str:
    """Return the band of a round: of its lowest value, else of the lowest of earlier rounds.

    Args:
        lowest: of this round, None with fewer than two ratings that count.
        earlier: the lowest values of the rounds before it.
    """
    if lowest is not None:
        return band_of(lowest)
    return band_of(min((value for value in earlier if value is not None), default=None))
