"""The leaf of an entry: the bytes that are hashed, and the grammar that reads them.

One occurrence has exactly one spelling, so the parser is the grammar of the canonical bytes
itself and no JSON is decoded. See docs/spec/audit.md#leaf.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from fallberatung.audit.actions import PURPOSES
from fallberatung.audit.errors import EntryError
from fallberatung.audit.fields import FIELDS
from fallberatung.crypto.sealed.b64 import from_b64u

LARGEST_LEAF: Final = 2048

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

# The last character of a base64url text without padding carries unused bits, which are zero.
_HASH: Final = "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]"
_ID: Final = "[A-Za-z0-9_-]{21}[AQgw]"
# After a commitment stands either the next one or the end; the look-ahead keeps commas honest.
_COMMITMENTS: Final = "".join(rf'(?:"{name}":"({_HASH})"(?:,(?=")|(?=\}})))?' for name in FIELDS)
_LEAF: Final = re.compile(
    r'\{"act":"([a-z]{2,16}(?:\.[a-z_]{2,24}){1,2})"'
    rf',"c":\{{{_COMMITMENTS}\}}'
    rf'(?:,"corr":"([A-Za-z0-9_-]{{1,40}})")?'
    rf',"id":"({_ID})"'
    r',"out":"(ok|denied|failed)"'
    r',"ret":"([ABC])"'
    rf',"src":"([a-z0-9-]{{1,32}})"'
    r',"t":"([0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}\.[0-9]{3}Z)"'
    r',"v":1'
    rf'(?:,"why":"({"|".join(sorted(PURPOSES))})")?\}}'
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf that was read and is well formed in every member.

    Identifier and commitments stay in the text in which the leaf has them, because a reader of a
    whole log compares far more of them than it decodes.

    Attributes:
        id_text: The entry id in base64url.
        action: The name of what happened.
        outcome: ``ok``, ``denied`` or ``failed``.
        purpose: The purpose given, None where none was.
        retention: ``A``, ``B`` or ``C``.
        at: When, UTC; of a seat the full hour.
        source: The instance that logged.
        request: The request's identifier, None where there is none.
        commitments: Field and commitment in base64url, in the order of the leaf.
    """

    id_text: str
    action: str
    outcome: str
    purpose: str | None
    retention: str
    at: datetime
    source: str
    request: str | None
    commitments: tuple[tuple[str, str], ...]

    @property
    def entry_id(self) -> bytes:
        """The 16 bytes of the entry id."""
        return from_b64u(self.id_text)

    def commitment(self, field: str) -> str | None:
        """Return the commitment for `field` in base64url, None where the leaf has none."""
        return next((text for name, text in self.commitments if name == field), None)


def parse_leaf(leaf: bytes) -> Leaf:
    """Read a leaf, refusing every byte string `entry.make_entry` could not have written.

    The name of the action is checked for its form only: a later release may know more actions,
    and its log must stay verifiable.

    Raises:
        EntryError: Not a leaf of this version.
    """
    found = _LEAF.fullmatch(leaf.decode("latin-1")) if len(leaf) <= LARGEST_LEAF else None
    if found is None:
        raise EntryError("not a leaf")
    name, *hashes, request, id_text, outcome, retention, source, at, purpose = found.groups()
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise EntryError("no such time") from None
    commitments = tuple(pair for pair in zip(FIELDS, hashes, strict=True) if pair[1])
    return Leaf(
        id_text=id_text,
        action=name,
        outcome=outcome,
        purpose=purpose,
        retention=retention,
        at=moment,
        source=source,
        request=request,
        commitments=commitments,
    )


def milliseconds(at: datetime) -> int:
    """Count whole milliseconds since 1970 in UTC, as the log writes times in numbers."""
    return (at - _EPOCH) // timedelta(milliseconds=1)
