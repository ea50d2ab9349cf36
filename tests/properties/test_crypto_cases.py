"""Any course of a case: everybody agrees on the chain, and each reads exactly what is theirs."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from counts import examples
from fallberatung.crypto.opened import compose
from fallberatung.crypto.opened.caseview import open_entry
from fallberatung.crypto.opened.errors import NoKeyError
from fallberatung.crypto.opened.identity import Identity
from unit.crypto.builders import (
    ADVISER,
    AUTHOR,
    DESK,
    GUEST,
    PEOPLE,
    REPORT,
    SEAT,
    TABLE,
    ACase,
    a_claimed_case,
)

EVERYBODY = (SEAT, *PEOPLE)
GUESTS = TABLE[3:]


class Course(RuleBasedStateMachine):
    """Epochs, grants and entries in any order; a model remembers who was given which epoch."""

    def __init__(self) -> None:
        super().__init__()
        self.case = ACase()
        self.readers: dict[int, set[bytes]] = {}
        self.written: list[tuple[int, int]] = []

    @initialize()
    def claim(self) -> None:
        """Every case begins with filing and claiming."""
        self.case = a_claimed_case()
        first = {SEAT.key_id, *(each.key_id for each in DESK)}
        self.readers = {1: set(first), 2: set(first)}
        self.written = [(2, 1)]

    @rule(members=st.sets(st.sampled_from(GUESTS), max_size=3), convene=st.booleans())
    def begin_epoch(self, members: set[object], convene: bool) -> None:  # noqa: FBT001  # drawn
        """Adviser and deputy stay, others come and go."""
        present = (AUTHOR, *DESK, *(each for each in GUESTS if each in members))
        self.case.epoch(ADVISER, present, "convene" if convene else "rotate")
        self.readers[self.number()] = {each.key_id for each in present}

    @rule()
    def write(self) -> None:
        """The adviser writes an entry."""
        self.case.entry(ADVISER, {"t": "comment", "n": len(self.written)})
        self.written.append((len(self.case.log), self.number()))

    @precondition(lambda self: GUEST.key_id in self.readers[self.number()])
    @rule(data=st.data())
    def grant_history(self, data: st.DataObject) -> None:
        """Adviser and seat together hand an epoch to the guest."""
        epoch = data.draw(st.integers(1, self.number()))
        view = self.case.view(ADVISER)
        second = compose.countersign_grant(view, SEAT, GUEST.key_id, [epoch])
        self.case.add(
            compose.make_grant(
                view, ADVISER, GUEST.key_id, [epoch], "history", bytes, countersign=second
            )
        )
        self.readers[epoch].add(GUEST.key_id)

    @invariant()
    def everybody_agrees(self) -> None:
        """One chain, whoever replays it."""
        chains = {self.case.view(who).chain for who in EVERYBODY}

        assert len(chains) == 1

    @invariant()
    def each_reads_what_is_theirs(self) -> None:
        """An entry opens for those who were given its epoch, and for nobody else."""
        for who in EVERYBODY:
            for seq, epoch in self.written:
                assert self.opens(who, seq) == (who.key_id in self.readers[epoch])

    def opens(self, who: Identity, seq: int) -> bool:
        """Whether this person opens this entry, and finds it intact."""
        try:
            opened = open_entry(self.case.view(who), self.case.log[seq - 1])
        except NoKeyError:
            return False
        assert opened.seq == seq
        assert opened.body == REPORT if seq == 2 else "n" in opened.body
        return True

    def number(self) -> int:
        """The current epoch."""
        return self.case.view(ADVISER).chain.epoch


Course.TestCase.settings = examples(15, stateful_step_count=12)
TestCourse = Course.TestCase
