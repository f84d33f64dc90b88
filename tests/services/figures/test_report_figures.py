"""Figures of reports over periods: what is past never changes, and another way comes to the same."""

from dataclasses import astuple
from datetime import date, timedelta
from random import Random

import pytest

from domain.community import Community
from domain.events import ReportOverdue
from domain.figures.periods import Length, Period, containing
from domain.figures.rates import Times
from domain.figures.report_history import Channel, Outcome, Way
from domain.figures.report_measures import ReportMeasures
from domain.people.rights import NotAllowed
from services.core.errors import NotFound
from services.figures import report_figures
from services.figures.report_figures import Asked, By, ReportFigures
from services.reports import completing, deciding, submitting, working
from services.reports.submitting import NewReport
from storage.core.database import Transaction
from storage.figures import exported
from storage.reports import reports, supports
from tests.services.figures.by_hand import by_hand
from tests.services.figures.random_neighbourhood import Neighbourhood
from tests.services.reporting import passes, submitted, words
from tests.support import MONDAY, in_transaction, person

MARCH = containing(MONDAY.date(), Length.MONTH)


def figures(tx: Transaction, community: Community, asked: Asked) -> ReportFigures:
    found = report_figures.of_reports(tx, community, asked, tx.now)
    assert found is not None
    return found


def some_periods(random: Random, now: date, count: int) -> list[Asked]:
    """Periods that are over: of the calendar, and from one day to another; by all there is, anywhere."""
    found: list[Asked] = []
    while len(found) < count:
        first = now - timedelta(days=random.randint(1, 120))
        if random.random() < 0.5:
            period = containing(first, random.choice(tuple(Length)))
        else:
            period = Period(first, first + timedelta(days=random.randint(1, 60)))
        if period.after <= now:
            area, category = random.choice((None, None, "b1", "market")), random.choice((None, None, "lifts"))
            found.append(Asked(period, random.choice(tuple(By)), area, category))
    return found


@pytest.mark.parametrize("seed", range(4))
@in_transaction
def test_a_period_that_is_over_never_changes(tx: Transaction, community: Community, seed: int) -> None:
    """1,000 periods, looked at again after much more has happened to the same reports."""
    there = Neighbourhood(tx, community, seed)
    there.lives(250)
    periods = some_periods(Random(seed), tx.now.astimezone(community.zone).date(), 250)
    before = [report_figures.of_reports(tx, community, each, tx.now) for each in periods]
    there.lives(250)
    changed = [
        each
        for each, then in zip(periods, before, strict=True)
        if report_figures.of_reports(tx, community, each, tx.now) != then
    ]
    assert changed == [], f"{len(changed)} of {len(periods)} changed"
    assert any(each is not None and each.total.resolutions for each in before), "something was counted"


@pytest.mark.parametrize("seed", range(4))
@in_transaction
def test_as_many_stand_behind_a_report_by_its_events_as_by_its_rows(
    tx: Transaction, community: Community, seed: int
) -> None:
    there = Neighbourhood(tx, community, seed)
    there.lives(300)
    histories = exported.histories(tx, there.numbers)
    by_events = {each: histories[each].behind for each in there.numbers}
    alone = {each for each in there.numbers if reports.existing(tx, each).merged_into is None}
    rows = {each: supports.behind(tx, each) for each in alone}
    assert {each: by_events[each] for each in alone} == rows
    assert max(rows.values()) > 1 and len(alone) < len(there.numbers), "some joined, and some are part of others"


