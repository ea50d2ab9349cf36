"""The five worked cases: how much of what identifies somebody the first reader covers.

A gold span counts as covered if every identifying word of it lies inside a finding. Titles,
kinship words, articles and prepositions identify nobody (marking rules of the narratives), nor do
the quasi-identifying words that stand in one span with a direct one; both are listed here.
"""
# ruff: noqa: RUF001 (German ranges take an en dash, names come in their own letters)

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fallberatung.anonymize.decide import Decisions
from fallberatung.anonymize.draft import Draft
from fallberatung.anonymize.propose import Proposal, propose
from fallberatung.anonymize.reinsert import reinsert
from fallberatung.anonymize.release import release
from fallberatung.anonymize.roster import Roster, RosterPerson
from unit.anonymize.builders import the_policy

FOLDER = Path(__file__).parent / "vignettes"
FILED = {
    "v1": date(2026, 5, 29),
    "v2": date(2026, 11, 11),
    "v3": date(2027, 3, 15),
    "v4": date(2026, 12, 10),
    "v5": date(2026, 9, 18),
}
# What a careful author types under „Wer kommt vor?“.
ROSTERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "v1": (
        ("child", "Lea Kowalski-Schmidt"),
        ("mother", "Frau Kowalski-Schmidt"),
        ("father", "Marek Kowalski"),
        ("mothers_partner", "Kai Sommer"),
        ("brother", "Tommi"),
        ("grandmother_maternal", "Frau Schmidt"),
        ("other_child", "Mia R."),
        ("teacher", "Frau Özdemir-Krull"),
        ("teacher", "Herr Jung"),
        ("educator", "Uschi Behrens"),
        ("doctor", "Dr. Wendt"),
        ("head", "Dr. Hartmann-Voss"),
        ("author", "S. Petersen"),
    ),
    "v2": (
        ("child", "Emir Yıldız"),
        ("sister", "Elif Yıldız"),
        ("mother", "Zeynep Yıldız"),
        ("father", "Herr Yıldız"),
        ("aunt", "Frau Aslan"),
        ("educator", "Anke B."),
        ("doctor", "Dr. Mai"),
        ("therapist", "Frau Engel"),
        ("uncle", "Baran"),
        ("head", "Frau Brandt-Öz"),
        ("author", "Jenny"),
    ),
    "v3": (
        ("child", "Katharina Steinfurth", "Kata"),
        ("other_child", "Lynn"),
        ("lawyer", "Sabine Stark"),
        ("therapist", "Dr. Lenz"),
        ("doctor", "Prof. Auerbach"),
        ("third", "Jonas"),
        ("trainer", "Jule"),
        ("professional", "Frau Koch"),
        ("author", "T. Wiegand"),
    ),
    "v4": (
        ("child", "Yonas Tesfay"),
        ("mother", "Selam Tesfay"),
        ("sister", "Almaz Tesfay"),
        ("sibling", "Sara Tesfay"),
        ("professional", "Herr Amari"),
        ("social_worker", "Frau Nowak"),
        ("clergy", "Mehari"),
        ("doctor", "Dr. Rosa"),
        ("author", "Barbara Lohmüller"),
    ),
    "v5": (
        ("child", "Leon Winter"),
        ("mother", "Nadine Winter"),
        ("father", "Dennis Winter"),
        ("sister", "Leni Winter"),
        ("grandmother", "Hilde"),
        ("other_child", "Leonie"),
        ("educator", "Tobi"),
        ("educator", "Marie-Sophie"),
        ("doctor", "Dr. Koch"),
        ("teacher", "Frau Engel"),
        ("social_worker", "Frau Jung"),
        ("author", "Chris"),
    ),
}
DIRECT = frozenset(
    {"NAME_CHILD", "NAME_SIBLING", "NAME_PARENT", "NAME_FAMILY", "NAME_RELATIVE", "NAME_PROF"}
    | {"NAME_THIRD", "NAME_FILER", "NICKNAME", "INITIALS", "DOB", "DATE_ABS", "ORG_SCHOOL"}
    | {"ORG_KITA", "ORG_OTHER", "EMPLOYER", "CLUB", "COURT", "STREET", "PLACE", "DISTRICT"}
    | {"PHONE", "EMAIL", "HANDLE", "PLATE", "COURT_AZ", "FILE_NO", "KG_NO", "SVNR"}
)
_NEUTRAL_TEXT = """
der die das den dem des ein eine im in am an bei beim vom von zum zur aus seit ab bis mit und
meine seine sonst heißt sie glaub ich sind wird war fünf sen auf darunter hat jetzt
frau fr herr dr prof rain familie vater mutter oma onkel tante baby schwester große kleine
zwillingsschwester kollegin freundin schülerin trainerin diakon schulpsychologe zahnarzt kl
klassenlehrerin vorname ostr nr az wohnt wohnen studiert sitzt zeit angeblich
altenpflegerin busfahrer apothekerin ortsvorsteher kinderturnen lernen fös wg träger
brief umschlag lag auch das soll hier bitte nicht rein hab nur gesehen einer
azr bg gu ambulanz kjp kita krippe haus bus metzgerei werbung kommenden we bestellt
ortsteil hochhaus asd
"""
NEUTRAL = frozenset(_NEUTRAL_TEXT.split())


