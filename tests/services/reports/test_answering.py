"""Answers and notes of staff: who may write, change, send and take back which, and what stays on record."""

import pytest

from domain.community import Community
from domain.events import (
    ReportAlbumWentOn,
    ReportAnswerChanged,
    ReportAnswered,
    ReportAnswerTakenBack,
    ReportNoteChanged,
    ReportNoted,
    ReportProofChanged,
)
from domain.people.rights import NotAllowed, Role
from services.core.errors import AlreadyDone, NotFound
from services.reports import answering, joining, working
from storage.core import chats, messages, scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.reports import answers
from storage.reports import reports as store
from storage.reports.reports import NewPart, Part
from tests.services.reporting import submitted, texts, words
from tests.support import happened, in_transaction, last_events, person

PHOTO = NewPart("photo", "Before", "file-1", "unique-1")
OTHER_PHOTO = NewPart("photo", "After", "file-2", "unique-2")


def staff(tx: Transaction, name: str = "Wei") -> Person:
    return person(tx, name, Role.STAFF)


def part(tx: Transaction, number: int) -> Part:
    found = store.part(tx, number)
    assert found is not None
    return found


@in_transaction
def test_only_staff_write_release_and_take_back(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), staff(tx)
    number = submitted(tx, community, mei)
    answer, note = answering.answer(tx, wei, number, words("We come")), answering.note(tx, wei, number, words("Hm")[0])
    before = len(happened(tx))
    for who in (mei, person(tx, "Lao", Role.VOLUNTEER, Role.PLEDGER, Role.REPRESENTATIVE)):
        for deed in (
            lambda: answering.answer(tx, who, number, words()),  # noqa: B023
            lambda: answering.note(tx, who, number, words()[0]),  # noqa: B023
            lambda: answering.a_note(tx, who, note),  # noqa: B023
            lambda: answering.release_note(tx, who, note),  # noqa: B023
            lambda: answering.go_on(tx, who, part(tx, answer), PHOTO),  # noqa: B023
            lambda: answering.change(tx, who, part(tx, answer), "Never"),  # noqa: B023
            lambda: answering.sent(tx, who, answer),  # noqa: B023
            lambda: answering.take_back(tx, who, answer),  # noqa: B023
            lambda: answering.answerable(tx, who, number),  # noqa: B023
        ):
            with pytest.raises(NotAllowed):
                deed()
    for deed in (
        lambda: answering.answer(tx, wei, 999, words()),
        lambda: answering.note(tx, wei, 999, words()[0]),
        lambda: answering.a_note(tx, wei, answer),
        lambda: answering.sent(tx, wei, note),
        lambda: answering.sent(tx, wei, 999),
        lambda: answering.answerable(tx, wei, 999),
    ):
        with pytest.raises(NotFound):
            deed()
    assert len(happened(tx)) == before


