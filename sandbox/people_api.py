"""The people's side over HTTP: everything under /api/."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox import people, scene
from sandbox.call import Upload
from sandbox.people.registry import ACTIONS, where, who
from sandbox.people.ruling import describe_clock
from sandbox.posting import page_message
from sandbox.reading import LARGEST_PART
from sandbox.refusals import Problem
from sandbox.shapes import Json
from sandbox.state import chat_state, whole_state
from sandbox.story import Player
from sandbox.world import World

assert people and scene

LONGEST_WAIT = 50.0
KEEP_ALIVE = 15.0
"""Seconds after which a silent stream says something, so that nobody in between gives it up."""

Endpoint = Callable[[Request], Awaitable[Any]]


class PeopleApi:
    """Reads requests, calls the action, writes the answer; a Problem becomes a 400 with its sentence."""

    def __init__(self, world: World, player: Player, on_reset: Callable[[], None]) -> None:
        self._world = world
        self._player = player
        self._on_reset = on_reset

    def routes(self) -> list[Route]:
        """All addresses, to be mounted under /api."""
        reading: dict[str, Endpoint] = {
            "/state": self._state,
            "/chat": self._chat,
            "/messages": self._messages,
            "/wait": self._wait,
            "/clock": self._clock,
            "/calls": self._calls,
            "/complaints": self._complaints,
            "/updates": self._updates,
            "/updates/handed": self._handed,
            "/pulls": self._pulls,
        }
        return [
            *[Route(path, _answering(endpoint), methods=["GET"]) for path, endpoint in reading.items()],
            Route("/events", self._events, methods=["GET"]),
            Route("/files/{unique_id}", self._file, methods=["GET"]),
            Route("/callback/{id}", _answering(self._callback), methods=["GET"]),
            Route("/reset", _answering(self._reset), methods=["POST"]),
            Route("/story/{action}", _answering(self._story), methods=["POST"]),
            Route("/upload", _answering(self._upload), methods=["POST"]),
            Route("/{name:path}", _answering(self._action), methods=["POST"]),
        ]

    async def _state(self, request: Request) -> Json:
        del request
        return whole_state(self._world) | {"story": self._player.state()}

    async def _chat(self, request: Request) -> Json:
        """One chat as the person `from` means it: `chat` is a bot or group, the bot when left out."""
        body: Json = dict(request.query_params)
        return chat_state(self._world, where(self._world, who(self._world, body), body))

    async def _messages(self, request: Request) -> list[Json]:
        """The messages of the chat `id`: a group, or a person's private chat with `bot` (the first when left out)."""
        world = self._world
        chat = world.groups.get(_integer(request, "id", 0))
        if chat is None:
            bot = world.bot(request.query_params.get("bot"))
            chat = world.private.get((_integer(request, "id", 0), bot.id))
        return [page_message(world, chat, message) for message in chat.messages.values()] if chat else []

    async def _wait(self, request: Request) -> Json:
        """Answer as soon as more than `after` events have happened, at the latest after `timeout` seconds."""
        after, seconds = _integer(request, "after", 0), _seconds(request)
        events = self._world.events
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while events.seq <= after and not events.closed and await events.bell.wait(deadline - loop.time()):
            pass
        return {"seq": events.seq}

    async def _clock(self, request: Request) -> Json:
        if "after" in request.query_params:
            await self._world.clock.wait(_integer(request, "after", 0), _seconds(request))
        return describe_clock(self._world)

    async def _calls(self, request: Request) -> Json:
        since, method = _integer(request, "since", 0), request.query_params.get("method", "").lower()
        calls = [one for one in self._world.calls[since:] if method in ("", one["method"].lower())]
        return {"calls": calls, "sends": [{"n": one["n"], **sent} for one in calls for sent in one["sends"]]}

    async def _complaints(self, request: Request) -> Json:
        del request
        return {"complaints": self._world.complaints}

    async def _callback(self, request: Request) -> Json:
        """What a press was answered; null while it waits."""
        query = self._world.callbacks.get(request.path_params["id"])
        if query is None:
            raise Problem("There is no such press.")
        return {"answer": query.answer}

    async def _updates(self, request: Request) -> Json:
        given = request.query_params.get("bot")
        bots = [self._world.bot(given)] if given else list(self._world.bots.values())
        names = ("made", "handed_over", "confirmed", "pending", "polls")
        return {name: sum(getattr(bot.queue, name) for bot in bots) for name in names}

    async def _handed(self, request: Request) -> Json:
        """The ids of the updates handed to a bot but for the first `since`; and of all handed ones those still kept."""
        queue = self._world.bot(request.query_params.get("bot")).queue
        return {"ids": list(queue.handed)[max(_integer(request, "since", 0), 0) :], "kept": queue.kept()}

    async def _pulls(self, request: Request) -> Json:
        """The pulls after number `after`, as soon as there is one; at the latest after `timeout` seconds."""
        return {"pulls": await self._world.panel.wait(_integer(request, "after", 0), _seconds(request))}

    async def _events(self, request: Request) -> Response:
        del request
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=headers)

    async def _stream(self) -> AsyncIterator[str]:
        with self._world.events.listening() as queue:
            yield "retry: 1000\n\n"
            while True:
                try:
                    async with asyncio.timeout(KEEP_ALIVE):
                        event = await queue.get()
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event is None:
                    return
                yield f"data: {json.dumps(event, ensure_ascii=True)}\n\n"

    async def _file(self, request: Request) -> Response:
        file = self._world.files.by_unique_id(request.path_params["unique_id"])
        if file is None:
            return JSONResponse({"error": "There is no such file."}, 404)
        # A file from outside must never run as a page of this address.
        shown = file.mime_type.startswith(("image/", "audio/", "video/")) and "svg" not in file.mime_type
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return Response(file.content, 200, headers, file.mime_type if shown else "application/octet-stream")

    async def _reset(self, request: Request) -> Json:
        del request
        await self._player.end()
        self._world.reset()
        self._on_reset()
        return {"reset": True}

    async def _story(self, request: Request) -> Json:
        return await self._player.control(request.path_params["action"], await _body(request))

    async def _upload(self, request: Request) -> Any:
        async with request.form(max_part_size=LARGEST_PART) as form:
            body: Json = {}
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    body[name] = Upload(value.filename or "", await value.read(), value.content_type)
                else:
                    body[name] = value
        return ACTIONS["upload"](self._world, body)

    async def _action(self, request: Request) -> Any:
        name = request.path_params["name"]
        if name not in ACTIONS:
            raise Problem(f"There is no /api/{name}.")
        return ACTIONS[name](self._world, await _body(request))


async def _body(request: Request) -> Json:
    raw = await request.body()
    try:
        body = json.loads(raw) if raw.strip() else {}
    except ValueError:
        raise Problem("The request is not JSON.") from None
    if not isinstance(body, dict):
        raise Problem("The request is not a JSON object.")
    return body


def _answering(endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(await endpoint(request))
        except Problem as error:
            return JSONResponse({"error": str(error)}, 400)

    return answer


def _integer(request: Request, name: str, default: int) -> int:
    try:
        return int(request.query_params.get(name, default))
    except ValueError:
        raise Problem(f"The parameter {name!r} must be a whole number.") from None


def _seconds(request: Request) -> float:
    try:
        return min(max(float(request.query_params.get("timeout", 20)), 0.0), LONGEST_WAIT)
    except ValueError:
        raise Problem("The parameter 'timeout' must be a number of seconds.") from None
