"""The words of a project's lead to everybody whose report is in it: one word to many (services/broadcasts).

Raises NotAllowed, NotFound, WrongState, AlreadyDone, TooLong or ReachesNobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.broadcasts.broadcasts import State
from domain.community import Community
from domain.core.parts import PartKind
from domain.core.subjects import split, subject
from domain.events import BroadcastStarted, ReportEvent
from services.broadcasts import broadcasting
from services.core.errors import NotFound
from services.projects.access import known, steered
from storage.broadcasts import broadcasts
from storage.broadcasts.broadcasts import Broadcast, BroadcastPart
from storage.broadcasts.recipients import Recipient
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import addressees, members, projects
from storage.projects.addressees import Reach
from storage.reports import reports
from storage.reports.reports import NewPart

LENGTH = 3000
"""So many letters have room in one message, beside what stands around them."""
MOST_FILES = 10
"""So many photos go with one word: one album."""
PHONE_KIND = "project_word_by_phone"
"""Has those rung back who are without Telegram."""
LOOKED_AGAIN = timedelta(minutes=1)
"""So often it is looked whether what was stopped goes on."""


class TooLong(Exception):
    """The words do not fit into one message; `limit` letters do."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class TooManyFiles(Exception):
    """More photos than go with one word."""


class ReachesNobody(Exception):
    """Nobody stands behind a report in it."""


@dataclass(frozen=True)
class NewWord:
    """What is to be said: words by language (None: for all who have none of their own), and photos for all."""

    words: Sequence[tuple[str | None, str]]
    files: Sequence[NewPart] = ()


def of(project: int) -> str:
    """What such words belong to, as a subject."""
    return subject("project", project)


def check(words: str, files: int = 0) -> None:
    """Raises TooLong or TooManyFiles for what does not fit, as Telegram counts letters."""
    if len(words.encode("utf-16-le", "surrogatepass")) // 2 > LENGTH:
        raise TooLong(LENGTH)
    if files > MOST_FILES:
        raise TooManyFiles


def reach(tx: Transaction, actor: Person, number: int) -> Reach:
    """How many a word would reach, and whom it cannot."""
    steered(tx, actor, number)
    return addressees.reach(tx, number)


def say(tx: Transaction, actor: Person, number: int, new: NewWord) -> Broadcast:
    """Say it to everybody whose report is in the project, each once."""
    steered(tx, actor, number)
    for _, text in new.words:
        check(text, len(new.files))
    if not members.count(tx, number):
        raise ReachesNobody
    broadcast = broadcasting.prepare(tx, actor, of(number))
    for language, text in new.words:
        broadcasting.add_part(tx, broadcast, NewPart(PartKind.TEXT, text=text), language)
    for each in new.files:
        broadcasting.add_part(tx, broadcast, NewPart(each.kind, None, each.file_id, each.file_unique_id))
    broadcasting.start(tx, actor, broadcast.id, may_steer)
    return broadcasting.get(tx, broadcast.id)


def may_steer(tx: Transaction, actor: Person, about: str) -> None:
    """Who leads the project, and staff, may send, stop, correct and withdraw what was said to it. Raises NotAllowed."""
    steered(tx, actor, split(about)[1])


def newest(tx: Transaction, number: int) -> Broadcast | None:
    """What was said last, and not withdrawn; None when nothing was."""
    return broadcasting.newest_sent(tx, of(number))


def the_word(tx: Transaction, actor: Person, number: int) -> tuple[Broadcast, Sequence[BroadcastPart]]:
    """Something that was said to a project, with its parts, for who may steer it."""
    broadcast = broadcasting.get(tx, number)
    kind, project = split(broadcast.subject)
    if kind != "project":
        raise NotFound
    steered(tx, actor, project)
    return broadcast, broadcasts.parts_of(tx, number)


def correct(tx: Transaction, actor: Person, number: int, language: str | None, text: str) -> None:
    """It reads so from now on, in every copy."""
    the_word(tx, actor, number)
    check(text)
    broadcasting.correct(tx, actor, number, language, text, may_steer)


def withdraw(tx: Transaction, actor: Person, number: int) -> None:
    """Nobody is to have it any more."""
    the_word(tx, actor, number)
    broadcasting.withdraw(tx, actor, number, may_steer)


def recipients(tx: Transaction, about: str, after: int, limit: int) -> list[Recipient]:
    """The next of those to whom it goes, each with a report of theirs (`Broadcaster.recipients`)."""
    found = addressees.page(tx, split(about)[1], after, limit)
    return [Recipient(person, subject("report", report)) for person, report in found]


# -- who comes later, and who has no Telegram


def came_later(tx: Transaction, _community: Community, event: ReportEvent) -> None:
    """Somebody stands behind a report in a project since now: they read what was said last, if they have not."""
    main = reports.main_of(tx, reports.existing(tx, event.report))
    word = newest(tx, main.project) if main.project is not None else None
    if main.project is None or word is None or not known(tx, main.project).stage.is_open:
        return
    found = addressees.of_report(tx, main.id)
    broadcasting.send_also(tx, word.id, [Recipient(person, subject("report", report)) for person, report in found])


def started(tx: Transaction, _community: Community, event: BroadcastStarted) -> None:
    """It begins to go out: the project moves, and those without Telegram are to be rung back."""
    kind, number = split(event.about)
    if kind == "project":
        projects.touch(tx, number)
        plan_by_phone(tx, event.broadcast, 0, tx.now)


def plan_by_phone(tx: Transaction, broadcast: int, after: int, at: datetime) -> None:
    """Have the next of them rung back, behind that person."""
    key = f"{PHONE_KIND}:{broadcast}"
    scheduled_tasks.plan(tx, PHONE_KIND, subject("broadcast", broadcast), at, key, {"after": after})


def by_phone(tx: Transaction, broadcast: int, data: dict[str, Any], limit: int) -> list[tuple[int, int]]:
    """The task: the next people to be rung back, with the report they know. While it is stopped nobody is."""
    found = broadcasts.by_id(tx, broadcast)
    if found is None or found.state is State.WITHDRAWN:
        return []
    if found.state is State.STOPPED:
        plan_by_phone(tx, broadcast, data["after"], tx.now + LOOKED_AGAIN)
        return []
    people = addressees.without_telegram(tx, split(found.subject)[1], data["after"], limit)
    if len(people) == limit:
        plan_by_phone(tx, broadcast, people[-1][0], tx.now + broadcasting.AGAIN)
    return people
