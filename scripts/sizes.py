"""Report how long modules and functions are: guides of docs/house.md, not gates."""

import ast
import statistics
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "fallberatung"
LOOK_TWICE = 300


def function_lengths(source: str) -> list[int]:
    """Return the length in lines of every function of a module, docstrings included."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = (node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds))
    return [(node.end_lineno or node.lineno) - node.lineno + 1 for node in found]


def percentile(values: list[int], share: float) -> int:
    """Return the smallest value that at least *share* of all values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> int:
    """Print one table: modules and functions per room, then the modules worth a second look."""
    rooms: dict[str, list[tuple[Path, int, list[int]]]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
        rooms.setdefault(room, []).append((path, text.count("\n"), function_lengths(text)))
    rooms["all"] = [module for modules in rooms.values() for module in modules]
    print(f"  {'room':<12} {'lines':>6} {'modules':>8} {'median':>7} {'p90':>5}   per function")
    for room, modules in rooms.items():
        lines = [count for _, count, _ in modules]
        functions = [n for _, _, lengths in modules for n in lengths] or [0]
        print(
            f"  {room:<12} {sum(lines):>6} {len(lines):>8} {statistics.median(lines):>7.0f} "
            f"{percentile(lines, 0.9):>5}   {statistics.median(functions):.0f}/"
            f"{percentile(functions, 0.9)}"
        )
    for path, count, _ in rooms["all"]:
        if count > LOOK_TWICE:
            print(f"  a second look: {path.relative_to(ROOT)} has {count} lines")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
