"""What is written back to one person: they alone read it, and only who leads the project writes it."""

import pytest

from domain.community import Community
from domain.events import ReportAlbumWentOn, ReportAnswerChanged, ReportAnswered
from domain.people.rights import NotAllowed, Role
from services.core.errors import NotFound
from services.projects import answers_to_words
from services.reports import answering, joining, saying_more
from storage.core.database import Transaction
from storage.people import people
from storage.reports import reports, threads
from storage.reports.reports import NewPart
from tests.services.projects.bundles import bundled, made, staff
from tests.services.reporting import known, words
from tests.support import in_transaction, last_events, person


@in_transaction
def test_one_person_alone_is_written_to(tx: Transaction, community: Community) -> None:
    wei, lao = staff(tx), person(tx, "Lao", Role.VOLUNTEER)
    project = made(tx, community, wei, lao)
    (number,) = bundled(tx, community, wei, project, "Mei")
    bo = person(tx, "Bo")
    joining.join(tx, bo, number, [])
    first = answers_to_words.write_back(tx, lao, project.id, number, bo.id, words("On Monday"))
    last_events(tx, ReportAnswered(actor=lao.id, report=number, parts=(first,), to=bo.id))
    with pytest.raises(NotFound):
        answers_to_words.write_back(tx, lao, project.id, number, person(tx, "Out").id, words())
    for actor in (person(tx, "Other", Role.VOLUNTEER), bo):
        with pytest.raises(NotAllowed):
            answers_to_words.write_back(tx, actor, project.id, number, bo.id, words())


@in_transaction
def test_who_wrote_it_goes_on_with_it_and_changes_it_while_they_are_of_the_team(
    tx: Transaction, community: Community
) -> None:
    wei, lao = staff(tx), person(tx, "Lao", Role.VOLUNTEER)
    project = made(tx, community, wei, lao)
    (number,) = bundled(tx, community, wei, project, "Mei")
    mei = known(tx, number).person
    first = answers_to_words.write_back(tx, lao, project.id, number, mei, words("On Monday"))
    part = reports.part(tx, first)
    assert part is not None
    answering.go_on(tx, lao, part, NewPart("photo", None, "f", "u"))
    last_events(tx, ReportAlbumWentOn(actor=lao.id, report=number, part=first + 1, to_resident=True))
    assert answering.change(tx, lao, part, "On Tuesday")
    last_events(tx, ReportAnswerChanged(actor=lao.id, report=number, answer=first, part=first + 2))
    with pytest.raises(NotAllowed):
        answering.change(tx, wei, part, "On Friday")
    people.revoke(tx, lao.id, Role.VOLUNTEER)
    with pytest.raises(NotAllowed):
        answering.change(tx, people.by_id(tx, lao.id), part, "On Friday")


@in_transaction
def test_an_answer_to_the_word_is_an_addition_that_names_its_thread(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    (number,) = bundled(tx, community, wei, project, "Mei")
    mei = people.by_id(tx, known(tx, number).person)
    saying_more.add(tx, community, mei, number, words("Thank you"), thread="project:1")
    (event,) = tx.query("SELECT data FROM events WHERE kind = 'report.added'")
    assert '"thread": "project:1"' in event["data"]


def test_of_what_staff_read_the_purpose_says_whose_words_these_are() -> None:
    assert threads.speaker(threads.purpose("project:3", 45)) == ("project:3", 45)
    assert threads.speaker(threads.purpose("project:3")) is None
    assert threads.speaker("part") is None and threads.speaker("broadcast:3:4") is None
