"""Those whose report it is have it taken off at once; it stays off while one of them minds."""

import pytest

from domain.community import Community
from domain.events import ReportObjectionToPage, ReportTakenOff
from domain.people.rights import NotAllowed
from services.core.errors import AlreadyDone
from services.public_reports import objecting, releasing
from services.public_reports.access import ObjectedTo
from services.reports import merging, taking_back
from storage.core import taken_away
from storage.core.database import Transaction
from storage.operations.take_away_again import Again
from storage.reports import supports
from tests.services.public_reports.released import TITLE, listed, release, released, staff
from tests.services.reporting import submitted
from tests.support import in_transaction, last_events, person


@in_transaction
def test_it_goes_at_once_and_stays_off_until_they_change_their_mind(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number = released(tx, community, wei, ann)
    objecting.object_to(tx, ann, number)
    last_events(
        tx,
        ReportObjectionToPage(actor=ann.id, report=number),
        ReportTakenOff(actor=ann.id, report=number, why="objected"),
    )
    assert listed(tx) == []
    with pytest.raises(AlreadyDone):
        objecting.object_to(tx, ann, number)
    with pytest.raises(ObjectedTo):
        releasing.write(tx, community, wei, number, TITLE)
    objecting.allow(tx, ann, number)
    assert listed(tx) == [], "staff decide anew"
    release(tx, community, wei, number)
    assert listed(tx) == [number]


@in_transaction
def test_all_who_spoke_may_and_nobody_else(tx: Transaction, community: Community) -> None:
    wei, ann, bea, cem = staff(tx), person(tx, "Ann"), person(tx, "Bea"), person(tx, "Cem")
    number = released(tx, community, wei, ann)
    supports.add(tx, number, bea.id)
    for nobody in (cem, wei):
        with pytest.raises(NotAllowed):
            objecting.object_to(tx, nobody, number)
    objecting.object_to(tx, ann, number)
    objecting.object_to(tx, bea, number)
    objecting.allow(tx, ann, number)
    with pytest.raises(ObjectedTo):
        releasing.write(tx, community, wei, number, TITLE)
    objecting.allow(tx, bea, number)
    release(tx, community, wei, number)


@in_transaction
def test_what_is_part_of_it_counts(tx: Transaction, community: Community) -> None:
    wei, ann, bea = staff(tx), person(tx, "Ann"), person(tx, "Bea")
    number, part = released(tx, community, wei, ann), submitted(tx, community, bea, "So dark here")
    merging.merge(tx, community, wei, part, number)
    objecting.object_to(tx, bea, part)
    assert listed(tx) == []
    with pytest.raises(ObjectedTo):
        releasing.write(tx, community, wei, number, TITLE)


@in_transaction
def test_a_report_that_is_not_released_can_be_objected_to_beforehand(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number = submitted(tx, community, ann)
    title = releasing.write(tx, community, wei, number, TITLE)
    objecting.object_to(tx, ann, number)
    last_events(tx, ReportObjectionToPage(actor=ann.id, report=number))
    with pytest.raises(ObjectedTo):
        releasing.release(tx, community, wei, number, title.id)


@in_transaction
def test_who_leaves_it_minds_no_more(tx: Transaction, community: Community, notices: None) -> None:
    wei, ann, bea = staff(tx), person(tx, "Ann"), person(tx, "Bea")
    number = submitted(tx, community, ann)
    supports.add(tx, number, bea.id)
    objecting.object_to(tx, bea, number)
    taking_back.take_back(tx, bea, number)
    tx.publish()
    release(tx, community, wei, number)
    assert listed(tx) == [number]


@in_transaction
def test_it_stands_after_a_restore(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number = released(tx, community, wei, ann)
    objecting.object_to(tx, ann, number)
    lines = taken_away.waiting(tx)
    tx.execute("DELETE FROM public_report_objections")
    release(tx, community, wei, number)
    tx.execute("DELETE FROM taken_away")
    tx.execute("DELETE FROM sqlite_sequence WHERE name = 'taken_away'")
    Again(tx).take(lines)
    assert listed(tx) == []
    with pytest.raises(ObjectedTo):
        releasing.write(tx, community, wei, number, TITLE)
