"""What people do: what is on their screens, what is not, and what Telegram may send besides."""

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from domain.people.rights import RIGHTS, Role
from tests.support import FEATURES
from tests.walk.screens import Json, Screens, Shown

BOT = {"id": 4242, "is_bot": True, "first_name": "RV", "username": "rvbot"}
GROUP = -1001
RESIDENTS = (11, 12, 13)
OF_ROLE = {role: 21 + number for number, role in enumerate(role for role in Role if role is not Role.RESIDENT)}
TEAM = tuple(number for role, number in OF_ROLE.items() if RIGHTS[role] != RIGHTS[Role.RESIDENT])
ONLOOKER = 31
"""Sits in the staff group and has no role."""
PEOPLE = (*RESIDENTS, *OF_ROLE.values(), ONLOOKER)
TEXTS = (
    "The lamp is dark", "水管漏水了", "The lift in Building 3 is stuck again", "Building 3", "north gate", "3-2", "yes",
    "no", "tomorrow", "2026-12-24", "12", "5 days", "0", "-1", "99999999999999999999", "lighting", "water company",
    "<b>&amp;\"'", "\u202ex", "smell of gas", "🔥",
    "x" * 4096, "好" * 4096, "\u200b", "13800138000", "http://x.y", "a\x00b",
)  # fmt: skip
_FORGED = (
    "1", "2", "3", "99", "0", "-1", "99999999999999999999", "yes", "no", "send", "take", "open", "page", "summary",
    "!send", "!back", "!cancel", "!skip", "own:x", "join:1", "", "x" * 40, "灯",
)  # fmt: skip


@dataclass(frozen=True)
class Deed:
    """An update without its number. `kind` is what it counts as; `answer`: press, message, or none that must come."""

    kind: str
    update: Json
    answer: str | None = None


NEVER_TRIED = 20
"""So much more likely a button is of a family of which nobody has pressed any."""


