"""Signed notes, keys, policies, checkpoints, receipts and inclusion proofs."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from fakes.small_log import ORIGIN, a_log, custody, entries, policy, seat_occurrence, stream
from fallberatung.audit.checkpoint import Checkpoint, parse_body, verify_checkpoint, write_body
from fallberatung.audit.entry import make_entry
from fallberatung.audit.errors import (
    EntryError,
    NoteError,
    ProofError,
    SignatureError,
)
from fallberatung.audit.note import (
    b64,
    encode_vkey,
    parse_vkey,
    read_note,
    sign_note,
    split_note,
    verifier_key,
    verify_note,
)
from fallberatung.audit.policy import LogPolicy, parse_policy, write_policy
from fallberatung.audit.proof import verify_proof, write_proof
from fallberatung.audit.receipt import promise, verify_receipt
from fallberatung.audit.sign import sign_checkpoint, sign_receipt
from fallberatung.audit.tiles import TileReader
from fallberatung.audit.tree import leaf_hash

KEYS = custody()
POLICY = policy()
ROOT = bytes(range(32))
NOTE = sign_checkpoint(KEYS, ORIGIN, 7, ROOT)
MADE = entries(1)[0]
RECEIPT = sign_receipt(KEYS, ORIGIN, MADE, leaf_hash(MADE.leaf), 60)
UNKNOWN_LINES = (
    "\u2014 witness.example " + b64(b"abcd" + bytes(8 + 2420)) + "\n",
    f"\u2014 {ORIGIN} " + b64(b"abcd" + bytes(64)) + "\n",
    "\u2014 münchen.example/zeuge " + b64(b"abcde") + "\n",
)


def test_a_checkpoint_is_signed_and_read() -> None:
    """Three lines, one signature line, and the values come back."""
    assert NOTE.startswith(f"{ORIGIN}\n7\n{b64(ROOT)}\n\n\u2014 {ORIGIN} ")
    assert verify_checkpoint(NOTE, POLICY) == Checkpoint(ORIGIN, 7, ROOT)


@pytest.mark.parametrize("line", UNKNOWN_LINES)
def test_a_signature_of_an_unknown_key_is_skipped(line: str) -> None:
    """Lines of witnesses and of algorithms to come do no harm, before or after ours."""
    text, ours = NOTE.split("\n\n")

    assert verify_checkpoint(NOTE + line, POLICY).size == 7
    assert verify_checkpoint(f"{text}\n\n{line}{ours}", POLICY).size == 7


def test_a_note_signed_by_unknown_keys_only_is_refused() -> None:
    """A stranger's signature proves nothing."""
    text, _ = NOTE.split("\n\n")

    with pytest.raises(SignatureError):
        verify_checkpoint(f"{text}\n\n{UNKNOWN_LINES[0]}", POLICY)


def test_one_wrong_signature_of_a_trusted_key_refuses_the_note() -> None:
    """A right line does not heal a wrong one."""
    forged = sign_checkpoint(KEYS, ORIGIN, 8, ROOT).split("\n\n")[1]

    with pytest.raises(SignatureError):
        verify_checkpoint(NOTE + forged, POLICY)


MALFORMED: dict[str, Callable[[str], str]] = {
    "no signature": lambda note: note.split("\n\n")[0] + "\n",
    "no blank line": lambda note: note.replace("\n\n", "\n"),
    "no newline at the end": lambda note: note.removesuffix("\n"),
    "text behind": lambda note: note + "x\n",
    "blank line behind": lambda note: note + "\n",
    "hyphen for the dash": lambda note: note.replace("\u2014", "-"),
    "two spaces": lambda note: note.replace("\u2014 ", "\u2014  "),
    "plus in the name": lambda note: note.replace(f"\u2014 {ORIGIN}", "\u2014 a+b"),
    "not base64": lambda note: note[:-3] + "!!\n",
    "carriage return": lambda note: note.replace("\n", "\r\n"),
    "only a key id": lambda note: note + "\u2014 a AAAAAA==\n",
    "stray bits": lambda note: note + "\u2014 a AAAAAAB=\n",
    "too long": lambda note: "x" * 300_000 + note,
    "too many lines": lambda note: note + UNKNOWN_LINES[1] * 64,
}


@pytest.mark.parametrize("name", sorted(MALFORMED))
def test_what_is_no_note_is_refused(name: str) -> None:
    """The form is checked before any key."""
    assert len(MALFORMED) >= 14
    with pytest.raises(NoteError):
        split_note(MALFORMED[name](NOTE))


def test_sixteen_signatures_are_accepted() -> None:
    """The specification asks for at least that many."""
    assert verify_checkpoint(NOTE + UNKNOWN_LINES[0] * 15, POLICY).size == 7


