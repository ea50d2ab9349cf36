"""Labels fitted into German sentences."""

import pytest

from unit.anonymize.builders import a_roster, released

FAMILY = a_roster(
    child="Lea Kowalski",
    mother=("Nadine Kowalski", "Frau Kowalski"),
    mothers_partner="Kai Sommer",
    brother="Tommi",
    grandmother_maternal="Hilde Bräuer",
    uncle="Baran",
    aunt="Frau Aslan",
    teacher="Frau Özdemir-Krull",
    doctor="Dr. Wendt",
)
SENTENCES = (
    ("Leas Mutter weint.", "Die Mutter von Kind A weint."),
    ("Bei Leas Mutter war es laut.", "Bei der Mutter von Kind A war es laut."),
    ("Ich sprach mit Leas kleiner Freundin.", "Ich sprach mit der kleinen Freundin von Kind A."),
    ("Lea's Heft fehlt.", "Das Heft von Kind A fehlt."),
    ("Nadines Freund trinkt.", "Der Freund der Mutter trinkt."),
    ("Tommis Bett ist nass.", "Das Bett des Bruders ist nass."),
    ("Die Lea kam.", "Kind A kam."),
    ("Und was sage ich der Lea jetzt?", "Und was sage ich Kind A jetzt?"),
    ("„Der Kai hat geworfen“, sagte sie.", "„Der Partner der Mutter hat geworfen“, sagte sie."),
    ("Ich sah den Kai.", "Ich sah den Partner der Mutter."),
    ("Ich sprach mit dem Kai.", "Ich sprach mit dem Partner der Mutter."),
    ("Sie war beim Kai.", "Sie war beim Partner der Mutter."),
    ("Nadine kam, mit Nadine ging es.", "Die Mutter kam, mit der Mutter ging es."),
    ("Sie passt auf Tommi auf.", "Sie passt auf den Bruder auf."),
    ("Tommi ist lieb.", "Der Bruder ist lieb."),
    ("Oma Hilde holt sie.", "Oma holt sie."),
    ("Onkel Baran holt sie.", "Der Onkel holt sie."),
    ("Ihr Onkel Baran holt sie.", "Ihr Onkel holt sie."),
    ("bisher kam die Tante, Frau Aslan, mit", "bisher kam die Tante, mit"),
    ("Mama (Nadine) kam.", "Mama kam."),
    ("Ein Herr Sommer (Vorname Kai) wohnt dort.", "Der Partner der Mutter wohnt dort."),
    ("Meine Kollegin Fr. Özdemir-Krull hörte es.", "Meine Kollegin (Lehrkraft 1) hörte es."),
    ("Das sah Frau Özdemir-Krull selbst.", "Das sah Lehrkraft 1 selbst."),
    ("Die Oma (Hilde Bräuer) war da.", "Die Oma (Großmutter mütterlicherseits) war da."),
)


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_labels_take_the_grammar_of_their_place(text: str, expected: str) -> None:
    """Case, gender, genitive, capitals."""
    assert released(text, FAMILY) == expected


def test_lower_case_writers_keep_their_style() -> None:
    """A capital label would stand out and look copied."""
    text = "hallo, kurz noch wegen lea, die mama kommt immer später und der kai trinkt dann wohl"

    assert released(text, FAMILY) == (
        "hallo, kurz noch wegen kind a, die mama kommt immer später und der partner der mutter "
        "trinkt dann wohl"
    )


def test_a_genitive_article_before_a_name_becomes_von() -> None:
    """„Das Heft der Lea“ keeps its meaning."""
    assert released("Das Heft der Lea fehlt.", FAMILY) == "Das Heft von Kind A fehlt."


def test_the_released_text_of_a_label_is_stable() -> None:
    """The adviser runs the pipeline again over what was released: it finds nothing new."""
    once = released("Die Lea und Tommi waren bei Oma Hilde, Leas Mutter kam nicht.", FAMILY)

    assert released(once) == once
