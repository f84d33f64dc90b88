"""A word to everybody whose report is in a project: whom it reaches, who may say it, and who reads it later."""

import pytest

from domain.broadcasts.broadcasts import RecipientState, State
from domain.community import Community
from domain.core.parts import PartKind
from domain.events import ReportBundled, ReportJoined
from domain.people.rights import NotAllowed, Role
from services.broadcasts import broadcasting
from services.core.errors import NotFound
from services.projects import bundling, leading, words
from services.projects.words import NewWord, ReachesNobody, TooLong, TooManyFiles
from services.reports import joining, merging
from storage.broadcasts import recipients
from storage.broadcasts.recipients import Recipient
from storage.core import chats, scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.projects import addressees
from storage.projects.addressees import Reach
from storage.reports.reports import NewPart
from tests.services.broadcasts.saying import all_sent
from tests.services.projects.bundles import bundled, made, staff
from tests.services.reporting import known, submitted
from tests.support import in_transaction, person

WORD = NewWord(
    [("en", "The lifts come in May"), ("zh_Hans", "电梯五月到货")], [NewPart(PartKind.PHOTO, None, "f", "u")]
)


def gathered(tx: Transaction, project: int) -> list[Recipient]:
    """All to whom a word goes, some at a time."""
    found: list[Recipient] = []
    while chunk := words.recipients(tx, words.of(project), found[-1].person if found else 0, 2):
        found += chunk
    return found


def without(tx: Transaction, name: str) -> Person:
    """Somebody who has no Telegram."""
    return people.without_telegram(tx, name, None, "en")


