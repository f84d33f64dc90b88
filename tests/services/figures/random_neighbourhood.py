"""A neighbourhood in which anything happens, by the services alone, so that it could have happened so."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.figures.report_history import Channel
from domain.people.rights import NotAllowed, Role
from services.bounded import TooOften
from services.core.errors import AlreadyDone, NotFound
from services.projects import bundling, making
from services.reports import (
    answering,
    completing,
    deciding,
    declining,
    handing_on,
    joining,
    merging,
    pressing,
    recording,
    reopening,
    steering,
    submitting,
    taking_back,
    working,
)
from services.reports.submitting import NewReport
from storage.core.database import Transaction
from storage.reports import reports as store
from storage.reports import supports
from tests.services.reporting import passes, words
from tests.support import person

REFUSED = (WrongState, NotAllowed, AlreadyDone, NotFound, TooOften, reopening.TooLate, merging.SameAlready)
AREAS = ("b1", "b1-1", "b2", "market", None)
CATEGORIES = ("lifts", "lighting", "cleaning", None)


class Neighbourhood:
    """Its people, and what they do by the throw of a die."""

    def __init__(self, tx: Transaction, community: Community, seed: int) -> None:
        self.tx, self.community, self.random = tx, community, Random(seed)
        self.lead = person(tx, "Lin", Role.LEAD)
        self.staff = person(tx, "Wei", Role.STAFF)
        self.residents = [
            person(tx, "Mei"),
            person(tx, "Bo"),
            person(tx, "Ana", Role.REPRESENTATIVE),
            person(tx, "Gone", started=False),
        ]
        self.neighbours = [person(tx, f"Neighbour {number}") for number in range(12)]
        self.project = making.make(tx, community, self.staff, "Lifts", "They run", [self.staff.id, self.lead.id])
        self.numbers: list[int] = []

    def lives(self, steps: int) -> None:
        """So many things are tried, some hours apart; what is not possible does not happen."""
        for _ in range(steps):
            try:
                with self.tx.savepoint():
                    self._one()
            except REFUSED:
                pass
            passes(self.tx, self.community, hours=self.random.choice((0, 1, 5, 20, 40)))

    def _one(self) -> None:
        if not self.numbers or self.random.random() < 0.2:
            self._somebody_reports()
            return
        number = self.random.choice(self.numbers[-8:])
        self.random.choice(self._staff_does(number) + self._residents_do(number))()

    def _somebody_reports(self) -> None:
        new = NewReport(words(), self.random.choice(CATEGORIES), self.random.choice(AREAS))
        if self.random.random() < 0.2:
            channel = self.random.choice((Channel.COUNTER, Channel.PHONE, Channel.RECORDED))
            number = recording.record(self.tx, self.community, self.staff, "Old Chen", None, new, channel)
        else:
            number = submitting.submit(self.tx, self.community, self.random.choice(self.residents), new)
        self.numbers.append(number)

    def _staff_does(self, number: int) -> list[Callable[[], object]]:
        tx, community, wei, pick = self.tx, self.community, self.staff, self.random.choice
        report = store.existing(tx, number)
        later = tx.now + timedelta(days=3)

        def resolve() -> None:
            working.resolve(tx, community, wei, number, words("Done"))

        return [
            resolve, resolve, resolve,
            lambda: working.take(tx, community, wei, number),
            lambda: answering.answer(tx, wei, number, words("We are on it")),
            lambda: steering.ask(tx, wei, number, words("Which floor?")[0]),
            lambda: steering.send_to_department(tx, community, wei, number, pick(("works", "care"))),
            lambda: steering.move_deadline(tx, community, wei, number, later),
            lambda: pressing.mark(tx, wei, number, pick((True, False))),
            lambda: steering.open_again(tx, community, wei, number),
            lambda: completing.complete(tx, community, wei, number, category=pick(CATEGORIES[:3])),
            lambda: completing.complete(tx, community, wei, number, area=pick(AREAS[:4])),
            lambda: completing.complete(tx, community, wei, number, place="By the gate"),
            lambda: declining.decline(tx, community, wei, number, "not-ours"),
            lambda: declining.judge(tx, community, self.lead, number, report.version, opened=pick((True, False))),
            lambda: handing_on.hand_on(tx, community, wei, number, "water"),
            lambda: merging.merge(tx, community, wei, number, pick(self.numbers)),
            lambda: merging.take_out(tx, community, wei, number),
            lambda: bundling.add(tx, wei, self.project.id, number),
            lambda: recording.rang(tx, wei, number, report.person, reached=pick((True, False))),
        ]  # fmt: skip

    def _residents_do(self, number: int) -> list[Callable[[], object]]:
        tx, community, pick = self.tx, self.community, self.random.choice
        report = store.existing(tx, number)
        who = next((each for each in self.residents if each.id == report.person), self.residents[0])

        def decide(fixed: bool) -> None:
            deciding.decide(tx, community, who, number, report.rounds, fixed=fixed)

        def crowd() -> None:
            for each in self.neighbours:
                if not supports.concerns(tx, number, each.id):
                    joining.join(tx, each, number, words("So it is"))

        def object_to() -> None:
            declined = declining.reason(tx, number)
            if declined is not None:
                declining.object_to(tx, community, who, number, declined[0], words("Why not?"))

        return [
            lambda: decide(True), lambda: decide(True), lambda: decide(False),
            lambda: deciding.judge(tx, who, number, report.rounds, content=pick((True, False))),
            lambda: reopening.say_no(tx, community, who, number, report.rounds),
            lambda: reopening.broken_again(tx, community, who, number),
            lambda: taking_back.take_back(tx, who, number),
            crowd,
            lambda: joining.join(tx, pick(self.neighbours), number, words("So it is")),
            lambda: taking_back.take_back(tx, pick(self.neighbours), number),
            object_to, object_to,
        ]  # fmt: skip
