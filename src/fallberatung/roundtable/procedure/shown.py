"""How the asking organisation is shown to everybody but the author.

See docs/spec/roundtable.md#anonymity.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from fallberatung.roundtable.procedure.errors import ProcedureError

ENOUGH: Final = 3
"""From this many organisations of a kind in the area on, the kind alone points at nobody."""

COARSE: Final = "Einrichtung"
"""What is shown while the kind would point at one of one or two."""

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "school": "Schule",
        "kita": "Kita",
        "jugendamt": "Jugendamt",
        "provider": "Freier Träger",
        "counselling": "Beratungsstelle",
    }
)
"""The closed list of kinds. These are values that are stored and shown, not texts of a page."""


def shown_kind(kind: str, organisations_of_kind: int) -> str:
    """Return the kind of the asking organisation as others may see it.

    Raises:
        ProcedureError: `unknown_kind`.
    """
    if kind not in KINDS:
        raise ProcedureError("unknown_kind")
    return KINDS[kind] if organisations_of_kind >= ENOUGH else COARSE
