"""The board: what all opened entries of a case amount to.

A fold, the same in Python and TypeScript: the shared cases in `tests/vectors/board` hold both
together. It takes no clock and no keys, drops nothing and decides nothing; what is wrong stands
among the problems.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from fallberatung.roundtable.deliberation.bodies import (
    CaseReport,
    Clarify,
    Comment,
    Confirm,
    Dissent,
    Indication,
    MapItem,
    NoteOn,
    PlanStep,
    Protocol,
)
from fallberatung.roundtable.deliberation.checks import (
    Pair,
    Thought,
    find_problems,
    pairs,
    thoughts,
)
from fallberatung.roundtable.deliberation.lines import (
    Line,
    NotDisplayable,
    Opened,
    Problem,
    join_lines,
)
from fallberatung.roundtable.deliberation.registry import Body
from fallberatung.roundtable.deliberation.rounds import Round, fold_rounds
from fallberatung.roundtable.deliberation.texts import ReadText

__all__ = ["Board", "Opened", "fold"]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the table has said, by kind, each kind in the order of first entries.

    Attributes:
        report: the case report, the first if there are several.
        worries: left column.
        strengths: middle column.
        steps: right column, safety goals and next steps.
        pairs: danger statements with the goals that answer them.
        rounds: rating rounds by number.
        band: of the latest round, None before the first.
        indications: the latest of each person.
        is_acute: whether one of the present sees acute danger.
        dissents: appraisals that differ.
        plan: plan steps.
        questions: questions and answers about the case.
        thoughts: hypotheses, responses, ideas.
        comments: free discussion.
        notes: remarks on entries.
        protocol: the latest protocol.
        confirmations: of that protocol, one per person.
        retracted: whatever was taken back.
        unknown: entries this version cannot show.
        problems: by place, then code.
    """

    report: Line[CaseReport[ReadText]] | None
    worries: tuple[Line[MapItem[ReadText]], ...]
    strengths: tuple[Line[MapItem[ReadText]], ...]
    steps: tuple[Line[MapItem[ReadText]], ...]
    pairs: tuple[Pair, ...]
    rounds: tuple[Round, ...]
    band: str | None
    indications: tuple[Line[Indication[ReadText]], ...]
    is_acute: bool
    dissents: tuple[Line[Dissent[ReadText]], ...]
    plan: tuple[Line[PlanStep[ReadText]], ...]
    questions: tuple[Line[Clarify[ReadText]], ...]
    thoughts: tuple[Line[Thought], ...]
    comments: tuple[Line[Comment[ReadText]], ...]
    notes: tuple[Line[NoteOn[ReadText]], ...]
    protocol: Line[Protocol[ReadText]] | None
    confirmations: tuple[Line[Confirm], ...]
    retracted: tuple[Line[Body], ...]
    unknown: tuple[NotDisplayable, ...]
    problems: tuple[Problem, ...]


_COLUMNS: Final = ("worry", "strength", "step")


def fold(entries: Iterable[Opened], present: Collection[bytes]) -> Board:
    """Return the board of these entries.

    Args:
        entries: opened and decoded, in any order.
        present: key ids of the members of the current epoch; only their ratings and their word
            on acute danger count.

    Raises:
        EntryBodyError: two entries with one `seq`.
    """
    lines = join_lines(entries)
    rounds, round_problems = fold_rounds(lines, present)
    problems = {*lines.problems, *round_problems, *find_problems(lines)}
    worries, strengths, steps = (
        tuple(line for line in lines.of(MapItem) if line.body.column == column)
        for column in _COLUMNS
    )
    indications = _latest_of_each(lines.of(Indication))
    protocol = next(reversed(lines.of(Protocol)), None)
    return Board(
        report=next(iter(lines.of(CaseReport)), None),
        worries=worries,
        strengths=strengths,
        steps=steps,
        pairs=pairs(lines),
        rounds=rounds,
        band=rounds[-1].band if rounds else None,
        indications=indications,
        is_acute=any(line.body.is_acute and line.writer in present for line in indications),
        dissents=lines.of(Dissent),
        plan=lines.of(PlanStep),
        questions=lines.of(Clarify),
        thoughts=thoughts(lines),
        comments=lines.of(Comment),
        notes=lines.of(NoteOn),
        protocol=protocol,
        confirmations=_confirmations(lines.of(Confirm), protocol),
        retracted=tuple(line for line in lines.lines if line.is_retracted),
        unknown=lines.unknown,
        problems=tuple(sorted(problems, key=lambda problem: (problem.seq, problem.code))),
    )


def _latest_of_each(
    lines: Iterable[Line[Indication[ReadText]]],
) -> tuple[Line[Indication[ReadText]], ...]:
    latest = {line.writer: line for line in sorted(lines, key=lambda line: line.history[-1])}
    return tuple(sorted(latest.values(), key=lambda line: line.seq))


def _confirmations(
    lines: Iterable[Line[Confirm]], protocol: Line[Protocol[ReadText]] | None
) -> tuple[Line[Confirm], ...]:
    if protocol is None:
        return ()
    first: dict[bytes, Line[Confirm]] = {}
    for line in lines:
        if line.body.protocol == protocol.seq:
            first.setdefault(line.writer, line)
    return tuple(first.values())
