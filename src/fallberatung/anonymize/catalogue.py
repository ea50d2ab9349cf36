"""The categories of identifying data, each with what it is.

What is done with a category stands in the policy file; what a category *is* stands here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class Category:
    """One row of the catalogue.

    Args:
        title: German name as a review page shows it.
        kind: ``direct`` leads to a person by itself, ``quasi`` together with others.
        rank: Who gives its category to a place that several recognisers claim; higher wins.
    """

    title: str
    kind: Literal["direct", "quasi"]
    rank: int


CATEGORIES: Mapping[str, Category] = MappingProxyType(
    {
        "NAME_CHILD": Category("Name des Kindes", "direct", 60),
        "NAME_SIBLING": Category("Name eines Geschwisters", "direct", 60),
        "NAME_PARENT": Category("Name der Eltern", "direct", 60),
        "NAME_FAMILY": Category("Familienname", "direct", 58),
        "NAME_RELATIVE": Category("Name aus der Verwandtschaft", "direct", 60),
        "NAME_PROF": Category("Name einer Fachkraft", "direct", 60),
        "NAME_THIRD": Category("Name einer anderen Person", "direct", 56),
        "NAME_FILER": Category("Ihr eigener Name", "direct", 62),
        "INITIALS": Category("Initialen", "direct", 50),
        "DOB": Category("Geburtsdatum", "direct", 45),
        "AGE_EXACT": Category("genaues Alter", "quasi", 30),
        "DATE_ABS": Category("Kalenderdatum", "quasi", 40),
        "DATE_REL": Category("Zeitangabe, vom Schreibtag aus", "quasi", 35),
        "ORG_SCHOOL": Category("Schule", "direct", 70),
        "ORG_KITA": Category("Kita", "direct", 70),
        "ORG_OTHER": Category("Einrichtung", "direct", 68),
        "EMPLOYER": Category("Arbeitgeber", "direct", 68),
        "CLUB": Category("Verein", "direct", 70),
        "COURT": Category("Gericht", "direct", 70),
        "PRESS": Category("Zeitung", "direct", 70),
        "CLASS_GROUP": Category("Klasse oder Gruppe", "quasi", 55),
        "STREET": Category("Straße, Anschrift", "direct", 66),
        "PLACE": Category("Ort", "direct", 52),
        "PLZ": Category("Postleitzahl", "direct", 54),
        "PHONE": Category("Telefonnummer", "direct", 90),
        "EMAIL": Category("E-Mail-Adresse", "direct", 99),
        "URL": Category("Internetadresse", "direct", 97),
        "HANDLE": Category("Benutzername", "direct", 98),
        "PLATE": Category("Kfz-Kennzeichen", "direct", 88),
        "COURT_AZ": Category("Aktenzeichen eines Gerichts", "direct", 92),
        "FILE_NO": Category("Aktenzeichen oder Kundennummer", "direct", 86),
        "KG_NO": Category("Kindergeldnummer", "direct", 94),
        "SVNR": Category("Sozialversicherungsnummer", "direct", 94),
        "TAX_ID": Category("Steuer-Identifikationsnummer", "direct", 93),
        "KVNR": Category("Krankenversichertennummer", "direct", 94),
        "IBAN": Category("Bankverbindung", "direct", 96),
        "LEGAL_STATUS": Category("Aufenthaltsstatus", "quasi", 80),
        # No recogniser finds the following yet: a person marks them by hand.
        "OCCUPATION": Category("Beruf", "quasi", 20),
        "EVENT_LOCAL": Category("örtliches Ereignis", "quasi", 20),
        "LANDMARK": Category("auffälliger Ort", "quasi", 20),
        "DIAGNOSIS": Category("Krankheit, Diagnose", "quasi", 20),
        "ORIGIN": Category("Herkunft, Sprache", "quasi", 20),
        "RELIGION": Category("Religion", "quasi", 20),
        "CONSTELLATION": Category("seltene Familienform", "quasi", 20),
        "FEATURE": Category("auffälliges Merkmal, Fahrzeug, Tier", "quasi", 20),
    }
)
