"""What the institution's officer hands to the operator: an area, its institutions, its people."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from fallberatung.wire.codes import (
    Label,
    Land,
    OrganisationKind,
    Role,
    Slug,
    Tables,
    UserName,
)
from fallberatung.wire.encoding import Bundle, Bytes32, Small, Words
from fallberatung.wire.errors import WordsError


class KeyRequest(Words):
    """Made on a person's own device: who they are, and the public half of their key."""

    v: Literal[1] = 1
    user: UserName
    name: Label
    organisation: Slug
    roles: Annotated[tuple[Role, ...], Field(min_length=1, max_length=7)]
    bundle: Bundle


class Organisation(Words):
    """One institution of the area."""

    slug: Slug
    name: Label
    kind: OrganisationKind
    land: Land


class TablesBasis(Words):
    """Why round tables are allowed in an area: decided by two persons, on a date, on a basis."""

    legal_basis: Label
    date: date
    by: Annotated[tuple[Label, ...], Field(min_length=2, max_length=2)]


class Town(Words):
    """One area as its officer founds it; `roster` is the desk roster signed by its key.

    `demo` marks an area made for trying out: it is never served beyond this machine.
    """

    v: Literal[1] = 1
    area: Slug
    name: Label
    land: Land
    tables: Tables
    tables_basis: TablesBasis | None
    institution_key: Bytes32
    roster: Small
    organisations: Annotated[tuple[Organisation, ...], Field(min_length=1, max_length=500)]
    people: Annotated[tuple[KeyRequest, ...], Field(min_length=1, max_length=5_000)]
    demo: bool

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        slugs = {organisation.slug for organisation in self.organisations}
        if len(slugs) != len(self.organisations):
            raise ValueError("an organisation is named twice")
        if len({person.user for person in self.people}) != len(self.people):
            raise ValueError("a user is named twice")
        if not {person.organisation for person in self.people} <= slugs:
            raise ValueError("a person belongs to an organisation the town does not have")
        if self.tables == "after_screening" and self.tables_basis is None:
            raise ValueError("round tables need the basis on which two persons allowed them")
        return self


def read_town(encoded: bytes) -> Town:
    """Read a town file.

    Raises:
        WordsError: it is not one; the message names the first place that is wrong.
    """
    try:
        return Town.model_validate_json(encoded)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
        where = f"look at {place}" if place else "its parts do not fit together"
        raise WordsError(f"this is no town file: {where}") from None
