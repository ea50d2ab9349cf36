"""What `policies/deadlines.toml` says, and what it may not say."""

import copy
import tomllib
from pathlib import Path
from typing import Any

import pytest

from fallberatung.roundtable.deliberation.ratings import band_of
from fallberatung.roundtable.procedure.errors import PolicyFileError
from fallberatung.roundtable.procedure.policy import BANDS, read_deadline_policy

FILE = Path(__file__).resolve().parents[3] / "policies" / "deadlines.toml"

BREAKAGES = [
    (("bands", "weeks_2", "low"), 2),
    (("bands", "weeks_2", "high"), 5),
    (("bands", "weeks_2", "low"), "3"),
    (("bands", "weeks_2", "low"), True),
    (("bands", "weeks_2", "unit"), "hours"),
    (("bands", "weeks_2", "count"), 0),
    (("bands", "weeks_2", "text"), "{name}"),
    (("bands", "weeks_2", "text"), "{how"),
    (("bands", "weeks_2", "colour"), "red"),
    (("bands", "weeks_3"), {}),
    (("bands", "closing"), None),
    (("duties", "screening", "unit"), "moons"),
    (("duties", "screening", "count"), -1),
    (("duties", "screening", "urgent"), 0),
    (("duties", "screening"), 1),
    (("explain", "shifted"), 3),
    (("explain", "shifted"), "{why}"),
    (("explain", "one", "weeks"), None),
    (("explain", "greeting"), "Hallo"),
    (("feast",), {}),
]


def shipped() -> dict[str, Any]:
    """Return the parsed file."""
    return tomllib.loads(FILE.read_text("utf-8"))


def broken(path: tuple[str, ...], value: object) -> dict[str, Any]:
    """Return the file with one place changed, or taken out with None."""
    table = copy.deepcopy(shipped())
    place = table
    for key in path[:-1]:
        place = place[key]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return table


def test_the_bands_of_the_file_are_those_members_check() -> None:
    """The server's file and the client's rule put every rating into the same band."""
    policy = read_deadline_policy(shipped())
    bands = {value: b.key for b in policy.bands for value in range(b.low, b.high + 1)}

    assert bands == {value: band_of(value) for value in range(11)}
    assert tuple(band.key for band in policy.bands) == BANDS


def test_the_lengths_are_those_of_the_specification() -> None:
    """The defaults that the specification names ship."""
    policy = read_deadline_policy(shipped())
    screening, table = policy.duty("screening"), policy.duty("round_table_held")

    assert (screening.unit, screening.count, screening.urgent_count) == ("working_days", 1, None)
    assert (table.count, table.urgent_count) == (10, 3)
    assert [band.count for band in policy.bands] == [1, 2, 4, 12, 0]
    assert len(policy.duties) >= 15


def test_a_duty_nobody_wrote_down_is_no_duty() -> None:
    """Asking for an unknown duty fails instead of inventing a length."""
    with pytest.raises(PolicyFileError):
        read_deadline_policy(shipped()).duty("coffee")


@pytest.mark.parametrize(("path", "value"), BREAKAGES)
def test_a_broken_file_is_refused_before_it_computes_anything(
    path: tuple[str, ...], value: object
) -> None:
    """Gaps, overlaps, unknown keys, wrong kinds and unfilled slots are found when it is read."""
    with pytest.raises(PolicyFileError) as refused:
        read_deadline_policy(broken(path, value))

    assert str(value) not in str(refused.value) or not isinstance(value, str)
    assert len(BREAKAGES) >= 15
