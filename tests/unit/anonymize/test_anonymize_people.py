"""Names: the roster in every form, strangers by their titles, one person one label."""
# ruff: noqa: RUF001 (German ranges take an en dash, names come in their own letters)

import pytest

from fallberatung.anonymize.errors import RosterError
from fallberatung.anonymize.roster import Roster, RosterPerson
from unit.anonymize.builders import a_roster, found, proposed, released

LEA = a_roster(child="Lea Kowalski-Schmidt", mother="Nadine Kowalski-Schmidt")
FORMS = (
    "Dann kam Lea zu mir.",
    "Dann kam LEA zu mir.",
    "Dann kam L\u00adea zu mir.",
    "Dann kam Lea Kowalski-Schmidt zu mir.",
    "Dann kam Lea Kowalski zu mir.",
    "Dann kam Lea K. zu mir.",
    "Dann kam die Lea zu mir.",
    "Dann kam die kleine Lea zu mir.",
    "Dann kam L. K. zu mir.",
)
TITLED = (
    ("Frau Engel rief an.", "Engel"),
    ("Fr. Dr. Hartmann-Voss rief an.", "Hartmann-Voss"),
    ("Dann rief Herr Jung an.", "Jung"),
    ("Dann rief Familie Yıldız an.", "Yıldız"),
    ("Dann rief Oma Hilde an.", "Hilde"),
    ("Dann rief Onkel Baran an.", "Baran"),
    ("Dann rief Trainerin Jule an.", "Jule"),
    ("Dann rief ein Mann an (Vorname Kai).", "Kai"),
    ("Er heißt Tayfun, glaube ich.", "Tayfun"),
    ("Dann rief Mia R. an.", "Mia R."),
    ("Dann rief K.S. an.", "K.S."),
    ("Dann rief محمد an.", "محمد"),
    ("VG, S. Petersen", "S. Petersen"),
    ("Gruß Jenny", "Jenny"),
    ("Liebe Annika, ich schreibe dir.", "Annika"),
)
NO_NAMES = (
    "Die Mutter hat Angst, der Vater trinkt.",
    "Herr der Lage ist dort niemand.",
    "Das war im Sommer noch nicht, auch im Winter nicht.",
    "Sie ging zur Schulleitung, die Lehrerin war dabei.",
    "Oma und Opa holen sie ab.",
    "Danke für die schnelle Hilfe.",
    "Hallo, ich hoffe ich bin hier richtig.",
)


@pytest.mark.parametrize("text", FORMS)
def test_a_name_of_the_roster_is_found_in_every_form(text: str) -> None:
    """Capitals, double names, initials, articles, soft hyphens, diminutives."""
    assert "Kind A" in released(text, LEA)
    assert "Lea" not in released(text, LEA)


@pytest.mark.parametrize(("text", "name"), TITLED)
def test_strangers_are_known_by_the_words_around_them(text: str, name: str) -> None:
    """Without any roster."""
    assert name not in released(text)


@pytest.mark.parametrize("text", NO_NAMES)
def test_ordinary_words_stay(text: str) -> None:
    """What is marked without need trains people to click blindly."""
    assert released(text) == text


def test_surnames_that_are_words_need_a_context() -> None:
    """The person is replaced, the season stays."""
    roster = a_roster(mothers_partner="Kai Sommer")
    text = "Im Sommer war Herr Sommer da, Kai Sommer trank."

    assert released(text, roster) == (
        "Im Sommer war der Partner der Mutter da, der Partner der Mutter trank."
    )


def test_similar_names_of_two_children_stay_two() -> None:
    """Leon, Leonie and a mistyped Leon."""
    roster = Roster(
        (RosterPerson("child", ("Leon Winter",)), RosterPerson("other_child", ("Leonie",)))
    )
    text = "Dann kam Leon. Leonie ist nicht gemeint. Leoon (Tippfehler) aß nicht."

    assert released(text, roster) == (
        "Dann kam Kind A. Kind B ist nicht gemeint. Kind A (Tippfehler) aß nicht."
    )


def test_a_typing_slip_is_asked_about() -> None:
    """A slip may be another name, so a person is asked."""
    roster = a_roster(father="Marek Kowalski")

    assert [f.action for f in proposed("Dort war Kowalksi.", roster).findings] == ["ask"]


def test_a_family_shares_no_label_with_one_of_its_members() -> None:
    """A surname alone may mean any of them."""
    roster = a_roster(child="Emir Yıldız", father="Herr Yıldız", sister="Elif Yıldız")

    assert released("Emir ist da. Herr Yildiz kommt, Elif auch.", roster) == (
        "Kind A ist da. Der Vater kommt, die Schwester auch."
    )


def test_an_unknown_first_name_before_a_known_surname_is_somebody_else() -> None:
    """A brother whom the author forgot does not become his sister."""
    roster = a_roster(child="Lea Kowalski")

    assert released("Dann kam Jonas Kowalski, Lea nicht. Jonas weinte.", roster) == (
        "Dann kam Person 1, Kind A nicht. Person 1 weinte."
    )


def test_what_was_named_once_is_found_everywhere() -> None:
    """Propagation runs through all fields, in every form, without a roster."""
    text = "Dort war Herr Tarnowski. Tarnowskis Hund bellte, TARNOWSKI schrie."

    assert "arnowsk" not in released(text).lower()


def test_half_a_double_name_never_stays() -> None:
    """A known half takes the unknown one along."""
    text = "Frau Krull rief an. Später kam Özdemir-Krull selbst."

    assert "zdemir" not in released(text)


def test_common_words_after_an_address_are_names() -> None:
    """„Frau Mai“ is a person, „im Mai“ a month."""
    assert found("Frau Dr. Mai war im Mai da.") == [
        ("NAME_PROF", "Frau Dr. Mai"),
        ("DATE_ABS", "im Mai"),
    ]


@pytest.mark.parametrize(
    ("role", "names", "label"),
    [("kind", ("Lea",), None), ("child", (), None), ("child", ("Frau",), None),
     ("child", ("Lea",), "Leas Freundin")],
)  # fmt: skip
def test_a_useless_person_of_the_roster_is_refused(
    role: str, names: tuple[str, ...], label: str | None
) -> None:
    """Unknown role, no name, or a label that gives the name away; the message quotes nothing."""
    with pytest.raises(RosterError) as refusal:
        RosterPerson(role, names, label)

    assert "Lea" not in str(refusal.value)


def test_labels_follow_the_roster_and_not_the_alphabet() -> None:
    """The order in which the author typed them, whatever they are called."""
    roster = Roster(tuple(RosterPerson("teacher", (name,)) for name in ("Herr Zorn", "Frau Adam")))

    assert released("Frau Adam und Herr Zorn", roster) == "Lehrkraft 2 und Lehrkraft 1"


def test_a_label_of_the_author_is_kept() -> None:
    """She may call somebody differently."""
    roster = Roster((RosterPerson("third", ("Lynn",), "eine Mitschülerin"),))

    assert released("Das hat Lynn gesagt.", roster) == "Das hat eine Mitschülerin gesagt."
