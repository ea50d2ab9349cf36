"""What the store raises on its own account; errors of a command pass through unchanged."""

from fallberatung.errors import BrokenError, RefusedError


class BusyError(RefusedError):
    """The writer's queue is full or closed: nothing happened, try again later."""


class LockedError(RefusedError):
    """Another process holds this database."""


class DatabaseError(BrokenError):
    """The database cannot be opened, or is not one of this version."""
