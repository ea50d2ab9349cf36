"""Who occurs: the names an author types once, with roles; they never leave the device in the clear.

A careful roster removes most misses, among them surnames that are ordinary words.
"""

from dataclasses import dataclass

from fallberatung.anonymize.errors import RosterError
from fallberatung.anonymize.names import folded, name_parts
from fallberatung.anonymize.roles import ROLES


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """One person who occurs in the case.

    Args:
        role: A key of `roles.ROLES` such as ``child``, ``mother``, ``teacher``.
        names: Every way this person is called, first and last name together where both are
            known: ``("Lea Kowalski-Schmidt",)``, ``("Katharina Steinfurth", "Kata")``.
        label: Stands in the released text instead of the label the role gives; it may carry
            nothing of the names.

    Raises:
        RosterError: Unknown role, no name, or a name inside the label.
    """

    role: str
    names: tuple[str, ...]
    label: str | None = None

    def __post_init__(self) -> None:
        """Refuse what would be found too late, in the middle of a case."""
        if self.role not in ROLES:
            raise RosterError(f"unknown role; known are {', '.join(ROLES)}")
        parts = [part for name in self.names for part in name_parts(name)]
        if not parts:
            raise RosterError("a person of the roster needs a name")
        said = folded(self.label or "")
        if any(len(part) > 1 and folded(part) in said for part in parts):
            raise RosterError("a label may carry nothing of the name")

    def __repr__(self) -> str:
        """The role alone: a name in a traceback is a leak."""
        return f"RosterPerson({self.role})"


@dataclass(frozen=True, slots=True)
class Roster:
    """All persons the author named, in the order she typed them."""

    people: tuple[RosterPerson, ...] = ()

    def __repr__(self) -> str:
        """How many, never who."""
        return f"Roster({len(self.people)} people)"
