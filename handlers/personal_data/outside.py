"""What is read where messages about somebody who is forgotten were, and that all is done."""

from collections import Counter

from handlers.kit import mailer
from handlers.kit.mailer import to_admins
from handlers.kit.texts import Html, Speaker, lines, paragraphs
from handlers.kit.update_context import Setup
from services.personal_data.outside import name_of
from storage.core import chats, settings
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.people import people
from storage.personal_data.forgetting import Forgetting
from storage.personal_data.outside import Stayed

NAMED = 20
"""So many messages in the group are named to admins one by one."""


def line(tx: Transaction, setup: Setup, chat: int) -> str:
    """What stands in a chat in the place of a message that cannot be deleted any more."""
    return mailer.speaker_in(tx, setup, chat)("What stood here was deleted, because someone had their data deleted.")


def say_done(tx: Transaction, setup: Setup, of: Forgetting, stayed: list[Stayed]) -> None:
    """They read it as the last message; admins read where something stayed, and nothing of whose it was."""
    in_own = sum(each.chat == of.chat for each in stayed)
    elsewhere = [each for each in stayed if each.chat != of.chat]
    if of.tells and of.chat is not None:
        say = setup.speaker(people.by_id(tx, of.person).language)
        mailer.send(
            tx, of.chat, _done(say, in_own, len(elsewhere)), subject=name_of(of.id), purpose=Purpose.FORGOTTEN,
            once=f"{name_of(of.id)}:done",
        )  # fmt: skip
    if elsewhere:
        to_admins(tx, setup, lambda say: _stayed(tx, say, elsewhere), once=f"{name_of(of.id)}:stayed")


def _done(say: Speaker, in_own: int, elsewhere: int) -> Html:
    return paragraphs(
        say("Done: your data are deleted. This is the last message about it."),
        say.plural(
            "{count} message of yours in this chat is too old for me to delete. You can delete it yourself: open this "
            "chat’s menu and choose “Delete chat”.",
            "{count} messages of yours in this chat are too old for me to delete. You can delete them yourself: open "
            "this chat’s menu and choose “Delete chat”.",
            in_own,
        )
        if in_own
        else None,
        say.plural(
            "{count} message in other chats could not be deleted: Telegram does not let me. The admins have been asked "
            "to delete it.",
            "{count} messages in other chats could not be deleted: Telegram does not let me. The admins have been "
            "asked to delete them.",
            elsewhere,
        )
        if elsewhere
        else None,
    )


def _stayed(tx: Transaction, say: Speaker, stayed: list[Stayed]) -> Html:
    """Where they are: of the group's each, of people's chats how many, since nobody else can open them."""
    staff = settings.staff_chat(tx)
    by_chat = Counter(each.chat for each in stayed if each.chat != staff)
    in_group = [each.message_id for each in stayed if each.chat == staff]
    group = chats.find(tx, staff) if staff is not None else None
    number = str(group.telegram_id).removeprefix("-100") if group is not None else ""
    links = [Html(f"https://t.me/c/{number}/{message}") for message in in_group[:NAMED]]
    return paragraphs(
        say("Someone had their data deleted. Telegram did not let me delete some of the messages about it."),
        lines(say("In the staff group, please delete these by hand:"), *links) if in_group else None,
        say.plural("And {count} more there.", "And {count} more there.", len(in_group) - NAMED)
        if len(in_group) > NAMED
        else None,
        say.plural(
            "In the chat I have with {count} other person. Only that person can delete them.",
            "In the chats I have with {count} other people. Only they can delete them.",
            len(by_chat),
        )
        if by_chat
        else None,
    )
