"""What the shelves of cases promise, whatever they are made of."""

from typing import Any

from fakes.kept_things import (
    AREA,
    CASE,
    OTHER,
    SCHOOL,
    a_case,
    a_deadline,
    a_member,
    a_record,
    an_account,
    an_answer,
    an_area,
    moved,
)


def founded(found: Any) -> Any:  # noqa: ANN401  # any implementation
    """Put an area and a case on the shelves."""
    found.areas.found(an_area(), [SCHOOL])
    found.cases.add(a_case())
    return found


def test_a_case_comes_back_as_it_was_kept(found: Any) -> None:  # noqa: ANN401  # any implementation
    """Every column survives."""
    founded(found)

    assert found.cases.find(AREA, CASE) == a_case()
    assert found.cases.find(AREA, OTHER) is None
    assert found.cases.find("elsewhere", CASE) is None


def test_acts_are_counted_from_one_without_gaps(found: Any) -> None:  # noqa: ANN401  # any implementation
    """Each touch counts once, and an unknown case counts nothing."""
    founded(found)

    assert [found.cases.touch(AREA, CASE) for _ in range(3)] == [1, 2, 3]
    assert found.cases.touch(AREA, OTHER) is None


def test_advancing_moves_the_chain_and_the_state_and_nothing_else(found: Any) -> None:  # noqa: ANN401  # any implementation
    """What an author filed stays what was filed."""
    founded(found)
    after = moved(
        a_case(),
        state="screening",
        phase="present",
        session=2,
        head=b"h" * 32,
        seq=3,
        epoch=2,
        epoch_why="claim",
        is_convened=True,
    )

    found.cases.advance(after)

    assert found.cases.find(AREA, CASE) == after


def test_a_code_is_given_once_and_for_ever(found: Any) -> None:  # noqa: ANN401  # any implementation
    """The second taker is told no, in this area."""
    assert found.cases.take_code(AREA, "7Q-M2") is True
    assert found.cases.take_code(AREA, "7Q-M2") is False
    assert found.cases.take_code("elsewhere", "7Q-M2") is True


def test_records_come_back_in_order_and_within_bounds(found: Any) -> None:  # noqa: ANN401  # any implementation
    """Both ends of a run are included."""
    founded(found)
    for seq in (1, 2, 3, 4):
        found.cases.add_record(AREA, CASE, a_record(seq))

    assert list(found.contents.records(AREA, CASE, 2, 3)) == [a_record(2), a_record(3)]
    assert list(found.contents.records(AREA, OTHER, 1, 9)) == []


def test_members_are_those_of_the_current_epoch(found: Any) -> None:  # noqa: ANN401  # any implementation
    """Who left is no member, who stays with another role has the new one."""
    founded(found)
    found.cases.set_members(AREA, CASE, 1, [a_member(b"b"), a_member(b"a")])
    found.cases.set_members(AREA, CASE, 2, [a_member(b"a", "deputy"), a_member(b"c")])

    assert list(found.cases.members(AREA, CASE)) == [a_member(b"a", "deputy"), a_member(b"c")]
    assert list(found.cases.ever_members(AREA, CASE)) == [b"a" * 32, b"b" * 32, b"c" * 32]


def test_somebody_who_left_may_come_back(found: Any) -> None:  # noqa: ANN401  # any implementation
    """The same key may be a member of epochs 1 and 3."""
    founded(found)
    for epoch, letters in ((1, b"ab"), (2, b"a"), (3, b"ab")):
        members = [a_member(bytes([letter])) for letter in letters]
        found.cases.set_members(AREA, CASE, epoch, members)

    assert list(found.cases.members(AREA, CASE)) == [a_member(b"a"), a_member(b"b")]


def test_cases_are_found_by_their_present_members(found: Any) -> None:  # noqa: ANN401  # any implementation
    """A case disappears from the list of whoever left it."""
    founded(found)
    found.cases.add(a_case(OTHER, "0A-00"))
    for case in (CASE, OTHER):
        found.cases.set_members(AREA, case, 1, [a_member(b"a")])
    found.cases.set_members(AREA, CASE, 2, [a_member(b"b")])

    assert [case.code for case in found.cases.with_member(AREA, b"a" * 32)] == ["0A-00"]
    assert [case.code for case in found.cases.with_member(AREA, b"b" * 32)] == ["7Q-M2"]


def test_the_first_answer_is_found_by_the_last_record(found: Any) -> None:  # noqa: ANN401  # any implementation
    """Word for word."""
    founded(found)
    found.cases.acknowledge(AREA, CASE, an_answer(b"2" * 32))

    assert found.cases.acknowledged(AREA, CASE, b"2" * 32) == an_answer(b"2" * 32)
    assert found.cases.acknowledged(AREA, CASE, b"1" * 32) is None


def test_a_deadline_replaces_the_one_of_its_session(found: Any) -> None:  # noqa: ANN401  # any implementation
    """One date per kind and session, the next one first."""
    founded(found)
    for deadline in (a_deadline(24), a_deadline(10, session=2), a_deadline(7)):
        found.cases.set_deadline(AREA, CASE, deadline)

    assert list(found.cases.deadlines(AREA, CASE)) == [a_deadline(7), a_deadline(10, session=2)]


def test_own_cases_are_told_to_their_account_only(found: Any) -> None:  # noqa: ANN401  # any implementation
    """Asking for another account finds nothing."""
    founded(found)
    found.accounts.add(an_account())
    found.own_cases.add(AREA, CASE, b"a" * 16)

    assert found.own_cases.is_own(AREA, CASE, b"a" * 16)
    assert not found.own_cases.is_own(AREA, CASE, b"b" * 16)
    assert list(found.own_cases.of(AREA, b"a" * 16)) == [a_case()]
    assert list(found.own_cases.of(AREA, b"b" * 16)) == []
