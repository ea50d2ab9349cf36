"""Dense ranges: the entries of a part of the log, and the proof that they are all of them.

The proof holds the hashes of the complete subtrees to the left and to the right of the range;
with the leaf hashes between them they rebuild the root, so nothing between `start` and `end` can
be missing. See docs/spec/audit.md#range.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from fallberatung.audit.errors import BundleError
from fallberatung.audit.tiles import TileReader
from fallberatung.audit.tree import HASH_BYTES, Frontier, cover, split_hashes

_HEADER: Final = struct.Struct(">QQQHH")
_LENGTH: Final = struct.Struct(">H")


@dataclass(frozen=True, slots=True)
class RangeProof:
    """Everything of the tree of `size` leaves that does not lie between `start` and `end`."""

    start: int
    end: int
    size: int
    left: tuple[bytes, ...]
    right: tuple[bytes, ...]


def prove_range(tiles: TileReader, start: int, end: int, size: int) -> RangeProof:
    """Collect the subtrees beside a range; ``0 <= start <= end <= size``."""
    left = tuple(tiles.subtree(first, height) for first, height in cover(0, start))
    right = tuple(tiles.subtree(first, height) for first, height in cover(end, size))
    return RangeProof(start, end, size, left, right)


def write_range(proof: RangeProof) -> bytes:
    """Write bounds and counts in big-endian integers, then the hashes from left to right."""
    counts = len(proof.left), len(proof.right)
    header = _HEADER.pack(proof.start, proof.end, proof.size, *counts)
    return header + b"".join(proof.left + proof.right)


def read_range(encoded: bytes) -> RangeProof:
    """Read a range proof.

    Raises:
        BundleError: Bounds out of order, or not exactly the hashes these bounds need.
    """
    if len(encoded) < _HEADER.size:
        raise BundleError("range proof is malformed")
    start, end, size, lefts, rights = _HEADER.unpack_from(encoded)
    needed = (len(list(cover(0, start))), len(list(cover(end, size))))
    is_exact = len(encoded) == _HEADER.size + HASH_BYTES * (lefts + rights)
    if not start <= end <= size or (lefts, rights) != needed or not is_exact:
        raise BundleError("range proof is malformed")
    hashes = split_hashes(encoded[_HEADER.size :])
    return RangeProof(start, end, size, tuple(hashes[:lefts]), tuple(hashes[lefts:]))


def rebuild_root(proof: RangeProof, leaf_hashes: Sequence[bytes]) -> bytes:
    """Return the root that follows from the proof and the leaf hashes between its bounds."""
    frontier = Frontier()
    for (_, height), hashed in zip(cover(0, proof.start), proof.left, strict=True):
        frontier.add_subtree(hashed, height)
    for hashed in leaf_hashes:
        frontier.add(hashed)
    for (_, height), hashed in zip(cover(proof.end, proof.size), proof.right, strict=True):
        frontier.add_subtree(hashed, height)
    return frontier.root()


def write_entries(leaves: Iterable[bytes]) -> bytes:
    """Write leaves one after the other, each behind its length in two bytes."""
    return b"".join(_LENGTH.pack(len(leaf)) + leaf for leaf in leaves)


def read_entries(encoded: bytes) -> list[bytes]:
    """Read leaves up to the last byte.

    The length 0 is reserved for entries whose retention has ended; nothing prunes yet, so it is
    refused: otherwise an entry could be hidden behind its hash.

    Raises:
        BundleError: The lengths do not end where the bytes do, or a length is 0.
    """
    leaves = []
    at = 0
    while at < len(encoded):
        leaf = _leaf_at(encoded, at)
        leaves.append(leaf)
        at += _LENGTH.size + len(leaf)
    return leaves


def _leaf_at(encoded: bytes, at: int) -> bytes:
    length = int.from_bytes(encoded[at : at + _LENGTH.size], "big")
    leaf = encoded[at + _LENGTH.size : at + _LENGTH.size + length]
    if not leaf or len(leaf) != length:
        raise BundleError("entries are malformed")
    return leaf
