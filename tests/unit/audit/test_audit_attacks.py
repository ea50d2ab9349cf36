"""Attacks on an evidence bundle; the attacker recomputes the manifest where that helps."""

import struct

import pytest

from fakes.forger import Attack, Claims, Members, forge, on_entries, on_member, on_openings
from fakes.memory_log import MemoryLog
from fakes.small_log import NOON, ORIGIN, a_log, custody, entries, policy
from fallberatung.audit import manifest as names
from fallberatung.audit.archive import pack, unpack
from fallberatung.audit.bundle import write_bundle
from fallberatung.audit.errors import (
    BundleError,
    EntryError,
    ForkError,
    NoteError,
    OpeningError,
    RootError,
    SignatureError,
)
from fallberatung.audit.note import b64, from_b64, verifier_key
from fallberatung.audit.policy import write_policy
from fallberatung.audit.ports import LeafRow
from fallberatung.audit.ranges import RangeProof, read_range, write_range
from fallberatung.audit.sign import sign_checkpoint
from fallberatung.audit.tiles import grow
from fallberatung.audit.tree import Frontier, leaf_hash
from fallberatung.audit.verify import verify_bundle

HOUSE, THIEF = custody(), custody("thief")
POLICY = policy()
LOG = a_log(60)
BUNDLE = write_bundle(LOG, 10, 40, NOON, write_policy(POLICY))


def swap(leaves: list[bytes]) -> None:
    """Exchange two neighbours."""
    leaves[5], leaves[6] = leaves[6], leaves[5]


def edit(leaves: list[bytes]) -> None:
    """Make a denied read look granted."""
    leaves[0] = leaves[0].replace(b'"denied"', b'"ok"')


def truncate(members: Members, claims: Claims) -> None:
    """Drop the last entry and claim a shorter range everywhere."""
    on_entries(lambda leaves: leaves.pop())(members, claims)
    claims |= {"to": 39, "entries": 29}
    proof = members[names.RANGE]
    members[names.RANGE] = proof[:8] + struct.pack(">Q", 39) + proof[16:]


def move(members: Members, claims: Claims) -> None:
    """Claim that the same entries stand one place further."""
    claims |= {"from": 11, "to": 41}
    proof = read_range(members[names.RANGE])
    moved = RangeProof(11, 41, proof.size, (*proof.left, proof.left[-1]), proof.right)
    members[names.RANGE] = write_range(moved)


def claim_another_range(members: Members, claims: Claims) -> None:
    """Claim another range in the manifest only."""
    claims |= {"from": 11, "to": 41}


def another_person(lines: list[dict[str, object]]) -> None:
    """Blame somebody else."""
    lines[0]["v"] = {"id": "u9", "kind": "user", "role": "adviser"}


def another_address(lines: list[dict[str, object]]) -> None:
    """Place the access elsewhere."""
    line = next(line for line in lines if line["f"] == "client")
    line["v"] = {"ip": "192.0.2.1"}


def foreign_opening(lines: list[dict[str, object]]) -> None:
    """Give one entry the genuine opening of another."""
    first, *_, last = [line for line in lines if line["f"] == "actor"]
    first["v"], first["s"] = last["v"], last["s"]


def without_openings_of_one_entry(lines: list[dict[str, object]]) -> None:
    """Pass over one entry in silence."""
    del lines[:4]


def strip(note: bytes) -> bytes:
    """Take the signature away."""
    return note[: note.index(b"\n\n") + 2]


def resign(members: Members, claims: Claims) -> None:
    """Sign the same tree with another key, under the same name."""
    head = LOG.stored_head
    assert head is not None
    members[names.CHECKPOINT] = sign_checkpoint(THIEF, ORIGIN, head.size, head.root).encode()


def rewrite(members: Members, claims: Claims) -> None:
    """Replace the whole log by another one signed with the thief's key, and bring its policy."""
    other = a_log(60, seed="rewritten", keys=THIEF)
    text = write_policy(policy(THIEF))
    forged = write_bundle(other, 10, 40, NOON, text)
    forge(forged, lambda new, _: members.update(new))


def key_id_of_the_house(members: Members, claims: Claims) -> None:
    """Announce the house's key before the thief's signature."""
    resign(members, claims)
    house = verifier_key(ORIGIN, HOUSE.checkpoint_public_key).key_id
    text, line = members[names.CHECKPOINT].decode().split("\n\n")
    dash, name, encoded = line.split(" ")
    raw = from_b64(encoded.strip())
    members[names.CHECKPOINT] = f"{text}\n\n{dash} {name} {b64(house + raw[4:])}\n".encode()


def pruned(members: Members, claims: Claims) -> None:
    """Hide an entry behind its hash, as if its time were over."""
    first = LOG.tree[10].leaf
    framed = struct.pack(">H", len(first)) + first
    hidden = struct.pack(">H", 0) + leaf_hash(first)
    members[names.ENTRIES] = members[names.ENTRIES].replace(framed, hidden)
    claims |= {"pruned": 0}


