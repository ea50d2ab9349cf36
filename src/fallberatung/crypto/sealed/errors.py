"""What `crypto.sealed` raises: form, signature, order and rule, each its own class."""

from fallberatung.errors import MalformedError, RefusedError


class MalformedSealError(MalformedError):
    """The bytes are not in the one form that fb/v1 writes: encoding, key set, type or length."""


class BadSignatureError(MalformedError):
    """A signature does not hold for this key, these bytes and this context."""


class StaleHeadError(RefusedError):
    """The record is not the next one: its number, its predecessor or its epoch is not current."""


class ChainRuleError(RefusedError):
    """The record is next in order, but its signer may not write it or it breaks a rule."""


class OutOfDateError(RefusedError):
    """A signed statement is genuine, but the given time lies outside the dates it names."""
