"""A board as plain JSON values, for the vectors both implementations share and for export.

Byte strings are lower-case hexadecimal, days `YYYY-MM-DD`. Absent values and empty lists are left
out, so that a later field changes no file. The words of people stand in it in the clear: it is
shown or written on the reader's own device and goes nowhere else.
"""

from dataclasses import fields, is_dataclass
from datetime import date

from fallberatung.roundtable.deliberation.board import Board
from fallberatung.roundtable.deliberation.lines import Line, NotDisplayable
from fallberatung.roundtable.deliberation.registry import TYPE_OF
from fallberatung.roundtable.deliberation.texts import ReadText

NOT_DISPLAYABLE = "not_displayable"
"""The code a page looks up to say that this version cannot show an entry."""


def board_view(board: Board) -> dict[str, object]:
    """Return the board as nested dicts, lists, strings, integers and booleans."""
    return _keys(board)


def _keys(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise TypeError("no value of a board")
    parts = {field.name: getattr(value, field.name) for field in fields(value)}
    shown = {name: _shown(part) for name, part in parts.items()}
    return {name: part for name, part in shown.items() if part is not None and part != []}


def _shown(part: object) -> object:
    if isinstance(part, ReadText):
        return part.text
    if isinstance(part, bytes):
        return part.hex()
    if isinstance(part, date):
        return part.isoformat()
    if isinstance(part, tuple):
        return [_shown(one) for one in part]
    if part is None or isinstance(part, bool | int | str):
        return part
    return _special(part)


def _special(part: object) -> dict[str, object]:
    if isinstance(part, NotDisplayable):
        about = {"t": part.unknown.t, "v": part.unknown.v, "because": part.unknown.code}
        who = {"seq": part.seq, "writer": part.writer.hex(), "role": part.role}
        return {**who, "code": NOT_DISPLAYABLE, **about}
    if isinstance(part, Line):
        own = _keys(part.body)
        own.pop("ref", None)
        line = _keys(part)
        return {**line, "body": {"t": TYPE_OF[type(part.body)], **own}}
    return _keys(part)
