"""[seeing] The walk of one case through the house, step by step, each step a function.

The journey test calls these very functions; `demo_show` only prints what they return. Whatever is
said about the server comes from requests that were really sent and from answers it really gave.
"""

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import timedelta
from typing import Final, Protocol

from fallberatung.cli.demo_sample import ITEMS, RATINGS, Item
from fallberatung.cli.demo_steps import (
    Audited,
    Deliberated,
    Notes,
    Pseudonymised,
    ReadBack,
    Request,
    Screened,
    Sent,
    Stage,
)
from fallberatung.cli.demo_story import Story
from fallberatung.cli.demo_town import Ambience, enter
from fallberatung.client.author import (
    ACCOUNT,
    QUESTIONS,
    FiledCase,
    Terms,
    prepare_case,
    report_of,
    submit,
)
from fallberatung.client.cards import map_item, rating, rating_round
from fallberatung.client.casefile import CaseFile, read_case
from fallberatung.client.dates import ReviewSet, set_review
from fallberatung.client.desk import accept, claim, screen, waiting
from fallberatung.client.drafting import (
    Decisions,
    Policy,
    Proposal,
    ReleasedText,
    UndecidedError,
    propose_fields,
    release,
    released,
)
from fallberatung.client.dsb import export_log, save
from fallberatung.client.hands import Hands
from fallberatung.client.log_memory import newest_checkpoint
from fallberatung.client.people import sign_out
from fallberatung.client.readback import lines_of, read_own
from fallberatung.client.steps import change_phase
from fallberatung.client.table import Written, board, convene, write
from fallberatung.client.transport import Exchange
from fallberatung.client.vault_file import VaultFile

AUTHOR: Final = "lehrkraft"
ADVISER: Final = "fachberatung-1"
MODERATOR: Final = "moderation"
KITA: Final = "kita"
DSB: Final = "dsb"
QUESTION_MARK: Final = "Meine Fragen:"
ROUND: Final = 1
ROUND_OPEN: Final = timedelta(days=3)
SETTLE_SECONDS: Final = 0.4
SETTLE_TRIES: Final = 20
SETTLED: Final = 3
FOUND_IN_PART: Final = frozenset({"EVENT_LOCAL", "OCCUPATION"})
"""What a person marks as a whole although the program found a name within it."""

Place = tuple[str, int, int]
"""Field, first character, one past the last."""


class Audience(Protocol):
    """Who is shown each step; tests are an audience that takes notes."""

    def show(self, step: object, requests: Sequence[Request]) -> None:
        """Take in what a step made and the requests it sent."""


def everybody(
    address: str,
    vaults: Mapping[str, VaultFile],
    passwords: Mapping[str, str],
    ambience: Ambience,
    notes: Notes,
) -> dict[str, Hands]:
    """Sign everybody in, each over a connection of their own that the notes listen to."""
    people = {}
    for user, vault in vaults.items():

        def listen(exchange: Exchange, user: str = user) -> None:
            notes.heard.append(Request(user, exchange))

        people[user] = enter(address, vault, passwords[user], ambience, listen)
    return people


def leave(people: Mapping[str, Hands]) -> None:
    """Sign everybody out and close their connections, whatever fails on the way."""
    with ExitStack() as stack:
        for hands in people.values():
            stack.callback(hands.house.close)
            stack.callback(sign_out, hands)


def pseudonymise(story: Story, policy: Policy) -> Pseudonymised:
    """Step 1, on the device alone: propose, mark by hand what was missed, read all, release."""
    fields = _fields(story)
    proposal = propose_fields(fields, story.people, story.day, policy)
    decisions = _mark_by_hand(fields, story, proposal).accept_all()
    return Pseudonymised(fields, proposal, decisions, release(proposal, decisions))


def submit_case(stage: Stage, written: Pseudonymised) -> Sent:
    """Step 2: make the seat, seal for it and the advisers on duty, send, check the receipt."""
    hands, made = stage.hands(AUTHOR), written.release
    report = report_of(made, stage.policy, hands.clock())
    prepared = prepare_case(hands, report, made.receipt, made.correspondence, Terms())
    return Sent(prepared, submit(hands, prepared))


def screen_case(stage: Stage, case: bytes) -> Screened:
    """Step 3: the adviser finds the case at the desk, claims it, reads it, accepts it."""
    hands = stage.hands(ADVISER)
    if case not in {each.case for each in waiting(hands)}:
        raise LookupError("the case does not wait at the desk")
    claim(hands, case)
    file = read_case(hands, case)
    screening = screen(file, hands, stage.policy)
    accept(hands, case)
    return Screened(file, screening)


def convene_table(stage: Stage, case: bytes) -> CaseFile:
    """Step 4: the adviser seats moderator and Kita; the moderator opens the session."""
    seats = [(MODERATOR, "moderator"), (KITA, "participant")]
    newcomers = [(stage.hands(user).account.key_id, role) for user, role in seats]
    convene(stage.hands(ADVISER), case, newcomers)
    change_phase(stage.hands(MODERATOR), case, "in_session")
    return read_case(stage.hands(MODERATOR), case)


