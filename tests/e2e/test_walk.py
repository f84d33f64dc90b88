"""Random walks through all that people can do, good and bad, without a network: nobody is left without an answer."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import User

from bot.alarm import Alarm
from bot.community_file import load_community
from bot.contact import Contact
from bot.duties import duties
from bot.loop import Loop
from bot.request import Request
from bot.road import build_application
from bot.scheduler import Scheduler
from domain.rights import Role
from handlers.here import CallbackAnswer, Setup
from handlers.notices import Notices
from services import staff_chat
from storage import events, inbox, messages, outbox, people
from storage.database import Database, Transaction

Json = dict[str, Any]
TOKEN = "4242:WALK-WALK"
GROUP = -1001
MEI, ANN, WEI, EVE = 11, 12, 13, 14  # two residents, a member of staff, and one who only sits in the staff group
STEPS = 300
TEXTS = (
    "The lamp is dark", "水管漏水了", "Building 3", "north gate", "/start", "/help", "/report", "/report a hole", "/my",
    "/cancel", "/language", "/settings", "/nothing", "/team", "Say what is wrong", "我的反映", "Help", "lighting",
    "<b>&", "\u202ex", "smell of gas", "🔥", "x" * 4096, "yes", "no", "\u200b", "3-2",
)  # fmt: skip


class Heard:
    """The answers to presses."""

    def __init__(self) -> None:
        self.ids: set[str] = set()

    def send(self, answer: CallbackAnswer) -> None:
        """Keep that a press was answered."""
        self.ids.add(answer.query_id)


class Walk:
    """A loop without a network: what the outbox holds counts as sent at once, under message ids of our own."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.dice = random.Random(seed)
        self.now = datetime(2026, 11, 25, 2, tzinfo=UTC)
        self.database = Database(folder / f"{seed}.db", lambda: self.now)
        self.heard = Heard()
        self.numbers = iter(range(1, 10**6))
        self.screens: dict[int, list[Json]] = {MEI: [], ANN: [], WEI: [], EVE: [], GROUP: []}
        self.own: dict[int, list[Json]] = {MEI: [], ANN: [], WEI: [], EVE: [], GROUP: []}
        self.done: list[str] = []

    async def begin(self) -> None:
        """Set the scene."""
        await self.database.open()
        request = Request("http://127.0.0.1:1", TOKEN)
        application = build_application(TOKEN, "http://127.0.0.1:1", request)
        application._initialized = True
        application.bot._bot_user = User(4242, "RV", True, username="rvbot")
        application.bot._initialized = True
        community = load_community(Path(__file__).parent.parent.parent / "community.example.toml")
        setup = Setup(community, 4242, "rvbot", Path("media"))
        self.database.record, self.database.publisher = events.record, Notices(setup).publish
        alarm = Alarm(self.database, request, setup)
        self.loop = Loop(self.database, application, setup, self.heard, alarm)  # type: ignore[arg-type]
        self.scheduler = Scheduler(self.database, duties(setup, Contact(self.database)))

        def prepare(tx: Transaction) -> None:
            staff_chat.choose_by_setting(tx, GROUP, staff_chat.meet(tx, GROUP, "supergroup", "Staff", True))
            people.grant(tx, people.meet(tx, WEI, "Wei", None, "en").id, Role.STAFF, None)

        await self.database.run(prepare)

    async def step(self) -> None:
        """Somebody does something; or time passes."""
        if self.dice.random() < 0.04:
            self.now += timedelta(hours=self.dice.choice((0.3, 3, 20)))
            self.done.append("time passes")
            await self.scheduler.tick()
            await self._deliver()
            return
        who = self.dice.choice((MEI, MEI, ANN, WEI, WEI, EVE))
        where = GROUP if who == EVE or (who == WEI and self.dice.random() < 0.8) else who
        update, must_answer = self._something(who, where)
        number = next(self.numbers)
        self.done.append(json.dumps({"who": who, **update}, ensure_ascii=False)[:300])
        before = await self.database.run(_last_row)
        await self.database.run(inbox.store, [{"update_id": number, **update}])
        await self.loop._batch()
        told = await self.database.run(_rows_since, before, where)
        if "callback_query" in update:
            assert update["callback_query"]["id"] in self.heard.ids, self._tell("a press got no answer")
        elif must_answer:
            assert told, self._tell("a private message got no answer")
        await self._deliver()
        await self.database.run(self._never_stuck)

    def _something(self, who: int, where: int) -> tuple[Json, bool]:
        screen, dice = self.screens[where], self.dice
        person = {"id": who, "is_bot": False, "first_name": f"P{who}", "language_code": dice.choice(("en", "zh-hans"))}
        buttons = [(each, button) for each in screen for button in _buttons(each)]
        if buttons and dice.random() < 0.6:
            message, button = dice.choice(buttons[-12:] if dice.random() < 0.8 else buttons)
            if "start=" in button.get("url", ""):
                command = {"entities": [{"type": "bot_command", "offset": 0, "length": 6}]}
                text = f"/start {button['url'].partition('start=')[2]}"
                start = {"message_id": next(self.numbers) + 500000, "date": 1, "chat": _chat(who), "from": person}
                return {"message": {**start, "text": text, **command}}, False
            data = button.get("callback_data", "x") if dice.random() < 0.95 else self._forged()
            shown = {"message_id": message["id"], "date": 1, "chat": _chat(where), "text": "x"}
            number = f"q{dice.getrandbits(60)}"
            query = {"id": number, "from": person, "chat_instance": "1", "message": shown, "data": data}
            return {"callback_query": query}, True
        if self.own[where] and dice.random() < 0.05:
            old = dice.choice(self.own[where])
            return {"edited_message": {**old, "edit_date": 1, "text": dice.choice(TEXTS)}}, False
        number = next(self.numbers) + 500000
        message = {"message_id": number, "date": 1, "chat": _chat(where), "from": person, **self._content()}
        if screen and dice.random() < (0.7 if where == GROUP else 0.2):
            replied = dice.choice(screen[-6:])
            message["reply_to_message"] = {
                "message_id": replied["id"], "date": 1, "chat": _chat(where), "text": "x",
                "from": {"id": 4242, "is_bot": True, "first_name": "RV"},
            }  # fmt: skip
        self.own[where].append({key: value for key, value in message.items() if key != "entities"})
        return {"message": message}, where != GROUP

    def _content(self) -> Json:
        file = {"file_id": f"F{self.dice.getrandbits(40)}", "file_unique_id": "U"}
        text = self.dice.choice(TEXTS)
        command = {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]}
        return self.dice.choice(
            (
                {"text": text, **(command if text.startswith("/") else {})},
                {"text": text, **(command if text.startswith("/") else {})},
                {"text": text, **(command if text.startswith("/") else {})},
                {"photo": [{**file, "width": 1, "height": 1}], "caption": text[:1024]},
                {"voice": {**file, "duration": 3}},
                {"location": {"latitude": self.dice.uniform(-90, 90), "longitude": 121.446}},
                {"dice": {"emoji": "🎲", "value": 3}},
                {"contact": {"phone_number": "1", "first_name": "x"}},
            )
        )

    def _forged(self) -> str:
        parts = [self.dice.choice(("f", "v", "n", "r", "m", "l", "role", "team", "me", "x"))]
        words = (
            "1", "2", "3", "99", "yes", "no", "send", "take", "open", "page", "summary", "!send", "!back", "own:x", "",
        )  # fmt: skip
        parts += [self.dice.choice(words) for _ in range(self.dice.randint(0, 4))]
        return ":".join(parts)

    async def _deliver(self) -> None:
        await self.database.run(outbox.promote)
        for chat, screen in (await self.database.run(self._sent)).items():
            self.screens[chat] = screen

    def _sent(self, tx: Transaction) -> dict[int, list[Json]]:
        rows = tx.query(
            "SELECT outbox.*, telegram_id, cards.message_id AS card_message FROM outbox JOIN chats ON chats.id = "
            "outbox.chat LEFT JOIN cards ON cards.id = outbox.card WHERE state = 'pending' ORDER BY outbox.id"
        )
        for row in rows:
            content, screen = json.loads(row["content"]), self.screens[row["telegram_id"]]
            self._looks_right(content)
            outbox.finish(tx, row["id"], "sent")
            if row["action"] == "take_back":
                screen[:] = [each for each in screen if each["id"] != row["card_message"]]
            elif row["action"] in ("unbutton", "delete", "edit", "react"):
                found = tx.one("SELECT message_id FROM messages WHERE id = ?", (row["message"],))
                changed = [each for each in screen if found is not None and each["id"] == found["message_id"]]
                for each in changed:
                    if row["action"] != "react":
                        each["markup"] = content.get("markup")
                    if row["action"] == "delete":
                        screen.remove(each)
            elif row["card"] is not None and row["card_message"] is not None:
                for each in screen:
                    if each["id"] == row["card_message"]:
                        each["markup"] = content.get("markup")
            elif row["action"] != "commands":
                number = next(self.numbers)
                messages.keep(
                    tx, row["chat"], number, incoming=False, purpose=row["purpose"], subject=row["subject"],
                    card=row["card"], outbox=row["id"],
                )  # fmt: skip
                if row["card"] is not None:
                    messages.set_card_message(tx, row["card"], number)
                screen.append({"id": number, "markup": content.get("markup")})
        return self.screens

    def _looks_right(self, content: Json) -> None:
        for row in (content.get("markup") or {}).get("inline_keyboard", []):
            assert all(button["text"].strip() for button in row), self._tell("a button without a word")
        rows = len((content.get("markup") or {}).get("inline_keyboard", []))
        assert rows <= 8, self._tell(f"{rows} rows of buttons")

    def _never_stuck(self, tx: Transaction) -> None:
        aside = tx.query("SELECT error FROM inbox WHERE state = 'quarantined'")
        assert not aside, self._tell(f"set aside: {[row['error'] for row in aside]}")
        for row in tx.query(
            "SELECT conversations.id, step, telegram_id, message_id FROM conversations JOIN chats ON chats.id = "
            "conversations.chat LEFT JOIN cards ON cards.id = card WHERE conversations.state = 'open'"
        ):
            shown = [each for each in self.screens[row["telegram_id"]] if each["id"] == row["message_id"]]
            data = [button["callback_data"] for each in shown for button in _buttons(each)]
            wanted = f"f:{row['id']}:{row['step']}:"
            assert any(each.startswith(wanted) for each in data), self._tell(f"no button for {wanted}: {data}")
        rows = tx.query("SELECT chat, count(*) AS n FROM conversations WHERE state = 'open' GROUP BY chat, person")
        assert all(row["n"] == 1 for row in rows), self._tell("two questions at once")

    def _tell(self, what: str) -> str:
        return "\n".join([what, "the last steps:", *self.done[-8:]])


