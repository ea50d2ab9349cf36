"""What a participant's hands refuse, each class for one branch somebody takes.

The rooms below raise their own errors (a bad signature, a broken chain, a wrong membership);
those pass through unchanged, because nobody here could say it better.
"""

from fallberatung.errors import BrokenError, MalformedError, RefusedError


class ProblemError(RefusedError):
    """The service answered with problem+json: `slug` is the stable end of its `type`.

    `reason` is the code of the rule that refused, where the service names one.
    """

    def __init__(self, slug: str, status: int, reason: str | None = None) -> None:
        super().__init__(f"the service refused with {status} {slug}")
        self.slug = slug
        self.status = status
        self.reason = reason


class UnreachableError(BrokenError):
    """No answer came; whether the request took effect is unknown, sending it again is safe."""


class AddressError(RefusedError):
    """The address is neither https nor http on this very machine."""


class ReplyError(MalformedError):
    """An answer that is not what this version of the service promises to send."""


class StrangerError(MalformedError):
    """A key that the invitation does not name: nothing is sealed to it, nothing of it believed."""


class ServiceChangedError(MalformedError):
    """The service does not show the realm, origin or keys that the invitation pinned."""


class ReceiptError(MalformedError):
    """The receipt does not cover what was sent: treat the act as unproven and tell the DSB."""


class RollbackError(MalformedError):
    """The service shows less, or another past, than this person has already seen."""


class HistoryError(MalformedError):
    """A record that the order of keys admits and the rules of the table do not."""


class VaultFileError(RefusedError):
    """The local vault file is missing, in the way, damaged, or its password is another one."""


class BandError(RefusedError):
    """The service offers no review date for the band that the lowest rating demands."""


class KeyFileError(RefusedError):
    """A key, request, invitation or town file is missing, in the way, or not what it must be."""
