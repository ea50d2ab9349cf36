"""The grammar of leaves."""

import json

import pytest

from fakes.small_log import entries, occurrence, stream
from fallberatung.audit.entry import make_entry
from fallberatung.audit.errors import EntryError
from fallberatung.audit.jcs import canonical, parse_object
from fallberatung.audit.leaf import parse_leaf

LEAF = make_entry(occurrence(0), stream("x")).leaf


def changed(**members: object) -> bytes:
    """Write the leaf again with some members changed; None takes one away."""
    value = {**json.loads(LEAF), **members}
    return canonical({key: member for key, member in value.items() if member is not None})


def with_commitments(**members: object) -> bytes:
    """Write the leaf again with some commitments changed."""
    return changed(c={**json.loads(LEAF)["c"], **members})


REFUSED = {
    "empty": b"",
    "not json": b"x",
    "space": LEAF.replace(b",", b", ", 1),
    "trailing": LEAF + b"\n",
    "version 2": changed(v=2),
    "version is text": changed(v="1"),
    "no version": changed(v=None),
    "extra member": changed(zz=1),
    "no time": changed(t=None),
    "no commitments": changed(c=None),
    "second of 60": changed(t="2026-11-21T12:00:60.000Z"),
    "hour of 24": changed(t="2026-11-21T24:00:00.000Z"),
    "thirtieth of february": changed(t="2026-02-30T12:00:00.000Z"),
    "no milliseconds": changed(t="2026-11-21T12:00:00Z"),
    "another zone": changed(t="2026-11-21T12:00:00.000+00:00"),
    "outcome": changed(out="maybe"),
    "purpose": changed(why="NEUGIER"),
    "retention": changed(ret="D"),
    "source": changed(src="App"),
    "request": changed(corr="a b"),
    "action": changed(act="read"),
    "short id": changed(id="A" * 21),
    "stray bits in the id": changed(id="A" * 21 + "B"),
    "short commitment": with_commitments(actor="A" * 42),
    "stray bits in a commitment": with_commitments(actor="A" * 42 + "B"),
    "unknown commitment": with_commitments(zone="A" * 43),
    "commitment is a number": with_commitments(actor=1),
    "order of commitments": LEAF.replace(b'"c":{"actor"', b'"c":{"object"', 1),
    "comma at the end": LEAF.replace(b'"},"corr"', b'",},"corr"'),
    "escaped letter": LEAF.replace(b'"app1"', b'"\\u0061pp1"'),
    "beyond ascii": LEAF.replace(b'"app1"', b'"\xc3\xa4pp1"'),
    "repeated member": LEAF.replace(b'"v":1', b'"v":1,"v":1'),
    "too long": LEAF + b" " * 2048,
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_this_log_would_not_write_is_refused(name: str) -> None:
    """One change to a leaf and it is none."""
    assert len(REFUSED) >= 30
    assert REFUSED[name] != LEAF
    with pytest.raises(EntryError):
        parse_leaf(REFUSED[name])


def test_a_leaf_is_canonical_json() -> None:
    """The grammar and canonical JSON agree on every leaf that is made."""
    leaves = [made.leaf for made in entries(30)]
    for leaf in leaves:
        parse_leaf(leaf)

    assert [canonical(parse_object(leaf)) for leaf in leaves] == leaves


@pytest.mark.parametrize("kept", [(), ("actor",), ("object",), ("client", "detail")])
def test_commitments_may_be_any_of_the_four(kept: tuple[str, ...]) -> None:
    """A leaf commits to the fields it has, in order."""
    hashes = json.loads(LEAF)["c"]
    leaf = parse_leaf(changed(c={name: hashes[name] for name in kept}))

    assert tuple(name for name, _ in leaf.commitments) == kept


def test_an_action_of_a_later_release_is_read() -> None:
    """The log of a newer server stays verifiable."""
    assert parse_leaf(changed(act="case.merge.undo")).action == "case.merge.undo"


def test_a_leaf_without_request_and_purpose_is_read() -> None:
    """Both are optional."""
    leaf = parse_leaf(changed(corr=None, why=None))

    assert (leaf.request, leaf.purpose) == (None, None)
