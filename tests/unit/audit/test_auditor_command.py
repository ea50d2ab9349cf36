"""The auditor's command line: what it says, and with which exit status."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fakes.forger import forge, on_entries, on_member, on_openings
from fakes.memory_log import MemoryLog
from fakes.small_log import (
    NOON,
    ORIGIN,
    a_log,
    add,
    custody,
    grow,
    policy,
    seat_occurrence,
    signer,
    stream,
)
from fallberatung.audit import manifest as names
from fallberatung.audit.actions import ACTIONS, PURPOSES
from fallberatung.audit.bundle import write_bundle
from fallberatung.audit.commitment import Opening, commit
from fallberatung.audit.entry import ANONYMOUS, Occurrence, make_entry
from fallberatung.audit.integrate import integrate
from fallberatung.audit.jcs import canonical
from fallberatung.audit.policy import write_policy
from fallberatung.cli import auditor_words
from fallberatung.cli.auditor import audit
from fallberatung.crypto.sealed.b64 import b64u

LOG = a_log(30)
EARLIER = LOG.checkpoint() or ""
grow(LOG, 30, seed="later")
BUNDLE = write_bundle(LOG, 0, None, NOON, "")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a bundle, a policy and a remembered checkpoint."""
    (tmp_path / "bundle.tar").write_bytes(BUNDLE)
    (tmp_path / "policy.txt").write_text(write_policy(policy()), encoding="utf-8")
    (tmp_path / "earlier").write_text(EARLIER, encoding="utf-8")
    return tmp_path


def run(desk: Path, *words: str) -> Result:
    """Type a command in the folder."""
    paths = {path.name: str(path) for path in desk.iterdir()}
    return CliRunner().invoke(audit, [paths.get(word, word) for word in words])


def verified(desk: Path, *more: str) -> Result:
    """Verify the bundle in the folder."""
    return run(desk, "verify", "bundle.tar", "--policy", "policy.txt", *more)


def test_a_valid_bundle_is_told_with_counts(desk: Path) -> None:
    """Plain German, the range, and how often what happened."""
    result = verified(desk)

    assert result.exit_code == 0
    assert result.output.splitlines()[0] == "Das Beweispaket ist gültig."
    assert f"  Protokoll   {ORIGIN}" in result.output
    assert "60 Einträge, Nr. 0 bis 59, lückenlos" in result.output
    assert "     40  Fall gelesen                  davon abgelehnt: 20" in result.output
    assert "     20  Anmeldung" in result.output


def test_a_remembered_checkpoint_is_continued(desk: Path) -> None:
    """The sentence names the size that was remembered."""
    result = verified(desk, "--since", "earlier")

    assert result.exit_code == 0
    assert "setzt den Prüfpunkt mit 30 Einträgen unverändert fort" in result.output


def test_a_program_gets_json(desk: Path) -> None:
    """One object with English names."""
    told = json.loads(verified(desk, "--json").output)

    assert (told["valid"], told["origin"], told["size"], told["to"]) == (True, ORIGIN, 60, 60)
    assert told["actions"] == {"auth.login ok": 20, "case.read denied": 20, "case.read ok": 20}
    assert (told["opened"], told["closed"]) == (200, 0)


def test_a_skeleton_says_that_nothing_is_disclosed(desk: Path) -> None:
    """A reader must not take absence for emptiness."""
    bundle = write_bundle(LOG, 3, 3, NOON, "", with_openings=False)
    (desk / "bundle.tar").write_bytes(bundle)
    result = verified(desk)

    assert "keine offengelegt" in result.output
    assert "kein Eintrag in diesem Abschnitt" in result.output


BAD = {
    "nicht zum unterschriebenen Stand": forge(BUNDLE, on_entries(lambda leaves: leaves.reverse())),
    "passt nicht zu ihrem Eintrag": forge(BUNDLE, on_openings(lambda lines: lines.reverse())),
    "kein unversehrtes Beweispaket": BUNDLE[:-1],
    "nicht die vorgeschriebene Form": forge(BUNDLE, on_member(names.CHECKPOINT, lambda _: b"x")),
    "keine gültige Unterschrift": write_bundle(
        a_log(5, keys=custody("thief")), 0, None, NOON, write_policy(policy(custody("thief")))
    ),
}


@pytest.mark.parametrize("reason", sorted(BAD))
def test_an_invalid_bundle_is_told_apart_by_its_reason(desk: Path, reason: str) -> None:
    """Exit status 1, the reason, and what to do next."""
    (desk / "bundle.tar").write_bytes(BAD[reason])
    result = verified(desk)

    assert result.exit_code == 1
    assert result.stderr.startswith("Das Beweispaket ist NICHT gültig.\n")
    assert reason in result.stderr
    assert "Bewahren Sie die Datei unverändert auf" in result.stderr


@pytest.mark.parametrize(
    ("size", "reason"), [(90, "setzt Ihren früheren Prüfpunkt nicht fort"), (9, "weniger Einträge")]
)
def test_rollback_and_fork_are_told_apart(desk: Path, size: int, reason: str) -> None:
    """Both are alarming, in different ways."""
    (desk / "bundle.tar").write_bytes(write_bundle(a_log(size, seed="x"), 0, None, NOON, ""))
    result = verified(desk, "--since", "earlier")

    assert result.exit_code == 1
    assert reason in result.stderr


