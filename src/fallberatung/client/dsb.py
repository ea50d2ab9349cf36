"""The data-protection officer's hands: fetch the evidence bundle and verify it without the server.

Verified against the pinned keys of the invitation and, from the second time on, against the
checkpoint this person saw last: a log that became shorter or another one is refused.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from fallberatung.audit.archive import unpack
from fallberatung.audit.manifest import CHECKPOINT
from fallberatung.audit.policy import write_policy
from fallberatung.audit.verify import Verified, VerifiedEntry, verify_bundle
from fallberatung.client.hands import Hands
from fallberatung.client.vault_file import replace_file
from fallberatung.wire.log import ExportOrder

__all__ = ["Export", "Verified", "VerifiedEntry", "export_log", "save"]


@dataclass(frozen=True, slots=True)
class Export:
    """An evidence bundle that verified: its bytes, and what it proves."""

    bundle: bytes
    verified: Verified


def export_log(hands: Hands, reason: str) -> Export:
    """Export the whole log and verify it; remember its checkpoint for the next time.

    Args:
        hands: somebody with the role `dsb`.
        reason: a code that goes into the log, such as `routine`.

    Raises:
        ProblemError: the service refuses.
        ProofError, NoteError, BundleError: the bundle does not prove what it claims.
    """
    order = ExportOrder(start=0, end=None, why="DSB", reason=reason)
    bundle = hands.house.fetch("/audit/export", order)
    verified = verify_bundle(bundle, hands.policy, hands.belongings.checkpoint)
    hands.keep(replace(hands.belongings, checkpoint=unpack(bundle)[CHECKPOINT].decode()))
    return Export(bundle, verified)


def save(hands: Hands, export: Export, folder: Path) -> tuple[Path, Path]:
    """Write bundle and policy file for `fallberatung audit verify`; return both paths.

    The policy is written from the pins, never taken from the bundle.
    """
    bundle, policy = folder / "audit-bundle.tar", folder / "audit-policy.txt"
    replace_file(bundle, export.bundle)
    replace_file(policy, write_policy(hands.policy).encode())
    return bundle, policy
