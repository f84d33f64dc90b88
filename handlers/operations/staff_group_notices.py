"""Notices of the house: the staff group, and what went wrong."""

from datetime import timedelta
from typing import Any

from domain import events
from domain.core.subjects import number_of, subject
from handlers.drafts import draft_notices
from handlers.kit import mailer
from handlers.kit.mailer import to_admins, to_person
from handlers.kit.texts import Html, Speaker, paragraphs
from handlers.kit.update_context import Setup
from handlers.people import commands
from handlers.reports import questions
from handlers.reports.staff.notices import deciding_notices
from handlers.reports.staff.notices.staff_notices import say_again
from handlers.reports.staff_card import refresh_staff
from handlers.reports.status_card import refresh_status
from handlers.staff_room import live_queue, setting_up
from services.staff_room import bursts
from storage.core import chats, messages, scheduled_tasks, settings, unsent_messages
from storage.core import events as record
from storage.core.chats import Chat
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Action, Lane, WhenUncertain
from storage.reports import open_numbers, reports

REPOST = "staff_cards"
CHUNK = 50
PAUSE = timedelta(seconds=1)
LONG = timedelta(days=6)
"""What could not be sent to a group that was lost longer is, or may soon be, forgotten: everything is said again."""


# -- the staff group


def staff_group(tx: Transaction, event: events.ChatEvent | events.MessageNotNow) -> Chat | None:
    """The group, when it is the staff's; what happens to other groups need not be said."""
    return chats.by_id(tx, event.chat) if settings.staff_chat(tx) == event.chat else None


def staff_chat_chosen(tx: Transaction, setup: Setup, event: events.StaffChatChosen) -> None:
    chat = chats.by_id(tx, event.chat)
    say = setup.group_speaker
    _to_group(tx, chat, setting_up.greeting(tx, setup, say, chat))
    commands.refresh_group(tx, setup, chat.id)
    if event.before is not None:
        before = chats.by_id(tx, event.before)
        _to_group(
            tx, before, say("The staff work in another group from now on. The reports here are not kept up to date.")
        )

    def write(say: Speaker) -> Html:
        where = say(
            "The staff work in the group “{title}” from now on. Every report appears there.", title=chat.title or "?"
        )
        return paragraphs(where, setting_up.what_is_missing(tx, say, chat))

    to_admins(tx, setup, write)
    live_queue.chosen(tx, chat.id, event.before)
    repost(tx, setup, subject("chat", chat.id), {"said": True})


def group_lost(tx: Transaction, setup: Setup, event: events.GroupLost) -> None:
    chat = staff_group(tx, event)
    if chat is None:
        return

    def write(say: Speaker) -> Html:
        return say(
            "I was removed from the staff group “{title}”, so nobody sees new reports. They are kept. Add me again, or "
            "send /setup to choose another group; then all open reports appear there.",
            title=chat.title or "?",
        )

    to_admins(tx, setup, write)


def group_left(tx: Transaction, setup: Setup, event: events.GroupLeft) -> None:
    say = setup.group_speaker
    text = say(
        "Nobody has chosen this group for the work of the staff, so I am leaving it. I have kept nothing of what was "
        "said here. To choose it after all, an admin sends /setup to me in private."
    )
    mailer.send(
        tx,
        event.chat,
        text,
        subject=event.subject,
        lane=Lane.NOTICE,
        purpose=Purpose.REPORT,
        when_uncertain=WhenUncertain.DROP,
    )
    # Behind the sentence, for it is about the same thing.
    mailer.add(tx, event.chat, Action.LEAVE, {}, subject=event.subject, lane=Lane.NOTICE, purpose=Purpose.REPORT)


def group_back(tx: Transaction, setup: Setup, event: events.GroupBack) -> None:
    chat = staff_group(tx, event)
    if chat is None:
        return
    to_admins(tx, setup, lambda say: say("I am back in the staff group “{title}”.", title=chat.title or "?"))
    commands.refresh_group(tx, setup, chat.id)
    live_queue.changed(tx)
    lost = record.newest(tx, events.GroupLost.KIND, event.subject)
    if lost is None or lost < tx.now - LONG:
        repost(tx, setup, event.subject, {"said": True})
        return
    # What could not be sent meanwhile comes after all; a card that never came brings everything with it.
    unsent_messages.revive_talk(tx, chat.id)
    repost(tx, setup, event.subject, {"said": False})


