"""Whether a repair is done: who says so, once each, and what silence becomes."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.calendar.quiet import QuietHours
from domain.core.state_machine import WrongState
from domain.events import RepairAskedAgain, RepairConfirmed, RepairLapsed, RepairReopened, RepairThanked
from domain.people.rights import Role
from domain.repairs.repairs import State
from services.core.errors import AlreadyDone, NotFound
from services.people import quiet
from services.repairs import jobs, repair_verdicts
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people.people import Person
from storage.repairs import repairs
from storage.reports.reports import NewPart
from storage.volunteers import volunteers
from tests.services.repairing import COMMUNITY, ask, asked, known, passes, volunteer
from tests.support import MONDAY, Clock, happened, in_transaction, last_events, person

DAY = timedelta(days=1)


def done(tx: Transaction) -> tuple[Person, Person, int]:
    """Who asked, the volunteer who says it is done, and the repair."""
    mei, lao = person(tx, "Mei"), volunteer(tx, "Lao")
    number = ask(tx, mei)
    jobs.take(tx, COMMUNITY, lao, number)
    jobs.finish(tx, COMMUNITY, lao, number)
    return mei, lao, number


def asked_again(tx: Transaction) -> int:
    return happened(tx).count(RepairAskedAgain.KIND)


@in_transaction
def test_it_is_nobody_elses_business(tx: Transaction) -> None:
    mei, lao, number = done(tx)
    before = len(happened(tx))
    for who, about in ((lao, number), (person(tx, "Wei", Role.STAFF, Role.ADMIN), number), (mei, 999)):
        for deed in (
            lambda: repair_verdicts.confirm(tx, COMMUNITY, who, about),  # noqa: B023
            lambda: repair_verdicts.thank(tx, COMMUNITY, who, about),  # noqa: B023
            lambda: repair_verdicts.reopen(tx, COMMUNITY, who, about),  # noqa: B023
            lambda: repair_verdicts.own(tx, who, about),  # noqa: B023
        ):
            with pytest.raises(NotFound):
                deed()
    assert len(happened(tx)) == before and known(tx, number).state is State.DONE


@in_transaction
def test_a_yes_closes_it_and_nothing_is_due_any_more(tx: Transaction) -> None:
    mei, lao, number = done(tx)
    repair_verdicts.confirm(tx, COMMUNITY, mei, number)
    last_events(tx, RepairConfirmed(actor=mei.id, repair=number, volunteer=lao.id))
    repair = known(tx, number)
    assert (repair.state, repair.closed_at, repair.taker) == (State.CONFIRMED, MONDAY, lao.id)
    for kind in (repair_verdicts.KIND, repair_verdicts.CHASING):
        assert scheduled_tasks.waiting(tx, f"repair:{number}", kind) == []
    with pytest.raises(AlreadyDone):
        repair_verdicts.confirm(tx, COMMUNITY, mei, number)


@in_transaction
def test_a_yes_before_the_volunteer_says_so_frees_them(tx: Transaction) -> None:
    mei, lao = person(tx, "Mei"), volunteer(tx, "Lao")
    number = ask(tx, mei)
    jobs.take(tx, COMMUNITY, lao, number)

    def jobs_of() -> int:
        found = volunteers.of(tx, lao.id)
        assert found is not None
        return found.jobs

    assert jobs_of() == 1
    repair_verdicts.confirm(tx, COMMUNITY, mei, number)
    assert jobs_of() == 0 and scheduled_tasks.waiting(tx, f"repair:{number}", repair_verdicts.CHASING) == []


@pytest.mark.parametrize("state", [State.LOOKING, State.UNFILLED, State.WITHDRAWN, State.TURNED])
@in_transaction
def test_what_nobody_did_is_neither_confirmed_nor_thanked_for(tx: Transaction, state: State) -> None:
    mei, _, number = done(tx)
    repairs.move(tx, known(tx, number), state, taker=None)
    for deed in (repair_verdicts.confirm, repair_verdicts.thank):
        with pytest.raises(WrongState):
            deed(tx, COMMUNITY, mei, number)


@in_transaction
def test_thanks_confirm_count_once_and_words_may_follow(tx: Transaction) -> None:
    mei, lao, number = done(tx)
    repair_verdicts.thank(tx, COMMUNITY, mei, number)
    last_events(
        tx,
        RepairConfirmed(actor=mei.id, repair=number, volunteer=lao.id),
        RepairThanked(actor=mei.id, repair=number, volunteer=lao.id),
    )
    assert known(tx, number).thanked
    with pytest.raises(AlreadyDone):
        repair_verdicts.thank(tx, COMMUNITY, mei, number)
    repair_verdicts.thank(tx, COMMUNITY, mei, number, [NewPart("text", text="So quick!")])
    (part,) = repairs.parts(tx, number, "thanks")
    last_events(tx, RepairThanked(actor=mei.id, repair=number, volunteer=lao.id, parts=(part.id,)))
    assert part.text == "So quick!"


@in_transaction
def test_not_done_asks_everybody_anew(tx: Transaction) -> None:
    mei, lao, number = done(tx)
    repair_verdicts.thank(tx, COMMUNITY, mei, number)
    repair_verdicts.reopen(tx, COMMUNITY, mei, number)
    (row,) = tx.query("SELECT actor, data FROM events WHERE kind = ?", (RepairReopened.KIND,))
    assert row["actor"] == mei.id and f'"volunteer": {lao.id}' in row["data"]
    repair = known(tx, number)
    assert (repair.state, repair.taker, repair.code, repair.closed_at) == (State.LOOKING, None, None, None)
    assert repair.round == 1 and not repair.thanked and asked(tx, number) == {lao.id}
    assert scheduled_tasks.waiting(tx, f"repair:{number}", repair_verdicts.KIND) == []
    with pytest.raises(WrongState):
        repair_verdicts.reopen(tx, COMMUNITY, mei, number)


# -- silence


@in_transaction
def test_silence_is_asked_once_more_and_closed_after_a_week(tx: Transaction, clock: Clock) -> None:
    mei, lao, number = done(tx)
    passes(tx, clock, days=2, hours=23.9)
    assert asked_again(tx) == 0
    passes(tx, clock, hours=0.2)
    last_events(tx, RepairAskedAgain(repair=number))
    passes(tx, clock, days=3, hours=23.8)
    assert known(tx, number).state is State.DONE
    passes(tx, clock, hours=0.2)
    last_events(tx, RepairLapsed(repair=number, volunteer=lao.id))
    assert known(tx, number).state is State.UNANSWERED and asked_again(tx) == 1
    repair_verdicts.thank(tx, COMMUNITY, mei, number)
    last_events(tx, RepairThanked(actor=mei.id, repair=number, volunteer=lao.id))


@in_transaction
def test_nobody_is_asked_once_more_in_their_quiet_hours(tx: Transaction, clock: Clock) -> None:
    mei, lao = person(tx, "Mei"), volunteer(tx, "Lao")
    quiet.choose(tx, mei, QuietHours(9, 15))  # it was done at ten in the morning
    number = ask(tx, mei)
    jobs.take(tx, COMMUNITY, lao, number)
    jobs.finish(tx, COMMUNITY, lao, number)
    passes(tx, clock, days=3, hours=4.9)
    assert asked_again(tx) == 0
    passes(tx, clock, hours=0.2)
    assert asked_again(tx) == 1
    passes(tx, clock, days=3, hours=19)
    assert known(tx, number).state is State.UNANSWERED, "and it is closed when it would have been"


@in_transaction
def test_what_was_asked_once_more_stays_open_for_a_day_at_least(tx: Transaction, clock: Clock) -> None:
    _, _, number = done(tx)
    clock.at = tx.now = datetime(2026, 3, 12, 2, tzinfo=UTC)  # the program was away for ten days
    passes(tx, clock, hours=23)
    assert asked_again(tx) == 1 and known(tx, number).state is State.DONE
    passes(tx, clock, hours=1.1)
    assert known(tx, number).state is State.UNANSWERED


@in_transaction
def test_what_was_answered_or_is_gone_is_not_asked_about(tx: Transaction) -> None:
    mei, _, number = done(tx)
    repair_verdicts.confirm(tx, COMMUNITY, mei, number)
    before = len(happened(tx))
    for stage in ("again", "close"):
        for about in (number, 999):
            repair_verdicts.run_due(tx, COMMUNITY, f"repair:{about}", {"stage": stage})
    assert len(happened(tx)) == before and known(tx, number).state is State.CONFIRMED
