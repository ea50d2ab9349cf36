"""What an author typed, before anything was recognised in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """Named text fields in the order of the form; cleartext, so its repr shows sizes only.

    Args:
        fields: Pairs of field name and text; a name occurs once. Any text is taken, also empty.
    """

    fields: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        """Sizes instead of texts: a traceback or a log line must not hold the case."""
        return f"Draft({len(self.fields)} fields, {sum(len(t) for _, t in self.fields)} characters)"

    def text(self, field: str) -> str:
        """The text of one field; raises KeyError for a field the draft does not have."""
        return dict(self.fields)[field]
