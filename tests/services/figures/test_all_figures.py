"""Figures of promises, projects, repairs and volunteers: what is past never changes, and other ways agree."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from domain.community import Community
from domain.events import PledgePublished
from domain.figures.periods import Length, Period, containing
from domain.figures.pledge_history import Kept
from domain.people.rights import NotAllowed, Role
from domain.pledges.pledges import Answer, Kind, Outcome, Plan
from services.figures import all_figures
from services.figures.all_figures import Figures
from services.figures.as_values import all_values
from services.figures.report_figures import Asked, By
from services.pledges import checking_in, pledge_reminders, pledges
from services.pledges.pledges import Promise
from storage.core.database import Transaction
from storage.pledges import occurrences
from tests.services.figures.community_by_hand import as_it_stands, by_hand, known_of
from tests.services.figures.random_community import RandomCommunity
from tests.services.figures.test_report_figures import some_periods
from tests.services.reporting import submitted
from tests.support import MONDAY, in_transaction, person

ALL_TIME = Period(date(2026, 3, 1), date(2029, 1, 1))


def figures(tx: Transaction, community: Community, period: Period) -> Figures:
    found = all_figures.of_period(tx, community, Asked(period), tx.now)
    assert found is not None and found.pledges is not None
    return found


def counted(found: Figures) -> dict[str, Any]:
    pledges_, repairs, projects, helpers = found.pledges, found.repairs, found.projects, found.volunteers
    assert pledges_ is not None and repairs is not None and projects is not None and helpers is not None
    return {
        "pledges": pledges_.by_state, "makers": pledges_.makers, "silent": pledges_.kept_but_silent,
        "times": pledges_.times, "repairs": repairs.by_fate, "taken": repairs.taken, "not_done": repairs.said_not_done,
        "to_take": sorted(repairs.to_take), "to_do": sorted(repairs.to_do), "projects": projects.by_stage,
        "leads": set(projects.by_lead), "made": projects.made, "volunteers": helpers.volunteers,
        "on_call": helpers.on_call, "by_trade": helpers.by_trade,
    }  # fmt: skip


def adds_up(found: Figures) -> None:
    pledges_, repairs, projects, helpers = found.pledges, found.repairs, found.projects, found.volunteers
    assert pledges_ is not None and repairs is not None and projects is not None and helpers is not None
    states, times = pledges_.by_state, pledges_.times
    assert pledges_.made == sum(states[each] for each in Kept) and pledges_.makers <= pledges_.made
    assert pledges_.due == sum(times[each] for each in Outcome)
    assert repairs.asked == sum(repairs.by_fate.values()) >= max(repairs.taken, repairs.done)
    assert projects.count == sum(projects.by_stage.values()) >= projects.made
    assert helpers.on_call <= helpers.volunteers
    for rate in (
        pledges_.kept_rate, pledges_.kept_rate_strict, pledges_.times_rate, pledges_.times_rate_strict,
        repairs.done_rate, repairs.done_rate_strict,
    ):  # fmt: skip
        assert 0 <= rate.part <= rate.whole
    assert pledges_.times_rate.whole <= pledges_.times_rate_strict.whole


@pytest.mark.parametrize("seed", range(4))
@in_transaction
def test_a_period_that_is_over_never_changes(tx: Transaction, community: Community, seed: int) -> None:
    """1,000 periods, looked at again after much more has happened to the same things."""
    there = RandomCommunity(tx, community, seed)
    there.lives(150)
    periods = [Asked(each.period) for each in some_periods(Random(seed), tx.now.astimezone(community.zone).date(), 250)]
    before = [all_figures.of_period(tx, community, each, tx.now) for each in periods]
    there.lives(500)
    changed = [
        each
        for each, then in zip(periods, before, strict=True)
        if all_figures.of_period(tx, community, each, tx.now) != then
    ]
    assert changed == [], f"{len(changed)} of {len(periods)} changed"
    values = [all_values(each) for each in before if each is not None]
    for name in ("pledge_times", "repairs_asked", "projects", "volunteers_on_call"):
        assert any(each[name] for each in values), f"{name}: something was counted"


@pytest.mark.parametrize("seed", range(4))
@in_transaction
def test_another_way_comes_to_the_same_and_all_adds_up(tx: Transaction, community: Community, seed: int) -> None:
    RandomCommunity(tx, community, seed).lives(400)
    for asked in some_periods(Random(seed), tx.now.astimezone(community.zone).date(), 40):
        found = figures(tx, community, asked.period)
        assert counted(found) == by_hand(tx, found.span)
        adds_up(found)


@pytest.mark.parametrize("seed", range(4))
@in_transaction
def test_what_is_known_now_is_what_the_tables_say(tx: Transaction, community: Community, seed: int) -> None:
    RandomCommunity(tx, community, seed).lives(400)
    assert known_of(figures(tx, community, ALL_TIME)) == as_it_stands(tx)


MARCH = containing(MONDAY.date(), Length.MONTH)
WEEK = Plan(Kind.ONCE, MONDAY.replace(tzinfo=None), until=MONDAY.date() + timedelta(days=6))


def promise(tx: Transaction, community: Community, plan: Plan = WEEK, name: str = "Bo") -> tuple[Any, int]:
    maker, staff = person(tx, name, Role.PLEDGER), person(tx, "Wei", Role.STAFF)
    number = pledges.make(tx, community, maker, Promise("I sweep", plan))
    pledges.approve(tx, community, staff, number)
    return maker, number


def time_of(tx: Transaction, number: int) -> int:
    return occurrences.last_of(tx, number, tx.now + timedelta(days=15), 1)[0].id


@in_transaction
def test_what_is_said_later_counts_on_its_own_day(tx: Transaction, community: Community) -> None:
    """At the end of March nobody had said anything; in April it is kept, and the week before is as it was."""
    maker, number = promise(tx, community, Plan(Kind.ONCE, WEEK.start, until=date(2026, 3, 30)))
    tx.now += timedelta(days=31)
    march = figures(tx, community, MARCH)
    assert march.pledges is not None and march.pledges.by_state == {Kept.NO_UPDATE: 1}
    assert march.pledges.times == {Outcome.OPEN: 1} and march.pledges.times_rate_strict.whole == 1
    checking_in.answer(tx, maker, number, time_of(tx, number), Answer.DONE)
    assert figures(tx, community, MARCH) == march
    since = figures(tx, community, Period(date(2026, 3, 1), date(2026, 5, 1))).pledges
    assert since is not None and since.by_state == {Kept.KEPT: 1} and since.times == {Outcome.KEPT: 1}


@in_transaction
def test_a_promise_is_kept_only_if_it_was_kept_every_time(tx: Transaction, community: Community) -> None:
    """Once not, then kept again and again, is no promise kept; silence is none either, where no update counts as no."""
    begins, last = MONDAY.replace(tzinfo=None) + timedelta(hours=12), MONDAY.date() + timedelta(days=2)
    plan = Plan(Kind.RECURRING, begins, "FREQ=DAILY", 60, until=last)
    answers = {"Bo": (Answer.CANNOT, Answer.DONE, Answer.DONE), "Ana": (Answer.DONE, None, Answer.DONE),
               "Kai": (Answer.EXCUSED, Answer.DONE, Answer.DONE), "Sun": (Answer.CANNOT, None, None)}  # fmt: skip
    made = {name: promise(tx, community, plan, name) for name in answers}
    tx.now += timedelta(days=3)
    for name, (maker, number) in made.items():
        for time, said in zip(checking_in.answerable(tx, pledges.known(tx, number)), answers[name], strict=False):
            if said is not None:
                checking_in.answer(tx, maker, number, time.id, said)
    tx.now += timedelta(days=14)
    pledge_reminders.close(tx)
    found = figures(tx, community, MARCH).pledges
    assert found is not None
    assert found.by_state == {Kept.PARTLY: 1, Kept.KEPT: 2, Kept.NOT_KEPT: 1}
    assert (found.kept_rate.part, found.kept_rate.whole) == (2, 4)
    assert (found.kept_rate_strict.part, found.kept_rate_strict.whole) == (1, 4), "Ana said nothing once"


@in_transaction
def test_on_call_is_kept_by_being_there(tx: Transaction, community: Community) -> None:
    maker, number = promise(tx, community, Plan(Kind.ON_CALL))
    found = figures(tx, community, MARCH).pledges
    assert found is not None and found.by_state == {Kept.NOT_DUE: 1} and found.kept_rate_strict.whole == 0
    said = checking_in.count(tx, maker, number, None, 1)
    found = figures(tx, community, MARCH).pledges
    assert found is not None and found.by_state == {Kept.KEPT: 1}
    checking_in.undo(tx, maker, said)
    found = figures(tx, community, MARCH).pledges
    assert found is not None and found.by_state == {Kept.NOT_DUE: 1}


@in_transaction
def test_by_area_only_reports_are_counted(tx: Transaction, community: Community) -> None:
    submitted(tx, community, person(tx, "Mei"), area="b1")
    found = all_figures.of_period(tx, community, Asked(MARCH, By.CATEGORY, "north"), tx.now)
    assert found is not None and found.reports.total.collected == 1
    assert (found.pledges, found.projects, found.repairs, found.volunteers) == (None, None, None, None)
    assert not {"pledges", "projects", "repairs_asked", "volunteers"} & set(all_values(found))


@in_transaction
def test_who_may_and_what_there_is(tx: Transaction, community: Community) -> None:
    assert all_figures.of_period(tx, community, Asked(MARCH), tx.now) is None
    promise(tx, community)
    with pytest.raises(NotAllowed):
        all_figures.for_staff(tx, community, person(tx, "Mei").id, Asked(MARCH))
    found = all_figures.for_staff(tx, community, person(tx, "Lin", Role.LEAD).id, Asked(MARCH))
    assert found is not None and found.reports.total.collected == 0 and found.reports.a_year_before is None
    values = all_values(found)
    wanted = {"collected": 0, "pledges": 1, "pledgers": 1, "pledges_kept": 0, "projects": 0, "leads": 0}
    assert {name: values[name] for name in wanted} == wanted


@in_transaction
def test_what_was_kept_before_these_fields_is_counted(tx: Transaction, community: Community) -> None:
    """Check-ins without an outcome, a publication without its maker: as they were until 0.2.0."""
    maker, number = promise(tx, community)
    time = time_of(tx, number)
    said = checking_in.answer(tx, maker, number, time, Answer.PARTLY)
    for kind, data in (
        ("pledge.checked_in", f'{{"checkin": {said}, "occurrence": {time}, "answer": "partly", "amount": 0}}'),
        ("pledge.published", '{"wording": 1, "again": false}'),
    ):
        tx.execute("UPDATE events SET data = ? WHERE kind = ?", (data, kind))
    tx.execute("DELETE FROM events WHERE kind = 'pledge.made'")
    tx.emit(PledgePublished(pledge=number, wording=1, again=True))
    found = figures(tx, community, MARCH).pledges
    assert found is not None and found.by_state == {Kept.PARTLY: 1} and found.makers == 1
    tx.execute("INSERT INTO events (at, subject, kind, data) VALUES (?, ?, 'pledge.check_in_undone', ?)",
               ("2026-03-02T02:00:00.000000Z", f"pledge:{number}", f'{{"checkin": {said}}}'))  # fmt: skip
    found = figures(tx, community, MARCH).pledges
    assert found is not None and found.by_state == {Kept.NOT_DUE: 1}
