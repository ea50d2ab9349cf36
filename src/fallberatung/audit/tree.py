"""The Merkle tree of RFC 6962: hashes, the growing edge, and the two proofs.

Verification follows RFC 9162 2.1.3.2 and 2.1.4.2. See docs/spec/audit.md#tree.
"""

import hashlib
from collections.abc import Iterator, Sequence
from hmac import compare_digest
from typing import Final

from fallberatung.audit.errors import LogBrokenError, ProofError

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()

_LEAF: Final = b"\x00"
_NODE: Final = b"\x01"


def leaf_hash(leaf: bytes) -> bytes:
    """Hash a leaf: SHA-256 of 0x00 and its bytes."""
    return hashlib.sha256(_LEAF + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash an inner node: SHA-256 of 0x01 and both children."""
    return hashlib.sha256(_NODE + left + right).digest()


class Frontier:
    """The right edge of a growing tree: one hash for each complete subtree, largest first.

    Enough to append and to know the root, without any other node. ``size`` counts leaves.
    """

    __slots__ = ("_hashes", "size")

    def __init__(self) -> None:
        self.size = 0
        self._hashes: list[bytes] = []

    @classmethod
    def load(cls, size: int, stored: bytes) -> "Frontier":
        """Read what `dump` wrote for a tree of `size` leaves.

        Raises:
            LogBrokenError: The length does not fit the size.
        """
        if size < 0 or len(stored) != size.bit_count() * HASH_BYTES:
            raise LogBrokenError("frontier does not fit the size")
        frontier = cls()
        frontier.size = size
        frontier._hashes = split_hashes(stored)
        return frontier

    def dump(self) -> bytes:
        """Return the hashes, largest subtree first, 32 bytes each."""
        return b"".join(self._hashes)

    def add(self, hashed: bytes) -> None:
        """Append one leaf by its hash."""
        self.add_subtree(hashed, 0)

    def add_subtree(self, hashed: bytes, height: int) -> None:
        """Append a complete subtree of ``2**height`` leaves; the size must be a multiple of it."""
        above = self.size >> height
        while above & 1:
            hashed = node_hash(self._hashes.pop(), hashed)
            above >>= 1
        self._hashes.append(hashed)
        self.size += 1 << height

    def root(self) -> bytes:
        """Return the root hash of all leaves so far."""
        if not self._hashes:
            return EMPTY_ROOT
        *larger, root = self._hashes
        for hashed in reversed(larger):
            root = node_hash(hashed, root)
        return root


def split_hashes(joined: bytes) -> list[bytes]:
    """Cut a row of hashes into its hashes; the length is a multiple of 32."""
    return [joined[at : at + HASH_BYTES] for at in range(0, len(joined), HASH_BYTES)]


def cover(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the complete subtrees that together hold the leaves from `start` to before `end`.

    Pairs of first leaf and height, from the left, each as large as its place allows.
    """
    while start < end:
        height = (end - start).bit_length() - 1
        if start:
            height = min(height, (start & -start).bit_length() - 1)
        yield start, height
        start += 1 << height


def verify_inclusion(
    index: int, size: int, hashed: bytes, path: Sequence[bytes], root: bytes
) -> None:
    """Accept that the leaf with hash `hashed` stands at `index` of the tree of `size` and `root`.

    Raises:
        ProofError: The path does not lead there.
    """
    if not 0 <= index < size:
        raise ProofError("index outside the tree")
    node, last = index, size - 1
    for sibling in path:
        if last == 0:
            raise ProofError("inclusion path is too long")
        if node & 1 or node == last:
            hashed = node_hash(sibling, hashed)
            node, last = _climb_right_edge(node, last)
        else:
            hashed = node_hash(hashed, sibling)
        node, last = node >> 1, last >> 1
    if last or not compare_digest(hashed, root):
        raise ProofError("inclusion path does not lead to the root")


def verify_consistency(
    old_size: int, size: int, old_root: bytes, root: bytes, path: Sequence[bytes]
) -> None:
    """Accept that the tree of `size` and `root` continues the tree of `old_size` and `old_root`.

    Raises:
        ProofError: It does not, or the path does not show it.
    """
    if old_size > size:
        raise ProofError("the older tree is larger")
    if old_size in {0, size}:
        same = EMPTY_ROOT if old_size == 0 else root
        if path or not compare_digest(old_root, same):
            raise ProofError("trees differ")
        return
    path = (old_root, *path) if old_size & (old_size - 1) == 0 else tuple(path)
    if not path:
        raise ProofError("consistency path is missing")
    if not _leads_to_both(old_size, size, (old_root, root), path):
        raise ProofError("consistency path does not lead to both roots")


def _leads_to_both(
    old_size: int, size: int, roots: tuple[bytes, bytes], path: tuple[bytes, ...]
) -> bool:
    node, last = old_size - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            node, last = _climb_right_edge(node, last)
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and compare_digest(old, roots[0]) and compare_digest(new, roots[1])


def _climb_right_edge(node: int, last: int) -> tuple[int, int]:
    # A node on the right edge without a sibling is carried up unchanged until it has one.
    while node and not node & 1:
        node, last = node >> 1, last >> 1
    return node, last
