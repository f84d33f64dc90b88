"""Somebody is forgotten: what is open ends kindly for the others, what they said is gone, and the counts stay."""

from datetime import date, timedelta
from random import Random

import pytest

from domain.community import Community
from domain.figures.periods import Period
from domain.people.rights import NotAllowed, Role
from domain.reports.part_purposes import PartPurpose
from domain.reports.reports import State
from handlers.kit.update_context import Setup
from services.core.errors import AlreadyDone
from services.figures import all_figures
from services.figures.as_values import all_values
from services.figures.report_figures import Asked
from services.people import blocking, meeting, public_names
from services.people.blocking import Source
from services.people.team import LastAdmin
from services.personal_data import ending, forgetting, open_things
from services.projects import leading, making
from services.repairs import jobs, repair_desk
from services.repairs.repairs import Other
from services.reports import answering, deciding, joining, merging, recording, saying_more, working
from services.reports.submitting import NewReport
from storage.core import blocks, chats, scheduled_tasks, settings
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.notices import audiences
from storage.people import people
from storage.people.people import Person
from storage.projects import leads
from storage.reports import reports, supports
from tests.services.figures.random_community import RandomCommunity
from tests.services.figures.random_neighbourhood import Neighbourhood
from tests.services.figures.test_report_figures import some_periods
from tests.services.personal_data.forgotten import forgotten, steps
from tests.services.repairing import ADDRESS, ask, volunteer
from tests.services.repairing import known as known_repair
from tests.services.reporting import known, submitted, texts, words
from tests.support import happened, in_transaction, outbox_of, person

ALL_TIME = Period(date(2026, 3, 1), date(2029, 1, 1))


