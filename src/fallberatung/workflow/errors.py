"""What the steps of a case refuse on their own account; each carries a code, never a text."""

from fallberatung.errors import BrokenError, RefusedError


class StepError(RefusedError):
    """A step was refused; `reason` is a code from the place that raised it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason.replace("_", " "))


class UnknownCaseError(StepError):
    """There is no such case, or nothing of it for this account: both look the same outside."""

    def __init__(self) -> None:
        super().__init__("unknown_case")


class RuleError(StepError):
    """Understood, and a rule of this house refuses it."""


class ConflictError(StepError):
    """It exists already and is something else."""


class StaleError(StepError):
    """Somebody wrote before; `head` and `seq` are the link to build on."""

    def __init__(self, head: bytes, seq: int) -> None:
        self.head = head
        self.seq = seq
        super().__init__("stale_head")


class WrongLoginError(StepError):
    """User and login value do not belong together; says nothing of which of them exists."""

    def __init__(self) -> None:
        super().__init__("wrong_login")


class NotSignedInError(StepError):
    """Nobody is signed in with this token."""

    def __init__(self) -> None:
        super().__init__("not_signed_in")


class AuditUnavailableError(StepError):
    """The access log lags too far behind for this act."""

    def __init__(self) -> None:
        super().__init__("audit_unavailable")


class UnfoundedError(BrokenError):
    """The installation has no area yet."""
