"""One real house per module; each test files its own cases in it."""

from collections.abc import Iterator

import pytest

from fakes.open_house import OpenHouse, open_house


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenHouse]:
    """Open a founded house in which everybody has joined."""
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture
def own_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenHouse]:
    """Open a house for this test alone, to turn its clock or stop its duties."""
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened
