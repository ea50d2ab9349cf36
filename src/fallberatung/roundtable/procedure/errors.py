"""What procedure refuses; each refusal carries a code from a closed list.

`reason` is the code: stable, without spaces, fit for a problem type, a log detail and a look-up
in the catalogue. The message is the same code in words.
"""

from fallberatung.errors import MalformedError, RefusedError


class ProcedureError(RefusedError):
    """A rule of the procedure said no; `reason` names the rule."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason.replace("_", " "))


class TransitionError(ProcedureError):
    """No step of the table leads there: `no_such_step`, `ambiguous_step`, `tables_not_allowed`."""


class MembershipError(ProcedureError):
    """This epoch may not follow the one before; the codes are `membership.REASONS`."""


class AccessError(ProcedureError):
    """This act is not for you, or not now; the codes are `access.REASONS`."""


class DeadlineError(ProcedureError):
    """A date cannot be computed: `not_positive`, `calendar_too_short`, `clock_without_zone`."""


class PolicyFileError(MalformedError):
    """A policy file does not say what it must; the message names the place, never the value."""
