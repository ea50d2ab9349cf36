"""What holds for the board of any entries, also of careless or hostile members."""

from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from counts import examples
from fakes.entry_examples import BODIES
from fallberatung.roundtable.deliberation.board import Board, Opened, fold
from fallberatung.roundtable.deliberation.decode import SHAPES, decode_shown
from fallberatung.roundtable.deliberation.ratings import lowest_of
from fallberatung.roundtable.deliberation.view import board_view
from fallberatung.roundtable.procedure.roles import ROLE_CAPS

PEOPLE = [bytes([n]) * 32 for n in range(1, 5)]
PLACES = st.integers(1, 12)


@st.composite
def entries(draw: st.DrawFn) -> list[Opened]:
    """Draw a case: up to twelve entries that refer to one another in every way."""
    count = draw(st.integers(0, 12))
    return [draw(entry(place)) for place in draw(st.permutations(range(1, count + 1)))]


@st.composite
def entry(draw: st.DrawFn, place: int) -> Opened:
    """Draw one entry: an example of a type with some references changed or taken out."""
    name = draw(st.sampled_from(sorted(BODIES)))
    body: dict[str, Any] = dict(BODIES[name])
    for key in set(body) & {"ref", "answers", "on", "goal_for", "protocol", "round"}:
        body[key] = draw(PLACES)
    if "ref" in body and name != "retraction" and draw(st.booleans()):
        del body["ref"]
    if "value" in body:
        body["value"] = draw(st.integers(0, 10))
    if "expected" in body:
        body["expected"] = PEOPLE
    if draw(st.integers(0, 9)) == 0:
        body["v"] = draw(st.sampled_from([0, 2]))
    role = draw(st.sampled_from(sorted(ROLE_CAPS)))
    writer = draw(st.sampled_from(PEOPLE))
    return Opened(place, writer, role, draw(st.sampled_from("ncp")), decode_shown(body))


def places(board: Board) -> Iterator[int]:
    """Yield the `seq` of everything the board shows somewhere."""
    groups = (board.worries, board.strengths, board.steps, board.indications, board.dissents)
    more = (board.plan, board.questions, board.thoughts, board.comments, board.notes)
    for line in (line for group in (*groups, *more, board.retracted) for line in group):
        yield from line.history
    yield from (one.seq for one in board.unknown)
    yield from (one.seq for one in board.problems)
    for asked in board.rounds:
        yield from (asked.seq, *(rating.seq for rating in asked.ratings))


@examples(100)
@given(case=entries(), present=st.sets(st.sampled_from(PEOPLE)))
def test_a_board_comes_of_any_entries_in_any_order(case: list[Opened], present: set[bytes]) -> None:
    """No mixture of entries breaks the fold, and order of arrival means nothing."""
    board = fold(case, present)

    assert board == fold(sorted(case, key=lambda one: one.seq), present)
    assert board_view(board) == board_view(fold(reversed(case), present))


@examples(100)
@given(case=entries())
def test_nothing_is_dropped_silently(case: list[Opened]) -> None:
    """Every entry of a kind that stands in a list is in a line, unknown, or a problem.

    Superseded are by design: protocols, confirmations, reports and earlier indications.
    """
    superseded = {"protocol", "confirm", "case_report", "indication"}
    kinds = {SHAPES[name].make for name in superseded}
    expected = {one.seq for one in case if type(one.body) not in kinds}

    assert expected - set(places(fold(case, PEOPLE))) == set()


@examples(100)
@given(case=entries(), present=st.sets(st.sampled_from(PEOPLE)))
def test_the_lowest_value_is_one_that_somebody_present_gave(
    case: list[Opened], present: set[bytes]
) -> None:
    """The value that decides is a minimum of present people's ratings, never computed otherwise."""
    for asked in fold(case, present).rounds:
        counted = [rating.value for rating in asked.ratings if rating.writer in present]

        assert asked.lowest == lowest_of(counted)
        assert len({rating.writer for rating in asked.ratings}) == len(asked.ratings)
        assert set(asked.missing) <= present


@examples(100)
@given(case=entries())
def test_every_danger_statement_is_paired_or_a_problem(case: list[Opened]) -> None:
    """A danger statement without exactly one goal cannot hide."""
    board = fold(case, PEOPLE)
    wrong = {pair.danger for pair in board.pairs if len(pair.goals) != 1}
    reported = {
        problem.seq
        for problem in board.problems
        if problem.code in {"danger_without_goal", "danger_with_several_goals"}
    }

    assert wrong == reported
