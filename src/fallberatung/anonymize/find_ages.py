"""Exact ages: 15 J. · 11;4 J. · 3-Jährigen · ist 2 · achtjährig · (Leni, 4)."""

import re
from collections.abc import Iterator

from fallberatung.anonymize.grammar import Rule, apply_rules
from fallberatung.anonymize.marks import Age, Context, Facts, Mark
from fallberatung.anonymize.reading import Reading

_SPELLED = (
    "null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf",
    "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
)  # fmt: skip
_WORD = rf"(?P<word>{'|'.join(sorted(_SPELLED[2:], key=len, reverse=True))})"
_NUMBER = r"(?P<years>\d{1,2})"
_OLDEST_BARE = 25
# Durations, not ages: „seit 2 Jahren“, „vor 3 Jahren“, „alle 6 Jahre“.
_NO_DURATION = (
    r"(?<!seit )(?<!vor )(?<!in )(?<!alle )(?<!für )(?<!nach )(?<!über )(?<!unter )"
    r"(?<!\u2013 )(?<!\u2013)(?<!\d-)"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "age-years",
        "AGE_EXACT",
        re.compile(
            rf"(?<![\w,.;/]){_NO_DURATION}{_NUMBER}(?:;(?P<extra>\d{{1,2}}))? ?"
            r"(?:J\.|Jahre alt|Jahren alt|J(?!\w)|Jahre(?=[,.;)]))",
            re.IGNORECASE,
        ),
        0.95,
    ),
    Rule(
        "age-test",
        "AGE_EXACT",
        re.compile(r"(?<![\w,.;/])(?P<years>\d{1,2});(?P<extra>\d{1,2})(?![\w;])"),
        0.85,
    ),
    Rule(
        "age-adjective",
        "AGE_EXACT",
        re.compile(
            rf"(?<![\w\u2013])(?:{_NUMBER}-? ?|{_WORD})"
            r"(?P<adjective>jährig)(?P<ending>e[nrms]?)?(?!\w)",
            re.IGNORECASE,
        ),
        0.95,
    ),
    Rule(
        "age-months",
        "AGE_EXACT",
        re.compile(
            r"(?<![\w,.;/])(?P<months>\d{1,2}) ?(?:Monate alt|Mon\. alt|Monate(?=[,)]))",
            re.IGNORECASE,
        ),
        0.9,
    ),
    Rule(
        "age-spelled",
        "AGE_EXACT",
        re.compile(
            rf"(?<!\w){_NO_DURATION}{_WORD} (?:Jahre alt|Jahren alt|geworden)(?!\w)", re.IGNORECASE
        ),
        0.9,
    ),
    Rule(
        "age-is",
        "AGE_EXACT",
        re.compile(
            r"(?<!\w)(?:ist|wird|war|sind|werden|erst|schon|fast|knapp|angeblich)(?: jetzt| erst|"
            r" fast| schon| bald| gerade| im okt| im nov)?"
            rf" (?P<it>{_NUMBER})(?=[,;)]|\.(?!\d)| und \d{{1,2}}[,;.)]| geworden)",
            re.IGNORECASE,
        ),
        0.85,
    ),
    Rule(
        "age-turns",
        "AGE_EXACT",
        re.compile(
            r"(?<!\w)wird (?:im|am|bald|in) ?[\w.]{0,12} (?P<it>(?P<years>\d{1,2}))(?=[,;)])",
            re.IGNORECASE,
        ),
        0.85,
    ),
    Rule(
        "age-bracket",
        "AGE_EXACT",
        re.compile(rf"(?<![\w-])[A-ZÄÖÜ][^\W\d_]{{1,40}} \((?P<it>{_NUMBER})(?=[,)])"),
        0.8,
    ),
    Rule(
        "age-is-spelled",
        "AGE_EXACT",
        re.compile(
            rf"(?<!\w)(?:ist|wird|erst|schon|fast|knapp|gerade|mit|jetzt) (?P<it>{_WORD})"
            r"(?=[,.;)])",
            re.IGNORECASE,
        ),
        0.8,
    ),
    Rule(
        "age-apposition",
        "AGE_EXACT",
        re.compile(rf"(?<=[^\W\d_], )(?P<it>{_NUMBER})(?=,|\)| und )"),
        0.8,
    ),
    Rule(
        "birth-year",
        "AGE_EXACT",
        re.compile(
            r"(?<!\w)(?:Jg\.|Jahrgang|geb\.|geboren) (?P<born>(?:19|20)\d{2})(?!\w)", re.IGNORECASE
        ),
        0.95,
    ),
)


def find_ages(reading: Reading, context: Context) -> Iterator[Mark]:
    """Ages of children and young people, and birth years; durations are left alone."""

    def age(found: re.Match[str]) -> Facts:
        return _age(found, context)

    for mark in apply_rules(RULES, reading, age):
        if mark.facts is not None:
            yield mark


def _age(found: re.Match[str], context: Context) -> Age | None:
    groups = {key: text for key, text in found.groupdict().items() if text}
    if "born" in groups:
        return Age(max(0, context.filing_date.year - int(groups["born"]) - 1), shape="born")
    if "months" in groups:
        months = int(groups["months"])
        return Age(months // 12, months, "bare")
    years = int(groups["years"]) if "years" in groups else _SPELLED.index(groups["word"].lower())
    if "adjective" in groups:
        return Age(years, shape="adjective", ending=groups.get("ending", ""))
    if "it" in groups:
        return Age(years, shape="bare") if years <= _OLDEST_BARE else None
    months_over = int(groups["extra"]) if "extra" in groups else None
    return Age(years, None if months_over is None else years * 12 + months_over)
