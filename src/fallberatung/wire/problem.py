"""What an error looks like: RFC 9457 problem+json with a stable type from one closed list."""

from enum import StrEnum
from typing import Final

from pydantic import Field

from fallberatung.wire.encoding import Bytes32, Words

MEDIA_TYPE: Final = "application/problem+json"
TYPE_PREFIX: Final = "urn:fallberatung:problem:"


class Slug(StrEnum):
    """Every reason a request can fail for; people read a sentence from a catalogue instead."""

    MALFORMED = "malformed"
    """The body or a parameter is not what the API asks for."""
    BAD_SIGNATURE = "bad_signature"
    """A signature or a proof inside the body does not verify."""
    HOST_REFUSED = "host_refused"
    """The Host header names somebody else."""
    NOT_SIGNED_IN = "not_signed_in"
    """No token, or one that is unknown, expired or withdrawn."""
    WRONG_LOGIN = "wrong_login"
    """User and password do not belong together; says nothing about which of them exists."""
    FORBIDDEN = "forbidden"
    """You may not do this."""
    NOT_FOUND = "not_found"
    """Nothing here for you: also the answer for a case you have no part in."""
    METHOD_NOT_ALLOWED = "method_not_allowed"
    """This path does not take this method."""
    STALE_HEAD = "stale_head"
    """Somebody wrote before you; carries `head` and `seq` to build on."""
    NOT_NOW = "not_now"
    """The case's state does not allow this step."""
    CONFLICT = "conflict"
    """It exists already and is something else."""
    RULE = "rule"
    """Understood, and a rule of the procedure or the chain refuses it."""
    TOO_LARGE = "too_large"
    """The body is larger than 256,000 bytes."""
    UNSUPPORTED_MEDIA = "unsupported_media"
    """The body is not JSON."""
    TOO_MANY = "too_many"
    """Too many attempts; try again after `Retry-After` seconds."""
    INTERNAL = "internal"
    """The house made a mistake; nothing was changed."""
    BUSY = "busy"
    """The writer's queue is full; try again after `Retry-After` seconds."""
    AUDIT_UNAVAILABLE = "audit_unavailable"
    """The access log cannot keep up, so nothing is shown."""
    NOT_BUILT = "not_built"
    """The pages were not built into this installation."""


class Problem(Words):
    """One failed request; `reason` is a code of a rule, never text of a user."""

    type: str = Field(pattern=r"^urn:fallberatung:problem:[a-z_]+$")
    title: str
    status: int
    reason: str | None = None
    head: Bytes32 | None = None
    seq: int | None = None

    @property
    def slug(self) -> str:
        """The last part of the type, one of `Slug` unless the server is newer."""
        return self.type.removeprefix(TYPE_PREFIX)
