"""Write docs/states.md from the one table of steps; with `--check` say whether it is up to date."""

import sys
from pathlib import Path

from fallberatung.roundtable.procedure.states import PHASES, STEPS, State, Step

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "states.md"

OPENING = """\
# The states of a case

Made by `scripts/states.py` from the table in `src/fallberatung/roundtable/procedure/states.py`.
Change the table, then run the script; a test holds that both agree.

The action of a step has the same name in the route, the access policy and the log. Without the
area's switch `after_screening` no step leads to `table_planned`. The role `system` is a duty of
the service, which acts when a period ends; it never closes a case.
"""

PHASES_OPENING = """\
## Phases of a session

They inform and do not cut off. In `hypotheses`, `response` and `ideas` the author reads only.
"""


def render() -> str:
    """Return the whole document: diagram, table of steps, phases."""
    phases = " → ".join(f"`{phase}`" for phase in PHASES)
    return "\n".join([OPENING, _diagram(), _table(), PHASES_OPENING, f"{phases}\n"])


def main(arguments: list[str]) -> int:
    """Write the document, or with `--check` compare; 1 when it was out of date."""
    if "--check" in arguments:
        return int(DOCUMENT.read_text(encoding="utf-8") != render())
    DOCUMENT.write_text(render(), encoding="utf-8")
    return 0


def _diagram() -> str:
    # Withdrawing leads out of nearly every state; drawn, it would hide all the rest.
    drawn = [step for step in STEPS if step.action != "case.withdraw"]
    edges = [
        f"    {source} --> {step.to_state}: {step.action}"
        for step in drawn
        for source in step.from_states or ("[*]",)
    ]
    last = f"    {State.ERASED} --> [*]"
    return "\n".join(["```mermaid", "stateDiagram-v2", *edges, last, "```", ""])


def _table() -> str:
    head = ["## Steps", "", "| action | from | to | by |", "|---|---|---|---|"]
    return "\n".join([*head, *map(_row, STEPS), ""])


def _row(step: Step) -> str:
    sources = ", ".join(f"`{state}`" for state in step.from_states) or "(the filing)"
    roles = ", ".join(sorted(step.roles))
    return f"| `{step.action}` | {sources} | `{step.to_state}` | {roles} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
