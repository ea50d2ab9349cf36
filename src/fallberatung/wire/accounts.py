"""Joining, signing in, and who is there (docs/spec/fb-v1.md#login)."""

from typing import Annotated, Literal

from pydantic import Field

from fallberatung.wire.codes import Label, OrganisationKind, Role, UserName
from fallberatung.wire.encoding import Bundle, Bytes16, Bytes32, Words


class Kdf(Words):
    """How the password becomes keys; clients refuse anything weaker than these values."""

    alg: Literal["argon2id"] = "argon2id"
    v: Literal[19] = 19
    m: int = 65_536
    t: int = 3
    p: int = 1


class LoginParams(Words):
    """Salt and parameters for a user name; an unknown name gets a stable decoy."""

    salt: Bytes16
    kdf: Kdf


class Login(Words):
    """A sign-in: `auth` is derived from the password, the password itself never travels."""

    user: UserName
    auth: Annotated[Bytes32, Field(repr=False)]


class Account(Words):
    """The signed-in person's own account; `organisation` is the name people read."""

    uid: Bytes16
    user: UserName
    name: Label
    organisation: Label
    kind: OrganisationKind
    roles: tuple[Role, ...]
    key_id: Bytes32


class SignedIn(Words):
    """A fresh sign-in; `token` goes into `Authorization: Bearer` and is stored hashed here."""

    token: str = Field(min_length=43, max_length=43, repr=False)
    account: Account


class Join(Words):
    """Accepting an invitation with the very key it names."""

    invitation: Annotated[str, Field(min_length=43, max_length=43, repr=False)]
    user: UserName
    salt: Annotated[Bytes16, Field(repr=False)]
    auth: Annotated[Bytes32, Field(repr=False)]
    bundle: Bundle


class Person(Words):
    """One member of the area as the others see them; no sign-in name."""

    name: Label
    organisation: Label
    kind: OrganisationKind
    roles: tuple[Role, ...]
    key_id: Bytes32
    bundle: Bundle


class People(Words):
    """Everybody who has joined the area."""

    people: tuple[Person, ...]
