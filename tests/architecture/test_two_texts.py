"""Text that goes out and text that comes in are two types, each made in one place."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "fallberatung"


def makers_of(type_name: str) -> set[str]:
    """Return the modules in which *type_name* is called."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called_name(node) == type_name:
                found.add(path.relative_to(SOURCE).as_posix())
    return found


def called_name(call: ast.Call) -> str | None:
    """Return the last name of what is called, whether reached through a module or not."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else None


@pytest.mark.parametrize(
    ("type_name", "maker"),
    [
        ("ReleasedText", "anonymize/release.py"),
        ("ReadText", "roundtable/deliberation/decode.py"),
    ],
)
def test_a_text_type_is_made_in_one_module(type_name: str, maker: str) -> None:
    """Only a person's release makes outgoing text; only decoding makes incoming text."""
    assert makers_of(type_name) == {maker}