def deliberate(stage: Stage, case: bytes) -> Deliberated:
    """Step 5: everybody lays cards and rates; every word passes the pseudonymiser first."""
    for item in ITEMS:
        _lay(stage, case, item)
    moderator = stage.hands(MODERATOR)
    file = read_case(moderator, case)
    expected = [stage.hands(user).identity_for(case).key_id for user, _, _ in RATINGS]
    closes = moderator.clock() + ROUND_OPEN
    write(moderator, file, rating_round(ROUND, expected, closes))
    for user, value, reason in RATINGS:
        hands = stage.hands(user)
        card = rating(ROUND, value, _say(stage, reason))
        write(hands, read_case(hands, case), card)
    file = read_case(moderator, case)
    shown = board(file)
    return Deliberated(file, lines_of(shown), shown.rounds[-1].lowest)


def review(stage: Stage, deliberated: Deliberated) -> ReviewSet:
    """Step 6: the moderator's hands pick the offered date of the lowest rating and sign it."""
    return set_review(stage.hands(MODERATOR), deliberated.file, deliberated.lowest)


def audit(stage: Stage, filed: FiledCase) -> Audited:
    """Step 7: the data-protection officer exports the log and verifies it against the pins."""
    hands = stage.hands(DSB)
    _settle(hands)
    export = export_log(hands, "routine")
    bundle, policy = save(hands, export, stage.exports)
    in_log = {entry.leaf.entry_id for entry in export.verified.entries}
    is_in_log = filed.receipt.entry_id in in_log
    return Audited(export, bundle, policy, filed.receipt, is_in_log)


def read_back(stage: Stage, case: bytes) -> ReadBack:
    """Step 8: the author opens the case; the names come out of the author's own vault."""
    file, lines = read_own(stage.hands(AUTHOR), case)
    return ReadBack(file, lines)


def walk_through(stage: Stage, story: Story, audience: Audience) -> FiledCase:
    """Take one case through all steps; after each the audience sees it and what was sent."""
    notes = stage.notes
    notes.take()
    written = pseudonymise(story, stage.policy)
    audience.show(written, notes.take())
    sent = submit_case(stage, written)
    audience.show(sent, notes.take())
    case = sent.filed.case
    audience.show(screen_case(stage, case), notes.take())
    audience.show(convene_table(stage, case), notes.take())
    deliberated = deliberate(stage, case)
    audience.show(deliberated, notes.take())
    audience.show(review(stage, deliberated), notes.take())
    audience.show(audit(stage, sent.filed), notes.take())
    audience.show(read_back(stage, case), notes.take())
    return sent.filed


def _fields(story: Story) -> tuple[tuple[str, str], ...]:
    account, mark, asked = story.text.partition(QUESTION_MARK)
    question = asked.strip() if mark else story.question
    return ((ACCOUNT, account.strip()), (QUESTIONS[0], question))


def _mark_by_hand(fields: Sequence[tuple[str, str]], story: Story, proposal: Proposal) -> Decisions:
    decisions = Decisions()
    taken = [(each.field, each.start, each.end) for each in proposal.findings]
    for surface, category, replacement in story.by_hand:
        for name, text in fields:
            start = text.find(surface)
            place = (name, start, start + len(surface))
            if start >= 0 and _is_open(place, taken, category):
                decisions = decisions.mark(*place, category, replacement)
                taken.append(place)
    return decisions


def _is_open(place: Place, taken: Sequence[Place], category: str) -> bool:
    """Tell whether a person has to mark this place: untouched, or found only in part."""
    met = [other for other in taken if _meet(place, other)]
    within = all(place[1] <= start and end <= place[2] for _, start, end in met)
    return not met or (category in FOUND_IN_PART and within and place not in met)


def _meet(one: Place, other: Place) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _say(stage: Stage, text: str) -> ReleasedText:
    """Release a short text; what the pipeline asks about in it is taken as proposed."""
    day = stage.today()
    try:
        return released(text, stage.policy, day)
    except UndecidedError:
        proposal = propose_fields((("text", text),), (), day, stage.policy)
        return release(proposal, Decisions().accept_all()).texts["text"]


def _lay(stage: Stage, case: bytes, item: Item) -> None:
    hands = stage.hands(item.who)
    when = None if item.when is None else _say(stage, item.when)
    card = map_item(item.kind, _say(stage, item.text), when=when, source=item.source)
    laid: Written = write(hands, read_case(hands, case), card)
    if item.goal is not None:
        goal = map_item("safety_goal", _say(stage, item.goal), goal_for=laid.seq)
        write(hands, laid.file, goal)


def _settle(hands: Hands) -> None:
    # Entries reach the log shortly after their request; wait until it stops growing.
    size, still = -1, 0
    for _ in range(SETTLE_TRIES):
        checkpoint = newest_checkpoint(hands)
        shown = 0 if checkpoint is None else checkpoint.size
        still = still + 1 if shown == size else 0
        if still == SETTLED:
            return
        size = shown
        time.sleep(SETTLE_SECONDS)
