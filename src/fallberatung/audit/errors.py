"""What this room refuses; the classes the verifying half tells apart are those a report words."""

from fallberatung.errors import BrokenError, MalformedError, RefusedError


class CanonicalError(MalformedError):
    """The value or its bytes are not canonical JSON of the profile in `jcs`."""


class EntryError(MalformedError):
    """The occurrence cannot be logged as given, or the leaf is not an entry of this log."""


class NoteError(MalformedError):
    """The note, its text, a verifier key or a policy file is not in its prescribed form."""


class BundleError(MalformedError):
    """The bundle is not an intact evidence bundle: framing, members, manifest or digests."""


class RangeError(RefusedError):
    """No such part of the log can be written into a bundle."""


class ProofError(MalformedError):
    """Well formed, and yet it does not verify; the subclasses say what failed."""


class SignatureError(ProofError):
    """No trusted key signed this note, or the signature of a trusted key is wrong."""


class RootError(ProofError):
    """The entries do not rebuild the signed root: one was changed, dropped, added or moved."""


class OpeningError(ProofError):
    """An opening does not match the commitment in its entry, or is missing or misplaced."""


class RollbackError(ProofError):
    """The log is shorter than a checkpoint that was already seen."""


class ForkError(ProofError):
    """The log is no continuation of a checkpoint that was already seen."""


class LogBrokenError(BrokenError):
    """The stored log contradicts itself; nothing may be appended until a person has looked."""
