"""[blind] The German words of the auditor's command line."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from fallberatung.audit.errors import (
    BundleError,
    EntryError,
    ForkError,
    NoteError,
    OpeningError,
    ProofError,
    RollbackError,
    RootError,
    SignatureError,
)

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "audit": "Das Zugriffsprotokoll prüfen, ohne Verbindung zum Dienst.",
        "verify": (
            "Ein Beweispaket prüfen. Ergebnis: 0 gültig, 1 nicht gültig, 2 Datei nicht lesbar."
        ),
        "show": "Ein Beweispaket prüfen und seine Einträge als Tabelle zeigen.",
        "policy": "Ihre eigene Richtliniendatei mit den Schlüsseln des Protokolls.",
        "since": "Ein früherer Prüfpunkt, den Sie aufbewahrt haben.",
        "json": "Das Ergebnis als JSON ausgeben.",
        "valid": "Das Beweispaket ist gültig.",
        "invalid": "Das Beweispaket ist NICHT gültig.",
        "keep": (
            "Bewahren Sie die Datei unverändert auf und sprechen Sie mit der Stelle, "
            "von der Sie sie haben."
        ),
        "unreadable": "Die Datei {name} lässt sich nicht lesen.",
        "bad_policy": "Die Datei {name} ist keine Richtliniendatei, die dieses Programm versteht.",
        "bad_since": "Die Datei {name} ist kein gültiger Prüfpunkt dieses Protokolls.",
        "log": "Protokoll",
        "state": "Stand",
        "state_value": "{size} Einträge, Prüfsumme {root}…",
        "range": "Geprüft",
        "range_value": "{count} Einträge, Nr. {start} bis {end}, lückenlos",
        "range_empty": "kein Eintrag in diesem Abschnitt",
        "period": "Zeitraum",
        "period_value": "{first} bis {last} (UTC)",
        "continues": "Anschluss",
        "continues_value": "setzt den Prüfpunkt mit {size} Einträgen unverändert fort",
        "continues_none": "nicht geprüft (mit --since einen früheren Prüfpunkt angeben)",
        "disclosed": "Angaben",
        "disclosed_value": "{opened} offen und geprüft, {closed} nicht offengelegt",
        "disclosed_none": "keine offengelegt",
        "made": "Erstellt",
        "made_value": "{made} (UTC, Angabe des Pakets)",
        "actions": "Vorgänge",
        "denied": "davon abgelehnt: {count}",
        "failed": "davon fehlgeschlagen: {count}",
        "column_index": "Nr.",
        "column_time": "Zeit (UTC)",
        "column_action": "Vorgang",
        "column_outcome": "Ergebnis",
        "column_purpose": "Zweck",
        "column_actor": "Wer",
        "column_object": "Woran",
        "column_client": "Woher",
        "closed": "nicht offengelegt",
        "hour": "{day} {hour} Uhr",
    }
)

OUTCOMES: Final[Mapping[str, str]] = MappingProxyType(
    {"ok": "erfolgt", "denied": "abgelehnt", "failed": "fehlgeschlagen"}
)

PURPOSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "BERATUNG": "Beratung",
        "VERTRETUNG": "Vertretung",
        "QS": "Qualitätssicherung",
        "DSB": "Datenschutzkontrolle",
        "ADMIN": "Verwaltung",
        "NOTFALL": "Notfall",
        "BETROFFENE": "Anliegen Betroffener",
        "SYSTEM": "Betrieb",
    }
)

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "user": "Person",
        "seat": "Fallgeber:in",
        "service": "Dienst",
        "operator": "Betrieb",
        "anon": "unbekannt",
    }
)

FAULTS: Final[Mapping[type[Exception], str]] = MappingProxyType(
    {
        BundleError: "Die Datei ist kein unversehrtes Beweispaket: Teile fehlen, kamen hinzu "
        "oder passen nicht zu ihren Prüfsummen.",
        EntryError: "Mindestens ein Eintrag hat nicht die vorgeschriebene Form.",
        NoteError: "Der Prüfpunkt im Paket hat nicht die vorgeschriebene Form.",
        SignatureError: "Der Prüfpunkt trägt keine gültige Unterschrift eines Schlüssels "
        "aus Ihrer Richtliniendatei.",
        RootError: "Die Einträge passen nicht zum unterschriebenen Stand: Mindestens einer "
        "wurde geändert, fehlt, kam hinzu oder wurde umgestellt.",
        OpeningError: "Mindestens eine offengelegte Angabe passt nicht zu ihrem Eintrag.",
        RollbackError: "Das Paket enthält weniger Einträge als Ihr früherer Prüfpunkt. "
        "Entweder ist es älter, oder Einträge wurden entfernt.",
        ForkError: "Das Protokoll setzt Ihren früheren Prüfpunkt nicht fort: "
        "Es wurde nachträglich verändert oder ausgetauscht.",
        ProofError: "Das Paket kann nicht zeigen, dass es Ihren früheren Prüfpunkt fortsetzt. "
        "Fordern Sie ein Paket an, das bei diesem Prüfpunkt beginnt.",
    }
)
"""What to say of a bundle that does not hold, by the class of what was raised."""

ACTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "auth.login": "Anmeldung",
        "auth.logout": "Abmeldung",
        "auth.mfa": "Zweiter Faktor geprüft",
        "auth.step_up": "Erneut bestätigt",
        "auth.recover": "Zugang wiederhergestellt",
        "auth.login_burst": "Viele Anmeldeversuche",
        "case.submit": "Fall eingereicht",
        "case.list": "Fälle aufgelistet",
        "case.read": "Fall gelesen",
        "case.append": "Eintrag zum Fall geschrieben",
        "case.claim": "Fall übernommen",
        "case.accept": "Fall angenommen",
        "case.return": "Fall zurückgegeben",
        "case.convene": "Runder Tisch einberufen",
        "case.phase": "Abschnitt gewechselt",
        "case.close": "Fall abgeschlossen",
        "case.reopen": "Fall wieder aufgenommen",
        "case.withdraw": "Fall zurückgezogen",
        "case.export": "Fall ausgegeben",
        "case.archive": "Fall abgelegt",
        "case.erase": "Fall gelöscht",
        "deadline.set": "Frist gesetzt",
        "deadline.pause": "Frist angehalten",
        "deadline.extend": "Frist verlängert",
        "deadline.overdue": "Frist überschritten",
        "member.add": "Mitglied aufgenommen",
        "member.remove": "Mitglied entfernt",
        "member.recognise": "Fall wiedererkannt",
        "member.substitute": "Vertretung eingesetzt",
        "member.acknowledge": "Hinweis bestätigt",
        "key.grant": "Schlüssel gewährt",
        "key.rotate": "Schlüssel gewechselt",
        "key.revoke": "Schlüssel widerrufen",
        "key.attest": "Schlüssel bestätigt",
        "incident.open": "Vorfall gemeldet",
        "incident.decide": "Vorfall entschieden",
        "incident.close": "Vorfall abgeschlossen",
        "hold.set": "Löschsperre gesetzt",
        "hold.lift": "Löschsperre aufgehoben",
        "user.create": "Konto angelegt",
        "user.lock": "Konto gesperrt",
        "user.delete": "Konto gelöscht",
        "role.grant": "Rolle gegeben",
        "role.revoke": "Rolle entzogen",
        "org.change": "Einrichtung geändert",
        "policy.change": "Regelwerk geändert",
        "admin.config": "Einstellung geändert",
        "admin.backup": "Sicherung erstellt",
        "admin.restore": "Sicherung eingespielt",
        "audit.query": "Protokoll durchsucht",
        "audit.reveal": "Protokollangabe aufgedeckt",
        "audit.export": "Protokoll ausgegeben",
        "audit.verify": "Protokoll geprüft",
        "audit.erase": "Protokollangabe gelöscht",
        "audit.prune": "Alte Einträge entfernt",
        "audit.sample": "Stichprobe gezogen",
        "log.start": "Protokoll gestartet",
        "log.heartbeat": "Lebenszeichen",
        "log.key_rotate": "Protokollschlüssel gewechselt",
        "log.clock_skew": "Uhrabweichung",
        "log.quarantine": "Zeile ausgesondert",
        "log.restore": "Protokoll nach Rückspielung",
    }
)
"""Every action of the registry as a data protection officer would say it."""
