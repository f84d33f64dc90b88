"""One outbox row as one call of the Bot API: our names become Telegram's, and its answer becomes an outcome."""

import asyncio
import io
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import segno

from bot.kit.request import NotSent, Refused, Request, Uncertain, Upload
from bot.sending.blank_picture import blank_picture
from bot.sending.cut_to_fit import CAPTION_LIMIT, TEXT_LIMIT, fit
from bot.sending.outcomes import Outcome, refused, subject_of
from bot.sending.overall_limit import Going
from bot.sending.refusals import About
from domain.core.parts import PartKind
from storage.core import chats, messages, sends
from storage.core.database import Transaction
from storage.core.outbox import NEW, UNTIL_KNOWN, Action, file_action

SENDS_FILE = {
    Action.PHOTO: "sendPhoto",
    Action.VOICE: "sendVoice",
    Action.VIDEO: "sendVideo",
    Action.VIDEO_NOTE: "sendVideoNote",
    Action.AUDIO: "sendAudio",
    Action.DOCUMENT: "sendDocument",
}
"""The method; the field that holds the file is called as the action."""
REPEATABLE = frozenset(Action) - NEW - {Action.CARD, Action.WORDED}
"""What is no sending: done twice it is as done once."""
AS_TEXT, AS_CAPTION, AS_FILE = 1, 2, 3
"""How a message that cannot be deleted any more is changed: its text, the words below its file, or the file, too."""


def messages_in(row: sqlite3.Row) -> int:
    """How many messages a row becomes: each part of an album is one, for Telegram's limits too."""
    return len(json.loads(row["content"]).get("media", ())) or 1 if row["action"] == Action.ALBUM else 1


@dataclass
class Sending:
    """A row on its way: what to call, and what to make first."""

    row: sqlite3.Row
    chat: chats.Chat
    method: str
    parameters: dict[str, Any] = field(default_factory=dict)
    file: str | None = None
    file_field: str | None = None
    qr: str | None = None
    """A link whose QR code is the file."""
    blank: bool = False
    """Its file is a picture of nothing, in the place of another."""
    make_topic: str | None = None
    thread: int | None = None
    """Telegram's number of the topic it goes into, or stands in."""
    cards: list[int | None] = field(default_factory=list)
    """Of an album: the card that each part is."""
    author: "Author | None" = None
    """Who worded it, where it was worded only now."""
    tells: Sequence[str] = ()
    """What it tells of, by its author's names of them."""
    worded_at: datetime | None = None
    rings: bool = False
    """It makes a sound at any hour."""
    going: Going | None = None
    """Its place among all that goes out."""
    goes_on: bool = False
    """It is sent without what may have to be taken out again, which is written into it once its place is known."""

    @property
    def is_private(self) -> bool:
        return self.chat.is_private

    @property
    def is_message(self) -> bool:
        """Whether Telegram counts it among the messages of its chat; command lists it does not."""
        return not self.method.endswith("MyCommands")

    @property
    def count(self) -> int:
        """How many messages it becomes."""
        return messages_in(self.row)

    @property
    def repeatable(self) -> bool:
        """Doing it twice is the same as doing it once: only sending and making a topic can duplicate."""
        return not self.method.startswith("send")


Words = Callable[[Transaction, str, dict[str, Any]], dict[str, Any] | None]
"""Words a message when it is sent, from its row's subject and content (with `row`, its id): `text`, `markup`, and
`tells`, the names of what it tells of. None: nothing is left to say. It can only read."""

NoteSent = Callable[[Transaction, int, str, dict[str, Any], datetime, Sequence[str]], None]
"""A message was sent (row, subject, content), worded at that instant, and told of these: in the transaction that marks
it."""


@dataclass(frozen=True)
class Author:
    """Who words a kind of message when it is sent, and what follows once it is sent."""

    words: Words
    note_sent: NoteSent | None = None

    def __call__(self, tx: Transaction, subject: str, content: dict[str, Any]) -> dict[str, Any] | None:
        """Word it."""
        return self.words(tx, subject, content)


