"""Where an update is being handled: who sent it, in which chat, in the middle of what, and the open transaction.

Handlers are plain functions of an `UpdateContext`, run whole on the database's thread. They write to the outbox and
never to the network, so all of an update happens or none of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, Unpack

from domain.community import Community
from domain.events import Event
from domain.language.names import tidy_name
from domain.operations.retention import KeptDays
from domain.people.rights import Action, may
from handlers.kit import mailer
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.incoming import Account, Incoming, IncomingMessage, Press, Sender
from handlers.kit.keyboards import Markup
from handlers.kit.mailer import How
from handlers.kit.texts import Html, Speaker, languages
from services.people import meeting
from services.staff_room import staff_chat, unchosen_groups
from speech.speaker import nearest
from storage.core import chats, conversations, messages, settings
from storage.core.chats import Chat
from storage.core.conversations import Conversation
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.people import people
from storage.people.people import Person

if TYPE_CHECKING:
    from handlers.kit.joined_features import Features

SETUP_CODE = "s-"
"""What a code begins with by which a group becomes the staff's."""
C = TypeVar("C", bound=CallbackData)


@dataclass(frozen=True)
class Setup:
    """What does not change while the program runs."""

    community: Community
    bot_id: int
    bot_username: str
    media: Path
    """Where files to be sent are put."""
    features: "Features"
    """What all capabilities add."""
    keeps_limits: bool = True
    """Whether Telegram's limits are kept to, so that many messages to one group wait for each other."""
    transcribes: bool = False
    """Whether a program of the operator's writes down what was spoken."""
    shows_board: bool = False
    """Whether the board and public projects are on the web, with their photos."""
    pages_address: str | None = None
    """Where people find these pages, without a slash at its end; None while there are none, or nobody has said so."""
    hears_telegram: Callable[[], bool] = lambda: True
    """Whether Telegram is in reach at present."""
    kept: KeptDays = field(default_factory=KeptDays)
    """For how many days each kind of thing is kept."""

    def publish(self, tx: Transaction, event: Event) -> None:
        """Run everybody who hears of an event: hang it on the database."""
        self.features.publish(tx, self, event)

    def speaker(self, language: str) -> Speaker:
        """Somebody who says things in that language."""
        return Speaker(language if language in languages() else our_language(language), self.community.zone)

    @property
    def group_speaker(self) -> Speaker:
        """Groups are written to in the community's first language."""
        return self.speaker(self.community.language)

    def start_link(self, payload: str) -> str:
        """A link that opens the private chat and hands over `payload` (A-Z a-z 0-9 _ -, at most 64)."""
        return f"https://t.me/{self.bot_username}?start={payload}"


@dataclass(frozen=True)
class CallbackAnswer:
    """What a press gets back at once: a line, or with `alert` a box that must be closed."""

    query_id: str
    text: str | None = None
    alert: bool = False


