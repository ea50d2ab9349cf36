"""The board vectors: the fold of these entries is this board."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from fallberatung.roundtable.deliberation.board import Opened, fold
from fallberatung.roundtable.deliberation.decode import decode_shown
from fallberatung.roundtable.deliberation.view import board_view

VECTORS = sorted((Path(__file__).parent / "board").glob("*.json"))


def plain(value: Any) -> Any:  # noqa: ANN401  any JSON value
    """Return a JSON value with its byte strings made bytes."""
    if isinstance(value, dict) and set(value) == {"hex"}:
        return bytes.fromhex(value["hex"])
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value


def opened(entry: dict[str, Any]) -> Opened:
    """Return an entry of a vector as the client would hand it in."""
    body = decode_shown(plain(entry["body"]))
    writer = bytes.fromhex(entry["writer"])
    return Opened(entry["seq"], writer, entry["role"], entry["ret"], body)


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_entries_fold_into_their_board(path: Path) -> None:
    """The board is the one written down, in whatever order the entries arrive."""
    vector = json.loads(path.read_text("utf-8"))
    entries = [opened(entry) for entry in vector["entries"]]
    shuffled = random.Random(7).sample(entries, len(entries))  # noqa: S311  an order, no secret
    present = [bytes.fromhex(key) for key in vector["present"]]

    assert board_view(fold(entries, present)) == vector["board"]
    assert board_view(fold(shuffled, present)) == vector["board"]


def test_there_are_enough_vectors_and_they_show_every_problem() -> None:
    """Every code of a problem and every list of the board occurs somewhere."""
    boards = [json.loads(path.read_text("utf-8"))["board"] for path in VECTORS]
    codes = {problem["code"] for board in boards for problem in board.get("problems", [])}
    keys = set().union(*boards)

    assert len(VECTORS) >= 40
    assert len(codes) == 25
    assert len(keys) == 20
