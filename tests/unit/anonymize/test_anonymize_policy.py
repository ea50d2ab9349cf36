"""The policy file: what the project ships, and one clear sentence for each mistake."""

import hashlib

import pytest

from fallberatung.anonymize.catalogue import CATEGORIES
from fallberatung.anonymize.errors import PolicyFileError
from fallberatung.anonymize.policy import read_policy
from unit.anonymize.builders import POLICY_FILE

MISTAKES = (
    ("version = 1", "version = 2", "version must be 1"),
    ("warn = 2", "warn = 0", "risk.warn must be a whole number of at least 1"),
    ("block = 3", "block = 1", "risk.block must be a whole number of at least 2"),
    ("sure = 0.75", "sure = 7.5", "confidence.sure must be a number from 0 to 1"),
    ("sure = 0.75", 'sure = "oft"', "confidence.sure must be a number from 0 to 1"),
    (
        "[11, 13], [14, 15]",
        "[11, 15]",
        "age.bands holds a band that crosses a year of age.never_cross",
    ),
    (
        "[16, 17],\n  [18, 20]",
        "[16, 20]",
        "age.bands holds a band that crosses a year of age.never_cross",
    ),
    (
        "[3, 5], ",
        "",
        "age.bands must be pairs [from, to] from 0 on without a gap",
    ),
    (
        "month_bands = [[0, 6], [7, 12], [13, 24], [25, 36]]",
        "month_bands = []",
        "age.month_bands must be pairs [from, to] from 0 on without a gap",
    ),
    (
        "never_cross = [14, 18]",
        "never_cross = 14",
        "age.never_cross must be a list of whole numbers",
    ),
    ("months_below = 3", "", "age.months_below must be a whole number of at least 0"),
    (
        "weeks_up_to = 70",
        "weeks_up_to = 3",
        "dates.weeks_up_to must be a whole number of at least 10",
    ),
    (
        'PHONE = "remove"',
        'PHONE = "delete"',
        "actions.PHONE must be one of replace, generalise, relate, remove, keep",
    ),
    ('PHONE = "remove"', "", "actions.PHONE is missing"),
    (
        'PHONE = "remove"',
        'PHONE = "keep"',
        "actions.PHONE must not be keep: it stands in hard_block",
    ),
    (
        'PLACE = "generalise"',
        'PLACE = "generalise"\nORT = "keep"',
        "actions names ORT, which is no category",
    ),
    ('PHONE = "[Telefonnr. entfernt]"', "", "removed.PHONE is missing"),
    ('PHONE = "[Telefonnr. entfernt]"', "PHONE = 3", "removed.PHONE must be a text"),
    ('"LEGAL_STATUS", #', '"RESIDENCE", #', "hard_block names RESIDENCE, which is no category"),
    ("[risk]", "[gefahr]", "risk is missing"),
    ("[risk]", "[extra]\n[risk]", "extra is not a key of this file"),
    ("version = 1", "version = = 1", "the policy is not a TOML file in UTF-8"),
)


def test_the_shipped_policy_is_read_whole() -> None:
    """Every category has an order; the digest is that of the bytes on disk."""
    encoded = POLICY_FILE.read_bytes()
    policy = read_policy(encoded)

    assert policy.actions.keys() == CATEGORIES.keys()
    assert policy.digest == hashlib.sha256(encoded).hexdigest()


def test_the_shipped_policy_blocks_what_the_specification_lists() -> None:
    """Residence, file and insurance numbers, phone, mail, handle, plate, birth date."""
    listed = {"LEGAL_STATUS", "FILE_NO", "COURT_AZ", "KG_NO", "SVNR", "KVNR", "TAX_ID", "IBAN"}

    assert read_policy(POLICY_FILE.read_bytes()).hard_block == (
        listed | {"PHONE", "EMAIL", "HANDLE", "PLATE", "DOB"}
    )


@pytest.mark.parametrize(("old", "new", "sentence"), MISTAKES)
def test_each_mistake_is_named_by_its_key(old: str, new: str, sentence: str) -> None:
    """One sentence, and it says where to look."""
    text = POLICY_FILE.read_text(encoding="utf-8")
    changed = text.replace(old, new, 1).encode()
    with pytest.raises(PolicyFileError) as refusal:
        read_policy(changed)

    assert old in text
    assert str(refusal.value) == sentence


def test_bytes_that_are_no_text_are_refused_without_quoting_them() -> None:
    """A person may drop the wrong file, a case text among them."""
    with pytest.raises(PolicyFileError) as refusal:
        read_policy("Lea Kowalski wohnt hier".encode("utf-16"))

    assert str(refusal.value) == "the policy is not a TOML file in UTF-8"
