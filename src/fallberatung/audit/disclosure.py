"""What a bundle discloses behind the commitments: one line for each, in the order of the leaves.

A line opens the field, or says that its value is gone (``expired``, ``erased``) or withheld from
this reader. No commitment is passed over in silence. See docs/spec/audit.md#openings-file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from fallberatung.audit.commitment import Opening, check_opening
from fallberatung.audit.errors import CanonicalError, OpeningError
from fallberatung.audit.jcs import Json, canonical, parse_object
from fallberatung.audit.leaf import Leaf
from fallberatung.crypto.sealed.b64 import b64u, from_b64u
from fallberatung.crypto.sealed.errors import MalformedSealError

Absence: TypeAlias = Literal["expired", "erased", "withheld"]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One committed field: its opening, or why there is none."""

    field: str
    content: Opening | Absence


def write_disclosures(entry_id: bytes, disclosures: Iterable[Disclosure]) -> bytes:
    """Write the lines of one entry, in the order of its commitments."""
    return b"".join(canonical(_line(entry_id, each)) + b"\n" for each in disclosures)


def read_disclosures(encoded: bytes, leaves: Sequence[Leaf]) -> list[tuple[Disclosure, ...]]:
    """Read and check the lines for these leaves.

    Raises:
        OpeningError: A line is malformed, missing, out of place or one too many, or an opening
            does not match its commitment.
    """
    lines = encoded.split(b"\n")
    if lines.pop() or len(lines) != sum(len(leaf.commitments) for leaf in leaves):
        raise OpeningError("openings do not answer the commitments one for one")
    remaining = iter(lines)
    return [
        tuple(_disclosed(next(remaining), leaf, field) for field, _ in leaf.commitments)
        for leaf in leaves
    ]


def _line(entry_id: bytes, disclosure: Disclosure) -> dict[str, Json]:
    place: dict[str, Json] = {"f": disclosure.field, "id": b64u(entry_id)}
    match disclosure.content:
        case Opening(salt=salt, value=value):
            return {**place, "s": b64u(salt), "v": parse_object(value)}
        case "withheld":
            return {**place, "withheld": True}
        case gone:
            return {**place, "gone": gone}


def _disclosed(line: bytes, leaf: Leaf, field: str) -> Disclosure:
    try:
        members = dict(parse_object(line))
        if (members.pop("f", None), members.pop("id", None)) != (field, leaf.id_text):
            raise OpeningError("opening out of place")
        return Disclosure(field, _content(members, leaf, field))
    except (CanonicalError, MalformedSealError):
        raise OpeningError("openings are malformed") from None


def _content(members: dict[str, Json], leaf: Leaf, field: str) -> Opening | Absence:
    match members:
        case {"s": str(salt), "v": dict(value), **others} if not others:
            opening = Opening(field, from_b64u(salt), canonical(value))
            check_opening(leaf, opening)
            return opening
        case {"withheld": True, **others} if not others:
            return "withheld"
        case {"gone": "expired" | "erased" as gone, **others} if not others:
            return gone
    raise OpeningError("openings are malformed")
