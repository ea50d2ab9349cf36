"""What the table still has to mend before a protocol can be confirmed.

See docs/spec/roundtable.md#board.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from fallberatung.roundtable.deliberation.bodies import (
    CaseReport,
    Clarify,
    Confirm,
    Hypothesis,
    Idea,
    MapItem,
    NoteOn,
    PlanStep,
    Protocol,
    Response,
)
from fallberatung.roundtable.deliberation.lines import Line, Lines, Problem
from fallberatung.roundtable.deliberation.texts import ReadText
from fallberatung.roundtable.procedure.roles import AUTHOR

STATEMENTS = frozenset({"responsibility_stays", "not_discussed_with_family"})
"""What every protocol states: who remains responsible, and that the family has not been asked."""


Thought = Hypothesis[ReadText] | Response[ReadText] | Idea[ReadText]
"""What is said in the three phases in which the author listens."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A danger statement and the safety goals that answer it; exactly one is right."""

    danger: int
    goals: tuple[int, ...]


def pairs(lines: Lines) -> tuple[Pair, ...]:
    """Return every standing danger statement with its standing safety goals, in order."""
    dangers = _of_kind(lines, "danger_statement")
    goals = _of_kind(lines, "safety_goal")
    return tuple(
        Pair(
            danger.seq,
            tuple(
                goal.seq
                for goal in goals
                if lines.root(goal.body.goal_for, {danger.seq}) is not None
            ),
        )
        for danger in dangers
    )


def thoughts(lines: Lines) -> tuple[Line[Thought], ...]:
    """Return hypotheses, responses and ideas that stand, in order."""
    said: tuple[Line[Thought], ...] = (*lines.of(Hypothesis), *lines.of(Response), *lines.of(Idea))
    return tuple(sorted(said, key=lambda line: line.seq))


def find_problems(lines: Lines) -> Iterator[Problem]:
    """Yield what is missing or misplaced, rule by rule.

    `second_report`, `report_not_by_author`; `danger_without_goal`, `danger_with_several_goals`,
    `goal_without_danger`; `harm_without_time`, `harm_without_source`; `step_without_owner`,
    `step_without_due`; `answer_without_question`, `note_on_nothing`, `thought_by_author`;
    `protocol_quotes_note`, `protocol_without_statement`, `confirm_without_protocol`.
    """
    yield from _reports(lines)
    yield from _dangers(lines)
    yield from _harms(lines)
    yield from _steps(lines)
    yield from _talk(lines)
    yield from _protocols(lines)


def _reports(lines: Lines) -> Iterator[Problem]:
    for place, line in enumerate(lines.of(CaseReport)):
        if place:
            yield Problem(line.seq, "second_report")
        if line.role != AUTHOR:
            yield Problem(line.seq, "report_not_by_author")


def _dangers(lines: Lines) -> Iterator[Problem]:
    answered: set[int] = set()
    for pair in pairs(lines):
        answered.update(pair.goals)
        if not pair.goals:
            yield Problem(pair.danger, "danger_without_goal")
        if len(pair.goals) > 1:
            yield Problem(pair.danger, "danger_with_several_goals")
    for goal in _of_kind(lines, "safety_goal"):
        if goal.seq not in answered:
            yield Problem(goal.seq, "goal_without_danger")


def _harms(lines: Lines) -> Iterator[Problem]:
    for harm in _of_kind(lines, "past_harm"):
        if harm.body.when is None:
            yield Problem(harm.seq, "harm_without_time")
        if harm.body.source is None:
            yield Problem(harm.seq, "harm_without_source")


def _steps(lines: Lines) -> Iterator[Problem]:
    for step in lines.of(PlanStep):
        if step.body.owner is None:
            yield Problem(step.seq, "step_without_owner")
        if step.body.due is None:
            yield Problem(step.seq, "step_without_due")


def _talk(lines: Lines) -> Iterator[Problem]:
    clarified = lines.of(Clarify)
    questions = {line.seq for line in clarified if line.body.answers is None}
    for line in clarified:
        if line.seq not in questions and lines.root(line.body.answers, questions) is None:
            yield Problem(line.seq, "answer_without_question")
    for note in lines.of(NoteOn):
        if lines.root(note.body.on, lines.roots.values()) is None:
            yield Problem(note.seq, "note_on_nothing")
    for thought in thoughts(lines):
        if thought.role == AUTHOR:
            yield Problem(thought.seq, "thought_by_author")


def _protocols(lines: Lines) -> Iterator[Problem]:
    notes = {line.seq for line in thoughts(lines)}
    protocols = lines.of(Protocol)
    for line in protocols:
        if any(lines.root(quote, notes) is not None for quote in line.body.quotes):
            yield Problem(line.seq, "protocol_quotes_note")
        if not frozenset(line.body.statements) >= STATEMENTS:
            yield Problem(line.seq, "protocol_without_statement")
    known = {line.seq for line in protocols}
    for confirmation in lines.of(Confirm):
        if confirmation.body.protocol not in known:
            yield Problem(confirmation.seq, "confirm_without_protocol")


def _of_kind(lines: Lines, kind: str) -> tuple[Line[MapItem[ReadText]], ...]:
    return tuple(line for line in lines.of(MapItem) if line.body.kind == kind)
