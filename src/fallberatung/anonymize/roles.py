"""The roles a person can have in a case, and the German label each role becomes.

Labels carry nothing of the original. A numbered or lettered label stands in a sentence like a
name („Kind A“, „Lehrkraft 1“), a plain one takes an article („die Mutter“).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Gender = Literal["m", "f", "n"]
Style = Literal["letter", "number", "plain", "fixed"]


@dataclass(frozen=True, slots=True)
class Role:
    """How persons of one role are called.

    Args:
        noun: The German label without letter or number.
        gender: Grammatical gender of the noun, for the article in front of it.
        style: ``letter`` „Kind A“, ``number`` „Lehrkraft 1“, ``plain`` „Mutter“ (numbered from
            the second person on), ``fixed`` the noun as it stands.
        category: Row of the catalogue that a name of this role belongs to.
        genitive: The noun in the genitive.
        is_young: True for children; „Frau X“ and „Herr X“ never mean them.
        sex: Whom „Frau“ and „Herr“ can mean; None where the role does not say it.
    """

    noun: str
    gender: Gender
    style: Style
    category: str
    genitive: str
    is_young: bool = False
    sex: Literal["m", "f"] | None = None


def _kin(noun: str, sex: Literal["m", "f"], category: str, genitive: str = "") -> Role:
    return Role(noun, sex, "plain", category, genitive or noun, sex=sex)


def _worker(noun: str) -> Role:
    return Role(noun, "f", "number", "NAME_PROF", noun)


ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "child": Role("Kind", "n", "letter", "NAME_CHILD", "Kindes", is_young=True),
        "other_child": Role("Kind", "n", "letter", "NAME_THIRD", "Kindes", is_young=True),
        "sister": Role(
            "Schwester", "f", "plain", "NAME_SIBLING", "Schwester", is_young=True, sex="f"
        ),
        "brother": Role("Bruder", "m", "plain", "NAME_SIBLING", "Bruders", is_young=True, sex="m"),
        "sibling": Role(
            "Geschwisterkind", "n", "plain", "NAME_SIBLING", "Geschwisterkindes", is_young=True
        ),
        "mother": _kin("Mutter", "f", "NAME_PARENT"),
        "father": _kin("Vater", "m", "NAME_PARENT", "Vaters"),
        "mothers_partner": _kin("Partner der Mutter", "m", "NAME_RELATIVE", "Partners der Mutter"),
        "fathers_partner": _kin("Partnerin des Vaters", "f", "NAME_RELATIVE"),
        "foster_mother": _kin("Pflegemutter", "f", "NAME_PARENT"),
        "foster_father": _kin("Pflegevater", "m", "NAME_PARENT", "Pflegevaters"),
        "grandmother": _kin("Großmutter", "f", "NAME_RELATIVE"),
        "grandmother_maternal": _kin("Großmutter mütterlicherseits", "f", "NAME_RELATIVE"),
        "grandmother_paternal": _kin("Großmutter väterlicherseits", "f", "NAME_RELATIVE"),
        "grandfather": _kin("Großvater", "m", "NAME_RELATIVE", "Großvaters"),
        "grandfather_maternal": _kin(
            "Großvater mütterlicherseits", "m", "NAME_RELATIVE", "Großvaters mütterlicherseits"
        ),
        "grandfather_paternal": _kin(
            "Großvater väterlicherseits", "m", "NAME_RELATIVE", "Großvaters väterlicherseits"
        ),
        "aunt": _kin("Tante", "f", "NAME_RELATIVE"),
        "uncle": _kin("Onkel", "m", "NAME_RELATIVE", "Onkels"),
        "relative": Role("Verwandtschaftsperson", "f", "plain", "NAME_RELATIVE", ""),
        "guardian": Role("Vormund", "m", "plain", "NAME_PROF", "Vormunds"),
        "family": Role("Familie", "f", "plain", "NAME_FAMILY", "Familie"),
        "family_member": Role("Familienmitglied", "n", "plain", "NAME_FAMILY", "Familienmitglieds"),
        "teacher": _worker("Lehrkraft"),
        "educator": _worker("Betreuungskraft"),
        "trainer": _worker("Trainingskraft"),
        "head": _worker("Leitungskraft"),
        "social_worker": _worker("Fachkraft"),
        "therapist": _worker("Therapiekraft"),
        "doctor": _worker("Arztpraxis"),
        "lawyer": _worker("Rechtsvertretung"),
        "clergy": _worker("Gemeindevertretung"),
        "professional": _worker("Fachkraft"),
        "author": Role("[Anfragende Fachkraft]", "f", "fixed", "NAME_FILER", ""),
        "third": Role("Person", "f", "number", "NAME_THIRD", "Person"),
    }
)
