"""Every pattern is bounded, holds no repetition inside another, and survives its pump string."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import fallberatung.anonymize
from fallberatung.anonymize.grammar import Rule

# What makes a pattern work hardest: almost a match, over and over.
PUMPS = {
    "age": "11;4 seit 7 ",
    "birth": "geb. am 17.09. ",
    "date": "am 3. Ma bis zum 12.10 ",
    "month": "seit Anfang Sept ",
    "year": "Jahr 2016 Euro seit 20 ",
    "class": "Klasse 5/6 der 9 ",
    "group": "Sternengrupp gruppe x ",
    "school": "Albert-Schweitzer-",
    "kita": "Sonnen-Kinder-",
    "house": "Haus-Abend-",
    "legal": "Stadt & Verkehr Gmb ",
    "association": "Träger Kompass e. ",
    "quoted": "durch die „Brücke ",
    "mail": "a.b-c@d.e-f.g+",
    "web": "www.https://www.",
    "domain": "abc-def.d",
    "handle": "@kata Insta: Pixel#123",
    "phone": "0171 / 39-2 ",
    "iban": "DE89 3704 0044 ",
    "tax": "86 095 742 ",
    "pension": "15 070649 C ",
    "health": "A 12345678 ",
    "child": "115 FK 20468 ",
    "court": "12 F 345/ 3 Ds ",
    "file": "Aktenzeichen: ab-/.",
    "plate": "VB-AB LEV XY 12 ",
    "postcode": "36304 Li ",
    "place": "wohnt wohl in Bad Groß-",
    "relative": "am letzten Mon ",
    "residence": "ohne Papier illegal ",
    "street": "Bahnhof-str weg1 ",
    "room": "Haus C, Zimmer ",
    "station": "an der bahnho ",
    "first": "Vorname ist: „",
    "called": "heißt sie jetzt ",
    "name": "Mia R.. ",
    "initials": "K. S.x",
    "find_letters": "VG, a b Gruß\n",
    "find_numbers": "12.10.2",
    "find_places": "Altenfelder TSV ",
    "fit": " kleine rote (Vorname: ",
    "names": "ä-ß_",
    "reading": "a\u0301\u200b",
}
LENGTH = 20_000
SECONDS = 2.0


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """All compiled patterns of the room, in rules, tables and constants."""
    for module in pkgutil.iter_modules(fallberatung.anonymize.__path__):
        loaded = importlib.import_module(f"fallberatung.anonymize.{module.name}")
        for name, value in vars(loaded).items():
            for thing in value if isinstance(value, tuple) else (value,):
                if isinstance(thing, Rule):
                    yield thing.name, thing.pattern
                elif isinstance(thing, re.Pattern):
                    yield f"{module.name}-{name}", thing


ALL = dict(patterns())


def repetitions(parsed: object) -> Iterator[tuple[int, int]]:
    """Depth and upper bound of every real repetition; an optional part is none."""
    yield from _walk(parsed, 0)


def _walk(node: object, depth: int) -> Iterator[tuple[int, int]]:
    if isinstance(node, tuple) and len(node) == 2 and "REPEAT" in str(node[0]):
        _, highest, inner = node[1]
        deeper = depth + (int(highest) > 1)
        if int(highest) > 1:
            yield deeper, int(highest)
        yield from _walk(inner, deeper)
    elif isinstance(node, (tuple, list)) or hasattr(node, "data"):
        children: list[object] = list(getattr(node, "data", node))  # type: ignore[call-overload]  # the parser's own node types are not public
        for child in children:
            yield from _walk(child, depth)


@pytest.mark.parametrize("name", sorted(ALL))
def test_no_repetition_stands_inside_another(name: str) -> None:
    """Nothing backtracks exponentially; single classes may run on, compound ones are bounded."""
    parser = importlib.import_module("re._parser")
    found = list(repetitions(parser.parse(ALL[name].pattern, ALL[name].flags)))
    is_single_class = re.fullmatch(r"(?:\(\?P<\w+>)?\[[^\]]+\]\+?", ALL[name].pattern) is not None

    assert all(depth == 1 for depth, _ in found)
    assert is_single_class or all(bound <= 256 for _, bound in found)


@pytest.mark.parametrize("name", sorted(ALL))
def test_each_pattern_survives_its_pump_string(name: str) -> None:
    """Its own almost-match and two dull ones, 20,000 characters each."""
    own = next(pump for start, pump in PUMPS.items() if name.startswith(start))
    begin = time.process_time()
    for pump in (own, own.strip()[-1], "aA0. "):
        text = (pump * LENGTH)[:LENGTH]
        sum(1 for _ in ALL[name].finditer(text))

    assert time.process_time() - begin < SECONDS


def test_the_check_itself_sees_a_repetition_inside_another() -> None:
    """A check that never fails guards nothing."""
    parser = importlib.import_module("re._parser")

    assert list(repetitions(parser.parse(r"(?:a{1,3}b?){2,5}"))) == [(1, 5), (2, 3)]


def test_all_patterns_are_looked_at() -> None:
    """A module that hides its patterns elsewhere would pass silently."""
    assert len(ALL) >= 85
    assert [name for name in PUMPS if not any(p.startswith(name) for p in ALL)] == []
