"""A community in which people promise, lead projects, repair and help at random, by the services alone."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from domain.calendar.local_time import local_time
from domain.calendar.recurrence import weekly
from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import PersonReachable, PersonUnreachable, ProjectLeadLost
from domain.people.rights import NotAllowed, Role
from domain.pledges.pledges import Answer, Asked, Kind, Plan
from domain.projects.projects import Step
from domain.repairs.repairs import Urgency
from services.core.errors import AlreadyDone, NotFound
from services.people import team
from services.pledges import checking_in, pledge_reminders, pledges, reminder_schedule
from services.pledges.checking_in import NotYet, TooLate
from services.pledges.pledges import BadNumber, NeverDue, Promise, TooMany
from services.projects import leading, making, stages
from services.projects.leading import LastLead
from services.repairs import dispatching, jobs, repair_desk, repair_verdicts, repairs
from services.repairs.repairs import Request
from services.volunteers import volunteers
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.pledges import occurrences
from storage.projects import leads as project_leads
from storage.repairs import offers
from storage.volunteers.volunteers import Profile
from tests.services.reporting import words
from tests.support import person

REFUSED = (
    WrongState, NotAllowed, AlreadyDone, NotFound, NotYet, TooLate, BadNumber, NeverDue, TooMany, LastLead,
    jobs.TooLate, repairs.TooMany, leading.TooManyLeads,
)  # fmt: skip
TASKS: dict[str, Callable[..., object]] = {
    reminder_schedule.AHEAD_KIND: lambda tx, community, about, _data: reminder_schedule.ahead(tx, community, about),
    pledge_reminders.CLOSE_KIND: lambda tx, _community, _about, _data: pledge_reminders.close(tx),
    dispatching.KIND: dispatching.run_due,
    jobs.KIND: jobs.run_due,
    repair_verdicts.KIND: repair_verdicts.run_due,
}


class RandomCommunity:
    """Its people, and what they do by the throw of a die."""

    def __init__(self, tx: Transaction, community: Community, seed: int) -> None:
        self.tx, self.community, self.random = tx, community, Random(seed)
        self.lead, self.staff = person(tx, "Lin", Role.LEAD), person(tx, "Wei", Role.STAFF)
        self.keeper = person(tx, "Hui", Role.REPRESENTATIVE)
        self.makers = [person(tx, name, Role.PLEDGER) for name in ("Bo", "Ana", "Kai")]
        self.helpers = [person(tx, name) for name in ("Lao", "Sun", "Zhou")]
        self.residents = [person(tx, "Mei"), person(tx, "Ann")]
        self.promises: list[int] = []
        self.repairs: list[int] = []
        self.projects: list[int] = []
        pledge_reminders.plan_closing(tx)
        team.grant(tx, self.lead, self.helpers[0].id, Role.VOLUNTEER)
        profile = Profile(("plumbing",), ("north",), True, (), 2, True, None, False)
        volunteers.offer(tx, community, self._again(self.helpers[0]), profile)

    def lives(self, steps: int) -> None:
        """So many things are tried, some hours apart. Sometimes the program is out of use for weeks."""
        for _ in range(steps):
            deeds = (self._promises, self._promises, self._repairs, self._repairs, self._helps, self._leads)
            try:
                with self.tx.savepoint():
                    self.random.choice(deeds)()
            except REFUSED:
                pass
            self._passes(timedelta(hours=self.random.choice((0, 1, 6, 20, 30))))
            if self.random.random() < 0.01:
                self.tx.now += timedelta(days=20)

    def _passes(self, length: timedelta) -> None:
        end = self.tx.now + length
        while (at := scheduled_tasks.earliest(self.tx, tuple(TASKS))) is not None and at <= end:
            self.tx.now = max(self.tx.now, at)
            for each in scheduled_tasks.claim(self.tx, tuple(TASKS), 100):
                scheduled_tasks.finished(self.tx, each["id"])
                TASKS[each["kind"]](self.tx, self.community, each["subject"], json.loads(each["data"]))
        self.tx.now = end

    # -- promises

    def _promises(self) -> None:
        tx, community, pick = self.tx, self.community, self.random.choice
        if len(self.promises) < 3 or self.random.random() < 0.08:
            self._somebody_promises()
            return
        number = pick(self.promises)
        pledge = pledges.known(tx, number)
        maker = people.by_id(tx, pledge.keeper)
        times = occurrences.last_of(tx, number, tx.now + timedelta(days=10), 6)
        time = pick(times).id if times else 0

        def undo() -> None:
            said = occurrences.newest_answer(tx, number)
            if said is not None:
                checking_in.undo(tx, maker, said.id)

        def says(answer: Answer) -> Callable[[], object]:
            return lambda: checking_in.answer(tx, maker, number, time, answer)

        pick([
            says(Answer.DONE), says(Answer.DONE), says(Answer.PARTLY), says(Answer.CANNOT), says(Answer.EXCUSED),
            lambda: checking_in.count(tx, maker, number, time or None, pick((1, 2, 3))),
            lambda: checking_in.count(tx, maker, number, None, 1),
            lambda: checking_in.answer_all(tx, maker, number),
            lambda: pledges.approve(tx, community, self.staff, number),
            lambda: pledges.change(tx, community, maker, number, Promise("Other words", self._some_plan())),
            lambda: pledges.ask_for_change(tx, self.staff, number, "Which day?"),
            lambda: pledges.pause(tx, maker, number), lambda: pledges.resume(tx, community, maker, number),
            lambda: checking_in.note(tx, maker, number, time or None, words("Rain")[0]),
            undo, undo,
            lambda: pledges.end(tx, maker, number) if self.random.random() < 0.2 else None,
        ])()  # fmt: skip

    def _somebody_promises(self) -> None:
        tx, community, promise = self.tx, self.community, Promise("I sweep", self._some_plan())
        if self.random.random() < 0.4:
            name = self.random.choice(("Old Zhao", "Old Chen"))
            made = Promise(promise.words, promise.plan, show_name=True, asked=Asked.PAPER)
            self.promises.append(pledges.record(tx, community, self.staff, name, self.keeper.id, made))
        else:
            self.promises.append(pledges.make(tx, community, self.random.choice(self.makers), promise))

    def _some_plan(self) -> Plan:
        today = local_time(self.tx.now, self.community.zone).date()
        begins = datetime(today.year, today.month, today.day)
        until = today + timedelta(days=self.random.randint(1, 40))
        return self.random.choice((
            Plan(Kind.RECURRING, begins + timedelta(hours=9), weekly(frozenset({1, 5})), 60),
            Plan(Kind.RECURRING, begins, weekly(frozenset({2})), 0, until=until + timedelta(days=14)),
            Plan(Kind.QUOTA, begins, target=4, until=until),
            Plan(Kind.ONCE, begins, until=until),
            Plan(Kind.ON_CALL),
        ))  # fmt: skip

    # -- repairs

    def _repairs(self) -> None:
        tx, community, pick = self.tx, self.community, self.random.choice
        if not self.repairs or self.random.random() < 0.15:
            request = Request(words("The tap drips"), "plumbing", Urgency.WEEK, "b1", "502")
            self.repairs.append(repairs.ask(tx, community, pick(self.residents), request))
            return
        number = pick(self.repairs[-5:])
        repair = jobs.known(tx, number)
        asker = people.by_id(tx, repair.asked_by)
        asked = [each.person for each in offers.of_repair(tx, number, offers.OPEN)]
        helper = self._again(pick(self.helpers) if repair.taker is None else people.by_id(tx, repair.taker))
        pick([
            lambda: jobs.take(tx, community, self._again(people.by_id(tx, pick(asked or [helper.id]))), number),
            lambda: jobs.take(tx, community, self._again(people.by_id(tx, pick(asked or [helper.id]))), number),
            lambda: jobs.decline(tx, helper, number),
            lambda: jobs.finish(tx, community, helper, number), lambda: jobs.finish(tx, community, helper, number),
            lambda: jobs.not_done(tx, community, helper, number, pick(tuple(type(repair.state)))),
            lambda: jobs.give_back(tx, community, helper, number),
            lambda: repair_verdicts.confirm(tx, community, asker, number),
            lambda: repair_verdicts.confirm(tx, community, asker, number),
            lambda: repair_verdicts.reopen(tx, community, asker, number),
            lambda: repairs.withdraw(tx, asker, number),
            lambda: repair_desk.assign(tx, community, self.staff, number, helper.id),
            lambda: repair_desk.ask_to_turn(tx, community, self.staff, number),
            lambda: repair_desk.agree_to_turn(tx, community, asker, number),
        ])()  # fmt: skip

    # -- volunteers

    def _helps(self) -> None:
        tx, community, pick = self.tx, self.community, self.random.choice
        helper = self._again(pick(self.helpers))
        trades = pick((("plumbing",), ("plumbing", "errands"), ("errands",)))
        profile = Profile(trades, ("north",), True, (), 2, True, None, False)

        def leaves() -> None:
            team.revoke(tx, self.lead, helper.id, Role.VOLUNTEER)
            volunteers.lost(tx, community, helper.id, "left")

        def comes_back() -> None:
            team.grant(tx, self.lead, helper.id, Role.VOLUNTEER)
            volunteers.given_role(tx, helper.id)

        pick([
            lambda: volunteers.offer(tx, community, helper, profile),
            lambda: volunteers.offer(tx, community, helper, profile),
            lambda: volunteers.approve(tx, self.staff, helper.id),
            lambda: volunteers.approve(tx, self.staff, helper.id),
            lambda: volunteers.decline(tx, self.staff, helper.id),
            lambda: volunteers.set_duty(tx, helper, on=False),
            lambda: volunteers.set_duty(tx, helper, on=True),
            lambda: volunteers.set_duty(tx, helper, on=True, until=tx.now + timedelta(days=pick((1, 5)))),
            leaves if self.random.random() < 0.4 else comes_back, comes_back,
            lambda: tx.emit(PersonUnreachable(person=helper.id, reason="blocked")),
            lambda: tx.emit(PersonReachable(person=helper.id)),
        ])()  # fmt: skip

    # -- projects

    def _leads(self) -> None:
        tx, community, pick = self.tx, self.community, self.random.choice
        may_lead = [self.staff, self.lead, self.keeper, *self.makers]
        if not self.projects or self.random.random() < 0.1:
            chosen = [pick(may_lead).id, pick(may_lead).id]
            self.projects.append(making.make(tx, community, self.staff, "Lifts", "They run", chosen).id)
            return
        number, who = pick(self.projects), pick(may_lead)

        def lost() -> None:
            if who.id in project_leads.of(tx, number):
                project_leads.remove(tx, number, who.id)
                tx.emit(ProjectLeadLost(project=number, person=who.id, left=len(project_leads.of(tx, number))))

        pick([
            lambda: leading.give(tx, self.staff, number, who.id),
            lambda: leading.take(tx, self.staff, number, who.id),
            lost,
            lambda: stages.move(tx, self.staff, number, pick((Step.LISTEN, Step.DELIBERATE, Step.DELIVER))),
            lambda: stages.move(tx, self.staff, number, pick((Step.DELIBERATE, Step.DELIVER, Step.FINISH))),
            lambda: stages.give_up(tx, self.staff, number, "No money") if self.random.random() < 0.3 else None,
        ])()  # fmt: skip

    def _again(self, somebody: Person) -> Person:
        """With the roles they have by now."""
        return people.by_id(self.tx, somebody.id)