@in_transaction
def test_an_answer_of_several_parts_is_one(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    assert answering.newest(tx, number) is None
    first = answering.answer(tx, wei, number, [*words("We come"), PHOTO])
    parts = answers.parts_of(tx, first)
    assert [each.text for each in parts] == ["We come", "Before"] and [each.first for each in parts] == [None, first]
    last_events(tx, ReportAnswered(actor=wei.id, report=number, parts=(first, parts[1].id)))
    newest = answering.newest(tx, number)
    assert newest is not None and (newest.by.id, newest.at, newest.parts) == (wei.id, tx.now, parts)
    # What went on with an album is part of it, too.
    answering.go_on(tx, wei, parts[1], OTHER_PHOTO)
    third = answers.parts_of(tx, first)[2]
    last_events(tx, ReportAlbumWentOn(actor=wei.id, report=number, part=third.id, to_resident=True))
    assert (third.first, third.purpose) == (first, answering.ANSWER)


@in_transaction
def test_a_note_stays_with_staff_until_it_is_released_once(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    note = answering.note(tx, wei, number, NewPart("text", text="Ask the plumber"))
    last_events(tx, ReportNoted(actor=wei.id, report=number, part=note))
    assert not part(tx, note).released
    answering.go_on(tx, wei, part(tx, note), PHOTO)
    (second,) = [each.id for each in answers.parts_of(tx, note) if each.first == note]
    last_events(tx, ReportAlbumWentOn(actor=wei.id, report=number, part=second, to_resident=False))
    with pytest.raises(NotFound):
        answering.a_note(tx, wei, second)  # it goes with the first one
    assert answering.release_note(tx, staff(tx, "Li"), note) == number
    assert all(each.released for each in answers.parts_of(tx, note))
    assert happened(tx)[-1] == ReportAnswered.KIND
    with pytest.raises(AlreadyDone):
        answering.release_note(tx, wei, note)
    answering.go_on(tx, wei, part(tx, note), OTHER_PHOTO)
    third = answers.parts_of(tx, note)[-1]
    assert third.released
    last_events(tx, ReportAlbumWentOn(actor=wei.id, report=number, part=third.id, to_resident=True))


@in_transaction
def test_an_answer_is_changed_by_who_wrote_it_and_stays_on_record(tx: Transaction, community: Community) -> None:
    number, wei, li = submitted(tx, community, person(tx, "Mei")), staff(tx), staff(tx, "Li")
    first = answering.answer(tx, wei, number, words("We come"))
    with pytest.raises(NotAllowed):
        answering.change(tx, li, part(tx, first), "We do not come")
    assert not answering.change(tx, wei, part(tx, first), "We come"), "nothing has changed"
    assert not answering.change(tx, wei, part(tx, first), None)
    people.revoke(tx, wei.id, Role.STAFF)
    with pytest.raises(NotAllowed):
        answering.change(tx, people.by_id(tx, wei.id), part(tx, first), "Never")  # staff no more
    people.grant(tx, wei.id, Role.STAFF, None)
    assert answering.change(tx, wei, part(tx, first), "We come tomorrow")
    (earlier,) = [each.id for each in store.parts(tx, number) if each.purpose == answering.EARLIER]
    last_events(tx, ReportAnswerChanged(actor=wei.id, report=number, answer=first, part=earlier))
    assert part(tx, first).text == "We come tomorrow" and texts(tx, number, answering.EARLIER) == ["We come"]
    # An edit that is not the newest comes late: it is only kept.
    count = len(happened(tx))
    assert not answering.change(tx, wei, part(tx, first), "We come soon", newest_change=False)
    assert part(tx, first).text == "We come tomorrow" and len(happened(tx)) == count
    assert texts(tx, number, answering.EARLIER) == ["We come", "We come soon"]


@in_transaction
def test_another_file_takes_its_place_and_the_one_before_stays_on_record(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    first = answering.answer(tx, wei, number, [PHOTO])
    assert not answering.change(tx, wei, part(tx, first), "Before", PHOTO), "the same file with the same words"
    assert answering.change(tx, wei, part(tx, first), "After", OTHER_PHOTO)
    earlier = store.parts(tx, number)[-1]
    last_events(tx, ReportAnswerChanged(actor=wei.id, report=number, answer=first, part=earlier.id, replaced=first))
    assert (part(tx, first).file_id, part(tx, first).text) == ("file-2", "After")
    assert (earlier.kind, earlier.file_id, earlier.text) == ("photo", "file-1", "Before")
    late = NewPart("photo", "Between", "file-3", "unique-3")
    assert not answering.change(tx, wei, part(tx, first), "Between", late, newest_change=False)
    assert store.parts(tx, number)[-1].file_id == "file-3" and part(tx, first).file_id == "file-2"


@in_transaction
def test_a_note_and_a_proof_are_changed_each_in_its_way(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    note = answering.note(tx, wei, number, NewPart("text", text="Ask Lao"))
    assert answering.change(tx, wei, part(tx, note), "Ask Li")
    earlier = store.parts(tx, number)[-1].id
    last_events(tx, ReportNoteChanged(actor=wei.id, report=number, part=earlier))
    working.resolve(tx, community, wei, number, [PHOTO])
    (proof,) = [each.id for each in store.parts(tx, number) if each.purpose == answering.PROOF]
    assert not answering.change(tx, wei, part(tx, proof), "Before", OTHER_PHOTO), "photos of a proof are out"
    assert answering.change(tx, wei, part(tx, proof), "Now", OTHER_PHOTO)
    earlier = store.parts(tx, number)[-1].id
    last_events(tx, ReportProofChanged(actor=wei.id, report=number, proof=proof, part=earlier))
    assert (part(tx, proof).text, part(tx, proof).file_id) == ("Now", "file-1")
    with pytest.raises(NotFound):
        answering.change(tx, wei, store.parts(tx, number)[0], "What the resident said")


@in_transaction
def test_words_that_were_added_to_a_file_leave_nothing_to_keep(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    first = answering.answer(tx, wei, number, [NewPart("photo", None, "file-1", "unique-1")])
    assert answering.change(tx, wei, part(tx, first), "Look")
    last_events(tx, ReportAnswerChanged(actor=wei.id, report=number, answer=first, part=None))


@in_transaction
def test_taken_back_by_any_colleague_once_and_changed_no_more(tx: Transaction, community: Community) -> None:
    number, wei, li = submitted(tx, community, person(tx, "Mei")), staff(tx), staff(tx, "Li")
    first = answering.answer(tx, wei, number, [*words("Wrong"), PHOTO])
    ids = tuple(each.id for each in answering.sent(tx, li, first))
    with pytest.raises(NotFound):
        answering.sent(tx, li, ids[1])
    assert answering.take_back(tx, li, first) == number
    last_events(tx, ReportAnswerTakenBack(actor=li.id, report=number, answer=first, parts=ids))
    assert all(each.taken_back_at == tx.now for each in answers.parts_of(tx, first))
    assert answering.newest(tx, number) is None
    with pytest.raises(AlreadyDone):
        answering.take_back(tx, wei, first)
    for deed in (
        lambda: answering.change(tx, wei, part(tx, first), "Right"),
        lambda: answering.go_on(tx, wei, part(tx, first), PHOTO),
    ):
        with pytest.raises(NotFound):
            deed()


@in_transaction
def test_who_has_it_is_counted_by_those_who_got_it(tx: Transaction, community: Community) -> None:
    mei, bo, eve = (person(tx, name) for name in ("Mei", "Bo", "Eve"))
    number, wei = submitted(tx, community, mei), staff(tx)
    chen = people.without_telegram(tx, "Old Chen", None, "en")
    for each in (bo, eve, chen):
        joining.join(tx, each, number, words("Here, too"))
    first = answering.answer(tx, wei, number, words("We come"))
    scheduled_tasks.plan(tx, answers.RECEIPT, f"report:{number}", tx.now.replace(hour=20), answers.receipt(first))
    gone = chats.private_with(tx, eve.id)
    assert gone is not None
    chats.set_unreachable(tx, gone.id, "blocked")
    assert answering.reached(tx, number, first) == answering.Reached(count=4, got=0, closed=1, without=1)
    chat = chats.private_with(tx, mei.id)
    assert chat is not None
    card = messages.new_card(tx, chat.id, f"report:{number}", answers.role(first))
    messages.set_card_message(tx, card, 77)
    assert answering.reached(tx, number, first) == answering.Reached(count=4, got=1, closed=1, without=1)
    answering.copy_arrived(tx, messages.new_card(tx, chat.id, f"report:{number}", "status"))
    assert scheduled_tasks.planned(tx, answers.receipt(first)) != tx.now, "any other card"
    answering.copy_arrived(tx, card)
    assert scheduled_tasks.planned(tx, answers.receipt(first)) == tx.now, "staff read it now"


@in_transaction
def test_a_released_note_is_an_answer_like_any_other(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    note = answering.note(tx, wei, number, NewPart("text", text="Ask Lao"))
    answering.release_note(tx, wei, note)
    assert answering.change(tx, wei, part(tx, note), "We asked Lao")
    earlier = store.parts(tx, number)[-1].id
    last_events(tx, ReportAnswerChanged(actor=wei.id, report=number, answer=note, part=earlier))
    assert [each.id for each in answering.sent(tx, wei, note)] == [note]
    answering.take_back(tx, wei, note)
    last_events(tx, ReportAnswerTakenBack(actor=wei.id, report=number, answer=note, parts=(note,)))


@in_transaction
def test_a_later_part_is_changed_as_part_of_its_answer(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    first = answering.answer(tx, wei, number, [*words("We come"), PHOTO])
    second = answers.parts_of(tx, first)[1]
    assert answering.change(tx, wei, second, None), "the words below a photo can go"
    earlier = store.parts(tx, number)[-1].id
    last_events(tx, ReportAnswerChanged(actor=wei.id, report=number, answer=first, part=earlier))
    assert part(tx, second.id).text is None
    assert answering.change(tx, wei, part(tx, second.id), None, OTHER_PHOTO)
    assert store.parts(tx, number)[-1].file_id == "file-1", "a photo without words stays on record, too"
    with pytest.raises(NotFound):
        answering.a_note(tx, wei, 999)
