"""What this room refuses; no message ever holds a text of a user."""

from fallberatung.errors import MalformedError, RefusedError


class PolicyFileError(MalformedError):
    """The policy file is not one: the message names the key at fault and what it must be."""


class RosterError(MalformedError):
    """A person of the roster has an unknown role, no name, or a label that gives a name away."""


class DecisionError(MalformedError):
    """A decision names a finding or a place that this proposal does not have."""


class CorrespondenceError(MalformedError):
    """The bytes are no correspondence of this version."""


class UndecidedError(RefusedError):
    """Something was found that no person has decided yet.

    Args:
        open_findings: How many findings wait; a count tells nothing of the text.
    """

    def __init__(self, open_findings: int) -> None:
        super().__init__(f"{open_findings} findings are undecided")
        self.open_findings = open_findings


class HardBlockError(RefusedError):
    """A finding of a hard-block category was unmarked without a typed reason.

    Args:
        category: The category of the catalogue, never the text that was found.
    """

    def __init__(self, category: str) -> None:
        super().__init__(f"unmarking {category} needs a typed reason")
        self.category = category
