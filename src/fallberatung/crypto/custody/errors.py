"""What `crypto.custody` raises."""

from fallberatung.errors import BrokenError


class CustodyError(BrokenError):
    """The server's key files are missing, unreadable, open to others, or damaged."""
