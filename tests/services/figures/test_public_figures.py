"""Public figures: decided once for each period that is over, and of no small number may anybody be sure."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pytest

from domain.community import Community
from domain.figures.closed_periods import closing, name, named, parts
from domain.figures.disclosure import FEWEST
from domain.figures.public_tables import ALL, AREA, OWN, UNSHOWN, WORDS
from services.figures import public_figures as service
from services.figures.report_figures import Asked, of_reports
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.figures import public_figures
from tests.services.figures.random_neighbourhood import Neighbourhood
from tests.services.reporting import passes, submitted
from tests.support import in_transaction, person

MONTHS = {named(f"2026-{month:02}") for month in range(1, 13)}


def publish_all(tx: Transaction, community: Community) -> list[str]:
    """Everything that is due, as the worker does; the names of what was published."""
    found = []
    while periods := service.due(tx, community, tx.now):
        service.publish(tx, periods, service.counted(tx, community, periods))
        found += [name(each) for each in periods]
    return found


@in_transaction
def test_only_what_is_over_is_published_the_month_before_its_quarter(tx: Transaction, community: Community) -> None:
    assert service.due(tx, community, tx.now) == (), "nothing was reported yet"
    submitted(tx, community, person(tx, "Mei"))  # on 2 March
    assert service.due(tx, community, tx.now) == ()
    passes(tx, community, hours=24 * 28)
    assert publish_all(tx, community) == [], "30 March"
    passes(tx, community, hours=48)
    assert publish_all(tx, community) == ["2026-03", "2026-Q1"]
    assert publish_all(tx, community) == [], "once"
    passes(tx, community, hours=24 * 31 * 2)
    assert publish_all(tx, community) == ["2026-04", "2026-05"]
    assert public_figures.names(tx) == ["2026-03", "2026-Q1", "2026-04", "2026-05"]


@pytest.mark.parametrize("seed", range(3))
@in_transaction
def test_what_was_published_stays_and_nothing_small_is_shown(tx: Transaction, community: Community, seed: int) -> None:
    there = Neighbourhood(tx, community, seed)
    there.lives(300)
    first = publish_all(tx, community)
    kept = {each: public_figures.of(tx, each) for each in first}
    there.lives(200)
    later = publish_all(tx, community)
    assert first and later
    for each in first:
        before, after = kept[each], public_figures.of(tx, each)
        assert before is not None and after is not None and before.counts == after.counts
        more = {what for _, what in after.shown - before.shown}
        assert before.shown <= after.shown and (not more or (named(each) in MONTHS and more <= WORDS)), each
    for each in (*first, *later):
        table = public_figures.of(tx, each)
        assert table is not None
        assert all(table.counts[of] == 0 or table.counts[of] >= FEWEST for of in table.shown), each
        assert not any(what in UNSHOWN or of.startswith(OWN) for of, what in table.shown)
        period = named(each)
        assert period is not None
        figures = of_reports(tx, community, Asked(period), tx.now)
        assert figures is not None and figures.total.collected == table.counts[ALL, "collected"]
        assert figures.total.handled == table.counts[ALL, "handled"]


@in_transaction
def test_areas_count_with_what_is_in_them_and_what_is_unknown_is_not_given(
    tx: Transaction, community: Community
) -> None:
    Neighbourhood(tx, community, 5).lives(300)
    passes(tx, community, hours=24 * 40)
    publish_all(tx, community)
    table, month = public_figures.of(tx, "2026-Q1"), public_figures.of(tx, "2026-03")
    assert table is not None and month is not None
    assert {of for of, _ in month.counts} == {ALL}, "a month has no groups"
    tops = [code for code, inside in table.areas.items() if not inside]
    of_all = sum(table.counts[f"{AREA}{code}", "collected"] for code in tops) + table.counts[AREA, "collected"]
    assert of_all == table.counts[ALL, "collected"] > 0
    for top in tops:
        children = [code for code, inside in table.areas.items() if inside == top]
        if children:
            inside = sum(table.counts[f"{AREA}{code}", "collected"] for code in children)
            assert inside + table.counts[f"{OWN}{top}", "collected"] == table.counts[f"{AREA}{top}", "collected"]


def _is_whole(month: str, there: Collection[str]) -> bool:
    """Whether the quarter of a month has been published."""
    return len(month) == len("2026-01") and f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}" in there


@in_transaction
def test_another_community_file_changes_nothing_that_was_published(tx: Transaction, community: Community) -> None:
    Neighbourhood(tx, community, 6).lives(300)
    passes(tx, community, hours=24 * 92)
    there = publish_all(tx, community)
    # What residents said in a month comes with its quarter: of the others nothing is left to be decided.
    whole = [
        each for each in there if each.endswith(tuple(f"Q{number}" for number in range(1, 5))) or _is_whole(each, there)
    ]
    before = {each: public_figures.of(tx, each) for each in whole}
    fewer = replace(community, areas=community.areas[1:], categories=community.categories[1:])
    passes(tx, fewer, hours=24 * 100)
    assert publish_all(tx, fewer), "and the next ones are decided all the same"
    assert {each: public_figures.of(tx, each) for each in before} == before


@in_transaction
def test_it_is_planned_for_the_night_after_the_month(tx: Transaction, community: Community) -> None:
    service.plan(tx, community)
    planned = scheduled_tasks.planned(tx, service.KIND)
    assert planned is not None and planned.astimezone(community.zone).isoformat() == "2026-04-01T00:20:00+08:00"
    submitted(tx, community, person(tx, "Mei"))
    passes(tx, community, hours=24 * 60)
    service.plan_next(tx, community)
    assert scheduled_tasks.planned(tx, service.KIND) == tx.now, "what is late is done now"


def test_periods_have_names_and_parts() -> None:
    for words in ("2026", "2026-Q4", "2026-10"):
        period = named(words)
        assert period is not None and name(period) == words
    assert [named(words) for words in ("2026-13", "2026-Q5", "26", "2026-1", "２０２６", "1026", "", "2026-Q")] == [
        None
    ] * 8
    year = named("2026")
    assert year is not None and [name(each) for each in parts(year)] == [f"2026-Q{each}" for each in range(1, 5)]
    assert [name(each) for each in parts(parts(year)[3])] == ["2026-10", "2026-11", "2026-12"]
    ended = [[name(each) for each in periods] for periods in closing(date(2025, 11, 15), date(2026, 3, 31))]
    assert ended == [["2025-11"], ["2025-12", "2025-Q4", "2025"], ["2026-01"], ["2026-02"]]
