"""The staff group. As an administrator the bot hears everything there; it answers only what is meant for it, and keeps
nothing of what people say among themselves."""

from dataclasses import replace

from handlers.kit.here import Here
from handlers.kit.incoming import Sender
from handlers.people import blocking
from handlers.pledges import pledge_staff
from handlers.reports.staff import notes, triage
from services.staff_room import staff_chat as service
from services.staff_room import unchosen_groups
from storage.core import messages
from storage.core.messages import Message
from storage.core.settings import staff_chat


def message(here: Here) -> None:
    """A plain message in a group: a reply to one of our cards or questions, or none of our business."""
    # Also when what was meant for us is refused, its words are not kept.
    here.forget_text = True
    about = here.replied_to()
    if here.person is not None and is_staff_chat(here):
        album = here.album_so_far()
        if album is not None and triage.album_went_on(here, album):
            here.forget_text = False
            return
        if about is not None and _taken(here, about):
            here.forget_text = False
            return
    if about is not None and not about.incoming and is_staff_chat(here):
        _say_that_nothing_was_taken(here, about)


def _taken(here: Here, about: Message) -> bool:
    """Whether a reply answers a question of ours, or is a note."""
    return blocking.replied(here, about) or triage.replied(here, about) or pledge_staff.replied(here, about)


def service_message(here: Here) -> None:
    """A pin, a new title, somebody who came or left: nothing that anybody has said."""
    here.forget_text = True


def _say_that_nothing_was_taken(here: Here, about: Message) -> None:
    """Who replied to one of our messages thinks that it was read: they hear that it was not, and what to do."""
    sender = here.incoming.sender
    if sender is Sender.GROUP:
        text = here.say(
            "You write as the group, so I cannot tell who you are, and I took nothing of it. Turn off “Remain "
            "anonymous” for yourself under Administrators, and reply once more."
        )
    elif sender is Sender.CHANNEL:
        text = here.say(
            "You write as a channel, so I cannot tell who you are, and I took nothing of it. Tap the picture beside "
            "the text field, choose your own name, and reply once more."
        )
    elif sender is Sender.PERSON and about.subject is not None:
        text = here.say(
            "I keep replies as notes only where they are about a report. Of this one I kept nothing; please use the "
            "buttons."
        )
    else:
        return
    here.send(text, reply=True)


def migrated(here: Here) -> None:
    """The group became a supergroup: Telegram says so in both; our chat stays the same one."""
    message = here.message
    if message.moved_to is not None:
        service.moved(here.tx, here.where.telegram_id, message.moved_to)
    elif message.moved_from is not None:
        service.moved(here.tx, message.moved_from, here.where.telegram_id)


def membership(here: Here) -> None:
    """The bot's own place in a chat changed: blocked or unblocked by a person, added to or removed from a group."""
    chat, now = here.incoming.chat, here.incoming.membership
    assert chat is not None and now is not None
    if chat.id != here.where.telegram_id:
        return  # a straggler from before the group became a supergroup: that the old one was left says nothing
    if now.is_out:
        service.lost(here.tx, here.where, f"the bot is {now.status} there")
        return
    if not here.where.is_private:
        service.learn_rights(here.tx, here.where, now.rights.intersection(service.NEEDED))
    service.back(here.tx, here.where)
    unchosen_groups.wait_for_choice(here.tx, replace(here.where, unreachable=None))
    service.try_again(here.tx, here.where)


def edited(here: Here) -> None:
    """Staff changed a message of theirs: a note or a proof reads otherwise now. What else they replied stays."""
    here.forget_text = True
    kept = messages.find(here.tx, here.where.id, here.message.id)
    part = notes.of_message(here, kept) if kept is not None and here.person is not None else None
    if kept is None or part is None or not is_staff_chat(here):
        return
    notes.edited(here, part, messages.note_change(here.tx, kept.id, here.message.changed_at))
    here.forget_text = False


def is_staff_chat(here: Here) -> bool:
    """Whether this is the group where staff work."""
    return staff_chat(here.tx) == here.where.id
