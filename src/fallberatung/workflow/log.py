"""The access log as users meet it: checkpoint, export, and the duties that keep it going."""

from fallberatung.audit.entry import Actor
from fallberatung.audit.integrate import Sign, found_log, integrate
from fallberatung.audit.jcs import Json
from fallberatung.audit.policy import write_policy
from fallberatung.audit.sign import log_policy, sign_checkpoint
from fallberatung.roundtable.procedure.access import NOBODY, may
from fallberatung.workflow.errors import RuleError
from fallberatung.workflow.steps import Step, plain_step
from fallberatung.workflow.trail import account_actor, occur, write
from fallberatung.workflow.work import Context, House, Work

SERVICE = Actor("service", "service", "service")
LAST_AREA = "~"
"""Sorts after every area: the integrator takes the rows its own batch has just written."""


def export(
    context: Context, *, start: int, end: int | None, purpose: str, reason: str
) -> Step[tuple[int, int]]:
    """Grant an export of the entries from `start` up to but without `end`; None means all."""

    def act(work: Work) -> tuple[int, int]:
        roles = frozenset(context.person.roles)
        may("audit.export", standing=NOBODY, account_roles=roles, state=None)
        head = work.log.head()
        size = 0 if head is None else head.size
        last = size if end is None else end
        if not 0 <= start <= last <= size:
            raise RuleError("no_such_entries")
        return start, last

    def tell(granted: tuple[int, int]) -> dict[str, Json]:
        return {"from": granted[0], "to": granted[1], "reason": reason}

    return plain_step(
        "audit.export",
        context,
        act,
        lambda granted: occur(
            context,
            "audit.export",
            account_actor(context, "dsb"),
            why=purpose,
            detail=tell(granted),
        ),
        purpose=purpose,
    )


def policy_text(house: House) -> str:
    """Return the keys of the log as a verifier's policy file; compare it by another way."""
    return write_policy(log_policy(house.custody, house.origin))


def founded(context: Context) -> Step[None]:
    """Begin the log with its empty tree; once, when the house is founded."""

    def act(work: Work) -> None:
        house = context.house
        found_log(work.log, house.origin, _signer(house), context.now)

    return Step(context.house.area, b"", act, lambda _work, _error: None)


def integrate_due(context: Context) -> Step[int]:
    """Move what is due from the outbox into the tree; returns how many leaves were added."""

    def act(work: Work) -> int:
        house = context.house
        return integrate(work.log, _signer(house), context.now, house.random)

    return Step(LAST_AREA, b"", act, lambda _work, _error: None)


def started(context: Context, version: str, policies: str) -> Step[bool]:
    """Note that the service starts, and that its policies are others than before, if they are.

    Returns whether the policies changed.
    """

    def act(work: Work) -> bool:
        write(work, context, occur(context, "log.start", SERVICE, detail={"version": version}))
        before = work.areas.fact("policies")
        if before == policies:
            return False
        work.areas.state_fact("policies", policies)
        detail: dict[str, Json] = {"policy": policies}
        if before is not None:
            detail["replaced"] = before
        write(work, context, occur(context, "policy.change", SERVICE, detail=detail))
        return True

    return Step(context.house.area, b"", act, lambda _work, _error: None)


def heartbeat(context: Context) -> Step[None]:
    """Say that the log is alive: silence is then not the same as suppression."""

    def act(work: Work) -> None:
        head = work.log.head()
        size = 0 if head is None else head.size
        write(work, context, occur(context, "log.heartbeat", SERVICE, detail={"size": size}))

    return Step(context.house.area, b"", act, lambda _work, _error: None)


def _signer(house: House) -> Sign:
    return lambda size, root: sign_checkpoint(house.custody, house.origin, size, root)