@pytest.mark.parametrize("seed", range(4))
@in_transaction
def test_another_way_comes_to_the_same_and_all_adds_up(tx: Transaction, community: Community, seed: int) -> None:
    Neighbourhood(tx, community, seed).lives(400)
    for asked in some_periods(Random(seed), tx.now.astimezone(community.zone).date(), 60):
        found = figures(tx, community, Asked(asked.period, By.CATEGORY))
        total, other = found.total, by_hand(tx, community, found.span)
        assert {
            "collected": total.collected, "by_channel": total.by_channel, "handled": total.handled,
            "pressing": total.pressing, "urgent_solved": total.urgent_solved,
            "declined_first": total.handled_by[Way.DECLINED], "taken_back": total.taken_back,
            "answered": total.answered, "outcomes": sorted(total.outcomes.elements()), "declined": total.declined,
            "passed_on": total.passed_on, "reopened": total.reopened, "overdue": total.overdue,
            "objections": total.objections, "recurring": total.recurring, "to_answer": astuple(total.first_answer),
            "by_category": {code: each.collected for code, each in found.groups.items() if each.collected},
        } == other  # fmt: skip
        for each in (total, *found.groups.values()):
            adds_up(each)
        assert sum(each.collected for each in found.groups.values()) == total.collected
        assert sum(each.resolutions for each in found.groups.values()) == total.resolutions


def adds_up(one: ReportMeasures) -> None:
    outcomes = one.outcomes
    assert (
        outcomes[Outcome.CONFIRMED] + outcomes[Outcome.DISPUTED] + outcomes[Outcome.SILENT]
        + outcomes[Outcome.NOT_REACHABLE] + outcomes[Outcome.WITHDRAWN] + outcomes[Outcome.ASKED]
    ) == one.resolutions  # fmt: skip
    assert one.collected == one.handled + one.taken_back + one.waiting and one.waiting >= 0
    assert sum(one.by_channel.values()) == one.collected and sum(one.handled_by.values()) == one.handled
    assert one.answered_in_time + one.answered_late <= one.answered
    for rate in (
        one.handled_rate, one.in_time_rate, one.in_time_rate_strict, one.answered_rate, one.answered_rate_strict,
        one.resolved_rate, one.resolved_rate_strict, one.content_rate, one.content_rate_strict,
    ):  # fmt: skip
        assert 0 <= rate.part <= rate.whole
    assert one.resolved_rate.whole <= one.resolved_rate_strict.whole


@in_transaction
def test_a_correction_counts_on_its_own_day(tx: Transaction, community: Community) -> None:
    """In March it was lighting and fixed; in April it is found to be a lift, and not fixed."""
    mei, lead = person(tx, "Mei"), Neighbourhood(tx, community, 0).lead
    number = submitted(tx, community, mei, category="lighting", area="b1")
    working.resolve(tx, community, lead, number, words("New lamp"))
    deciding.decide(tx, community, mei, number, 1, fixed=True)
    passes(tx, community, days=29, hours=20)
    march = figures(tx, community, Asked(MARCH, By.CATEGORY))
    deciding.decide(tx, community, mei, number, 1, fixed=False)
    completing.complete(tx, community, lead, number, category="lifts")
    assert figures(tx, community, Asked(MARCH, By.CATEGORY)) == march
    assert list(march.groups) == ["lighting"] and march.total.outcomes == {Outcome.CONFIRMED: 1}
    passes(tx, community, days=40)
    april = figures(tx, community, Asked(MARCH.one_after(), By.CATEGORY))
    assert (april.total.collected, april.total.reopened) == (0, 1) and "lifts" in april.groups


@in_transaction
def test_silence_is_told_from_nobody_who_could_be_asked(tx: Transaction, community: Community) -> None:
    lead = Neighbourhood(tx, community, 0).lead
    for who in (person(tx, "Mei"), person(tx, "Bo"), person(tx, "Gone", started=False)):
        number = submitted(tx, community, who)
        working.resolve(tx, community, lead, number, words("Done"))
    passes(tx, community, days=12)
    total = figures(tx, community, Asked(MARCH)).total
    assert total.outcomes == {Outcome.SILENT: 2, Outcome.NOT_REACHABLE: 1}
    assert (total.resolved_rate.whole, total.resolved_rate_strict.whole) == (0, 3)


