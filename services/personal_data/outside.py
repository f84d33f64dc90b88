"""What is outside of the database goes as well: messages in Telegram, what waits to be sent, what was left behind.

A few steps, each of which can be done again: the row of the task says how far it is.
"""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from enum import StrEnum
from itertools import groupby

from domain.core.stored import Stored
from domain.core.subjects import subject
from storage.core import chats, outbox, scheduled_tasks, settings
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Action, Lane, Outgoing
from storage.core.settings import SettingKey
from storage.personal_data import forgetting, outside
from storage.personal_data import talks as stored_talks
from storage.personal_data.forgetting import Forgetting, Step
from storage.personal_data.outside import Place, Stayed
from storage.reports import erasing

KIND = "forgetting_outside"
TOGETHER = 100
"""Messages that Telegram deletes with one call."""
CHUNK = 200
LOOK_AGAIN = timedelta(seconds=1)


class At(Stored, StrEnum, kept_in="scheduled_tasks.data of who is forgotten"):
    """How far it is outside of the database."""

    LOOKING = "looking"  # which messages hold something of theirs
    DELETING = "deleting"
    WIPING = "wiping"  # the file and what lies beside it
    SAYING = "saying"  # that all is done


Line = Callable[[Transaction, int], str]
"""What a message in a chat (our number) says in the place of what cannot be deleted."""


def name_of(number: int) -> str:
    """How messages and tasks name it."""
    return subject("forgetting", number)


def see_to_all(tx: Transaction) -> None:
    """Plan it for everybody of whom the database holds nothing any more."""
    for each in forgetting.waiting(tx, Step.OUTSIDE, CHUNK):
        scheduled_tasks.plan_once(tx, KIND, name_of(each.id), tx.now, name_of(each.id))


def is_anybody(tx: Transaction) -> bool:
    """Whether somebody is being forgotten just now."""
    return scheduled_tasks.has_any(tx, KIND)


def go_on(tx: Transaction, of: Forgetting, at: At, **more: object) -> None:
    """The next step is that one, soon."""
    scheduled_tasks.plan(tx, KIND, name_of(of.id), tx.now, name_of(of.id), {"at": at, **more})


def look_again(tx: Transaction, of: Forgetting, data: str) -> None:
    """The same step once more, in a moment."""
    scheduled_tasks.plan(tx, KIND, name_of(of.id), tx.now + LOOK_AGAIN, name_of(of.id), json.loads(data))


def talks(tx: Transaction, of: Forgetting) -> list[str]:
    """Conversations of others about what is theirs, as messages name them. To be read beside the bot."""
    wait = erasing.of_open_danger(tx, of.person)
    return stored_talks.concerning(tx, outside.subjects(tx, of.person, wait), outside.shared(tx, of.person, wait))


def theirs(tx: Transaction, of: Forgetting, talks: Sequence[str]) -> tuple[list[str], list[str]]:
    """What is theirs, with `talks` about it, and what is somebody else's and has words of theirs in it. What somebody
    in danger may need is left out as long as staff have work to do. What of theirs waits to be sent goes."""
    wait = erasing.of_open_danger(tx, of.person)
    own = [*outside.subjects(tx, of.person, wait), *talks]
    outside.take_unsent(tx, of, own, wait)
    return own, outside.shared(tx, of.person, wait)


def delete(tx: Transaction, of: Forgetting, places: Sequence[Place], line: Line) -> None:
    """Have these messages deleted, or changed where Telegram does not let us; each once, however often this is called.

    Where the bot may delete any message, many go with one call.
    """
    for chat, found in groupby(places, lambda place: place.chat):
        numbers = [place.message for place in found]
        if _may_delete_any(tx, chat):
            for first in range(0, len(numbers), TOGETHER):
                together = numbers[first : first + TOGETHER]
                _add(tx, of, chat, Action.DELETE_MANY, line(tx, chat), f"{chat}-{together[0]}", messages=together)
            continue
        for number in numbers:
            _add(tx, of, chat, Action.DELETE, line(tx, chat), f"{chat}-{number}", number)


def _may_delete_any(tx: Transaction, chat: int) -> bool:
    where = chats.find(tx, chat)
    return where is not None and not where.is_private and "delete_messages" in (chats.rights(tx, chat) or ())


def _add(
    tx: Transaction, of: Forgetting, chat: int, action: Action, says: str, key: str, message: int | None = None,
    **content: object,
) -> None:  # fmt: skip
    lane = Lane.NOTICE if chat == of.chat else Lane.BROADCAST
    outbox.add(
        tx,
        Outgoing(
            chat, action, {"otherwise": says, "replace": True, **content}, lane, message=message,
            subject=name_of(of.id), purpose=Purpose.FORGOTTEN, once=f"{name_of(of.id)}:{key}",
        ),
    )  # fmt: skip


def is_wiped(tx: Transaction, since: str) -> bool:
    """Whether all that was deleted before that is gone from the disk, too."""
    wiped = settings.get(tx, SettingKey.WIPED)
    return wiped is not None and wiped >= since


def what_stayed(tx: Transaction, of: Forgetting) -> list[Stayed]:
    """The messages that Telegram did not let us delete or change."""
    return outside.stayed(tx, name_of(of.id))


def finish(tx: Transaction, of: Forgetting) -> None:
    """All is done and said: nothing leads to them any more."""
    outside.close(tx, of, name_of(of.id))
    outside.noted(tx, of.id)
