"""What deliberation refuses to read or to write."""

from fallberatung.errors import MalformedError


class EntryBodyError(MalformedError):
    """An entry body is not what its type promises; the message names the place, never the value."""
