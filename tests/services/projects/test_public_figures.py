"""What a public page says of how many people: counted once a day, of what each said last."""

from datetime import datetime

import pytest

from domain.community import Community
from domain.events import ProjectChanged, ReportBundled
from domain.projects.disclosure import Answers, Published
from services.projects import making, public_figures
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import figures
from storage.reports import supports, verdicts
from tests.services.projects.bundles import bundled, made, staff
from tests.support import in_transaction, person

NAMES = [f"N{number}" for number in range(12)]


def planned(tx: Transaction, project: int) -> datetime | None:
    """When it is to be counted."""
    return scheduled_tasks.planned(tx, f"{public_figures.KIND}:{project}")


def counted(tx: Transaction, community: Community, project: int) -> Published:
    """It is counted now; what the page says then."""
    public_figures.run_due(tx, community, f"project:{project}", {})
    found = figures.published(tx, project)
    assert found is not None and found.counted_at == tx.now
    return found.said


def say(tx: Transaction, report: int, who: Person | int, answer: str, round_: int = 1) -> None:
    """Somebody says whether it is fixed."""
    verdicts.answer(tx, report, round_, who if isinstance(who, int) else who.id, answer)


@in_transaction
def test_people_are_counted_once_each_with_those_who_joined(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei, public=True)
    assert counted(tx, community, project.id) == Published(None)
    reports = bundled(tx, community, wei, project, "Ann", "Bo", "Cai", "Dan")
    assert counted(tx, community, project.id) == Published(0), "a few"
    supports.add(tx, reports[0], person(tx, "Eve").id)
    assert counted(tx, community, project.id) == Published(5)
    assert figures.people(tx, project.id) == 5


@in_transaction
def test_it_is_counted_at_once_and_then_after_midnight(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    public_figures.plan(tx, community, ProjectChanged(actor=wei.id, project=project.id, columns=("goal",)))
    assert planned(tx, project.id) is None, "nobody reads of it"
    making.show(tx, wei, project.id, True)
    event = ProjectChanged(actor=wei.id, project=project.id, columns=("public",))
    public_figures.plan(tx, community, event)
    assert planned(tx, project.id) == tx.now
    counted(tx, community, project.id)
    night = planned(tx, project.id)
    assert night is not None and night.astimezone(community.zone).strftime("%d %H:%M") == "03 00:05"
    (report,) = bundled(tx, community, wei, project, "Ann")
    public_figures.plan(tx, community, ReportBundled(actor=wei.id, report=report, project=project.id))
    assert planned(tx, project.id) == night, "who comes today is counted in the night"


@in_transaction
def test_hiding_and_showing_it_again_does_not_count_sooner(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei, public=True)
    counted(tx, community, project.id)
    scheduled_tasks.cancel(tx, f"project:{project.id}", public_figures.KIND)
    making.show(tx, wei, project.id, False)
    making.show(tx, wei, project.id, True)
    public_figures.plan(tx, community, ProjectChanged(actor=wei.id, project=project.id, columns=("public",)))
    at = planned(tx, project.id)
    assert at is not None and at > tx.now


@in_transaction
def test_what_is_not_public_is_not_counted(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    public_figures.run_due(tx, community, f"project:{project.id}", {})
    public_figures.run_due(tx, community, "project:999", {})
    assert figures.published(tx, project.id) is None and planned(tx, project.id) is None


@in_transaction
def test_what_each_person_said_last_counts(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei, public=True)
    reports = bundled(tx, community, wei, project, *NAMES)
    people = {report: verdict for report in reports for verdict in supports.concerned(tx, report)}
    for report in reports[:6]:
        say(tx, report, people[report], "yes")
    for report in reports[6:11]:
        say(tx, report, people[report], "no")
    assert figures.answers(tx, project.id) == Answers(6, 5)
    said = counted(tx, community, project.id)
    assert said == Published(10, Answers(6, 5))
    say(tx, reports[6], people[reports[6]], "yes", 2)
    assert figures.answers(tx, project.id) == Answers(7, 4), "in the next round it is fixed for them"
    assert counted(tx, community, project.id) == Published(10, some=True)
    say(tx, reports[0], people[reports[6]], "no")
    assert figures.answers(tx, project.id) == Answers(6, 5), "who says of one of two that it is not says so"
    assert counted(tx, community, project.id) == said, "as was published before"


@in_transaction
def test_answers_from_before_the_project_count_for_nothing(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei, public=True)
    (report,) = bundled(tx, community, wei, project, "Ann")
    say(tx, report, supports.concerned(tx, report)[0], "no")
    assert figures.answers(tx, project.id) == Answers(0, 1)
    tx.execute("UPDATE verdicts SET answered_at = '2020-01-01T00:00:00.000000Z'")
    assert figures.answers(tx, project.id) == Answers(0, 0)


@pytest.mark.parametrize("length", [59, 61])
@in_transaction
def test_some_time_after_the_end_the_numbers_stay(tx: Transaction, community: Community, length: int) -> None:
    wei = staff(tx)
    project = made(tx, community, wei, public=True)
    tx.execute("UPDATE projects SET ended_at = moved_at WHERE id = ?", (project.id,))
    tx.now += public_figures.AFTER_THE_END * length / 60
    counted(tx, community, project.id)
    assert (planned(tx, project.id) is not None) == (length < 60)
