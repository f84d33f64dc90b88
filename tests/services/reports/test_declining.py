"""Saying that it will not be done, objecting to that, and the lead who decides."""

from datetime import timedelta

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import ReportAnotherObjection, ReportDeclined, ReportObjected, ReportObjectionJudged
from domain.people.rights import NotAllowed, Role
from domain.reports.reports import WORKABLE, State
from services import bounded
from services.bounded import TooOften
from services.core.errors import AlreadyDone, NotFound
from services.reports import deadlines, declining, joining, saying_more, steering, working
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.reports import reports as store
from storage.reports.reports import NewPart
from tests.services.reporting import known, stands, submitted, texts, words
from tests.support import MONDAY, happened, in_transaction, last_events, person

MINUTE = timedelta(minutes=1)


def staff(tx: Transaction, *more: Role) -> Person:
    return person(tx, "Wei", Role.STAFF, *more)


def declined(tx: Transaction, community: Community, *joined: Person) -> tuple[int, Person, int]:
    """A report that staff have declined, its reporter, and the part with the reason."""
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    for each in joined:
        joining.join(tx, each, number, words("Here, too"))
    declining.decline(tx, community, staff(tx), number, "not-now")
    said = declining.reason(tx, number)
    assert said is not None
    return number, mei, said[0]


def objects(tx: Transaction, community: Community, who: Person, number: int, part: int, text: str = "But why?") -> bool:
    return declining.object_to(tx, community, who, number, part, words(text))


