"""The chain's rules hold without any key; each refusal names its class."""

import pytest

from fallberatung.crypto.sealed import chain as chains
from fallberatung.crypto.sealed.errors import (
    ChainRuleError,
)
from unit.crypto.builders import (
    ADVISER,
    AUTHOR,
    BUNDLES,
    CASE,
    DESK,
    GUEST,
    READER,
    SEAT,
    STRANGER,
    TABLE,
)
from unit.crypto.chain_courses import (
    ALLOWED,
    CLAIMED,
    CONVENED,
    FILED,
    OTHER_SEAT,
    epoch,
)
from unit.crypto.chain_departures import REFUSED


@pytest.mark.parametrize("name", ALLOWED)
def test_the_course_of_a_case_is_allowed(name: str) -> None:
    """What the protocol describes passes the replay."""
    case, record = ALLOWED[name]
    before = case.view(ADVISER).chain
    after = chains.advance(before, record(), BUNDLES)

    assert len(ALLOWED) >= 10
    assert after.seq == before.seq + 1


@pytest.mark.parametrize("name", REFUSED)
def test_departures_are_refused_for_their_own_reason(name: str) -> None:
    """Failing for another reason than the named one is a failure of the test."""
    expected, reason, case, record = REFUSED[name]
    before = case.view(ADVISER).chain
    known = {**BUNDLES, OTHER_SEAT.key_id: OTHER_SEAT.bundle}

    assert len(REFUSED) >= 50
    with pytest.raises(expected, match=f"^{reason}$"):
        chains.advance(before, record(), known)


def test_a_signer_whose_bundle_was_not_shown_is_refused() -> None:
    """A key id alone lets nobody write."""
    record = epoch(FILED, ADVISER, (AUTHOR, *DESK), "claim")

    with pytest.raises(ChainRuleError):
        chains.advance(FILED.view(ADVISER).chain, record, {})


def test_a_bundle_under_a_wrong_key_id_is_refused() -> None:
    """A mapping that lies about its keys lets nobody write."""
    record = epoch(FILED, ADVISER, (AUTHOR, *DESK), "claim")

    with pytest.raises(ChainRuleError):
        chains.advance(FILED.view(ADVISER).chain, record, {ADVISER.key_id: STRANGER.bundle})


def test_a_replay_needs_the_signers_bundles_only() -> None:
    """The server replays a case without the bundles of those who only read and write."""
    signers = {SEAT.key_id: SEAT.bundle, ADVISER.key_id: ADVISER.bundle}
    chain = chains.begin(CASE, SEAT.key_id)
    for record in CONVENED.log:
        chain = chains.advance(chain, record, signers)

    assert chain == CONVENED.view(ADVISER).chain


def test_the_chain_says_where_the_case_stands() -> None:
    """Number, head, epoch, members and convening follow from the records."""
    chain = CONVENED.view(GUEST).chain

    assert chain.seq == len(CONVENED.log)
    assert chain.head == CONVENED.log[-1].digest()
    assert chain.epoch == 3
    assert chain.convened
    assert {each.key_id for each in chain.members} == {each.key_id for each in TABLE}
    assert chain.cap_of(READER.key_id) == "rd"
    assert chain.cap_of(STRANGER.key_id) is None
    assert not CLAIMED.view(ADVISER).chain.convened
