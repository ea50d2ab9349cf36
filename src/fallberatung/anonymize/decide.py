"""What a person decided about a proposal; every step gives a new value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

Verdict = Literal["accept", "replace", "unmark"]


@dataclass(frozen=True, slots=True, repr=False)
class Decision:
    """What happens to one finding.

    Args:
        verdict: Take the proposed replacement, another one, or leave the text as it is.
        text: The other replacement, or the typed reason for leaving it.
    """

    verdict: Verdict
    text: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Marked:
    """A place that a person marked herself; offsets are those of the original text."""

    field: str
    start: int
    end: int
    category: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions about one proposal; `Decisions()` has decided nothing.

    Numbers are those of the proposal: a text that was edited and analysed again needs new
    decisions. A later decision about the same finding takes the place of the earlier one.
    """

    by_number: Mapping[int, Decision] = field(default_factory=lambda: MappingProxyType({}))
    marked: tuple[Marked, ...] = ()
    is_list_read: bool = False

    def __repr__(self) -> str:
        """Counts only: replacements and reasons are typed text."""
        return f"Decisions({len(self.by_number)} decided, {len(self.marked)} marked)"

    def accept(self, number: int) -> "Decisions":
        """The proposed replacement is taken."""
        return self._with(number, Decision("accept"))

    def accept_all(self) -> "Decisions":
        """A person read the whole list and takes what is not decided otherwise.

        Findings decided one by one, before or after, keep their own decision.
        """
        return replace(self, is_list_read=True)

    def replace(self, number: int, text: str) -> "Decisions":
        """Another replacement is taken; an empty text removes the place."""
        return self._with(number, Decision("replace", text))

    def unmark(self, number: int, reason: str = "") -> "Decisions":
        """The text stays as it is; hard-block categories need a reason, checked at release."""
        return self._with(number, Decision("unmark", reason))

    def mark(
        self, field: str, start: int, end: int, category: str, replacement: str
    ) -> "Decisions":
        """A place nobody had found; one that contains findings takes their place."""
        added = Marked(field, start, end, category, replacement)
        return replace(self, marked=(*self.marked, added))

    def about(self, number: int) -> Decision | None:
        """What was decided about a finding; None while it is open."""
        return self.by_number.get(number, Decision("accept") if self.is_list_read else None)

    def _with(self, number: int, decision: Decision) -> "Decisions":
        return replace(self, by_number=MappingProxyType({**self.by_number, number: decision}))