@dataclass
class UpdateContext:
    """Everything a handler needs. `person` is None only for updates nobody sent."""

    tx: Transaction
    setup: Setup
    incoming: Incoming
    chat: Chat | None = None
    person: Person | None = None
    conversation: Conversation | None = None
    answer_callback: Callable[[CallbackAnswer], None] = field(default=lambda _answer: None)
    answered: bool = False
    """Whether a press has its answer; one that its handler leaves without gets one that says nothing."""
    danger: str | None = None
    """The danger its words speak of, by its code: they reach staff at once."""
    possible_danger: str | None = None
    """What they may speak of: where it can be asked, that comes first (`reports/resident/possible_danger.py`)."""
    danger_asked: bool = False
    """Whether it is asked, and `danger` waits for the answer."""
    warned: int | None = None
    forget_text: bool = False
    held: bool = False
    """What came is not handled yet: it waits in the inbox until its sender can go on."""
    is_elsewhere: bool = False
    """In a group or channel where no staff work: nothing said there is kept, and of people we do not know no name."""

    # -- what came

    @property
    def now(self) -> datetime:
        """The instant at which this is handled."""
        return self.tx.now

    @property
    def message(self) -> IncomingMessage:
        """The message that came; only for handlers of messages."""
        assert self.incoming.message is not None
        return self.incoming.message

    @property
    def press(self) -> Press:
        """The press that came; only for handlers of presses."""
        assert self.incoming.press is not None
        return self.incoming.press

    def callback_data(self, kind: type[C]) -> C:
        """What the pressed button carries. Raises InvalidCallbackData when it is none of that family."""
        return kind.unpack(self.press.data)

    def press_as(self, kind: type[C]) -> C | None:
        """The same, or None: for who asks whether it is a button of theirs."""
        try:
            return self.callback_data(kind)
        except InvalidCallbackData:
            return None

    def pressed(self) -> messages.Message | None:
        """The message whose button was pressed; Telegram names even one that it does not show us any more."""
        number = self.press.message_id
        return None if number is None else messages.find(self.tx, self.where.id, number)

    @property
    def thread(self) -> tuple[int, int] | None:
        """Our id of the private chat and Telegram's of the topic in it, where people have topics there; else None."""
        came = self.incoming.message or self.incoming.press
        topic = came.topic if came is not None else None
        if topic is None or self.chat is None or not self.chat.is_private:
            return None
        return self.chat.id, topic

    @property
    def who(self) -> Person:
        """Who sent it; only where the route makes sure that somebody did."""
        assert self.person is not None
        return self.person

    @property
    def where(self) -> Chat:
        """The chat it came from."""
        assert self.chat is not None
        return self.chat

    @property
    def is_in_staff_chat(self) -> bool:
        """Whether it comes from the group where staff work."""
        return self.chat is not None and not self.chat.is_private and not self.is_elsewhere

    @property
    def say(self) -> Speaker:
        """In private the person's language, in groups the community's first."""
        if self.person is not None and (self.chat is None or self.chat.is_private):
            return self.setup.speaker(self.person.language)
        return self.setup.group_speaker

    @property
    def say_to_person(self) -> Speaker:
        """The person's own language, wherever they are: for what only they see, such as an answer to a press."""
        return self.setup.speaker(self.who.language) if self.person is not None else self.setup.group_speaker

    def refresh_person(self) -> None:
        """Something about who sent it was changed: from now on `who` has it."""
        self.person = people.by_id(self.tx, self.who.id)

    def may(self, action: Action) -> bool:
        """Whether who sent it may do that."""
        return self.person is not None and may(self.person.roles, action)

    @property
    def album_pause(self) -> datetime | None:
        """Parts of an album come as separate messages; the one answer to them waits a second for the next part."""
        message = self.incoming.message
        return self.now + mailer.ALBUM_PAUSE if message is not None and message.album is not None else None

    def replied_to(self) -> messages.Message | None:
        """What the message replies to, where we know it."""
        reply = self.message.reply_to
        return messages.find(self.tx, self.where.id, reply.message_id) if reply is not None else None

    def album_so_far(self) -> messages.Message | None:
        """The first part of the album this message is a later part of; it goes where that one went."""
        album = self.message.album
        first = messages.of_album(self.tx, self.where.id, album) if album is not None else None
        return first if first is not None and first.message_id != self.message.id else None

    # -- what goes back

    def send(self, text: Html, markup: Markup | None = None, *, reply: bool = False, **how: Unpack[How]) -> None:
        """Answer in this chat (with `reply`, to the very message); in a forum in the topic it came from."""
        how.setdefault("purpose", Purpose.ANSWER)
        if reply and self.incoming.message is not None:
            how["reply_to"] = self.keep_incoming(Purpose.ASKED)
        mailer.send(self.tx, self.where.id, text, markup, **how)

    def send_in_private(self, text: Html, markup: Markup | None = None, **how: Unpack[How]) -> bool:
        """What only who sent it may read, in their private chat; whether they have one."""
        chat = chats.private_with(self.tx, self.who.id)
        if chat is not None:
            mailer.send(self.tx, chat.id, text, markup, **how)
        return chat is not None

    def pop_up(self, text: str | None = None, alert: bool = False) -> None:
        """Answer a press: a line at the top, or a box with `alert`. Sent after the commit, never twice."""
        if self.incoming.press is not None:
            self.answer_callback(CallbackAnswer(self.incoming.press.id, text and text[:200], alert))
        self.answered = True

    def edit_pressed(self, text: Html, markup: Markup | None) -> None:
        """Change the message whose button was pressed (not a card: those are kept true by their own writers)."""
        pressed = self.pressed()
        if pressed is None:
            self.send(text, markup)
        else:
            mailer.edit(self.tx, self.where.id, pressed.id, text, markup, subject=pressed.subject)

    def keep_incoming(self, purpose: str, subject: str | None = None) -> int:
        """Keep what this message is about; returns our id of it."""
        known = messages.find(self.tx, self.where.id, self.message.id)
        if known is not None and known.subject is not None and subject is None:
            return known.id
        return messages.keep(
            self.tx,
            self.where.id,
            self.message.id,
            incoming=True,
            purpose=purpose,
            subject=subject,
            album=self.message.album,
        )


