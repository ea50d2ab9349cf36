"""[seeing] The German catalogue of the demo: what the pages would say, here for a terminal."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SERVER_SAW: Final = "Was der Server davon sah"
NOTHING_SENT: Final = "Nichts. In diesem Schritt hat kein Gerät eine Anfrage gestellt."
REQUEST_COLUMNS: Final = ("wer", "Anfrage", "gesendet", "Antwort", "Status")
BYTES: Final = "{count} Byte"
TIMES: Final = "{count}-mal"

TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Pseudonymised": "1 · Die Lehrkraft pseudonymisiert auf ihrem Gerät",
        "Sent": "2 · Versiegeln und absenden",
        "Screened": "3 · Die Fachberatung übernimmt, prüft und nimmt an",
        "CaseFile": "4 · Die Runde kommt zusammen",
        "Deliberated": "5 · Karten und Einschätzungen",
        "ReviewSet": "6 · Wiedervorlage",
        "Audited": "7 · Der Datenschutz prüft das Zugriffsprotokoll ohne den Server",
        "ReadBack": "8 · Die Lehrkraft liest das Ergebnis mit den echten Namen",
    }
)
"""Heading of each step, by the class of what the step made."""

ORIGINAL: Final = "So hat sie es geschrieben (bleibt auf dem Gerät)"
RELEASED: Final = "So sieht es die Runde"
FINDINGS: Final = "Fundstellen"
FINDING_COLUMNS: Final = ("Nr.", "Stelle", "Art", "wird zu", "erkannt von")
BY_HAND: Final = (
    "Von Hand nachgetragen, weil das Programm die Stelle nicht oder nicht ganz gefunden hat"
)
BY_HAND_COLUMNS: Final = ("Stelle", "Art", "wird zu")
NO_BY_HAND: Final = "Von Hand musste nichts nachgetragen werden."
STRUCK: Final = "(gestrichen)"
LIST_READ: Final = (
    "{found} Fundstellen vom Programm, {added} von Hand. Die Liste gilt in der Vorführung als"
    " gelesen und angenommen; im Dienst entscheidet darüber ein Mensch."
)
RISKS: Final = "Worauf das Programm außerdem hinweist (Stand vor dem Nachtragen von Hand)"
RISK: Final = "• {reason} Vorschlag: {advice} ({count} Stellen)"
DAY: Final = "Als Tag der Anfrage gilt der {day}; von ihm aus zählen alle Zeitangaben."

SENT: Final = (
    "Fall {code}, Zustand {state}. Verfasst hat ihn ein Platz, der nur für diesen Fall gemacht"
    " wurde: Schlüssel {seat}…, kein Name. Versiegelt ist er für diesen Platz und {advisers}"
    " Personen des unterschriebenen Dienstplans."
)
RECEIPT: Final = (
    "Die Quittung ist geprüft: Datensatz → Prüfwert im Protokolleintrag → Eintrag {entry}…"
    " → Unterschrift des Dienstes."
)
TOLD: Final = "Im Klartext mitgeteilt"
TOLD_BASIS: Final = "Rechtsgrundlage {basis}, Dringlichkeit {urgency}, Wunsch {frame}"
TOLD_RECEIPT: Final = (
    "Prüfvermerk: Regelwerk {policy}…, Programmversion {version}, offene Stellen {unresolved}"
)

CLAIMED: Final = (
    "Übernommen. Ab jetzt lesen nur noch Platz, Fachberatung und Vertretung mit (Epoche 2)."
)
OPENED: Final = "Geöffneter Bericht"
SCREENED_CLEAN: Final = "Das Programm hat beim zweiten Lesen nichts mehr gefunden."
SCREENED_MARKS: Final = (
    "Das Programm hat beim zweiten Lesen {count} Stellen angestrichen; die Fachberatung hat sie"
    " angesehen (in der Vorführung: hingenommen, nicht einzeln entschieden)."
)
ACCEPTED: Final = "Angenommen."

SEATED: Final = (
    "Neue Epoche mit {members} Plätzen. Wer dazukommt, bekommt genau den Schlüssel der ersten"
    " Epoche: den Bericht, nicht das Gespräch davor."
)
MEMBERS: Final = "Am Tisch"
MEMBER: Final = "{role} ({cap}) · Schlüssel {key}…"

BOARD: Final = "Tafel, wie die Runde sie sieht (in Rollen, ohne Namen)"
LOWEST: Final = "Niedrigste Einschätzung: {lowest} von 10. Es wird nichts gemittelt."
NO_LOWEST: Final = "Es gibt keine Einschätzung, die zählt."

DUE: Final = "Wiedervorlage am {due} (Stufe {band})."
NO_DUE: Final = "Keine Wiedervorlage (Stufe {band})."
WHY: Final = "Begründung: {explanation}"
PICKED: Final = (
    "Der Dienst hat für jede Stufe einen Tag angeboten; das Gerät der Moderation hat die Zeile"
    " der niedrigsten Einschätzung gewählt und unterschrieben. Die Einschätzungen selbst kennt"
    " der Dienst nicht, die Stufe hinter dem Datum schon."
)

AUDITED: Final = (
    "Geprüft: {size} Einträge, Unterschrift und Baum stimmen, nichts fehlt, nichts ist geändert."
)
AUDIT_COLUMNS: Final = ("Nr.", "Zeit (UTC)", "Vorgang", "Ausgang", "wer")
AUDIT_COMMAND: Final = "Derselbe Beleg, noch einmal mit dem Prüfprogramm auf der Befehlszeile:"
HELD: Final = (
    "Die Einträge der Lehrkraft fehlen noch: Was ein Platz tut, kommt erst zur vollen Stunde in"
    " das Protokoll, sonst verriete die Minute die Person. Ihre Quittung deckt den Eintrag"
    " {entry}… schon jetzt: unterschrieben vom Dienst, prüfbar, auch wenn er nie erschiene."
)
NOT_HELD: Final = (
    "Während der Vorführung war volle Stunde: Der Eintrag der Lehrkraft ({entry}…) steht schon"
    " im Protokoll, mit der Stunde und ohne Konto."
)
RECEIPT_TEXT: Final = "Quittung der Lehrkraft"
FILES: Final = "Beleg: {bundle}\nSchlüssel des Prüfers: {policy}"

READ_BACK: Final = (
    "Die Namen setzt das eigene Gerät ein, aus dem eigenen Tresor. Gesendet wird davon nichts."
)

FACTS: Final = "Was der Server nun von dem Fall weiß (aus seiner eigenen Antwort)"
FACT_ROWS: Final = (
    ("Fallcode", "{code}"),
    ("Zustand, Phase, Sitzung", "{state}, {phase}, {session}"),
    ("anfragende Stelle", "{asking}"),
    ("Rechtsgrundlage, Dringlichkeit, Wunsch", "{legal_basis}, {urgency}, {frame}"),
)
FACT_MEMBERS: Final = "Plätze (Schlüssel, Recht, Rolle)"
FACT_DEADLINES: Final = "Fristen"
FACT_DEADLINE: Final = "{kind} am {due} (Stufe {band})"
FACT_RECORDS: Final = "versiegelte Datensätze"
FACT_RECORD: Final = "{count}-mal {kind}, Epoche {epoch}, Klasse {ret}, Größenstufe {size}"
NO_CLASS: Final = "ohne"

ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "author": "Fallgebende",
        "adviser": "Fachberatung",
        "deputy": "Vertretung",
        "moderator": "Moderation",
        "participant": "Teilnahme",
        "recorder": "Protokoll",
        "observer": "Zuhören",
    }
)

BANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "call_back": "Rückruf",
        "weeks_2": "2 Wochen",
        "weeks_4": "4 Wochen",
        "weeks_12": "12 Wochen",
        "closing": "Abschluss",
    }
)

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "case_report": "Bericht",
        "past_harm": "bisherige Schädigung",
        "danger_statement": "Gefährdungsaussage",
        "complicating_factor": "erschwerender Faktor",
        "existing_strength": "Stärke",
        "existing_safety": "vorhandene Sicherheit",
        "safety_goal": "Sicherheitsziel",
        "next_step": "nächster Schritt",
        "rating": "Einschätzung",
        "epoch": "Schlüsselwechsel",
        "grant": "Schlüsselweitergabe",
        "entry": "Eintrag",
    }
)

INTRO: Final = (
    "Vorführung mit erfundenen Angaben. Alle Personen tragen den Namen ihrer Rolle."
    " Der Dienst läuft als eigenes Programm auf diesem Rechner."
)
FOUNDING: Final = "Eine leere Stadt wird gegründet und alle treten ein …"
READY: Final = "Bereit nach {seconds:.1f} Sekunden. Dienst: {address}"
DONE: Final = "Fertig nach {seconds:.1f} Sekunden."
KEPT: Final = "Alle Dateien der Vorführung liegen in {folder}"

TOWN_PREPARING: Final = "Die Vorführstadt wird eingerichtet …"
TOWN_HEALING: Final = "Eine unterbrochene Einrichtung wird neu begonnen …"
TOWN_EXPIRED: Final = "Der Dienstplan ist abgelaufen; die Vorführstadt wird neu eingerichtet …"
TOWN_SERVING: Final = (
    "Dienst: {address}  (beenden mit Strg-C)\n"
    "Die Anmeldungen gelten für Kommandozeile und Python-Paket; im Browser steht bisher die"
    " Startseite. Einen ganzen Fall zeigt: make demo"
)
TOWN_LOGINS: Final = "Anmeldungen zur Vorführung (auch in {file})"
TOWN_COLUMNS: Final = ("Anmeldename", "Rolle", "Kennwort")
TOWN_STOPPED: Final = "Der Dienst ist beendet."
PORT_BUSY: Final = (
    "Auf Port {port} läuft schon ein anderes Programm. Bitte beenden oder einen anderen Port"
    " wählen: PORT=NUMMER vor make, --port NUMMER hinter dem Befehl."
)
FOREIGN_FOLDER: Final = (
    "{folder} ist nicht leer und gehört nicht zur Vorführung. Bitte einen leeren Ordner angeben."
)
FOLDER_UNUSABLE: Final = "In {folder} kann nicht geschrieben werden."
TEXT_UNREADABLE: Final = "Die Datei mit dem Text kann nicht gelesen werden."
HOUSE_STOPPED: Final = "Der Dienst hat sich beendet; Näheres in {file}"

HELP_DEMO: Final = "Vorführung mit erfundenen Fällen."
HELP_WALK: Final = "Ein Fall geht durch das Haus, Schritt für Schritt."
HELP_TOWN: Final = "Eine Vorführstadt einrichten und bedienen."
HELP_DATA: Final = "Ordner für alle Dateien der Vorführung."
HELP_KEEP: Final = "Die Dateien danach nicht löschen."
HELP_TEXT: Final = "Textdatei statt des Beispieltextes."
HELP_DAY: Final = "Tag der Anfrage, JJJJ-MM-TT (für den Beispieltext 2026-05-29)."
HELP_POLICIES: Final = "Ordner mit den Regelwerken."
HELP_PORT: Final = "Port auf diesem Rechner."
