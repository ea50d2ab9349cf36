"""What the shelves of people and of the area promise, whatever they are made of."""

from datetime import timedelta
from typing import Any

from fakes.kept_things import (
    AREA,
    MOMENT,
    OFFICE,
    SCHOOL,
    a_sign_in,
    an_account,
    an_area,
    an_invitation,
)


def founded(found: Any) -> Any:  # noqa: ANN401  # any implementation
    """Put an area with two institutions on the shelves."""
    found.areas.found(an_area(), [SCHOOL, OFFICE])
    return found


def test_the_area_and_its_institutions_come_back(found: Any) -> None:  # noqa: ANN401  # any implementation
    """Before the founding there is none."""
    assert found.areas.only() is None

    founded(found)

    assert found.areas.only() == an_area()
    assert found.areas.organisation(AREA, "office") == OFFICE
    assert found.areas.organisation(AREA, "nowhere") is None
    assert found.areas.count_of_kind(AREA, "school") == 1
    assert found.areas.count_of_kind(AREA, "kita") == 0


def test_a_fact_is_overwritten(found: Any) -> None:  # noqa: ANN401  # any implementation
    """The last value counts."""
    assert found.areas.fact("policies") is None

    found.areas.state_fact("policies", "a")
    found.areas.state_fact("policies", "b")

    assert found.areas.fact("policies") == "b"


def test_an_account_comes_back_with_its_institution(found: Any) -> None:  # noqa: ANN401  # any implementation
    """Every column survives, roles in their order."""
    founded(found).accounts.add(an_account())

    assert found.accounts.by_user(AREA, "anna") == an_account()
    assert found.accounts.by_user(AREA, "berta") is None
    assert found.accounts.by_user("elsewhere", "anna") is None


def test_people_are_listed_by_name_and_bundles_by_key(found: Any) -> None:  # noqa: ANN401  # any implementation
    """Unknown keys are left out."""
    founded(found)
    for user in ("carla", "anna", "berta"):
        found.accounts.add(an_account(user))

    assert [each.user for each in found.accounts.everybody(AREA)] == ["anna", "berta", "carla"]
    assert list(found.accounts.bundles(AREA, [b"c" * 32, b"a" * 32, b"x" * 32])) == [
        b"bundle of anna",
        b"bundle of carla",
    ]


def test_an_invitation_opens_once(found: Any) -> None:  # noqa: ANN401  # any implementation
    """After its use nobody finds it."""
    founded(found).accounts.invite(an_invitation())

    assert found.accounts.invited(b"h" * 32) == an_invitation()
    found.accounts.use_invitation(b"h" * 32)
    assert found.accounts.invited(b"h" * 32) is None


def test_a_sign_in_lives_until_it_is_closed(found: Any) -> None:  # noqa: ANN401  # any implementation
    """It leads to its account, remembers its last use, and closing twice is fine."""
    founded(found).accounts.add(an_account())
    found.accounts.open_sign_in(a_sign_in())
    later = MOMENT + timedelta(minutes=7)

    found.accounts.keep_alive(b"z" * 32, later)

    sign_in, account = found.accounts.sign_in(b"z" * 32)
    assert (sign_in.began, sign_in.used, account) == (MOMENT, later, an_account())
    for _ in range(2):
        found.accounts.close_sign_in(b"z" * 32)
    assert found.accounts.sign_in(b"z" * 32) is None


def test_sweeping_forgets_old_and_unused_sign_ins(found: Any) -> None:  # noqa: ANN401  # any implementation
    """Either limit suffices; what is within both stays."""
    founded(found).accounts.add(an_account())
    found.accounts.open_sign_in(a_sign_in())
    minute = timedelta(minutes=1)

    assert found.accounts.sweep(MOMENT, MOMENT) == 0
    assert found.accounts.sweep(MOMENT, MOMENT + minute) == 1
    found.accounts.open_sign_in(a_sign_in())
    assert found.accounts.sweep(MOMENT + minute, MOMENT) == 1