def is_repeatable(tx: Transaction, row: sqlite3.Row) -> bool:
    """Whether a row does no harm when it is carried out twice; as `Sending.repeatable`, but nothing is worded."""
    if row["action"] in REPEATABLE:
        return True
    card = messages.card_place(tx, row["card"]) if row["card"] is not None else None
    return card is not None and card["message_id"] is not None


class UnknownName(Exception):
    """A row was written under a name that is none any more: it cannot be sent, now or later."""


def resolve(tx: Transaction, row: sqlite3.Row, authors: Mapping[str, Author | Words]) -> Sending | str:
    """Find Telegram's ids for what a row names. A text instead of a Sending says why there is nothing to send.

    Raises UnknownName.
    """
    chat = chats.by_id(tx, row["chat"])
    content = json.loads(row["content"])
    author = None
    try:
        action = Action(row["action"])
    except ValueError:
        raise UnknownName(f"unknown action: {row['action']}") from None
    if action is Action.WORDED:
        by = authors.get(content.get("by"))
        if by is None:
            raise UnknownName(f"unknown author: {content.get('by')}")
        author = by if isinstance(by, Author) else Author(by)
        worded = author(tx, row["subject"], {**content, "row": row["id"]})
        if worded is None:
            return "there is nothing left to say"
        action, content = Action.MESSAGE, worded
    if action is Action.DELETE_MANY:
        return _delete_many(tx, row, chat, content)
    if action in (Action.UNBUTTON, Action.DELETE, Action.EDIT):
        target = messages.place(tx, row["message"])
        if target is None or target["message_id"] < 0:
            return "the message is gone"
        ids = {"chat_id": chat.telegram_id, "message_id": target["message_id"]}
        if action is Action.DELETE:
            return _delete(row, chat, content, ids)
        if action is Action.EDIT:
            text = {
                "text": fit(content["text"], TEXT_LIMIT),
                "parse_mode": "HTML",
                "link_preview_options": {"is_disabled": True},
            }
            markup = {"reply_markup": content["markup"]} if content.get("markup") else {}
            return Sending(row, chat, "editMessageText", {**ids, **text, **markup})
        return Sending(row, chat, "editMessageReplyMarkup", ids)
    if action is Action.REACT:
        target = messages.place(tx, row["message"])
        if target is None or target["message_id"] < 0:
            return "the message is gone"
        reaction = {"reaction": [{"type": "emoji", "emoji": content["emoji"]}]}
        return Sending(
            row,
            chat,
            "setMessageReaction",
            {"chat_id": chat.telegram_id, "message_id": target["message_id"], **reaction},
        )
    if action is Action.TAKE_BACK:
        return _take_back(tx, row, chat, content)
    if action is Action.COMMANDS:
        scope = {"scope": {"type": "chat", "chat_id": chat.telegram_id}}
        if not content["commands"]:
            # None of its own: what everybody sees counts again.
            return Sending(row, chat, "deleteMyCommands", scope)
        return Sending(row, chat, "setMyCommands", {"commands": content["commands"], **scope})
    if action is Action.LEAVE:
        return Sending(row, chat, "leaveChat", {"chat_id": chat.telegram_id})
    if action is Action.PIN:
        place = messages.card_place(tx, row["reply_to_card"])
        if place is None or place["message_id"] is None:
            return "the card is gone"
        what = {"message_id": place["message_id"], "disable_notification": True}
        return Sending(row, chat, "pinChatMessage", {"chat_id": chat.telegram_id, **what})
    sending = Sending(row, chat, "sendMessage", {"chat_id": chat.telegram_id})
    if author is not None:
        sending.author, sending.tells, sending.worded_at = author, content.get("tells", ()), tx.now
        sending.rings = bool(content.get("rings"))
    if row["card"] is not None:
        card = messages.card_place(tx, row["card"])
        if card is None:
            return "the card is gone"
        topic = chats.topic_by_id(tx, row["topic"]) if row["topic"] is not None else None
        sending.thread = topic["thread_id"] if topic is not None else None
        if card["message_id"] is not None:
            sending.method = "editMessageText"
            sending.parameters["message_id"] = card["message_id"]
    if action is Action.ALBUM:
        content["media"] = [each for each in content["media"] if not _taken_back(tx, each)]
        if not content["media"]:
            return "it was taken back"
        sending.cards = [each.get("card") for each in content["media"]]
    if action is Action.ALBUM and len(content["media"]) > 1:
        sending.method = "sendMediaGroup"
        sending.parameters["media"] = [{"type": each["type"], "media": each["file_id"]} for each in content["media"]]
    elif action is Action.ALBUM or action in SENDS_FILE:
        if action is Action.ALBUM:  # the other parts never came, or were taken back
            (alone,) = content["media"]
            action, content = file_action(alone["type"]), {**content, "file_id": alone["file_id"]}
        if sending.method == "editMessageText":  # another file in the place of the one that was sent
            sending.method = "editMessageMedia"
            sending.parameters["media"] = {"type": action, "media": content["file_id"]}
            return sending
        sending.method, sending.file_field = SENDS_FILE[action], action.value
        sending.file = content.get("path")
        sending.qr = content.get("qr")
        if content.get("file_id"):
            sending.parameters[sending.file_field] = content["file_id"]
        if content.get("text"):
            sending.parameters |= {"caption": fit(content["text"], CAPTION_LIMIT), "parse_mode": "HTML"}
    else:
        if sending.method == "sendMessage" and row["card"] is not None and content.get(UNTIL_KNOWN):
            sending.goes_on, content = True, {**content, "text": content[UNTIL_KNOWN], "markup": None}
        sending.parameters |= {"text": fit(content["text"], TEXT_LIMIT), "parse_mode": "HTML"}
        sending.parameters["link_preview_options"] = {"is_disabled": True}
    if content.get("markup") is not None:
        sending.parameters["reply_markup"] = content["markup"]
    if sending.method != "editMessageText":
        _add_place(tx, sending, row, content)
    return sending


