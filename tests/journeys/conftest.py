"""One house for all journeys: the real service as its own process, and one case walked through.

Every byte that any device sends or receives passes the recorder.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import httpx
import pytest

from fallberatung.cli.demo import open_stage
from fallberatung.cli.demo_sample import BY_HAND, PERSONS_OF_THE_SAMPLE
from fallberatung.cli.demo_steps import Request, Stage
from fallberatung.cli.demo_story import Story
from fallberatung.cli.demo_town import Ambience, Folders
from fallberatung.cli.demo_walk import walk_through
from fallberatung.client.ambient import system_clock, system_random
from fallberatung.client.author import FiledCase

CANARY = "Quendolina Zwetschgenrode"
VIGNETTE = Path(__file__).parents[1] / "corpus" / "vignettes" / "v1.raw.txt"


@dataclass(frozen=True)
class Passed:
    """One request and its answer, byte for byte, and whose token it carried."""

    method: str
    url: str
    headers: bytes
    sent: bytes
    received: bytes
    token: str


class Recorder(httpx.BaseTransport):
    """The network, with a memory."""

    def __init__(self) -> None:
        self.inner = httpx.HTTPTransport()
        self.passed: list[Passed] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one request to the service and keep both sides of it."""
        answer = self.inner.handle_request(request)
        answer.read()
        headers = repr([*request.headers.raw, *answer.headers.raw]).encode()
        token = request.headers.get("authorization", "")
        self.passed.append(
            Passed(request.method, str(request.url), headers, request.read(), answer.content, token)
        )
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    def close(self) -> None:
        """Stay open: several connections share this network; the fixture ends it."""


@dataclass
class Notebook:
    """An audience that keeps every step and what was sent for it."""

    steps: dict[str, object] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)

    def show(self, step: object, requests: Sequence[Request]) -> None:
        """Keep one step under the name of its class."""
        self.steps[type(step).__name__] = step
        self.requests.extend(requests)


@dataclass(frozen=True)
class Journey:
    """What is left of the walk: the house still open, the files as they lay after it."""

    stage: Stage
    folders: Folders
    notebook: Notebook
    recorder: Recorder
    filed: FiledCase
    snapshot: Path


@pytest.fixture(scope="session")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    """Walk vignette V1, with one more child whose name exists nowhere else, through the house."""
    root = tmp_path_factory.mktemp("journey")
    folders, recorder = Folders(root / "demo"), Recorder()
    folders.root.mkdir()
    ambience = Ambience(system_clock, system_random, recorder)
    notebook = Notebook()
    with open_stage(folders, ambience, None) as stage:
        filed = walk_through(stage, a_story(), notebook)
        snapshot = root / "snapshot"
        shutil.copytree(folders.root, snapshot)
        yield Journey(stage, folders, notebook, recorder, filed, snapshot)
    recorder.inner.close()


def a_story() -> Story:
    """Vignette V1, told by somebody who also names the canary twice."""
    opening = f"{CANARY} sitzt neben dem Kind. Zwetschgenrode heißt auch die Mutter. "
    text = opening + VIGNETTE.read_text(encoding="utf-8")
    people = (*PERSONS_OF_THE_SAMPLE, ("other_child", (CANARY,)))
    return Story(text, people, date(2026, 5, 29), BY_HAND)
