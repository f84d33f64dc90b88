"""How the words of a project's lead read, to one who gets them; and those without Telegram, who are rung back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from domain.broadcasts.broadcasts import read_in
from domain.core.parts import PartKind
from domain.core.subjects import number_of, split
from handlers.kit import wording
from handlers.kit.broadcaster import Broadcaster
from handlers.kit.keyboards import Markup
from handlers.kit.texts import Html, Speaker, bold, escape, lines, one_line, paragraphs
from handlers.kit.update_context import Setup
from handlers.projects.words import threads
from handlers.reports import call_back, questions
from services.projects import words as service
from storage.broadcasts import broadcasts
from storage.broadcasts.broadcasts import Broadcast, BroadcastPart
from storage.broadcasts.recipients import Recipient
from storage.core.database import Transaction
from storage.people import people
from storage.projects import projects
from storage.reports import reports

TITLE = 80
BY_PHONE = 20
"""So many are put on the list of those to be rung back at once."""
NOT_NEW = timedelta(days=1)
"""Who reads it later than that is told of when it is."""


def text(
    say: Speaker, title: str, parts: Sequence[BroadcastPart], report: int | None, when: str | None = None
) -> Html:  # fmt: skip
    """All that somebody reads: `parts` are those for this reader, `report` is the one they know (None: not yet)."""
    other = only_in(say, parts)
    about = say("About the project “{title}” and your report no. {number}", title=title, number=report or 0)
    return paragraphs(
        lines(
            bold(say("A word from the project lead")),
            about if report is not None else say("About the project “{title}” and their report", title=title),
            say("Written on {when}", when=when) if when is not None else None,
        ),
        say("This is only in {language}:", language=other) if other is not None else None,
        escape(words_of(parts)),
        say("To write back, hold your finger on this message and tap “Reply”."),
    )


def only_in(say: Speaker, parts: Sequence[BroadcastPart]) -> str | None:
    """What the language of the words is called that a reader gets, where it is another one than theirs."""
    written = next((part.language for part in parts if part.kind == PartKind.TEXT), None)
    return wording.language(say, written) if written is not None and written != say.language else None


def words_of(parts: Sequence[BroadcastPart]) -> str:
    """All of the words among these parts."""
    return "\n\n".join(part.text for part in parts if part.kind == PartKind.TEXT and part.text)


def copy(
    tx: Transaction, _setup: Setup, say: Speaker, about: str, broadcast: Broadcast, parts: Sequence[BroadcastPart],
    of_theirs: str | None,
) -> tuple[Html, Markup | None]:  # fmt: skip
    """What one reader reads (`Broadcaster.words`)."""
    project, started = projects.existing(tx, split(about)[1]), broadcast.started_at
    when = say.dated(started) if started is not None and started < tx.now - NOT_NEW else None
    return text(say, one_line(project.title, TITLE), parts, number_of(of_theirs, "report"), when), None


def called(_tx: Transaction, _setup: Setup, say: Speaker, about: str) -> Html:
    """What it is called where its writer reads how far it is."""
    return say("Your word to project no. {number}", number=split(about)[1])


def recipients(tx: Transaction, _setup: Setup, about: str, after: int, limit: int) -> Sequence[Recipient]:
    """To whom it goes."""
    return service.recipients(tx, about, after, limit)


BROADCASTER = Broadcaster(recipients, copy, service.may_steer, called, threads.replied)


def ring_back(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The task: the next who are without Telegram are put on the list of those to be rung back."""
    number = split(about)[1]
    found = service.by_phone(tx, number, data, BY_PHONE)
    broadcast = broadcasts.by_id(tx, number)
    if broadcast is None or not found:
        return
    parts = broadcasts.parts_of(tx, number)
    title = one_line(projects.existing(tx, split(broadcast.subject)[1]).title, TITLE)

    def told(say: Speaker) -> Html:
        words = escape(words_of(read_in(parts, say.language)))
        return lines(say("A word from the lead of the project “{title}”:", title=title), words)

    for person, known in found:
        report = reports.existing(tx, known)
        call_back.ring_back(tx, setup, people.by_id(tx, person), report, told, (), questions.ANSWER)
