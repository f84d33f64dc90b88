"""Groups and channels that nobody has chosen: the bot leaves them after a day.

An admin's button adds it to a group first and says afterwards what for, so it cannot leave at once.
"""

from datetime import timedelta

from domain.core.subjects import number_of, subject
from domain.events import GroupLeft
from storage.core import chats, scheduled_tasks, settings
from storage.core.chats import Chat
from storage.core.database import Transaction

KIND = "leave_group"
STAY = timedelta(hours=24)


def wait_for_choice(tx: Transaction, chat: Chat) -> None:
    """The bot is in that chat: it leaves after a day, unless staff work there by then. A day that runs goes on."""
    if not chat.is_private and chat.unreachable is None and settings.staff_chat(tx) != chat.id:
        scheduled_tasks.plan_once(tx, KIND, subject("chat", chat.id), tx.now + STAY, f"{KIND}:{chat.id}")


def wait_everywhere(tx: Transaction) -> None:
    """At a start: the same for every group the bot was in before."""
    for chat in chats.groups(tx):
        wait_for_choice(tx, chat)


def no_longer_there(tx: Transaction, chat: Chat) -> None:
    """The bot was put out before its time: when it is added again, its day begins anew."""
    scheduled_tasks.cancel(tx, subject("chat", chat.id), KIND)


def run_due(tx: Transaction, about: str) -> None:
    """The day is over."""
    number = number_of(about, "chat")
    chat = chats.find(tx, number) if number is not None else None
    if chat is not None and chat.unreachable is None and settings.staff_chat(tx) != chat.id:
        tx.emit(GroupLeft(chat=chat.id))
