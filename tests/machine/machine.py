"""What people and the clock do to an estate, in any order: Hypothesis chooses, and shortens what fails."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.people.rights import Role
from domain.pledges.pledges import Answer, Kind, Plan
from domain.repairs.dispatch import EVERYWHERE
from domain.repairs.repairs import Urgency
from services.core.errors import NotFound
from services.people import blocking, team
from services.people.blocking import Source
from services.personal_data import forgetting
from services.pledges import checking_in, pledges
from services.pledges.pledges import Promise
from services.repairs import jobs, repair_desk, repair_verdicts, repairs
from services.reports import (
    access,
    answering,
    deciding,
    declining,
    handing_on,
    joining,
    merging,
    reopening,
    saying_more,
    steering,
    submitting,
    taking_back,
    working,
)  # fmt: skip
from services.reports.submitting import NewReport
from services.volunteers import volunteers
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports.reports import NewPart
from storage.volunteers.volunteers import Profile
from tests.machine import invariants
from tests.machine.estate import CAST, STAFF, Estate

Deed = Callable[[Transaction, Person], Any]
WHO = st.integers(0, len(CAST) - 1)
RESIDENT = st.integers(0, STAFF.start - 1)
TEAM = st.sampled_from(STAFF)
PICK = st.integers(0, 5)
"""One of the newest of a kind."""
LOOKS_EACH = 8


def part(text: str) -> list[NewPart]:
    """Words."""
    return [NewPart("text", text=text)]


class EstateMachine(RuleBasedStateMachine):
    """One estate. `empty`: a file with the newest schema; `steps` counts over all estates."""

    empty: Path
    steps = 0
    refused = 0

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp())
        self.estate = Estate(self._folder, self.empty)
        self._since = 0

    def teardown(self) -> None:
        """All together once more, and the end."""
        try:
            self._look_at_figures()
        finally:
            EstateMachine.refused += self.estate.refused
            self.estate.close()
            shutil.rmtree(self._folder, ignore_errors=True)

    # -- reports

    @rule(who=RESIDENT, danger=st.booleans(), words=st.sampled_from(("The lamp is dark", "楼道灯坏了", "Too loud")))
    def reports(self, who: int, danger: bool, words: str) -> None:
        new = NewReport(part(words), area=self.estate.community.areas[0].code, danger="gas" if danger else None)
        self._do(who, lambda tx, actor: submitting.submit(tx, self._community, actor, new))

    @rule(who=RESIDENT, pick=PICK)
    def joins(self, who: int, pick: int) -> None:
        self._of("reports", who, pick, lambda tx, me, number: joining.join(tx, me, number, part("Here too")))

    @rule(who=RESIDENT, pick=PICK)
    def says_more(self, who: int, pick: int) -> None:
        self._of(
            "reports",
            who,
            pick,
            lambda tx, me, number: saying_more.add(tx, self._community, me, number, part("Still so")),
        )

    @rule(who=RESIDENT, pick=PICK)
    def takes_back(self, who: int, pick: int) -> None:
        self._of("reports", who, pick, taking_back.take_back)

    @rule(who=RESIDENT, pick=PICK, fixed=st.booleans())
    def decides(self, who: int, pick: int, fixed: bool) -> None:
        def deed(tx: Transaction, me: Person, number: int) -> None:
            rounds = access.known(tx, number).rounds
            if fixed:
                deciding.decide(tx, self._community, me, number, rounds, fixed=True)
            else:
                reopening.say_no(tx, self._community, me, number, rounds)

        self._of("reports", who, pick, deed)

    @rule(who=RESIDENT, pick=PICK)
    def broken_again(self, who: int, pick: int) -> None:
        self._of("reports", who, pick, lambda tx, me, number: reopening.broken_again(tx, self._community, me, number))

    @rule(who=RESIDENT, pick=PICK)
    def objects(self, who: int, pick: int) -> None:
        def deed(tx: Transaction, me: Person, number: int) -> None:
            reason = declining.reason(tx, number)
            if reason is None:
                raise NotFound
            declining.object_to(tx, self._community, me, number, reason[0], part("That is not so"))

        self._of("reports", who, pick, deed)

    # -- staff

    @rule(who=TEAM, pick=PICK, move=st.sampled_from((working.take, working.start, steering.open_again)))
    def moves(self, who: int, pick: int, move: Callable[..., None]) -> None:
        self._of("reports", who, pick, lambda tx, me, number: move(tx, self._community, me, number))

    @rule(who=TEAM, pick=PICK)
    def resolves(self, who: int, pick: int) -> None:
        self._of(
            "reports", who, pick,
            lambda tx, me, number: working.resolve(tx, self._community, me, number, part("A new lamp")),
        )  # fmt: skip

    @rule(who=TEAM, pick=PICK)
    def answers(self, who: int, pick: int) -> None:
        self._of("reports", who, pick, lambda tx, me, number: answering.answer(tx, me, number, part("We see to it")))

    @rule(who=TEAM, pick=PICK)
    def declines(self, who: int, pick: int) -> None:
        code = self.estate.community.reasons[0].code
        self._of(
            "reports", who, pick, lambda tx, me, number: declining.decline(tx, self._community, me, number, code)
        )  # fmt: skip

    @rule(who=TEAM, pick=PICK, into=PICK)
    def merges(self, who: int, pick: int, into: int) -> None:
        other = self._number("reports", into)
        self._of("reports", who, pick, lambda tx, me, number: merging.merge(tx, self._community, me, number, other))

    @rule(who=TEAM, pick=PICK)
    def takes_out(self, who: int, pick: int) -> None:
        self._of("reports", who, pick, lambda tx, me, number: merging.take_out(tx, self._community, me, number))

    @rule(who=TEAM, pick=PICK, to=TEAM)
    def assigns(self, who: int, pick: int, to: int) -> None:
        other = self.estate.cast[to]
        self._of("reports", who, pick, lambda tx, me, number: steering.assign(tx, self._community, me, number, other))

    @rule(who=TEAM, pick=PICK, on=st.booleans())
    def marks_personal(self, who: int, pick: int, on: bool) -> None:
        self._of("reports", who, pick, lambda tx, me, number: steering.mark_personal(tx, me, number, on))

    @rule(who=TEAM, pick=PICK)
    def hands_on(self, who: int, pick: int) -> None:
        code = self.estate.community.partners[0].code
        self._of(
            "reports", who, pick, lambda tx, me, number: handing_on.hand_on(tx, self._community, me, number, code)
        )  # fmt: skip

    @rule(who=TEAM, pick=PICK)
    def blocks(self, who: int, pick: int) -> None:
        self._of("reports", who, pick, lambda tx, me, number: blocking.block(tx, me, Source.REPORT, number, "Rude", 1))

    @rule(who=TEAM, to=WHO, role=st.sampled_from(Role), gives=st.booleans())
    def changes_roles(self, who: int, to: int, role: Role, gives: bool) -> None:
        person, change = self.estate.cast[to], team.grant if gives else team.revoke
        self._do(who, lambda tx, me: change(tx, me, person, role))

    # -- repairs

    @rule(who=RESIDENT, urgency=st.sampled_from(Urgency))
    def asks_for_a_repair(self, who: int, urgency: Urgency) -> None:
        request = repairs.Request(part("The tap drips"), self._trade, urgency, self._area, "Flat 502")
        self._do(who, lambda tx, me: repairs.ask(tx, self._community, me, request))

    @rule(who=RESIDENT)
    def offers_help(self, who: int) -> None:
        profile = Profile((self._trade,), (EVERYWHERE,), True, (), 9, True, "021 5555", True)
        self._do(who, lambda tx, me: volunteers.offer(tx, self._community, me, profile))

    @rule(who=TEAM, to=RESIDENT, yes=st.booleans())
    def looks_at_an_offer(self, who: int, to: int, yes: bool) -> None:
        person, look = self.estate.cast[to], volunteers.approve if yes else volunteers.decline
        self._do(who, lambda tx, me: look(tx, me, person))

    @rule(
        who=RESIDENT, pick=PICK,
        step=st.sampled_from((jobs.take, jobs.set_out, jobs.finish, jobs.give_back, repair_verdicts.confirm,
                              repair_verdicts.reopen, repairs.nobody_came)),
    )  # fmt: skip
    def goes_on_with_a_repair(self, who: int, pick: int, step: Callable[..., None]) -> None:
        self._of("repairs", who, pick, lambda tx, me, number: step(tx, self._community, me, number))

    @rule(who=RESIDENT, pick=PICK, hours=st.integers(1, 90))
    def says_when(self, who: int, pick: int, hours: int) -> None:
        def deed(tx: Transaction, me: Person, number: int) -> None:
            jobs.say_when(tx, self._community, me, number, tx.now + timedelta(hours=hours), whole_day=False)

        self._of("repairs", who, pick, deed)

    @rule(who=RESIDENT, pick=PICK)
    def needs_it_no_more(self, who: int, pick: int) -> None:
        self._of("repairs", who, pick, repairs.withdraw)

    @rule(who=TEAM, pick=PICK, step=st.sampled_from((repair_desk.take_away, repair_desk.reopen, repair_desk.turn)))
    def staff_see_to_a_repair(self, who: int, pick: int, step: Callable[..., Any]) -> None:
        self._of("repairs", who, pick, lambda tx, me, number: step(tx, self._community, me, number))

    # -- promises

    @rule(who=WHO, show_name=st.booleans())
    def promises(self, who: int, show_name: bool) -> None:
        day = self.estate.clock.at.replace(tzinfo=None)
        plan = Plan(Kind.ONCE, day, until=day.date() + timedelta(days=3))
        promise = Promise("I clean the stairs", plan, show_name=show_name)
        self._do(who, lambda tx, me: pledges.make(tx, self._community, me, promise))

    @rule(who=TEAM, pick=PICK)
    def publishes(self, who: int, pick: int) -> None:
        self._of("pledges", who, pick, lambda tx, me, number: pledges.approve(tx, self._community, me, number))

    @rule(who=WHO, pick=PICK, step=st.sampled_from((pledges.pause, pledges.end, pledges.thank)))
    def changes_a_promise(self, who: int, pick: int, step: Callable[..., None]) -> None:
        self._of("pledges", who, pick, step)

    @rule(who=WHO, pick=PICK, said=st.sampled_from(Answer))
    def says_what_became_of_it(self, who: int, pick: int, said: Answer) -> None:
        def deed(tx: Transaction, me: Person, number: int) -> None:
            for time in checking_in.answerable(tx, pledges.known(tx, number))[:1]:
                checking_in.answer(tx, me, number, time.id, said)

        self._of("pledges", who, pick, deed)

    # -- forgetting, the clock, and the end of the program

    @rule(who=WHO, chance=st.integers(0, 3))
    def is_forgotten(self, who: int, chance: int) -> None:
        """Now and then: the cast is small. A person of that name comes anew."""
        if chance == 0 and self.estate.tries(who, lambda tx, me: forgetting.begin(tx, me.id)) is not None:
            self.estate.comes_anew(who)

    @rule(who=TEAM, to=RESIDENT, chance=st.integers(0, 3))
    def is_forgotten_by_staff(self, who: int, to: int, chance: int) -> None:
        person = self.estate.cast[to]
        deed: Deed = lambda tx, me: forgetting.for_them(tx, me, person)  # noqa: E731
        if chance == 0 and self.estate.tries(who, deed) is not None:
            self.estate.comes_anew(to)

    @rule(hours=st.sampled_from((0.05, 1.0, 5.0, 26.0, 24.0 * 8)))
    def time_passes(self, hours: float) -> None:
        self.estate.waits(hours=hours)

    @rule()
    def is_killed(self) -> None:
        self.estate.killed()

    @rule(who=RESIDENT, pick=PICK, what=st.integers(0, 4))
    def is_killed_in_the_middle(self, who: int, pick: int, what: int) -> None:
        number = self._number("reports", pick)
        request = repairs.Request(part("The tap drips"), self._trade, Urgency.NOW, self._area, "Flat 502")
        deeds: list[Deed] = [
            lambda tx, me: submitting.submit(tx, self._community, me, NewReport(part("The lamp is dark"))),
            lambda tx, me: repairs.ask(tx, self._community, me, request),
            lambda tx, me: taking_back.take_back(tx, me, number),
            lambda tx, me: forgetting.begin(tx, me.id),
            lambda tx, me: saying_more.add(tx, self._community, me, number, part("Still so")),
        ]
        self.estate.tears(who, deeds[what])

    # -- what is always so

    @invariant()
    def is_whole(self) -> None:
        EstateMachine.steps += 1
        self.estate.run(invariants.nothing_points_nowhere)
        self.estate.run(invariants.reports_are_in_one_state)
        self.estate.run(invariants.reports_can_be_reached)
        self.estate.run(invariants.work_is_somebodys)
        self.estate.run(invariants.nothing_fails)
        self._since += 1
        if self._since % LOOKS_EACH == 0:
            self._look_at_figures()

    def _look_at_figures(self) -> None:
        self.estate.run(invariants.figures_add_up, self._community)

    # -- short forms

    @property
    def _community(self) -> Any:
        return self.estate.community

    @property
    def _trade(self) -> str:
        return str(self.estate.community.trades[0].code)

    @property
    def _area(self) -> str:
        return str(self.estate.community.areas[0].code)

    def _do(self, who: int, deed: Deed) -> None:
        self.estate.tries(who, deed)

    def _of(self, table: str, who: int, pick: int, deed: Callable[[Transaction, Person, int], Any]) -> None:
        number = self._number(table, pick)
        self.estate.tries(who, lambda tx, actor: deed(tx, actor, number))

    def _number(self, table: str, pick: int) -> int:
        """One of the newest of a table; a number nobody has where there is none."""
        rows = self.estate.run(lambda tx: tx.ids(f"/* ours */ SELECT id FROM {table} ORDER BY id DESC LIMIT 6"))
        return rows[pick % len(rows)] if rows else 999_999
