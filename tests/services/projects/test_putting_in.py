"""Many reports go into a project step by step, and what became of them is said once."""

import json
from datetime import timedelta

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import ReportsMovedAway, ReportsPutIn
from domain.people.rights import NotAllowed, Role
from services.projects import belonging, bundling, putting_in, stages
from services.reports import steering
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.projects import members
from tests.services.projects.bundles import bundled, made, staff
from tests.services.reporting import known, submitted
from tests.support import happened, in_transaction, last_events, person


def many(tx: Transaction, community: Community, count: int) -> list[int]:
    mei = person(tx, "Mei", Role.STAFF)  # staff report as much as they like
    return [submitted(tx, community, mei) for _ in range(count)]


def steps(tx: Transaction, community: Community) -> int:
    """All that is due, each at its time; returns how many steps that were."""
    for step in range(1000):
        tx.now += timedelta(seconds=2)
        rows = scheduled_tasks.claim(tx, [putting_in.KIND], 9)
        if not rows:
            return step
        for row in rows:
            putting_in.run_due(tx, community, row["subject"], json.loads(row["data"]))
            if scheduled_tasks.is_due(tx, row["id"]):
                scheduled_tasks.finished(tx, row["id"])
    raise AssertionError("it never ends")


@in_transaction
def test_a_few_go_in_at_once(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    numbers = many(tx, community, 3)
    assert putting_in.put_in(tx, wei, project.id, [*numbers, numbers[0], 999])
    put = ReportsPutIn(actor=wei.id, project=project.id, added=3, there=0, elsewhere=0, not_fit=0, gone=1)
    last_events(tx, put)
    assert members.count(tx, project.id) == 3


@in_transaction
def test_many_go_in_by_steps_and_one_word_says_what_became_of_all(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    other, project = made(tx, community, wei), made(tx, community, wei, public=True)
    numbers = many(tx, community, 70)
    steering.mark_personal(tx, wei, numbers[5], True)
    bundling.add(tx, wei, project.id, numbers[0])
    for number in (numbers[1], numbers[60]):
        bundling.add(tx, wei, other.id, number)
    assert not putting_in.put_in(tx, wei, project.id, numbers, move=True)
    assert members.count(tx, project.id) == 1, "nothing yet: nobody waits for it"
    assert steps(tx, community) == 4
    last_events(
        tx,
        ReportsMovedAway(actor=wei.id, project=other.id, into=project.id, count=2),
        ReportsPutIn(actor=wei.id, project=project.id, added=68, there=1, elsewhere=0, not_fit=1, gone=0),
    )
    assert happened(tx).count(ReportsPutIn.KIND) == 1
    assert members.count(tx, project.id) == 69 and known(tx, numbers[5]).project is None


@in_transaction
def test_where_it_ends_or_the_role_is_lost_meanwhile_the_rest_stays_out(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    numbers = many(tx, community, 50)
    ended, lost = made(tx, community, wei), made(tx, community, wei)
    putting_in.put_in(tx, wei, ended.id, numbers)
    stages.give_up(tx, wei, ended.id, "No money")
    assert steps(tx, community) == 1
    last_events(tx, ReportsPutIn(actor=wei.id, project=ended.id, added=0, there=0, elsewhere=0, not_fit=0, gone=50))
    putting_in.put_in(tx, wei, lost.id, numbers)
    people.revoke(tx, wei.id, Role.STAFF)
    assert steps(tx, community) == 1 and members.count(tx, lost.id) == 0
    with pytest.raises(NotAllowed):
        putting_in.put_in(tx, people.by_id(tx, wei.id), lost.id, numbers)
    with pytest.raises(WrongState):
        putting_in.put_in(tx, staff(tx), ended.id, numbers)


@in_transaction
def test_it_takes_no_more_than_it_says(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    putting_in.put_in(tx, wei, project.id, range(1, 5000))
    assert steps(tx, community) == putting_in.MOST // putting_in.CHUNK


@in_transaction
def test_each_person_is_told_once_and_again_only_after_they_were_out_of_it(
    tx: Transaction, community: Community
) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    one, other = bundled(tx, community, wei, project, "Mei", "Bo")
    first, second = (known(tx, number).person for number in (one, other))
    assert belonging.tell_next(tx, project.id, 1) == [(first, one)]
    assert belonging.tell_next(tx, project.id, 9) == [(second, other)]
    assert belonging.tell_next(tx, project.id, 9) == []
    assert not belonging.has_gone(tx, project.id, first), "a report of theirs is still in it"
    bundling.take_out(tx, wei, one)
    assert belonging.has_gone(tx, project.id, first) and not belonging.has_gone(tx, project.id, first)
    bundling.add(tx, wei, project.id, one)
    assert belonging.tell_next(tx, project.id, 9) == [(first, one)]
