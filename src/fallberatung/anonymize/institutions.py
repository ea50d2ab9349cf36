"""Head words of institutions: what stands in a text once the proper part is gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Head:
    """One head word.

    Args:
        category: Row of the catalogue.
        phrase: What replaces head and proper part; empty means the head word as written.
    """

    category: str
    phrase: str = ""


def _heads(category: str, phrase: str, words: str) -> dict[str, Head]:
    return dict.fromkeys(words.split(), Head(category, phrase))


# Keys are folded. The phrase has the gender of the head, so that articles in front still fit.
HEADS: Mapping[str, Head] = MappingProxyType(
    {
        **_heads("ORG_SCHOOL", "Grundschule", "gs"),
        **_heads("ORG_SCHOOL", "Gesamtschule", "igs kgs"),
        **_heads("ORG_SCHOOL", "Förderschule", "fos fosch sbbz"),
        **_heads("ORG_SCHOOL", "Realschule", "rs"),
        **_heads("ORG_SCHOOL", "Berufsschule", "bbs"),
        **_heads(
            "ORG_SCHOOL",
            "",
            "schule grundschule gesamtschule gymnasium realschule hauptschule mittelschule "
            "oberschule forderschule berufsschule gemeinschaftsschule sekundarschule "
            "verbundschule stadtteilschule berufskolleg kolleg schulzentrum",
        ),
        **_heads(
            "ORG_KITA",
            "",
            "kita kindergarten kiga krippe hort kindertagesstatte kinderkrippe kinderhaus "
            "kinderladen tagesstatte kinderhort",
        ),
        **_heads("CLUB", "Sportverein", "tsv sv fc vfb vfl tus sg sc tv tsg bsv djk ssv rsv esv"),
        **_heads("CLUB", "Sportverein", "hsg turnverein fussballverein"),
        **_heads(
            "ORG_OTHER",
            "",
            "jva klinik klinikum krankenhaus universitatsklinik uniklinik ambulanz kjp "
            "kjp-ambulanz tagesklinik fachklinik rehaklinik praxis frauenhaus wohngruppe "
            "beratungsstelle kirchengemeinde gemeinde pfarrei moschee pflegedienst "
            "gu gemeinschaftsunterkunft unterkunft",
        ),
        **_heads("ORG_OTHER", "Haus", "haus heim wohnheim seniorenheim pflegeheim altenheim"),
        **_heads("ORG_OTHER", "Träger", "trager"),
        **_heads("COURT", "Familiengericht", "ag amtsgericht familiengericht"),
        **_heads("COURT", "Oberlandesgericht", "olg oberlandesgericht"),
        **_heads("COURT", "Landgericht", "lg landgericht"),
        **_heads(
            "EMPLOYER",
            "Firma",
            "firma backerei metzgerei fleischerei schreinerei tischlerei gartnerei spedition",
        ),
        **_heads("EMPLOYER", "", "apotheke restaurant gaststatte hotel supermarkt friseursalon"),
    }
)
# Heads that open a name only before capitals: in lower-case writing they are ordinary words.
CLEAR_HEADS = frozenset({"jva", "igs", "kgs", "tsv", "sv", "fc", "vfb", "vfl", "tus", "hsg"}
                        | {"backerei", "metzgerei", "fleischerei"})  # fmt: skip
# Known providers: the name is the whole mark.
PROVIDERS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("caritas", "diakonie", "awo", "lebenshilfe"), "Trägerorganisation"),
        **dict.fromkeys(("malteser", "johanniter", "paritatische"), "Trägerorganisation"),
        **dict.fromkeys(("arbeiterwohlfahrt",), "Trägerorganisation"),
        **dict.fromkeys(("drk", "kinderschutzbund", "asb", "arbeitersamariterbund"), "Träger"),
    }
)
PRESS = frozenset(
    {"rundschau", "zeitung", "anzeiger", "tageblatt", "nachrichten", "kurier", "bote", "blatt"}
    | {"kreisblatt", "tagblatt", "wochenblatt", "allgemeine", "presse", "neueste", "volksblatt"}
)
PRESS_PHRASE = "Lokalzeitung"
