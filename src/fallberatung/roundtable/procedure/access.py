"""Who may do what: one predicate, default deny, with the action names of the audit registry.

An action has the same name here, in the route, in the log and in the Cedar policy that this
predicate will be checked against (docs/spec/audit.md#actions). Three questions, asked in this
order: is the account of a kind that may see cases at all, does it stand at this case in a fitting
role, and is the case in a fitting state. Numbers of epochs do not occur: state `submitted` *is*
epoch 1.

What the predicate does not know and the caller checks: that the pair (account, case) has the
standing it claims, that who left or recognised the case stands at it no more (`Standing` "none"),
purposes, second persons, and the moderator who must not be the author.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from fallberatung.roundtable.procedure.errors import AccessError
from fallberatung.roundtable.procedure.roles import (
    ADVISER,
    AUTHOR,
    MANAGERS,
    OBSERVER,
    ROLE_CAPS,
    SYSTEM,
)
from fallberatung.roundtable.procedure.states import (
    AUTHOR_READS_ONLY,
    LIVE,
    READABLE,
    STEPS,
    WRITABLE,
    Phase,
    State,
)

__all__ = ["ACCOUNT_ROLES", "NOBODY", "REASONS", "AccessError", "Standing", "actions", "may"]

REASONS: Final = frozenset(
    {
        "no_case_role",
        "not_a_member",
        "not_administration",
        "not_dsb",
        "not_officer",
        "read_only",
        "unknown_action",
        "wrong_role",
        "wrong_state",
    }
)
"""The closed list of codes an `AccessError` carries."""

CASE_ACCOUNTS: Final = frozenset({"author", "adviser", "moderator", "participant"})
"""The account roles that work on cases; the others see no content, whatever key they hold."""

ACCOUNT_ROLES: Final = CASE_ACCOUNTS | {"dsb", "administration", "officer"}
"""All account roles there are."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands at one case in its current epoch.

    Attributes:
        kind: "seat" for the author, "member" for whoever else is in the epoch, "none" otherwise.
        role: the role in the epoch, None without one.
        cap: `mgr`, `wr` or `rd`, None without one.
    """

    kind: Literal["seat", "member", "none"]
    role: str | None = None
    cap: str | None = None


NOBODY: Final = Standing("none")
"""The standing of everybody who is not in the epoch."""


@dataclass(frozen=True, slots=True)
class _Rule:
    roles: frozenset[str]
    states: tuple[State, ...]
    caps: frozenset[str] = frozenset({"mgr", "wr", "rd"})


_ALL = frozenset(ROLE_CAPS)
_WRITERS = _ALL - {OBSERVER}
_WRITING = frozenset({"mgr", "wr"})
_MANAGING = frozenset({"mgr"})


def _step_rules() -> dict[str, _Rule]:
    """Read the rules of everything that moves a case off the one table of steps."""
    rules: dict[str, _Rule] = {}
    for step in STEPS:
        known = rules.get(step.action, _Rule(frozenset(), ()))
        rules[step.action] = _Rule(known.roles | step.roles, (*known.states, *step.from_states))
    return rules


_AT_A_CASE: Final[Mapping[str, _Rule]] = MappingProxyType(
    {
        **_step_rules(),
        "case.read": _Rule(_ALL, READABLE),
        "case.append": _Rule(_WRITERS, WRITABLE, _WRITING),
        "case.export": _Rule(_WRITERS, (State.PROTOCOL_CONFIRMED, State.REVIEW_DUE, State.CLOSED)),
        "deadline.set": _Rule(MANAGERS, LIVE, _MANAGING),
        "deadline.pause": _Rule(MANAGERS, LIVE, _MANAGING),
        "deadline.extend": _Rule(MANAGERS, LIVE, _MANAGING),
        "deadline.overdue": _Rule(frozenset({SYSTEM}), LIVE),
        "member.add": _Rule(MANAGERS, LIVE, _MANAGING),
        "member.remove": _Rule(MANAGERS, LIVE, _MANAGING),
        "member.substitute": _Rule(MANAGERS, WRITABLE, _MANAGING),
        "member.recognise": _Rule(_ALL - {AUTHOR}, READABLE),
        "member.acknowledge": _Rule(_ALL, LIVE),
        "key.grant": _Rule(MANAGERS, WRITABLE, _MANAGING),
        # The author may rekey a stranded case; that it is stranded shows in the keys alone, and
        # an epoch signed by the author passes the chain with the reason `rekey` only.
        "key.rotate": _Rule(MANAGERS | {AUTHOR}, (State.SUBMITTED, *WRITABLE)),
    }
)

_OF_AN_ACCOUNT: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "audit.query": ("dsb", "not_dsb"),
        "audit.export": ("dsb", "not_dsb"),
        "audit.verify": ("dsb", "not_dsb"),
        "user.create": ("administration", "not_administration"),
        "user.lock": ("administration", "not_administration"),
        "user.delete": ("administration", "not_administration"),
        "role.grant": ("administration", "not_administration"),
        "role.revoke": ("administration", "not_administration"),
        "org.change": ("administration", "not_administration"),
        "policy.change": ("administration", "not_administration"),
        "admin.config": ("administration", "not_administration"),
        "key.attest": ("officer", "not_officer"),
    }
)


def actions() -> frozenset[str]:
    """Return every action somebody may take; whatever else is asked for is refused."""
    return frozenset(_AT_A_CASE) | frozenset(_OF_AN_ACCOUNT) | {"case.list"}


def may(
    action: str,
    *,
    standing: Standing,
    account_roles: frozenset[str],
    state: State | None,
    phase: Phase | None = None,
) -> None:
    """Return if the action is allowed, refuse it otherwise.

    Args:
        action: a name of the audit registry.
        standing: of the account at the case; `NOBODY` where there is no case yet or none is meant.
        account_roles: the roles of the account in its area.
        state: of the case; None where there is no case yet. `case.list` with a state asks for
            the facts of that one case (every state, so that an author learns of a return),
            without one for the account's own list.
        phase: of the session, where one is held; in three of them the author only listens.

    Raises:
        AccessError: with one of `REASONS`.
    """
    if action in _OF_AN_ACCOUNT:
        wanted, reason = _OF_AN_ACCOUNT[action]
        _refuse_unless(wanted in account_roles, reason)
        return
    _refuse_unless(action in actions(), "unknown_action")
    _check_account(action, account_roles)
    if action == "case.submit" or (action == "case.list" and state is None):
        return
    _refuse_unless(standing.kind != "none" and standing.role is not None, "not_a_member")
    if action == "case.list":
        return
    _check_at_case(action, standing, account_roles, state)
    if standing.role == AUTHOR and action == "case.append":
        _refuse_unless(phase not in AUTHOR_READS_ONLY, "read_only")


def _check_account(action: str, account_roles: frozenset[str]) -> None:
    # The data protection officer audits the house and therefore works in none of its rooms,
    # not even when the same account holds another role.
    works_on_cases = bool(account_roles & CASE_ACCOUNTS) and "dsb" not in account_roles
    _refuse_unless(works_on_cases, "no_case_role")
    _refuse_unless(action != "case.submit" or AUTHOR in account_roles, "wrong_role")


def _check_at_case(
    action: str, standing: Standing, account_roles: frozenset[str], state: State | None
) -> None:
    rule = _AT_A_CASE[action]
    _refuse_unless((standing.kind == "seat") == (standing.role == AUTHOR), "wrong_role")
    # An author and an adviser are what their account is; a role withdrawn there ends here.
    is_backed = standing.role not in {AUTHOR, ADVISER} or standing.role in account_roles
    _refuse_unless(is_backed, "wrong_role")
    _refuse_unless(standing.cap != "rd" or "rd" in rule.caps, "read_only")
    _refuse_unless(standing.cap in rule.caps and standing.role in rule.roles, "wrong_role")
    _refuse_unless(state in rule.states, "wrong_state")
    _refuse_unless(_is_step_or_none(action, standing, state), "wrong_role")


def _is_step_or_none(action: str, standing: Standing, state: State | None) -> bool:
    steps = [step for step in STEPS if step.action == action and state in step.from_states]
    return not steps or any(standing.role in step.roles for step in steps)


def _refuse_unless(claim: bool, reason: str) -> None:  # noqa: FBT001  a claim reads best in place
    if not claim:
        raise AccessError(reason)
