"""What a new person gets on paper or as a file: whom to trust, and a token that works once."""

from typing import Annotated, Literal

from pydantic import Field

from fallberatung.wire.codes import Label, OrganisationKind, Role, Slug, UserName
from fallberatung.wire.encoding import Bytes32, Words


class Pin(Words):
    """One person's key as the institution's officer saw it."""

    key_id: Bytes32
    name: Label
    organisation: Label
    kind: OrganisationKind
    roles: tuple[Role, ...]


class Invitation(Words):
    """One person's way in; clients pin everything in it and believe the server nothing else.

    A file that holds it is readable by its owner only; `token` works once.
    """

    v: Literal[1] = 1
    realm: str = Field(pattern=r"^[a-z0-9.-]{1,100}$")
    area: Slug
    user: UserName
    token: Annotated[str, Field(min_length=43, max_length=43, repr=False)]
    origin: str
    checkpoint_key: str
    receipt_key: str
    institution_key: Bytes32
    pins: tuple[Pin, ...]
