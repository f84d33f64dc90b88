"""Residents and staff of a week: who is written to goes on with what stands there, as most people do."""

import itertools
import random
from collections import Counter
from typing import Any

from benchmarks.crowd import sounds
from benchmarks.stand_in import STAFF_CHAT, StandIn
from benchmarks.updates import said

Json = dict[str, Any]
STAFF = (900_001, 900_002, 900_003)
FIRST = 1_000_001
DONE = "what was done about"
OTHER_WORDS = ("/my", "/help", "/start", "Thank you", "/settings", "/board")
RESOLVED = 0.8
FIXED, NOT_FIXED = 0.6, 0.7
"""Of those who are asked whether it is fixed so many say yes, and up to here no; the others say nothing."""


class Telegram(StandIn):
    """Takes pictures and files, too."""

    def _carry_out(self, method: str, parameters: Json) -> Any:
        if method.startswith("send") and method != "sendMessage":
            return super()._carry_out("sendMessage", {"text": parameters.get("caption", ""), **parameters})
        return super()._carry_out(method, parameters)


class People:
    """They live in a stand-in of Telegram. What they do is counted in `did`."""

    def __init__(self, count: int, seed: int) -> None:
        self.did: Counter[str] = Counter()
        self.stand_in = Telegram(0.0, self._arrived)
        self._count = count
        self._dice = random.Random(seed)
        self._numbers = itertools.count(1)
        self._seen: set[tuple[str, str]] = set()

    def begin(self) -> None:
        """The staff press Start."""
        for number in STAFF:
            self._says(number, "/start")

    def report(self) -> None:
        """Somebody has something to say that nobody has said before."""
        self._says(self._somebody(), f"The lamp {sounds(next(self._numbers), 0)}")
        self.did["reports"] += 1

    def talk(self) -> None:
        """Somebody looks something up, or says thank you."""
        self._says(self._somebody(), self._dice.choice(OTHER_WORDS))
        self.did["other messages"] += 1

    def _somebody(self) -> int:
        return self._dice.randrange(FIRST, FIRST + self._count)

    def _says(self, person: int, words: str) -> None:
        self.stand_in.put("message", said(self.stand_in, person, words))

    # -- what the bot has written

    def _arrived(self, method: str, chat: int, message: Json) -> None:
        if method == "answerCallbackQuery":
            return
        self.did["messages of the bot"] += method == "sendMessage"
        data = [str(button.get("callback_data", "")) for button in _buttons(message)]
        if chat == STAFF_CHAT:
            self._staff(message, data)
        elif chat >= FIRST:
            self._resident(chat, message, data)

    def _resident(self, person: int, message: Json, data: list[str]) -> None:
        for each in data:
            family, _, rest = each.partition(":")
            if family == "f" and rest.endswith("!send"):
                self._press(person, message, each)
            elif family == "r" and ":yes:" in each and self._is_new("asked", each):
                chance = self._dice.random()
                if chance < NOT_FIXED:
                    self._press(person, message, each if chance < FIXED else each.replace(":yes:", ":no:"))

    def _staff(self, message: Json, data: list[str]) -> None:
        who = self._dice.choice(STAFF)
        for each in data:
            parts = each.split(":")
            if parts[0] != "v" or len(parts) < 4:
                continue
            if parts[2] == "take" and self._is_new("take", parts[1]):
                self._press(who, message, each)
                return
            if parts[2] == "resolve" and ("take", parts[1]) in self._seen and self._is_new("resolve", parts[1]):
                if self._dice.random() < RESOLVED:
                    self._press(who, message, each)
                return
        if DONE in str(message.get("text")) and (message.get("reply_markup") or {}).get("force_reply"):
            answer = said(self.stand_in, who, "It has a new bulb")
            place = {"message_id": self.stand_in.next_message(STAFF_CHAT), "chat": message["chat"]}
            thread = {key: message[key] for key in ("message_thread_id", "is_topic_message") if key in message}
            # Telegram shows no keyboard but one below a message.
            asked = {key: value for key, value in message.items() if key != "reply_markup"}
            self.stand_in.put("message", {**answer, **place, **thread, "reply_to_message": asked})

    def _press(self, person: int, message: Json, data: str) -> None:
        number = f"press{next(self._numbers)}"
        self.stand_in.asker[number] = person
        self.did["presses"] += 1
        user = {"id": person, "is_bot": False, "first_name": f"Person {person}", "language_code": "en"}
        self.stand_in.put(
            "callback_query", {"id": number, "from": user, "chat_instance": "1", "data": data, "message": message}
        )

    def _is_new(self, what: str, about: str) -> bool:
        known = (what, about) in self._seen
        self._seen.add((what, about))
        return not known


def _buttons(message: Json) -> list[Json]:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]
