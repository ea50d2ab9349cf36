"""A case goes all the way, and the names in it reach nobody but its author."""

import base64
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, cast

import pytest

from fallberatung.cli.demo_house import PROGRAM
from fallberatung.cli.demo_steps import (
    Audited,
    Deliberated,
    Pseudonymised,
    ReadBack,
    Screened,
    Sent,
    Stage,
)
from fallberatung.cli.demo_town import Folders
from fallberatung.client.author import FiledCase
from fallberatung.client.casefile import CaseFile
from fallberatung.client.dates import ReviewSet
from fallberatung.crypto.sealed.b64 import b64u

NAMES = ("Quendolina", "Zwetschgenrode", "Kowalski", "Marek")
"""Names of the text; the first two exist nowhere but in the journey's story."""


class Passed(Protocol):
    """One request and its answer."""

    url: str
    headers: bytes
    sent: bytes
    received: bytes
    token: str


class Recorder(Protocol):
    """The network's memory."""

    passed: list[Passed]


class Notebook(Protocol):
    """The walk's steps."""

    steps: dict[str, object]


class Journey(Protocol):
    """What the fixture gives."""

    stage: Stage
    folders: Folders
    notebook: Notebook
    recorder: Recorder
    filed: FiledCase
    snapshot: Path


def spellings(name: str) -> Iterator[bytes]:
    """Spell a name the ways it could hide: plain, wide, hex, base64 at each of three offsets."""
    for word in (name, name.lower(), name.upper()):
        plain = word.encode()
        yield plain
        yield word.encode("utf-16-le")
        yield word.encode("utf-16-be")
        yield plain.hex().encode()
        yield plain.hex().upper().encode()
        for offset in range(3):
            # Of unaligned text only the whole groups of base64 are the same everywhere.
            padded = bytes(offset) + plain
            whole = padded[: len(padded) - len(padded) % 3]
            yield base64.b64encode(whole)[4 if offset else 0 :]


def found_in(content: bytes) -> list[str]:
    """Name whatever of the names stands in these bytes, in any spelling."""
    return [name for name in NAMES if any(each in content for each in spellings(name))]


def files_of(folder: Path) -> list[Path]:
    """List every file below a folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("before", range(3))
def test_the_search_finds_a_name_in_every_spelling(name: str, before: int) -> None:
    """The positive control: planted among other bytes, each spelling is found."""
    planted = [
        name.encode(),
        name.upper().encode(),
        name.encode("utf-16-le"),
        name.encode("utf-16-be"),
        name.encode().hex().encode(),
        base64.b64encode(b"x" * before + name.encode() + b" yyy"),
        base64.urlsafe_b64encode(b"x" * before + name.encode() + b" yyy"),
    ]
    missed = [each for each in planted if name not in found_in(b"\x01\x02" + each + b"\x03")]

    assert missed == []


def test_the_search_finds_a_name_planted_in_the_database(journey: Journey, tmp_path: Path) -> None:
    """The positive control on the real file: one page of a copy is enough."""
    copy = bytearray((journey.snapshot / "house" / "fallberatung.sqlite3").read_bytes())
    middle = len(copy) // 2
    copy[middle : middle + 14] = b"Zwetschgenrode"

    assert found_in(bytes(copy)) == ["Zwetschgenrode"]


def test_no_device_sent_a_name(journey: Journey) -> None:
    """Not in a body, an address or a header of any request, nor in any answer."""
    passed = journey.recorder.passed
    leaks = [
        each.url
        for each in passed
        if found_in(each.url.encode() + each.headers + each.sent + each.received)
    ]

    assert leaks == []
    assert len(passed) > 80
    assert sum(len(each.sent) for each in passed) > 20_000


def test_no_file_of_the_house_holds_a_name(journey: Journey) -> None:
    """Database, its log, keys, log lines, exported bundle: byte for byte, in every spelling."""
    house = files_of(journey.snapshot / "house")
    around = [journey.snapshot / name for name in ("serve.out", "serve.err", "audit-bundle.tar")]
    leaks = [path.name for path in (*house, *around) if found_in(path.read_bytes())]

    assert leaks == []
    assert {"fallberatung.sqlite3", "fallberatung.sqlite3-wal"} <= {path.name for path in house}
    assert sum(path.stat().st_size for path in house) > 100_000
    assert (journey.snapshot / "serve.err").stat().st_size > 1_000


def test_the_vaults_at_home_hold_no_name_in_clear(journey: Journey) -> None:
    """What is kept to put the names back is sealed on the author's device too."""
    vaults = files_of(journey.snapshot / "people")

    assert [path.name for path in vaults if found_in(path.read_bytes())] == []
    assert len(vaults) == 6