def test_a_part_without_proof_asks_for_another_bundle(desk: Path) -> None:
    """Not every failure is an attack."""
    (desk / "bundle.tar").write_bytes(write_bundle(LOG, 40, None, NOON, ""))
    result = verified(desk, "--since", "earlier")

    assert result.exit_code == 1
    assert "Fordern Sie ein Paket an" in result.stderr


def test_a_program_gets_the_fault_as_json(desk: Path) -> None:
    """Class and reason."""
    (desk / "bundle.tar").write_bytes(BUNDLE[:-1])
    result = verified(desk, "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["fault"] == "BundleError"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *((name, None) for name in ("bundle.tar", "policy.txt", "earlier")),
        *(("policy.txt", content) for content in (b"quorum none\n", b"\xff")),
        ("earlier", b"x"),
    ],
)
def test_an_unusable_file_ends_with_status_two(
    desk: Path, name: str, content: bytes | None
) -> None:
    """One sentence that names the file; nothing is said about the bundle."""
    words = ["verify", str(desk / "bundle.tar"), "--policy", str(desk / "policy.txt")]
    words += ["--since", str(desk / "earlier")]
    (desk / name).unlink()
    if content is not None:
        (desk / name).write_bytes(content)
    result = CliRunner().invoke(audit, words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Die Datei {name} ")
    assert len(result.stderr.splitlines()) == 1


def test_a_policy_is_required(desk: Path) -> None:
    """There is no trust by default, least of all in the policy of the bundle."""
    assert run(desk, "verify", "bundle.tar").exit_code == 2


def test_entries_are_shown_as_a_table(desk: Path) -> None:
    """Who, what, when and why, row by row."""
    result = run(desk, "show", "bundle.tar", "--policy", "policy.txt")

    assert result.exit_code == 0
    assert [
        w for w in ("Vorgang", "Beratung", "adviser", "10.0.0.4") if w not in result.output
    ] == []
    assert len(result.output.splitlines()) >= 60


def shown(desk: Path, log: MemoryLog, *, with_openings: bool = True) -> str:
    """Show the whole of a log."""
    bundle = write_bundle(log, 0, None, NOON, "", with_openings=with_openings)
    (desk / "bundle.tar").write_bytes(bundle)
    return run(desk, "show", "bundle.tar", "--policy", "policy.txt").output


def test_a_seat_is_shown_with_its_hour(desk: Path) -> None:
    """No minute is printed where none is known."""
    log = a_log(0)
    add(log, make_entry(seat_occurrence(), stream("seat")))
    integrate(log, signer(custody()), NOON + timedelta(hours=1), stream("x"))
    output = shown(desk, log)

    assert "21.11.2026 12 Uhr " in output
    assert "Fallgeber:in pSeUdOnYmOfASeat0123456" in output


def test_closed_fields_are_shown_as_closed(desk: Path) -> None:
    """Who and what are there, only not for this reader."""
    output = shown(desk, a_log(3), with_openings=False)

    assert output.count("nicht offengelegt") == 3 + 2 + 3


def test_nothing_a_server_logged_can_steer_the_terminal(desk: Path) -> None:
    """Control characters in a proven value are replaced, and markup is plain text."""
    log = a_log(0)
    made = make_entry(Occurrence("auth.login", "ok", ANONYMOUS, NOON, "app1"), bytes)
    value = canonical({"id": "\x1b[2Jx", "kind": "[bold]y", "role": "\u202ez"})
    forged = commit(bytes(16), "actor", bytes(32), value)
    genuine = commit(bytes(16), "actor", bytes(32), made.openings[0].value)
    leaf = made.leaf.replace(b64u(genuine).encode(), b64u(forged).encode())
    add(log, replace(made, leaf=leaf, openings=(Opening("actor", bytes(32), value),)))
    integrate(log, signer(custody()), NOON, stream("x"))
    output = shown(desk, log)

    assert "[bold]y \ufffd[2Jx \ufffdz" in output
    assert [sign for sign in ("\x1b", "\u202e") if sign in output] == []


def test_nothing_is_shown_of_an_invalid_bundle(desk: Path) -> None:
    """What does not hold is not read out."""
    (desk / "bundle.tar").write_bytes(BAD["nicht zum unterschriebenen Stand"])
    result = run(desk, "show", "bundle.tar", "--policy", "policy.txt")

    assert (result.exit_code, result.stdout) == (1, "")


def test_every_word_a_bundle_can_need_is_in_the_catalogue() -> None:
    """No action, purpose or outcome is shown by its code."""
    assert set(auditor_words.ACTIONS) == set(ACTIONS)
    assert set(auditor_words.PURPOSES) == set(PURPOSES)
    assert set(auditor_words.OUTCOMES) == {"ok", "denied", "failed"}
    assert set(auditor_words.KINDS) == {"user", "seat", "service", "operator", "anon"}
