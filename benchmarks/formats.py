"""How fast formats and pipeline are, each beside a plain peer in the same run.

The machine is shared, so the ratio within one run is what counts; absolute figures are lower
bounds.
Result: ``benchmarks/results/formats.txt``.
"""

import hashlib
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import cbor2

from fallberatung.anonymize.draft import Draft
from fallberatung.anonymize.policy import read_policy
from fallberatung.anonymize.propose import propose
from fallberatung.anonymize.roster import Roster
from fallberatung.audit.entry import Actor, Occurrence, make_entry
from fallberatung.audit.leaf import parse_leaf
from fallberatung.crypto.sealed import fbcbor

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "benchmarks" / "results" / "formats.txt"
ROUNDS = 7
SAMPLE = {"v": 1, "t": "entry", "case": bytes(16), "ep": 3, "seq": 17, "prev": bytes(32)}


@dataclass(frozen=True, slots=True)
class Pair:
    """One of our functions and the plain peer it is measured against."""

    name: str
    ours: Callable[[], object]
    peer_name: str
    peer: Callable[[], object]
    repeats: int


def counted(length: int) -> bytes:
    """Stand in for randomness: the same bytes in every run."""
    return hashlib.shake_256(b"benchmark").digest(length)


def pairs() -> tuple[Pair, ...]:
    """Return what is measured."""
    encoded = fbcbor.encode(SAMPLE)
    at = datetime(2026, 5, 29, 9, 30, tzinfo=UTC)
    leaf = make_entry(
        Occurrence("auth.login", "ok", Actor("a1", None, "user"), at, "bench"), counted
    ).leaf
    text = (ROOT / "tests/corpus/vignettes/v1.raw.txt").read_text(encoding="utf-8")
    policy = read_policy((ROOT / "policies/pseudonymisation.toml").read_bytes())
    draft, roster, filed = Draft((("account", text),)), Roster(()), date(2026, 5, 29)
    return (
        Pair(
            "fbcbor.encode",
            lambda: fbcbor.encode(SAMPLE),
            "cbor2.dumps",
            lambda: cbor2.dumps(SAMPLE, canonical=True),
            2000,
        ),
        Pair(
            "fbcbor.decode",
            lambda: fbcbor.decode(encoded),
            "cbor2.loads",
            lambda: cbor2.loads(encoded),
            2000,
        ),
        Pair("parse_leaf", lambda: parse_leaf(leaf), "json.loads", lambda: json.loads(leaf), 2000),
        Pair(
            f"propose ({len(text)} characters)",
            lambda: propose(draft, roster, filed, policy),
            "str.casefold",
            text.casefold,
            2,
        ),
    )


def microseconds(call: Callable[[], object], repeats: int) -> float:
    """Return the median over rounds of the time of one call."""
    call()
    rounds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for _ in range(repeats):
            call()
        rounds.append((time.perf_counter() - started) / repeats * 1e6)
    return statistics.median(rounds)


def main() -> int:
    """Measure every pair and write one table."""
    lines = [f"{'ours':<28} {'µs':>10}   {'peer':<14} {'µs':>10} {'ratio':>8}"]
    for pair in pairs():
        ours, peer = microseconds(pair.ours, pair.repeats), microseconds(pair.peer, pair.repeats)
        lines.append(
            f"{pair.name:<28} {ours:>10.1f}   "
            f"{pair.peer_name:<14} {peer:>10.1f} {ours / peer:>8.2f}"
        )
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
