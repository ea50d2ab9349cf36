"""The way back: labels in a text that others wrote become names again, on the author's device."""

import re

from fallberatung.anonymize.correspondence import Correspondence


def reinsert(text: str, correspondence: Correspondence) -> str:
    """The text with every label of a person replaced by the name the author knows.

    The longest label is tried first, so that „Partner der Mutter“ is not read as „Mutter“; a
    label inside a longer word („Großmutter“, „Mutter-Kind-Kur“) is left alone. „von Kind A“
    stays „von Lea“. Types and times („eine Grundschule“) stay as they are, for they do not say
    which of several originals is meant.
    """
    names = correspondence.names_by_label()
    if not names:
        return text
    longest_first = sorted(names, key=len, reverse=True)
    labels = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
    return labels.sub(lambda found: names[found.group()], text)
