"""The doors of the house: run, test, check, proof, demo, bench, lock, help.

`make` calls this with the machine's own Python; it prepares the virtual environment first and then
hands over to it. Every refusal is one sentence and exit status 2.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import prepare

ROOT = prepare.ROOT
DOORS = ("run", "test", "check", "proof", "demo", "bench", "lock", "help")


def main(arguments: "list[str]") -> int:
    """Open the door named by the first argument; return an exit status."""
    door = arguments[0] if arguments else "help"
    if door not in DOORS:
        return refuse(f"there is no door {door!r}: choose one of {', '.join(DOORS)}")
    if door == "help":
        return show_help()
    try:
        python = str(prepare.prepare())
    except prepare.PrepareError as sentence:
        return refuse(str(sentence))
    except KeyboardInterrupt:
        return refuse("interrupted: run the same command again, it goes on where it stopped")
    return hand_over(commands(door, python))


def commands(door: str, python: str) -> "list[list[str]]":
    """Return what *door* runs, one command after the other."""
    script = {name: [python, str(ROOT / "scripts" / (name + ".py"))] for name in SCRIPTS}
    fallberatung = str(Path(python).with_name("fallberatung"))
    port = os.environ.get("PORT", "8000")
    return {
        "run": [
            script["assets"],
            [fallberatung, "demo", "town", "--data", ".local/demo", "--port", port],
        ],
        "demo": [script["assets"], [fallberatung, "demo", "walk"]],
        "check": [[*script["gates"], "check"]],
        "test": [[*script["gates"], "test"]],
        "proof": [[*script["gates"], "proof"]],
        "bench": [[*script["gates"], "bench"]],
        "lock": [script["lock"]],
    }[door]


SCRIPTS = ("assets", "gates", "lock")


def hand_over(queue: "list[list[str]]") -> int:
    """Run each command in the project folder; stop at the first that fails."""
    for command in queue:
        with subprocess.Popen(command, cwd=ROOT) as child:
            status = wait(child)
        if status:
            return status
    return 0


def wait(child: "subprocess.Popen[bytes]") -> int:
    """Wait for *child*; an interrupt reaches it by itself and is given time to end it."""
    try:
        return child.wait()
    except KeyboardInterrupt:
        return child.wait(timeout=30) and 130


def show_help() -> int:
    """Print one line per door, taken from the Makefile."""
    for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines():
        found = re.match(r"^([a-z]+):\s+## (.*)$", line)
        if found:
            print(f"  make {found.group(1):<6} {found.group(2)}")
    return 0


def refuse(sentence: str) -> int:
    """Say one sentence on standard error; return the exit status of a refusal."""
    sys.stderr.write(sentence + "\n")
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
