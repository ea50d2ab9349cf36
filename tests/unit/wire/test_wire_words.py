"""The words on the wire: one spelling of bytes, no unknown fields, no secrets in a repr."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from fakes.small_town import auth_of, salt_of, town, townsfolk
from fallberatung.wire.accounts import Account, Join, Login, SignedIn
from fallberatung.wire.cases import Handover, SealedRecord
from fallberatung.wire.codes import MAX_RECORDS
from fallberatung.wire.deadlines import DeadlineChoice
from fallberatung.wire.encoding import from_text, to_text
from fallberatung.wire.errors import WordsError
from fallberatung.wire.invitation import Invitation
from fallberatung.wire.problem import TYPE_PREFIX, Problem, Slug
from fallberatung.wire.town import Town, read_town

FOLK = townsfolk()


@given(st.binary(max_size=200))
def test_bytes_survive_the_wire(value: bytes) -> None:
    """Reading what was written gives the same bytes."""
    assert from_text(to_text(value)) == value


@given(st.text(alphabet="ABCDwxyz0189-_=+/ \n", max_size=12))
def test_bytes_have_one_spelling(spelled: str) -> None:
    """Whatever is read is written the same way; everything else is refused."""
    try:
        value = from_text(spelled)
    except ValueError:
        return
    assert to_text(value) == spelled


@pytest.mark.parametrize("spelled", ["AA==", "A", "AB", "+A", "A A", "ÄÄ", "AA\n", "A=A"])
def test_other_spellings_are_refused(spelled: str) -> None:
    """Padding, the other alphabet, white space, and bits that say nothing."""
    with pytest.raises(ValueError, match="base64url") as caught:
        from_text(spelled)
    assert spelled not in str(caught.value)


@pytest.mark.parametrize("length", [0, 15, 17, 33])
def test_bytes_of_a_fixed_length_have_that_length(length: int) -> None:
    """A key id is 32 bytes, nothing else."""
    with pytest.raises(ValidationError):
        Login.model_validate_json(json.dumps({"user": "anna", "auth": to_text(bytes(length))}))


def test_a_field_nobody_asked_for_is_refused() -> None:
    """Words are closed."""
    spelled = {"user": "anna", "auth": to_text(bytes(32)), "remember": True}

    with pytest.raises(ValidationError):
        Login.model_validate_json(json.dumps(spelled))


def test_a_refusal_does_not_quote_the_value() -> None:
    """Not even the error inside the process."""
    with pytest.raises(ValidationError) as caught:
        Login.model_validate({"user": "Lea Kanarienvogel", "auth": bytes(32)})
    assert "Kanarienvogel" not in str(caught.value)


def test_words_are_what_they_were_after_a_round_trip() -> None:
    """A town with bytes, dates and tuples."""
    before = town(FOLK)

    after = read_town(before.model_dump_json().encode())

    assert after == before


def test_no_secret_stands_in_a_repr() -> None:
    """Login values, salts and tokens."""
    account = Account(
        uid=bytes(16),
        user="anna",
        name="Person",
        organisation="Haus",
        kind="school",
        roles=("author",),
        key_id=bytes(32),
    )
    token = "T" * 43
    shown = [
        repr(Login(user="anna", auth=auth_of("anna"))),
        repr(SignedIn(token=token, account=account)),
        repr(
            Join(
                invitation=token,
                user="anna",
                salt=salt_of("anna"),
                auth=auth_of("anna"),
                bundle=b"bundle",
            )
        ),
        repr(
            Invitation(
                realm="test.example",
                area="musterstadt",
                user="anna",
                token=token,
                origin="o",
                checkpoint_key="c",
                receipt_key="r",
                institution_key=bytes(32),
                pins=(),
            )
        ),
    ]
    secrets = [token, repr(auth_of("anna")), repr(salt_of("anna"))]

    assert [each for each in shown for secret in secrets if secret in each] == []
    assert len(shown) == 4


def test_a_request_brings_a_bounded_number_of_records() -> None:
    """One epoch and a grant for each member, and not one more."""
    record = SealedRecord(header=b"h", body=b"b")
    Handover(records=(record,) * MAX_RECORDS)

    for count in (0, MAX_RECORDS + 1):
        with pytest.raises(ValidationError):
            Handover(records=(record,) * count)


def test_a_day_travels_as_iso_text() -> None:
    """And null stays null."""
    choice = DeadlineChoice(
        session=1, band="weeks_2", due=date(2026, 12, 7), policy="0" * 64, signed=b"s"
    )

    assert json.loads(choice.model_dump_json())["due"] == "2026-12-07"
    assert DeadlineChoice.model_validate_json(choice.model_dump_json()) == choice


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"v": 2}, "v"),
        ({"area": "Muster Stadt"}, "area"),
        ({"tables_basis": None}, "parts"),
        ({"organisations": []}, "organisations"),
        ({"people": []}, "people"),
        ({"roster": "!"}, "roster"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_town_file_names_the_place_that_is_wrong(change: dict[str, object], place: str) -> None:
    """The officer reads where to look; no value is quoted."""
    spelled = {**json.loads(town(FOLK).model_dump_json()), **change}

    with pytest.raises(WordsError, match=place):
        read_town(json.dumps(spelled).encode())


@pytest.mark.parametrize("field", ["organisations", "people"])
def test_nobody_is_named_twice_in_a_town(field: str) -> None:
    """Neither an institution nor a sign-in name."""
    spelled = json.loads(town(FOLK).model_dump_json())
    spelled[field].append(spelled[field][0])

    with pytest.raises(WordsError):
        read_town(json.dumps(spelled).encode())


def test_a_person_of_an_unknown_institution_is_refused() -> None:
    """A town fits together."""
    spelled = json.loads(town(FOLK).model_dump_json())
    spelled["people"][0]["organisation"] = "elsewhere"

    with pytest.raises(WordsError):
        read_town(json.dumps(spelled).encode())


def test_a_file_that_is_no_json_is_refused() -> None:
    """In one sentence."""
    with pytest.raises(WordsError):
        read_town(b"\xff not json")


def test_a_problem_carries_its_slug_in_its_type() -> None:
    """Clients branch on the type."""
    problem = Problem(type=TYPE_PREFIX + Slug.BUSY, title="busy", status=503)

    assert problem.slug == Slug.BUSY
    assert isinstance(town(FOLK), Town)
