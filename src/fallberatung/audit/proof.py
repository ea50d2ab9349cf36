"""Inclusion proofs to carry away (C2SP tlog-proof@v1): index, path and checkpoint in one text.

See docs/spec/audit.md#proof.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fallberatung.audit.checkpoint import DECIMAL, Checkpoint, verify_checkpoint
from fallberatung.audit.errors import NoteError
from fallberatung.audit.note import b64, from_b64
from fallberatung.audit.policy import LogPolicy
from fallberatung.audit.tree import HASH_BYTES, leaf_hash, verify_inclusion

TITLE: Final = "c2sp.org/tlog-proof@v1"
_INDEX: Final = "index "


@dataclass(frozen=True, slots=True)
class Included:
    """A leaf that stands at `index` of the tree that `checkpoint` names."""

    index: int
    checkpoint: Checkpoint


def write_proof(index: int, path: Sequence[bytes], note: str) -> str:
    """Write the proof that a leaf stands at `index` of the tree signed in `note`."""
    lines = (TITLE, f"{_INDEX}{index}", *(b64(sibling) for sibling in path), "")
    return "".join(line + "\n" for line in lines) + note


def verify_proof(text: str, leaf: bytes, policy: LogPolicy) -> Included:
    """Accept that `leaf` stands in a tree that a key of `policy` signed.

    The optional line ``extra`` is refused: this log never writes one.

    Raises:
        NoteError: Not such a proof.
        SignatureError: The checkpoint is not signed by a trusted key.
        ProofError: The path does not lead from the leaf to the root.
    """
    head, blank, note = text.partition("\n\n")
    title, *lines = head.split("\n")
    if title != TITLE or not blank or not lines or not lines[0].startswith(_INDEX):
        raise NoteError("not an inclusion proof")
    decimal = lines[0].removeprefix(_INDEX)
    path = read_path(lines[1:])
    if DECIMAL.fullmatch(decimal) is None:
        raise NoteError("inclusion proof without an index")
    checkpoint = verify_checkpoint(note, policy)
    verify_inclusion(int(decimal), checkpoint.size, leaf_hash(leaf), path, checkpoint.root)
    return Included(int(decimal), checkpoint)


def write_path(path: Sequence[bytes]) -> bytes:
    """Write hashes in base64, one a line."""
    return "".join(b64(hashed) + "\n" for hashed in path).encode()


def read_path(lines: Sequence[str]) -> tuple[bytes, ...]:
    """Read hashes in base64, one a line.

    Raises:
        NoteError: A line that is not 32 bytes in canonical base64.
    """
    path = tuple(from_b64(line) for line in lines)
    if any(len(hashed) != HASH_BYTES for hashed in path):
        raise NoteError("a hash has 32 bytes")
    return path
