"""The vault file: sealed, private, replaced as a whole."""

from dataclasses import replace
from pathlib import Path
from stat import S_IMODE

import pytest

from fallberatung.client.ambient import system_random
from fallberatung.client.belongings import Belongings, OwnSeat, Seen, from_value, to_value
from fallberatung.client.errors import VaultFileError
from fallberatung.client.vault_file import create, open_file, replace_file
from fallberatung.crypto.opened.identity import new_identity

PHRASE = "five words nobody would guess"
NAME = "Zwetschgenrode"


def some_belongings() -> Belongings:
    """Belongings with one of everything that tells of a case."""
    return Belongings(
        user="lehrkraft",
        identity=new_identity(bytes(15) + b"\1", 1_790_000_000, system_random),
        seats=(OwnSeat(b"c" * 16, b"k" * 16, 1_790_000_000, NAME.encode()),),
        seen=(Seen(b"c" * 16, 2, b"h" * 32),),
        checkpoint="a note",
    )


def test_belongings_survive_the_file(tmp_path: Path) -> None:
    """What was kept is what is opened, byte for byte."""
    path = tmp_path / "one.vault"
    kept = some_belongings()
    create(path, PHRASE, kept, system_random)
    opened = open_file(path, PHRASE).belongings

    assert to_value(opened) == to_value(kept)


def test_the_file_is_private_and_shows_nothing(tmp_path: Path) -> None:
    """Only its owner may read it, and neither names nor seeds stand in it."""
    path = tmp_path / "one.vault"
    kept = some_belongings()
    create(path, PHRASE, kept, system_random)
    content = path.read_bytes()

    assert S_IMODE(path.stat().st_mode) == 0o600
    assert NAME.encode() not in content
    assert kept.identity.signing_seed not in content
    assert kept.seats[0].code not in content


def test_another_password_and_damage_are_alike(tmp_path: Path) -> None:
    """Nobody learns from the refusal which of the two it was."""
    path = tmp_path / "one.vault"
    create(path, PHRASE, some_belongings(), system_random)
    with pytest.raises(VaultFileError) as wrong_password:
        open_file(path, "another password")
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    with pytest.raises(VaultFileError) as damaged:
        open_file(path, PHRASE)

    assert str(wrong_password.value) == str(damaged.value)


@pytest.mark.parametrize("content", [b"", b"\xa0", b"{}", b"\xff" * 40])
def test_what_is_no_vault_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """Any other file is refused before a password is derived."""
    path = tmp_path / "one.vault"
    path.write_bytes(content)
    with pytest.raises(VaultFileError):
        open_file(path, PHRASE)


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    """A path that leads nowhere has its own sentence."""
    with pytest.raises(VaultFileError, match="cannot be read"):
        open_file(tmp_path / "none", PHRASE)


def test_an_existing_vault_is_never_overwritten(tmp_path: Path) -> None:
    """Making keys twice in one place is refused, and the first keys stay."""
    path = tmp_path / "one.vault"
    create(path, PHRASE, some_belongings(), system_random)
    before = path.read_bytes()
    with pytest.raises(VaultFileError):
        create(path, PHRASE, some_belongings(), system_random)

    assert path.read_bytes() == before


def test_changes_are_kept_under_the_next_counter(tmp_path: Path) -> None:
    """Keeping replaces the file; the change is there after opening anew."""
    path = tmp_path / "one.vault"
    vault = create(path, PHRASE, some_belongings(), system_random)
    vault.keep(replace(vault.belongings, checkpoint="newer"), system_random)
    again = open_file(path, PHRASE)

    assert again.belongings.checkpoint == "newer"
    assert repr(again) == "VaultFile('one.vault', counter=2)"
    assert [each.name for each in tmp_path.iterdir()] == ["one.vault"]


def test_a_half_written_file_of_a_crash_is_no_obstacle(tmp_path: Path) -> None:
    """The left-over of an interrupted write is replaced, the old content stands until then."""
    path = tmp_path / "one.vault"
    (tmp_path / "one.vault.half").write_bytes(b"half")
    replace_file(path, b"whole")

    assert path.read_bytes() == b"whole"
    assert S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_leaves_the_old_vault(tmp_path: Path) -> None:
    """When the new version has no place the old one still opens."""
    folder = tmp_path / "folder"
    folder.mkdir()
    vault = create(folder / "one.vault", PHRASE, some_belongings(), system_random)
    (folder / "one.vault.half").mkdir()
    with pytest.raises(VaultFileError):
        vault.keep(replace(vault.belongings, checkpoint="newer"), system_random)

    assert open_file(folder / "one.vault", PHRASE).belongings.checkpoint == "a note"


def test_belongings_show_counts_only() -> None:
    """A repr in a traceback tells neither code nor case nor name."""
    kept = some_belongings()
    shown = f"{kept!r} {kept.seats!r}"

    assert shown == "Belongings(seats=1, seen=1) (OwnSeat(redacted),)"


def test_a_vault_of_another_layout_is_refused() -> None:
    """A later version's vault is not half understood."""
    written = dict(to_value(some_belongings()))
    with pytest.raises(VaultFileError):
        from_value(written | {"layout": 2})
    with pytest.raises(VaultFileError):
        from_value({key: written[key] for key in written if key != "seats"})


def test_a_newer_link_replaces_the_older_of_the_same_case() -> None:
    """A case is remembered once, by its newest link."""
    kept = some_belongings().with_seen(Seen(b"c" * 16, 5, b"n" * 32))

    assert kept.seen == (Seen(b"c" * 16, 5, b"n" * 32),)
    assert kept.seen_of(b"d" * 16) is None
