"""A Bot API server that does exactly what a test tells it to: the faults no well-behaved server has."""

import asyncio
import itertools
import json
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.waiting import PATIENCE, until

TOKEN = "42:STAND-IN-STAND-IN"
Parameters = dict[str, Any]
LONG_POLL = 0.05
"""Seconds after which it says that there is nothing new, where Telegram would wait for a minute."""


@dataclass
class No:
    """A refusal in the Bot API's manner."""

    code: int
    words: str
    parameters: dict[str, Any] | None = None


@dataclass
class Raw:
    """An answer that is not the Bot API's at all."""

    status: int
    text: str
    kind: str = "text/html"


@dataclass
class Drop:
    """The connection is cut; `after`: when the call was carried out."""

    after: bool = True


@dataclass
class Late:
    """The answer, so many seconds later: for what takes its time, of which nothing is said but that it does."""

    seconds: float
    answer: Any = None


@dataclass
class Held:
    """The answer, once the test lets it go."""

    goes: asyncio.Event = field(default_factory=asyncio.Event)
    answer: Any = None


class StandIn:
    """`will(method, …)` says how the next calls are answered; without that each is carried out."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Parameters]] = []
        self.updates: list[Any] = []
        self.forums: set[int] = set()
        self.webhook: dict[str, Any] = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
        self._script: dict[str, deque[Any]] = defaultdict(deque)
        self._ids = itertools.count(1000)
        self._runner: web.AppRunner | None = None
        self.port = 0
        self.open = 0
        self.most_open = 0

    async def start(self) -> "StandIn":
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def stop(self) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def will(self, method: str, *answers: Any) -> None:
        """How the next calls of `method` are answered: a result, a function of the call, or one of those above."""
        self._script[method].extend(answers)

    def of(self, method: str) -> list[Parameters]:
        """The parameters of all calls of `method`."""
        return [parameters for name, parameters in self.calls if name == method]

    @property
    def texts(self) -> list[str]:
        """What was sent or edited, in order."""
        return [parameters["text"] for _, parameters in self.calls if "text" in parameters]

    async def sees(self, condition: Callable[[], Any], patience: float = PATIENCE) -> None:
        """Wait until something is so."""
        await until(condition, lambda: f"what never came; calls: {self.calls[-8:]}", patience)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.path.rsplit("/", 1)[1]
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            parameters = await _parameters(request)
            self.calls.append((method, parameters))
            script = self._script[method]
            answer = script.popleft() if script else None
            if callable(answer):
                answer = answer(parameters)
            if isinstance(answer, Late):
                await asyncio.sleep(answer.seconds)
                answer = answer.answer
            if isinstance(answer, Held):
                await answer.goes.wait()
                answer = answer.answer
            if isinstance(answer, Raw):
                return web.Response(status=answer.status, text=answer.text, content_type=answer.kind)
            if isinstance(answer, No):
                body = {"ok": False, "error_code": answer.code, "description": answer.words}
                more = {"parameters": answer.parameters} if answer.parameters else {}
                return web.json_response(body | more, status=answer.code)
            if isinstance(answer, Drop):
                assert request.transport is not None
                request.transport.close()
                return web.Response()
            result = await self._result(method, parameters) if answer is None else answer
            return web.json_response({"ok": True, "result": result})
        finally:
            self.open -= 1

    async def _result(self, method: str, parameters: Parameters) -> Any:
        if method == "getMe":
            return {"id": 42, "is_bot": True, "first_name": "Bot", "username": "stand_in_bot"}
        if method == "getUpdates":
            offset = int(parameters.get("offset", 0))
            self.updates = [each for each in self.updates if not _confirmed(each, offset)]
            if not self.updates:
                await asyncio.sleep(LONG_POLL)
            return self.updates
        if method in ("setWebhook", "deleteWebhook"):
            self.webhook["url"] = parameters.get("url", "")
            return True
        if method == "getWebhookInfo":
            return self.webhook
        if method == "createForumTopic":
            self.forums.add(int(parameters["chat_id"]))
            return {"message_thread_id": next(self._ids), "name": parameters["name"], "icon_color": 0}
        if method.startswith("send"):
            chat = int(parameters["chat_id"])
            kind: dict[str, Any] = {"type": "private", "first_name": "P"}
            if chat < 0:
                kind = {"type": "supergroup", "title": "Staff", "is_forum": chat in self.forums}
            sent = [
                {"message_id": next(self._ids), "date": 1700000000, "chat": {"id": chat, **kind}, "text": "x"}
                for _ in parameters.get("media", [1])
            ]
            return sent if method == "sendMediaGroup" else sent[0]
        return True


def _confirmed(update: Any, offset: int) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int) and update["update_id"] < offset


async def _parameters(request: web.Request) -> Parameters:
    if request.content_type == "application/json":
        found: Parameters = await request.json()
        return found
    if request.content_type.startswith(("multipart/", "application/x-www")):
        return {
            key: value if isinstance(value, str) else value.file.read() for key, value in (await request.post()).items()
        }
    text = await request.text()
    return json.loads(text) if text else {}
