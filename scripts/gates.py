"""All gates of the three doors, in the order in which they fail fastest.

``check`` runs the quick ones (up to 3 minutes), ``test`` all with small counts, ``proof`` all with
large counts and writes its result file, ``bench`` the measurements. Every gate says where its
minutes come from. Exit status: 0 all passed, 1 something failed, 3 a gate could not be run for lack
of a tool (the table says which, and the apt line to type).
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import tools

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = (str(BIN / "pytest"), "-q", "--no-header")

CHECK = frozenset({"check", "test", "proof"})
TEST = frozenset({"test", "proof"})
BENCH = frozenset({"bench"})

PASSED, FAILED, NOT_RUN = "passed", "FAILED", "not run"


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that must hold: how to check it, what it needs, and where its minutes come from."""

    name: str
    command: tuple[str, ...]
    doors: frozenset[str]
    minutes_from: str
    needs: tuple[tools.Tool, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one gate ended and how long it took, in seconds."""

    gate: Gate
    outcome: str
    seconds: float


def script(name: str, *arguments: str) -> tuple[str, ...]:
    """Return the command that runs one of the project's scripts."""
    return (sys.executable, str(ROOT / "scripts" / f"{name}.py"), *arguments)


GATES = (
    Gate("lint", (str(BIN / "ruff"), "check", "."), CHECK, "ruff over the tree"),
    Gate("format", (str(BIN / "ruff"), "format", "--check", "."), CHECK, "ruff over the tree"),
    Gate("walls", (str(BIN / "lint-imports"), "--no-logo"), CHECK, "nine import contracts"),
    Gate("types", (str(BIN / "mypy"),), CHECK, "mypy --strict, cold"),
    Gate("assets", script("assets"), CHECK, "Vite build, once per change"),
    Gate("units", (*PYTEST, "tests/unit"), CHECK, "every room's own tests"),
    Gate("properties", (*PYTEST, "tests/properties"), TEST, "hypothesis, small counts"),
    Gate("vectors", (*PYTEST, "tests/vectors"), CHECK, "public and own vectors"),
    Gate("corpus", (*PYTEST, "tests/corpus"), CHECK, "five vignettes"),
    Gate("architecture", (*PYTEST, "tests/architecture"), TEST, "ten breaches, fresh interpreters"),
    Gate("contracts", (*PYTEST, "tests/contracts"), TEST, "port suites over fake and SQLite"),
    Gate("web", script("web_gate"), TEST, "npm ci if the lock changed, svelte-check, tsc, vitest"),
    Gate("journeys", (*PYTEST, "tests/journeys"), TEST, "real server, Argon2 at 64 MiB"),
    Gate(
        "browser",
        (*PYTEST, "tests/browser"),
        TEST,
        "Chromium starts, axe on every page",
        (tools.CHROMIUM,),
    ),
    Gate(
        "postgresql",
        (*PYTEST, "tests/postgresql"),
        TEST,
        "a cluster of its own, migrations",
        (tools.POSTGRES,),
    ),
    Gate("wheel", (*PYTEST, "tests/wheel"), TEST, "one build, one clean environment"),
    Gate("doors", (*PYTEST, "tests/doors"), TEST, "bad machines, bad ports, interruptions"),
    Gate("sizes", script("sizes"), CHECK, "one pass over the syntax trees"),
    Gate("bench", (sys.executable, "benchmarks/formats.py"), BENCH, "four pairs, seven rounds"),
)


def main(arguments: list[str]) -> int:
    """Run the gates of one door; further arguments name single gates."""
    door, *names = arguments
    gates = [gate for gate in GATES if door in gate.doors and (not names or gate.name in names)]
    if not gates:
        print(f"no gate of that name behind this door: {', '.join(g.name for g in GATES)}")
        return 2
    tools.install_missing(needed(gates), say)
    environment = {**os.environ, "FB_COUNTS": "large" if door == "proof" else "small"}
    verdicts = [judged(gate, environment) for gate in gates]
    report(verdicts, sys.stdout.write)
    if door == "proof":
        write_result(verdicts)
    return status(verdicts)


def needed(gates: list[Gate]) -> tuple[tools.Tool, ...]:
    """Return every tool that one of the gates needs, once."""
    return tuple({tool.name: tool for gate in gates for tool in gate.needs}.values())


def judged(gate: Gate, environment: dict[str, str]) -> Verdict:
    """Run one gate and say how it ended."""
    if any(tool.find() is None for tool in gate.needs):
        return Verdict(gate, NOT_RUN, 0.0)
    say(f"{gate.name}: {gate.minutes_from}")
    started = time.monotonic()
    done = subprocess.run(gate.command, cwd=ROOT, env=environment, check=False)
    outcome = PASSED if done.returncode == 0 else FAILED
    return Verdict(gate, outcome, time.monotonic() - started)


def report(verdicts: list[Verdict], write: Callable[[str], object]) -> None:
    """Print one table of gates with minutes, then the tools that are missing, then the count."""
    write("\n  gate          minutes  outcome\n")
    for verdict in verdicts:
        write(f"  {verdict.gate.name:<12} {verdict.seconds / 60:8.2f}  {verdict.outcome}\n")
    write(f"  {'together':<12} {sum(v.seconds for v in verdicts) / 60:8.2f}\n")
    for verdict in verdicts:
        for tool in verdict.gate.needs:
            if verdict.outcome == NOT_RUN and tool.find() is None:
                write(f"\n  {verdict.gate.name}: needs {tool.name}; type: {tool.apt_line}\n")
    write(f"\ngates: {count(verdicts, PASSED)} passed, {count(verdicts, FAILED)} failed")
    skipped = count(verdicts, NOT_RUN)
    write(f", {skipped} skipped\n" if skipped else "\n")


def count(verdicts: list[Verdict], outcome: str) -> int:
    """Return how many gates ended so."""
    return sum(1 for verdict in verdicts if verdict.outcome == outcome)


def status(verdicts: list[Verdict]) -> int:
    """Return 1 when a gate failed, 3 when one could not run, else 0."""
    outcomes = {verdict.outcome for verdict in verdicts}
    if FAILED in outcomes:
        return 1
    return 3 if NOT_RUN in outcomes else 0


def write_result(verdicts: list[Verdict]) -> None:
    """Write the table of a proof to ``benchmarks/results/proof.txt``."""
    target = ROOT / "benchmarks" / "results" / "proof.txt"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8") as file:
        report(verdicts, file.write)


def say(line: str) -> None:
    """Print one line at once, set off from what the gates print."""
    print(f"\n━━ {line}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