def test_a_note_may_hold_empty_lines() -> None:
    """Text and signatures are divided at the last empty line."""
    key = verifier_key(ORIGIN, KEYS.checkpoint_public_key)
    note = sign_note("a\n\nb\n", key, KEYS.sign_checkpoint)

    assert verify_note(note, [key]) == "a\n\nb\n"


def test_a_stored_note_is_utf8() -> None:
    """Other bytes are no note."""
    with pytest.raises(NoteError):
        read_note(b"\xff")


@pytest.mark.parametrize(
    "body",
    [
        f"{ORIGIN}\n7\n{b64(ROOT)}\nextension\n",
        f"{ORIGIN}\n07\n{b64(ROOT)}\n",
        f"{ORIGIN}\n-7\n{b64(ROOT)}\n",
        f"{ORIGIN}\n7\n{b64(ROOT[:31])}\n",
        f"{ORIGIN}\n7\n{b64(ROOT)}",
        f"\n7\n{b64(ROOT)}\n",
        f"{ORIGIN}\n7\n",
        f"{ORIGIN}\n{'9' * 20}\n{b64(ROOT)}\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(body: str) -> None:
    """Exactly three lines, decimal size, 32 bytes of root."""
    with pytest.raises(NoteError):
        parse_body(body)


def test_a_checkpoint_of_another_log_is_refused() -> None:
    """A key speaks for the log it is named after."""
    key = verifier_key(ORIGIN, KEYS.checkpoint_public_key)
    note = sign_note(write_body(Checkpoint("b/audit/1", 7, ROOT)), key, KEYS.sign_checkpoint)

    with pytest.raises(SignatureError):
        verify_checkpoint(note, POLICY)


def test_a_verifier_key_is_written_and_read() -> None:
    """Name, id and key come back."""
    written = encode_vkey(ORIGIN, KEYS.checkpoint_public_key)

    assert parse_vkey(written) == verifier_key(ORIGIN, KEYS.checkpoint_public_key)


VKEY = POLICY.checkpoint_keys[0]
NAME, KEY_ID, ENCODED = VKEY.split("+", 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{NAME}+{KEY_ID}",
        f"other+{KEY_ID}+{ENCODED}",
        f"{NAME}+00000000+{ENCODED}",
        f"{NAME}+{KEY_ID.upper()}x+{ENCODED}",
        f"{NAME}+{KEY_ID}+{ENCODED}=",
        f"{NAME}+{KEY_ID}+{b64(bytes([6]) + bytes(1312))}",
        f"{NAME}+{KEY_ID}+{b64(bytes([1]) + bytes(31))}",
    ],
)
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    """The id follows from name, type and key; other types are not half understood."""
    with pytest.raises(NoteError):
        parse_vkey(text)


def test_a_policy_is_written_and_read() -> None:
    """The file gives back what the server published."""
    assert parse_policy(write_policy(POLICY)) == POLICY


def test_a_policy_may_hold_comments_blanks_and_addresses() -> None:
    """The form is that of C2SP tlog-policy."""
    text = f"\n# ours\n\t log  {VKEY}\t\n  # more\nquorum   none\n"

    assert parse_policy(text) == replace(POLICY, receipt_keys=())
    assert parse_policy(text.replace(VKEY, f"{VKEY} https://rat.example")).origin == ORIGIN


OTHER = policy(custody("other"))
ELSEWHERE = encode_vkey("elsewhere/1", custody("other").checkpoint_public_key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "quorum none\n",
        f"log {VKEY}\n",
        f"log {VKEY}\nquorum none\nquorum none\n",
        f"log {VKEY}\nquorum w\n",
        f"log {VKEY}\nwitness w {VKEY}\nquorum none\n",
        f"log {VKEY} a b\nquorum none\n",
        f"log {VKEY}\nlog {VKEY}\nquorum none\n",
        f"log {VKEY}\nlog {ELSEWHERE}\nquorum none\n",
        f"log {VKEY}\n#receipt {VKEY}\nquorum none\n",
        f"log {VKEY}\n#receipt\nquorum none\n",
        f"log {VKEY}\nwhat is this\nquorum none\n",
        "log x\nquorum none\n",
    ],
)
def test_a_policy_that_cannot_be_obeyed_is_refused(text: str) -> None:
    """A witness that is demanded is never silently forgotten."""
    with pytest.raises(NoteError):
        parse_policy(text)


def test_a_policy_without_a_key_is_refused() -> None:
    """Trusting nobody is not the same as trusting everybody."""
    with pytest.raises(NoteError):
        LogPolicy(ORIGIN, (), ())


