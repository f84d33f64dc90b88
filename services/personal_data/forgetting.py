"""Forgetting somebody: at once they are a number without a name, and step by step nothing of what they said is left.

The first transaction takes away what they were known by and notes it for the file of what was taken away, so that no
old copy of the database brings them back. What is open ends and what was said goes in chunks, as a task that goes on
after a crash; then what is outside of the database is seen to (`Step.OUTSIDE`). Raises LastAdmin or AlreadyDone.
"""

from datetime import timedelta
from typing import Any

from domain.community import Community
from domain.core.subjects import split, subject
from domain.events import PersonForgotten, RoleRevoked
from domain.people.rights import Action, Role, require
from services.core.errors import AlreadyDone, NotFound
from services.people.team import LastAdmin
from services.personal_data import ending
from services.pledges import erasing as promises
from services.repairs import erasing as repairs
from services.reports import erasing as reports
from storage.core import blocks, chats, scheduled_tasks, taken_away
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.personal_data import erasing, forgetting
from storage.personal_data.forgetting import Forgetting, Step
from storage.pledges import erasing as kept_promises
from storage.repairs import erasing as kept_repairs
from storage.reports import erasing as kept_reports
from storage.reports import reports as stored
from storage.reports import supports

KIND = "forgetting"
WAITING = "forgetting_danger"
"""The task that looks whether staff have closed a report in which somebody may be in danger."""
SOON = timedelta(milliseconds=1)
LOOKS = timedelta(minutes=10)
REPORTS = 50
WORDS = 300
REPAIRS = 100


def begin(tx: Transaction, person: int, asked_by: int | None = None) -> Forgetting:
    """From here on they are a number without a name; what was theirs ends and goes by itself, within the hour.

    `asked_by`: who of the staff does it for them. They are told when all is done, where they can be written to.
    """
    return _begin(tx, person, asked_by, noted=False)


def begin_quietly(tx: Transaction, person: int) -> Forgetting:
    """The same for somebody who did not ask for it and reads nothing of it: they were not here for long."""
    return _begin(tx, person, None, noted=False, tells=False)


def for_them(tx: Transaction, actor: Person, person: int) -> Forgetting:
    """An admin does it for somebody who asked on paper, or has no Telegram. Raises NotAllowed or NotFound, too."""
    require(actor.roles, Action.FORGET)
    if people.find(tx, person) is None:
        raise NotFound
    return begin(tx, person, actor.id)


def may_begin(tx: Transaction, person: int) -> None:
    """Raises LastAdmin where nobody would be left who can do what only admins can."""
    admins = people.with_role(tx, Role.ADMIN)
    if any(each.id == person for each in admins) and not any(each.started and each.id != person for each in admins):
        raise LastAdmin


def never_came(tx: Transaction, who: Person) -> bool:
    """Somebody whom only this very press made known, such as a second tap on the last yes, is not kept; else False."""
    return people.unmeet(tx, who.id)


def again(tx: Transaction, community: Community, person: int) -> None:
    """A restored database has somebody who was forgotten since: all at once, before anybody is written to."""
    found = _begin(tx, person, None, noted=True)
    tx.publish()  # who follows from what was taken away reads rows that go
    data: dict[str, Any] | None = {}
    while data is not None:
        data = _next_step(tx, community, found.person, data)
        tx.publish()
    scheduled_tasks.cancel(tx, subject("person", person), KIND)


def run_due(tx: Transaction, community: Community, about: str, data: dict[str, Any]) -> None:
    """The task: the next chunk."""
    _, person = split(about)
    goes_on = _next_step(tx, community, person, data)
    if goes_on is not None:
        _plan(tx, person, goes_on)


