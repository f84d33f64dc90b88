"""The application: the bots' side, the people's side, the page."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.bot_api import BotApi
from sandbox.people_api import PeopleApi
from sandbox.story import Player
from sandbox.world import World

PAGE = Path(__file__).parent / "page"
DEFAULT_TOKEN = "4242:SANDBOX-TOKEN"
DEFAULT_USERNAME = "resident_voices_bot"
DEFAULT_NAME = "Resident Voices"


class Sandbox:
    """A world and the application that serves it."""

    def __init__(
        self,
        bots: list[tuple[str, str, str]] | None = None,
        *,
        seed: int | None = None,
        checks_answers: bool = False,
    ) -> None:
        """`bots` are (token, username, name). With `checks_answers` a wrong answer of the sandbox becomes a 500."""
        self.world = World(seed, checks_answers=checks_answers)
        for token, username, name in bots or [(DEFAULT_TOKEN, DEFAULT_USERNAME, DEFAULT_NAME)]:
            self.world.add_bot(token, username, name)
        self.bot_api = BotApi(self.world)
        self.player = Player(self.world)
        self.people_api = PeopleApi(self.world, self.player, self.bot_api.reset)
        self.application = Starlette(
            routes=[
                Route("/", _index),
                Mount("/page", StaticFiles(directory=PAGE, check_dir=False)),
                Mount("/api", routes=self.people_api.routes()),
                Route("/file/{rest:path}", self.bot_api.file, methods=["GET", "POST"]),
                Route("/{rest:path}", self.bot_api.answer, methods=["GET", "POST"]),
            ],
            exception_handlers={Exception: self._failed},
        )

    async def _failed(self, request: Request, error: Exception) -> Response:
        where = f"{request.method} {request.url.path.rpartition('/')[2]}"
        words = f"the sandbox itself failed: {type(error).__name__}: {error}"
        self.world.complain(where, [words])
        shape = {"ok": False, "error_code": 500, "description": f"Internal Server Error: {words}", "error": words}
        return JSONResponse(shape, 500)

    def close(self) -> None:
        """Let everybody who waits go, so that the server can end."""
        self.world.events.close()
        self.world.clock.wake()
        self.world.panel.close()
        for bot in self.world.bots.values():
            bot.drop_webhook()
            bot.queue.close()


async def _index(request: Request) -> Response:
    del request
    index = PAGE / "index.html"
    if not index.is_file():
        return JSONResponse({"error": "The page is not installed."}, 404)
    # The page's parts change with the program: an old one in a browser's cache would not fit.
    return FileResponse(index, headers={"Cache-Control": "no-cache"})
