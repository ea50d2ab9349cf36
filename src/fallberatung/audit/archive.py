"""The outer form of a bundle: a POSIX ustar archive that has exactly one spelling.

Every field of the headers is fixed but name, size and checksum, and the members stand in order,
so the same members always give the same bytes and no bit of an archive is without meaning.
Any tar program opens it. See docs/spec/audit.md#archive.
"""

import re
from collections.abc import Mapping
from typing import Final

from fallberatung.audit.errors import BundleError

FOLDER: Final = "fallberatung-audit-bundle/"
FIRST: Final = "bundle.json"

_BLOCK: Final = 512
_RECORD: Final = 10240
_LONGEST_NAME: Final = 100
_SIZE: Final = re.compile(rb"[0-7]{11}")


def pack(members: Mapping[str, bytes]) -> bytes:
    """Write the members, the manifest first and the others by name.

    Raises:
        BundleError: A name that is not ASCII or longer than its field.
    """
    parts = []
    for name in sorted(members, key=lambda name: (name != FIRST, name)):
        content = members[name]
        parts += [_header(name, len(content)), content, bytes(-len(content) % _BLOCK)]
    archive = b"".join(parts) + bytes(2 * _BLOCK)
    return archive + bytes(-len(archive) % _RECORD)


def unpack(archive: bytes) -> dict[str, bytes]:
    """Read what `pack` wrote, and nothing else.

    Raises:
        BundleError: One byte is different from what `pack` would have written.
    """
    members = {}
    at = 0
    while archive[at : at + 1].strip(b"\x00"):
        header = archive[at : at + _BLOCK]
        name = header[:_LONGEST_NAME].rstrip(b"\x00").decode("latin-1")
        size = _SIZE.fullmatch(header[124:135])
        if size is None or not name.startswith(FOLDER):
            raise BundleError("not an evidence bundle")
        start, length = at + _BLOCK, int(size[0], 8)
        members[name.removeprefix(FOLDER)] = archive[start : start + length]
        at = start + length + -length % _BLOCK
    if not members or pack(members) != archive:
        raise BundleError("archive is not as it was written")
    return members


def _header(name: str, size: int) -> bytes:
    full_name = (FOLDER + name).encode("latin-1")
    if len(full_name) > _LONGEST_NAME or not full_name.isascii():
        raise BundleError("member name does not fit")
    before = full_name.ljust(_LONGEST_NAME, b"\x00") + b"0000444\x000000000\x000000000\x00"
    before += b"%011o\x00%011o\x00" % (size, 0)
    after = (b"0" + bytes(100) + b"ustar\x0000").ljust(_BLOCK - len(before) - 8, b"\x00")
    checksum = sum(before) + sum(after) + 8 * ord(" ")
    return before + b"%06o\x00 " % checksum + after
