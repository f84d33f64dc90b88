"""Whether it is fixed: who may say so, what it does, what silence becomes, and what was too late or said before."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import (
    ReportAdded,
    ReportAnotherNo,
    ReportAnotherYes,
    ReportConfirmed,
    ReportEscalated,
    ReportHandlingJudged,
    ReportLapsed,
    ReportReopened,
    ReportResolved,
    ReportVerdictsAwaited,
)
from domain.people.rights import NotAllowed, Role
from domain.reports.reports import State
from services.core.errors import AlreadyDone, NotFound
from services.reports import dangers, deciding, joining, working
from services.reports import verdicts as asking
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people import people
from storage.people.people import Person
from storage.reports import verdicts
from tests.services.reporting import known, passes, stands, submitted, texts, words
from tests.support import MONDAY, happened, in_transaction, last_events, person

DAY = timedelta(days=1)


def resolved(tx: Transaction, community: Community, *joined: Person, by: Person | None = None) -> tuple[int, Person]:
    """A report that staff say is fixed, and its reporter; all are asked."""
    mei, staff = by or person(tx, "Mei"), person(tx, "Wei", Role.STAFF)
    number = submitted(tx, community, mei)
    for each in joined:
        joining.join(tx, each, number, words("Here, too"))
    fixed(tx, community, number, staff)
    return number, mei


def fixed(tx: Transaction, community: Community, number: int, staff: Person) -> None:
    working.resolve(tx, community, staff, number, words("A new bulb"))


def answer(tx: Transaction, number: int, who: Person, round_: int = 1) -> str | None:
    said = verdicts.of(tx, number, round_, who.id)
    return None if said is None else said.answer


@in_transaction
def test_only_who_reported_or_joined_it_may_say(tx: Transaction, community: Community) -> None:
    number, _ = resolved(tx, community)
    for who in (person(tx, "Eve"), person(tx, "Wei", Role.STAFF, Role.LEAD, Role.ADMIN)):
        for deed in (
            lambda who=who: deciding.decide(tx, community, who, number, 1, fixed=True),
            lambda who=who: deciding.give_reason(tx, community, who, number, words(), None),
            lambda who=who: deciding.judge(tx, who, number, 1, content=True),
        ):
            with pytest.raises(NotAllowed):
                deed()
    assert known(tx, number).state is State.RESOLVED
    with pytest.raises(NotFound):
        deciding.decide(tx, community, person(tx, "Eve"), 999, 1, fixed=True)


@in_transaction
def test_the_first_yes_closes_it_and_nobody_is_asked_once_more(tx: Transaction, community: Community) -> None:
    bo = person(tx, "Bo")
    number, mei = resolved(tx, community, bo)
    deciding.decide(tx, community, bo, number, 1, fixed=True)
    last_events(tx, ReportConfirmed(actor=bo.id, report=number, round=1))
    report = known(tx, number)
    assert (report.state, report.closed_at) == (State.CONFIRMED, MONDAY) and answer(tx, number, bo) == "yes"
    assert scheduled_tasks.waiting(tx, f"report:{number}", asking.KIND) == []
    deciding.decide(tx, community, mei, number, 1, fixed=True)
    last_events(tx, ReportAnotherYes(actor=mei.id, report=number, round=1))
    assert known(tx, number).version == report.version, "no button becomes stale by it"


@in_transaction
def test_a_no_opens_it_at_once_also_after_somebodys_yes(tx: Transaction, community: Community) -> None:
    bo = person(tx, "Bo")
    number, mei = resolved(tx, community, bo)
    deciding.decide(tx, community, bo, number, 1, fixed=True)
    deciding.decide(tx, community, mei, number, 1, fixed=False, again=True)
    last_events(tx, ReportReopened(actor=mei.id, report=number, round=1, closed=True, again=True))
    report = known(tx, number)
    assert (report.state, report.closed_at) == (State.REOPENED, None)
    # It is open by now: what others say is kept, and moves nothing.
    number, mei = resolved(tx, community, bo)
    deciding.decide(tx, community, mei, number, 1, fixed=False)
    last_events(tx, ReportReopened(actor=mei.id, report=number, round=1, closed=False))
    deciding.decide(tx, community, bo, number, 1, fixed=True)
    last_events(tx, ReportAnotherYes(actor=bo.id, report=number, round=1))
    assert known(tx, number).state is State.REOPENED


@in_transaction
def test_who_said_yes_may_say_no_and_not_the_other_way_round(tx: Transaction, community: Community) -> None:
    number, mei = resolved(tx, community)
    deciding.decide(tx, community, mei, number, 1, fixed=True)
    with pytest.raises(AlreadyDone):
        deciding.decide(tx, community, mei, number, 1, fixed=True)
    deciding.decide(tx, community, mei, number, 1, fixed=False)
    assert answer(tx, number, mei) == "no" and known(tx, number).state is State.REOPENED
    with pytest.raises(AlreadyDone):
        deciding.decide(tx, community, mei, number, 1, fixed=False)
    with pytest.raises(WrongState):
        deciding.decide(tx, community, mei, number, 1, fixed=True)
    assert answer(tx, number, mei) == "no"


@in_transaction
def test_another_no_is_kept_and_the_leads_hear_from_the_second_round_on(tx: Transaction, community: Community) -> None:
    bo = person(tx, "Bo")
    number, mei = resolved(tx, community, bo)
    deciding.decide(tx, community, mei, number, 1, fixed=False)
    deciding.decide(tx, community, bo, number, 1, fixed=False)
    last_events(tx, ReportAnotherNo(actor=bo.id, report=number, round=1))
    assert ReportEscalated.KIND not in happened(tx)
    fixed(tx, community, number, person(tx, "Wei", Role.STAFF))
    deciding.decide(tx, community, mei, number, 2, fixed=False)
    last_events(
        tx,
        ReportReopened(actor=mei.id, report=number, round=2, closed=False),
        ReportEscalated(report=number, round=2),
    )


@pytest.mark.parametrize("round_", [0, 1, 3])
@in_transaction
def test_a_press_of_another_round_counts_for_nothing(tx: Transaction, community: Community, round_: int) -> None:
    number, mei = resolved(tx, community)
    deciding.decide(tx, community, mei, number, 1, fixed=False)
    fixed(tx, community, number, person(tx, "Wei", Role.STAFF))
    with pytest.raises(WrongState):
        deciding.decide(tx, community, mei, number, round_, fixed=True)
    assert answer(tx, number, mei, 2) is None and known(tx, number).state is State.RESOLVED


@in_transaction
def test_before_it_was_ever_resolved_there_is_nothing_to_say(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    for said in (True, False):
        with pytest.raises(WrongState):
            deciding.decide(tx, community, mei, number, 0, fixed=said)


@pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN, State.MERGED])
@pytest.mark.parametrize("said", [True, False])
@in_transaction
def test_what_ended_otherwise_is_not_opened_or_closed_by_an_answer(
    tx: Transaction, community: Community, state: State, said: bool
) -> None:
    number, mei = resolved(tx, community)
    stands(tx, number, state)
    with pytest.raises(WrongState), tx.savepoint():
        deciding.decide(tx, community, mei, number, 1, fixed=said)
    assert known(tx, number).state is state and answer(tx, number, mei) is None


@in_transaction
def test_staff_note_it_for_somebody_without_telegram_and_for_nobody_else(tx: Transaction, community: Community) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    chen = people.without_telegram(tx, "Old Chen", "555", "en")
    number, mei = resolved(tx, community, chen)
    with pytest.raises(NotAllowed):
        deciding.decide(tx, community, wei, number, 1, fixed=True, for_person=mei.id)
    with pytest.raises(NotAllowed):
        deciding.decide(tx, community, mei, number, 1, fixed=True, for_person=chen.id)
    with pytest.raises(NotAllowed):
        deciding.decide(
            tx, community, wei, number, 1, fixed=True, for_person=people.without_telegram(tx, "Zhou", None, "en").id
        )
    deciding.decide(tx, community, wei, number, 1, fixed=True, for_person=chen.id)
    last_events(tx, ReportConfirmed(actor=wei.id, report=number, round=1, spoke_for=chen.id))
    assert answer(tx, number, chen) == "yes" and answer(tx, number, mei) is None
    deciding.judge(tx, wei, number, 1, content=False, for_person=chen.id)
    last_events(tx, ReportHandlingJudged(actor=wei.id, report=number, round=1, content=False, spoke_for=chen.id))


# -- silence


@in_transaction
def test_silence_is_asked_once_more_and_closed_after_a_week(tx: Transaction, community: Community) -> None:
    number, mei = resolved(tx, community)
    before = len(happened(tx))
    passes(tx, community, days=2, hours=23.9)
    assert len(happened(tx)) == before
    passes(tx, community, hours=0.2)
    last_events(tx, ReportVerdictsAwaited(report=number, round=1, close=to_text(MONDAY + 7 * DAY)))
    passes(tx, community, days=3, hours=23.8)
    assert len(happened(tx)) == before + 1, "once"
    passes(tx, community, hours=0.2)
    last_events(tx, ReportLapsed(report=number, round=1))
    assert known(tx, number).state is State.UNANSWERED and known(tx, number).closed_at == MONDAY + 7 * DAY
    passes(tx, community, days=60)
    assert len(happened(tx)) == before + 2
    # A late yes is a yes as well.
    deciding.decide(tx, community, mei, number, 1, fixed=True)
    assert known(tx, number).state is State.CONFIRMED


@in_transaction
def test_a_late_no_opens_what_was_closed_as_unanswered(tx: Transaction, community: Community) -> None:
    number, mei = resolved(tx, community)
    passes(tx, community, days=8)
    deciding.decide(tx, community, mei, number, 1, fixed=False)
    last_events(tx, ReportReopened(actor=mei.id, report=number, round=1, closed=True))


@in_transaction
def test_nobody_is_asked_once_more_in_the_quiet_hours(tx: Transaction, community: Community) -> None:
    tx.now = datetime(2026, 3, 2, 15, tzinfo=UTC)  # eleven at night
    resolved(tx, community)
    passes(tx, community, days=3, hours=8.9)
    assert ReportVerdictsAwaited.KIND not in happened(tx)
    passes(tx, community, hours=0.2)
    assert happened(tx)[-1] == ReportVerdictsAwaited.KIND


@in_transaction
def test_what_was_asked_once_more_stays_open_for_a_day_at_least(tx: Transaction, community: Community) -> None:
    number, _ = resolved(tx, community)
    tx.now += 10 * DAY  # the program was away
    at = tx.now
    passes(tx, community, hours=23)
    last_events(tx, ReportVerdictsAwaited(report=number, round=1, close=to_text(at + DAY)))
    passes(tx, community, hours=1)
    last_events(tx, ReportLapsed(report=number, round=1))


@in_transaction
def test_where_nobody_could_be_asked_nobody_is_asked_once_more(tx: Transaction, community: Community) -> None:
    number, mei = resolved(tx, community)
    verdicts.reach(tx, mei.id, reached=False)
    passes(tx, community, days=8)
    assert ReportVerdictsAwaited.KIND not in happened(tx)
    last_events(tx, ReportLapsed(report=number, round=1, asked=False))


@in_transaction
def test_an_earlier_rounds_question_is_not_closed(tx: Transaction, community: Community) -> None:
    number, _ = resolved(tx, community)
    for stage in ("again", "close"):
        data = {"stage": stage, "round": 0, "close": to_text(tx.now)}
        asking.run_due(tx, community, f"report:{number}", data)
        asking.run_due(tx, community, "report:999", {**data, "round": 1})
    stands(tx, number, State.REOPENED)
    passes(tx, community, days=8)
    assert known(tx, number).state is State.REOPENED and happened(tx)[-1] == ReportResolved.KIND


# -- why not, and whether they are content


@in_transaction
def test_a_reason_is_kept_and_goes_on_to_staff(tx: Transaction, community: Community) -> None:
    number, mei = resolved(tx, community)
    deciding.decide(tx, community, mei, number, 1, fixed=False)
    deciding.give_reason(tx, community, mei, number, words("It is dark still"), None)
    assert texts(tx, number, "reason") == ["It is dark still"] and known(tx, number).danger is None
    newest = tx.query("SELECT max(id) AS id FROM report_parts")[0]["id"]
    last_events(tx, ReportAdded(actor=mei.id, report=number, parts=(newest,), quietly=True))


@in_transaction
def test_a_reason_that_speaks_of_danger_rings_and_makes_it_one(tx: Transaction, community: Community) -> None:
    number, mei = resolved(tx, community)
    deciding.give_reason(tx, community, mei, number, words("Sparks, it burns"), "fire")
    assert known(tx, number).danger == "fire"
    assert [row["quietly"] for row in _added(tx)] == [0]
    # A second one within half an hour goes onto the card of the first; what staff are told by telephone rings anew.
    deciding.give_reason(tx, community, mei, number, words("It burns!"), "fire")
    assert [(row["quietly"], row["folded"]) for row in _added(tx)] == [(0, 0), (1, 1)]
    stands = dangers.standing(tx, mei.id)
    assert stands is not None and [part.text for _, part in dangers.on_card(tx, stands)] == ["It burns!"]
    chen, wei = people.without_telegram(tx, "Old Chen", None, "en"), person(tx, "Wei", Role.STAFF)
    number, _ = resolved(tx, community, chen)
    deciding.give_reason(tx, community, wei, number, words("It burns"), "fire", for_person=chen.id)
    deciding.give_reason(tx, community, wei, number, words("It burns!"), "fire", for_person=chen.id)
    assert [(row["quietly"], row["folded"]) for row in _added(tx)][2:] == [(0, 0), (0, 0)]


def _added(tx: Transaction) -> list[dict[str, int]]:
    rows = tx.query(
        "SELECT json_extract(data, '$.quietly') AS quietly, json_extract(data, '$.into') IS NOT NULL AS folded "
        "FROM events WHERE kind = ? ORDER BY id",
        (ReportAdded.KIND,),
    )
    return [dict(row) for row in rows]


@in_transaction
def test_who_said_yes_judges_how_it_was_handled_once(tx: Transaction, community: Community) -> None:
    bo = person(tx, "Bo")
    number, mei = resolved(tx, community, bo)
    deciding.decide(tx, community, mei, number, 1, fixed=True)
    with pytest.raises(WrongState):
        deciding.judge(tx, bo, number, 1, content=True)  # has not said yes
    with pytest.raises(WrongState):
        deciding.judge(tx, mei, number, 2, content=True)
    deciding.judge(tx, mei, number, 1, content=True)
    last_events(tx, ReportHandlingJudged(actor=mei.id, report=number, round=1, content=True))
    with pytest.raises(AlreadyDone):
        deciding.judge(tx, mei, number, 1, content=True)
    with pytest.raises(WrongState):
        deciding.judge(tx, mei, number, 1, content=False)
    said = verdicts.of(tx, number, 1, mei.id)
    assert said is not None and said.content is True
    deciding.decide(tx, community, bo, number, 1, fixed=False)
    with pytest.raises(WrongState):
        deciding.judge(tx, bo, number, 1, content=True)
