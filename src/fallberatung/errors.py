"""The root of all refusals.

Every room derives its own errors from one of the three kinds below and raises only its own.
A message is publishable: lower case, no full stop, no text of a user, no key, no name. Whatever
reaches a person is looked up in a catalogue by the class, never taken from the message.
"""


class FallberatungError(Exception):
    """Whatever this house refuses, and the reason in words that may be published."""


class RefusedError(FallberatungError):
    """A rule said no: the input was understood, and it is not allowed here, now, or for you."""


class MalformedError(FallberatungError):
    """The input is not what it claims to be: wrong form, wrong signature, wrong order."""


class BrokenError(FallberatungError):
    """An invariant of the house failed: stop, keep everything, let a restart recover."""
