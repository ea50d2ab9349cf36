"""Writes fb-v1.json anew: the frozen vectors that both implementations of fb/v1 read.

Sealing draws randomness inside its library, so two runs differ in bytes and not in meaning.
Run it from the root of the repository with `src` and `tests` on the path, and only when the
format changes, together with the specification and both implementations.
"""

import json
from pathlib import Path

from fallberatung.crypto.opened import compose
from fallberatung.crypto.opened import seat as seats
from fallberatung.crypto.opened.caseview import open_entry
from fallberatung.crypto.opened.errors import NoKeyError
from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.opened.institution import new_institution_key, sign_roster
from fallberatung.crypto.opened.password import KdfParams, login_keys
from fallberatung.crypto.opened.recovery import RecoveryCode, encode_recovery
from fallberatung.crypto.opened.seat import SeatCode
from fallberatung.crypto.opened.statement import sign_statement
from fallberatung.crypto.opened.vault import seal_vault, wrap_account_key
from fallberatung.crypto.sealed import fbcbor
from fallberatung.crypto.sealed.keybundle import fingerprint
from fallberatung.crypto.sealed.padding import padded_size
from fallberatung.crypto.sealed.seat import pseudonym
from unit.crypto import builders, chain_courses, chain_departures, test_crypto_fbcbor
from unit.crypto.builders import ADVISER, DEPUTY, GUEST, MODERATOR, PEOPLE, SEAT, ACase, stream

TARGET = Path(__file__).with_name("fb-v1.json")
NAMES = {
    SEAT.key_id: "seat",
    **dict(
        zip(
            (who.key_id for who in PEOPLE),
            ("adviser", "deputy", "moderator", "guest", "reader", "stranger"),
            strict=True,
        )
    ),
}
START = builders.MADE_AT
TYPED = "Übergrößenträger 7 \ufb01"


def identity(who: Identity) -> dict[str, object]:
    """Seeds and everything that follows from them."""
    return {
        "name": NAMES[who.key_id],
        "uid": who.uid.hex(),
        "signing_seed": who.signing_seed.hex(),
        "kem_seed": who.kem_seed.hex(),
        "made_at": who.made_at,
        "key_id": who.key_id.hex(),
        "bundle": who.bundle.encoded.hex(),
        "fingerprint": fingerprint(who.bundle),
    }


def the_case() -> ACase:
    """One course with every kind of record and of grant."""
    case = builders.a_convened_case()
    case.grant(ADVISER, GUEST, [1], "convene")
    case.entry(GUEST, {"t": "comment", "v": 1, "text": "Ä 👋"}, "n")
    view = case.view(ADVISER)
    second = compose.countersign_grant(view, SEAT, MODERATOR.key_id, [1, 2])
    case.add(
        compose.make_grant(
            view, ADVISER, MODERATOR.key_id, [1, 2], "history", bytes, countersign=second
        )
    )
    remaining = [each for each in builders.TABLE if each.key_id != GUEST.key_id]
    case.epoch(DEPUTY, remaining, "recognised")
    case.entry(DEPUTY, {"t": "protocol", "v": 1, "text": "x" * 300}, "p")
    case.epoch(SEAT, (builders.AUTHOR, *builders.DESK), "rekey")
    case.grant(SEAT, ADVISER, [1], "rekey")
    return case


def view(case: ACase, who: Identity) -> list[str | None]:
    """What this person reads of each entry, in order: the encoded body, or nothing."""
    read: list[str | None] = []
    for record in case.log:
        if record.parsed().kind == "entry":
            try:
                read.append(fbcbor.encode(open_entry(case.view(who), record).body).hex())
            except NoKeyError:
                read.append(None)
    return read


def log_of(case: ACase) -> list[list[str]]:
    """Header and body of every record."""
    return [[record.header.hex(), record.body.hex()] for record in case.log]


def refused() -> dict[str, object]:
    """Records a chain refuses, each with the log before it and the class of its refusal."""
    logs: dict[str, object] = {}
    rows: list[dict[str, object]] = []
    for name, (expected, reason, case, make) in chain_departures.REFUSED.items():
        record = make()
        after = case.view(SEAT).chain.why or "nothing"
        logs[after] = log_of(case)
        rows.append(
            {
                "name": name,
                "expect": expected.__name__,
                "reason": reason,
                "after": after,
                "record": [record.header.hex(), record.body.hex()],
            }
        )
    return {"logs": logs, "records": rows}


def vectors() -> dict[str, object]:
    """Everything, under one name each."""
    case = the_case()
    code = SeatCode(stream("seat")(16))
    key = new_institution_key(stream("institution"))
    members = (ADVISER.key_id, DEPUTY.key_id)
    account, uid = stream("account")(32), ADVISER.uid
    login = login_keys(TYPED, "anna", "fallberatung.example", bytes(16), KdfParams())
    choice: fbcbor.Value = [builders.CASE, 1, "two_weeks", "2026-12-01", bytes(32)]
    return {
        "encoding": {
            "written": {name: text for name, (_, text) in test_crypto_fbcbor.WRITTEN.items()},
            "refused": {
                name: text for name, text in test_crypto_fbcbor.REFUSED.items() if len(text) < 200
            },
        },
        "padded_sizes": [[size, padded_size(size)] for size in (0, 256, 257, 1000, 5000, 70_001)],
        "identities": [identity(who) for who in (SEAT, *PEOPLE)],
        "case": {
            "case": builders.CASE.hex(),
            "root": SEAT.key_id.hex(),
            "pseudonym": pseudonym(builders.CASE, SEAT.key_id),
            "log": log_of(case),
            "heads": [record.digest().hex() for record in case.log],
            "views": {NAMES[who.key_id]: view(case, who) for who in (SEAT, *PEOPLE)},
        },
        "other_seat": chain_courses.OTHER_SEAT.bundle.encoded.hex(),
        "refused": refused(),
        "seat_code": {
            "secret": code.secret.hex(),
            "written": seats.encode_code(code),
            "mailbox": seats.mailbox(code).hex(),
        },
        "login": {
            "password": TYPED,
            "user": "anna",
            "realm": "fallberatung.example",
            "salt": bytes(16).hex(),
            "auth": login.auth.hex(),
            "wrap": login.wrap.hex(),
        },
        "account": {
            "uid": uid.hex(),
            "key": account.hex(),
            "by_password": wrap_account_key(
                login.wrap, account, method="password", uid=uid, random=stream("p")
            ).hex(),
            "recovery": encode_recovery(RecoveryCode(bytes(range(16)))),
            "by_recovery": wrap_account_key(
                RecoveryCode(bytes(range(16))).wrap_key(),
                account,
                method="recovery",
                uid=uid,
                random=stream("r"),
            ).hex(),
            "counter": 7,
            "contents": fbcbor.encode({"seats": [code.secret]}).hex(),
            "vault": seal_vault(account, uid, 7, {"seats": [code.secret]}, stream("v")).hex(),
        },
        "roster": {
            "seed": key.seed.hex(),
            "institution_key": key.public_key.hex(),
            "institution": key.institution.hex(),
            "now": START,
            "encoded": sign_roster(key, "nordstadt", members, START, START + 86_400).hex(),
        },
        "statement": {
            "signer": ADVISER.key_id.hex(),
            "label": "fb/v1/deadline",
            "payload": fbcbor.encode(choice).hex(),
            "encoded": sign_statement(ADVISER, "fb/v1/deadline", choice).hex(),
        },
    }


if __name__ == "__main__":
    TARGET.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
