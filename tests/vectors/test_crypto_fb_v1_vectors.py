"""The frozen vectors of fb/v1, which the TypeScript half reads too."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from fallberatung.crypto.opened import caseview, vault
from fallberatung.crypto.opened.caseview import CaseView, open_entry
from fallberatung.crypto.opened.errors import NoKeyError
from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.opened.institution import InstitutionKey
from fallberatung.crypto.opened.password import KdfParams, login_keys
from fallberatung.crypto.opened.recovery import decode_recovery
from fallberatung.crypto.opened.seat import decode_code, encode_code, mailbox, seat_identity
from fallberatung.crypto.sealed import chain as chains
from fallberatung.crypto.sealed import errors, fbcbor
from fallberatung.crypto.sealed.keybundle import KeyBundle, fingerprint, parse_bundle
from fallberatung.crypto.sealed.padding import padded_size
from fallberatung.crypto.sealed.records import Record
from fallberatung.crypto.sealed.roster import parse_roster
from fallberatung.crypto.sealed.seat import pseudonym
from fallberatung.crypto.sealed.statement import verify_statement

FILE = Path(__file__).parent / "crypto" / "fb-v1.json"
FROZEN: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
CASE = bytes.fromhex(FROZEN["case"]["case"])
ROOT = bytes.fromhex(FROZEN["case"]["root"])


def records(rows: Sequence[Sequence[str]]) -> list[Record]:
    """Records out of their hexadecimal form."""
    return [Record(bytes.fromhex(header), bytes.fromhex(body)) for header, body in rows]


def identity(row: dict[str, Any]) -> Identity:
    """An identity out of its seeds."""
    uid, signing, kem = (bytes.fromhex(row[key]) for key in ("uid", "signing_seed", "kem_seed"))
    return Identity(uid, signing, kem, row["made_at"])


def bundles() -> dict[bytes, KeyBundle]:
    """Every bundle of the file, read and verified."""
    encoded = [row["bundle"] for row in FROZEN["identities"]] + [FROZEN["other_seat"]]
    parsed = [parse_bundle(bytes.fromhex(text)) for text in encoded]
    return {bundle.key_id: bundle for bundle in parsed}


PEOPLE = {row["name"]: identity(row) for row in FROZEN["identities"]}
BUNDLES = bundles()


def replayed(who: Identity) -> CaseView:
    """The frozen case as this person sees it at its end."""
    view = caseview.begin(CASE, BUNDLES[ROOT])
    view = caseview.with_bundles(view, [person.bundle for person in PEOPLE.values()])
    for record in records(FROZEN["case"]["log"]):
        view = caseview.apply(view, record, who)
    return view


def read(view: CaseView, record: Record) -> str | None:
    """The encoded body of an entry, or nothing if it is not for this view."""
    try:
        return fbcbor.encode(open_entry(view, record).body).hex()
    except NoKeyError:
        return None


def test_encodings_are_those_of_the_file() -> None:
    """Good ones read and write back; bad ones are refused."""
    written, refused = FROZEN["encoding"]["written"], FROZEN["encoding"]["refused"]
    for text in written.values():
        assert fbcbor.encode(fbcbor.decode(bytes.fromhex(text))).hex() == text
    for text in refused.values():
        with pytest.raises(errors.MalformedSealError):
            fbcbor.decode(bytes.fromhex(text))

    assert (len(written), len(refused)) >= (13, 45)


def test_padded_sizes_are_those_of_the_file() -> None:
    """Both implementations pad alike."""
    assert [[size, padded_size(size)] for size, _ in FROZEN["padded_sizes"]] == (
        FROZEN["padded_sizes"]
    )
    assert len(FROZEN["padded_sizes"]) >= 6


@pytest.mark.parametrize("row", FROZEN["identities"], ids=lambda row: row["name"])
def test_an_identity_follows_from_its_seeds(row: dict[str, Any]) -> None:
    """Key id, bundle and fingerprint are those of the file."""
    who = identity(row)

    assert len(FROZEN["identities"]) >= 7
    assert who.key_id.hex() == row["key_id"]
    assert who.bundle.encoded.hex() == row["bundle"]
    assert fingerprint(who.bundle) == row["fingerprint"]


@pytest.mark.parametrize("name", sorted(FROZEN["case"]["views"]))
def test_each_person_reads_their_part_of_the_case(name: str) -> None:
    """The frozen log opens for those who were given its epochs, and for nobody else."""
    log = records(FROZEN["case"]["log"])
    view = replayed(PEOPLE[name])
    entries = [record for record in log if record.parsed().kind == "entry"]

    assert len(log) >= 12
    assert [record.digest().hex() for record in log] == FROZEN["case"]["heads"]
    assert [read(view, record) for record in entries] == FROZEN["case"]["views"][name]


@pytest.mark.parametrize("row", FROZEN["refused"]["records"], ids=lambda row: row["name"])
def test_a_refused_record_fails_for_its_named_reason(row: dict[str, Any]) -> None:
    """The class of refusal is part of the vector."""
    chain = chains.begin(CASE, ROOT)
    for record in records(FROZEN["refused"]["logs"][row["after"]]):
        chain = chains.advance(chain, record, BUNDLES)
    (last,) = records([row["record"]])

    assert len(FROZEN["refused"]["records"]) >= 50
    with pytest.raises(getattr(errors, row["expect"])):
        chains.advance(chain, last, BUNDLES)


def test_the_seat_reopens_from_its_written_code() -> None:
    """Code, keys, mailbox and pseudonym are those of the file."""
    row = FROZEN["seat_code"]
    code = decode_code(row["written"])

    assert code.secret.hex() == row["secret"]
    assert encode_code(code) == row["written"]
    assert mailbox(code).hex() == row["mailbox"]
    assert seat_identity(code, FROZEN["identities"][0]["made_at"] + 59).key_id == ROOT
    assert pseudonym(CASE, ROOT) == FROZEN["case"]["pseudonym"]


def test_password_and_recovery_code_open_the_vault() -> None:
    """Login keys, account key and vault are those of the file."""
    login, row = FROZEN["login"], FROZEN["account"]
    salt = bytes.fromhex(login["salt"])
    keys = login_keys(login["password"], login["user"], login["realm"], salt, KdfParams())
    uid = bytes.fromhex(row["uid"])
    by_password, by_recovery, sealed = (
        bytes.fromhex(row[name]) for name in ("by_password", "by_recovery", "vault")
    )
    account = vault.unwrap_account_key(keys.wrap, by_password, method="password", uid=uid)
    kek = decode_recovery(row["recovery"]).wrap_key()
    contents = vault.open_vault(account, uid, row["counter"], sealed)

    assert (keys.auth.hex(), keys.wrap.hex()) == (login["auth"], login["wrap"])
    assert account.hex() == row["key"]
    assert vault.unwrap_account_key(kek, by_recovery, method="recovery", uid=uid) == account
    assert fbcbor.encode(contents).hex() == row["contents"]


def test_roster_and_statement_verify() -> None:
    """What institution and adviser signed is what the file says."""
    row, said = FROZEN["roster"], FROZEN["statement"]
    key = InstitutionKey(bytes.fromhex(row["seed"]))
    encoded = bytes.fromhex(row["encoded"])
    roster = parse_roster(encoded, institution_key=key.public_key, now=row["now"])
    signer = BUNDLES[bytes.fromhex(said["signer"])].signing_key
    stated = verify_statement(
        bytes.fromhex(said["encoded"]), label=said["label"], public_key=signer
    )

    assert key.public_key.hex() == row["institution_key"]
    assert roster.institution.hex() == row["institution"]
    assert len(roster.members) == 2
    assert fbcbor.encode(stated).hex() == said["payload"]
