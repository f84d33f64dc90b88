"""The bots' side: /bot<token>/<method> and /file/bot<token>/<path>."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import json
import logging
import re
from collections.abc import Awaitable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive

from sandbox import methods, refusals
from sandbox.call import Call
from sandbox.methods.registry import HANDLERS
from sandbox.reading import read_parameters
from sandbox.refusals import Refusal
from sandbox.schema import METHODS, check_answer, check_request
from sandbox.shapes import Json
from sandbox.things import BotAccount
from sandbox.updates import as_bytes
from sandbox.world import World

assert methods
log = logging.getLogger(__name__)

_PATH = re.compile(r"/bot([^/]*)/([^/]*)/?")
_NOT_IN_ANSWERS = frozenset({"setwebhook", "deletewebhook", "close", "logout"})
_FILE = re.compile(r"/file/bot([^/]*)/(.+)")


class BotApi:
    """Answers the calls of bots, and keeps a list of them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen: dict[str, int] = {}

    def reset(self) -> None:
        """Forget which calls were seen before."""
        self._seen.clear()

    async def answer(self, request: Request) -> Response:
        """Answer one call, whatever it is; every refusal has Telegram's words."""
        match = _PATH.fullmatch(request.url.path)
        if match is None:
            return _response(refusals.NOT_FOUND.answer())
        try:
            bot = self._bot(match.group(1))
            method = METHODS.get(match.group(2).lower())
            if method is None:
                raise refusals.METHOD_NOT_FOUND
            arguments, uploads = await read_parameters(request)
        except Refusal as error:
            return _response(_forgotten(error).answer())
        call = Call(self._world, bot, method, arguments, uploads, self.perform)
        record = self._record(call)
        answer = await self._with_faults(request, call, record)
        return answer if isinstance(answer, Response) else _response(answer)

    async def perform(self, bot: BotAccount, content_type: str, body: bytes) -> None:
        """Carry out the method in a bot's answer to its webhook. What comes of it is told to nobody."""
        headers = [(b"content-type", content_type.encode("latin-1"))]
        request = Request({"type": "http", "method": "POST", "headers": headers, "query_string": b""}, _sends(body))
        try:
            arguments, uploads = await read_parameters(request)
        except (Refusal, HTTPException):
            return
        name = str(arguments.pop("method", "")).lower()
        method = METHODS.get(name)
        if method is None or name.startswith("get") or name in _NOT_IN_ANSWERS:
            return
        call = Call(self._world, bot, method, arguments, uploads, self.perform)
        record = self._record(call)
        refusal = self._world.faults.refusal(name, _chat_of(call))
        answer = _forgotten(refusal).answer() if refusal else await self._carry_out(None, call)
        self._note(record, answer)

    async def file(self, request: Request) -> Response:
        """A file at the path that getFile told."""
        match = _FILE.fullmatch(request.url.path)
        try:
            if match is None:
                raise refusals.NOT_FOUND
            self._bot(match.group(1))
            file = self._world.files.by_path(match.group(2))
            if file is None:
                raise refusals.NOT_FOUND
        except Refusal as error:
            return _response(_forgotten(error).answer())
        return Response(file.content, media_type="application/octet-stream")

    def _bot(self, token: str) -> BotAccount:
        # ClientManager refuses these by their looks alone.
        if ":" not in token or token.startswith("0") or len(token) > 80:
            raise refusals.INVALID_TOKEN
        for bot in self._world.bots.values():
            if bot.token == token:
                return bot
        raise refusals.UNAUTHORIZED

    def _record(self, call: Call) -> Json:
        files = {name: {"file_name": one.name, "size": len(one.content)} for name, one in call.uploads.items()}
        params = {**call.arguments, **files}
        key = json.dumps([call.bot.id, call.method, params], sort_keys=True, default=str)
        self._seen[key] = attempts = self._seen.get(key, 0) + 1
        complaints = check_request(call.method, call.arguments, call.uploads)
        record: Json = {
            "n": len(self._world.calls) + 1,
            "bot": call.bot.id,
            "method": call.method,
            "params": params,
            "ok": None,
            "error_code": None,
            "description": None,
            "at": self._world.clock.now().isoformat(),
            "attempts": attempts,
            "complaints": complaints,
            "sends": call.sends,
        }
        self._world.calls.append(record)
        self._world.complain(f"call {record['n']}", complaints)
        return record

    async def _with_faults(self, request: Request, call: Call, record: Json) -> Json | Response:
        faults, method, chat = self._world.faults, call.method.lower(), _chat_of(call)
        latency = faults.latency(method, chat)
        if latency:
            await asyncio.sleep(latency)
        if faults.drops_before(method, chat):
            return await self._drop(request, record, "the connection was dropped before")
        refusal = faults.refusal(method, chat)
        if refusal is not None:
            return self._note(record, _forgotten(refusal).answer())
        answer = await self._carry_out(request, call)
        late = faults.drops_after(method, chat)
        if late is not None:
            self._note(record, answer)
            with contextlib.suppress(Refusal):
                await _unless_gone(request, asyncio.sleep(late))
            return await self._drop(request, record, "the connection was dropped after")
        return self._note(record, answer)

    async def _carry_out(self, request: Request | None, call: Call) -> Json:
        try:
            handler = HANDLERS.get(call.method)
            if handler is None:
                raise refusals.not_here(call.method)
            result = handler(call)
            if inspect.isawaitable(result):
                result = await (_unless_gone(request, result) if request else result)
        except Refusal as error:
            return _forgotten(error).answer()
        except Exception as error:
            # Only this call is lost, and whoever tests a bot must see that it was not the bot's fault.
            log.exception("%s failed", call.method)
            words = f"the sandbox itself failed: {type(error).__name__}: {error}"
            self._world.complain(f"answer to {call.method}", [words])
            return Refusal(words, 500).answer()
        if self._world.checks_answers and not call.unchecked:
            wrong = check_answer(call.method, result)
            if wrong:
                self._world.complain(f"answer to {call.method}", wrong)
                return Refusal(f"the sandbox's own answer is wrong: {'; '.join(wrong)}", 500).answer()
        described = {"description": call.description} if call.description else {}
        return {"ok": True, "result": result, **described}

    def _note(self, record: Json, answer: Json) -> Json:
        record["ok"] = answer["ok"]
        if not answer["ok"]:
            record["error_code"], record["description"] = answer["error_code"], answer["description"]
        # Who waits for a bot to do something is woken also by what sends no message.
        self._world.events.emit("call", n=record["n"], method=record["method"], ok=answer["ok"])
        return answer

    async def _drop(self, request: Request, record: Json, words: str) -> Response:
        record["ok"] = bool(record["ok"])
        record["description"] = words
        transport = request.scope.get("state", {}).get("transport")
        if transport is not None:
            transport.abort()
            # The server learns of the end in the next turns of the loop, and then sends nothing more.
            await asyncio.sleep(0.01)
        return Response(status_code=502)


def _chat_of(call: Call) -> int | None:
    given = call.arguments.get("chat_id")
    try:
        return int(given) if given is not None else None
    except (TypeError, ValueError):
        return None


def _forgotten(error: Refusal) -> Refusal:
    # The refusals are shared: each raising would add to their traceback for ever.
    error.__traceback__ = error.__context__ = error.__cause__ = None
    return error


def _response(answer: Json) -> Response:
    status = 200 if answer["ok"] else answer["error_code"]
    headers = {}
    retry_after = answer.get("parameters", {}).get("retry_after")
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return Response(as_bytes(answer), status, headers, "application/json")


async def _unless_gone(request: Request, work: Awaitable[Any]) -> Any:
    """Wait for something, but no longer than the client does. The body must have been read before."""
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        task.cancel()
        raise refusals.RESTARTING
    finally:
        gone.cancel()
        if not task.done():
            task.cancel()


def _sends(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
