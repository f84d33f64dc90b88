"""What stands in each chat: what the outbox holds counts as sent at once, under message ids of our own."""

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sending.row_to_call import CAPTION_LIMIT, TEXT_LIMIT, Author, resolve
from storage.broadcasts.recipients import of_role
from storage.core import chats, messages, sends
from storage.core.database import Transaction

Json = dict[str, Any]
_TAG = re.compile(r"<[^>]*>")


@dataclass
class Shown:
    """A message of the bot's, as it stands in a chat now."""

    id: int
    text: str
    markup: Json = field(default_factory=dict)
    is_copy: bool = False
    """Whether it says something that was said to many."""

    def buttons(self) -> Iterator[Json]:
        """All its buttons, also those of a keyboard below the screen."""
        for kind in ("inline_keyboard", "keyboard"):
            for row in self.markup.get(kind, []):
                yield from row


class Screens:
    """Every chat's messages, oldest first, and every button that was ever shown in it."""

    def __init__(self) -> None:
        self.numbers = itertools.count(1)
        self.wrong: list[str] = []
        """What Telegram would refuse, or nobody could read."""
        self.families: Counter[str] = Counter()
        """What the data of all buttons ever shown begins with, and in how many messages."""
        self._shown: dict[int, list[Shown]] = {}
        self._ever: dict[int, list[tuple[int, Json]]] = {}

    def of(self, chat: int) -> list[Shown]:
        """What the bot has written in a chat, by Telegram's number of it."""
        return self._shown.setdefault(chat, [])

    def ever(self, chat: int) -> list[tuple[int, Json]]:
        """(message, button) of all that was ever shown there, also what is gone."""
        return self._ever.setdefault(chat, [])

    def deliver(self, tx: Transaction, authors: Mapping[str, Author]) -> None:
        """Send all that is to be sent; `authors` word what is worded only then."""
        sends.promote(tx)
        while row := tx.one("/* ours */ SELECT * FROM outbox WHERE state = 'pending' ORDER BY id LIMIT 1"):
            chat = chats.by_id(tx, row["chat"])
            with tx.reading():
                sending = "cannot be reached" if chat.unreachable else resolve(tx, row, authors)
            if isinstance(sending, str):
                sends.finish(tx, row["id"], "dropped", sending)
                continue
            if sending.make_topic is not None:
                chats.set_thread(tx, row["topic"], next(self.numbers))
            number = self._carry_out(chat.telegram_id, sending.method, sending.parameters)
            if number is not None:
                self.of(chat.telegram_id)[-1].is_copy = of_role(row["purpose"] or "") is not None
            sends.finish(tx, row["id"], "sent")
            if sending.author is not None and sending.author.note_sent is not None and sending.worded_at is not None:
                content = json.loads(row["content"])
                sending.author.note_sent(tx, row["id"], row["subject"], content, sending.worded_at, sending.tells)
            if number is not None:
                messages.keep(
                    tx, row["chat"], number, incoming=False, purpose=row["purpose"], subject=row["subject"],
                    card=row["card"], outbox=row["id"],
                )  # fmt: skip
                if row["card"] is not None:
                    messages.set_card_message(tx, row["card"], number)

    def _carry_out(self, chat: int, method: str, parameters: Json) -> int | None:
        """Do what Telegram does; the number of a new message."""
        screen, markup = self.of(chat), self._markup(parameters)
        self._look_at(parameters, markup)
        if method.startswith("send"):
            new = Shown(next(self.numbers), parameters.get("text", parameters.get("caption", "")), markup)
            screen.append(new)
            self._remember(chat, new)
            return new.id
        for shown in [each for each in screen if each.id == parameters.get("message_id")]:
            if method == "deleteMessage":
                screen.remove(shown)
            elif method.startswith("edit"):
                shown.text, shown.markup = parameters.get("text", shown.text), markup
                self._remember(chat, shown)
        return None

    def _remember(self, chat: int, shown: Shown) -> None:
        known = {json.dumps(button, sort_keys=True) for number, button in self.ever(chat)[-200:] if number == shown.id}
        data = [button["callback_data"] for button in shown.buttons() if "callback_data" in button]
        self.families.update({each.partition(":")[0] for each in data})
        new = [button for button in shown.buttons() if json.dumps(button, sort_keys=True) not in known]
        self.ever(chat).extend((shown.id, button) for button in new)

    def _markup(self, parameters: Json) -> Json:
        markup = parameters.get("reply_markup") or {}
        return dict(json.loads(markup) if isinstance(markup, str) else markup)

    def _look_at(self, parameters: Json, markup: Json) -> None:
        for name, limit in (("text", TEXT_LIMIT), ("caption", CAPTION_LIMIT)):
            if name in parameters and not 0 < len(_TAG.sub("", parameters[name])) <= limit:
                self.wrong.append(f"a {name} of {len(parameters[name])} letters")
        for row in markup.get("inline_keyboard", []):
            for button in row:
                if not button["text"].strip() or len(button.get("callback_data", "").encode()) > 64:
                    self.wrong.append(f"a button without a word, or with more than it can carry: {button}")
        words = Counter(button["text"] for row in markup.get("inline_keyboard", []) for button in row)
        for alike in [each for each, count in words.items() if count > 1]:
            where = [button for row in markup["inline_keyboard"] for button in row if button["text"] == alike]
            self.wrong.append(f"nobody can tell apart these buttons: {where}, below {parameters.get('text')}")
        if len(markup.get("inline_keyboard", [])) > 8:
            self.wrong.append(f"{len(markup['inline_keyboard'])} rows of buttons")