def _delete(row: sqlite3.Row, chat: chats.Chat, content: dict[str, Any], ids: dict[str, Any]) -> Sending:
    """Delete a message; where Telegram refuses that, because it is too old, let it say `otherwise`."""
    stage = content.get("too_late", 0)
    if not stage:
        return Sending(row, chat, "deleteMessage", ids)
    if stage == AS_FILE:
        media = {"type": "photo", "media": "attach://photo", "caption": content["otherwise"], "parse_mode": "HTML"}
        return Sending(row, chat, "editMessageMedia", {**ids, "media": media}, file_field="photo", blank=True)
    field, method = ("text", "editMessageText") if stage == AS_TEXT else ("caption", "editMessageCaption")
    return Sending(row, chat, method, {**ids, field: content["otherwise"], "parse_mode": "HTML"})


def _delete_many(tx: Transaction, row: sqlite3.Row, chat: chats.Chat, content: dict[str, Any]) -> Sending | str:
    """Delete several messages with one call; those that are not there any more are passed over."""
    places = [messages.place(tx, number) for number in content["messages"]]
    ids = [place["message_id"] for place in places if place is not None and place["message_id"] > 0]
    if not ids:
        return "the message is gone"
    return Sending(row, chat, "deleteMessages", {"chat_id": chat.telegram_id, "message_ids": ids})


def _taken_back(tx: Transaction, media: dict[str, Any]) -> bool:
    """Whether a part of an album that waits was taken back meanwhile."""
    return "card" in media and sends.is_taken_back(tx, media["card"])


def _take_back(tx: Transaction, row: sqlite3.Row, chat: chats.Chat, content: dict[str, Any]) -> Sending | str:
    """Delete a card; where Telegram refused that, because it is too old, let it say that it was taken back."""
    place = messages.card_place(tx, row["card"])
    if place is None or place["message_id"] is None:
        return "it was never sent"
    ids = {"chat_id": chat.telegram_id, "message_id": place["message_id"]}
    if not content.get("too_late"):
        return Sending(row, chat, "deleteMessage", ids)
    if content["kind"] == PartKind.TEXT:
        return Sending(row, chat, "editMessageText", {**ids, "text": content["text"], "parse_mode": "HTML"})
    if content["kind"] == PartKind.VIDEO_NOTE:
        return "a video note has no words to change"
    return Sending(row, chat, "editMessageCaption", {**ids, "caption": content["text"], "parse_mode": "HTML"})


