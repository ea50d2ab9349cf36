"""Rating rounds on the board: a dot per person, the spread, the lowest value, the band.

Thin for now: ratings are read from `rating_reveal` without a commitment before it, so a round is
not blind yet. Of several ratings of one person in one round the first stands.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from fallberatung.roundtable.deliberation.bodies import RatingReveal, RatingRound
from fallberatung.roundtable.deliberation.lines import Line, Lines, Problem
from fallberatung.roundtable.deliberation.ratings import chosen_band, lowest_of, spread_of
from fallberatung.roundtable.deliberation.texts import ReadText
from fallberatung.roundtable.procedure.roles import MANAGERS


@dataclass(frozen=True, slots=True)
class Rating:
    """One dot: who, in which role, where on the scale and why.

    `counts` is false for who is not at the table any more.
    """

    seq: int
    writer: bytes
    role: str
    value: int
    reason: ReadText
    counts: bool


@dataclass(frozen=True, slots=True)
class Round:
    """A rating round as it stands.

    Attributes:
        number: from 1.
        seq: of the entry that opened it.
        closes: closing time, Unix seconds; nothing here knows what time it is.
        ratings: in the order they were given.
        missing: key ids of expected present members without a rating, ascending.
        spread: lowest and highest rating that counts, None without one.
        lowest: the value that counts, None with fewer than two.
        band: key of the band for the review date.
    """

    number: int
    seq: int
    closes: int
    ratings: tuple[Rating, ...]
    missing: tuple[bytes, ...]
    spread: tuple[int, int] | None
    lowest: int | None
    band: str


def fold_rounds(
    lines: Lines, present: Collection[bytes]
) -> tuple[tuple[Round, ...], tuple[Problem, ...]]:
    """Return the rounds in the order of their numbers, and what is wrong with them.

    Problems: `round_not_by_manager`, `round_number_taken`, `rating_without_round`,
    `rating_not_expected`, `rating_twice`. An entry with one of them changes no round.
    """
    opened, problems = _opened(lines.of(RatingRound))
    given: dict[int, dict[bytes, Rating]] = {number: {} for number in opened}
    for line in lines.of(RatingReveal):
        code = _refusal(line, opened, given)
        if code is not None:
            problems.append(Problem(line.seq, code))
            continue
        body = line.body
        given[body.round][line.writer] = Rating(
            line.seq, line.writer, line.role, body.value, body.reason, line.writer in present
        )
    rounds: list[Round] = []
    for number in sorted(opened):
        earlier = [one.lowest for one in rounds]
        rounds.append(_round(opened[number], given[number].values(), present, earlier))
    return tuple(rounds), tuple(problems)


def _opened(
    asked: Iterable[Line[RatingRound]],
) -> tuple[dict[int, Line[RatingRound]], list[Problem]]:
    opened: dict[int, Line[RatingRound]] = {}
    problems: list[Problem] = []
    for line in asked:
        if line.role not in MANAGERS:
            problems.append(Problem(line.seq, "round_not_by_manager"))
        elif line.body.number in opened:
            problems.append(Problem(line.seq, "round_number_taken"))
        else:
            opened[line.body.number] = line
    return opened, problems


def _refusal(
    line: Line[RatingReveal[ReadText]],
    opened: dict[int, Line[RatingRound]],
    given: dict[int, dict[bytes, Rating]],
) -> str | None:
    asked = opened.get(line.body.round)
    if asked is None or asked.seq > line.seq:
        return "rating_without_round"
    if line.writer not in asked.body.expected:
        return "rating_not_expected"
    return "rating_twice" if line.writer in given[line.body.round] else None


def _round(
    asked: Line[RatingRound],
    ratings: Collection[Rating],
    present: Collection[bytes],
    earlier: Iterable[int | None],
) -> Round:
    values = [rating.value for rating in ratings if rating.counts]
    awaited = set(asked.body.expected) & set(present)
    lowest = lowest_of(values)
    return Round(
        asked.body.number,
        asked.seq,
        asked.body.closes,
        tuple(ratings),
        tuple(sorted(awaited - {rating.writer for rating in ratings})),
        spread_of(values),
        lowest,
        chosen_band(lowest, earlier),
    )
