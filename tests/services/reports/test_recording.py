"""Reports of people without Telegram, as staff write them down, and ringing them back."""

from datetime import timedelta

import pytest

from domain.community import Community
from domain.events import ReportRecorded, ReportRungBack, ReportSubmitted
from domain.people.rights import NotAllowed, Role
from services.core.errors import NotFound
from services.reports import recording, saying_more
from services.reports.submitting import NewReport
from storage.core import blocks
from storage.core.blocks import Blocked
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people import people
from storage.people.people import Person
from tests.services.reporting import known, submitted, texts, words
from tests.support import happened, in_transaction, last_events, person


def recorded(
    tx: Transaction, community: Community, wei: Person, name: str = "Old Chen", phone: str | None = "555"
) -> int:
    return recording.record(tx, community, wei, name, phone, NewReport(words("My tap drips"), "water"))


@in_transaction
def test_only_staff_write_down_and_ring_back(tx: Transaction, community: Community) -> None:
    number = recorded(tx, community, person(tx, "Wei", Role.STAFF))
    chen, before = known(tx, number).person, len(happened(tx))
    for who in (person(tx, "Mei"), person(tx, "Rong", Role.REPRESENTATIVE, Role.VOLUNTEER, Role.PLEDGER)):
        with pytest.raises(NotAllowed):
            recorded(tx, community, who)
        with pytest.raises(NotAllowed):
            recording.rang(tx, who, number, chen, reached=True)
    assert len(happened(tx)) == before and len(tx.query("SELECT 1 FROM people WHERE telegram_id IS NULL")) == 1


@pytest.mark.parametrize("phone", ["555", None])
@in_transaction
def test_it_is_the_report_of_who_spoke_and_says_who_wrote_it(
    tx: Transaction, community: Community, phone: str | None
) -> None:
    wei = person(tx, "Wei", Role.STAFF, language="zh_Hans")
    number = recorded(tx, community, wei, phone=phone)
    report = known(tx, number)
    chen = people.by_id(tx, report.person)
    assert (chen.name, chen.telegram_id, chen.language) == ("Old Chen", None, "zh_Hans")
    assert people.phone(tx, chen.id) == phone
    assert (report.recorded_by, report.category, texts(tx, number, "report")) == (wei.id, "water", ["My tap drips"])
    last_events(
        tx,
        ReportSubmitted(
            actor=chen.id,
            report=number,
            channel="recorded",
            category="water",
            department="works",
            due_at=report.due_at and to_text(report.due_at),
        ),
        ReportRecorded(actor=wei.id, report=number, may_ring=phone is not None),
    )


@in_transaction
def test_the_same_name_and_number_is_the_same_person(tx: Transaction, community: Community) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    first, same, other = (
        known(tx, recorded(tx, community, wei, name, phone)).person
        for name, phone in (("Old Chen", "555"), ("Old Chen", "555"), ("Old Chen", "556"))
    )
    assert first == same != other
    nameless = [known(tx, recorded(tx, community, wei, phone=None)).person for _ in range(2)]
    assert len({first, other, *nameless}) == 4, "without a number nobody knows whether it is the same one"


@in_transaction
def test_a_very_long_name_is_cut(tx: Transaction, community: Community) -> None:
    number = recorded(tx, community, person(tx, "Wei", Role.STAFF), "x" * 500)
    assert len(people.by_id(tx, known(tx, number).person).name) <= recording.NAME_LENGTH


@in_transaction
def test_nothing_is_kept_for_somebody_who_is_blocked_but_danger_is(tx: Transaction, community: Community) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    chen = known(tx, recorded(tx, community, wei)).person
    blocks.put(tx, chen, wei.id, "Nonsense", tx.now + timedelta(days=7))
    with pytest.raises(Blocked):
        recorded(tx, community, wei)
    number = recording.record(tx, community, wei, "Old Chen", "555", NewReport(words("fire"), danger="fire"))
    assert known(tx, number).danger == "fire"


@pytest.mark.parametrize("reached", [True, False])
@in_transaction
def test_that_they_were_rung_is_on_record(tx: Transaction, community: Community, reached: bool) -> None:
    wei, li = person(tx, "Wei", Role.STAFF), person(tx, "Li", Role.STAFF)
    number = recorded(tx, community, wei)
    recording.rang(tx, li, number, known(tx, number).person, reached=reached)
    last_events(tx, ReportRungBack(actor=li.id, report=number, reached=reached))


@in_transaction
def test_nobody_is_rung_who_has_telegram_or_has_nothing_to_do_with_it(tx: Transaction, community: Community) -> None:
    wei, mei = person(tx, "Wei", Role.STAFF), person(tx, "Mei")
    number, of_mei = recorded(tx, community, wei), submitted(tx, community, mei)
    chen = known(tx, number).person
    for told in (mei.id, 999):
        with pytest.raises(NotAllowed):
            recording.rang(tx, wei, of_mei, told, reached=True)
    for about in (of_mei, 999):
        with pytest.raises(NotFound):
            recording.rang(tx, wei, about, chen, reached=True)
    assert ReportRungBack.KIND not in happened(tx)


@in_transaction
def test_who_wrote_it_down_says_more_for_them_and_a_colleague_does_not(tx: Transaction, community: Community) -> None:
    wei, li = person(tx, "Wei", Role.STAFF), person(tx, "Li", Role.STAFF)
    number = recorded(tx, community, wei)
    saying_more.add(tx, community, wei, number, words("In the kitchen"))
    (said,) = tx.query("SELECT person FROM report_parts WHERE text = 'In the kitchen'")
    assert said["person"] == known(tx, number).person, "the words are theirs"
    with pytest.raises(NotAllowed):
        saying_more.add(tx, community, li, number, words("In the bath"))
    people.revoke(tx, wei.id, Role.STAFF)
    with pytest.raises(NotAllowed):
        saying_more.add(tx, community, people.by_id(tx, wei.id), number, words("In the bath"))
