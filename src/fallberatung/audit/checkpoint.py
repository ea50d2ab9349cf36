"""Checkpoints (C2SP tlog-checkpoint): a signed statement of origin, size and root.

Three lines and no extension lines, because nobody could audit them.
See docs/spec/audit.md#checkpoint.
"""

import re
from dataclasses import dataclass
from typing import Final

from fallberatung.audit.errors import NoteError, SignatureError
from fallberatung.audit.note import b64, from_b64, verify_note
from fallberatung.audit.policy import LogPolicy
from fallberatung.audit.tree import HASH_BYTES

DECIMAL: Final = re.compile(r"0|[1-9][0-9]{0,18}")
_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The first `size` leaves of the log `origin` have the RFC 6962 root `root`."""

    origin: str
    size: int
    root: bytes


def write_body(checkpoint: Checkpoint) -> str:
    """Write the three lines that are signed."""
    return f"{checkpoint.origin}\n{checkpoint.size}\n{b64(checkpoint.root)}\n"


def parse_body(text: str) -> Checkpoint:
    """Read the three lines.

    Raises:
        NoteError: Another number of lines, a leading zero, or a root that is not 32 bytes.
    """
    lines = text.split("\n")
    if len(lines) != _LINES or lines[3] or not lines[0]:
        raise NoteError("a checkpoint has three lines")
    origin, size, root = lines[0], lines[1], from_b64(lines[2])
    if DECIMAL.fullmatch(size) is None or len(root) != HASH_BYTES:
        raise NoteError("checkpoint without size or root")
    return Checkpoint(origin, int(size), root)


def verify_checkpoint(note: str, policy: LogPolicy) -> Checkpoint:
    """Read a checkpoint that a key of `policy` signed for the log of `policy`.

    Raises:
        NoteError: Not a checkpoint.
        SignatureError: Not signed by a trusted key, or of another log.
    """
    checkpoint = parse_body(verify_note(note, policy.checkpoint_verifiers()))
    if checkpoint.origin != policy.origin:
        raise SignatureError("checkpoint of another log")
    return checkpoint
