"""A lean stand-in of the Bot API: what it is told arrives at once, what it says comes `latency` seconds later."""

import asyncio
import itertools
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

from benchmarks.http_server import Connection, Parameters, Reply

Json = dict[str, Any]
TOKEN = "4242:STAND-IN-OF-THE-BOT-API"
BOT = {"id": 4242, "is_bot": True, "first_name": "Bot", "username": "benchmark_bot"}
STAFF_CHAT = -1004242
BATCH = 100
Arrived = Callable[[str, int, Json], None]
"""Called for each call about a chat: method, chat, message."""


class StandIn:
    """Hands over what `put` gives it; tells `arrived` of every message, edit and answer to a press."""

    def __init__(self, latency: float, arrived: Arrived) -> None:
        self.latency = latency
        self.arrived = arrived
        self.calls: Counter[str] = Counter()
        self.unanswered = 0
        self.handed_over: dict[int, float] = {}
        self.polled = asyncio.Event()
        self.asker: dict[str, int] = {}
        """Who pressed: the chat of each press by its id."""
        self._pending: deque[Json] = deque()
        self._poll: tuple[Reply, asyncio.TimerHandle] | None = None
        self._messages: dict[tuple[int, int], Json] = {}
        self._message_ids: Counter[int] = Counter()
        self._update_ids = itertools.count(1)
        self._loop = asyncio.get_running_loop()
        self._server: asyncio.Server | None = None

    async def start(self) -> str:
        """Listen on a free port; returns the address."""
        self._server = await self._loop.create_server(lambda: Connection(self._serve), "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Listen no more."""
        assert self._server is not None
        self._server.close()

    # -- what people do

    def put(self, kind: str, content: Json) -> int:
        """An update for the bot; returns its number."""
        number = next(self._update_ids)
        self._pending.append({"update_id": number, kind: content})
        if self._poll is not None:
            reply, timer = self._poll
            timer.cancel()
            self._poll = None
            # At the end of this turn of the loop, so that what others do at the same moment comes along.
            self._loop.call_later(self.latency, self._hand_over, reply)
        return number

    def next_message(self, chat: int) -> int:
        """The number of the next message of a chat."""
        self._message_ids[chat] += 1
        return self._message_ids[chat]

    # -- what the bot does

    def _serve(self, method: str, parameters: Parameters, reply: Reply) -> None:
        if method == "getUpdates":
            self._get_updates(parameters, reply)
            return
        self.calls[method] += 1
        result = self._carry_out(method, parameters)
        if not self.latency:
            reply(result)
            return
        self.unanswered += 1
        self._loop.call_later(self.latency, self._answer, reply, result)

    def _answer(self, reply: Reply, result: Any) -> None:
        self.unanswered -= 1
        reply(result)

    def _get_updates(self, parameters: Parameters, reply: Reply) -> None:
        self.polled.set()
        offset = int(parameters.get("offset") or 0)
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()
        if self._pending:
            self._loop.call_later(self.latency, self._hand_over, reply)
            return
        patience = self._loop.call_later(float(parameters.get("timeout") or 0), self._nothing_new, reply)
        self._poll = (reply, patience)

    def _hand_over(self, reply: Reply) -> None:
        batch = list(itertools.islice(self._pending, BATCH))
        now = time.perf_counter()
        for update in batch:
            self.handed_over.setdefault(update["update_id"], now)
        reply(batch)

    def _nothing_new(self, reply: Reply) -> None:
        self._poll = None
        reply([])

    def _carry_out(self, method: str, parameters: Parameters) -> Any:
        match method:
            case "sendMessage":
                chat = int(parameters["chat_id"])
                message = self._message(chat, self.next_message(chat), parameters)
                self._messages[chat, message["message_id"]] = message
                self.arrived(method, chat, message)
                return message
            case "editMessageText" | "editMessageReplyMarkup":
                place = (int(parameters["chat_id"]), int(parameters["message_id"]))
                # What was sent before the stand-in was there is not known to it.
                given = {"text": self._messages.get(place, {}).get("text", ""), **parameters}
                message = self._messages[place] = self._message(*place, given)
                self.arrived(method, place[0], message)
                return message
            case "answerCallbackQuery":
                self.arrived(method, self.asker.pop(parameters["callback_query_id"]), {})
                return True
            case "getMe":
                return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False}
            case "getChat":
                return self._chat(STAFF_CHAT)
            case "getChatMember":
                rights = ("can_manage_topics", "can_pin_messages", "can_delete_messages")
                return {"status": "administrator", "user": BOT, **dict.fromkeys(rights, True)}
            case "createForumTopic":
                number = self.next_message(STAFF_CHAT)
                return {"message_thread_id": number, "name": parameters["name"], "icon_color": 7322096}
            case _:
                return True

    def _message(self, chat: int, number: int, parameters: Parameters) -> Json:
        message = {
            "message_id": number,
            "from": BOT,
            "chat": self._chat(chat),
            "date": int(time.time()),
            "text": parameters["text"],
        }
        if parameters.get("reply_markup"):
            message["reply_markup"] = parameters["reply_markup"]
        if "message_thread_id" in parameters:
            message |= {"message_thread_id": int(parameters["message_thread_id"]), "is_topic_message": True}
        return message

    def _chat(self, chat: int) -> Json:
        if chat == STAFF_CHAT:
            return {"id": chat, "type": "supergroup", "title": "Staff", "is_forum": True}
        return {"id": chat, "type": "private", "first_name": f"Person {chat}"}
