"""Random walks through the table of steps."""

from hypothesis import given
from hypothesis import strategies as st

from counts import examples
from fallberatung.roundtable.procedure.errors import TransitionError
from fallberatung.roundtable.procedure.states import STEPS, State, next_state, steps_from

ACTIONS = sorted({step.action for step in STEPS})


@examples(100)
@given(
    choices=st.lists(st.tuples(st.sampled_from(ACTIONS), st.sampled_from([None, *State]))),
    tables=st.booleans(),
)
def test_a_walk_never_leaves_the_table(
    *, choices: list[tuple[str, State | None]], tables: bool
) -> None:
    """Whatever is asked for in whatever order, each move taken is a row of the table."""
    state = State.SUBMITTED
    for action, wanted in choices:
        rows = {step.to_state for step in steps_from(state) if step.action == action}
        try:
            reached = next_state(state, action, tables_allowed=tables, to=wanted)
        except TransitionError:
            allowed = rows & ({wanted} if wanted else rows)
            assert len(allowed) != 1 or (allowed == {State.TABLE_PLANNED} and not tables)
            continue

        assert reached in rows
        assert wanted in {None, reached}
        assert tables or reached != State.TABLE_PLANNED
        assert state != State.ERASED
        state = reached


@examples(100)
@given(picks=st.lists(st.integers(min_value=0, max_value=10**6), max_size=40))
def test_the_author_may_withdraw_wherever_a_walk_has_come(picks: list[int]) -> None:
    """Withdrawing works in every state before the end, and its end is erasure."""
    state = State.SUBMITTED
    for pick in picks:
        steps = steps_from(state)
        if not steps:
            break
        state = steps[pick % len(steps)].to_state
    if state in {State.ERASED, State.WITHDRAWN}:
        return
    state = next_state(state, "case.withdraw", tables_allowed=False)

    assert next_state(state, "case.erase", tables_allowed=False) == State.ERASED
