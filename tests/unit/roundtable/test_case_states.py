"""What the table of steps promises."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from fallberatung.audit.actions import ACTIONS
from fallberatung.roundtable.procedure.errors import TransitionError
from fallberatung.roundtable.procedure.roles import ROLE_CAPS, SYSTEM
from fallberatung.roundtable.procedure.states import (
    PHASES,
    STEPS,
    Phase,
    State,
    next_phase,
    next_state,
    steps_from,
)

ROOT = Path(__file__).resolve().parents[3]

THIN_LINE = (
    ("case.claim", State.SCREENING),
    ("case.accept", State.ACCEPTED),
    ("case.convene", State.TABLE_PLANNED),
    ("case.phase", State.IN_SESSION),
    ("case.phase", State.PROTOCOL_DRAFT),
    ("case.phase", State.PROTOCOL_CONFIRMED),
    ("case.phase", State.REVIEW_DUE),
    ("case.close", State.CLOSED),
    ("case.archive", State.RETENTION),
    ("case.erase", State.ERASED),
)


def states_script() -> ModuleType:
    """Load the script as a module."""
    spec = importlib.util.spec_from_file_location("states", ROOT / "scripts" / "states.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_case_goes_from_filing_to_erasure() -> None:
    """The usual way of a case with a round table leads through the table to the end."""
    state = State.SUBMITTED
    for action, wanted in THIN_LINE:
        state = next_state(state, action, tables_allowed=True)

        assert state == wanted


def test_every_edge_of_the_specification_exists_and_no_other() -> None:
    """The pairs of states are those of docs/spec/roundtable.md."""
    edges = {
        (str(source), str(step.to_state))
        for step in STEPS
        for source in step.from_states
        if step.action != "case.withdraw"
    }

    assert edges == {
        ("submitted", "screening"),
        ("screening", "accepted"),
        ("screening", "returned"),
        ("accepted", "consultation"),
        ("accepted", "table_planned"),
        ("table_planned", "in_session"),
        ("consultation", "protocol_draft"),
        ("in_session", "protocol_draft"),
        ("protocol_draft", "protocol_confirmed"),
        ("protocol_confirmed", "review_due"),
        ("protocol_confirmed", "closed"),
        ("review_due", "in_session"),
        ("review_due", "consultation"),
        ("review_due", "closed"),
        ("consultation", "table_planned"),
        ("closed", "retention"),
        ("retention", "erased"),
        ("returned", "erased"),
        ("withdrawn", "erased"),
    }


@pytest.mark.parametrize("state", [State.ACCEPTED, State.CONSULTATION])
def test_no_edge_leads_to_a_table_where_tables_are_not_allowed(state: State) -> None:
    """An area with `adviser_only` cannot convene."""
    with pytest.raises(TransitionError) as refused:
        next_state(state, "case.convene", tables_allowed=False)

    assert refused.value.reason == "tables_not_allowed"


def test_an_action_with_two_ends_asks_which() -> None:
    """After a review the case goes back to the table or to the single consultation."""
    with pytest.raises(TransitionError) as refused:
        next_state(State.REVIEW_DUE, "case.reopen", tables_allowed=True)
    wanted = next_state(State.REVIEW_DUE, "case.reopen", tables_allowed=True, to=State.CONSULTATION)

    assert refused.value.reason == "ambiguous_step"
    assert wanted == State.CONSULTATION


@pytest.mark.parametrize(
    ("state", "action", "to"),
    [
        (State.SUBMITTED, "case.accept", None),
        (State.SCREENING, "case.claim", None),
        (State.ERASED, "case.withdraw", None),
        (State.WITHDRAWN, "case.withdraw", None),
        (State.CLOSED, "case.reopen", None),
        (State.ACCEPTED, "case.phase", State.IN_SESSION),
        (State.ACCEPTED, "case.shred", None),
    ],
)
def test_what_is_not_in_the_table_does_not_happen(
    state: State, action: str, to: State | None
) -> None:
    """A step outside the table is refused with its code."""
    with pytest.raises(TransitionError) as refused:
        next_state(state, action, tables_allowed=True, to=to)

    assert refused.value.reason == "no_such_step"


def test_nothing_follows_erasure_and_every_other_state_has_a_way_on() -> None:
    """Erased is the only end."""
    ends = {state for state in State if not steps_from(state)}

    assert ends == {State.ERASED}


def test_every_step_is_named_by_the_audit_registry_and_taken_by_known_roles() -> None:
    """An action has one name in table, log and policy."""
    assert {step.action for step in STEPS} <= set(ACTIONS)
    assert frozenset().union(*(step.roles for step in STEPS)) <= {*ROLE_CAPS, SYSTEM}
    assert len(STEPS) >= 15


def test_the_document_is_made_from_the_table() -> None:
    """The page in docs says what the code does, today."""
    script = states_script()

    assert script.DOCUMENT.read_text(encoding="utf-8") == script.render()
    assert script.main(["--check"]) == 0


def test_phases_follow_each_other_to_the_last() -> None:
    """Nine phases in one order, and nothing after the last."""
    phase = PHASES[0]
    walked = [phase]
    for _ in PHASES[1:]:
        phase = next_phase(phase)
        walked.append(phase)
    with pytest.raises(TransitionError):
        next_phase(Phase.CLOSE)

    assert tuple(walked) == PHASES
    assert len(PHASES) == 9
