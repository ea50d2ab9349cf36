"""The institution's key file opens with its passphrase only."""

import pytest

from fallberatung.crypto.opened.errors import SealError, WeakKdfError
from fallberatung.crypto.opened.institution import (
    InstitutionKey,
    new_institution_key,
    open_key_file,
    seal_key_file,
)
from fallberatung.crypto.sealed.errors import MalformedSealError
from fallberatung.crypto.sealed.fbcbor import Value, decode, encode
from unit.crypto.builders import stream

KEY = new_institution_key(stream("institution"))
FILE = seal_key_file(KEY, "fünf lange wörter", stream("file"))


def changed(**change: Value) -> bytes:
    """The key file with some of its fields changed."""
    parts = decode(FILE)
    assert isinstance(parts, dict)
    return encode({**parts, **change})


def test_the_key_file_opens_with_its_passphrase() -> None:
    """The same key comes back; another passphrase opens nothing."""
    assert open_key_file(FILE, "fünf lange wörter").seed == KEY.seed
    with pytest.raises(SealError):
        open_key_file(FILE, "fünf andere wörter")


def test_a_key_file_that_asks_for_a_weak_derivation_is_refused() -> None:
    """Whoever swaps the file cannot make guessing cheaper."""
    kdf: dict[str, Value] = {"alg": "argon2id", "v": 19, "m": 8, "t": 1, "p": 1}

    with pytest.raises(WeakKdfError):
        open_key_file(changed(kdf=kdf), "x")


@pytest.mark.parametrize(
    "change",
    [{"v": 2}, {"t": "desk"}, {"salt": bytes(15)}, {"kdf": {}}, {"extra": 1}],
)
def test_other_files_are_no_key_files(change: dict[str, Value]) -> None:
    """One form only."""
    with pytest.raises(MalformedSealError):
        open_key_file(changed(**change), "x")


def test_a_seed_has_thirty_two_bytes() -> None:
    """A key of another length is none."""
    with pytest.raises(SealError):
        InstitutionKey(bytes(31))