@in_transaction
def test_in_time_is_before_the_deadline_of_then(tx: Transaction, community: Community) -> None:
    lead = Neighbourhood(tx, community, 0).lead
    quick = submitted(tx, community, person(tx, "Mei"), category="lifts")
    late = submitted(tx, community, person(tx, "Bo"), category="lifts")
    submitted(tx, community, person(tx, "Ana"), category="lifts")  # never answered
    submitted(tx, community, person(tx, "Kai"))  # of no kind: nothing was promised
    working.resolve(tx, community, lead, quick, words("Done"))
    passes(tx, community, days=20)
    working.resolve(tx, community, lead, late, words("Done"))
    total = figures(tx, community, Asked(MARCH)).total
    assert (total.answered, total.answered_in_time, total.answered_late, total.unanswered_late) == (2, 1, 1, 1)
    assert (total.with_deadline, total.overdue) == (3, 2)
    assert total.first_answer == Times(2, 0, 20 * 86400)
    assert total.first_answer_working.ninetieth is not None and total.first_answer_working.ninetieth < 20 * 86400


@in_transaction
def test_by_lead_it_is_counted_for_each_who_leads(tx: Transaction, community: Community) -> None:
    there = Neighbourhood(tx, community, 3)
    there.lives(200)
    found = figures(tx, community, Asked(Period(date(2026, 3, 1), tx.now.date()), By.LEAD))
    assert {str(there.lead.id), str(there.staff.id)} <= set(found.groups)
    by_one = found.groups[str(there.lead.id)]
    assert by_one == found.groups[str(there.staff.id)] and by_one.collected > 0


@in_transaction
def test_the_same_a_year_before(tx: Transaction, community: Community) -> None:
    """Of a month that is not over, as much as is over now."""
    mei = person(tx, "Mei")
    for _ in range(3):
        submitting.submit(tx, community, mei, NewReport(words()))
    tx.now += timedelta(days=20)
    submitting.submit(tx, community, mei, NewReport(words()))
    tx.now = MONDAY.replace(year=2027) + timedelta(days=1)
    submitting.submit(tx, community, mei, NewReport(words()))
    found = figures(tx, community, Asked(containing(tx.now.date(), Length.MONTH)))
    assert found.span.goes_on and found.a_year_before is not None
    assert (found.total.collected, found.a_year_before.collected) == (1, 3)
    assert figures(tx, community, Asked(MARCH)).a_year_before is None, "nothing had been reported by then"


@in_transaction
def test_who_may_and_what_there_is(tx: Transaction, community: Community) -> None:
    asked = Asked(MARCH)
    assert report_figures.of_reports(tx, community, asked, tx.now) is None
    submitted(tx, community, person(tx, "Mei"))
    with pytest.raises(NotAllowed):
        report_figures.for_staff(tx, community, person(tx, "Bo"), asked)
    with pytest.raises(NotFound):
        report_figures.of_reports(tx, community, Asked(MARCH, area="moon"), tx.now)
    ahead = figures(tx, community, Asked(containing(date(2027, 1, 1), Length.YEAR)))
    assert ahead.total == ReportMeasures() and ahead.span.begins == ahead.span.ends


@in_transaction
def test_what_was_kept_before_these_fields_is_counted(tx: Transaction, community: Community) -> None:
    """Of no category and area, by chat; its silence counts as silence."""
    number = submitted(tx, community, person(tx, "Mei"), category="lifts", area="b1")
    tx.execute("UPDATE events SET data = '{\"danger\": null}' WHERE subject = ?", (f"report:{number}",))
    tx.emit(ReportOverdue(report=number, due_at="2026-03-02T03:00:00.000000Z"))
    tx.now += timedelta(days=1)
    found = figures(tx, community, Asked(MARCH, By.AREA))
    assert list(found.groups) == [report_figures.NOT_GIVEN] and found.total.by_channel == {Channel.CHAT: 1}
    assert found.total.unanswered_late == 1
