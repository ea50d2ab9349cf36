"""The intake desk: claim a case, open its report, read it with the pipeline's eyes, accept it."""

from dataclasses import dataclass
from typing import Final

from fallberatung.anonymize.draft import Draft
from fallberatung.anonymize.policy import Policy
from fallberatung.anonymize.propose import Proposal, propose
from fallberatung.anonymize.roster import Roster
from fallberatung.client.ambient import local_day
from fallberatung.client.casefile import CaseFile, read_case, triples
from fallberatung.client.errors import HistoryError
from fallberatung.client.hands import Hands
from fallberatung.client.steps import Taken, hand_over, take
from fallberatung.crypto.opened.compose import make_epoch
from fallberatung.crypto.sealed.epochs import Member
from fallberatung.roundtable.deliberation.bodies import CaseReport
from fallberatung.roundtable.deliberation.decode import decode_body
from fallberatung.roundtable.deliberation.texts import ReadText
from fallberatung.roundtable.procedure.membership import check_epoch
from fallberatung.roundtable.procedure.roles import ADVISER, AUTHOR, DEPUTY, cap_of
from fallberatung.roundtable.procedure.states import State
from fallberatung.wire.cases import Acceptance, Cases, CaseSummary

CLAIMED: Final = 2


@dataclass(frozen=True, slots=True)
class Screening:
    """A report as the adviser reads it, and what the pipeline still marks in it.

    A mark is a question to the adviser, not a verdict: role labels and bands may be marked too.
    """

    report: CaseReport[ReadText]
    proposal: Proposal


def my_cases(hands: Hands) -> tuple[CaseSummary, ...]:
    """List every case this account has a part in."""
    return hands.house.get("/cases", Cases).word.cases


def waiting(hands: Hands) -> tuple[CaseSummary, ...]:
    """List the cases that wait at the desk for somebody to claim them."""
    return tuple(
        each for each in my_cases(hands) if each.state == State.SUBMITTED and not each.mine
    )


def claim(hands: Hands, case: bytes, deputy: bytes | None = None) -> Taken:
    """Claim a case: epoch 2 holds the author's seat, oneself and one deputy out of epoch 1.

    Args:
        hands: an adviser of epoch 1.
        case: the case id.
        deputy: key id of the deputy; the first other adviser of epoch 1 if none is named.

    Raises:
        HistoryError: there is nobody to deputise.
        MembershipError: the deputy does not stand in epoch 1.
        ProblemError: slug `stale_head` or `not_now` when another adviser was faster.
    """
    file = read_case(hands, case)
    chain, me = file.view.chain, file.me.key_id
    others = [each.key_id for each in chain.members if each.role == ADVISER and each.key_id != me]
    if not others:
        raise HistoryError("epoch 1 holds nobody who could deputise")
    chosen = deputy or others[0]
    people = ((chain.root, AUTHOR), (me, ADVISER), (chosen, DEPUTY))
    members = [Member(key_id, cap_of(role, CLAIMED), role) for key_id, role in people]
    before = triples(chain.members)
    check_epoch(CLAIMED, "claim", triples(members), before, author=chain.root, roster=())
    record = make_epoch(file.view, file.me, members, {}, "claim", hands.random)
    return hand_over(hands, case, "claim", (record,))


def screen(file: CaseFile, hands: Hands, policy: Policy) -> Screening:
    """Run the pipeline over the opened report, with an empty roster, as a second pair of eyes.

    Raises:
        HistoryError: the first entry is no case report.
    """
    report = report_in(file)
    fields = [(f"question_{n}", each.text) for n, each in enumerate(report.questions, start=1)]
    fields += [(f"observation_{n}", each.what.text) for n, each in enumerate(report.observations)]
    if report.account is not None:
        fields.append(("account", report.account.text))
    proposal = propose(Draft(tuple(fields)), Roster(), local_day(hands.clock()), policy)
    return Screening(report, proposal)


def report_in(file: CaseFile) -> CaseReport[ReadText]:
    """Return the case report, the one entry of epoch 1; raise HistoryError without it."""
    for said in file.entries:
        body = decode_body(said.entry.body)
        if isinstance(body, CaseReport) and said.entry.epoch == 1:
            return body
    raise HistoryError("the case holds no report this person can open")


def accept(hands: Hands, case: bytes) -> Taken:
    """Take the case after screening; raises as `steps.take`."""
    return take(hands, case, "accept", Acceptance(), ())
