"""Writes audit-v1.json anew: the frozen vectors of the access log for every implementation.

Run it from the root of the repository with `src` and `tests` on the path, and only when the
format is extended, together with docs/spec/audit.md; look at every changed line.
"""

import json
from datetime import timedelta
from pathlib import Path

from fakes.small_log import (
    NOON,
    ORIGIN,
    a_log,
    add,
    custody,
    grow,
    occurrence,
    policy,
    seat_occurrence,
    signer,
    stream,
)
from fallberatung.audit.bundle import write_bundle
from fallberatung.audit.entry import Entry, make_entry
from fallberatung.audit.integrate import integrate
from fallberatung.audit.jcs import parse
from fallberatung.audit.policy import write_policy
from fallberatung.audit.proof import write_proof
from fallberatung.audit.receipt import promise
from fallberatung.audit.sign import sign_receipt
from fallberatung.audit.tiles import TileReader
from fallberatung.audit.tree import leaf_hash

TARGET = Path(__file__).with_name("audit-v1.json")


def main() -> None:
    """Compute everything and write it."""
    random = stream("vectors")
    made = [make_entry(occurrence(number), random) for number in range(3)]
    made.append(make_entry(seat_occurrence(), random))
    log = a_log(20)
    earlier = log.checkpoint() or ""
    grow(log, 20, seed="later")
    add(log, made[3])
    integrate(log, signer(custody()), NOON + timedelta(hours=2), random)
    note = log.checkpoint() or ""
    text = write_policy(policy())
    vectors = {
        "policy": text,
        "entries": [entry(each) for each in made],
        "earlier": earlier,
        "checkpoint": note,
        "proof": {
            "index": 7,
            "leaf": log.tree[7].leaf.decode(),
            "text": write_proof(7, TileReader(log.tile).inclusion(7, 41), note),
        },
        "bundle": write_bundle(log, 15, 25, NOON, text, earlier).hex(),
    }
    TARGET.write_text(json.dumps(vectors, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def entry(made: Entry) -> dict[str, object]:
    """Spell out one entry with its openings and its receipt."""
    return {
        "leaf": made.leaf.decode(),
        "leaf_hash": leaf_hash(made.leaf).hex(),
        "openings": [
            {"field": each.field, "salt": each.salt.hex(), "value": parse(each.value)}
            for each in made.openings
        ],
        "receipt": sign_receipt(
            custody(), ORIGIN, made, leaf_hash(made.leaf), promise(ORIGIN, made).mmd
        ),
    }


if __name__ == "__main__":
    main()