def group_moved(tx: Transaction, setup: Setup, event: events.GroupMoved) -> None:
    """Messages from before cannot be edited any more: open reports get new ones."""
    if staff_group(tx, event) is not None:
        commands.refresh_group(tx, setup, event.chat)
        live_queue.changed(tx)
        repost(tx, setup, event.subject, {"said": True})


def group_topics(tx: Transaction, setup: Setup, event: events.GroupTopics) -> None:
    chat = staff_group(tx, event)
    if chat is None or not event.on:
        return
    say = setup.group_speaker
    text = say("Topics are on: from now on each department has its own. The open reports move there now.")
    _to_group(tx, chat, paragraphs(text, setting_up.what_is_missing(tx, say, chat)))
    repost(tx, setup, event.subject, {"said": True, "anew": True})


def group_rights(tx: Transaction, setup: Setup, event: events.GroupRights) -> None:
    chat = staff_group(tx, event)
    if chat is None:
        return

    def write(say: Speaker) -> Html:
        if event.missing:
            return paragraphs(
                say("My rights in the staff group “{title}” have changed.", title=chat.title or "?"),
                setting_up.rights_line(say, event.missing),
            )
        return say("I have all the rights I need in the staff group “{title}” now.", title=chat.title or "?")

    to_admins(tx, setup, write)


def _to_group(tx: Transaction, chat: Chat, text: Html) -> None:
    mailer.send(tx, chat.id, text, purpose=Purpose.SETUP)


def repost(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """See that every open report has its card in the staff group: some now, the others as tasks, one chunk at a time.

    `anew`: the cards that are there are made again, in their topics. `said`: what the residents said beside the words
    on the card (photos, voice messages, what they added) comes again; without it, only for reports whose card was never
    sent. `until`: what they add later is told as it comes. `after`: the last one done.
    """
    chat = settings.staff_chat(tx)
    if chat is None or chat != number_of(about, "chat"):
        return  # meanwhile staff work elsewhere
    data = {"until": to_text(tx.now), **data}
    waiting = [number for number in open_numbers.open_ids(tx) if number > data.get("after", 0)]
    for number in waiting[:CHUNK]:
        _repost_one(tx, setup, number, data)
    if len(waiting) > CHUNK:
        scheduled_tasks.plan(
            tx, REPOST, about, tx.now + PAUSE, f"{REPOST}:{chat}", {**data, "after": waiting[CHUNK - 1]}
        )


def _repost_one(tx: Transaction, setup: Setup, number: int, data: dict[str, Any]) -> None:
    report = reports.existing(tx, number)
    card = messages.newest_card(tx, subject("report", number), CardRole.STAFF)
    never_sent = card is None or card["message_id"] is None
    if data.get("anew") and card is not None and not never_sent:
        message = messages.card_message(tx, card["id"])
        if message is not None:
            mailer.delete(tx, card["chat"], message)
        messages.set_card_message(tx, card["id"], None)
    bursts.has_come(tx, number)  # what is said again below brings its files
    refresh_staff(tx, setup, report)
    until = from_text(data["until"])
    if (data.get("said") or never_sent) and report.created_at <= until:
        say_again(tx, setup, report, until)


# -- people, and what went wrong


def reachable(tx: Transaction, setup: Setup, event: events.PersonReachable) -> None:
    """What changed while nothing could be sent to them: their cards say so now, and what staff wrote comes."""
    for report in reports.open_of_person(tx, event.person, 20):
        refresh_status(tx, setup, report, event.person)
    chat = chats.private_with(tx, event.person)
    if chat is not None:
        for purpose in questions.WHAT_STAFF_SAID:
            unsent_messages.revive(tx, chat.id, purpose)
        draft_notices.show_again(tx, setup, chat, event.person)
    deciding_notices.reach(tx, setup, event.person)


def quarantined(tx: Transaction, setup: Setup, event: events.UpdateQuarantined) -> None:
    def sorry(say: Speaker) -> Html:
        return say(
            "I am sorry: something went wrong on our side with what you just sent. It is kept, and the people who run "
            "me know of it. Please try once more, or send /cancel and begin again."
        )

    def write(say: Speaker) -> Html:
        return say(
            "Something that was sent to me could not be handled and is set aside (no. {number}: {error}). /quarantine "
            "shows it.",
            number=event.update,
            error=event.error,
        )

    if event.person is not None:
        to_person(tx, setup, event.person, sorry, purpose=Purpose.REPORT)
    to_admins(tx, setup, write)
