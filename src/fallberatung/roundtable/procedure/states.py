"""The course of a case: one table of steps and the order of the phases.

See docs/spec/roundtable.md#states. The documentation (`docs/states.md`), the access predicate and
the state machine of the property tests are made from `STEPS`; nothing else in the house knows
which state follows which. Flags (acute, reported outside, legal hold) stand beside the states and
move nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fallberatung.roundtable.procedure.errors import TransitionError
from fallberatung.roundtable.procedure.roles import ADVISER, AUTHOR, DEPUTY, MANAGERS, SYSTEM


class State(StrEnum):
    """Where a case stands; the server sees this."""

    SUBMITTED = "submitted"
    SCREENING = "screening"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CONSULTATION = "consultation"
    TABLE_PLANNED = "table_planned"
    IN_SESSION = "in_session"
    PROTOCOL_DRAFT = "protocol_draft"
    PROTOCOL_CONFIRMED = "protocol_confirmed"
    REVIEW_DUE = "review_due"
    CLOSED = "closed"
    RETENTION = "retention"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of the table.

    Attributes:
        action: the name in the audit registry, the access policy and the route.
        from_states: where the step may begin; empty for the filing, with which a case begins.
        to_state: where it leads.
        roles: the roles at the table that may take it; `system` is a duty of the service.
    """

    action: str
    from_states: tuple[State, ...]
    to_state: State
    roles: frozenset[str]


LIVE: Final = (
    State.ACCEPTED,
    State.CONSULTATION,
    State.TABLE_PLANNED,
    State.IN_SESSION,
    State.PROTOCOL_DRAFT,
    State.PROTOCOL_CONFIRMED,
    State.REVIEW_DUE,
)
"""From acceptance until closing: the states in which the work is done."""

WRITABLE: Final = (State.SCREENING, *LIVE)
"""Where entries are appended. Epoch 1 (`submitted`) holds the case report and nothing else."""

READABLE: Final = (State.SUBMITTED, *WRITABLE, State.CLOSED, State.RETENTION)
"""Where content is served. Of what was returned, withdrawn or erased nothing is."""

_AUTHOR = frozenset({AUTHOR})
_ADVISER = frozenset({ADVISER})
_DESK = frozenset({ADVISER, DEPUTY})
_SYSTEM = frozenset({SYSTEM})

_IN, _OUT = State.SUBMITTED, State.WITHDRAWN
_AT_TABLE, _DRAFT = State.IN_SESSION, State.PROTOCOL_DRAFT
_CONFIRMED, _REVIEW = State.PROTOCOL_CONFIRMED, State.REVIEW_DUE
_SINGLE, _PLANNED = State.CONSULTATION, State.TABLE_PLANNED
_ENDS = (State.RETENTION, State.RETURNED, State.WITHDRAWN)

STEPS: Final[tuple[Step, ...]] = (
    Step("case.submit", (), _IN, _AUTHOR),
    Step("case.claim", (_IN,), State.SCREENING, _ADVISER),
    Step("case.accept", (State.SCREENING,), State.ACCEPTED, _ADVISER),
    Step("case.return", (State.SCREENING,), State.RETURNED, _ADVISER),
    Step("case.phase", (State.ACCEPTED,), _SINGLE, _DESK),
    Step("case.convene", (State.ACCEPTED, _SINGLE), _PLANNED, _DESK),
    Step("case.phase", (_PLANNED,), _AT_TABLE, MANAGERS),
    Step("case.phase", (_SINGLE, _AT_TABLE), _DRAFT, MANAGERS),
    Step("case.phase", (_DRAFT,), _CONFIRMED, MANAGERS),
    Step("case.phase", (_CONFIRMED,), _REVIEW, MANAGERS),
    Step("case.close", (_CONFIRMED, _REVIEW), State.CLOSED, MANAGERS),
    Step("case.reopen", (_REVIEW,), _AT_TABLE, MANAGERS),
    Step("case.reopen", (_REVIEW,), _SINGLE, MANAGERS),
    Step("case.withdraw", (*READABLE, State.RETURNED), _OUT, _AUTHOR),
    Step("case.archive", (State.CLOSED,), State.RETENTION, _SYSTEM),
    Step("case.erase", _ENDS, State.ERASED, _SYSTEM),
)
"""Every step there is. What is not here does not happen."""


def next_state(
    state: State, action: str, *, tables_allowed: bool, to: State | None = None
) -> State:
    """Return the state an action leads to from `state`.

    Args:
        state: where the case stands.
        action: a name of the audit registry.
        tables_allowed: the area's switch `tables = "after_screening"`; without it no edge leads
            to `table_planned`.
        to: the state wanted; needed only where one action leads to two (`case.reopen`).

    Raises:
        TransitionError: `no_such_step`, `ambiguous_step` or `tables_not_allowed`.
    """
    targets = {step.to_state for step in steps_from(state) if step.action == action}
    if to is not None:
        targets &= {to}
    if not targets:
        raise TransitionError("no_such_step")
    if len(targets) > 1:
        raise TransitionError("ambiguous_step")
    target = targets.pop()
    if target is State.TABLE_PLANNED and not tables_allowed:
        raise TransitionError("tables_not_allowed")
    return target


def steps_from(state: State) -> tuple[Step, ...]:
    """Return the steps that begin in a state, in the order of the table."""
    return tuple(step for step in STEPS if state in step.from_states)


class Phase(StrEnum):
    """Where a session stands (docs/spec/roundtable.md#phases); its clock never cuts off."""

    ROLES = "roles"
    PRESENT = "present"
    CLARIFY = "clarify"
    KEY_QUESTION = "key_question"
    METHOD = "method"
    HYPOTHESES = "hypotheses"
    RESPONSE = "response"
    IDEAS = "ideas"
    CLOSE = "close"


PHASES: Final = tuple(Phase)
"""The phases in their order."""

AUTHOR_READS_ONLY: Final = frozenset({Phase.HYPOTHESES, Phase.RESPONSE, Phase.IDEAS})
"""The phases in which the table thinks aloud and the author listens."""


def next_phase(phase: Phase) -> Phase:
    """Return the phase that follows.

    Raises:
        TransitionError: `no_such_step` after the last.
    """
    place = PHASES.index(phase) + 1
    if place == len(PHASES):
        raise TransitionError("no_such_step")
    return PHASES[place]
