"""[seeing] What the demo is made of: a town of role names, a sample text, the map of its table.

Nobody in here exists. People carry the name of their role; the short sample text and the roster
of its persons are invented.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from fallberatung.cli.demo_story import Story

AREA: Final = "beispielstadt"
AREA_NAME: Final = "Beispielstadt (nur zur Vorführung)"
LAND: Final = "HE"
REALM: Final = "demo.localhost"
LEGAL_BASIS: Final = "§ 4 Abs. 2 KKG (Beispiel einer Entscheidung)"
DECIDED_BY: Final = ("Beispiel: Leitung des Jugendamts", "Beispiel: Datenschutzbeauftragte Person")

ORGANISATIONS: Final = (
    ("grundschule", "Beispiel: Grundschule", "school"),
    ("kita", "Beispiel: Kita", "kita"),
    ("jugendamt", "Beispiel: Jugendamt", "jugendamt"),
)
"""Slug, name people read, kind."""


@dataclass(frozen=True, slots=True)
class Part:
    """One person of the demo: a sign-in name that is the name of a role, and what it may do."""

    user: str
    name: str
    organisation: str
    roles: tuple[str, ...]


PEOPLE: Final = (
    Part("lehrkraft", "Beispiel: Lehrkraft", "grundschule", ("author",)),
    Part("fachberatung-1", "Beispiel: Fachberatung 1", "jugendamt", ("adviser",)),
    Part("fachberatung-2", "Beispiel: Fachberatung 2", "jugendamt", ("adviser",)),
    Part("moderation", "Beispiel: Moderation", "jugendamt", ("moderator",)),
    Part("kita", "Beispiel: Kita-Fachkraft", "kita", ("participant",)),
    Part("dsb", "Beispiel: Datenschutz", "jugendamt", ("dsb",)),
)

PERSONS_OF_THE_SAMPLE: Final = (
    ("child", ("Lea Kowalski-Schmidt", "Lea")),
    ("brother", ("Tommi",)),
    ("mother", ("Frau K.-Schmidt",)),
    ("father", ("Marek Kowalski",)),
    ("mothers_partner", ("Kai Sommer",)),
    ("grandmother_maternal", ("Frau Schmidt sen.",)),
    ("educator", ("Uschi Behrens",)),
    ("author", ("S. Petersen",)),
)
"""Who occurs in vignette V1: role and the names the author would type."""

SHORT_SAMPLE: Final = (
    "Es geht um Lea Kowalski-Schmidt (geb. 17.09.2016) aus meiner Klasse 3b. Seit Februar kommt"
    " sie fast jeden Montag zu spät, oft ohne Frühstück. Am 18.5. hatte sie am rechten Oberarm"
    " innen einen blau-gelben Fleck, ungefähr 4 cm. Tommi ist 2. Leas Mutter, Frau K.-Schmidt,"
    " erreiche ich unter 069 90009-418 selten. Reicht das schon, oder muss ich erst mit ihr reden?"
)
"""Used when no text is given and the corpus of the repository is not at hand."""


@dataclass(frozen=True, slots=True)
class Item:
    """One card of the map: who lays it, which kind, the text; past harm also when and whence."""

    who: str
    kind: str
    text: str
    when: str | None = None
    source: str | None = None
    goal: str | None = None


ITEMS: Final = (
    Item(
        "lehrkraft",
        "past_harm",
        "Fleck am Oberarm innen, blau-gelb, sah aus wie ein Fingerabdruck; Erklärung des Kindes:"
        " „vom Klettern“.",
        when="vor knapp zwei Wochen",
        source="seen",
    ),
    Item(
        "lehrkraft",
        "past_harm",
        "Vorfall in der Wohnung; das Kind wörtlich: „hat die Pfanne nach Mama geschmissen“.",
        when="vor knapp vier Wochen",
        source="heard",
    ),
    Item(
        "fachberatung-1",
        "danger_statement",
        "Die Runde sorgt sich, dass der Partner der Mutter bei Streit wieder mit Gegenständen"
        " wirft oder fest zugreift. Dann können das Kind und der kleine Bruder verletzt werden.",
        goal="Das Kind und der Bruder erleben zu Hause keinen Streit mit Werfen oder Anfassen mehr."
        " Wenn es laut wird, bringt eine erwachsene Person die Kinder hinaus.",
    ),
    Item(
        "moderation",
        "danger_statement",
        "Die Runde sorgt sich, dass das Kind weiter nachts die Verantwortung für den Bruder trägt.",
        goal="Das Kind kommt satt, mit Sachen und pünktlich; nachts ist eine erwachsene Person da.",
    ),
    Item(
        "fachberatung-1",
        "complicating_factor",
        "Nachtdienste; Partner erst seit Herbst im Haushalt; Mutter schlecht erreichbar.",
    ),
    Item(
        "kita",
        "existing_strength",
        "Das Kind liest sehr gut, hat eine feste Freundin und eine Sportgruppe.",
    ),
    Item(
        "kita",
        "existing_safety",
        "Die Großmutter holt ab und nimmt die Kinder am Wochenende öfter.",
    ),
    Item(
        "lehrkraft",
        "next_step",
        "Gespräch mit der Mutter allein, außerhalb der Abholzeit; zuerst über die Erschöpfung.",
    ),
    Item(
        "fachberatung-1",
        "next_step",
        "Gesprächsleitfaden und Notfallkarte: wen anrufen, wenn das Kind nicht heim will.",
    ),
)
"""From the worked protocol of case V1 (the vignette that ships as sample), shortened."""

RATINGS: Final = (
    ("lehrkraft", 4, "wegen Fleck und Versteck"),
    ("fachberatung-1", 4, "zwei Hinweise auf körperliche Gewalt im Haushalt, Kleinkind dabei"),
    ("moderation", 4, "Großmutter ist ansprechbar, die Nächte sind offen"),
    ("kita", 3, "ein Kind unter drei Jahren kann sich nicht schützen"),
)
"""Who rates the safety how, and why; the lowest value decides the review date."""

SAMPLE_DAY: Final = date(2026, 5, 29)
"""The day of asking that vignette V1 assumes."""

SAMPLE_IN_CHECKOUT: Final = Path("tests", "corpus", "vignettes", "v1.raw.txt")

BY_HAND: Final = (
    ("Lea Kowalski-Schmidt", "NAME_CHILD", "Kind A"),
    ("geb. 17.09.2016", "DOB", "Alter 8 bis 10 J."),
    ("Klasse 3b", "CLASS_GROUP", "Klasse (3. Jg.)"),
    ("GS am Stadtpark", "ORG_SCHOOL", "Grundschule"),
    ("Altenfeld", "PLACE", "einer Kleinstadt"),
    ("Leas Mutter", "NAME_CHILD", "der Mutter von Kind A"),
    ("Frau K.-Schmidt", "NAME_PARENT", ""),
    ("Altenpflegerin im Haus Abendrot", "OCCUPATION", "berufstätig im Schichtdienst"),
    ("069 90009-418", "PHONE", "[Telefonnr. entfernt]"),
    ("Vater Marek Kowalski", "NAME_PARENT", "Vater"),
    ("in Krakau", "PLACE", "im Ausland"),
    ("ein Herr Sommer (Vorname Kai)", "NAME_RELATIVE", "(Partner der Mutter)"),
    ("Bahnhofstraße 14, 2. OG", "STREET", "im Mehrfamilienhaus"),
    ("Am 3. Mai", "DATE_ABS", "Vor knapp vier Wochen"),
    (
        "der Brand in der Bahnhofstraße, stand in der Altenfelder Rundschau",
        "EVENT_LOCAL",
        "ein Vorfall in der Wohnung",
    ),
    ("Mia R.", "NAME_THIRD", "einem anderen Kind"),
    ("deshalb hat das gebrannt", "EVENT_LOCAL", "deshalb ist das passiert"),
    ("Meine Kollegin Fr. Özdemir-Krull", "NAME_PROF", "Eine Kollegin"),
    ("18.5.", "DATE_ABS", "vor knapp zwei Wochen"),
    ("Herr Jung", "NAME_PROF", "eine Lehrkraft"),
    ("Letzten Dienstag", "DATE_REL", "Diese Woche am Dienstag"),
    ("Uschi Behrens", "NAME_PROF", ""),
    ("Krippe Sonnenschein", "ORG_KITA", "Krippe"),
    ("Gestern", "DATE_REL", "Am Tag vor der Anfrage"),
    ("Frau Schmidt sen.", "NAME_RELATIVE", "mütterlicherseits"),
    ("in Lindheim", "PLACE", "im Nachbarort"),
    ("Kinderturnen beim TSV Altenfeld", "CLUB", "Sportverein"),
    ("glaub ich Dr. Wendt", "NAME_PROF", "vorhanden"),
    ("Neurodermitis", "DIAGNOSIS", "einer chronischen Hauterkrankung"),
    ("Fr. Dr. Hartmann-Voss", "NAME_PROF", ""),
    ("S. Petersen", "NAME_FILER", "[Anfragende Lehrkraft]"),
    ("petersen@gs-stadtpark.example", "EMAIL", "[E-Mail entfernt]"),
)
"""Places of vignette V1 that a careful author marks when the program does not find them."""


def story(text: str | None, day: date | None, today: date) -> Story:
    """Make the demo's story of `text`, or of the sample when there is none.

    Args:
        text: what the teacher wrote; None takes vignette V1 from a checkout, else a short one.
        day: the day of asking; by default today, for the sample the day it assumes.
        today: the day it is.
    """
    is_sample = text is None
    told = _sample() if text is None else text
    default = SAMPLE_DAY if is_sample else today
    return Story(told, PERSONS_OF_THE_SAMPLE, day or default, BY_HAND)


def _sample() -> str:
    try:
        checkout = Path(__file__).resolve().parents[3]
        return (checkout / SAMPLE_IN_CHECKOUT).read_text(encoding="utf-8")
    except OSError:
        return SHORT_SAMPLE
