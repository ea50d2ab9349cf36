"""Whatever holds a secret or cleartext shows nothing of it."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from fallberatung.crypto.custody import files
from fallberatung.crypto.opened.caseview import EpochView, OpenedEntry, open_entry
from fallberatung.crypto.opened.entries import SignedBody
from fallberatung.crypto.opened.errors import SealError
from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.opened.institution import InstitutionKey
from fallberatung.crypto.opened.password import LoginKeys
from fallberatung.crypto.opened.recovery import RecoveryCode
from fallberatung.crypto.opened.seat import SeatCode
from unit.crypto.builders import ADVISER, REPORT, SEAT, a_filed_case, stream

RANDOM = stream("secrets")
FIRST, SECOND, SHORT = RANDOM(32), RANDOM(32), RANDOM(16)
FILED = a_filed_case()
OPENED = open_entry(FILED.view(ADVISER), FILED.log[1])

HOLDERS: dict[str, tuple[object, tuple[bytes, ...]]] = {
    "identity": (Identity(b"u" * 16, FIRST, SECOND, 0), (FIRST, SECOND)),
    "seat": (SEAT, (SEAT.signing_seed, SEAT.kem_seed)),
    "seat code": (SeatCode(SHORT), (SHORT,)),
    "recovery code": (RecoveryCode(SHORT), (SHORT,)),
    "institution key": (InstitutionKey(FIRST), (FIRST,)),
    "login keys": (LoginKeys(FIRST, SECOND), (FIRST, SECOND)),
    "epoch": (EpochView((), bytes(32), FIRST), (FIRST,)),
    "view of a case": (FILED.view(ADVISER), (FILED.view(ADVISER).key(1),)),
    "signed body": (SignedBody(bytes(32), FIRST, SECOND), (FIRST, SECOND)),
    "opened entry": (
        open_entry(FILED.view(ADVISER), FILED.log[1]),
        (str(REPORT["text"]).encode(),),
    ),
}


def spellings(secret: bytes) -> list[str]:
    """The ways in which a secret could show."""
    return [
        repr(secret)[2:-1],
        str(list(secret))[1:-1],
        secret.hex(),
        secret.hex().upper(),
        base64.b64encode(secret).decode().rstrip("="),
        base64.urlsafe_b64encode(secret).decode().rstrip("="),
        secret.decode("utf-8", errors="replace"),
    ]


def shows(holder: object, secret: bytes, show: Callable[[object], str]) -> bool:
    """Whether any spelling of the secret stands in what is shown."""
    return any(spelling in show(holder) for spelling in spellings(secret))


@pytest.mark.parametrize("name", HOLDERS)
@pytest.mark.parametrize("show", [repr, str, "{}".format])
def test_a_holder_of_secrets_shows_none(name: str, show: Callable[[object], str]) -> None:
    """Neither raw nor in hex, in base64 or in any other spelling."""
    holder, secrets = HOLDERS[name]

    assert len(HOLDERS) >= 10
    assert not any(shows(holder, secret, show) for secret in secrets)


def test_the_test_would_notice() -> None:
    """A secret in a plain representation is found."""
    assert shows([FIRST], FIRST, repr)
    assert shows({"key": FIRST.hex()}, FIRST, str)


def test_custody_shows_none_of_its_keys(tmp_path: Path) -> None:
    """Not even one of the four."""
    custody = files.create(tmp_path, stream("custody"))
    secrets = (custody.checkpoint_seed, custody.receipt_seed, custody.pepper, custody.decoy_key)

    assert repr(custody) == "Custody()"
    assert not any(shows(custody, secret, repr) for secret in secrets)


def test_an_opened_entry_shows_its_place_and_not_its_text() -> None:
    """What a log line could catch is number, epoch, retention and key id."""
    opened = OpenedEntry(1, 1, "c", b"", {"text": "geheim"})

    assert repr(opened) == "OpenedEntry(seq=1, epoch=1, ret='c', writer=b'')"


def test_failures_to_open_are_alike() -> None:
    """The message never says why."""
    assert str(SealError()) == "the seal does not open"
