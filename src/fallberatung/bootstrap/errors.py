"""What founding and starting the house refuse; each message is one sentence for an operator."""

from fallberatung.errors import RefusedError


class SetupError(RefusedError):
    """The house cannot be founded or opened like this; the message says what to do."""
