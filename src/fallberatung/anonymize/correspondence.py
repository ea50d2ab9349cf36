"""Which label stands for whom: stays with the author, never leaves the device in the clear."""

import json
from dataclasses import dataclass

from fallberatung.anonymize.errors import CorrespondenceError
from fallberatung.anonymize.roles import ROLES

VERSION = 1
_NO_GENITIVE_S = ("s", "ß", "x", "z", "ce")


@dataclass(frozen=True, slots=True, repr=False)
class Occurrence:
    """One replaced place.

    Args:
        field: Name of the field.
        start: First character in the RELEASED text.
        end: One past the last there.
        original: What stood in its place.
    """

    field: str
    start: int
    end: int
    original: str


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Labels and originals of one case; redacted repr.

    Args:
        labels: Pairs of label and real name, one per person.
        occurrences: Every replaced place, to show the author her own text.
    """

    labels: tuple[tuple[str, str], ...]
    occurrences: tuple[Occurrence, ...]

    def __repr__(self) -> str:
        """Counts only."""
        return f"Correspondence({len(self.labels)} labels, {len(self.occurrences)} places)"

    def names_by_label(self) -> dict[str, str]:
        """Every form a label can take in a text, with the name in the same case.

        Genitive labels („des Partners der Mutter“) lead to genitive names; lower-case forms
        exist for authors who write without capitals.
        """
        forms: dict[str, str] = {}
        for label, name in self.labels:
            forms[label] = name
            if (genitive := _genitive_of(label)) != label:
                forms[genitive] = genitive_name(name)
        return {**{form.lower(): name for form, name in forms.items()}, **forms}

    def to_bytes(self) -> bytes:
        """UTF-8 JSON for the author's vault: it is cleartext and must be sealed before storing."""
        places = [[o.field, o.start, o.end, o.original] for o in self.occurrences]
        value = {"v": VERSION, "labels": self.labels, "occurrences": places}
        return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, encoded: bytes) -> "Correspondence":
        """What `to_bytes` wrote.

        Raises:
            CorrespondenceError: Not JSON, another version, or another shape.
        """
        try:
            value = json.loads(encoded)
            if value["v"] != VERSION:
                raise CorrespondenceError("the correspondence has an unknown version")
            labels = tuple((str(label), str(name)) for label, name in value["labels"])
            places = tuple(
                Occurrence(str(f), int(s), int(e), str(o)) for f, s, e, o in value["occurrences"]
            )
        except (ValueError, KeyError, TypeError):
            # The cause would quote the bytes, which hold names.
            raise CorrespondenceError("the bytes are no correspondence") from None
        return cls(labels, places)


def genitive_name(name: str) -> str:
    """The name with a genitive ending: „Leas“, „Jonas'“."""
    return f"{name}'" if name.endswith(_NO_GENITIVE_S) else f"{name}s"


def _genitive_of(label: str) -> str:
    for role in ROLES.values():
        if role.style == "plain" and label == role.noun and role.genitive:
            return role.genitive
    return label
