"""A message in a private chat, and where its words go.

One rule: a reply goes to what it replies to; an open step takes only what it asked for; anything else begins a report,
which asks what it belongs to when several things are open. Never to a person by guess.
"""

from dataclasses import replace
from functools import cache
from zoneinfo import ZoneInfo

from domain.core.subjects import number_of, subject
from handlers.kit import early
from handlers.kit.conversation import lapsing
from handlers.kit.conversation.engine import engine
from handlers.kit.here import Here
from handlers.kit.joined_features import Features
from handlers.kit.refusals import Handler
from handlers.kit.texts import Speaker, languages
from handlers.people import arriving, blocking
from handlers.pledges import replying
from handlers.repairs import relay
from handlers.reports.readers import known_by
from handlers.reports.resident import (
    danger_anyway,
    dangers,
    deciding,
    mine,
    objecting,
    reporting,
    said_afterwards,
    taking_back,
)
from handlers.reports.staff import answering, notes, quoted, triage
from services.reports import allowed
from storage.core import conversations, events, messages
from storage.core.conversations import ConversationState
from storage.reports import supports

_OF_A_REPORT = (reporting.NAME, deciding.REASON.name, objecting.OBJECTION.name, taking_back.FLOW.name)


def message(here: Here) -> None:
    """Words, photos, voice messages, anything that is no command."""
    command = _keyboard_command(here)
    if command is not None:
        lapsing.first(command)(here)
        return
    if quoted.took(here):
        return
    about = _meant(here, here.replied_to())
    album = here.album_so_far()
    if album is not None and notes.of_message(here, album) is not None:
        triage.album_went_on(here, album)
        return
    if answering.takes(here, about):
        engine.message(here)
        return
    dangers.watch(here)
    if here.danger is None and not said_afterwards.lets_in(here, about or album):
        allowed.to_report(here.tx, here.who)
    if album is not None and _belongs(here, album, later_part=True):
        return
    if about is not None and _belongs(here, about):
        return
    asked = said_afterwards.asked(here) if about is None else None
    if asked is not None:
        said_afterwards.take(here, asked)
        return
    if about is not None:
        _take_up(here, about)
    lapsing.by_words(here, about)
    if here.conversation is not None:
        engine.message(here)
    else:
        reporting.begin_with_message(here)


def _belongs(here: Here, about: messages.Message, later_part: bool = False) -> bool:
    """A reply about a report is added to it, one about a repair passed on, one about a promise checks in."""
    if not later_part and blocking.replied(here, about):
        return True
    if mine.replied(here, about, later_part) or relay.replied(here, about, later_part):
        return True
    return replying.album_went_on(here, about) if later_part else replying.replied(here, about)


def edited(here: Here) -> None:
    """An earlier message was changed: in a draft it changes the draft, in a report it is added as it reads now.

    Of two changes the one that was made last counts, whichever comes first.
    """
    kept = messages.find(here.tx, here.where.id, here.message.id)
    if kept is None or kept.subject is None:
        early.keep(here, kept)
        return
    newest = messages.note_change(here.tx, kept.id, here.message.changed_at)
    part = notes.of_message(here, kept)
    if part is not None:
        notes.edited(here, part, newest)
        return
    if not answering.writes(here, kept):
        dangers.watch(here)
    before = events.last(here.tx)
    _changed(here, kept, newest)
    if newest:
        danger_anyway.unless_heard(here, before)


def _changed(here: Here, kept: messages.Message, newest: bool) -> None:
    """What belongs to a repair, a promise, a report or a draft reads otherwise there."""
    if relay.edited(here, kept, newest) or replying.edited(here, kept, newest):
        return
    if number_of(kept.subject, "conversation") is None:
        mine.edited(here, kept, newest)
    else:
        reporting.edited(here, kept, newest)


def as_it_reads_now(handler: Handler) -> Handler:
    """The handler of a message, and after it whatever changes of that message came before it."""

    def handle(here: Here) -> None:
        changes = early.take(here)
        handler(here)
        came = here.incoming, here.danger
        for change in changes:
            here.incoming, here.danger = change, None
            edited(here)
        here.incoming, here.danger = came

    return handle


def service_message(here: Here) -> None:
    """A pin, a timer, a background, a gift: Telegram says that it happened, and nobody has said anything to us."""
    here.forget_text = True


def unknown_command(here: Here) -> None:
    """A command of nobody's: what there is, rather than what there is not."""
    arriving.help_(here)


def unhandled(here: Here) -> None:
    """The catch-all. What a person says is never among it: Telegram's own accounts, a channel, what is not for us."""
    here.forget_text = True


def _meant(here: Here, about: messages.Message | None) -> messages.Message | None:
    """What a reply is about. The last words of a conversation about a report name the report: it is meant."""
    number = number_of(about.subject, "conversation") if about is not None else None
    found = conversations.by_id(here.tx, number) if number is not None else None
    if about is None or found is None or found.state != ConversationState.ENDED or found.flow not in _OF_A_REPORT:
        return about
    report = found.draft.get("report")
    if found.person != here.who.id or report is None or not supports.concerns(here.tx, report, here.who.id):
        return about
    return replace(about, subject=subject("report", known_by(here.tx, report, here.who.id)))


def _take_up(here: Here, about: messages.Message) -> None:
    """A reply to the question of a conversation that was put aside takes that one up again."""
    number = number_of(about.subject, "conversation")
    if number is None or (here.conversation is not None and here.conversation.id == number):
        return
    found = conversations.by_id(here.tx, number)
    if found is not None and found.person == here.who.id and found.state == ConversationState.PARKED:
        engine.resume(here, found)


def _keyboard_command(here: Here) -> Handler | None:
    text = here.message.text.strip()
    return _keyboard(here.setup.features, here.setup.community.zone).get(text) if text else None


@cache
def _keyboard(features: Features, zone: ZoneInfo) -> dict[str, Handler]:
    """The big buttons in every language: an old keyboard, or one of another language, still works."""
    speakers = [Speaker(code, zone) for code in languages()]
    return {label(say): handler for say in speakers for each in features.all for label, handler in each.keyboard}
