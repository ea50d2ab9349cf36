"""The closed registry of actions: one vocabulary for policy, routes and log.

An action carries the same name in the access policy, at its route and in the log. Each says
how long its entries are kept, whether a purpose must be given, and which keys `detail` may
hold; the form of each key stands in `fields.DETAIL_FORMS`. `reason` (a code, never a sentence)
is allowed everywhere, because any act may be denied or fail.
See docs/spec/audit.md#actions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from fallberatung.audit.errors import EntryError

Retention: TypeAlias = Literal["A", "B", "C"]
"""How long an entry is kept (docs/spec/audit.md#retention).

``A`` access and administration: to the end of the year after its making. ``B`` who may do what,
and acts upon the log itself: as long as the cases they bear on, and a year. ``C`` nothing but a
network source: 30 days.
"""

PURPOSES: Final = frozenset(
    {"BERATUNG", "VERTRETUNG", "QS", "DSB", "ADMIN", "NOTFALL", "BETROFFENE", "SYSTEM"}
)
"""The closed list of purposes, the values of ``why``."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can happen, as the log knows it."""

    name: str
    retention: Retention
    purpose_required: bool
    detail: frozenset[str]


_RECORDS: Final = "record records seq epoch"
_CASE: Final = f"{_RECORDS} state was count session policy"

_REGISTRY: Final[tuple[tuple[str, str, Retention, str], ...]] = (
    # room of the action, its verbs, retention, keys of detail besides `reason`
    ("auth", "login logout mfa step_up recover", "A", "method"),
    ("auth", "login_burst", "C", "count"),
    ("case", "submit", "A", f"{_CASE} version urgency frame basis kind"),
    ("case", "list", "A", "count"),
    ("case", "read", "A", "from to count epoch"),
    ("case", "append", "A", f"{_CASE} ret"),
    ("case", "claim accept return convene phase close reopen withdraw", "A", _CASE),
    ("case", "export archive erase", "A", "from to count format state was"),
    ("deadline", "set pause extend overdue", "A", f"{_RECORDS} session band due policy kind"),
    ("member", "add remove recognise substitute acknowledge", "B", f"{_RECORDS} key role kind"),
    ("key", "grant rotate revoke attest", "B", f"{_RECORDS} key from to count kind"),
    ("incident", "open decide close", "A", "kind state was"),
    ("hold", "set lift", "B", "kind"),
    ("user", "create lock delete", "B", "role kind key state"),
    ("role", "grant revoke", "B", "role"),
    ("org", "change", "B", "kind state count"),
    ("policy", "change", "B", "policy replaced name version count"),
    ("admin", "config backup restore", "A", "name kind version count size"),
    ("audit", "query reveal export verify sample", "A", "from to count size format seed entry"),
    ("audit", "erase prune", "B", "from to count key"),
    ("log", "start heartbeat clock_skew", "A", "size version delta entry"),
    ("log", "key_rotate quarantine restore", "B", "size root key leaf replaced"),
)


def _actions() -> Mapping[str, Action]:
    known = {}
    for room, verbs, retention, keys in _REGISTRY:
        for verb in verbs.split():
            name = f"{room}.{verb}"
            asks_purpose = room == "audit" or name in {"case.read", "case.export"}
            detail = frozenset({"reason", *keys.split()})
            known[name] = Action(name, retention, asks_purpose, detail)
    return MappingProxyType(known)


ACTIONS: Final[Mapping[str, Action]] = _actions()
"""Every action there is, by name."""


def action(name: str) -> Action:
    """Look an action up.

    Raises:
        EntryError: The registry holds no such action.
    """
    try:
        return ACTIONS[name]
    except KeyError:
        raise EntryError("unknown action") from None
