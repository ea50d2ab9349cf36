"""[seeing] Prints each step of the walk: what a person sees, and beside it what the server saw."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, cast

from rich.columns import Columns
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from fallberatung.cli import demo_words as words
from fallberatung.cli.demo_facts import actor_of, facts_table, requests_table
from fallberatung.cli.demo_house import operate
from fallberatung.cli.demo_steps import (
    Audited,
    Deliberated,
    Pseudonymised,
    ReadBack,
    Request,
    Screened,
    Sent,
)
from fallberatung.client.casefile import CaseFile
from fallberatung.client.dates import ReviewSet
from fallberatung.client.readback import ShownLine

SHORT: Final = 8
"""Characters of a key or hash that are enough to recognise it."""


class Show:
    """The audience that prints on a terminal."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def show(self, step: object, requests: Sequence[Request]) -> None:
        """Print one step under its heading, then the requests it really sent."""
        self.console.rule(words.TITLES[type(step).__name__])
        _PRINTERS[type(step)](self.console, step)
        self.console.print()
        self.console.print(requests_table(requests))


def _pseudonymised(console: Console, step: Pseudonymised) -> None:
    original = Text("\n\n".join(text for _, text in step.fields))
    outcome = Text("\n\n".join(each.text for each in step.release.texts.values()))
    half = max(console.width // 2 - 2, 30)
    console.print(
        Columns(
            [
                Panel(original, title=words.ORIGINAL, width=half),
                Panel(outcome, title=words.RELEASED, width=half),
            ]
        )
    )
    console.print(_findings(step))
    console.print(_by_hand(step))
    found, added = len(step.proposal.findings), len(step.decisions.marked)
    console.print(words.LIST_READ.format(found=found, added=added))
    if step.proposal.risks:
        console.print(words.RISKS)
    for risk in step.proposal.risks:
        console.print(
            words.RISK.format(reason=risk.reason, advice=risk.advice, count=risk.count),
            markup=False,
        )


def _findings(step: Pseudonymised) -> Table:
    texts = dict(step.fields)
    table = _table(words.FINDINGS, words.FINDING_COLUMNS)
    for each in step.proposal.findings:
        surface = texts[each.field][each.start : each.end]
        becomes = each.replacement or words.STRUCK
        cells = (str(each.number), surface, each.category, becomes, ", ".join(each.recognisers))
        table.add_row(*map(Text, cells))
    return table


def _by_hand(step: Pseudonymised) -> Table | str:
    if not step.decisions.marked:
        return words.NO_BY_HAND
    texts = dict(step.fields)
    table = _table(words.BY_HAND, words.BY_HAND_COLUMNS)
    for mark in step.decisions.marked:
        surface = texts[mark.field][mark.start : mark.end]
        table.add_row(*map(Text, (surface, mark.category, mark.replacement or words.STRUCK)))
    return table


def _sent(console: Console, step: Sent) -> None:
    filing, filed = step.prepared.filing, step.filed
    console.print(
        words.SENT.format(
            code=filed.code,
            state=filed.state,
            seat=step.prepared.seat_key.hex()[:SHORT],
            advisers=step.prepared.advisers,
        )
    )
    console.print(words.RECEIPT.format(entry=filed.receipt.entry_id.hex()[:SHORT]))
    told = Text("\n").join(
        (
            Text(
                words.TOLD_BASIS.format(
                    basis=filing.legal_basis, urgency=filing.urgency, frame=filing.frame
                )
            ),
            Text(
                words.TOLD_RECEIPT.format(
                    policy=filing.receipt.policy[:SHORT],
                    version=filing.receipt.version,
                    unresolved=filing.receipt.unresolved,
                )
            ),
        )
    )
    console.print(Panel(told, title=words.TOLD))


def _screened(console: Console, step: Screened) -> None:
    console.print(words.CLAIMED)
    report = step.screening.report
    opened = [*([report.account] if report.account else []), *report.questions]
    console.print(Panel(Text("\n\n".join(each.text for each in opened)), title=words.OPENED))
    count = len(step.screening.proposal.findings)
    console.print(words.SCREENED_MARKS.format(count=count) if count else words.SCREENED_CLEAN)
    console.print(words.ACCEPTED)
    console.print(facts_table(step.file))


def _seated(console: Console, step: CaseFile) -> None:
    console.print(words.SEATED.format(members=len(step.members)))
    for member in step.members:
        role = words.ROLES.get(member.role, member.role)
        key = member.key_id.hex()[:SHORT]
        console.print("  " + words.MEMBER.format(role=role, cap=member.cap, key=key))
    console.print(facts_table(step))


def _deliberated(console: Console, step: Deliberated) -> None:
    console.print(_board(words.BOARD, step.lines))
    if step.lowest is None:
        console.print(words.NO_LOWEST)
    else:
        console.print(words.LOWEST.format(lowest=step.lowest))
    console.print(facts_table(step.file))


def _review(console: Console, step: ReviewSet) -> None:
    band = words.BANDS.get(step.band, step.band)
    if step.due is None:
        console.print(words.NO_DUE.format(band=band))
    else:
        console.print(words.DUE.format(due=step.due.strftime("%d.%m.%Y"), band=band))
    console.print(words.WHY.format(explanation=step.explanation), markup=False)
    console.print(words.PICKED)


def _audited(console: Console, step: Audited) -> None:
    verified = step.export.verified
    console.print(words.AUDITED.format(size=verified.size))
    table = _table(None, words.AUDIT_COLUMNS)
    for entry in verified.entries:
        leaf = entry.leaf
        at = leaf.at.strftime("%H:%M:%S")
        table.add_row(str(entry.index), at, leaf.action, leaf.outcome, actor_of(entry))
    console.print(table)
    entry_id = step.receipt.entry_id.hex()[:SHORT]
    told = words.NOT_HELD if step.is_filing_in_log else words.HELD
    console.print(told.format(entry=entry_id))
    console.print(Panel(Text(step.receipt.note.strip()), title=words.RECEIPT_TEXT))
    console.print(words.AUDIT_COMMAND)
    arguments = ("audit", "verify", str(step.bundle), "--policy", str(step.policy))
    console.print(Panel(Text(operate(arguments).strip())))
    console.print(words.FILES.format(bundle=step.bundle, policy=step.policy), markup=False)


def _read_back(console: Console, step: ReadBack) -> None:
    console.print(words.READ_BACK)
    console.print(_board(None, step.lines))
    console.print(facts_table(step.file))


def _board(title: str | None, lines: Sequence[ShownLine]) -> Table:
    table = Table(title=title, show_header=False, expand=True)
    for ratio in (2, 2, 5):
        table.add_column(ratio=ratio, overflow="fold")
    for line in lines:
        kind, _, value = line.kind.partition(" ")
        label = f"{words.KINDS.get(kind, kind)} {value}".strip()
        role = words.ROLES.get(line.role, line.role)
        table.add_row(Text(label), Text(role), Text(line.text))
    return table


def _table(title: str | None, columns: Sequence[str]) -> Table:
    table = Table(title=title)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


# Each printer takes the class it is listed under; the one call above keeps the pairs together.
_PRINTERS: Final = cast(
    "Mapping[type, Callable[[Console, object], None]]",
    {
        Pseudonymised: _pseudonymised,
        Sent: _sent,
        Screened: _screened,
        CaseFile: _seated,
        Deliberated: _deliberated,
        ReviewSet: _review,
        Audited: _audited,
        ReadBack: _read_back,
    },
)