def _buttons(message: Json) -> Iterator[Json]:
    for row in (message["markup"] or {}).get("inline_keyboard", []):
        yield from row


def _chat(where: int) -> Json:
    if where == GROUP:
        return {"id": GROUP, "type": "supergroup", "title": "Staff", "is_forum": True}
    return {"id": where, "type": "private", "first_name": "P"}


def _last_row(tx: Transaction) -> int:
    row = tx.one("SELECT max(id) AS id FROM outbox")
    return int(row["id"] or 0) if row else 0


def _rows_since(tx: Transaction, before: int, chat: int) -> int:
    sql = "SELECT 1 FROM outbox JOIN chats ON chats.id = chat WHERE outbox.id > ? AND telegram_id = ?"
    return len(tx.query(sql, (before, chat)))


@pytest.mark.parametrize("seed", range(4))
async def test_nobody_is_left_without_an_answer_or_gets_stuck(tmp_path: Path, seed: int) -> None:
    walk = Walk(tmp_path, seed)
    await walk.begin()
    try:
        for _ in range(STEPS):
            await walk.step()
        sent = await walk.database.run(lambda tx: tx.one("SELECT count(*) AS n FROM voices"))
        assert sent is not None and sent["n"] > 0, "a walk that sends nothing tries nothing"
    finally:
        await walk.database.close()
