"""What the words themselves refuse."""

from fallberatung.errors import MalformedError


class WordsError(MalformedError):
    """A file or an answer is not what it should be; the message names fields, never values."""
