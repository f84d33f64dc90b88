"""Staff write a title, release it, change it and take it off; what may never be released is refused."""

import pytest

from domain.community import Community, ReportsShown
from domain.core.state_machine import WrongState
from domain.events import ReportPublicTitleChanged, ReportReleased, ReportTakenOff
from domain.people.rights import NotAllowed, Role
from domain.public_reports.titles import Wrong, WrongTitle
from domain.reports.reports import State
from services.core.errors import AlreadyDone, NotFound
from services.public_reports import releasing
from services.public_reports.access import NotForEverybody, PageIsOff
from services.reports import steering
from storage.core.database import Transaction
from storage.public_reports import entries, titles
from tests.services.public_reports.released import TITLE, listed, release, released, staff, without
from tests.services.reporting import known, stands, submitted
from tests.support import happened, in_transaction, last_events, person


@in_transaction
def test_a_title_is_seen_only_once_it_is_released(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number = submitted(tx, community, ann)
    before = len(happened(tx))
    title = releasing.write(tx, community, wei, number, TITLE)
    assert len(happened(tx)) == before and known(tx, number).public_title is None and listed(tx) == []
    releasing.release(tx, community, wei, number, title.id)
    last_events(tx, ReportReleased(actor=wei.id, report=number, wording=title.id))
    assert known(tx, number).public_title == title.id and listed(tx) == [number]
    with pytest.raises(AlreadyDone):
        releasing.release(tx, community, wei, number, title.id)


@in_transaction
def test_another_title_takes_its_place_when_it_is_released(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number = released(tx, community, wei, ann)
    first, code = known(tx, number).public_title, entries.code_of(tx, number)
    other = releasing.write(tx, community, wei, number, "The lamp at the north gate\n北门的路灯")
    assert known(tx, number).public_title == first, "nobody else has read the new one"
    releasing.release(tx, community, wei, number, other.id)
    assert first is not None
    last_events(tx, ReportPublicTitleChanged(actor=wei.id, report=number, wording=other.id, before=first))
    shown = titles.by_id(tx, other.id)
    assert shown is not None and (shown.in_("en"), shown.in_("zh_Hans")) == ("The lamp at the north gate", "北门的路灯")
    assert entries.code_of(tx, number) == code, "its address stays"


@in_transaction
def test_it_is_taken_off_and_released_anew_at_the_same_address(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number = released(tx, community, wei, ann)
    code = entries.code_of(tx, number)
    assert code is not None and entries.by_code(tx, code) is not None
    releasing.take_off(tx, wei, number)
    last_events(tx, ReportTakenOff(actor=wei.id, report=number, why="staff"))
    assert listed(tx) == [] and entries.by_code(tx, code) is None
    with pytest.raises(AlreadyDone):
        releasing.take_off(tx, wei, number)
    release(tx, community, wei, number)
    assert listed(tx) == [number] and entries.code_of(tx, number) == code


@in_transaction
def test_its_address_tells_nothing_of_its_number(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    codes = [entries.code_of(tx, released(tx, community, wei, ann)) for _ in range(20)]
    assert len(set(codes)) == 20
    assert all(code is not None and len(code) == 8 and code.isalnum() for code in codes)
    assert codes != sorted(codes, key=str), "they are not counted"


@in_transaction
def test_only_staff_release(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number = released(tx, community, wei, ann)
    title = known(tx, number).public_title
    assert title is not None
    for role in (None, Role.VOLUNTEER, Role.PLEDGER, Role.REPRESENTATIVE):
        other = person(tx, "Kim", *([role] if role else []))
        with pytest.raises(NotAllowed):
            releasing.write(tx, community, other, number, "Another title of it")
        with pytest.raises(NotAllowed):
            releasing.release(tx, community, other, number, title)
        with pytest.raises(NotAllowed):
            releasing.take_off(tx, other, number)


@in_transaction
def test_a_title_is_of_one_report_alone(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number, other = (submitted(tx, community, ann) for _ in range(2))
    title = releasing.write(tx, community, wei, number, TITLE)
    with pytest.raises(NotFound):
        releasing.release(tx, community, wei, other, title.id)
    with pytest.raises(NotFound):
        releasing.release(tx, community, wei, number, 9999)


@in_transaction
def test_what_is_never_released(tx: Transaction, community: Community) -> None:
    """About a person by its mark or by its kind, of danger, taken back, or where the community shows nothing."""
    wei, ann = staff(tx), person(tx, "Ann")

    def refused(number: int, error: type[Exception], shows: Community = community) -> None:
        with pytest.raises(error):
            releasing.write(tx, shows, wei, number, TITLE)

    marked = submitted(tx, community, ann)
    title = releasing.write(tx, community, wei, marked, TITLE)
    steering.mark_personal(tx, wei, marked, True)
    refused(marked, NotForEverybody)
    with pytest.raises(NotForEverybody):
        releasing.release(tx, community, wei, marked, title.id)
    refused(submitted(tx, community, ann, category="noise"), NotForEverybody)
    refused(submitted(tx, community, ann, "Fire in the kitchen", danger="fire"), NotForEverybody)
    for state in (State.WITHDRAWN, State.MERGED):
        number = submitted(tx, community, ann)
        stands(tx, number, state)
        refused(number, WrongState)
    number = submitted(tx, community, ann)
    refused(number, PageIsOff, without(community))
    releasing.write(tx, without(community, ReportsShown.TITLES), wei, number, TITLE)


@in_transaction
def test_a_title_is_compared_with_all_that_was_said_and_everybody_near(tx: Transaction, community: Community) -> None:
    wei, ann, bo = staff(tx), person(tx, "Ann Miller"), person(tx, "Bo Chen", Role.VOLUNTEER)
    assert bo.name == "Bo Chen"
    number = submitted(tx, community, ann, "The lamp behind the bicycle shed has been dark since Monday")
    for text, wrong in (
        ("The lamp behind the bicycle shed", Wrong.COPIED),
        ("What Ann Miller reported of the lamp", Wrong.NAME),
        ("Lamp that Bo Chen looked at", Wrong.NAME),
        ("Lamp of Wei", Wrong.NAME),
    ):
        with pytest.raises(WrongTitle) as refusal:
            releasing.write(tx, community, wei, number, text)
        assert refusal.value.wrong is wrong, text
    releasing.write(tx, community, wei, number, "No light near the bicycle shed")
