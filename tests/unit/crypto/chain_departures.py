"""Records that must not follow: the class of refusal, its reason, the case, the record."""

from collections.abc import Callable

from fallberatung.crypto.opened import cose
from fallberatung.crypto.sealed.errors import (
    BadSignatureError,
    ChainRuleError,
    MalformedSealError,
    StaleHeadError,
)
from fallberatung.crypto.sealed.fbcbor import encode
from fallberatung.crypto.sealed.records import Record
from unit.crypto.builders import (
    ADVISER,
    AUTHOR,
    CASE,
    DEPUTY,
    DESK,
    GUEST,
    MODERATOR,
    READER,
    ROOT,
    SEAT,
    STRANGER,
    TABLE,
    ACase,
    member,
    next_header,
    unchecked_epoch,
)
from unit.crypto.chain_courses import (
    CLAIMED,
    CONVENED,
    FILED,
    FRESH,
    GUEST_HERE,
    OTHER_SEAT,
    REKEYED,
    damaged,
    entry,
    epoch,
    grant,
    second,
)

REFUSED: dict[str, tuple[type[Exception], str, ACase, Callable[[], Record]]] = {
    "a case begins with an entry": (
        StaleHeadError,
        "not the current epoch",
        FRESH,
        lambda: entry(FILED, seq=1, prev=bytes(32), ep=1),
    ),
    "another case": (
        ChainRuleError,
        "record of another case",
        FILED,
        lambda: entry(FILED, case=bytes(16)),
    ),
    "a number is left out": (
        StaleHeadError,
        "not the next record",
        FILED,
        lambda: entry(FILED, seq=4),
    ),
    "a number comes again": (
        StaleHeadError,
        "not the next record",
        FILED,
        lambda: entry(FILED, seq=2),
    ),
    "another predecessor": (
        StaleHeadError,
        "not the next record",
        FILED,
        lambda: entry(FILED, prev=bytes(32)),
    ),
    "an entry in an old epoch": (
        StaleHeadError,
        "not the current epoch",
        CLAIMED,
        lambda: entry(CLAIMED, ep=1),
    ),
    "an entry in a coming epoch": (
        StaleHeadError,
        "not the current epoch",
        CLAIMED,
        lambda: entry(CLAIMED, ep=3),
    ),
    "an epoch is left out": (
        StaleHeadError,
        "not the current epoch",
        FILED,
        lambda: unchecked_epoch(FILED.view(ADVISER), ADVISER, (AUTHOR, *DESK), "claim", ahead=2),
    ),
    "an epoch comes again": (
        StaleHeadError,
        "not the current epoch",
        FILED,
        lambda: unchecked_epoch(FILED.view(ADVISER), ADVISER, (AUTHOR, *DESK), "claim", ahead=0),
    ),
    "an entry of no padded size": (
        MalformedSealError,
        "the body of an entry has a padded size",
        FILED,
        lambda: entry(FILED, 271),
    ),
    "an entry without a tag": (
        MalformedSealError,
        "the body of an entry has a padded size",
        FILED,
        lambda: entry(FILED, 0),
    ),
    "the case is created by a person": (
        ChainRuleError,
        "only the author's seat creates or rekeys a case",
        FRESH,
        lambda: epoch(FRESH, ADVISER, (ROOT, *DESK), "create"),
    ),
    "the case is created by another seat": (
        ChainRuleError,
        "only the author's seat creates or rekeys a case",
        FRESH,
        lambda: epoch(FRESH, OTHER_SEAT, (ROOT, *DESK), "create"),
    ),
    "the first epoch is a claim": (
        ChainRuleError,
        "a case is created by its first epoch, and only by that",
        FRESH,
        lambda: epoch(FRESH, SEAT, (ROOT, *DESK), "claim"),
    ),
    "the first epoch is a rekey": (
        ChainRuleError,
        "a case is created by its first epoch, and only by that",
        FRESH,
        lambda: epoch(FRESH, SEAT, (ROOT, *DESK), "rekey"),
    ),
    "the case is created twice": (
        ChainRuleError,
        "a case is created by its first epoch, and only by that",
        FILED,
        lambda: epoch(FILED, SEAT, (AUTHOR, *DESK), "create"),
    ),
    "the seat does not manage the first epoch": (
        ChainRuleError,
        "the author's seat manages the first epoch, and only that",
        FRESH,
        lambda: epoch(FRESH, SEAT, (AUTHOR, *DESK), "create"),
    ),
    "the seat is not in the first epoch": (
        ChainRuleError,
        "the author's seat manages the first epoch, and only that",
        FRESH,
        lambda: epoch(FRESH, SEAT, DESK, "create"),
    ),
    "the seat manages a later epoch": (
        ChainRuleError,
        "the author's seat manages the first epoch, and only that",
        FILED,
        lambda: epoch(FILED, ADVISER, (ROOT, *DESK), "claim"),
    ),
    "the seat manages a rekeyed epoch": (
        ChainRuleError,
        "the author's seat manages the first epoch, and only that",
        FILED,
        lambda: epoch(FILED, SEAT, (ROOT, *DESK), "rekey"),
    ),
    "a stranger begins an epoch": (
        ChainRuleError,
        "the signer is no manager of the epoch before",
        FILED,
        lambda: epoch(FILED, STRANGER, (AUTHOR, *DESK), "claim"),
    ),
    "a writer begins an epoch": (
        ChainRuleError,
        "the signer is no manager of the epoch before",
        CONVENED,
        lambda: epoch(CONVENED, GUEST, TABLE, "rotate"),
    ),
    "a reader begins an epoch": (
        ChainRuleError,
        "the signer is no manager of the epoch before",
        CONVENED,
        lambda: epoch(CONVENED, READER, TABLE, "rotate"),
    ),
    "a manager of the new epoch only begins it": (
        ChainRuleError,
        "the signer is no manager of the epoch before",
        CLAIMED,
        lambda: epoch(CLAIMED, MODERATOR, TABLE, "convene"),
    ),
    "the seat begins an epoch that is no rekey": (
        ChainRuleError,
        "the signer is no manager of the epoch before",
        CLAIMED,
        lambda: epoch(CLAIMED, SEAT, (AUTHOR, *DESK), "rotate"),
    ),
    "a manager rekeys": (
        ChainRuleError,
        "only the author's seat creates or rekeys a case",
        CLAIMED,
        lambda: epoch(CLAIMED, ADVISER, (AUTHOR, *DESK), "rekey"),
    ),
    "a table convened with one manager": (
        ChainRuleError,
        "a convened table has at least two managers",
        CLAIMED,
        lambda: epoch(CLAIMED, ADVISER, (AUTHOR, DESK[0], GUEST_HERE), "convene"),
    ),
    "a convened table left with one manager": (
        ChainRuleError,
        "a convened table has at least two managers",
        CONVENED,
        lambda: epoch(CONVENED, ADVISER, (AUTHOR, DESK[0], GUEST_HERE), "remove"),
    ),
    "another seat sits at the table": (
        ChainRuleError,
        "a seat is accepted as the author of its case only",
        CLAIMED,
        lambda: epoch(
            CLAIMED, ADVISER, (AUTHOR, *DESK, member(OTHER_SEAT, "wr", "participant")), "add"
        ),
    ),
    "a signature of an epoch is damaged": (
        BadSignatureError,
        "signature does not hold",
        FILED,
        lambda: damaged(epoch(FILED, ADVISER, (AUTHOR, *DESK), "claim")),
    ),
    "an epoch signed for another place": (
        BadSignatureError,
        "signature does not hold",
        FILED,
        lambda: Record(
            epoch(FILED, ADVISER, (AUTHOR, *DESK), "claim").header,
            epoch(CLAIMED, ADVISER, (AUTHOR, *DESK), "claim").body,
        ),
    ),
    "a writer grants": (
        ChainRuleError,
        "the signer is no manager of the current epoch",
        CONVENED,
        lambda: grant(CONVENED, GUEST, READER, [1], "convene"),
    ),
    "the seat grants at convening": (
        ChainRuleError,
        "the signer is no manager of the current epoch",
        CONVENED,
        lambda: grant(CONVENED, SEAT, GUEST, [1], "convene"),
    ),
    "the seat grants by rekey in a case not rekeyed": (
        ChainRuleError,
        "the signer is no manager of the current epoch",
        CONVENED,
        lambda: grant(CONVENED, SEAT, GUEST, [1], "rekey"),
    ),
    "the seat grants history of a rekeyed case": (
        ChainRuleError,
        "the signer is no manager of the current epoch",
        REKEYED,
        lambda: grant(
            REKEYED, SEAT, ADVISER, [2], "history", second(REKEYED, DEPUTY, ADVISER, [2])
        ),
    ),
    "a grant to somebody not at the table": (
        ChainRuleError,
        "the receiver is no member of the current epoch",
        CONVENED,
        lambda: grant(CONVENED, ADVISER, STRANGER, [1], "convene"),
    ),
    "a grant of another epoch stands alone": (
        ChainRuleError,
        "only the first epoch is granted without a second signature",
        CONVENED,
        lambda: grant(CONVENED, ADVISER, GUEST, [2], "convene"),
    ),
    "a grant of more than the first epoch stands alone": (
        ChainRuleError,
        "only the first epoch is granted without a second signature",
        CONVENED,
        lambda: grant(CONVENED, ADVISER, GUEST, [1, 2], "convene"),
    ),
    "a convening grant before convening": (
        ChainRuleError,
        "the reason of the grant does not fit the case",
        CLAIMED,
        lambda: grant(CLAIMED, ADVISER, DEPUTY, [1], "convene"),
    ),
    "a rekey grant in a case not rekeyed": (
        ChainRuleError,
        "the reason of the grant does not fit the case",
        CONVENED,
        lambda: grant(CONVENED, ADVISER, GUEST, [1], "rekey"),
    ),
    "a grant of a coming epoch": (
        ChainRuleError,
        "an epoch that has not begun cannot be granted",
        CONVENED,
        lambda: grant(
            CONVENED, ADVISER, GUEST, [4], "history", second(CONVENED, DEPUTY, GUEST, [4])
        ),
    ),
    "a lone grant with a second signature": (
        ChainRuleError,
        "a grant that stands alone carries no second signature",
        CONVENED,
        lambda: grant(
            CONVENED, ADVISER, GUEST, [1], "convene", second(CONVENED, DEPUTY, GUEST, [1])
        ),
    ),
    "history without a second signature": (
        ChainRuleError,
        "a grant of history needs a second signature",
        CONVENED,
        lambda: grant(CONVENED, ADVISER, GUEST, [1], "history"),
    ),
    "history signed twice by one manager": (
        ChainRuleError,
        "the second signature is not by another manager or the author's seat",
        CONVENED,
        lambda: grant(
            CONVENED, ADVISER, GUEST, [2], "history", second(CONVENED, ADVISER, GUEST, [2])
        ),
    ),
    "history countersigned by a writer": (
        ChainRuleError,
        "the second signature is not by another manager or the author's seat",
        CONVENED,
        lambda: grant(
            CONVENED, ADVISER, GUEST, [2], "history", second(CONVENED, GUEST, GUEST, [2])
        ),
    ),
    "history countersigned by a stranger": (
        ChainRuleError,
        "the second signature is not by another manager or the author's seat",
        CONVENED,
        lambda: grant(
            CONVENED, ADVISER, GUEST, [2], "history", second(CONVENED, STRANGER, GUEST, [2])
        ),
    ),
    "history countersigned for another receiver": (
        ChainRuleError,
        "the second signature is for another grant",
        CONVENED,
        lambda: grant(
            CONVENED, ADVISER, GUEST, [2], "history", second(CONVENED, DEPUTY, READER, [2])
        ),
    ),
    "history countersigned for other epochs": (
        ChainRuleError,
        "the second signature is for another grant",
        CONVENED,
        lambda: grant(
            CONVENED, ADVISER, GUEST, [1, 2], "history", second(CONVENED, DEPUTY, GUEST, [2])
        ),
    ),
    "history countersigned in an earlier epoch": (
        ChainRuleError,
        "the second signature is for another grant",
        REKEYED,
        lambda: grant(
            REKEYED, ADVISER, DEPUTY, [2], "history", second(CONVENED, SEAT, DEPUTY, [2])
        ),
    ),
    "a second signature in another context": (
        BadSignatureError,
        "signature does not hold",
        CONVENED,
        lambda: grant(
            CONVENED,
            ADVISER,
            GUEST,
            [2],
            "history",
            cose.sign(DEPUTY, encode([CASE, 3, GUEST.key_id, [2]]), b"fb/v1/other"),
        ),
    ),
    "a second signature that is none": (
        MalformedSealError,
        "unexpected array",
        CONVENED,
        lambda: grant(CONVENED, ADVISER, GUEST, [2], "history", b"\0"),
    ),
    "a signature of a grant is damaged": (
        BadSignatureError,
        "signature does not hold",
        CONVENED,
        lambda: damaged(grant(CONVENED, ADVISER, GUEST, [1], "convene")),
    ),
    "an epoch's body under a grant's header": (
        MalformedSealError,
        "unexpected set of keys",
        CONVENED,
        lambda: Record(
            next_header(CONVENED.view(ADVISER), "grant", 3),
            epoch(CONVENED, ADVISER, TABLE, "rotate").body,
        ),
    ),
}