def all_text(tx: Transaction) -> str:
    """All that stands in any table, but for what has not been sent yet."""
    tables = [row["name"] for row in tx.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = [
        str(tuple(row))
        for table in tables
        if table not in ("outbox", "inbox") and not table.startswith(("sqlite_", "report_search_"))
        for row in tx.query(f"SELECT * FROM {table}")
    ]
    return "\n".join(found)


@in_transaction
def test_nothing_but_a_number_is_left_of_a_person(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei Canary", language="zh_Hans")
    forgotten(tx, community, mei)
    left = people.by_id(tx, mei.id)
    assert (left.telegram_id, left.username, left.started, left.forgotten) == (None, None, False, True)
    assert "Canary" not in all_text(tx)
    assert mei.telegram_id is not None
    again = meeting.came(tx, mei.telegram_id, "Mei", None, "en", None)
    assert again.id != mei.id and not again.forgotten


@in_transaction
def test_nobody_is_forgotten_twice(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    forgetting.begin(tx, mei.id)
    with pytest.raises(AlreadyDone):
        forgetting.begin(tx, mei.id)


@in_transaction
def test_the_last_admin_names_another_first(tx: Transaction, community: Community) -> None:
    lin = person(tx, "Lin", Role.ADMIN)
    with pytest.raises(LastAdmin):
        forgetting.begin(tx, lin.id)
    assert not people.by_id(tx, lin.id).forgotten
    person(tx, "Wei", Role.ADMIN)
    forgotten(tx, community, lin)
    assert people.every_role(tx, lin.id) == frozenset()


@in_transaction
def test_only_an_admin_does_it_for_somebody_else(tx: Transaction, community: Community) -> None:
    wei, lin, mei = person(tx, "Wei", Role.LEAD), person(tx, "Lin", Role.ADMIN), person(tx, "Mei")
    with pytest.raises(NotAllowed):
        forgetting.for_them(tx, wei, mei.id)
    forgetting.for_them(tx, lin, mei.id)
    assert people.by_id(tx, mei.id).forgotten


@in_transaction
def test_an_open_report_of_theirs_alone_is_taken_back_without_a_word_left(
    tx: Transaction, community: Community
) -> None:
    mei, wei = person(tx, "Mei"), person(tx, "Wei", Role.STAFF)
    number = submitted(tx, community, mei, "Canary one is dark", place="Canary gate", latitude=1.0, longitude=2.0)
    steering_title = working.set_title(tx, wei, number, "Canary title")
    assert steering_title is None
    answering.answer(tx, wei, number, words("Dear Canary, we are on it"))
    forgotten(tx, community, mei)
    report = known(tx, number)
    assert report.state is State.WITHDRAWN
    assert (report.place, report.latitude, report.title) == (None, None, None)
    assert reports.parts(tx, number) == [] and "Canary" not in all_text(tx)


@in_transaction
def test_a_report_that_others_joined_goes_on_without_the_name_and_their_words(
    tx: Transaction, community: Community
) -> None:
    mei, bo, wei = person(tx, "Mei"), person(tx, "Bo"), person(tx, "Wei", Role.STAFF)
    number = submitted(tx, community, mei, "Canary lamp", area="b1")
    joining.join(tx, bo, number, words("Dark here, too"))
    answering.answer(tx, wei, number, words("We are on it"))
    forgotten(tx, community, mei)
    report = known(tx, number)
    assert report.state.is_open and report.person == bo.id and report.area == "b1"
    assert texts(tx, number, PartPurpose.SUPPORT) == ["Dark here, too"]
    assert texts(tx, number, PartPurpose.ANSWER) == ["We are on it"]
    assert "Canary" not in all_text(tx)
    assert supports.concerned(tx, number) == [bo.id]


@in_transaction
def test_what_they_said_in_reports_of_others_goes(tx: Transaction, community: Community) -> None:
    mei, bo = person(tx, "Mei"), person(tx, "Bo")
    number = submitted(tx, community, bo, "The lamp is dark")
    joining.join(tx, mei, number, words("Canary, too"))
    saying_more.add(tx, community, mei, number, words("Canary again"))
    forgotten(tx, community, mei)
    assert texts(tx, number, PartPurpose.REPORT) == ["The lamp is dark"] and known(tx, number).state.is_open
    assert "Canary" not in all_text(tx) and supports.concerned(tx, number) == [bo.id]


@in_transaction
def test_what_is_closed_stays_closed_and_keeps_its_counts(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), person(tx, "Wei", Role.STAFF)
    number = submitted(tx, community, mei, "Canary")
    working.resolve(tx, community, wei, number, words("Done"))
    deciding.decide(tx, community, mei, number, 1, fixed=True)
    before = happened(tx)
    forgotten(tx, community, mei)
    assert known(tx, number).state is State.CONFIRMED and known(tx, number).person == mei.id
    assert happened(tx) == [*before, "person.forgotten"]
    assert "Canary" not in all_text(tx)


@in_transaction
def test_danger_waits_until_staff_have_closed_it(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), person(tx, "Wei", Role.STAFF)
    number = submitted(tx, community, mei, "It smells of gas, Canary", place="Stairwell 3", danger="gas")
    other = submitted(tx, community, mei, "Canary lamp")
    forgotten(tx, community, mei)
    assert known(tx, number).state is State.NEW and known(tx, number).place == "Stairwell 3"
    assert texts(tx, number, PartPurpose.REPORT) == ["It smells of gas, Canary"] and reports.parts(tx, other) == []
    about = f"report:{number}"
    forgetting.look_at_danger(tx, about, {"person": mei.id})
    assert reports.parts(tx, number) != []
    working.resolve(tx, community, wei, number, words("The pipe is shut"))
    forgetting.look_at_danger(tx, about, {"person": mei.id})
    assert "Canary" not in all_text(tx) and known(tx, number).place is None


@in_transaction
def test_a_merged_report_of_theirs_leaves_the_other_as_it_is(tx: Transaction, community: Community) -> None:
    mei, bo, wei = person(tx, "Mei"), person(tx, "Bo"), person(tx, "Wei", Role.STAFF)
    main, part = submitted(tx, community, bo, "The lamp"), submitted(tx, community, mei, "Canary lamp")
    merging.merge(tx, community, wei, part, main)
    forgotten(tx, community, mei)
    assert known(tx, main).state.is_open and supports.concerned(tx, main) == [bo.id]
    assert known(tx, part).state is State.WITHDRAWN and "Canary" not in all_text(tx)


@in_transaction
def test_staff_do_it_for_somebody_without_telegram(tx: Transaction, community: Community) -> None:
    wei, lin = person(tx, "Wei", Role.STAFF), person(tx, "Lin", Role.ADMIN)
    number = recording.record(
        tx, community, wei, "Old Canary", "13800000000", NewReport(words("Canary lamp")), recording.Channel.COUNTER
    )
    forgetting.for_them(tx, lin, known(tx, number).person)
    steps(tx, community)
    assert "Canary" not in all_text(tx) and "13800000000" not in all_text(tx)
    assert known(tx, number).state is State.WITHDRAWN


@in_transaction
def test_a_repair_they_need_is_withdrawn_and_the_address_is_gone(tx: Transaction, community: Community) -> None:
    mei, lao = person(tx, "Mei"), volunteer(tx, "Lao")
    number = ask(tx, mei, remember=True)
    assert ADDRESS in all_text(tx)
    forgotten(tx, community, mei)
    assert not known_repair(tx, number).state.is_open and ADDRESS not in all_text(tx)
    assert "repair.withdrawn" in happened(tx) and lao.id != mei.id


@in_transaction
def test_a_repair_for_somebody_else_stays_theirs(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    volunteer(tx, "Lao")
    number = ask(tx, mei, other=Other("Old Chen", "13800000000"))
    forgotten(tx, community, mei)
    assert known_repair(tx, number).state.is_open and known_repair(tx, number).address == ADDRESS


@in_transaction
def test_what_a_volunteer_has_goes_to_others(tx: Transaction, community: Community) -> None:
    mei, lao, sun = person(tx, "Mei"), volunteer(tx, "Lao"), volunteer(tx, "Sun")
    number = ask(tx, mei)
    jobs.take(tx, community, lao, number)
    forgotten(tx, community, lao)
    assert known_repair(tx, number).taker is None
    assert "repair.released" in happened(tx)
    assert {row["person"] for row in tx.query("SELECT person FROM volunteers")} == {sun.id}


@in_transaction
def test_what_they_were_in_charge_of_is_everybodys_and_a_project_needs_a_lead(
    tx: Transaction, community: Community
) -> None:
    wei, lin, mei = person(tx, "Wei", Role.STAFF), person(tx, "Lin", Role.STAFF), person(tx, "Mei")
    number = submitted(tx, community, mei)
    working.take(tx, community, wei, number)
    danger = submitted(tx, community, mei, "It smells of gas", danger="gas")
    answering.answer(tx, wei, danger, words("We are coming"))
    assert open_things.of(tx, wei.id).danger == (), "it is Mei's, and waits for nobody of the staff"
    project = making.make(tx, community, lin, "Lifts", "They run", [wei.id])
    forgotten(tx, community, wei)
    assert (known(tx, number).state, known(tx, number).assignee) == (State.NEW, None)
    assert leads.of(tx, project.id) == [] and not leading.may_lead(tx, wei.id)


@in_transaction
def test_a_block_lives_on_as_a_hash_until_it_ends(tx: Transaction, community: Community) -> None:
    wei, mei = person(tx, "Wei", Role.STAFF), person(tx, "Mei")
    number = submitted(tx, community, mei)
    blocking.block(tx, wei, Source.REPORT, number, "Canary insults", 7)
    forgotten(tx, community, mei)
    assert "Canary" not in all_text(tx) and mei.telegram_id is not None
    again = meeting.came(tx, mei.telegram_id, "Mei", None, "en", None)
    assert blocks.of(tx, again.id) is not None
    tx.now += timedelta(days=8)
    assert blocks.of(tx, again.id) is None


@pytest.mark.parametrize("seed", range(3))
@in_transaction
def test_no_figure_changes_by_what_is_erased(tx: Transaction, community: Community, seed: int) -> None:
    """Of periods that are over none at all; of today's none but by what they had open, which they take back."""
    neighbourhood = Neighbourhood(tx, community, seed)
    others = RandomCommunity(tx, community, seed)
    neighbourhood.lives(60)
    others.lives(40)
    random = Random(seed)
    closed = [each for each in some_periods(random, tx.now.date(), 8) if each.period.after <= tx.now.date()]
    leaves: list[Person] = [*neighbourhood.residents[:2], *others.makers[:1], others.residents[0], others.helpers[0]]

    def figures(asked: Asked) -> list[object]:
        found = all_figures.of_period(tx, community, asked, tx.now)
        assert found is not None
        return list(all_values(found))

    before = [figures(each) for each in closed]
    for who in leaves:
        forgetting.begin(tx, who.id)
    assert [figures(each) for each in closed] == before
    while any(row["step"] == "ending" for row in tx.query("SELECT step FROM forgetting")):
        for row in scheduled_tasks.claim(tx, [forgetting.KIND], 1) or [None]:
            tx.now += timedelta(seconds=1)
            if row is not None:
                scheduled_tasks.finished(tx, row["id"])
                forgetting.run_due(tx, community, row["subject"], {})
    today = figures(Asked(ALL_TIME))
    steps(tx, community)
    assert figures(Asked(ALL_TIME)) == today
    assert [figures(each) for each in closed] == before


@in_transaction
def test_nobody_is_to_ring_or_count_who_was_forgotten(tx: Transaction, setup: Setup, notices: None) -> None:
    """They have no Telegram any more, and are not of those without it, whom staff ring back."""
    mei, wei = person(tx, "Mei"), person(tx, "Wei", Role.STAFF)
    number = submitted(tx, setup.community, mei, "It smells of gas", danger="gas")
    everybody = audiences.counts(tx, audiences.Wanted(), None)
    forgotten(tx, setup.community, mei)
    told = len(outbox_of(tx))
    working.resolve(tx, setup.community, wei, number, words("The pipe is shut"))
    tx.publish()
    assert supports.without_telegram(tx, number) == 0
    assert not any(row["purpose"] == Purpose.RING for row in outbox_of(tx)[told:])
    with pytest.raises(NotAllowed):
        deciding.decide(tx, setup.community, wei, number, 1, fixed=True, for_person=mei.id)
    now = audiences.counts(tx, audiences.Wanted(), None)
    assert (now.total, now.unreachable) == (everybody.total - 1, everybody.unreachable)


@in_transaction
def test_much_of_one_person_goes_in_pieces(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    numbers = [reports.add(tx, person=mei.id, category=None, area=None, place=None, latitude=None, longitude=None,
                           danger=None, due_at=None) for _ in range(3 * ending.AT_ONCE)]  # fmt: skip
    forgetting.begin(tx, mei.id)
    left = []
    while any(known(tx, number).state.is_open for number in numbers):
        left.append(sum(known(tx, number).state.is_open for number in numbers))
        forgetting.run_due(tx, community, f"person:{mei.id}", {})
    assert left == [3 * ending.AT_ONCE, 2 * ending.AT_ONCE, ending.AT_ONCE]


@in_transaction
def test_no_name_is_sent_to_anybody_once_they_are_forgotten(tx: Transaction, setup: Setup, notices: None) -> None:
    """Whatever they were: who led, took, promised, reported or looked after something."""
    group = chats.meet(tx, -1001, "supergroup", "Staff", True)
    settings.put(tx, settings.SettingKey.STAFF_CHAT, str(group.id))
    person(tx, "Ada", Role.ADMIN)
    others, neighbourhood = RandomCommunity(tx, setup.community, 1), Neighbourhood(tx, setup.community, 1)
    neighbourhood.lives(20)
    others.lives(30)
    holds = volunteer(tx, "Holds")
    public_names.approve_first(tx, holds.id)
    repair_desk.assign(tx, setup.community, neighbourhood.staff, ask(tx, person(tx, "Needs")), holds.id)
    leave = [
        holds,
        *neighbourhood.residents,
        neighbourhood.staff,
        others.lead,
        *others.makers,
        *others.helpers,
        others.keeper,
    ]
    for who in leave:
        tx.execute("UPDATE people SET name = ? WHERE id = ?", (f"Canary {who.id}", who.id))
        tx.execute("UPDATE public_names SET name = ? WHERE person = ?", (f"Canary {who.id}", who.id))
    for who in leave:
        before = max((row["id"] for row in outbox_of(tx)), default=0)
        forgotten(tx, setup.community, who)
        said = [row for row in outbox_of(tx) if row["id"] > before and f"Canary {who.id}" in str(row["content"])]
        assert said == []
