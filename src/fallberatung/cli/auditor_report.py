"""[blind] What a verified bundle says, in plain lines, as JSON and as a table.

Opened values come from the server. They are proven to be what it logged, not to be harmless on
a terminal, so whatever is not printable is replaced before it is shown.
"""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from rich.table import Column, Table
from rich.text import Text

from fallberatung.audit.commitment import Opening
from fallberatung.audit.jcs import parse_object
from fallberatung.audit.verify import Verified, VerifiedEntry
from fallberatung.cli.auditor_words import ACTIONS, KINDS, OUTCOMES, PURPOSES, WORDS

_TIME: Final = "%d.%m.%Y %H:%M:%S"
_DAY: Final = "%d.%m.%Y"
_ROOT_DIGITS: Final = 16


def as_lines(verified: Verified) -> list[str]:
    """Say what was proven, then count the acts."""
    facts = {
        "log": verified.origin,
        "state": WORDS["state_value"].format(
            size=verified.size, root=verified.root.hex()[:_ROOT_DIGITS]
        ),
        "range": _range(verified),
        "period": _period(verified),
        "continues": _continues(verified),
        "disclosed": _disclosed(verified),
        "made": WORDS["made_value"].format(made=verified.made.strftime(_TIME)),
    }
    shown = [f"  {WORDS[name]:<12}{value}" for name, value in facts.items() if value]
    return [WORDS["valid"], "", *shown, *_counted(verified.entries)]


def as_json(verified: Verified) -> str:
    """Say the same for a program: one line, English names, times in UTC."""
    opened, closed = _openings(verified.entries)
    return json.dumps(
        {
            "valid": True,
            "origin": verified.origin,
            "size": verified.size,
            "root": verified.root.hex(),
            "from": verified.start,
            "to": verified.end,
            "made": verified.made.isoformat(),
            "continues": verified.continues,
            "has_openings": verified.has_openings,
            "opened": opened,
            "closed": closed,
            "actions": {
                f"{action} {outcome}": count
                for (action, outcome), count in sorted(_acts(verified.entries).items())
            },
        }
    )


def as_table(verified: Verified) -> Table:
    """Show every entry in a row."""
    names = ("index", "time", "action", "outcome", "purpose", "actor", "object", "client")
    table = Table(*(Column(WORDS[f"column_{name}"], overflow="fold") for name in names))
    for entry in verified.entries:
        table.add_row(*(Text(_printable(cell)) for cell in _row(entry)))
    return table


def _range(verified: Verified) -> str:
    count = verified.end - verified.start
    if not count:
        return WORDS["range_empty"]
    return WORDS["range_value"].format(count=count, start=verified.start, end=verified.end - 1)


def _period(verified: Verified) -> str | None:
    times = [entry.leaf.at for entry in verified.entries]
    if not times:
        return None
    first, last = min(times).strftime(_TIME), max(times).strftime(_TIME)
    return WORDS["period_value"].format(first=first, last=last)


def _continues(verified: Verified) -> str:
    if verified.continues is None:
        return WORDS["continues_none"]
    return WORDS["continues_value"].format(size=verified.continues)


def _disclosed(verified: Verified) -> str:
    opened, closed = _openings(verified.entries)
    if not opened:
        return WORDS["disclosed_none"]
    return WORDS["disclosed_value"].format(opened=opened, closed=closed)


def _openings(entries: Iterable[VerifiedEntry]) -> tuple[int, int]:
    opened = committed = 0
    for entry in entries:
        committed += len(entry.leaf.commitments)
        opened += sum(isinstance(each.content, Opening) for each in entry.disclosures)
    return opened, committed - opened


def _acts(entries: Iterable[VerifiedEntry]) -> Counter[tuple[str, str]]:
    return Counter((entry.leaf.action, entry.leaf.outcome) for entry in entries)


def _counted(entries: Iterable[VerifiedEntry]) -> list[str]:
    acts = _acts(entries)
    totals: Counter[str] = Counter()
    for (action, _), count in acts.items():
        totals[action] += count
    lines = [_count_line(action, total, acts) for action, total in totals.most_common()]
    return ["", f"  {WORDS['actions']}", *lines] if lines else []


def _count_line(action: str, total: int, acts: Counter[tuple[str, str]]) -> str:
    remarks = [
        WORDS[outcome].format(count=acts[action, outcome])
        for outcome in ("denied", "failed")
        if acts[action, outcome]
    ]
    return f"    {total:>7}  {ACTIONS.get(action, action):<30}{', '.join(remarks)}".rstrip()


def _row(entry: VerifiedEntry) -> tuple[str, ...]:
    leaf = entry.leaf
    actor = _opened(entry, "actor")
    return (
        str(entry.index),
        _time(leaf.at, is_seat=actor is not None and actor.get("kind") == "seat"),
        ACTIONS.get(leaf.action, leaf.action),
        OUTCOMES[leaf.outcome],
        PURPOSES[leaf.purpose] if leaf.purpose else "",
        _actor(actor) if _has(entry, "actor") else "",
        _plain(_opened(entry, "object")) if _has(entry, "object") else "",
        _plain(_opened(entry, "client")) if _has(entry, "client") else "",
    )


def _time(at: datetime, *, is_seat: bool) -> str:
    if is_seat:
        return WORDS["hour"].format(day=at.strftime(_DAY), hour=at.hour)
    return at.strftime(_TIME)


def _has(entry: VerifiedEntry, field: str) -> bool:
    return entry.leaf.commitment(field) is not None


def _opened(entry: VerifiedEntry, field: str) -> dict[str, object] | None:
    value = entry.value(field)
    return None if value is None else dict(parse_object(value))


def _actor(actor: dict[str, object] | None) -> str:
    if actor is None:
        return WORDS["closed"]
    kind = str(actor.get("kind", ""))
    words = (KINDS.get(kind, kind), actor.get("id"), actor.get("role"))
    return " ".join(str(word) for word in words if word)


def _plain(value: dict[str, object] | None) -> str:
    if value is None:
        return WORDS["closed"]
    return " ".join(f"{name} {member}" for name, member in value.items())


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
