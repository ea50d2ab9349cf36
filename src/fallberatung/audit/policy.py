"""Whom a verifier trusts: the keys of one log, in a file of the verifier's own.

The text is a C2SP tlog-policy, one ``log`` line for each checkpoint key and ``quorum none``;
the receipt keys, for which that format has no line, stand in comments ``#receipt VKEY`` which
other tools skip. A policy always comes from the verifier's own store, never from the bundle
under test. Thin for now: a policy that demands a witness is refused, not half obeyed.
See docs/spec/audit.md#policy.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from fallberatung.audit.errors import NoteError
from fallberatung.audit.note import VerifierKey, parse_vkey

RECEIPT_SUFFIX: Final = "/receipt"
_RECEIPT_LINE: Final = "#receipt"
_TITLE: Final = "# Keys of the access log. Compare them with the operator by another way."


@dataclass(frozen=True, slots=True)
class LogPolicy:
    """The keys a verifier trusts for one log.

    A checkpoint or receipt counts if at least one of the keys signed it and no signature by one
    of them is wrong; during a rotation old and new key are both listed.

    Attributes:
        origin: Name of the log.
        checkpoint_keys: Verifier keys named `origin`, at least one.
        receipt_keys: Verifier keys named `origin` with ``/receipt``; possibly none.
    """

    origin: str
    checkpoint_keys: tuple[str, ...]
    receipt_keys: tuple[str, ...]

    def __post_init__(self) -> None:
        expected = (
            (self.checkpoint_keys, self.origin),
            (self.receipt_keys, self.origin + RECEIPT_SUFFIX),
        )
        for keys, name in expected:
            parsed = [parse_vkey(key) for key in keys]
            if {key.name for key in parsed} - {name}:
                raise NoteError("key named for another log")
            if len({key.public_key for key in parsed}) != len(parsed):
                raise NoteError("key listed twice")
        if not self.checkpoint_keys:
            raise NoteError("policy without a log")

    def checkpoint_verifiers(self) -> tuple[VerifierKey, ...]:
        """Return the checkpoint keys, parsed."""
        return tuple(parse_vkey(key) for key in self.checkpoint_keys)

    def receipt_verifiers(self) -> tuple[VerifierKey, ...]:
        """Return the receipt keys, parsed."""
        return tuple(parse_vkey(key) for key in self.receipt_keys)


def write_policy(policy: LogPolicy) -> str:
    """Write the policy file."""
    lines = (
        _TITLE,
        *(f"log {key}" for key in policy.checkpoint_keys),
        *(f"{_RECEIPT_LINE} {key}" for key in policy.receipt_keys),
        "quorum none",
    )
    return "".join(line + "\n" for line in lines)


def parse_policy(text: str) -> LogPolicy:
    """Read a policy file for one log without witnesses.

    Raises:
        NoteError: Another form, keys of several logs, or a quorum this version cannot check.
    """
    logs: list[str] = []
    receipts: list[str] = []
    quorums = 0
    for words in _lines(text):
        match words:
            case ["log", key, *url] if len(url) <= 1:
                logs.append(key)
            case [mark, key] if mark == _RECEIPT_LINE:
                receipts.append(key)
            case ["quorum", "none"]:
                quorums += 1
            case _:
                raise NoteError("policy line this version cannot obey")
    if quorums != 1 or not logs:
        raise NoteError("a policy has at least one log and exactly one quorum")
    return LogPolicy(parse_vkey(logs[0]).name, tuple(logs), tuple(receipts))


def _lines(text: str) -> Iterator[list[str]]:
    for line in text.split("\n"):
        words = line.replace("\t", " ").split(" ")
        words = [word for word in words if word]
        if words and (not words[0].startswith("#") or words[0] == _RECEIPT_LINE):
            yield words
