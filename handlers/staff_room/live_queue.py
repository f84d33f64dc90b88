"""The one pinned message of the staff group that says what is to be done, kept true by editing it.

It follows what happens at most every 20 seconds: edits count among the 20 messages a minute that a group may get.
"""

from datetime import timedelta
from typing import Any

from domain import events
from domain.core.subjects import number_of, subject
from handlers.kit import mailer
from handlers.kit.keyboards import Button, Markup
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup
from handlers.reports import report_line
from handlers.reports.staff_actions import in_pairs
from handlers.staff_room import queue as lists
from services.core import once
from services.staff_room import staff_chat
from storage.core import chats, messages, scheduled_tasks, settings
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Action, Lane, WhenUncertain
from storage.core.settings import SettingKey
from storage.reports.reports import Report
from storage.staff_room import queue

KIND = "live_queue"
ROLE = CardRole.QUEUE
SECONDS = 20
SOON = timedelta(seconds=5)
FIRST_SHOWN = 6
"""Lines of what is most urgent."""


def changed(tx: Transaction) -> None:
    """Something happened to a report: the message is brought up to date within 20 seconds."""
    chat = settings.staff_chat(tx)
    if chat is not None:
        scheduled_tasks.plan_once(
            tx, KIND, subject("chat", chat), tx.now + timedelta(seconds=SECONDS), f"{KIND}:{chat}"
        )


def report_changed(tx: Transaction, _setup: Setup, _event: events.ReportEvent) -> None:
    """A subscriber: something happened to a report."""
    changed(tx)


def chosen(tx: Transaction, chat: int, before: int | None) -> None:
    """Staff work in another group from now on: it gets its own, and that of the group before stands for nothing."""
    scheduled_tasks.plan(tx, KIND, subject("chat", chat), tx.now + SOON, f"{KIND}:{chat}")
    if before is not None:
        scheduled_tasks.plan(tx, KIND, subject("chat", before), tx.now + SOON, f"{KIND}:{before}")


def refresh(tx: Transaction, setup: Setup, about: str, _data: dict[str, Any]) -> None:
    """The task: the message says what is so now, is made when there is none, and is pinned."""
    chat = number_of(about, "chat")
    assert chat is not None
    card = messages.newest_card(tx, about, ROLE)
    say = setup.group_speaker
    if settings.staff_chat(tx) != chat:
        if card is not None:
            _write(tx, chat, int(card["id"]), say("The staff work in another group now."), None)
        return
    number = int(card["id"]) if card else messages.new_card(tx, chat, about, ROLE)
    _write(tx, chat, number, _text(tx, setup, say), _buttons(setup, say))
    if chats.by_id(tx, chat).unreachable is not None:
        return  # what is written to it is put away; once the bot is back there it is written anew
    if card is None or card["message_id"] is None:
        # Only what is sent can be pinned.
        scheduled_tasks.plan(tx, KIND, about, tx.now + SOON, f"{KIND}:{chat}")
    else:
        _pin(tx, setup, chat, number, int(card["message_id"]))


def write_anew(tx: Transaction, setup: Setup, chat: int) -> None:
    """It says what is so now, without waiting for others to change."""
    refresh(tx, setup, subject("chat", chat), {})


def _write(tx: Transaction, chat: int, card: int, text: Html, markup: Markup | None) -> None:
    mailer.card(
        tx,
        chat,
        card,
        text,
        markup,
        silent=True,
        subject=subject("chat", chat),
        purpose=Purpose.QUEUE,
        lane=Lane.NOTICE,
        when_uncertain=WhenUncertain.DROP,
    )


def _pin(tx: Transaction, setup: Setup, chat: int, card: int, message_id: int) -> None:
    """Pin it, once for each message it was; where the bot may not, admins are told once."""
    key = f"{SettingKey.QUEUE_PINNED}{chat}"
    if settings.get(tx, key) == str(message_id):
        return
    ctx = chats.by_id(tx, chat)
    missing = staff_chat.missing(tx, ctx)
    if missing is not None and "pin_messages" in missing:
        _tell_admins(tx, setup, chat, ctx.title or "?")
        return
    once.is_new(tx, key, str(message_id))
    about = subject("chat", chat)
    mailer.add(tx, chat, Action.PIN, {}, reply_to_card=card, subject=about, purpose=Purpose.QUEUE, lane=Lane.NOTICE)


def _tell_admins(tx: Transaction, setup: Setup, chat: int, title: str) -> None:
    def write(say: Speaker) -> Html:
        return say(
            "I may not pin messages in the staff group “{title}”. Please pin my message “What is to be done” there, or "
            "give me the right to.",
            title=title,
        )

    mailer.to_admins(tx, setup, write, once=f"queue_pin:{chat}")


def _text(tx: Transaction, setup: Setup, say: Speaker) -> Html:
    asked = queue.count(tx, queue.to_ask_again(tx))
    danger = queue.count(tx, queue.in_danger())
    counts = [
        bold(say("Danger: {count}", count=danger)) if danger.number else None,
        say("New: {count}", count=queue.count(tx, queue.new())),
        say("In work: {count}", count=queue.count(tx, queue.taken())),
        say("Opened again: {count}", count=queue.count(tx, queue.reopened())),
        say("Overdue: {count}", count=queue.count(tx, queue.overdue(tx))),
        say("With others, to be asked again: {count}", count=asked) if asked.number else None,
    ]
    first = first_reports(tx, FIRST_SHOWN)
    if not first:
        return paragraphs(bold(say("What is to be done")), lines(*counts), say("Nothing is waiting."))
    head = bold(say("What is most urgent:"))
    return paragraphs(
        bold(say("What is to be done")),
        lines(*counts),
        lines(head, *(report_line.entry(tx, setup, say, report) for report in first)),
    )


def first_reports(tx: Transaction, limit: int) -> list[Report]:
    """What staff had better look at first: danger, opened again, overdue, new, then what is due next."""
    found: dict[int, Report] = {}
    for ranges in (queue.in_danger(), queue.reopened(), queue.overdue(tx), queue.new(), queue.due_soon(tx)):
        for report in queue.page(tx, ranges, None, limit):
            found.setdefault(report.id, report)
    return list(found.values())[:limit]


def _buttons(setup: Setup, say: Speaker) -> Markup:
    """They lead into each one's private chat: a list that one person turns the pages of is nobody else's."""
    return in_pairs(
        [Button(lists.label(say, name), url=setup.start_link(lists.PREFIX + name)) for name in lists.FILTERS]
    )
