"""[seeing] What the teacher of the demo brings."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Story:
    """What the teacher brings: the text, who occurs in it, and the day of the asking."""

    text: str = field(repr=False)
    people: tuple[tuple[str, tuple[str, ...]], ...] = field(repr=False)
    day: date
    by_hand: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)
    question: str = "Reichen die Anhaltspunkte, und was ist der nächste Schritt?"
