"""The one table role to capability (docs/spec/roundtable.md#membership).

Capabilities are all that crypto knows of a member: `mgr` changes the membership and writes,
`wr` writes, `rd` reads.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from fallberatung.roundtable.procedure.errors import MembershipError

AUTHOR: Final = "author"
ADVISER: Final = "adviser"
MODERATOR: Final = "moderator"
DEPUTY: Final = "deputy"
PARTICIPANT: Final = "participant"
RECORDER: Final = "recorder"
OBSERVER: Final = "observer"
SYSTEM: Final = "system"
"""No member: a duty of the service that acts when a period ends. It never stands in an epoch."""

ROLE_CAPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        AUTHOR: "wr",
        ADVISER: "mgr",
        MODERATOR: "mgr",
        DEPUTY: "mgr",
        PARTICIPANT: "wr",
        RECORDER: "wr",
        OBSERVER: "rd",
    }
)
"""Every role a member can hold; for the author from epoch 2 on (see `cap_of`)."""

MANAGERS: Final = frozenset(role for role, cap in ROLE_CAPS.items() if cap == "mgr")
"""The roles that convene, move the phases and set deadlines."""


def cap_of(role: str, epoch: int) -> str:
    """Return the capability a role has in an epoch, counted from 1.

    The author is `mgr` in epoch 1 only, as the root that signs it.

    Raises:
        MembershipError: `unknown_role`.
    """
    if role not in ROLE_CAPS:
        raise MembershipError("unknown_role")
    return "mgr" if role == AUTHOR and epoch == 1 else ROLE_CAPS[role]
