"""The safety scale and the band that follows."""

import pytest

from fallberatung.roundtable.deliberation.ratings import (
    band_of,
    chosen_band,
    lowest_of,
    spread_of,
)


@pytest.mark.parametrize(
    ("values", "lowest", "spread"),
    [
        ([], None, None),
        ([4], None, (4, 4)),
        ([4, 4], 4, (4, 4)),
        ([4, 4, 5, 3, 4, 5], 3, (3, 5)),
        ([10, 0], 0, (0, 10)),
    ],
)
def test_the_lowest_of_at_least_two_counts(
    values: list[int], lowest: int | None, spread: tuple[int, int] | None
) -> None:
    """One person alone decides nothing, and a mean is never taken."""
    assert lowest_of(values) == lowest
    assert spread_of(values) == spread


def test_every_place_on_the_scale_has_its_band() -> None:
    """0 to 2 call back, 3 and 4 two weeks, 5 and 6 four, 7 and 8 twelve, then closing."""
    bands = [band_of(value) for value in range(11)]

    assert bands == [
        *["call_back"] * 3,
        *["weeks_2"] * 2,
        *["weeks_4"] * 2,
        *["weeks_12"] * 2,
        *["closing"] * 2,
    ]
    assert band_of(None) == "call_back"


@pytest.mark.parametrize(
    ("lowest", "earlier", "band"),
    [
        (7, [], "weeks_12"),
        (7, [1], "weeks_12"),
        (None, [], "call_back"),
        (None, [None, None], "call_back"),
        (None, [5, None, 9], "weeks_4"),
    ],
)
def test_without_enough_ratings_the_lowest_of_earlier_rounds_decides(
    lowest: int | None, earlier: list[int | None], band: str
) -> None:
    """An empty round does not make a case safer, and without any rating somebody calls back."""
    assert chosen_band(lowest, earlier) == band