def our_language(code: str | None) -> str:
    """The language of ours nearest to what Telegram says of a person (`zh-hant-TW` → `zh_Hans`); else English."""
    return nearest(code) or languages()[0]


def readable_name(account: Account) -> str:
    """What somebody is called; a name of invisible letters alone names nobody."""
    return tidy_name(account.name) or account.username or "?"


def arrive(tx: Transaction, setup: Setup, incoming: Incoming) -> UpdateContext:
    """Make the `UpdateContext` of an update: the person and chat brought up to date, the conversation loaded.

    Of what is not for us neither chat nor person is kept.
    """
    ctx = UpdateContext(tx, setup, incoming)
    if not incoming.is_for_us:
        ctx.forget_text = True
        return ctx
    chat, account = incoming.chat, incoming.account
    # A private chat with no person in it: Telegram's own account, another bot. Nobody reads there.
    is_nobodys = incoming.sender is not Sender.PERSON and incoming.membership is None
    if chat is not None and not (chat.is_private and is_nobodys):
        ctx.chat = staff_chat.meet(tx, chat.id, chat.kind, chat.title, chat.is_forum)
        if not ctx.chat.is_private and settings.staff_chat(tx) != ctx.chat.id:
            ctx.is_elsewhere = True
            unchosen_groups.wait_for_choice(tx, ctx.chat)
    if account is not None and incoming.sender is Sender.PERSON:
        known = people.by_telegram_id(tx, account.id)
        if ctx.is_elsewhere and not _means_us(incoming):
            ctx.person = known
        else:
            ctx.person = meeting.came(
                tx, account.id, readable_name(account), account.username, our_language(account.language), known
            )
    if ctx.chat is not None and ctx.person is not None:
        if ctx.chat.is_private and not ctx.person.started and incoming.membership is None:
            ctx.person = meeting.opened_chat(tx, ctx.person.id)
        ctx.conversation = conversations.open_one(tx, ctx.chat.id, ctx.person.id)
    return ctx


def _means_us(incoming: Incoming) -> bool:
    """Whether somebody presses a button of ours or sends a code of ours, so that we have to know who they are."""
    if incoming.press is not None:
        return True
    message = incoming.message if not incoming.is_change else None
    command, _, payload = (message.text if message is not None else "").partition(" ")
    return command.partition("@")[0] == "/start" and payload.strip().startswith(SETUP_CODE)


def in_conversation(tx: Transaction, setup: Setup, conversation: int) -> UpdateContext:
    """An `UpdateContext` for a conversation nobody has just spoken in."""
    found = conversations.by_id(tx, conversation)
    assert found is not None
    ctx = UpdateContext(tx, setup, Incoming(0))
    ctx.chat, ctx.person = chats.by_id(tx, found.chat), people.by_id(tx, found.person)
    ctx.conversation = found
    return ctx
