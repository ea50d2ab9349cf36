"""[seeing] The German catalogue of the commands people type for themselves."""

from typing import Final

HELP_INSTITUTION: Final = "Schlüssel und Dienstplan einer Institution; ohne Verbindung zum Dienst."
HELP_INIT: Final = "Den Schlüssel der Institution anlegen, mit einem Kennwort verschlossen."
HELP_DESK: Final = "Einen Dienstplan aus Anfragedateien unterschreiben."
HELP_TOWN: Final = "Die Datei schreiben, mit der der Betrieb einen Planungsraum gründet."
HELP_KEY: Final = "Schlüsseldatei der Institution."
HELP_PHRASE: Final = "Datei mit dem Kennwort in der ersten Zeile; sonst wird gefragt."
HELP_AREA: Final = "Kurzname des Planungsraums."
HELP_REQUEST: Final = "Anfragedatei einer Person, in der Reihenfolge des Plans."
HELP_PEOPLE: Final = "Anfragedatei einer Person."
HELP_DAYS: Final = "Gültigkeit in Tagen, höchstens 92."
HELP_OUT: Final = "Datei, die geschrieben wird."
HELP_NAME: Final = "Name des Planungsraums."
HELP_LAND: Final = "Bundesland, zwei Buchstaben."
HELP_ORGANISATION: Final = "Kurzname, Art und Name, zum Beispiel: grundschule school 'Name'."
HELP_ROSTER: Final = "Unterschriebener Dienstplan."
HELP_TABLES: Final = (
    "Runde Tische erlauben: Rechtsgrundlage, Tag (JJJJ-MM-TT) und die zwei Personen, die es"
    " entschieden haben."
)

ASK_NEW: Final = "Neues Kennwort für die Schlüsseldatei"
ASK: Final = "Kennwort der Schlüsseldatei"
TOO_SHORT: Final = "Das Kennwort braucht mindestens 12 Zeichen."
NO_PHRASE_FILE: Final = "Die Kennwortdatei kann nicht gelesen werden."
NO_ROSTER: Final = "Der Dienstplan kann nicht gelesen werden."
BAD_DAY: Final = "Der Tag der Entscheidung muss als JJJJ-MM-TT geschrieben sein."
NOT_WRITTEN: Final = "Die Datei kann nicht geschrieben werden: {file}"
MADE: Final = "Schlüssel angelegt. Öffentlicher Teil: {key}"
SIGNED: Final = "Dienstplan mit {count} Personen unterschrieben, gültig {days} Tage."
WRITTEN: Final = "Gründungsdatei geschrieben: {people} Personen, {organisations} Einrichtungen."
