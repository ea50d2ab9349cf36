"""Entries as lines that were edited and taken back: what stands now, and where it came from.

An edit is an entry of the same type with `ref`, a retraction the same without words; both point at
any entry of the line. Nothing is lost: a line keeps the `seq` of all its entries. Whatever breaks
a rule changes nothing and becomes a problem that the board shows.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, Literal, TypeVar, cast

from fallberatung.roundtable.deliberation.errors import EntryBodyError
from fallberatung.roundtable.deliberation.registry import (
    RET_OF_TYPE,
    TYPE_OF,
    Body,
    Retraction,
    Unknown,
)

B_co = TypeVar("B_co", covariant=True)
Some = TypeVar("Some", bound=Body)

SHARED_LINES: Final = frozenset({"map_item", "plan_step"})
"""What the table writes together: everybody may edit it. All else its writer alone edits."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One opened entry, as the client has checked it.

    Attributes:
        seq: place in the case.
        writer: key id that signed it.
        role: of the writer in the epoch of the entry.
        ret: retention class in the header.
        body: what it says.
    """

    seq: int
    writer: bytes
    role: str
    ret: str
    body: Body | Retraction | Unknown


@dataclass(frozen=True, slots=True)
class Problem:
    """Something at `seq` that the table should know or mend; `code` is looked up in the catalogue.

    The codes stand where they are found: in this module, `rounds` and `checks`.
    """

    seq: int
    code: str


@dataclass(frozen=True, slots=True)
class Line(Generic[B_co]):
    """What one entry and its edits say now.

    Attributes:
        seq: of the first entry; other entries refer to the line by it.
        writer: of the first entry.
        role: of that writer.
        body: as it stands after the last edit.
        history: the `seq` of first entry, edits and retraction, ascending.
        is_retracted: whether it was taken back; the body is then the last one there was.
    """

    seq: int
    writer: bytes
    role: str
    body: B_co
    history: tuple[int, ...]
    is_retracted: bool = False


@dataclass(frozen=True, slots=True)
class NotDisplayable:
    """An entry this version cannot show, in its place."""

    seq: int
    writer: bytes
    role: str
    unknown: Unknown


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a case in the order of their first entries.

    Attributes:
        lines: the retracted ones among them.
        unknown: what could not be shown.
        problems: found while lines were put together.
        roots: `seq` of every entry of a line to the `seq` of its first entry.
    """

    lines: tuple[Line[Body], ...]
    unknown: tuple[NotDisplayable, ...]
    problems: tuple[Problem, ...]
    roots: dict[int, int]

    def of(self, kind: type[Some]) -> tuple[Line[Some], ...]:
        """Return the lines of one type that stand."""
        standing = (line for line in self.lines if not line.is_retracted)
        return tuple(cast("Line[Some]", line) for line in standing if isinstance(line.body, kind))

    def root(self, seq: int | None, among: Collection[int]) -> int | None:
        """Return the line an entry belongs to if it is one of `among`, else None."""
        root = None if seq is None else self.roots.get(seq)
        return root if root in among else None


def join_lines(entries: Iterable[Opened]) -> Lines:
    """Put entries together into lines, whatever order they come in.

    Raises:
        EntryBodyError: two entries with one `seq`.
    """
    ordered = sorted(entries, key=lambda entry: entry.seq)
    _check_places(ordered)
    lines: dict[int, Line[Body]] = {}
    roots: dict[int, int] = {}
    unknown: list[NotDisplayable] = []
    problems: list[Problem] = []
    for entry in ordered:
        if isinstance(entry.body, Unknown):
            unknown.append(NotDisplayable(entry.seq, entry.writer, entry.role, entry.body))
            continue
        if entry.ret != RET_OF_TYPE[_type(entry.body)]:
            problems.append(Problem(entry.seq, "wrong_ret"))
        ref = getattr(entry.body, "ref", None)
        line = _begun(entry) if ref is None else _continued(entry, lines.get(roots.get(ref, 0)))
        if isinstance(line, str):
            problems.append(Problem(entry.seq, line))
            continue
        lines[line.seq] = line
        roots[entry.seq] = line.seq
    return Lines(tuple(lines.values()), tuple(unknown), tuple(problems), roots)


def _check_places(ordered: Sequence[Opened]) -> None:
    if len({entry.seq for entry in ordered}) != len(ordered):
        raise EntryBodyError("two entries at one place")


def _begun(entry: Opened) -> Line[Body]:
    return Line(entry.seq, entry.writer, entry.role, cast("Body", entry.body), (entry.seq,))


_Refusal = Literal["edit_of_nothing", "edit_of_other_type", "edit_by_other", "edit_of_retracted"]


def _continued(entry: Opened, line: Line[Body] | None) -> Line[Body] | _Refusal:
    if line is None:
        return "edit_of_nothing"
    t = _type(line.body)
    if t != _type(entry.body):
        return "edit_of_other_type"
    if t not in SHARED_LINES and entry.writer != line.writer:
        return "edit_by_other"
    if line.is_retracted:
        return "edit_of_retracted"
    history = (*line.history, entry.seq)
    if isinstance(entry.body, Retraction):
        return replace(line, history=history, is_retracted=True)
    return replace(line, history=history, body=cast("Body", entry.body))


def _type(body: Body | Retraction | Unknown) -> str:
    return body.t if isinstance(body, Retraction | Unknown) else TYPE_OF[type(body)]
