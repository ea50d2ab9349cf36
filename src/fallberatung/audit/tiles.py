"""Tiles (C2SP tlog-tiles): the tree cut into rows of up to 256 hashes, 8 levels apart.

A tile only ever grows, and a narrower one is a prefix of it, so old roots and proofs can be
computed from today's tiles. See docs/spec/audit.md#tiles.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from fallberatung.audit.errors import LogBrokenError
from fallberatung.audit.tree import EMPTY_ROOT, HASH_BYTES, node_hash, split_hashes

HEIGHT: Final = 8
WIDTH: Final = 1 << HEIGHT
TILE_BYTES: Final = WIDTH * HASH_BYTES

ReadTile: TypeAlias = Callable[[int, int], bytes | None]
WriteTile: TypeAlias = Callable[[int, int, bytes], None]


def grow(read: ReadTile, write: WriteTile, size: int, hashes: Sequence[bytes]) -> None:
    """Append leaf hashes to the tiles of a tree of `size` leaves, on every level they reach.

    Raises:
        LogBrokenError: A stored tile does not end where the size says.
    """
    level = 0
    while hashes:
        hashes = _grow_level(read, write, (level, size), hashes)
        level, size = level + 1, size >> HEIGHT


def complete_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root of a complete subtree; the number of hashes is a power of two."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [node_hash(left, right) for left, right in pairs]
    return hashes[0]


class TileReader:
    """Roots and proofs of any earlier size of the tree, computed from its tiles.

    Reads each tile once; make a new reader after the tree has grown.

    Raises:
        LogBrokenError: From every method, where a tile is missing or too short.
    """

    __slots__ = ("_read", "_tiles")

    def __init__(self, read: ReadTile) -> None:
        self._read = read
        self._tiles: dict[tuple[int, int], bytes] = {}

    def root(self, size: int) -> bytes:
        """Return the root of the first `size` leaves."""
        return self._span(0, size) if size else EMPTY_ROOT

    def subtree(self, start: int, height: int) -> bytes:
        """Return the hash of the complete subtree of ``2**height`` leaves at `start`."""
        level, below = divmod(height, HEIGHT)
        first = start >> (level * HEIGHT)
        return complete_root([self._node(level, first + at) for at in range(1 << below)])

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """Return the siblings from the leaf upwards (RFC 6962 2.1.1)."""
        path = []
        start, end = 0, size
        while end - start > 1:
            middle = _split(start, end)
            if index < middle:
                path.append(self._span(middle, end))
                end = middle
            else:
                path.append(self._span(start, middle))
                start = middle
        return tuple(reversed(path))

    def consistency(self, old_size: int, size: int) -> tuple[bytes, ...]:
        """Return the nodes that lead to both roots (RFC 6962 2.1.2); none for 0 or equal sizes."""
        if old_size in {0, size}:
            return ()
        path = []
        start, end = 0, size
        while old_size != end:
            middle = _split(start, end)
            if old_size <= middle:
                path.append(self._span(middle, end))
                end = middle
            else:
                path.append(self._span(start, middle))
                start = middle
        if start:
            path.append(self._span(start, end))
        return tuple(reversed(path))

    def _span(self, start: int, end: int) -> bytes:
        width = end - start
        if width & (width - 1) == 0:
            return self.subtree(start, width.bit_length() - 1)
        middle = _split(start, end)
        return node_hash(self._span(start, middle), self._span(middle, end))

    def _node(self, level: int, at: int) -> bytes:
        tile, place = divmod(at, WIDTH)
        hashed = self._tile(level, tile)[place * HASH_BYTES : (place + 1) * HASH_BYTES]
        if len(hashed) != HASH_BYTES:
            raise LogBrokenError("tile is too short")
        return hashed

    def _tile(self, level: int, n: int) -> bytes:
        if (level, n) not in self._tiles:
            self._tiles[level, n] = self._read(level, n) or b""
        return self._tiles[level, n]


def _split(start: int, end: int) -> int:
    """Return where RFC 6962 divides a span: after the largest power of two that is smaller."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def _grow_level(
    read: ReadTile, write: WriteTile, place: tuple[int, int], hashes: Sequence[bytes]
) -> list[bytes]:
    level, size = place
    first, width = divmod(size, WIDTH)
    grown = (read(level, first) or b"") if width else b""
    if len(grown) != width * HASH_BYTES:
        raise LogBrokenError("tile does not end where the tree does")
    grown += b"".join(hashes)
    completed = []
    for n, at in enumerate(range(0, len(grown), TILE_BYTES), start=first):
        tile = grown[at : at + TILE_BYTES]
        write(level, n, tile)
        if len(tile) == TILE_BYTES:
            completed.append(complete_root(split_hashes(tile)))
    return completed
