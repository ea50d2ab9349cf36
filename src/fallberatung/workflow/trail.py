"""The words that acts leave in the access log (docs/spec/audit.md#entry): who, what, outcome."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from fallberatung.audit.entry import ANONYMOUS, Actor, Entry, Occurrence, Outcome, make_entry
from fallberatung.audit.jcs import Json
from fallberatung.audit.leaf import milliseconds
from fallberatung.audit.outbox import outbox_row
from fallberatung.audit.receipt import promise
from fallberatung.audit.sign import sign_receipt
from fallberatung.crypto.sealed.b64 import b64u
from fallberatung.errors import FallberatungError
from fallberatung.roundtable.procedure.errors import AccessError
from fallberatung.workflow.errors import AuditUnavailableError
from fallberatung.workflow.work import Context, Work

LAG_FOR_SHOWING: Final = timedelta(seconds=60)
LAG_FOR_ANYTHING: Final = timedelta(minutes=15)

SHOWING: Final = frozenset(
    {"case.read", "case.export", "case.claim", "case.convene", "key.grant", "audit.export"}
)
"""Acts that show content or hand on keys; they wait first when the log lags."""

NEVER_REFUSED: Final = frozenset({"case.submit", "auth.login", "auth.logout"})
"""What goes on whatever the log does: a filing, and the way to it and back."""

_ADDRESS: Final = re.compile(r"[0-9A-Fa-f.:]{2,45}")
_HUMP: Final = re.compile(r"(?<!^)(?=[A-Z])")


def write(work: Work, context: Context, occurrence: Occurrence) -> tuple[Entry, str]:
    """Put an entry into the outbox and return it with its signed receipt."""
    house = context.house
    entry = make_entry(occurrence, house.random)
    promised = promise(house.origin, entry)
    note = sign_receipt(house.custody, house.origin, entry, promised.leaf_hash, promised.mmd)
    work.outbox.add(outbox_row(entry, context.now))
    return entry, note


def occur(
    context: Context,
    action: str,
    actor: Actor,
    *,
    outcome: Outcome = "ok",
    why: str | None = None,
    target: Mapping[str, Json] | None = None,
    detail: Mapping[str, Json] | None = None,
) -> Occurrence:
    """Tell of an act; the network address is told for sign-ins only."""
    is_sign_in = action.startswith("auth.")
    return Occurrence(
        action=action,
        outcome=outcome,
        actor=actor,
        at=context.now,
        source=context.house.source,
        why=why,
        object=target,
        client=_client(context) if is_sign_in else None,
        detail=detail,
        request=context.request,
    )


def account_actor(context: Context, role: str | None = None) -> Actor:
    """Name the signed-in account as an actor; nobody signed in is nobody."""
    account = context.account
    if account is None:
        return ANONYMOUS
    return Actor(b64u(account.uid), role or account.roles[0], "user", context.session)


def outcome_of(error: Exception) -> Outcome:
    """Say `denied` where a rule about rights said no, `failed` otherwise."""
    return "denied" if isinstance(error, AccessError) else "failed"


def reason_of(error: Exception) -> str:
    """Return the code of an error: its own, or the name of its class in words."""
    reason = getattr(error, "reason", None)
    if isinstance(reason, str):
        return reason
    if not isinstance(error, FallberatungError):
        return "internal"
    return _HUMP.sub("_", type(error).__name__.removesuffix("Error")).lower()


def check_lag(work: Work, context: Context, action: str) -> None:
    """Refuse what may not go on while the log lags (docs/spec/audit.md#integration).

    A filing always goes on, and so does the sign-in before it: their entries are durable in the
    outbox, and nobody who seeks help is turned away.

    Raises:
        AuditUnavailableError: more than 60 seconds for an act of `SHOWING`, more than 15 minutes
            for any other.
    """
    now = milliseconds(context.now)
    oldest = work.log.oldest_due_ms(now)
    if oldest is None or action in NEVER_REFUSED:
        return
    allowed = LAG_FOR_SHOWING if action in SHOWING else LAG_FOR_ANYTHING
    if timedelta(milliseconds=now - oldest) > allowed:
        raise AuditUnavailableError


def _client(context: Context) -> Mapping[str, Json] | None:
    is_known = _ADDRESS.fullmatch(context.address) is not None
    return {"ip": context.address} if is_known else None
