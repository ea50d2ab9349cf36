"""Openings as they are stored beside a leaf: one byte string for each entry.

Thin for now: the openings are stored unsealed. Sealing each field under a shreddable key of its
case, actor and year, or day (docs/spec/audit.md#openings) arrives with erasure; until then
erasing a field means erasing this byte string. The form of leaf, commitment, receipt and bundle
does not change with it.
"""

from collections.abc import Iterable

from fallberatung.audit.commitment import Opening
from fallberatung.audit.errors import CanonicalError, OpeningError
from fallberatung.audit.fields import FIELDS
from fallberatung.audit.jcs import Json, canonical, parse_object
from fallberatung.crypto.sealed.b64 import b64u, from_b64u
from fallberatung.crypto.sealed.errors import MalformedSealError


def encode_openings(openings: Iterable[Opening]) -> bytes:
    """Write openings as canonical JSON ``{field: [salt base64url, value]}``."""
    by_field = {opening.field: opening for opening in openings}
    stored: dict[str, Json] = {
        name: [b64u(opening.salt), parse_object(opening.value)]
        for name, opening in by_field.items()
    }
    return canonical(stored)


def decode_openings(stored: bytes) -> tuple[Opening, ...]:
    """Read what `encode_openings` wrote, in the order of `FIELDS`.

    Raises:
        OpeningError: Anything else.
    """
    try:
        members = parse_object(stored)
        return tuple(_opening(name, members[name]) for name in _known(members))
    except (CanonicalError, MalformedSealError):
        raise OpeningError("stored openings are malformed") from None


def _known(members: Iterable[str]) -> list[str]:
    names = sorted(members)
    if not set(names) <= set(FIELDS):
        raise OpeningError("stored openings name an unknown field")
    return names


def _opening(name: str, member: Json) -> Opening:
    match member:
        case [str() as salt, dict() as value]:
            return Opening(name, from_b64u(salt), canonical(value))
    raise OpeningError("stored openings are malformed")
