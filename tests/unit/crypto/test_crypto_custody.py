"""The server's keys: made once, kept for the owner alone, and clear about what is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fallberatung.crypto.custody import files
from fallberatung.crypto.custody.errors import CustodyError
from fallberatung.crypto.sealed import ed25519
from fallberatung.crypto.sealed.errors import BadSignatureError
from unit.crypto.builders import stream


def test_keys_load_as_they_were_created(tmp_path: Path) -> None:
    """A restart signs with the same keys and checks the same logins."""
    made = files.create(tmp_path / "keys", stream("custody"))
    loaded = files.load(tmp_path / "keys")

    assert loaded.checkpoint_public_key == made.checkpoint_public_key
    assert loaded.receipt_public_key == made.receipt_public_key
    assert loaded.check_login(b"auth", made.login_tag(b"auth"))
    assert loaded.decoy_salt("nobody") == made.decoy_salt("nobody")


def test_both_files_are_for_the_owner_alone(tmp_path: Path) -> None:
    """Directory 0700, files 0600, and the sealed file shows no key."""
    made = files.create(tmp_path / "keys", stream("custody"))
    sealed = (tmp_path / "keys" / files.SERVER_FILE).read_bytes()
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()}

    assert modes == {files.MASTER_FILE: 0o600, files.SERVER_FILE: 0o600}
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert made.checkpoint_seed not in sealed
    assert made.pepper not in sealed


def test_existing_keys_are_never_overwritten(tmp_path: Path) -> None:
    """A second creation leaves the first as it is."""
    made = files.create(tmp_path, stream("custody"))
    with pytest.raises(CustodyError, match="already holds"):
        files.create(tmp_path, stream("other"))

    assert files.load(tmp_path).pepper == made.pepper


def loosen(directory: Path) -> None:
    """Let the group read the master key."""
    (directory / files.MASTER_FILE).chmod(0o640)


def publish(directory: Path) -> None:
    """Let the world read the server's keys."""
    (directory / files.SERVER_FILE).chmod(0o604)


def shorten(directory: Path) -> None:
    """Cut the master key."""
    path = directory / files.MASTER_FILE
    path.write_bytes(path.read_bytes()[:31])


def damage(directory: Path) -> None:
    """Change one bit of the server's keys."""
    path = directory / files.SERVER_FILE
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


def empty(directory: Path) -> None:
    """Leave nothing in the server's keys."""
    (directory / files.SERVER_FILE).write_bytes(b"")


def exchange(directory: Path) -> None:
    """Put another master key in place."""
    (directory / files.MASTER_FILE).write_bytes(bytes(32))


def replace_by_directory(directory: Path) -> None:
    """Put something unreadable in place of the master key."""
    (directory / files.MASTER_FILE).unlink()
    (directory / files.MASTER_FILE).mkdir()


SPOILED: dict[str, tuple[Callable[[Path], None], str]] = {
    "master key missing": (
        lambda directory: (directory / files.MASTER_FILE).unlink(),
        "master.key is missing",
    ),
    "server keys missing": (
        lambda directory: (directory / files.SERVER_FILE).unlink(),
        "server.keys is missing",
    ),
    "readable by group": (loosen, "master.key is open to group or others"),
    "readable by the world": (publish, "server.keys is open to group or others"),
    "master key too short": (shorten, "the master key file is damaged"),
    "server keys changed": (damage, "damaged or sealed under another key"),
    "server keys empty": (empty, "damaged or sealed under another key"),
    "another master key": (exchange, "damaged or sealed under another key"),
    "not a file": (replace_by_directory, "master.key cannot be read"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_each_bad_situation_is_named(tmp_path: Path, name: str) -> None:
    """The operator learns which file is wrong and how, and nothing of its content."""
    spoil, reason = SPOILED[name]
    files.create(tmp_path, stream("custody"))
    spoil(tmp_path)

    assert len(SPOILED) >= 9
    with pytest.raises(CustodyError, match=reason):
        files.load(tmp_path)


def test_a_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file in the place of the directory is one clear error."""
    (tmp_path / "keys").write_text("")

    with pytest.raises(CustodyError, match="cannot be written"):
        files.create(tmp_path / "keys", stream("custody"))


def test_checkpoints_and_receipts_have_keys_of_their_own(tmp_path: Path) -> None:
    """A stolen receipt key signs no checkpoint."""
    custody = files.create(tmp_path, stream("custody"))
    ed25519.verify(custody.checkpoint_public_key, custody.sign_checkpoint(b"c"), b"c")
    ed25519.verify(custody.receipt_public_key, custody.sign_receipt(b"r"), b"r")

    with pytest.raises(BadSignatureError):
        ed25519.verify(custody.checkpoint_public_key, custody.sign_receipt(b"r"), b"r")


def test_a_login_is_checked_against_its_tag(tmp_path: Path) -> None:
    """The tag is no copy of the auth key and belongs to no other."""
    custody = files.create(tmp_path, stream("custody"))
    tag = custody.login_tag(b"auth")

    assert len(tag) == 32
    assert custody.check_login(b"auth", tag)
    assert not custody.check_login(b"other", tag)
    assert not custody.check_login(b"auth", b"")


def test_an_unknown_user_always_gets_the_same_salt(tmp_path: Path) -> None:
    """Asking twice does not tell a missing account from an existing one."""
    custody = files.create(tmp_path, stream("custody"))

    assert custody.decoy_salt("nobody") == custody.decoy_salt("nobody")
    assert len(custody.decoy_salt("nobody")) == 16
    assert custody.decoy_salt("nobody") != custody.decoy_salt("somebody")
