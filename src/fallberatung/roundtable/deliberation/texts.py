"""The text that comes in from others, as a type of its own.

`ReadText` comes in and is made in `decode` alone; `ReleasedText` (anonymize.release) goes out.
Nothing turns one into the other: what somebody else wrote cannot be sealed again as one's own
words without passing the pseudonymiser.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class ReadText:
    """Words that stood in an opened entry, to be shown; never to be sealed."""

    text: str

    def __repr__(self) -> str:
        return "ReadText(…)"
