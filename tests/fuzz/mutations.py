"""What can become of an update: other types, sizes and letters, fields missing and added, forged data."""

import copy
import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

from tests.walk.forging import WEIRD, spoilt

Json = dict[str, Any]
Place = tuple[Any, Any]
"""A list or an object, and the index or key of something in it."""
HOSTILE = (
    "", " ", "\u202eevil\u202c", "a\x00b", "\x1b[31m", "😀" * 300, "👩\u200d👩\u200d👧🇨🇳", "<&>" * 99,
    "{number} %s {0}", "\u3164\u2800\u200b\u00ad", "\ue000\uf8ff\ufffe", "lamp" + "\u0301\u0337\u0489" * 40,
    "\ud83d", "w" * 4096, "好" * 5000, "x" * 100_000, "/start", "/start " + "x" * 64, "/", "/my@", "//", "0", "\n" * 50,
    "' OR 1=1 --", "null", "着火了", "smell of gas", "\u0130\u0131\u017f", "ﷺ" * 99, "\r\n\t", "https://" + "a" * 2000,
    "yes", "no", "12", "2026-02-30", "\ufeff", "\u2028",
)  # fmt: skip
NUMBERS = (
    0,
    -1,
    1,
    2,
    99,
    2**31 - 1,
    2**31,
    2**52,
    2**63 - 1,
    2**63,
    -(2**63) - 1,
    10**30,
    777000,
    1087968824,
    136817688,
)
OTHER_TYPES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, -0.0, 1e308, 10**30, "", "1", "x", [], [None], [[]], {}, {"id": 1}, [1, "x", {}],
)  # fmt: skip
KINDS = (
    "message", "edited_message", "channel_post", "business_message", "callback_query", "my_chat_member", "inline_query",
    "poll", "telepathy",
)  # fmt: skip
KEPT = 60
"""So many values are known of each name."""
DEEPEST = 60
MOSTLY = 0.85


class Mutator:
    """Changes updates. What it has seen under a name it puts there elsewhere, too."""

    def __init__(self, dice: random.Random, written: Sequence[str]) -> None:
        self._dice = dice
        self._written = written
        self._known: dict[str, list[Any]] = {}

    def learn(self, update: Json) -> None:
        """Remember what stands under which name."""
        for holder, key in places(update):
            if isinstance(key, str):
                values = self._known.setdefault(key, [])
                if len(values) < KEPT:
                    values.append(holder[key])
                elif self._dice.random() < 0.05:
                    values[self._dice.randrange(KEPT)] = holder[key]

    def changed(self, update: Json) -> Json:
        """The update with one or some things changed."""
        found: Json = json.loads(json.dumps(update))
        for _ in range(self._dice.choices((1, 2, 3, 6), (6, 3, 2, 1))[0]):
            ways = (self._letters, self._letters, self._number, self._type, self._left_out, self._added, self._forged,
                    self._forged, self._kind, self._nested)  # fmt: skip
            self._dice.choice(ways)(found)
        return found

    def _some(self, update: Json, kinds: tuple[type, ...] = (object,)) -> Place | None:
        """Somewhere in it; mostly not who and where it is, or it would seldom come far."""
        there = [(holder, key) for holder, key in places(update) if isinstance(holder[key], kinds)]
        if self._dice.random() < MOSTLY:
            there = [each for each in there if each[1] not in ("id", "type", "chat", "from", *KINDS)]
        return self._dice.choice(there) if there else None

    def _letters(self, update: Json) -> None:
        place = self._some(update, (str,))
        if place is not None:
            old = place[0][place[1]]
            new = self._dice.choice(HOSTILE)
            at = self._dice.randint(0, len(old))
            place[0][place[1]] = self._dice.choice((new, old[:at] + new + old[at:], old[:at], old * 3))

    def _number(self, update: Json) -> None:
        place = self._some(update, (int, float))
        if place is not None:
            place[0][place[1]] = self._dice.choice((*NUMBERS, self._dice.randint(1, 400), place[0][place[1]] + 1))

    def _type(self, update: Json) -> None:
        place = self._some(update)
        if place is not None:
            place[0][place[1]] = copy.deepcopy(self._dice.choice(OTHER_TYPES))

    def _left_out(self, update: Json) -> None:
        place = self._some(update)
        if place is not None:
            del place[0][place[1]]

    def _added(self, update: Json) -> None:
        """A name that is known from elsewhere, with what stood under it there."""
        objects = [holder[key] for holder, key in places(update) if isinstance(holder[key], dict)]
        if objects and self._known:
            name = self._dice.choice(list(self._known))
            value = self._dice.choice(self._known[name])
            self._dice.choice(objects)[name] = json.loads(json.dumps(value))

    def _forged(self, update: Json) -> None:
        press = update.get("callback_query")
        if not isinstance(press, dict):
            return self._letters(update)
        data = press.get("data")
        if isinstance(data, str) and ":" in data and self._dice.random() < 0.6:
            press["data"] = self._dice.choice(list(spoilt(data)))
        elif self._dice.random() < 0.8:
            press["data"] = self._dice.choice(self._written)
        else:
            press["data"] = self._dice.choice((*WEIRD, *HOSTILE))
        return None

    def _kind(self, update: Json) -> None:
        old = self._dice.choice(list(update)) if update else None
        if old is not None and self._dice.random() < 0.3:
            update[self._dice.choice(KINDS)] = update[old] if self._dice.random() < 0.2 else update.pop(old)

    def _nested(self, update: Json) -> None:
        message = update.get("message")
        if isinstance(message, dict) and self._dice.random() < 0.3:
            inner: Any = json.loads(json.dumps(message))
            for _ in range(self._dice.choice((1, 2, DEEPEST))):
                inner = {**{key: each for key, each in message.items() if key != "reply_to_message"},
                         "reply_to_message": inner}  # fmt: skip
            update["message"] = inner


def places(value: Any) -> Iterator[Place]:
    """All there is in it: (holder, key)."""
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        for key in list(holder) if isinstance(holder, dict) else range(len(holder)):
            yield holder, key
            if isinstance(holder[key], (dict, list)):
                waiting.append(holder[key])
