"""`python -m sandbox`: the sandbox alone, until Ctrl-C."""

import argparse
import asyncio
import json
import sys
from pathlib import Path

from sandbox.refusals import Problem
from sandbox.scene import set_scene
from sandbox.server import DEFAULT_NAME, DEFAULT_TOKEN, DEFAULT_USERNAME, Sandbox
from sandbox.serving import Server, address_of, listen


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A Bot API server for one machine.")
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="where to listen; whoever reaches it can do everything")
    add("--port", type=int, default=8081, help="0 lets the system choose; the address is the first line printed")
    add("--bot", action="append", metavar="TOKEN", help=f"a bot's token, repeatable (default {DEFAULT_TOKEN})")
    add("--username", action="append", help=f"its username, in the same order (default {DEFAULT_USERNAME})")
    add("--name", action="append", help=f"its name, in the same order (default {DEFAULT_NAME})")
    add("--scene", type=Path, metavar="FILE", help="people, groups and phones to begin with (JSON)")
    add("--story", type=Path, action="append", default=[], metavar="FILE", help="for 'Show me', repeatable (JSON)")
    add("--seed", type=int, help="makes the random ids the same each time")
    add("--check-answers", action="store_true", help="check every answer against the Bot API's schema")
    add("--quiet", action="store_true", help="print nothing but the address")
    return parser


def _bots(given: argparse.Namespace) -> list[tuple[str, str, str]]:
    tokens: list[str] = given.bot or [DEFAULT_TOKEN]
    bots = []
    for index, token in enumerate(tokens):
        if not token.partition(":")[0].isdigit() or not token.partition(":")[2]:
            raise SystemExit(f"--bot {token} is no token: it needs a number, a colon and letters, as {DEFAULT_TOKEN}.")
        number = "" if index == 0 else str(index + 1)
        usernames, names = given.username or [], given.name or []
        username = usernames[index] if index < len(usernames) else DEFAULT_USERNAME.replace("_bot", f"{number}_bot")
        name = names[index] if index < len(names) else f"{DEFAULT_NAME} {number}".strip()
        bots.append((token, username, name))
    return bots


def _load(sandbox: Sandbox, given: argparse.Namespace) -> None:
    try:
        if given.scene is not None:
            set_scene(sandbox.world, json.loads(given.scene.read_text("utf-8")))
        for story in given.story:
            sandbox.player.load(story)
    except (OSError, ValueError, Problem) as error:
        raise SystemExit(f"The scene or story cannot be used: {error}") from None


def main() -> None:
    """Read the command line and serve."""
    given = _arguments().parse_args()
    sandbox = Sandbox(_bots(given), seed=given.seed, checks_answers=given.check_answers)
    _load(sandbox, given)
    try:
        listener = listen(given.host, given.port)
    except OSError as error:
        raise SystemExit(f"Port {given.port} cannot be used: {error.strerror}.") from None
    address = address_of(listener)
    print(address, flush=True)  # noqa: T201 - the first line is the address, for whoever started this
    if not given.quiet:
        tokens = ", ".join(bot.token for bot in sandbox.world.bots.values())
        sys.stderr.write(f"The page: {address}/   Bots: {address}/bot<token>/<method>, token {tokens}\n")
    server = Server(sandbox.application, sandbox.close, takes_signals=True)
    asyncio.run(server.serve(sockets=[listener]))


if __name__ == "__main__":
    main()