@in_transaction
def test_only_staff_decline(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    for who in (mei, person(tx, "Lao", Role.VOLUNTEER, Role.PLEDGER, Role.REPRESENTATIVE)):
        for deed in (
            lambda: declining.decline(tx, community, who, number, "not-now"),  # noqa: B023
            lambda: declining.write_reason(tx, who, number, words("No")[0]),  # noqa: B023
            lambda: declining.decline_as_written(tx, who, number, 1),  # noqa: B023
        ):
            with pytest.raises(NotAllowed):
                deed()
    wei = staff(tx)
    for deed in (
        lambda: declining.decline(tx, community, wei, number, "no-such-reason"),
        lambda: declining.decline(tx, community, wei, 999, "not-now"),
        lambda: declining.decline_as_written(tx, wei, number, 999),
        lambda: declining.decline_as_written(tx, wei, number, store.parts(tx, number)[0].id),
    ):
        with pytest.raises(NotFound):
            deed()
    assert known(tx, number).state is State.NEW and len(happened(tx)) == 1


@in_transaction
def test_declined_for_a_reason_of_the_community_file(tx: Transaction, community: Community) -> None:
    number, _, part = declined(tx, community)
    wei = known(tx, number).assignee
    last_events(tx, ReportDeclined(actor=wei, report=number, part=part, template="not-now"))
    assert (known(tx, number).state, known(tx, number).closed_at) == (State.DECLINED, MONDAY)
    template = community.reason("not-now")
    assert template is not None and texts(tx, number, "refusal") == [template.text.in_("en")]
    assert declining.reason(tx, number) == (part, "not-now")


@in_transaction
def test_written_in_ones_own_words_it_is_read_by_nobody_before_it_is_sent(
    tx: Transaction, community: Community
) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    first = declining.write_reason(tx, wei, number, NewPart("text", text="Too dear"))
    second = declining.write_reason(tx, wei, number, NewPart("text", text="No money this year"))
    assert (first.text, first.released, second.released) == ("Too dear", False, False)
    assert declining.reason(tx, number) is None and len(happened(tx)) == 1
    declining.decline_as_written(tx, wei, number, second.id)
    last_events(tx, ReportDeclined(actor=wei.id, report=number, part=second.id))
    sent = [part.text for part in store.parts(tx, number) if part.released]
    assert sent == ["No money this year"] and declining.reason(tx, number) == (second.id, None)


@in_transaction
def test_a_reason_written_for_another_report_is_none_of_this_one(tx: Transaction, community: Community) -> None:
    one, other = (submitted(tx, community, person(tx, name)) for name in ("Mei", "Bo"))
    wei = staff(tx)
    written = declining.write_reason(tx, wei, one, NewPart("text", text="Too dear"))
    with pytest.raises(NotFound):
        declining.decline_as_written(tx, wei, other, written.id)


@pytest.mark.parametrize("state", [each for each in State if each not in WORKABLE])
@in_transaction
def test_what_staff_have_no_work_with_is_not_declined(tx: Transaction, community: Community, state: State) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    written = declining.write_reason(tx, wei, number, NewPart("text", text="Too dear"))
    stands(tx, number, state)
    for deed in (
        lambda: declining.decline(tx, community, wei, number, "not-now"),
        lambda: declining.write_reason(tx, wei, number, NewPart("text", text="Too dear")),
        lambda: declining.decline_as_written(tx, wei, number, written.id),
    ):
        with pytest.raises(WrongState):
            deed()
    assert len(texts(tx, number, "refusal")) == 1


# -- objections


@in_transaction
def test_only_whose_report_it_is_object_and_to_this_very_reason(tx: Transaction, community: Community) -> None:
    number, mei, part = declined(tx, community)
    for who in (person(tx, "Eve"), staff(tx, Role.LEAD)):
        with pytest.raises(NotAllowed):
            objects(tx, community, who, number, part)
    with pytest.raises(NotFound):
        objects(tx, community, mei, 999, part)
    with pytest.raises(WrongState):
        objects(tx, community, mei, number, part + 1)
    steering.open_again(tx, community, staff(tx), number)
    with pytest.raises(WrongState):
        objects(tx, community, mei, number, part)  # it is open: there is nothing to object to
    with pytest.raises(WrongState):
        objects(tx, community, mei, submitted(tx, community, mei), part)  # was never declined


@in_transaction
def test_the_first_objection_opens_it_for_the_leads_and_others_are_kept_with_it(
    tx: Transaction, community: Community
) -> None:
    bo = person(tx, "Bo")
    number, mei, part = declined(tx, community, bo)
    tx.now += MINUTE
    assert not declining.waits(tx, known(tx, number))
    assert objects(tx, community, mei, number, part)
    (first,) = [each.id for each in store.parts(tx, number) if each.purpose == "objection"]
    last_events(tx, ReportObjected(actor=mei.id, report=number, parts=(first,)))
    report = known(tx, number)
    assert (report.state, report.objected_at) == (State.REOPENED, tx.now) and declining.waits(tx, report)
    with pytest.raises(AlreadyDone):
        objects(tx, community, mei, number, part)
    assert not objects(tx, community, bo, number, part)
    last_events(tx, ReportAnotherObjection(actor=bo.id, report=number, parts=(first + 1,)))
    assert known(tx, number).version == report.version and len(texts(tx, number, "objection")) == 2


@in_transaction
def test_an_objection_that_speaks_of_danger_rings_and_is_due_in_minutes(tx: Transaction, community: Community) -> None:
    bo = person(tx, "Bo")
    number, mei, part = declined(tx, community, bo)
    declining.object_to(tx, community, mei, number, part, words("It burns"), "fire")
    (row,) = tx.query("SELECT data FROM events WHERE kind = ?", (ReportObjected.KIND,))
    assert '"rings": true' in row["data"] and known(tx, number).danger == "fire"
    soon = MONDAY + timedelta(minutes=community.care.danger_minutes)
    assert known(tx, number).due_at == soon
    tx.now += 31 * MINUTE
    declining.object_to(tx, community, bo, number, part, words("It burns"), "fire")
    (row,) = tx.query("SELECT data FROM events WHERE kind = ?", (ReportAnotherObjection.KIND,))
    assert '"rings": true' in row["data"] and known(tx, number).due_at == soon + 31 * MINUTE


@in_transaction
def test_staff_note_an_objection_for_somebody_without_telegram(tx: Transaction, community: Community) -> None:
    chen, wei = people.without_telegram(tx, "Old Chen", None, "en"), staff(tx)
    number = submitted(tx, community, chen)
    declining.decline(tx, community, wei, number, "not-now")
    part, _ = declining.reason(tx, number) or (0, None)
    with pytest.raises(NotAllowed):
        declining.object_to(tx, community, person(tx, "Mei"), number, part, words("No"), for_person=chen.id)
    assert declining.object_to(tx, community, wei, number, part, words("No"), for_person=chen.id)
    (said,) = [each for each in store.parts(tx, number) if each.purpose == "objection"]
    assert said.person == chen.id
    last_events(tx, ReportObjected(actor=wei.id, report=number, parts=(said.id,), spoke_for=chen.id))


@in_transaction
def test_nobody_objects_to_everything_in_one_day(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), staff(tx)
    for count in range(bounded.OBJECTIONS.most + 1):
        number = submitted(tx, community, mei)
        declining.decline(tx, community, wei, number, "not-now")
        part, _ = declining.reason(tx, number) or (0, None)
        if count < bounded.OBJECTIONS.most:
            objects(tx, community, mei, number, part)
    with pytest.raises(TooOften):
        objects(tx, community, mei, number, part)


# -- the lead


@in_transaction
def test_only_a_lead_decides_and_only_once_what_they_were_shown(tx: Transaction, community: Community) -> None:
    number, mei, part = declined(tx, community)
    lead = staff(tx, Role.LEAD)
    with pytest.raises(WrongState):
        declining.judge(tx, community, lead, number, known(tx, number).version, opened=True)  # nobody has objected
    objects(tx, community, mei, number, part)
    version = known(tx, number).version
    for who in (mei, staff(tx)):
        with pytest.raises(NotAllowed):
            declining.judge(tx, community, who, number, version, opened=True)
    with pytest.raises(NotFound):
        declining.judge(tx, community, lead, 999, version, opened=True)
    with pytest.raises(WrongState):
        declining.judge(tx, community, lead, number, version - 1, opened=True)
    declining.judge(tx, community, lead, number, version, opened=True)
    last_events(tx, ReportObjectionJudged(actor=lead.id, report=number, opened=True))
    assert (known(tx, number).state, known(tx, number).assignee) == (State.TAKEN, lead.id)
    assert not declining.waits(tx, known(tx, number))
    with pytest.raises(WrongState):
        declining.judge(tx, community, lead, number, version, opened=False)


@in_transaction
def test_kept_declined_it_is_so_for_good(tx: Transaction, community: Community) -> None:
    number, mei, part = declined(tx, community)
    objects(tx, community, mei, number, part)
    lead = staff(tx, Role.LEAD)
    declining.judge(tx, community, lead, number, known(tx, number).version, opened=False)
    last_events(tx, ReportObjectionJudged(actor=lead.id, report=number, opened=False))
    assert known(tx, number).state is State.DECLINED
    with pytest.raises(AlreadyDone):
        objects(tx, community, mei, number, part)


@in_transaction
def test_after_an_objection_only_a_lead_says_no_again(tx: Transaction, community: Community) -> None:
    number, mei, part = declined(tx, community)
    objects(tx, community, mei, number, part)
    with pytest.raises(NotAllowed):
        declining.decline(tx, community, staff(tx), number, "not-ours")
    declining.decline(tx, community, staff(tx, Role.LEAD), number, "not-ours")
    assert declining.reason(tx, number) != (part, "not-now") and known(tx, number).state is State.DECLINED


@in_transaction
def test_opened_by_staff_in_between_no_lead_is_waited_for(tx: Transaction, community: Community) -> None:
    number, mei, part = declined(tx, community)
    objects(tx, community, mei, number, part)
    stands(tx, number, State.CONFIRMED)
    tx.now += MINUTE
    steering.open_again(tx, community, staff(tx), number)
    assert not declining.waits(tx, known(tx, number))


@in_transaction
def test_a_declined_report_is_told_by_its_part_also_where_the_event_is_unknown(
    tx: Transaction, community: Community
) -> None:
    number, _, part = declined(tx, community)
    tx.execute("UPDATE events SET kind = 'Old' WHERE kind = ?", (ReportDeclined.KIND,))
    assert declining.reason(tx, number) == (part, None)
    saying_more.keep_earlier(tx, staff(tx), number, [])
    stands(tx, number, State.REOPENED)
    assert declining.reason(tx, number) is None


@in_transaction
def test_opened_again_its_deadline_is_kept_in_mind(tx: Transaction, community: Community) -> None:
    mei, lead = person(tx, "Mei"), staff(tx, Role.LEAD)
    number = submitted(tx, community, mei, category="stalls")
    declining.decline(tx, community, lead, number, "not-now")
    part, _ = declining.reason(tx, number) or (0, None)

    def kept_in_mind() -> bool:
        """Whether it is, when nothing of it stood in the plan before."""
        found = scheduled_tasks.planned(tx, f"{deadlines.KIND}:{number}") is not None
        scheduled_tasks.cancel(tx, f"report:{number}", deadlines.KIND)
        return found

    kept_in_mind()
    objects(tx, community, mei, number, part)
    assert kept_in_mind()
    declining.judge(tx, community, lead, number, known(tx, number).version, opened=True)
    assert kept_in_mind()


@in_transaction
def test_who_answers_for_it_goes_on_answering(tx: Transaction, community: Community) -> None:
    number, li = submitted(tx, community, person(tx, "Mei")), person(tx, "Li", Role.STAFF)
    working.take(tx, community, li, number)
    declining.decline(tx, community, staff(tx), number, "not-now")
    assert known(tx, number).assignee == li.id


@pytest.mark.parametrize("state", [State.RESOLVED, State.CONFIRMED, State.UNANSWERED, State.WITHDRAWN])
@in_transaction
def test_what_was_taken_up_again_since_is_not_objected_to(tx: Transaction, community: Community, state: State) -> None:
    number, mei, part = declined(tx, community)
    stands(tx, number, state)
    with pytest.raises(WrongState):
        objects(tx, community, mei, number, part)
    assert known(tx, number).state is state


@in_transaction
def test_a_danger_that_stands_rings_no_more_by_an_objection(tx: Transaction, community: Community) -> None:
    number, mei, part = declined(tx, community)
    submitted(tx, community, mei, "fire", danger="fire")
    declining.object_to(tx, community, mei, number, part, words("It burns"), "fire")
    (row,) = tx.query("SELECT data FROM events WHERE kind = ?", (ReportObjected.KIND,))
    assert '"rings": false' in row["data"] and known(tx, number).danger == "fire"
    assert known(tx, number).due_at is None, "it is due where it rang"


@in_transaction
def test_that_it_was_opened_before_it_was_declined_does_not_answer_the_objection(
    tx: Transaction, community: Community
) -> None:
    mei, wei = person(tx, "Mei"), staff(tx)
    number = submitted(tx, community, mei)
    stands(tx, number, State.CONFIRMED)
    steering.open_again(tx, community, wei, number)
    declining.decline(tx, community, wei, number, "not-now")
    part, _ = declining.reason(tx, number) or (0, None)
    tx.now += MINUTE
    objects(tx, community, mei, number, part)
    assert declining.waits(tx, known(tx, number))


@in_transaction
def test_of_several_reasons_nobody_knows_which_was_sent(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    for text in ("Too dear", "No money"):
        written = declining.write_reason(tx, wei, number, NewPart("text", text=text))
    declining.decline_as_written(tx, wei, number, written.id)
    tx.execute("UPDATE events SET kind = 'Old' WHERE kind = ?", (ReportDeclined.KIND,))
    assert declining.reason(tx, number) is None