def _add_place(tx: Transaction, sending: Sending, row: sqlite3.Row, content: dict[str, Any]) -> None:
    """Topic, reply and manner: what a new message has and an edit has not."""
    if row["topic"] is not None and sending.chat.is_forum:
        topic = chats.topic_by_id(tx, row["topic"])
        assert topic is not None
        if topic["thread_id"] is None:
            sending.make_topic = topic["name"]
        else:
            sending.thread = sending.parameters["message_thread_id"] = topic["thread_id"]
    elif row["thread"] is not None:
        sending.parameters["message_thread_id"] = row["thread"]
    reply = None
    if row["reply_to_card"] is not None:
        reply = messages.card_place(tx, row["reply_to_card"])
    elif row["reply_to"] is not None:
        reply = messages.place(tx, row["reply_to"])
    known = reply is not None and reply["message_id"] is not None and reply["message_id"] > 0
    # A reply across chats is a quotation of another conversation; ours never are.
    if reply is not None and known and reply["chat"] == row["chat"]:
        sending.parameters["reply_parameters"] = {
            "message_id": reply["message_id"],
            "allow_sending_without_reply": True,
        }
    if content.get("silent"):
        sending.parameters["disable_notification"] = True
    if content.get("protected"):
        sending.parameters["protect_content"] = True


async def send(request: Request, sending: Sending, data_dir: Path) -> Outcome:
    """Carry a row out. Never raises: what went wrong is the outcome."""
    try:
        if sending.make_topic is not None:
            thread_id = await _make_topic(request, sending, sending.make_topic)
            if thread_id is not None:
                # Noted before anything is sent into it: a crash costs at most a topic then, not a message as well.
                return Outcome("topic_made", thread_id=thread_id, reason="its topic was made")
        files: dict[str, Upload] | None = None
        if sending.file_field is not None and (sending.file is not None or sending.qr is not None or sending.blank):
            # Not on the event loop: a disk may take its time, and everybody would wait for it.
            upload = await asyncio.to_thread(_upload, sending, data_dir)
            if upload is None:
                return Outcome("refused", reason="the file to send is gone")
            files = {sending.file_field: upload}
        result = await request.call(sending.method, sending.parameters, files)
        return Outcome("sent", result=result)
    except NotSent as error:
        return Outcome("not_sent", reason=str(error))
    except Uncertain as error:
        return Outcome("uncertain", reason=str(error))
    except Refused as error:
        has_file = sending.file_field is not None or sending.method in ("sendMediaGroup", "editMessageMedia")
        return refused(sending.row, sending.method, error, is_private=sending.is_private, has_file=has_file)
    except Exception as error:
        # A fault of ours, or an answer nobody foresaw: this row fails, its chat and the others go on.
        return Outcome("refused", reason=f"cannot be sent: {type(error).__name__}")


def _upload(sending: Sending, data_dir: Path) -> Upload | None:
    """The file's name and what is in it; None when it is gone."""
    if sending.qr is not None:
        drawn = io.BytesIO()
        segno.make(sending.qr, error="m", micro=False).save(drawn, kind="png", scale=8, border=4)
        return "code.png", drawn.getvalue()
    if sending.blank:
        return "blank.png", blank_picture()
    assert sending.file is not None
    path = data_dir / sending.file
    try:
        return path.name, path.read_bytes()
    except FileNotFoundError:
        return None


async def _make_topic(request: Request, sending: Sending, name: str) -> int | None:
    """Make a topic; None where there can be none now. The message is sent all the same, outside of topics."""
    method = "createForumTopic"
    try:
        topic = await request.call(method, {"chat_id": sending.chat.telegram_id, "name": name[:128]})
    except Refused as error:
        if subject_of(error, method, sending.is_private) in (
            About.LIMIT,
            About.SERVERS,
            About.BOT,
            About.MOVED,
            About.NOBODY,
        ):
            raise
        return None
    except Uncertain as error:
        # The message itself was certainly not sent; at worst there are two topics now.
        raise Refused(502, str(error)) from None
    return int(topic["message_thread_id"])