ATTACKS: dict[str, tuple[Attack, type[Exception]]] = {
    "edit an entry": (on_entries(edit), RootError),
    "drop an entry": (on_entries(lambda leaves: leaves.pop(5)), RootError),
    "swap two entries": (on_entries(swap), RootError),
    "add an entry": (
        on_entries(lambda leaves: leaves.append(entries(1, "new")[0].leaf)),
        RootError,
    ),
    "repeat an entry": (on_entries(lambda leaves: leaves.append(leaves[0])), RootError),
    "truncate the range": (truncate, BundleError),
    "move the range": (move, BundleError),
    "claim another range": (claim_another_range, BundleError),
    "claim another size": (lambda _, claims: claims.update(size=61), BundleError),
    "claim another origin": (lambda _, claims: claims.update(origin="b/1"), BundleError),
    "forge who": (on_openings(another_person), OpeningError),
    "forge whence": (on_openings(another_address), OpeningError),
    "exchange openings": (on_openings(foreign_opening), OpeningError),
    "drop openings": (on_openings(without_openings_of_one_entry), OpeningError),
    "strip the signature": (on_member(names.CHECKPOINT, strip), NoteError),
    "sign with another key": (resign, SignatureError),
    "sign as if by the house": (key_id_of_the_house, SignatureError),
    "rewrite and sign with another key": (rewrite, SignatureError),
    "hide an entry as pruned": (pruned, BundleError),
    "extra file": (lambda members, _: members.update(extra=b"x"), BundleError),
    "drop the policy": (lambda members, _: members.pop(names.POLICY), BundleError),
    "previous without path": (
        lambda members, _: members.update({names.PREVIOUS: members[names.CHECKPOINT]}),
        BundleError,
    ),
    "previous with half a path": (
        lambda members, _: members.update(
            {names.PREVIOUS: members[names.CHECKPOINT], names.CONSISTENCY: b"x"}
        ),
        BundleError,
    ),
    "change a size in the checkpoint": (
        on_member(names.CHECKPOINT, lambda note: note.replace(b"\n60\n", b"\n61\n")),
        SignatureError,
    ),
}


def test_the_untouched_bundle_verifies() -> None:
    """Otherwise no attack would prove anything."""
    untouched = forge(BUNDLE, lambda _members, _claims: None)

    assert untouched == BUNDLE
    assert len(verify_bundle(BUNDLE, POLICY).entries) == 30


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_an_attack_is_detected(name: str) -> None:
    """Detected, and for the right reason."""
    attack, error = ATTACKS[name]
    forged = forge(BUNDLE, attack)

    assert len(ATTACKS) >= 20
    assert forged != BUNDLE
    with pytest.raises(error):
        verify_bundle(forged, POLICY)


def test_a_bundle_without_a_manifest_is_refused() -> None:
    """Members alone make no bundle."""
    members = unpack(BUNDLE)
    del members[names.MANIFEST]

    with pytest.raises(BundleError):
        verify_bundle(pack(members), POLICY)


@pytest.mark.parametrize("name", sorted(names.ALWAYS | {names.OPENINGS}))
def test_a_stale_manifest_is_detected(name: str) -> None:
    """A changed member no longer has its digest."""
    forged = forge(BUNDLE, on_member(name, lambda content: content + b"\n"), mend=False)

    with pytest.raises(BundleError):
        verify_bundle(forged, POLICY)


def test_an_unlisted_file_is_detected() -> None:
    """A member that the manifest does not name is no member."""
    forged = forge(BUNDLE, lambda members, _: members.update(extra=b"x"), mend=False)

    with pytest.raises(BundleError):
        verify_bundle(forged, POLICY)


def test_the_policy_in_the_bundle_is_never_believed() -> None:
    """A consistent forgery with its own policy verifies under that policy only."""
    forged = forge(BUNDLE, rewrite)

    assert verify_bundle(forged, policy(THIEF)).size == 60
    with pytest.raises(SignatureError):
        verify_bundle(forged, POLICY)


def test_a_rewrite_with_the_stolen_key_of_the_house_meets_the_remembered_checkpoint() -> None:
    """Against whoever holds the right key, memory helps."""
    rewritten = write_bundle(a_log(70, seed="rewritten"), 0, None, NOON, write_policy(POLICY))

    assert verify_bundle(rewritten, POLICY).size == 70
    with pytest.raises(ForkError):
        verify_bundle(rewritten, POLICY, LOG.checkpoint())


def test_openings_left_out_are_said_to_be_left_out() -> None:
    """Dropping the whole member is possible, but not in silence."""
    forged = forge(BUNDLE, lambda members, _: members.pop(names.OPENINGS))

    assert verify_bundle(forged, POLICY).has_openings is False


def test_a_bundle_cut_down_with_a_fitting_proof_is_a_shorter_range_and_says_so() -> None:
    """Whoever holds all leaves can prove a part of them; the bounds tell which part."""
    shorter = write_bundle(LOG, 10, 39, NOON, write_policy(POLICY))
    verified = verify_bundle(shorter, POLICY)

    assert (verified.start, verified.end) == (10, 39)


def dishonest(leaves: list[bytes]) -> bytes:
    """Write the skeleton bundle of a server that signs whatever it likes."""
    log = MemoryLog()
    frontier = Frontier()
    for index, leaf in enumerate(leaves):
        frontier.add(leaf_hash(leaf))
        log.tree.append(LeafRow(index, bytes(16), leaf, leaf_hash(leaf), b"{}"))
    grow(log.tile, log.put_tile, 0, [row.leaf_hash for row in log.tree])
    log.notes[len(leaves)] = sign_checkpoint(HOUSE, ORIGIN, len(leaves), frontier.root())
    return write_bundle(log, 0, None, NOON, "", with_openings=False)


HONEST = [made.leaf for made in entries(3)]


@pytest.mark.parametrize("leaf", [b'{"v":9}', HONEST[0], HONEST[0].replace(b'"v":1', b'"v":2')])
def test_a_signed_log_with_an_impossible_entry_is_refused(leaf: bytes) -> None:
    """What the server should not have admitted, the reader still catches; also an id twice."""
    assert len(verify_bundle(dishonest(HONEST), POLICY).entries) == 3
    with pytest.raises(EntryError):
        verify_bundle(dishonest([*HONEST, leaf]), POLICY)
