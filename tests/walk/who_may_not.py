"""What those do who may not: every button, command, link and reply there is, as updates of Telegram's.

It knows none by name: what is registered says who may use it (handlers/kit/access.py, `Command.action`).
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from domain.people.rights import RIGHTS, Action, Role
from handlers.kit.access import Door
from tests.support import FEATURES
from tests.walk.deeds import BOT, GROUP, OF_ROLE, PEOPLE, chat_of
from tests.walk.forging import kind, written
from tests.walk.screens import Json, Screens
from tests.walk.walk import HANDLERS

FIRST = 52
_STAY = (Action.RECORD, Action.GRANT_STAFF)
_RIGHTS = dict(RIGHTS)
"""As they are meant, whatever the program is made to believe."""


@dataclass
class Tester:
    """Somebody who has nothing of their own here, and one role."""

    number: int
    role: Role
    language: str
    id: int = 0
    chat: int = 0

    def may(self, action: Action | None) -> bool:
        """Whether they have a right to that."""
        return action is not None and action in _RIGHTS[self.role] | _RIGHTS[Role.RESIDENT]


@dataclass(frozen=True)
class Try:
    """Something somebody does that they may not, or only with what is theirs; `press` is its id when it is one."""

    who: Tester
    what: str
    update: Json
    door: str
    owns: bool = False
    """Whether rows of their own may change."""
    chooses: bool = False
    """Whether it may be about the language itself."""
    press: str | None = None
    in_words: bool = False
    """Whether it has to be answered by a message in their own chat."""


STAND_INS: dict[str, Json] = {
    "an anonymous admin": {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group",
                                    "username": "GroupAnonymousBot"}, "sender_chat": chat_of(GROUP)},
    "a channel": {"from": {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"},
                  "sender_chat": {"id": -1009, "type": "channel", "title": "C"}},
    "Telegram": {"from": {"id": 777000, "is_bot": False, "first_name": "Telegram"}},
    "another bot": {"from": {"id": 6161, "is_bot": True, "first_name": "Other", "username": "otherbot"}},
}  # fmt: skip
TESTERS = tuple(
    Tester(FIRST + place, role, language)
    for place, (role, language) in enumerate((role, language) for role in Role for language in ("en", "zh_Hans"))
)


class Tries:
    """Makes them up, from what the screens show and what the source writes."""

    def __init__(self, dice: random.Random, screens: Screens) -> None:
        self.tried: defaultdict[str, int] = defaultdict(int)
        """How often each door was tried by somebody who may not."""
        self._dice = dice
        self._screens = screens
        self._numbers = count(10**6)

    def presses(self, of_a_family: int) -> Iterator[Try]:
        """Every button that was ever shown to somebody else, and so many of each family as the source writes them."""
        shown = {kind(data): data for where in (GROUP, *PEOPLE) for data in self._ever_shown(where)}
        by_family: dict[str, list[str]] = {prefix: [] for prefix in FEATURES.buttons}
        for data in written(HANDLERS, set(FEATURES.buttons)):
            by_family[data.partition(":")[0]].append(data)
        for prefix, of_source in by_family.items():
            found = [*(data for data in shown.values() if data.partition(":")[0] == prefix)]
            found += self._dice.sample(of_source, min(of_a_family, len(of_source)))
            door = FEATURES.buttons[prefix]
            assert isinstance(door, Door), f"the button {prefix} says nothing of who may press it"
            for who in TESTERS:
                everybodys = door.action is None and not door.own
                for data in found:
                    if who.may(_needed(data, door)) or (everybodys and who.may(Action.TRIAGE)):
                        continue
                    for where in (who.number, GROUP):
                        self.tried[f"button {prefix}"] += 1
                        yield self._press(who, where, data, owns=door.own or everybodys, chooses=everybodys)

    def commands(self) -> Iterator[Try]:
        """Every command in private by who has no right to it, and in the group by who has none there."""
        for name, command in FEATURES.commands.items():
            for who in TESTERS:
                for words in ("", " 1", " 1 x", " 水管"):
                    if command.action is not None and not who.may(command.action):
                        self.tried[f"command {name}"] += 1
                        yield self._says(who, who.number, f"/{name}{words}", owns=False)
        for name in {*FEATURES.commands, *FEATURES.group_commands}:
            for who in self._outsiders():
                for words in ("", " 1", " staff", " s-x"):
                    self.tried[f"group command {name}"] += 1
                    yield self._says(who, GROUP, f"/{name}@{BOT['username']}{words}", to=self._any_of_group())

    def links(self) -> Iterator[Try]:
        """Every link with what may stand behind it."""
        known = {
            button["url"].partition("?start=")[2]
            for where in (GROUP, *OF_ROLE.values())
            for _, button in self._screens.ever(where)
            if "?start=" in button.get("url", "")
        }
        for prefix, door in FEATURES.deep_links.items():
            assert isinstance(door, Door), f"the link {prefix} says nothing of who may follow it"
            behind = {f"{prefix}{each}" for each in ("", "1", "2", "3", "new", "mine", "b1-2", "99999", "x" * 20)}
            for who in TESTERS:
                if not who.may(door.action):
                    for payload in sorted(behind | {each for each in known if each.startswith(prefix)}):
                        self.tried[f"link {prefix}"] += 1
                        # What everybody may read says what others wrote, in their languages.
                        everybodys = door.action is None and not door.own
                        yield self._says(
                            who, who.number, f"/start {payload}", owns=door.own or everybodys, refused=not everybodys
                        )

    def replies(self) -> Iterator[Try]:
        """Words in reply to whatever the bot wrote in the group, by who is only sitting there."""
        for shown in self._screens.of(GROUP):
            for who in self._outsiders():
                self.tried["reply in the group"] += 1
                yield self._says(who, GROUP, "I was here", to=shown.id)

    def stand_ins(self) -> Iterator[Try]:
        """Commands, replies and presses of what is no person; an anonymous admin may ask to be asked in private."""
        nobody = Tester(0, Role.RESIDENT, "en")
        names = {*FEATURES.commands, *FEATURES.group_commands}
        for kind_of, sender in STAND_INS.items():
            where = GROUP
            said = [(f"/{name}@{BOT['username']}{words}", None) for name in sorted(names) for words in ("", " 1")]
            said += [("We were here", shown.id) for shown in self._screens.of(GROUP)]
            for text, to in said:
                message = {**self._message(where, text, to), **sender}
                self.tried[kind_of] += 1
                yield Try(nobody, f"{kind_of} says {text}, in reply to {to},", {"message": message}, text)
            if "sender_chat" in sender:
                continue
            for data in sorted({f"{prefix}:1:1:1" for prefix in FEATURES.buttons} | self._shown_in_group()):
                self.tried[kind_of] += 1
                yield Try(nobody, f"{kind_of} presses {data}", self._query(sender["from"], where, data)[1], data)
            for text in ("The lamp is dark", "/start", "/my", "/team", "/role staff"):
                chat = {"id": sender["from"]["id"], "type": "private", "first_name": "S"}
                message = {**self._message(where, text, None), **sender, "chat": chat}
                yield Try(nobody, f"{kind_of} says {text} in private", {"message": message}, text)

    def former(self, were: Mapping[Role, Tester]) -> Iterator[Try]:
        """Those who were of the team press what is still on their screens, and choose a person on their keyboard."""
        for role, number in OF_ROLE.items():
            who = were[role]
            for each in sorted({*self._ever_shown(number), *self._shown_in_group()}):
                door = FEATURES.buttons.get(each.partition(":")[0])
                # What they were given with the role is theirs no longer; promises they made, and what they asked for as
                # a group, stay theirs.
                gone = isinstance(door, Door) and (not door.own or door.action not in _STAY)
                if gone and door.action is not None:
                    self.tried["button of a former role"] += 1
                    for where in (number, GROUP):
                        yield self._press(who, where, each, owns=False)
            for request in range(101, 101 + len(Role)):
                shared = {"request_id": request, "users": [{"user_id": 9999, "first_name": "New"}]}
                message = {**self._message(number, "", None), "from": _user(who), "users_shared": shared}
                message.pop("text")
                yield Try(who, f"choosing somebody for {request}", {"message": message}, "users")

    # -- what they are made of

    def _outsiders(self) -> Iterator[Tester]:
        return (each for each in TESTERS if not each.may(Action.TRIAGE))

    def _any_of_group(self) -> int:
        shown = self._screens.of(GROUP)
        return self._dice.choice(shown).id

    def _shown_in_group(self) -> set[str]:
        return set({kind(data): data for data in self._ever_shown(GROUP)}.values())

    def _ever_shown(self, where: int) -> list[str]:
        return [each["callback_data"] for _, each in self._screens.ever(where) if "callback_data" in each]

    def _message(self, where: int, text: str, to: int | None) -> Json:
        message: Json = {"message_id": next(self._numbers), "date": 1, "chat": chat_of(where), "text": text}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        if to is not None:
            message["reply_to_message"] = {
                "message_id": to, "date": 1, "chat": chat_of(where), "text": "x", "from": BOT,
            }  # fmt: skip
        return message

    def _says(
        self, who: Tester, where: int, text: str, *, to: int | None = None, owns: bool = False, refused: bool = True
    ) -> Try:
        place = "in the group" if where == GROUP else "in private"
        update = {"message": {**self._message(where, text, to), "from": _user(who)}}
        what = f"{text} {place}, in reply to {to},"
        in_words = refused and where != GROUP
        return Try(who, what, update, text.partition(" ")[0], owns, in_words=in_words)

    def _query(self, user: Json, where: int, data: str) -> tuple[str, Json]:
        number = f"t{next(self._numbers)}"
        shown = {"message_id": 1, "date": 1, "chat": chat_of(where), "from": BOT, "text": "x"}
        query = {"id": number, "from": user, "chat_instance": "1", "message": shown, "data": data}
        return number, {"callback_query": query}

    def _press(self, who: Tester, where: int, data: str, owns: bool, chooses: bool = False) -> Try:
        number, update = self._query(_user(who), where, data)
        place = "in the group" if where == GROUP else "in private"
        return Try(who, f"the button {data} {place}", update, data.partition(":")[0], owns, chooses, number)


def _user(who: Tester) -> Json:
    return {"id": who.number, "is_bot": False, "first_name": f"P{who.number}", "language_code": who.language}


def _needed(data: str, door: Door) -> Action | None:
    """What a button takes; those of a staff card take what their action says."""
    action = next((FEATURES.staff_actions.get(word.partition("=")[0]) for word in data.split(":")[2:3]), None)
    return action.right if action is not None and door is FEATURES.buttons["v"] else door.action