def test_during_a_rotation_either_key_suffices() -> None:
    """Old notes stay valid under a policy that lists both keys."""
    both = LogPolicy(ORIGIN, (*OTHER.checkpoint_keys, *POLICY.checkpoint_keys), ())

    assert verify_checkpoint(NOTE, both).size == 7


def test_a_receipt_is_signed_and_read() -> None:
    """It names the log, the entry, its hash, its time and the delay."""
    receipt = verify_receipt(RECEIPT, MADE.leaf, POLICY)

    assert RECEIPT.startswith("fallberatung.example/audit-receipt/v1\n" + ORIGIN)
    assert receipt == promise(ORIGIN, MADE)
    assert receipt.mmd == 60


def test_a_receipt_for_a_seat_counts_from_the_full_hour() -> None:
    """61 minutes from the hour, so that the minute stays unknown."""
    made = make_entry(seat_occurrence(), stream("x"))
    promised = promise(ORIGIN, made)

    assert (promised.mmd, promised.occurred_ms % 3_600_000) == (3660, 0)


def test_a_receipt_for_another_leaf_is_refused() -> None:
    """One receipt, one entry."""
    with pytest.raises(ProofError):
        verify_receipt(RECEIPT, entries(2)[1].leaf, POLICY)


def test_a_receipt_signed_with_the_checkpoint_key_is_refused() -> None:
    """The two keys have two uses."""
    key = verifier_key(ORIGIN, KEYS.checkpoint_public_key)
    forged = sign_note(RECEIPT.split("\n\n")[0] + "\n", key, KEYS.sign_checkpoint)

    with pytest.raises(SignatureError):
        verify_receipt(forged, MADE.leaf, POLICY)


@pytest.mark.parametrize("line", range(6))
def test_a_receipt_with_a_changed_line_is_refused(line: int) -> None:
    """Every line is signed, and a self-signed line still has to make sense."""
    text, _ = RECEIPT.split("\n\n")
    lines = text.split("\n")
    lines[line] += "x"
    key = verifier_key(ORIGIN + "/receipt", KEYS.receipt_public_key)
    resigned = sign_note("\n".join(lines) + "\n", key, KEYS.sign_receipt)

    with pytest.raises((NoteError, ProofError)):
        verify_receipt(resigned, MADE.leaf, POLICY)


@pytest.mark.parametrize(("line", "text"), [(2, "AAAA"), (3, "AAAA"), (4, "-1"), (5, "060")])
def test_a_receipt_with_a_value_of_another_form_is_refused(line: int, text: str) -> None:
    """Identifier, hash and numbers have one form."""
    lines = RECEIPT.split("\n\n")[0].split("\n")
    lines[line] = text
    key = verifier_key(ORIGIN + "/receipt", KEYS.receipt_public_key)
    resigned = sign_note("\n".join(lines) + "\n", key, KEYS.sign_receipt)

    with pytest.raises(NoteError):
        verify_receipt(resigned, MADE.leaf, POLICY)


def test_a_receipt_is_not_signed_for_another_hash() -> None:
    """The signer checks what it promises."""
    with pytest.raises(EntryError):
        sign_receipt(KEYS, ORIGIN, MADE, ROOT, 60)


LOG = a_log(80)
PATH = TileReader(LOG.tile).inclusion(33, 80)
PROOF = write_proof(33, PATH, LOG.checkpoint() or "")
LEAF = LOG.tree[33].leaf


def test_an_inclusion_proof_is_carried_away_and_verified() -> None:
    """Leaf, text and policy suffice."""
    included = verify_proof(PROOF, LEAF, POLICY)

    assert PROOF.startswith("c2sp.org/tlog-proof@v1\nindex 33\n")
    assert (included.index, included.checkpoint.size) == (33, 80)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        (PROOF.replace("index 33", "index 34"), ProofError),
        (PROOF.replace("index 33", "index 033"), NoteError),
        (PROOF.replace("@v1", "@v2"), NoteError),
        (PROOF.replace("index 33", "extra AAAA\nindex 33"), NoteError),
        (PROOF.replace(b64(PATH[0]), b64(PATH[1])), ProofError),
        (PROOF.replace(b64(PATH[0]) + "\n", ""), ProofError),
        (PROOF.replace(b64(PATH[0]), b64(PATH[0][:31])), NoteError),
        (PROOF.replace("\n80\n", "\n81\n"), SignatureError),
        ("", NoteError),
    ],
)
def test_a_changed_proof_is_refused(changed: str, error: type[Exception]) -> None:
    """Every line counts."""
    with pytest.raises(error):
        verify_proof(changed, LEAF, POLICY)