@cache
def gold() -> dict[str, dict[str, Any]]:
    """The worked cases by id."""
    lines = (FOLDER / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return {case["id"]: case for case in map(json.loads, lines)}


@cache
def proposal_of(case: str, *, with_roster: bool = True) -> Proposal:
    """What the pipeline proposes for a worked case."""
    people = ROSTERS[case] if with_roster else ()
    roster = Roster(tuple(RosterPerson(role, names) for role, names in map(_split, people)))
    draft = Draft((("text", gold()[case]["raw"]),))
    return propose(draft, roster, FILED[case], the_policy())


def _split(person: tuple[str, ...]) -> tuple[str, Any]:
    return person[0], person[1:]


def released_text(case: str) -> str:
    """The text after a person accepted everything."""
    return release(proposal_of(case), Decisions().accept_all()).texts["text"].text


def missed(case: str, *, with_roster: bool = True) -> tuple[list[str], int]:
    """Direct gold spans with an uncovered identifying word, and how many spans there are."""
    covered: set[int] = set()
    for finding in proposal_of(case, with_roster=with_roster).findings:
        covered.update(range(finding.start, finding.end))
    raw = gold()[case]["raw"]
    spans = [s for s in gold()[case]["spans"] if not DIRECT.isdisjoint(s["cat"].split("+"))]
    lost = []
    for span in spans:
        words = re.finditer(r"\w+", raw[span["start"] : span["end"]])
        identifying = (w for w in words if w.group().lower() not in NEUTRAL)
        if any(span["start"] + w.start() not in covered for w in identifying):
            lost.append(span["surface"])
    return lost, len(spans)


# Direct spans that the first reader leaves even with a careful roster: the next readers' work.
KNOWN_FAILURES = {
    ("v3", " (die alte Eisenbahnbrücke)"),  # a landmark
    ("v3", "in der Uniklinik"),  # generic, the practitioner generalised it further
    ("v3", "Handball-Kreisauswahl, HSG Burgtal"),  # the selection, not the club
    ("v5", ", schwarzer golf VB-NW 88"),  # the car, not the plate
    ("v5", "wohnt 2 str. weiter"),
    ("v5", "jugendfeuerwehr bambini"),
}
# Coverage that is reached: with the roster, and without any.
FLOORS = {
    "v1": (1.0, 0.91),
    "v2": (1.0, 0.88),
    "v3": (0.90, 0.77),
    "v4": (1.0, 0.99),
    "v5": (0.91, 0.54),
}


def wrongly_marked(case: str) -> tuple[int, int]:
    """Words inside findings that no gold span touches, and all words."""
    raw = gold()[case]["raw"]
    wanted: set[int] = set()
    for span in gold()[case]["spans"]:
        wanted.update(range(span["start"], span["end"]))
    marked: set[int] = set()
    for finding in proposal_of(case).findings:
        marked.update(range(finding.start, finding.end))
    starts = [word.start() for word in re.finditer(r"\w+", raw)]
    return sum(1 for start in starts if start in marked - wanted), len(starts)


def test_the_gold_is_what_it_was() -> None:
    """Five cases, their offsets, and the spans that count."""
    surfaces = [
        (case["raw"][span["start"] : span["end"]], span["surface"])
        for case in gold().values()
        for span in case["spans"]
    ]

    assert (len(gold()), len(surfaces)) == (5, 197)
    assert all(cut == surface for cut, surface in surfaces)
    assert sum(missed(case)[1] for case in gold()) == 155


@pytest.mark.parametrize("case", sorted(FILED))
def test_coverage_does_not_fall(case: str) -> None:
    """Direct identifiers covered, per case, with the roster of a careful author and without."""
    reached = []
    for with_roster in (True, False):
        lost, total = missed(case, with_roster=with_roster)
        reached.append(1 - len(lost) / total)
    wrong, words = wrongly_marked(case)
    print(
        f"{case}: {missed(case)[1]} direct spans, covered {reached[0]:.3f} with roster, "
        f"{reached[1]:.3f} without; {wrong} of {words} words marked without need"
    )

    assert reached[0] >= FLOORS[case][0]
    assert reached[1] >= FLOORS[case][1]
    assert wrong <= 0.025 * words


def test_the_failures_are_exactly_the_declared_ones() -> None:
    """A new miss is a regression, a repaired one must leave the list."""
    missing = {(case, surface) for case in FILED for surface in missed(case)[0]}

    assert missing == KNOWN_FAILURES


@pytest.mark.parametrize("case", sorted(FILED))
def test_no_name_of_the_roster_is_left(case: str) -> None:
    """Neither a first name nor an unmistakable surname stands in the released text."""
    ordinary = {"mai", "stark", "engel", "jung", "koch", "winter", "sommer", "rosa", "frau", "herr"}
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", released_text(case))}
    names = {
        part.lower()
        for _, *typed in ROSTERS[case]
        for name in typed
        for part in re.findall(r"[^\W\d_]{3,}", name)
    }

    assert words & (names - ordinary) == set()


UTILITY = (
    ("quotation", "hat die Pfanne nach Mama geschmissen, deshalb hat das gebrannt."),
    ("quotation", "„vom Klettern“".replace("“", '"')),
    ("quotation", "aufpassen wenn die streiten, sonst wacht er auf"),
    ("quotation", "„es ist grad schwierig, ich nehm die Kinder am WE öfter"),
    ("injury", "am re. Oberarm innen einen blau-gelben Fleck, ungefähr 4 cm, sah aus wie Fingerab"),
    ("negation", "kein Kontakt"),
    ("negation", "nicht nach Hause"),
    ("negation", "ohne Frühstück und ohne Mappe"),
    ("frequency", "fast jeden Montag zu spät"),
    ("frequency", "geht selten jemand ran"),
    ("order", "Vor knapp 4 Wochen (Sonntag)"),
    ("order", "Am Montag drauf hat Kind A"),
    ("order", "Zwei Wochen später (vor knapp 2 Wochen)"),
    ("order", "Am Dienstag vor der Anfrage"),
    ("order", "Am Tag vor der Anfrage war die Oma"),
    ("source", "Meine Kollegin (Lehrkraft 1) hat das gehört"),
    ("source", "Lehrkraft 2 hat Umkleideaufsicht gemacht"),
    ("relation", "Bei der Mutter von Kind A"),
    ("relation", "der neue Freund, der Partner der Mutter,"),
    ("relation", "die Oma (Großmutter mütterlicherseits"),
    ("age", "Alter 8–10 J."),
    ("age", "Der Bruder ist unter 3 J."),
    ("resource", "rennt ihr richtig in die Arme"),
    ("resource", "hat eine feste Freundin"),
    ("question", "Muss ich mit der Mutter reden bevor ich was melde"),
)


@pytest.mark.parametrize(("what", "phrase"), UTILITY)
def test_what_the_table_needs_survives(what: str, phrase: str) -> None:
    """The utility checklist of what must survive on the first case."""
    assert phrase in released_text("v1")


def test_one_person_has_one_label_and_two_have_two() -> None:
    """In the fifth case a mistyped Leon, a Leonie who is not meant, and Leni."""
    raw = gold()["v5"]["raw"]
    labels: dict[str, set[str | None]] = {}
    for finding in proposal_of("v5").findings:
        word = re.sub(r"\W", "", raw[finding.start : finding.end].lower())
        labels.setdefault(word, set()).add(finding.person)

    assert [labels[key] for key in ("leon", "leonw", "derleon", "leoon")] == [{"Kind A"}] * 4
    assert (labels["leonie"], labels["leni"]) == ({"Kind B"}, {"Schwester"})


@pytest.mark.parametrize("case", sorted(FILED))
def test_the_screening_finds_nothing_in_what_was_released(case: str) -> None:
    """The adviser runs the pipeline again: labels, bands and distances are no findings."""
    draft = Draft((("text", released_text(case)),))
    again = propose(draft, Roster(), FILED[case], the_policy())
    text = released_text(case)

    assert [text[f.start : f.end] for f in again.findings] == []


def test_the_author_reads_the_result_with_names() -> None:
    """Labels in a text that others wrote become names on her device."""
    links = release(proposal_of("v1"), Decisions().accept_all()).correspondence

    assert reinsert("Kind A hilft dem Partner der Mutter, sagt Lehrkraft 1.", links) == (
        "Lea hilft dem Kai Sommer, sagt Frau Özdemir-Krull."
    )
