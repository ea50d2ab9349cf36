"""The closed lists of codes both sides speak; every other value is refused before it is read."""

from typing import Annotated, Final, Literal

from pydantic import Field

USER_PATTERN: Final = r"^[a-z0-9._@-]{3,64}$"

UserName = Annotated[str, Field(pattern=USER_PATTERN)]
"""A sign-in name; refused otherwise, never folded (docs/spec/fb-v1.md#login)."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")]
"""The short name of an area or an organisation."""

HexDigest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in lower-case hex: the hash of a policy or a build."""

Label = Annotated[str, Field(min_length=1, max_length=120)]
"""A name that people read: of a person, an organisation, an area."""

Role = Literal["author", "adviser", "moderator", "participant", "dsb", "administration", "officer"]
"""What an account may be."""

SeatRole = Literal[
    "author", "adviser", "moderator", "deputy", "participant", "recorder", "observer"
]
"""What a member of a case may be (docs/spec/fb-v1.md#epoch)."""

Cap = Literal["mgr", "wr", "rd"]
"""What a member's key may do in a case."""

OrganisationKind = Literal["school", "kita", "jugendamt", "provider", "counselling"]
"""Kinds of institution that take part."""

Land = Literal[
    "BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"
]
"""A Land by its usual two letters; it decides about holidays."""

LegalBasis = Literal["KKG_4_2", "SGB8_8a_4", "SGB8_8b_1", "SGB8_64_2a"]
"""On which statute the question rests (docs/spec/roundtable.md#states)."""

Urgency = Literal["normal", "high"]
"""How fast the author needs an answer."""

Frame = Literal["single", "table"]
"""The author's wish: one adviser, or a round table."""

Tables = Literal["adviser_only", "after_screening"]
"""Whether round tables are allowed in an area (docs/spec/roundtable.md#states)."""

Purpose = Literal["BERATUNG", "VERTRETUNG", "QS", "DSB", "ADMIN", "NOTFALL", "BETROFFENE", "SYSTEM"]
"""Why somebody looks (`why`, docs/spec/audit.md#leaf)."""

MAX_RECORDS: Final = 32
"""The most records one request may bring: an epoch and a grant for each of its members."""
