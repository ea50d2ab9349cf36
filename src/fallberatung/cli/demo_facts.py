"""[seeing] What the server saw: requests as sent, facts as answered, records as stored."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from rich.table import Table
from rich.text import Text

from fallberatung.cli import demo_words as words
from fallberatung.cli.demo_steps import Request
from fallberatung.client.casefile import CaseFile
from fallberatung.client.dsb import VerifiedEntry

CASE_IN_PATH: Final = re.compile(r"/cases/[A-Za-z0-9_-]{22}")
SHORT: Final = 8


def requests_table(requests: Sequence[Request]) -> Table | Text:
    """Lay out requests by person and route, alike ones in one row with the sum of their bytes."""
    if not requests:
        return Text(f"{words.SERVER_SAW}: {words.NOTHING_SENT}")
    table = Table(title=words.SERVER_SAW)
    for column in words.REQUEST_COLUMNS:
        table.add_column(column, overflow="fold")
    groups: dict[tuple[str, str, int], list[Request]] = {}
    for each in requests:
        route = f"{each.exchange.method} {CASE_IN_PATH.sub('/cases/{case}', each.exchange.path)}"
        groups.setdefault((each.user, route, each.exchange.status), []).append(each)
    for (user, route, status), group in groups.items():
        many = f"{words.TIMES.format(count=len(group))} " if len(group) > 1 else ""
        sent = sum(len(each.exchange.sent) for each in group)
        received = sum(each.exchange.received for each in group)
        sizes = (words.BYTES.format(count=count) for count in (sent, received))
        table.add_row(*map(Text, (user, many + route, *sizes, str(status))))
    return table


def facts_table(file: CaseFile) -> Table:
    """Lay out the closed list of what the server knows of a case, from its own answer."""
    facts = file.facts.model_dump()
    table = Table(title=words.FACTS, show_header=False)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for name, form in words.FACT_ROWS:
        table.add_row(name, Text(form.format(**facts)))
    members = "\n".join(
        f"{each.key_id.hex()[:SHORT]}… {each.cap} {each.role}" for each in file.facts.members
    )
    table.add_row(words.FACT_MEMBERS, Text(members))
    deadlines = "\n".join(
        words.FACT_DEADLINE.format(kind=each.kind, due=each.due, band=each.band)
        for each in file.facts.deadlines
    )
    table.add_row(words.FACT_DEADLINES, Text(deadlines or words.NO_CLASS))
    table.add_row(words.FACT_RECORDS, Text(_records(file)))
    return table


def actor_of(entry: VerifiedEntry) -> str:
    """Name who acted as far as the export discloses it: kind, role and an opaque id."""
    value = entry.value("actor")
    if value is None:
        return words.NO_CLASS
    actor = json.loads(value)
    return " ".join(str(actor[key])[:12] for key in ("kind", "role", "id") if key in actor)


def _records(file: CaseFile) -> str:
    alike = Counter((each.kind, each.epoch, each.ret, each.size_class) for each in file.links)
    return "\n".join(
        words.FACT_RECORD.format(
            count=count,
            kind=words.KINDS[kind],
            epoch=epoch,
            ret=ret or words.NO_CLASS,
            size=size,
        )
        for (kind, epoch, ret, size), count in alike.items()
    )
