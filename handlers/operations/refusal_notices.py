"""Notices of what failed for good: what Telegram refused (a group that may not be written to, a file, a message), and
what could not be worded, drawn, heard or fetched.
"""

import json
import sqlite3
from dataclasses import dataclass

from domain import events
from handlers.kit import mailer
from handlers.kit.mailer import to_admins
from handlers.kit.parts import media_line
from handlers.kit.texts import Html, Speaker, paragraphs
from handlers.kit.update_context import Setup
from handlers.operations.staff_group_notices import staff_group
from handlers.pledges import board
from services.operations import unknown_states
from storage.core import outbox, scheduled_tasks
from storage.core.chats import Chat
from storage.core.database import Transaction
from storage.core.outbox import Action, Lane


@dataclass(frozen=True)
class _File:
    """What was to be sent, as `media_line` counts it."""

    kind: str
    text: str | None = None
    file_id: str | None = None


def closed(tx: Transaction, setup: Setup, event: events.GroupClosed) -> None:
    chat = staff_group(tx, event)
    if chat is None:
        return

    def write(say: Speaker) -> Html:
        return say(
            "I may not write in the staff group “{title}” at the moment. Telegram says: {reason}. Nothing is lost: "
            "everything for the group waits, and I keep trying. Please allow me to send messages there, or make me an "
            "administrator again.",
            title=chat.title or "?",
            reason=event.reason,
        )

    # It may come and go: once a day is enough.
    to_admins(tx, setup, write, once=_once(tx, setup, "closed", chat))


def open(tx: Transaction, setup: Setup, event: events.GroupOpen) -> None:
    chat = staff_group(tx, event)
    if chat is None:
        return

    def write(say: Speaker) -> Html:
        return say(
            "I can write in the staff group “{title}” again. What was waiting is being sent now.",
            title=chat.title or "?",
        )

    to_admins(tx, setup, write, once=_once(tx, setup, "open", chat))


def not_now(tx: Transaction, setup: Setup, event: events.MessageNotNow) -> None:
    chat = staff_group(tx, event)
    if chat is None:
        return

    def write(say: Speaker) -> Html:
        return say(
            "The staff group “{title}” does not take everything I send. Telegram says: {reason}. Text arrives all the "
            "same; the rest waits until the group allows it, for a week at most.",
            title=chat.title or "?",
            reason=event.reason,
        )

    to_admins(tx, setup, write, once=f"{_once(tx, setup, 'not_now', chat)}:{event.reason}")


def _once(tx: Transaction, setup: Setup, what: str, chat: Chat) -> str:
    return f"{what}:{chat.id}:{tx.now.astimezone(setup.community.zone).date()}"


def refused(tx: Transaction, setup: Setup, event: events.MessageRefused) -> None:
    if board.photo_refused(tx, setup, event.outbox):
        return
    row = outbox.by_id(tx, event.outbox)
    if row is not None:
        _name_file(tx, setup, row)
    # One cause, such as a right taken away, refuses every message: an admin hears of it once a day.
    day = tx.now.astimezone(setup.community.zone).date()

    def write(say: Speaker) -> Html:
        number, reason = event.outbox, event.reason
        return say("Telegram refused a message of mine (no. {number}): {reason}", number=number, reason=reason)

    to_admins(tx, setup, write, once=f"refused:{day}:{event.reason}")


def _name_file(tx: Transaction, setup: Setup, row: sqlite3.Row) -> None:
    """A file that somebody sent and Telegram cannot send on: what it was is said in its place."""
    content = json.loads(row["content"])
    if content.get("file_id") is None or (row["card"] is not None and outbox.card_waits(tx, row["card"])):
        return
    say = mailer.speaker_in(tx, setup, row["chat"])
    what = media_line(say, [_File(row["action"])])
    if what is None:
        return
    text = say("Missing here: {what}. Telegram cannot send the file any more.", what=what)
    place = {each: row[each] for each in ("topic", "card", "reply_to", "reply_to_card", "subject", "purpose")}
    mailer.add(tx, row["chat"], Action.MESSAGE, {**content, "text": text}, lane=Lane(row["lane"]), **place)


def given_up(tx: Transaction, setup: Setup, event: events.WorkGivenUp) -> None:
    """Of each kind once a day: one cause, such as a program that is not there, fails with everything."""
    day = tx.now.astimezone(setup.community.zone).date()

    def write(say: Speaker) -> Html:
        sentences = {
            "wording": say("A message of mine could not be put into words."),
            "print": say("Something to be printed could not be drawn."),
            "export": say("A file that somebody wanted to take out could not be made."),
            "watch": say("I could not look whether all is well."),
            "close_days": say("Figures of days that are over could not be stored. They are still counted, only "
                              "slower."),
            "retention": say("What I am to keep no longer could not be deleted last night. I try again each night."),
            "own_data": say("The copy of their own data that somebody asked for could not be made. They were told."),
            "forgetting_outside": say("Messages about somebody who had their data deleted could not be taken out of "
                                      "the chats."),
            "wipe": say("What was deleted is gone from the database, but traces of it could not be wiped from the "
                        "disk."),
            "figures": say("Figures that somebody asked for could not be counted."),
            "figures_count": say("Figures that somebody asked for could not be counted."),
            "plan_picture": say("The picture of the plan that was sent could not be made ready."),
            "figures_picture": say("A picture of figures could not be drawn."),
            "public_figures": say("The figures for the public pages could not be counted. The pages show those "
                                  "before."),
            "report_photos": say("A photo of a report could not be fetched from Telegram. The public page is shown "
                                 "without it."),
            "transcribe": say("The program that drafts what voice messages say could not handle one. Staff still hear "
                              "it in the staff group."),
            "board_photos": say("A photo for the public board could not be fetched from Telegram. The board shows the "
                                "promise without it."),
            "project_photos": say("A photo for the public page of a project could not be fetched from Telegram. The "
                                  "page is shown without it."),
        }  # fmt: skip
        if event.of == "unknown_name":
            return say(
                "An earlier version of me wrote a message that I can no longer send (no. {number}: {reason}). "
                "Everything else goes on.",
                number=event.work,
                reason=event.error,
            )
        if event.of == unknown_states.OF:
            return say(
                "Another version of me has left these in a state that I do not know: {which}. I have put each "
                "into the state that fits what else I know of it. Please look at them.",
                which=event.error,
            )
        if event.of == unknown_states.OF_MESSAGES:
            return say.plural(
                "Another version of me has left {count} message in a state that I do not know. It may come twice or "
                "not at all.",
                "Another version of me has left {count} messages in a state that I do not know. Each of them may come "
                "twice or not at all.",
                event.work,
            )
        if event.error == scheduled_tasks.UNKNOWN:
            return say(
                "An earlier version of me planned something that I do not know any more (no. {number}: {kind}). "
                "I have set it aside. Everything else goes on.",
                number=event.work,
                kind=event.of,
            )
        what = sentences.get(event.of) or say("One of my background tasks failed ({kind}).", kind=event.of)
        return paragraphs(
            what,
            say(
                "I have tried several times and set it aside (no. {number}: {error}). Everything else goes on. My log "
                "says more.",
                number=event.work,
                error=event.error,
            ),
        )

    to_admins(tx, setup, write, once=f"given-up:{day}:{event.of}")
