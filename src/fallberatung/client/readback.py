"""The author reads what the table made of the case, with the real names, on this device only.

The names come from the correspondence in the author's own vault. Nothing made here is ever sent.
"""

from dataclasses import dataclass

from fallberatung.client.casefile import CaseFile, read_case
from fallberatung.client.drafting import with_names
from fallberatung.client.errors import VaultFileError
from fallberatung.client.hands import Hands
from fallberatung.client.table import board
from fallberatung.roundtable.deliberation.board import Board


@dataclass(frozen=True, slots=True, repr=False)
class ShownLine:
    """One line to read: the kind of entry, the writer's role, the words."""

    kind: str
    role: str
    text: str

    def __repr__(self) -> str:
        return f"ShownLine({self.kind!r}, {self.role!r})"


def lines_of(shown: Board) -> tuple[ShownLine, ...]:
    """Lay the board out as lines in reading order: report, map, ratings."""
    lines: list[ShownLine] = []
    if shown.report is not None:
        report = shown.report.body
        texts = [*([report.account] if report.account else []), *report.questions]
        lines += [ShownLine("case_report", shown.report.role, each.text) for each in texts]
    for line in (*shown.worries, *shown.strengths, *shown.steps):
        lines.append(ShownLine(line.body.kind, line.role, line.body.text.text))
    for one in shown.rounds:
        lines += [
            ShownLine(f"rating {rating.value}", rating.role, rating.reason.text)
            for rating in one.ratings
        ]
    return tuple(lines)


def read_own(hands: Hands, case: bytes) -> tuple[CaseFile, tuple[ShownLine, ...]]:
    """Open an own case and put the real names back into every line.

    Raises:
        VaultFileError: this person did not file the case, or the vault does not know its names.
    """
    seat = hands.belongings.seat_of(case)
    if seat is None:
        raise VaultFileError("this vault did not file that case")
    file = read_case(hands, case)
    return file, tuple(
        ShownLine(line.kind, line.role, with_names(line.text, seat.correspondence))
        for line in lines_of(board(file))
    )