@in_transaction
def test_everybody_behind_its_reports_gets_it_once(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    first, second = bundled(tx, community, wei, project, "Mei", "Bo")
    mei, bo = (people.by_id(tx, known(tx, number).person) for number in (first, second))
    lin = person(tx, "Lin", language="zh_Hans")
    joining.join(tx, lin, second, [])
    again = submitted(tx, community, mei, "And the other lift")
    bundling.add(tx, wei, project.id, again)
    theirs = {mei.id: first, bo.id: second, lin.id: second}
    assert gathered(tx, project.id) == [Recipient(who, f"report:{number}") for who, number in theirs.items()]
    word = words.say(tx, wei, project.id, WORD)
    assert all_sent(tx, community, word.id, lambda after, most: words.recipients(tx, word.subject, after, most))
    assert broadcasting.counts(tx, word.id).sent == 3
    assert [part.language for part in broadcasting.parts_of(tx, word.id)] == ["en", "zh_Hans", None]


@in_transaction
def test_who_reported_what_was_merged_reads_it_by_their_own_number(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    (main,) = bundled(tx, community, wei, project, "Mei")
    bo = person(tx, "Bo")
    part = submitted(tx, community, bo)
    merging.merge(tx, community, wei, part, main)
    assert Recipient(bo.id, f"report:{part}") in gathered(tx, project.id)
    assert (bo.id, part) in addressees.of_report(tx, main)


@in_transaction
def test_who_leads_it_and_staff_say_correct_and_withdraw_and_nobody_else(tx: Transaction, community: Community) -> None:
    wei, lao = staff(tx), person(tx, "Lao", Role.VOLUNTEER)
    other = person(tx, "Other", Role.VOLUNTEER)
    project = made(tx, community, wei, lao)
    bundled(tx, community, wei, project, "Mei")
    word = words.say(tx, lao, project.id, WORD)
    for actor in (other, person(tx, "Mei2")):
        for deed in (
            lambda: words.say(tx, actor, project.id, WORD),  # noqa: B023
            lambda: words.reach(tx, actor, project.id),  # noqa: B023
            lambda: words.correct(tx, actor, word.id, "en", "No"),  # noqa: B023
            lambda: words.withdraw(tx, actor, word.id),  # noqa: B023
            lambda: broadcasting.stop(tx, actor, word.id, words.may_steer),  # noqa: B023
        ):
            with pytest.raises(NotAllowed):
                deed()
    words.correct(tx, lao, word.id, "en", "The lifts come in June")
    assert "The lifts come in June" in {part.text for part in broadcasting.parts_of(tx, word.id)}
    # The lead has left: from then on only staff can.
    leading.give(tx, wei, project.id, wei.id)
    leading.take(tx, wei, project.id, lao.id)
    with pytest.raises(NotAllowed):
        words.withdraw(tx, lao, word.id)
    words.withdraw(tx, wei, word.id)
    assert broadcasting.get(tx, word.id).state is State.WITHDRAWN and words.newest(tx, project.id) is None


@in_transaction
def test_what_is_no_word_of_a_project_is_not_found(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    notice = broadcasting.prepare(tx, wei, "notice:1")
    with pytest.raises(NotFound):
        words.the_word(tx, wei, notice.id)
    with pytest.raises(NotFound):
        words.say(tx, wei, 99, WORD)


@in_transaction
def test_what_does_not_fit_and_what_reaches_nobody_is_refused(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    with pytest.raises(ReachesNobody):
        words.say(tx, wei, project.id, WORD)
    bundled(tx, community, wei, project, "Mei")
    with pytest.raises(TooLong):
        words.say(tx, wei, project.id, NewWord([("en", "x" * (words.LENGTH + 1))]))
    with pytest.raises(TooLong):
        words.check("😀" * (words.LENGTH // 2 + 1))
    with pytest.raises(TooManyFiles):
        words.say(tx, wei, project.id, NewWord([("en", "x")], [*WORD.files] * (words.MOST_FILES + 1)))


@in_transaction
def test_the_reach_tells_languages_the_closed_and_those_without_telegram(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    bundled(tx, community, wei, project, "Mei", "Bo", "Gone")
    lin = submitted(tx, community, person(tx, "Lin", language="zh_Hans"))
    bundling.add(tx, wei, project.id, lin)
    old = submitted(tx, community, without(tx, "Wang"))
    bundling.add(tx, wei, project.id, old)
    gone = next(each for each in gathered(tx, project.id) if people.by_id(tx, each.person).name == "Gone")
    chat = chats.private_with(tx, gone.person)
    assert chat is not None
    chats.set_unreachable(tx, chat.id, "blocked")
    found = words.reach(tx, wei, project.id)
    assert found == Reach({"en": 2, "zh_Hans": 1}, closed=1, without=1) and found.count == 3


@in_transaction
def test_those_without_telegram_are_on_the_list_unless_it_was_withdrawn(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    wang = without(tx, "Wang")
    number = submitted(tx, community, wang)
    bundling.add(tx, wei, project.id, number)
    assert gathered(tx, project.id) == []
    word = words.say(tx, wei, project.id, WORD)
    assert words.by_phone(tx, word.id, {"after": 0}, 1) == [(wang.id, number)]
    assert scheduled_tasks.noted(tx, f"{words.PHONE_KIND}:{word.id}") == {"after": wang.id}
    assert words.by_phone(tx, word.id, {"after": wang.id}, 1) == []
    broadcasting.stop(tx, wei, word.id, words.may_steer)
    assert words.by_phone(tx, word.id, {"after": 0}, 5) == []
    broadcasting.go_on(tx, wei, word.id, words.may_steer)
    assert words.by_phone(tx, word.id, {"after": 0}, 5) == [(wang.id, number)]
    words.withdraw(tx, wei, word.id)
    assert words.by_phone(tx, word.id, {"after": 0}, 5) == []


@in_transaction
def test_who_comes_later_reads_the_last_word_once(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    (number,) = bundled(tx, community, wei, project, "Mei")
    words.say(tx, wei, project.id, NewWord([(None, "First")]))
    last = words.say(tx, wei, project.id, NewWord([(None, "Last")]))
    bo, lin = person(tx, "Bo"), person(tx, "Lin")
    joining.join(tx, bo, number, [])
    words.came_later(tx, community, ReportJoined(actor=bo.id, report=number, parts=()))
    more = submitted(tx, community, lin)
    bundling.add(tx, wei, project.id, more)
    for _ in range(2):
        words.came_later(tx, community, ReportBundled(actor=wei.id, report=more, project=project.id))
    assert recipients.of_person(tx, last.id, bo.id) is RecipientState.WAITING
    assert recipients.of_person(tx, last.id, lin.id) is RecipientState.WAITING
    # What was withdrawn nobody reads later; then the one before counts.
    words.withdraw(tx, wei, last.id)
    assert words.newest(tx, project.id) is not None
    outside = submitted(tx, community, person(tx, "Out"))
    words.came_later(tx, community, ReportJoined(actor=bo.id, report=outside, parts=()))
    assert recipients.of_person(tx, last.id, known(tx, outside).person) is None
