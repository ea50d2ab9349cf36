"""What `crypto.opened` raises; whatever fails while opening fails mutely and alike."""

from fallberatung.errors import MalformedError, RefusedError


class SealError(MalformedError):
    """A seal did not open, or what was inside is not what its place promises.

    It never says which: wrong key, altered bytes, split keys and a writer without the right to
    write look the same, so that nobody learns by trying.
    """

    def __init__(self) -> None:
        super().__init__("the seal does not open")


class NoKeyError(RefusedError):
    """The key of this epoch was never given to this person: not broken, just not theirs."""


class WeakKdfError(RefusedError):
    """The server asked for a password derivation weaker, or absurdly stronger, than fb/v1."""


class CodeError(MalformedError):
    """A typed code has the wrong length, a foreign character or a typing error."""


class LoginFormError(MalformedError):
    """A user name or password is not in the form that a login is derived from."""


class RolledBackError(MalformedError):
    """The server showed an older vault than this device has already seen."""
