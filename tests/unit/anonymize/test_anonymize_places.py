"""Institutions, classes, streets, places and residence status."""

import pytest

from unit.anonymize.builders import found, released

REPLACED = (
    ("aus der GS am Stadtpark dort", "aus der Grundschule dort"),
    ("als Lehrer der IGS Burgblick bitte", "als Lehrer der Gesamtschule bitte"),
    ("an der Albert-Schweitzer-Schule dort", "an der Schule dort"),
    ("in die Krippe Sonnenschein gebracht", "in die Krippe gebracht"),
    ("in der Kita St. Martin dort", "in der Kita dort"),
    ("zum Turnen beim TSV Altenfeld gehen", "zum Turnen beim Sportverein gehen"),
    ("er sitzt in der JVA Steinbach ein", "er sitzt in der JVA ein"),
    ("arbeitet im Haus Abendrot nachts", "arbeitet im Haus nachts"),
    ("fährt bei der Stadtverkehr GmbH", "fährt bei der Firma"),
    ("vom Träger Kompass e.V. betreut", "vom Träger betreut"),
    ("Hilfe durch die „Brücke“ gab es", "Hilfe durch einen freien Träger gab es"),
    ("beim AG Lindheim anhängig", "beim Familiengericht anhängig"),
    ("in der Altenfelder Rundschau stand", "in der Lokalzeitung stand"),
    ("aus meiner Klasse 3b jetzt", "aus meiner Klasse (3. Jg.) jetzt"),
    ("ein Kind der Kl. 5/6a jetzt", "ein Kind der Kl. (5./6. Jg.) jetzt"),
    ("in der Sternengruppe jetzt", "in der Gruppe jetzt"),
    ("wohnt Bahnhofstraße 14, 2. OG jetzt", "wohnt [Anschrift entfernt] jetzt"),
    ("der Brand in der Bahnhofstraße war", "der Brand in der [Straße] war"),
    ("wohnt in der Goethestr. allein", "wohnt in der [Straße] allein"),
    ("wohnt im Alten Postweg allein", "wohnt im [Weg] allein"),
    ("wohnt Am Weiher 7 allein", "wohnt [Anschrift entfernt] allein"),
    ("dort Haus C Zi. 14 jetzt", "dort [Anschrift entfernt] jetzt"),
    ("er wohnt wohl wieder in Krakau jetzt", "er wohnt wohl wieder in Ort 1 jetzt"),
    ("die Kita im Ortsteil Nordend ist", "die Kita im Ortsteil Ort 1 ist"),
)
KEPT = (
    "in der Schule und in der Kita, beim Jugendamt, im Krankenhaus",
    "auf dem Heimweg, am Spielplatz, ein Kitaplatz, der Schulweg",
    "in Therapie, in Behandlung, nach Aussage der Lehrkraft, aus Angst",
    "in der Wohngruppe und in der Kindergruppe",
    "Frühdienst ab 4 Uhr, in Mathe fit, im Sport lange Ärmel",
)


@pytest.mark.parametrize(("text", "expected"), REPLACED)
def test_what_has_a_proper_name_keeps_its_kind_only(text: str, expected: str) -> None:
    """The article in front still fits."""
    assert released(text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_bare_kinds_stay(text: str) -> None:
    """A school without a name leads to nobody."""
    assert found(text) == []


def test_the_same_town_keeps_its_number() -> None:
    """Whether somebody lives in the town of the school matters, its name does not."""
    text = "Er wohnt in Lindheim, sie ist nach Gießen gezogen, die Oma wohnt in Lindheim."

    assert released(text) == (
        "Er wohnt in Ort 1, sie ist nach Ort 2 gezogen, die Oma wohnt in Ort 1."
    )


def test_a_place_inside_other_names_is_found_alone() -> None:
    """The club carries the town, so the town is known."""
    text = "Er spielt beim TSV Altenfeld. Altenfeld ist klein."

    assert "Altenfeld" not in released(text)


def test_residence_status_is_removed() -> None:
    """Hard block: offices may have to pass it on."""
    assert [category for category, _ in found("Die Duldung läuft, Abschiebung droht.")] == [
        "LEGAL_STATUS",
        "LEGAL_STATUS",
    ]


def test_the_cases_are_all_here() -> None:
    """A list that lost its lines would pass silently."""
    assert (len(REPLACED), len(KEPT)) >= (24, 5)
