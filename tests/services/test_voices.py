"""A report on its way: sent, said more about, taken, started, named, completed, resolved. Who may, and what is kept."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import (
    ReporterShown,
    VoiceAdded,
    VoiceCompleted,
    VoiceHeard,
    VoiceHeardConfirmed,
    VoiceHeardDrafted,
    VoicePlaceChanged,
    VoiceResolved,
    VoiceReworded,
    VoiceStarted,
    VoiceSubmitted,
    VoiceTaken,
    VoiceTitled,
)
from domain.people.rights import NotAllowed, Role
from domain.reports.voices import WORKABLE, Relation, State
from services.core.errors import AlreadyDone, NotFound
from services.core.marks import mark
from services.reports import deadlines, joining, taking_back, verdicts, voices
from services.reports.voices import Report
from storage.core import blocks, due
from storage.core.blocks import Blocked
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people.people import Person
from storage.reports import voices as store
from storage.reports.voices import NewPart
from tests.services.reporting import known, report, stands, texts, words
from tests.support import MONDAY, happened, in_transaction, last_events, person

HOUR = timedelta(hours=1)
PHOTO = NewPart("photo", "Here", "file", "unique")


def staff(tx: Transaction, name: str = "Wei") -> Person:
    return person(tx, name, Role.STAFF)


Deed = Callable[[Transaction, Community, Person, int], object]
OF_STAFF: dict[str, Deed] = {
    "take": voices.take,
    "start": voices.start,
    "title": lambda tx, _community, actor, number: voices.set_title(tx, actor, number, "Lamp"),
    "heard": lambda tx, _community, actor, number: voices.set_heard(tx, actor, number, "Dark"),
    "resolve": lambda tx, community, actor, number: voices.resolve(tx, community, actor, number, words()),
    "reporter": lambda tx, _community, actor, number: voices.reporter(tx, actor, number),
}
OF_RESIDENTS: dict[str, Deed] = {
    "add": lambda tx, community, actor, number: voices.add(tx, community, actor, number, words()),
    "spoken": lambda tx, _community, actor, number: voices.spoken(tx, actor, number),
    "own": lambda tx, _community, actor, number: voices.own(tx, actor, number),
    "place": lambda tx, _community, actor, number: voices.change_place(tx, actor, number, None, "There"),
    "confirm": lambda tx, _community, actor, number: voices.confirm_heard(tx, actor, number, True, 1),
}


@pytest.mark.parametrize("deed", OF_STAFF)
@in_transaction
def test_what_staff_do_nobody_else_does(tx: Transaction, community: Community, deed: str) -> None:
    mei = person(tx, "Mei")
    number = report(tx, community, mei)
    before = known(tx, number)
    for who in (mei, person(tx, "Lao", Role.VOLUNTEER, Role.PLEDGER, Role.REPRESENTATIVE)):
        with pytest.raises(NotAllowed):
            OF_STAFF[deed](tx, community, who, number)
    with pytest.raises(NotFound):
        OF_STAFF[deed](tx, community, staff(tx), 999)
    assert known(tx, number) == before and len(happened(tx)) == 1


@pytest.mark.parametrize("deed", OF_RESIDENTS)
@in_transaction
def test_what_residents_do_with_their_own_nobody_else_does(tx: Transaction, community: Community, deed: str) -> None:
    mei = person(tx, "Mei")
    number = report(tx, community, mei)
    before = known(tx, number)
    for who in (person(tx, "Eve"), person(tx, "Wei", Role.STAFF, Role.LEAD, Role.ADMIN)):
        with pytest.raises(NotAllowed):
            OF_RESIDENTS[deed](tx, community, who, number)
    with pytest.raises(NotFound):
        OF_RESIDENTS[deed](tx, community, mei, 999)
    assert known(tx, number) == before and len(happened(tx)) == 1


# -- sent


@in_transaction
def test_a_report_has_a_number_a_deadline_and_all_that_was_said(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    sent = Report([*words(), PHOTO], "stalls", "b3", "By the gate", 31.2, 121.4)
    number = voices.submit(tx, community, mei, sent)
    last_events(tx, VoiceSubmitted(actor=mei.id, voice=number))
    voice = known(tx, number)
    assert (voice.person, voice.state, voice.category, voice.area, voice.place) == (
        mei.id, State.NEW, "stalls", "b3", "By the gate",
    )  # fmt: skip
    assert (voice.latitude, voice.longitude, voice.recorded_by, voice.follows) == (31.2, 121.4, None, None)
    assert voice.due_at == MONDAY + timedelta(days=3) and not voice.about_person
    parts = [(part.kind, part.text, part.file_id, part.person) for part in store.parts(tx, number)]
    assert parts == [("text", "The lamp is dark", None, mei.id), ("photo", "Here", "file", mei.id)]
    assert due.planned(tx, f"{deadlines.KIND}:{number}") is not None


@in_transaction
def test_without_a_category_there_is_no_deadline_yet(tx: Transaction, community: Community) -> None:
    number = report(tx, community, person(tx, "Mei"))
    assert known(tx, number).due_at is None and due.planned(tx, f"{deadlines.KIND}:{number}") is None


@in_transaction
def test_out_of_hours_it_says_when_somebody_is_there(tx: Transaction, community: Community) -> None:
    tx.now = datetime(2026, 3, 6, 12, tzinfo=UTC)  # a Friday evening
    mei = person(tx, "Mei")
    number = report(tx, community, mei)
    opens = to_text(datetime(2026, 3, 9, 1, tzinfo=UTC))
    last_events(tx, VoiceSubmitted(actor=mei.id, voice=number, opens=opens))


@in_transaction
def test_danger_is_due_in_minutes_and_no_later_than_its_category_says(tx: Transaction, community: Community) -> None:
    soon = MONDAY + timedelta(minutes=community.care.danger_minutes)
    for category in (None, "stalls"):
        number = report(tx, community, person(tx, "Mei"), "fire", category=category, danger="fire")
        assert (known(tx, number).danger, known(tx, number).due_at) == ("fire", soon)


@in_transaction
def test_a_kind_that_names_people_is_shown_to_nobody_else(tx: Transaction, community: Community) -> None:
    number = report(tx, community, person(tx, "Mei"), category="noise")
    assert known(tx, number).about_person


@in_transaction
def test_what_they_have_to_do_with_the_place_is_kept_for_the_next_one(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    taking_back.relate(tx, mei, report(tx, community, mei), Relation.WORKS)
    assert known(tx, report(tx, community, mei)).relation == "works"
    assert known(tx, report(tx, community, person(tx, "Bo"))).relation is None


@in_transaction
def test_who_is_blocked_sends_nothing_but_danger(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), staff(tx)
    number = report(tx, community, mei)
    blocks.put(tx, mei.id, wei.id, "Nonsense", MONDAY + HOUR)
    for deed in (
        lambda: report(tx, community, mei),
        lambda: voices.add(tx, community, mei, number, words()),
        lambda: voices.reword(tx, community, mei, number, store.parts(tx, number)[0], "Dark"),
    ):
        with pytest.raises(Blocked):
            deed()
    assert len(tx.query("SELECT 1 FROM voices")) == 1 and len(store.parts(tx, number)) == 1
    assert known(tx, report(tx, community, mei, "fire", danger="fire")).danger == "fire"
    tx.now = MONDAY + HOUR
    report(tx, community, mei)


# -- said more about


@pytest.mark.parametrize("state", State)
@in_transaction
def test_who_reported_or_joined_says_more_in_whatever_state_it_is(
    tx: Transaction, community: Community, state: State
) -> None:
    mei, bo = person(tx, "Mei"), person(tx, "Bo")
    number = report(tx, community, mei)
    joining.join(tx, bo, number, words("Here, too"))
    stands(tx, number, state)
    for who in (mei, bo):
        voices.add(tx, community, who, number, words(f"{who.name} says more"))
        part = store.parts(tx, number)[-1]
        last_events(tx, VoiceAdded(actor=who.id, voice=number, parts=(part.id,), quietly=True))
        assert (part.person, part.text) == (who.id, f"{who.name} says more")
    assert known(tx, number).state is state


@in_transaction
def test_what_was_said_reads_otherwise_and_the_old_words_stay(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = report(tx, community, mei)
    (part,) = store.parts(tx, number)
    voices.reword(tx, community, mei, number, part, "Two lamps are dark")
    earlier = store.parts(tx, number)[-1]
    last_events(tx, VoiceReworded(actor=mei.id, voice=number, now=part.id, part=earlier.id, quietly=True))
    assert texts(tx, number, "report") == ["Two lamps are dark"] and earlier.text == "The lamp is dark"
    assert known(tx, number).danger is None
    voices.reword(tx, community, mei, number, store.parts(tx, number)[0], "The lamp burns", "fire")
    assert known(tx, number).danger == "fire"
    assert known(tx, number).due_at == MONDAY + timedelta(minutes=community.care.danger_minutes)


@in_transaction
def test_a_photo_without_words_leaves_none_behind(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = voices.submit(tx, community, mei, Report([NewPart("photo", None, "file", "unique")]))
    (part,) = store.parts(tx, number)
    voices.reword(tx, community, mei, number, part, "The lamp")
    last_events(tx, VoiceReworded(actor=mei.id, voice=number, now=part.id, part=None, quietly=True))


@in_transaction
def test_what_it_read_before_it_was_sent_is_kept_and_told_to_nobody(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = report(tx, community, mei)
    voices.keep_earlier(tx, mei, number, ["The lump", "The lam"])
    assert texts(tx, number, "earlier") == ["The lump", "The lam"] and len(happened(tx)) == 1


# -- worked on


@in_transaction
def test_it_is_taken_also_from_a_colleague(tx: Transaction, community: Community) -> None:
    number, wei, li = report(tx, community, person(tx, "Mei"), category="stalls"), staff(tx), staff(tx, "Li")
    voices.take(tx, community, wei, number)
    last_events(tx, VoiceTaken(actor=wei.id, voice=number, assignee=wei.id))
    with pytest.raises(AlreadyDone):
        voices.take(tx, community, wei, number)
    voices.take(tx, community, li, number)
    last_events(tx, VoiceTaken(actor=li.id, voice=number, assignee=li.id, before=wei.id))
    assert (known(tx, number).state, known(tx, number).assignee) == (State.TAKEN, li.id)


@in_transaction
def test_who_starts_answers_for_it_unless_somebody_does(tx: Transaction, community: Community) -> None:
    one, other = (report(tx, community, person(tx, name)) for name in ("Mei", "Bo"))
    wei, li = staff(tx), staff(tx, "Li")
    voices.take(tx, community, wei, one)
    for number, assignee in ((one, wei), (other, li)):
        voices.start(tx, community, li, number)
        last_events(tx, VoiceStarted(actor=li.id, voice=number))
        assert (known(tx, number).state, known(tx, number).assignee) == (State.STARTED, assignee.id)
    with pytest.raises(WrongState):
        voices.start(tx, community, li, one)


@pytest.mark.parametrize("deed", ["take", "start", "resolve"])
@pytest.mark.parametrize("state", [each for each in State if each not in WORKABLE])
@in_transaction
def test_what_there_is_no_work_with_is_not_worked_on(
    tx: Transaction, community: Community, deed: str, state: State
) -> None:
    number = report(tx, community, person(tx, "Mei"))
    stands(tx, number, state)
    with pytest.raises(WrongState):
        OF_STAFF[deed](tx, community, staff(tx), number)
    assert known(tx, number).state is state and len(happened(tx)) == 1


@in_transaction
def test_taken_back_from_outside_its_deadline_counts_again(tx: Transaction, community: Community) -> None:
    number, wei = report(tx, community, person(tx, "Mei"), category="stalls"), staff(tx)
    for deed in (voices.take, voices.start):
        stands(tx, number, State.HANDED_ON)
        due.cancel(tx, f"voice:{number}", deadlines.KIND)
        deed(tx, community, wei, number)
        assert due.planned(tx, f"{deadlines.KIND}:{number}") is not None


@in_transaction
def test_the_line_it_goes_by_is_cut_where_a_line_ends(tx: Transaction, community: Community) -> None:
    number, wei = report(tx, community, person(tx, "Mei")), staff(tx)
    voices.set_title(tx, wei, number, "x" * 500)
    last_events(tx, VoiceTitled(actor=wei.id, voice=number))
    assert known(tx, number).title == "x" * voices.TITLE_LENGTH


@in_transaction
def test_resolved_everybody_who_spoke_is_asked_round_by_round(tx: Transaction, community: Community) -> None:
    mei, bo, wei = person(tx, "Mei"), person(tx, "Bo"), staff(tx)
    number = report(tx, community, mei)
    joining.join(tx, bo, number, words("Here, too"))
    for round_ in (1, 2):
        voices.resolve(tx, community, wei, number, [*words("A new bulb"), PHOTO])
        ids = tuple(part.id for part in store.parts(tx, number) if part.purpose == "resolution")[-2:]
        last_events(tx, VoiceResolved(actor=wei.id, voice=number, parts=ids, round=round_))
        voice = known(tx, number)
        assert (voice.state, voice.assignee, voice.rounds) == (State.RESOLVED, wei.id, round_)
        asked = tx.query("SELECT person FROM verdicts WHERE voice = ? AND round = ? ORDER BY person", (number, round_))
        assert [row["person"] for row in asked] == [mei.id, bo.id]
        assert due.planned(tx, f"{verdicts.KIND}:{number}:{round_}:again") == MONDAY + timedelta(days=3)
        stands(tx, number, State.REOPENED)


@in_transaction
def test_that_staff_asked_who_it_is_is_on_record(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), staff(tx)
    number = report(tx, community, mei)
    assert voices.reporter(tx, wei, number).id == mei.id
    last_events(tx, ReporterShown(actor=wei.id, voice=number))


# -- what was heard in a voice note


@in_transaction
def test_what_staff_heard_is_confirmed_once_by_whose_it_is(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), staff(tx)
    number = report(tx, community, mei)
    with pytest.raises(WrongState):
        voices.confirm_heard(tx, mei, number, True, mark("Dark"))
    voices.set_heard(tx, wei, number, "Dark")
    last_events(tx, VoiceHeard(actor=wei.id, voice=number))
    with pytest.raises(WrongState):
        voices.confirm_heard(tx, mei, number, True, mark("Light"))  # another line was read
    voices.confirm_heard(tx, mei, number, False, mark("Dark"))
    last_events(tx, VoiceHeardConfirmed(actor=mei.id, voice=number, right=False))
    with pytest.raises(AlreadyDone):
        voices.confirm_heard(tx, mei, number, True, mark("Dark"))
    assert known(tx, number).heard_right is False
    voices.set_heard(tx, wei, number, "Quite dark")
    assert known(tx, number).heard_right is None, "a new line, a new question"


@in_transaction
def test_a_drafted_line_is_staffs_when_they_make_it_theirs_and_once(tx: Transaction, community: Community) -> None:
    number, wei = report(tx, community, person(tx, "Mei")), staff(tx)
    voices.draft_heard(tx, number, "Dark")
    part = store.parts(tx, number)[-1]
    last_events(tx, VoiceHeardDrafted(voice=number, part=part.id))
    assert known(tx, number).heard is None
    with pytest.raises(NotAllowed):
        voices.use_draft(tx, person(tx, "Mei"), part.id)
    for wrong in (999, store.parts(tx, number)[0].id):
        with pytest.raises(NotFound):
            voices.use_draft(tx, wei, wrong)
    assert voices.use_draft(tx, wei, part.id) == number and known(tx, number).heard == "Dark"
    last_events(tx, VoiceHeard(actor=wei.id, voice=number))
    with pytest.raises(AlreadyDone):
        voices.use_draft(tx, wei, part.id)
    with pytest.raises(NotFound):
        voices.draft_heard(tx, 999, "Dark")


# -- completed


@in_transaction
def test_its_reporter_and_staff_complete_it_and_nobody_else(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), staff(tx)
    number = report(tx, community, mei)
    with pytest.raises(NotAllowed):
        voices.complete(tx, community, person(tx, "Eve"), number, category="stalls")
    with pytest.raises(NotFound):
        voices.complete(tx, community, wei, number, category="moon")
    with pytest.raises(NotFound):
        voices.complete(tx, community, wei, 999, category="stalls")
    tx.now += HOUR
    voices.complete(tx, community, mei, number, category="stalls")
    last_events(tx, VoiceCompleted(actor=mei.id, voice=number, category="stalls"))
    assert known(tx, number).due_at == MONDAY + timedelta(days=3), "from when it was sent"
    assert due.planned(tx, f"{deadlines.KIND}:{number}") is not None
    voices.complete(tx, community, wei, number, category="noise")
    assert known(tx, number).category == "noise" and known(tx, number).about_person


@in_transaction
def test_another_kind_makes_it_no_less_dangerous(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = report(tx, community, mei, "fire", danger="fire")
    soon = known(tx, number).due_at
    voices.complete(tx, community, mei, number, category="stalls")
    assert known(tx, number).due_at == soon


@in_transaction
def test_a_place_is_an_area_or_typed_words_and_a_shared_point_stays(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), staff(tx)
    number = report(tx, community, mei)
    voices.complete(tx, community, mei, number, latitude=31.2, longitude=121.4)
    voices.complete(tx, community, wei, number, place="By the stairs")
    typed = store.parts(tx, number)[-1]
    last_events(tx, VoiceCompleted(actor=wei.id, voice=number, category=None, part=typed.id))
    voice = known(tx, number)
    assert (voice.place, voice.latitude, voice.longitude, typed.text) == ("By the stairs", 31.2, 121.4, "By the stairs")
    voices.complete(tx, community, wei, number, area="b3")
    last_events(tx, VoiceCompleted(actor=wei.id, voice=number, category=None, area="b3"))
    assert (known(tx, number).area, known(tx, number).place) == ("b3", None)


@in_transaction
def test_a_place_that_is_said_otherwise_leaves_the_words_before(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = report(tx, community, mei)
    voices.change_place(tx, mei, number, None, "By the gate")
    last_events(tx, VoicePlaceChanged(actor=mei.id, voice=number, part=None))
    voices.change_place(tx, mei, number, "north-gate", "By the north gate")
    (before,) = [part for part in store.parts(tx, number) if part.purpose == "place"]
    last_events(tx, VoicePlaceChanged(actor=mei.id, voice=number, part=before.id))
    assert before.text == "By the gate"
    assert (known(tx, number).area, known(tx, number).place) == ("north-gate", "By the north gate")


# -- who speaks


@in_transaction
def test_who_wrote_it_down_speaks_for_them_while_they_are_staff(tx: Transaction, community: Community) -> None:
    wei, chen = staff(tx), person(tx, "Old Chen", started=False)
    number = voices.submit(tx, community, chen, Report(words()), recorded_by=wei.id)
    voice = known(tx, number)
    assert voices.speaks_for_reporter(wei, voice) and voices.speaks(tx, wei, voice)
    assert not voices.speaks_for_reporter(staff(tx, "Li"), voice)
    own = known(tx, voices.submit(tx, community, wei, Report(words()), recorded_by=wei.id))
    assert voices.speaks(tx, wei, own) and not voices.speaks_for_reporter(wei, own), "it is their own"
