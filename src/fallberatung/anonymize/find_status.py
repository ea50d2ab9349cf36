"""Residence status: hard block, for offices may have to pass it on (§ 87 AufenthG)."""

import re
from collections.abc import Iterator

from fallberatung.anonymize.grammar import Rule, apply_rules
from fallberatung.anonymize.marks import Context, Mark
from fallberatung.anonymize.reading import Reading

RULES: tuple[Rule, ...] = (
    Rule(
        "residence-status",
        "LEGAL_STATUS",
        re.compile(
            r"(?<!\w)(?:Duldung(?:en)?|geduldet(?:e[rns]?)?|Aufenthaltsgestattung|Aufenthaltstitel|"
            r"Aufenthaltserlaubnis|Niederlassungserlaubnis|Fiktionsbescheinigung|Aufenthaltsstatus|"
            r"Abschiebung|abgeschoben|Abschiebebescheid|ausreisepflichtig|Asylantrag|Asylverfahren|"
            r"Asylbewerber(?:in)?|Ausländerbehörde|subsidiäre[rn]? Schutz|ohne Papiere|"
            r"illegal (?:hier|in Deutschland)|Bleiberecht|Kettenduldung)(?!\w)",
            re.IGNORECASE,
        ),
        0.9,
    ),
)


def find_status(reading: Reading, _context: Context) -> Iterator[Mark]:
    """Words that tell whether somebody may stay in the country."""
    yield from apply_rules(RULES, reading)
