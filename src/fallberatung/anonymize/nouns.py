"""Gender of nouns that stand behind a genitive name („Leas Mutter“), and German articles."""

from typing import Literal

Gender = Literal["m", "f", "n", "pl"]
Case = Literal["nom", "acc", "dat", "gen"]

_NOUNS: dict[Gender, str] = {
    "f": "mutter mama oma grossmutter tante schwester familie lehrerin klassenlehrerin freundin "
    "klasse gruppe schule kita wohnung tasche jacke hand stirn hose mappe stimme seite angst "
    "partnerin stiefmutter pflegemutter erzieherin betreuerin trainerin cousine nichte tochter "
    "kleine grosse art schultasche lage entwicklung sorge aussage adresse nummer",
    "m": "vater papa opa grossvater onkel bruder freund partner stiefvater lehrer klassenlehrer "
    "arzt kinderarzt arm oberarm unterarm kopf rucken bauch ranzen rucksack platz name nachname "
    "vorname wunsch wille hund sohn cousin neffe nachbar trainer betreuer alltag zustand korper",
    "n": "kind zimmer verhalten bett handy gesicht bein auge ohr heft haus leben baby "
    "geschwisterkind umfeld konto mobiltelefon tagebuch wohl problem problemverhalten",
    "pl": "eltern geschwister kinder schwestern bruder grosseltern freunde freundinnen sachen "
    "noten haare hande hausaufgaben leistungen augen verletzungen tranen verwandten",
}
_GENDER: dict[str, Gender] = {
    noun: gender for gender, nouns in _NOUNS.items() for noun in nouns.split()
}
_ENDINGS: tuple[tuple[str, Gender], ...] = (
    ("mutter", "f"), ("vater", "m"), ("schwester", "f"), ("bruder", "m"), ("ung", "f"),
    ("heit", "f"), ("keit", "f"), ("schaft", "f"), ("tion", "f"), ("tat", "f"), ("lehrerin", "f"),
    ("chen", "n"), ("lein", "n"), ("verhalten", "n"), ("zimmer", "n"), ("eltern", "pl"),
)  # fmt: skip
_DEFINITE: dict[Gender, dict[Case, str]] = {
    "m": {"nom": "der", "acc": "den", "dat": "dem", "gen": "des"},
    "f": {"nom": "die", "acc": "die", "dat": "der", "gen": "der"},
    "n": {"nom": "das", "acc": "das", "dat": "dem", "gen": "des"},
    "pl": {"nom": "die", "acc": "die", "dat": "den", "gen": "der"},
}
_DATIVE = frozenset(
    {"mit", "bei", "von", "zu", "nach", "aus", "seit", "gegenuber", "ausser", "laut", "an", "in"}
    | {"vor", "hinter", "neben", "unter", "zwischen"}
)
_ACCUSATIVE = frozenset({"fur", "durch", "gegen", "ohne", "um", "auf", "uber"})
_CASE_OF_ARTICLE: dict[str, dict[str, Case]] = {
    "m": {"der": "nom", "ein": "nom", "den": "acc", "einen": "acc", "dem": "dat", "einem": "dat",
          "des": "gen", "eines": "gen"},
    "f": {"die": "nom", "eine": "nom", "der": "dat", "einer": "dat"},
    "n": {"das": "nom", "ein": "nom", "dem": "dat", "einem": "dat", "des": "gen", "eines": "gen"},
}  # fmt: skip
ARTICLES = frozenset(article for forms in _CASE_OF_ARTICLE.values() for article in forms)
CONTRACTIONS = frozenset({"beim", "vom", "zum", "zur", "im", "am", "ans", "ins"})


def gender_of(noun: str) -> Gender | None:
    """The gender of a folded noun, from the list or its ending; None if neither knows it."""
    if noun in _GENDER:
        return _GENDER[noun]
    return next((gender for ending, gender in _ENDINGS if noun.endswith(ending)), None)


def definite(gender: Gender, case: Case) -> str:
    """The definite article."""
    return _DEFINITE[gender][case]


def case_after(word: str) -> Case:
    """The case a folded preposition asks for; after any other word the nominative."""
    if word in _DATIVE:
        return "dat"
    return "acc" if word in _ACCUSATIVE else "nom"


def case_of_article(article: str, gender: str) -> Case:
    """The case an article in front of a person shows; „der“ before a woman is a dative."""
    return _CASE_OF_ARTICLE[gender].get(article, "nom")


def weak_adjective(adjective: str, gender: Gender, case: Case) -> str:
    """The adjective as it ends behind a definite article: „kleiner“ becomes „kleinen“."""
    for ending in ("er", "es", "em", "en", "e"):
        if adjective.endswith(ending):
            stem = adjective[: -len(ending)]
            is_short = gender != "pl" and (case == "nom" or (case == "acc" and gender != "m"))
            return stem + ("e" if is_short else "en")
    return adjective
