"""The access log agrees with other implementations, and with itself as it was frozen."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from fallberatung.audit.checkpoint import verify_checkpoint
from fallberatung.audit.commitment import Opening, check_opening
from fallberatung.audit.errors import SignatureError
from fallberatung.audit.jcs import canonical
from fallberatung.audit.leaf import parse_leaf
from fallberatung.audit.note import encode_vkey, parse_vkey, sign_note, split_note, verify_note
from fallberatung.audit.policy import LogPolicy, parse_policy
from fallberatung.audit.proof import verify_proof
from fallberatung.audit.receipt import verify_receipt
from fallberatung.audit.tiles import TILE_BYTES, TileReader, grow
from fallberatung.audit.tree import (
    EMPTY_ROOT,
    HASH_BYTES,
    Frontier,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from fallberatung.audit.verify import verify_bundle
from fallberatung.crypto.custody.keys import Custody

FOLDER = Path(__file__).with_name("audit")


def read(name: str) -> Any:  # noqa: ANN401  # JSON, whatever it holds
    """Return the content of a vector file."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


RFC = read("rfc6962.json")
NOTES = read("signed-notes.json")["notes"]
AICS = read("aics-tlog.json")
FROZEN = read("audit-v1.json")


def test_the_reference_tree_of_rfc_6962_has_its_roots() -> None:
    """Eight leaves, eight roots, and the root of nothing."""
    frontier, roots = Frontier(), []
    for leaf in RFC["leaves"]:
        frontier.add(leaf_hash(bytes.fromhex(leaf)))
        roots.append(frontier.root().hex())

    assert (roots, EMPTY_ROOT.hex()) == (RFC["roots"], RFC["empty"])
    assert len(roots) == 8


@pytest.mark.parametrize("vector", NOTES)
def test_notes_of_the_go_documentation_verify(vector: dict[str, str]) -> None:
    """Key form, key id and signature are those of the original implementation."""
    key = parse_vkey(vector["vkey"])

    assert verify_note(vector["note"], [key]).startswith("If you think cryptography")
    assert encode_vkey(key.name, key.public_key) == vector["vkey"]
    assert len(NOTES) == 2


@pytest.fixture(scope="module")
def stored() -> dict[tuple[int, int], bytes]:
    """Our tiles of the 66,000 leaves, grown in uneven batches."""
    tiles: dict[tuple[int, int], bytes] = {}
    hashes = [leaf_hash(f"leaf {number}".encode()) for number in range(AICS["count"])]
    size = 0
    while size < len(hashes):
        batch = hashes[size : size + 997]
        grow(
            lambda level, n: tiles.get((level, n)),
            lambda level, n, tile: tiles.__setitem__((level, n), tile),
            size,
            batch,
        )
        size += len(batch)
    return tiles


@pytest.fixture(scope="module")
def reader(stored: dict[tuple[int, int], bytes]) -> TileReader:
    """Proofs from our tiles."""
    return TileReader(lambda level, n: stored.get((level, n)))


def tile_path(level: int, n: int, tile: bytes) -> str:
    """Name a tile as C2SP tlog-tiles does."""
    digits = f"{n:03d}" if n < 1000 else f"x{n // 1000:03d}/{n % 1000:03d}"
    width = "" if len(tile) == TILE_BYTES else f".p/{len(tile) // HASH_BYTES}"
    return f"tile/{level}/{digits}{width}"


def test_tiles_are_those_of_aics_tlog(stored: dict[tuple[int, int], bytes]) -> None:
    """Every tile, byte for byte, on all three levels."""
    ours = {
        tile_path(level, n, tile): hashlib.sha256(tile).hexdigest()
        for (level, n), tile in stored.items()
    }

    assert ours == AICS["tiles"]
    assert len(ours) >= 250


def test_roots_are_those_of_aics_tlog(reader: TileReader) -> None:
    """At every size of the list."""
    assert {size: reader.root(int(size)).hex() for size in AICS["roots"]} == AICS["roots"]
    assert len(AICS["roots"]) == 10


def test_inclusion_paths_are_those_of_aics_tlog(reader: TileReader) -> None:
    """Made and verified."""
    for vector in AICS["inclusion"]:
        index, size = vector["index"], vector["size"]
        path = [bytes.fromhex(node) for node in vector["path"]]
        hashed = leaf_hash(f"leaf {index}".encode())
        verify_inclusion(index, size, hashed, path, reader.root(size))

        assert list(reader.inclusion(index, size)) == path
    assert len(AICS["inclusion"]) >= 18


def test_consistency_paths_are_those_of_aics_tlog(reader: TileReader) -> None:
    """Made and verified."""
    for vector in AICS["consistency"]:
        old, size = vector["old"], vector["size"]
        path = [bytes.fromhex(node) for node in vector["path"]]
        verify_consistency(old, size, reader.root(old), reader.root(size), path)

        assert list(reader.consistency(old, size)) == path
    assert len(AICS["consistency"]) >= 50


def test_a_checkpoint_of_aics_tlog_verifies_with_and_without_a_witness(reader: TileReader) -> None:
    """The cosignature before ours is skipped, not choked on."""
    policy = LogPolicy("rat.example/audit/1", (AICS["vkey"],), ())
    alone = verify_checkpoint(AICS["note"], policy)

    assert alone == verify_checkpoint(AICS["cosigned"], policy)
    assert alone.root == reader.root(66_000)
    assert len(split_note(AICS["cosigned"])[1]) == 2


def test_our_signature_is_that_of_aics_tlog() -> None:
    """The same key over the same text gives the same note."""
    keys = Custody(bytes.fromhex(AICS["seed"]), bytes(32), bytes(32), bytes(32))
    text, _ = split_note(AICS["note"])

    assert sign_note(text, parse_vkey(AICS["vkey"]), keys.sign_checkpoint) == AICS["note"]


POLICY = parse_policy(FROZEN["policy"])


@pytest.mark.parametrize("vector", FROZEN["entries"])
def test_a_frozen_entry_is_still_read(vector: dict[str, Any]) -> None:
    """Leaf, leaf hash, commitments and receipt."""
    encoded = vector["leaf"].encode()
    leaf = parse_leaf(encoded)
    for each in vector["openings"]:
        salt = bytes.fromhex(each["salt"])
        check_opening(leaf, Opening(each["field"], salt, canonical(each["value"])))
    verify_receipt(vector["receipt"], encoded, POLICY)

    assert leaf_hash(encoded).hex() == vector["leaf_hash"]
    assert len(FROZEN["entries"]) == 4


def test_a_frozen_proof_is_still_verified() -> None:
    """With the checkpoint it carries."""
    proof = FROZEN["proof"]
    included = verify_proof(proof["text"], proof["leaf"].encode(), POLICY)

    assert included.index == 7
    assert included.checkpoint == verify_checkpoint(FROZEN["checkpoint"], POLICY)


def test_a_frozen_bundle_is_still_verified() -> None:
    """Bundles are evidence for years."""
    bundle = bytes.fromhex(FROZEN["bundle"])
    verified = verify_bundle(bundle, POLICY, FROZEN["earlier"])

    assert (verified.start, verified.end, verified.size, verified.continues) == (15, 25, 41, 20)


def test_a_frozen_bundle_does_not_verify_under_another_key() -> None:
    """The frozen policy is what makes it hold."""
    other = LogPolicy("rat.example/audit/1", (AICS["vkey"],), ())

    with pytest.raises(SignatureError):
        verify_bundle(bytes.fromhex(FROZEN["bundle"]), other)