def look_at_danger(tx: Transaction, about: str, data: dict[str, Any]) -> None:
    """The task: once staff have closed a report of danger, what the forgotten person said in it goes, too."""
    _, report = split(about)
    person = int(data["person"])
    if report in kept_reports.of_open_danger(tx, person):
        _watch(tx, person, report)
        return
    if stored.existing(tx, report).person == person:
        _without_words(tx, person, [report])
    while reports.words_of(tx, person, kept_reports.of_open_danger(tx, person), WORDS):
        pass
    found = forgetting.of_person(tx, person)
    if found is not None:
        forgetting.set_step(tx, found.id, Step.OUTSIDE)


def _begin(tx: Transaction, person: int, asked_by: int | None, *, noted: bool, tells: bool = True) -> Forgetting:
    who = people.by_id(tx, person)
    if who.forgotten:
        raise AlreadyDone
    if not noted:
        may_begin(tx, person)
        taken_away.note_forgotten(tx, person)
    chat = None if who.telegram_id is None else chats.by_telegram_id(tx, who.telegram_id)
    found = forgetting.add(
        tx,
        person,
        asked_by,
        None if chat is None else chat.id,
        who.telegram_id,
        tells=tells and not noted and chat is not None,
    )
    if who.telegram_id is not None:
        blocks.keep_for_stranger(tx, person, taken_away.who(taken_away.key(tx), who.telegram_id))
    for role in sorted(people.every_role(tx, person)):
        people.revoke(tx, person, role)
        tx.emit(RoleRevoked(actor=asked_by, person=person, role=role))
    people.forget(tx, person)
    scheduled_tasks.cancel(tx, subject("person", person))
    tx.emit(PersonForgotten(actor=asked_by, person=person, roles=tuple(sorted(who.roles))))
    _plan(tx, person, {})
    return found


def _next_step(tx: Transaction, community: Community, person: int, data: dict[str, Any]) -> dict[str, Any] | None:
    """One chunk; returns what the next one has to know, or None when all is done."""
    found = forgetting.of_person(tx, person)
    if found is None or found.step not in (Step.ENDING, Step.ERASING):
        return None
    if found.step is Step.ENDING:
        if not ending.next_of(tx, community, person):
            forgetting.set_step(tx, found.id, Step.ERASING)
        return {}
    waits = kept_reports.of_open_danger(tx, person)
    following = _erase(tx, person, waits, data)
    if following is None:
        for report in waits:
            _watch(tx, person, report)
        forgetting.set_step(tx, found.id, Step.OUTSIDE)
    return following


def _erase(tx: Transaction, person: int, waits: list[int], data: dict[str, Any]) -> dict[str, Any] | None:
    behind = int(data.get("reports", 0))
    if own := kept_reports.own(tx, person, behind, REPORTS):
        _without_words(tx, person, [number for number in own if number not in waits])
        return {**data, "reports": own[-1]}
    behind = int(data.get("repairs", 0))
    if asked := kept_repairs.of_person(tx, person, behind, REPAIRS):
        others = kept_repairs.for_others(tx, person)
        repairs.whole(tx, [number for number in asked if number not in others])
        return {**data, "repairs": asked[-1]}
    if reports.words_of(tx, person, waits, WORDS):
        return data
    kept_reports.delete_danger_words(tx, person, waits)
    kept_repairs.delete_said_by(tx, person, kept_repairs.for_others(tx, person))
    promises.words(tx, kept_promises.made_by(tx, person))
    kept_promises.empty_said_by(tx, person)
    erasing.by_declaration(tx, person)
    return None


def _without_words(tx: Transaction, person: int, numbers: list[int]) -> None:
    shared = [number for number in numbers if supports.first_other(tx, number, person) is not None]
    reports.whole(tx, [number for number in numbers if number not in shared])
    reports.place_and_voice(tx, shared)


def _plan(tx: Transaction, person: int, data: dict[str, Any]) -> None:
    scheduled_tasks.plan(tx, KIND, subject("person", person), tx.now + SOON, f"{KIND}:{person}", data)


def _watch(tx: Transaction, person: int, report: int) -> None:
    key = f"{WAITING}:{person}:{report}"
    scheduled_tasks.plan(tx, WAITING, subject("report", report), tx.now + LOOKS, key, {"person": person})
