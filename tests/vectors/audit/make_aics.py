"""Writes aics-tlog.json: what the independent package aics-tlog 0.2.1 makes of the same leaves.

It needs Python 3.12 or newer and the package; neither belongs to this project. No code of the
project is imported here, so agreement with the file is agreement with another implementation.
"""

import hashlib
import json
from pathlib import Path

import aics_tlog as theirs  # type: ignore[import-not-found]  # never a dependency of the project
from aics_tlog import tiles
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

TARGET = Path(__file__).with_name("aics-tlog.json")
COUNT = 66_000
SIZES = (1, 2, 3, 7, 256, 257, 1000, 65_536, 65_537, COUNT)
ORIGIN, WITNESS = "rat.example/audit/1", "dsb.example/witness"
LEAVES = [f"leaf {number}".encode() for number in range(COUNT)]
NOW = 1_795_000_000


def main() -> None:
    """Compute everything and write it."""
    tree = theirs.MerkleTree(LEAVES)
    entries = {"entries"}
    hashed = {
        path: hashlib.sha256(data).hexdigest()
        for path, data in sorted(tiles.materialise_tiles(LEAVES).items())
        if not entries & set(path.split("/"))
    }
    vectors = {
        "count": COUNT,
        "roots": {str(size): tree.root(size).hex() for size in SIZES},
        "tiles": hashed,
        "inclusion": [
            {"index": index, "size": size, "path": hexed(tree.inclusion_proof(index, size))}
            for size in SIZES
            for index in sorted({size // 3, size - 1})
        ],
        "consistency": [
            {"old": old, "size": size, "path": hexed(tree.consistency_proof(old, size))}
            for old in SIZES
            for size in SIZES
            if old <= size
        ],
        **signed(tree),
    }
    TARGET.write_text(json.dumps(vectors, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def signed(tree: "theirs.MerkleTree") -> dict[str, str]:
    """Sign a checkpoint and cosign it as a witness would."""
    log = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    witness = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
    root = tree.root(COUNT)
    checkpoint = theirs.Checkpoint(origin=ORIGIN, size=COUNT, root=root)
    note = theirs.sign_checkpoint(checkpoint, log, ORIGIN)
    _, line = theirs.sign_cosignature(witness, WITNESS, NOW, ORIGIN, COUNT, root)
    return {
        "seed": bytes(range(32)).hex(),
        "vkey": theirs.format_vkey(theirs.vkey_from_ed25519(ORIGIN, log.public_key())),
        "note": note.serialise(),
        "cosigned": theirs.Note(note.text, (line, *note.signatures)).serialise(),
    }


def hexed(path: list[bytes]) -> list[str]:
    """Write hashes in hex."""
    return [node.hex() for node in path]


if __name__ == "__main__":
    main()
