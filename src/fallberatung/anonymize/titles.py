"""Words that stand in front of a name: forms of address, kinship, functions; keys are folded."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

TitleKind = Literal["address", "kin", "family", "function"]


@dataclass(frozen=True, slots=True)
class Title:
    """One such word.

    Args:
        kind: ``address`` goes with the name, ``kin`` and ``function`` can stand alone.
        role: Role of a person known by nothing else.
        sex: What the word says about it.
    """

    kind: TitleKind
    role: str
    sex: Literal["m", "f"] | None = None


def _titles(
    kind: TitleKind, role: str, men: str, women: str = "", both: str = ""
) -> dict[str, Title]:
    return {
        **{word: Title(kind, role, "m") for word in men.split()},
        **{word: Title(kind, role, "f") for word in women.split()},
        **{word: Title(kind, role) for word in both.split()},
    }


TITLES: Mapping[str, Title] = MappingProxyType(
    {
        **_titles("address", "third", "herr herrn hr", "frau fr"),
        **_titles("address", "professional", "", "", "dr prof med dipl mag"),
        **_titles("address", "lawyer", "ra rechtsanwalt", "rain raein rechtsanwaltin"),
        **_titles("family", "family", "", "", "familie fam eheleute ehepaar"),
        **_titles("kin", "grandmother", "", "oma omi grossmutter grossmama uroma"),
        **_titles("kin", "grandfather", "opa opi grossvater grosspapa uropa"),
        **_titles("kin", "aunt", "", "tante"),
        **_titles("kin", "uncle", "onkel"),
        **_titles("kin", "mother", "", "mutter mama kindsmutter kindesmutter km mutti"),
        **_titles("kin", "father", "vater papa kindsvater kindesvater kv vati"),
        **_titles("kin", "relative", "cousin neffe schwager", "cousine nichte schwagerin"),
        **_titles("kin", "brother", "bruder halbbruder zwillingsbruder stiefbruder"),
        **_titles("kin", "sister", "", "schwester halbschwester zwillingsschwester stiefschwester"),
        **_titles("kin", "sibling", "", "", "baby saugling geschwisterkind"),
        **_titles("kin", "father", "stiefvater pflegevater"),
        **_titles("kin", "mother", "", "stiefmutter pflegemutter"),
        **_titles("function", "trainer", "trainer ubungsleiter", "trainerin ubungsleiterin"),
        **_titles(
            "function", "clergy", "diakon pfarrer pastor imam", "diakonin pfarrerin pastorin"
        ),
        **_titles(
            "function",
            "teacher",
            "lehrer klassenlehrer fachlehrer rektor schulleiter",
            "lehrerin klassenlehrerin fachlehrerin rektorin schulleiterin",
            "klassenleitung schulleitung",
        ),
        **_titles(
            "function",
            "professional",
            "kollege kollegen schulpsychologe psychologe sozialarbeiter betreuer erzieher "
            "praktikant",
            "kollegin schulpsychologin psychologin sozialarbeiterin betreuerin erzieherin "
            "praktikantin familienhelferin hebamme fsjlerin tagesmutter",
            "schulbegleitung betreuungskraft",
        ),
        **_titles(
            "function",
            "doctor",
            "arzt kinderarzt hausarzt zahnarzt",
            "arztin kinderarztin hausarztin zahnarztin",
        ),
        **_titles(
            "function", "lawyer", "anwalt verfahrensbeistand", "anwaltin verfahrensbeistandin"
        ),
        **_titles(
            "function",
            "third",
            "freund partner nachbar lebensgefahrte exfreund",
            "freundin partnerin nachbarin lebensgefahrtin exfreundin mitschulerin",
            "mitschuler",
        ),
        **_titles("function", "child", "schuler", "schulerin"),
    }
)
# Between title and name, and after it.
PARTICLES = frozenset({"von", "van", "de", "del", "della", "el", "al", "bin"})
PARTICLES_BEHIND = frozenset({"der", "den", "zu", "und"})
SUFFIXES = frozenset({"sen", "jun", "senior", "junior"})
