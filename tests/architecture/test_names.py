"""Identifiers are English; German stands only where a statute's word decides what the code does."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
SOURCES = ("src", "tests", "scripts", "benchmarks")

GERMAN_ENDINGS = re.compile(r"(?:ung|ungen|keit|heit|schaft|lich|ieren)$")
ENGLISH_ALL_THE_SAME = frozenset({"young", "sung", "hung", "flung", "clung", "rung", "lung"})
WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def loanwords() -> frozenset[str]:
    """Return the closed list of statutory words, from the glossary's first table."""
    section = (
        GLOSSARY.read_text(encoding="utf-8").partition("## Loanwords")[2].partition("\n## ")[0]
    )
    return frozenset(re.findall(r"^\| `([a-z]+)` \|", section, re.MULTILINE))


def german_words() -> frozenset[str]:
    """Return the spoken German words of the glossary, in the ASCII spelling of identifiers."""
    section = GLOSSARY.read_text(encoding="utf-8").partition("## Words")[2].partition("\n## ")[0]
    header, *spoken = re.findall(r"^\| ([^|`]+) \|", section, re.MULTILINE)
    if header != "spoken":
        raise ValueError("the glossary's table of words has another form")
    cells = (word for cell in spoken for word in re.findall(r"[A-Za-zÄÖÜäöüß]+", cell))
    return frozenset(ascii_spelling(word) for word in cells if len(word) > 3)


def ascii_spelling(word: str) -> str:
    """Return a German word as an identifier would spell it."""
    lowered = word.lower()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        lowered = lowered.replace(umlaut, letters)
    return lowered


def identifiers(path: Path) -> set[str]:
    """Return every name a module binds: classes, functions, arguments, variables, attributes."""
    found: set[str] = {path.stem}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case (
                ast.ClassDef(name=name)
                | ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
            ):
                found.add(name)
            case ast.arg(arg=name) | ast.Attribute(attr=name):
                found.add(name)
            case ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
    return found


def is_german(word: str, german: frozenset[str]) -> bool:
    """Say whether one word of an identifier is German by the glossary or by its ending."""
    if word in ENGLISH_ALL_THE_SAME:
        return False
    return word in german or (len(word) > 5 and GERMAN_ENDINGS.search(word) is not None)


def offenders(names: set[str]) -> set[str]:
    """Return the identifiers with a German word that is no loanword."""
    german = german_words() - ENGLISH_TOO
    loans = loanwords() | {"fallberatung"}
    return {
        name
        for name in names
        for word in (found.lower() for found in WORDS.findall(name))
        if word not in loans and is_german(word, german)
    }


ENGLISH_TOO = frozenset({"code", "fall", "moderator", "name", "phase", "plan", "status", "text"})
"""Words that are spelled alike in both languages."""


def test_identifiers_are_english() -> None:
    """No identifier of the project holds a German word outside the closed list of loanwords."""
    paths = [path for folder in SOURCES for path in (ROOT / folder).rglob("*.py")]
    found = {path.relative_to(ROOT).as_posix(): offenders(identifiers(path)) for path in paths}

    assert {path: names for path, names in found.items() if names} == {}
    assert len(paths) >= 100


def test_a_german_identifier_is_caught() -> None:
    """The check can fail: words of the glossary and German endings are found, loanwords pass."""
    assert offenders({"runder_tisch", "Beratung", "frist", "insofa", "jugendamt", "case"}) == {
        "runder_tisch",
        "Beratung",
        "frist",
    }


def test_the_glossary_is_not_empty() -> None:
    """Both lists are read from the document, so an unreadable document would let all pass."""
    assert len(loanwords()) == 4
    assert len(german_words()) >= 40