def test_the_released_text_holds_no_name_and_keeps_the_case(journey: Journey) -> None:
    """Nothing of the roster is left, and what was observed still is."""
    step = cast("Pseudonymised", journey.notebook.steps["Pseudonymised"])
    text = "\n".join(each.text for each in step.release.texts.values())

    assert found_in(text.encode()) == []
    assert "blau-gelben Fleck" in text
    assert "fast jeden Montag zu spät" in text


def test_the_table_reads_labels_and_the_author_reads_names(journey: Journey) -> None:
    """The same board: the moderator sees roles, the author's own device puts the names in."""
    table = cast("Deliberated", journey.notebook.steps["Deliberated"])
    own = cast("ReadBack", journey.notebook.steps["ReadBack"])
    told = "\n".join(line.text for line in own.lines)

    assert found_in("\n".join(line.text for line in table.lines).encode()) == []
    assert found_in(told.encode()) != []
    assert "Quendolina" in told
    assert "Lea" in told


def test_the_adviser_opened_what_the_author_released(journey: Journey) -> None:
    """Word for word, nothing lost on the way."""
    written = cast("Pseudonymised", journey.notebook.steps["Pseudonymised"])
    screened = cast("Screened", journey.notebook.steps["Screened"])
    account = screened.screening.report.account

    assert account is not None
    assert account.text == written.release.texts["account"].text


def test_newcomers_hold_epoch_1_and_not_the_talk_before(journey: Journey) -> None:
    """Moderator and Kita were granted exactly the first epoch."""
    file = cast("CaseFile", journey.notebook.steps["CaseFile"])

    assert [epoch.key is not None for epoch in file.view.epochs] == [True, False, True]
    assert {member.role for member in file.members} == {
        "author",
        "adviser",
        "deputy",
        "moderator",
        "participant",
    }


def test_the_lowest_rating_sets_the_review_date(journey: Journey) -> None:
    """Three out of ten means two weeks, and the service knows the day."""
    deliberated = cast("Deliberated", journey.notebook.steps["Deliberated"])
    review = cast("ReviewSet", journey.notebook.steps["ReviewSet"])
    own = cast("ReadBack", journey.notebook.steps["ReadBack"])

    assert (deliberated.lowest, review.band) == (3, "weeks_2")
    assert "Wochen" in review.explanation
    assert [(each.due, each.band) for each in own.file.facts.deadlines] == [(review.due, "weeks_2")]


def test_the_log_verifies_and_the_filing_is_held_or_in_it(journey: Journey) -> None:
    """The export proves itself; the author's entry waits for the full hour under its receipt."""
    audited = cast("Audited", journey.notebook.steps["Audited"])
    sent = cast("Sent", journey.notebook.steps["Sent"])
    actions = {entry.leaf.action for entry in audited.export.verified.entries}
    waits = audited.receipt.entry_id not in {
        entry.leaf.entry_id for entry in audited.export.verified.entries
    }

    assert {"case.claim", "case.accept", "case.convene", "case.read", "deadline.set"} <= actions
    assert waits is not audited.is_filing_in_log
    assert audited.receipt == sent.filed.receipt


def test_the_command_line_verifies_the_bundle_and_refuses_a_forged_one(
    journey: Journey, tmp_path: Path
) -> None:
    """An auditor without a key gets the same answer, and one changed byte another."""
    bundle = journey.snapshot / "audit-bundle.tar"
    policy = journey.snapshot / "audit-policy.txt"
    forged = tmp_path / "forged.tar"
    content = bundle.read_bytes()
    forged.write_bytes(content.replace(b"case.claim", b"case.close"))
    codes = [
        subprocess.run(
            [*PROGRAM, "audit", "verify", str(path), "--policy", str(policy)],
            capture_output=True,
            check=False,
        ).returncode
        for path in (bundle, forged)
    ]

    assert b"case.claim" in content
    assert codes == [0, 1]


def test_nobody_else_is_told_who_filed(journey: Journey) -> None:
    """No answer about cases to another person holds the author's account or directory key."""
    author = journey.stage.hands("lehrkraft")
    mine = f"Bearer {author.house._token}"
    traces = [
        b64u(author.account.uid).encode(),
        b64u(author.account.key_id).encode(),
        author.account.user.encode(),
    ]
    others = [
        each
        for each in journey.recorder.passed
        if "/cases" in each.url and each.token not in {"", mine}
    ]
    told = [each.url for each in others if any(trace in each.received for trace in traces)]

    assert told == []
    assert len(others) > 30


def test_the_interpreter_of_the_service_is_this_one() -> None:
    """The journey tests the code at hand, not an installation that happens to be on the path."""
    assert PROGRAM[0] == sys.executable