class Deeds:
    """Chooses what somebody does next. What was done seldom so far is done more likely."""

    def __init__(self, dice: random.Random, screens: Screens, counts: Counter[str]) -> None:
        self._dice = dice
        self._screens = screens
        self._counts = counts
        self._own: dict[int, list[Json]] = {}
        self._presses = 0
        self._album: tuple[int, str] | None = None

    def something(self, who: int, where: int) -> Deed:
        """Somebody's next deed in their private chat or in the group."""
        dice = self._dice
        chance = dice.random()
        if chance < 0.55 and (press := self._press(who, where)) is not None:
            return press
        if chance < 0.58:
            return self._old_button(who, where)
        if chance < 0.61:
            return self._pressed(who, where, dice.randint(1, 10**6), self._forged(), "forged")
        if chance < 0.66 and self._own.get(where):
            return self._edit(where)
        if chance < 0.68:
            return self._odd(who, where)
        if chance < 0.78:
            return self._command(who, where)
        return self._message(who, where)

    def pressed(self, who: int, where: int, message: int, data: str) -> Deed:
        """Somebody presses a button with this data, which may stand on no screen."""
        return self._pressed(who, where, message, data, "forged")

    def says(self, who: int, text: str) -> Deed:
        """Somebody says something in private."""
        return self._says(who, who, text, "forged")

    # -- presses

    def _press(self, who: int, where: int) -> Deed | None:
        shown = self._screens.of(where)
        found = [(message, button) for message in shown[-60:] for button in message.buttons()]
        if not found:
            return None
        message, button = self._seldom(found, lambda each: _kind(each[1]))
        return self._use(who, where, message.id, button)

    def _old_button(self, who: int, where: int) -> Deed:
        ever = self._screens.ever(self._dice.choice((where, GROUP, *PEOPLE)))
        if not ever:
            return self._message(who, where)
        number, button = self._dice.choice(ever)
        return self._use(who, where, number, button)

    def _use(self, who: int, where: int, message: int, button: Json) -> Deed:
        if "callback_data" in button:
            return self._pressed(who, where, message, button["callback_data"], _kind(button))
        if "url" in button:
            payload = button["url"].partition("?start=")[2]
            return self._says(who, who, f"/start {payload}".strip(), _kind(button))
        if "request_users" in button:
            chosen = self._dice.choice(PEOPLE)
            shared = {
                "request_id": button["request_users"]["request_id"],
                "users": [{"user_id": chosen, "first_name": f"P{chosen}"}],
            }
            return self._sent(who, who, {"users_shared": shared}, _kind(button))
        if button.get("request_location"):
            return self._sent(who, where, self._place(), "place")
        return self._says(who, where, button["text"], f"keyboard {button['text']}")

    def _pressed(self, who: int, where: int, message: int, data: str, kind: str) -> Deed:
        self._presses += 1
        shown = {"message_id": message, "date": 1, "chat": chat_of(where), "from": BOT, "text": "x"}
        query = {
            "id": f"q{self._presses}",
            "from": self._user(who),
            "chat_instance": "1",
            "message": shown,
            "data": data,
        }
        return Deed(kind, {"callback_query": query}, "press")

    def _forged(self) -> str:
        families = [*FEATURES.buttons]
        words = [self._dice.choice(_FORGED) for _ in range(self._dice.randint(0, 4))]
        return ":".join([self._dice.choice((*families, "x")), *words]).encode()[:64].decode(errors="ignore")

    # -- messages

    def _command(self, who: int, where: int) -> Deed:
        names = [*FEATURES.group_commands] if where == GROUP else [*FEATURES.commands, "nothing"]
        if where != GROUP and who in TEAM and self._dice.random() < 0.5:
            names = [name for name, command in FEATURES.commands.items() if command.action is not None]
        name = self._seldom(names, lambda each: f"/{each}")
        word = self._dice.choice(
            ("", "", str(self._dice.randint(1, 12)), self._dice.choice(TEXTS)[:60], "lamp", "水管")
        )
        if name == "start":
            prefix = self._dice.choice(("", *FEATURES.deep_links))
            word = prefix + self._dice.choice(("", "1", "new", "mine", "b1-2", "nowhere")) if prefix else ""
        addressed = f"/{name}@{BOT['username']}" if where == GROUP else f"/{name}"
        return self._says(who, where, f"{addressed} {word}".strip(), f"/{name}")

    def _message(self, who: int, where: int) -> Deed:
        if self._album is not None and self._album[0] == where and self._dice.random() < 0.5:
            return self._sent(who, where, {**self._photo(), "media_group_id": self._album[1]}, "later part of an album")
        kinds: dict[str, Callable[[], Json]] = {
            "text": lambda: {"text": self._dice.choice(TEXTS)},
            "photo": self._photo,
            "album": self._new_album(where),
            "voice": lambda: {"voice": {**self._file(), "duration": 3}},
            "video": lambda: {"video": {**self._file(), "width": 1, "height": 1, "duration": 9}, "caption": "see"},
            "video note": lambda: {"video_note": {**self._file(), "length": 1, "duration": 9}},
            "audio": lambda: {"audio": {**self._file(), "duration": 9}},
            "document": lambda: {"document": {**self._file(), "file_name": "a.pdf"}},
            "large video": lambda: {"video": {**self._file(), "width": 1, "height": 1, "duration": 9,
                                              "file_size": 10**9}},
            "place": self._place,
            "venue": lambda: {**self._place(), "venue": {**self._place(), "title": "Gate", "address": "x"}},
            "contact": lambda: {"contact": {"phone_number": "1", "first_name": "x"}},
            "dice": lambda: {"dice": {"emoji": "🎲", "value": 3}},
            "sticker": lambda: {"sticker": {**self._file(), "type": "regular", "width": 1, "height": 1,
                                            "is_animated": False, "is_video": False}},
            "gif": lambda: {"animation": {**self._file(), "width": 1, "height": 1, "duration": 1},
                            "document": self._file()},
            "poll": lambda: {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0,
                                      "is_closed": False, "is_anonymous": True, "type": "regular",
                                      "allows_multiple_answers": False, "allows_revoting": False,
                                      "members_only": False}},
        }  # fmt: skip
        kind = "text" if self._dice.random() < 0.6 else self._seldom(list(kinds), lambda each: each)
        return self._sent(who, where, kinds[kind](), kind)

    def _says(self, who: int, where: int, text: str, kind: str) -> Deed:
        return self._sent(who, where, {"text": text}, kind)

    def _sent(self, who: int, where: int, content: Json, kind: str) -> Deed:
        message: Json = {"message_id": next(self._screens.numbers), "date": 1, "chat": chat_of(where),
                         "from": self._user(who), **content}  # fmt: skip
        text = str(content.get("text", ""))
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        elif (asked := self._replied_to(where)) is not None:
            message["reply_to_message"] = {
                "message_id": asked.id,
                "date": 1,
                "chat": chat_of(where),
                "text": "x",
                "from": BOT,
            }
        self._own.setdefault(where, []).append(message)
        later = kind == "later part of an album"
        return Deed(kind, {"message": message}, "message" if where != GROUP and not later else None)

    def _replied_to(self, where: int) -> Shown | None:
        """Questions that ask for a reply, lists of promises and what is said to many get one more often than others."""
        shown, dice = self._screens.of(where), self._dice
        asking = [each for each in shown[-6:] if each.markup.get("force_reply")]
        lists = [each for each in shown[-6:] if _lists_promises(each)]
        copies = [each for each in shown[-30:] if each.is_copy]
        if lists and dice.random() < 0.3:
            return lists[-1]
        if copies and dice.random() < 0.25:
            return dice.choice(copies)
        if asking and dice.random() < 0.8:
            return asking[-1]
        return dice.choice(shown[-8:]) if shown and dice.random() < (0.6 if where == GROUP else 0.15) else None

    def _edit(self, where: int) -> Deed:
        old = self._dice.choice(self._own[where][-20:])
        if self._dice.random() < 0.1:
            old = {**old, "message_id": old["message_id"] + 10**8}  # its message is still to come, or never was ours
        words = {"caption" if "photo" in old or "video" in old else "text": self._dice.choice(TEXTS)[:1000]}
        return Deed("edit", {"edited_message": {**old, **words, "edit_date": self._dice.randint(1, 9)}})

    def _odd(self, who: int, where: int) -> Deed:
        """What the bot did not ask for, or what no version of it knows."""
        user, chat = self._user(who), chat_of(where)
        status = self._dice.choice(("member", "administrator") if where == GROUP else ("member", "kicked"))
        kinds: dict[str, Json] = {
            "membership": {"my_chat_member": {
                "chat": chat, "from": user, "date": 1, "old_chat_member": {"status": "member", "user": BOT},
                "new_chat_member": _standing(status)}},
            "somebody joins": {"message": {"message_id": next(self._screens.numbers), "date": 1, "chat": chat_of(GROUP),
                                           "from": user, "new_chat_members": [user]}},
            "pinned": {"message": {"message_id": next(self._screens.numbers), "date": 1, "chat": chat_of(GROUP),
                                   "from": BOT, "pinned_message": {"message_id": 1, "date": 1,
                                                                 "chat": chat_of(GROUP)}}},
            "inline": {"inline_query": {"id": "1", "from": user, "query": "x", "offset": ""}},
            "channel": {"channel_post": {"message_id": 1, "date": 1, "text": "x",
                                         "chat": {"id": -1009, "type": "channel", "title": "C"}}},
            "never heard of": {"telepathy": {"from": user, "thought": "x"}},
        }  # fmt: skip
        kind = self._seldom(list(kinds), lambda each: each)
        return Deed(kind, kinds[kind])

    # -- what they are made of

    def _seldom(self, things: list[Any], kind: Callable[[Any], str]) -> Any:
        # Of a screen with twenty buttons of one family each weighs little, else others would have no turn beside it.
        families = Counter(kind(each).partition(":")[0] for each in things)
        tried = {name.partition(":")[0] for name, times in self._counts.items() if times}
        weights = [
            (1 if (family := kind(each).partition(":")[0]) in tried else NEVER_TRIED)
            * (1 + self._counts[kind(each)]) ** -2
            / families[family]
            for each in things
        ]
        return self._dice.choices(things, weights)[0]

    def _file(self) -> Json:
        return {"file_id": f"F{self._dice.getrandbits(40)}", "file_unique_id": f"U{self._dice.getrandbits(40)}"}

    def _photo(self) -> Json:
        caption = {"caption": self._dice.choice(TEXTS)[:1024]} if self._dice.random() < 0.5 else {}
        return {"photo": [{**self._file(), "width": 1, "height": 1}], **caption}

    def _new_album(self, where: int) -> Callable[[], Json]:
        def begin() -> Json:
            self._album = (where, f"A{self._dice.getrandbits(40)}")
            return {**self._photo(), "media_group_id": self._album[1]}

        return begin

    def _place(self) -> Json:
        near = self._dice.random() < 0.5
        latitude = 31.2418 if near else self._dice.uniform(-90, 90)
        return {"location": {"latitude": latitude, "longitude": 121.4462}}

    def _user(self, who: int) -> Json:
        return {"id": who, "is_bot": False, "first_name": f"P{who}",
                "language_code": self._dice.choice(("en", "zh-hans", "fr"))}  # fmt: skip


def _kind(button: Json) -> str:
    """What a button is, whatever it is about: its data without numbers."""
    if "url" in button:
        return re.sub(r"\d+", "#", "link " + button["url"].partition("?start=")[2])[:20]
    if "request_users" in button:
        return "users"
    return re.sub(r"\d+", "#", button.get("callback_data", button["text"]))


def chat_of(where: int) -> Json:
    if where == GROUP:
        return {"id": GROUP, "type": "supergroup", "title": "Staff", "is_forum": True}
    return {"id": where, "type": "private", "first_name": f"P{where}"}


def _standing(status: str) -> Json:
    more: Json = {"until_date": 0} if status == "kicked" else {}
    if status == "administrator":
        rights = ("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
                  "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users",
                  "can_post_stories", "can_edit_stories", "can_delete_stories", "can_pin_messages",
                  "can_manage_topics")  # fmt: skip
        more = dict.fromkeys(rights, True)
    return {"status": status, "user": BOT, **more}


def _lists_promises(shown: Shown) -> bool:
    return any(re.fullmatch(r"p:\d+:(say|open):0", each.get("callback_data", "")) for each in shown.buttons())
