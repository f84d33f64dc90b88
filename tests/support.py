"""What tests of storage, services and handlers share: a real database, people, updates as Telegram sends them."""

import inspect
import json
import socket
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from telegram import Update

from bot.community.community_file import load_community
from bot.features import joined
from domain.events import Event
from domain.people.rights import Role
from handlers.kit.refusals import Handler, handle_service_errors
from handlers.kit.update_context import CallbackAnswer, Setup, UpdateContext, arrive
from handlers.telegram.reading import read_update
from storage.core import chats
from storage.core.database import Database, Transaction
from storage.people import people
from storage.people.people import Person

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # ten o'clock in Shanghai, where the estate of the example is
BOT_ID = 4242
ROOT = Path(__file__).resolve().parents[1]
FEATURES = joined()
_numbers = count(1000)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        """Move it on, by `days=…`, `minutes=…` and so on; back where that is negative."""
        self.at += timedelta(**by)


class Seconds:
    """The seconds since some moment, for what measures with `time.monotonic`: they stand still until they are moved."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def make_setup(folder: Path) -> Setup:
    """The estate of the example file, with media in `folder`."""
    return Setup(
        load_community(ROOT / "community.example.toml"), BOT_ID, "resident_voices_bot", folder / "media", FEATURES
    )


def person(tx: Transaction, name: str, *roles: Role, started: bool = True, language: str = "en") -> Person:
    """Somebody with these roles; with `started` they have opened the private chat."""
    number = next(_numbers)
    made = people.meet(tx, number, name, None, language)
    if started:
        people.set_started(tx, made.id)
        chats.meet(tx, number, "private", None, False)
    for role in roles:
        people.grant(tx, made.id, role, None)
    return people.by_id(tx, made.id)


def happened(tx: Transaction) -> list[str]:
    """The kinds of all events so far."""
    return [row["kind"] for row in tx.query("SELECT kind FROM events ORDER BY id")]


def last_events(tx: Transaction, *expected: Event) -> None:
    """Just these were the last things that happened, in this order, with all that is kept of them."""
    rows = tx.query("SELECT actor, subject, kind, data FROM events ORDER BY id DESC LIMIT ?", (len(expected),))
    found = [(row["kind"], row["subject"], row["actor"], json.loads(row["data"])) for row in reversed(rows)]
    assert found == [(each.kind, each.subject, each.actor, json.loads(json.dumps(each.data()))) for each in expected]


def in_transaction(test: Callable[..., None]) -> Callable[..., Awaitable[None]]:
    """A test whose first argument is an open transaction; the others are fixtures."""
    fixtures = list(inspect.signature(test).parameters.values())[1:]

    async def run(database: Database, **given: Any) -> None:
        await database.run(test, **given)

    asked = inspect.Parameter("database", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    run.__name__, run.__doc__, run.__module__ = test.__name__, test.__doc__, test.__module__
    run.__signature__ = inspect.Signature([asked, *fixtures])  # type: ignore[attr-defined]
    return run


def outbox_of(tx: Transaction, chat: int | None = None) -> list[dict[str, Any]]:
    """The outbox's rows (of one chat), each with its content unpacked."""
    rows = [dict(row) for row in tx.query("SELECT * FROM outbox ORDER BY id") if chat in (None, row["chat"])]
    return [{**row, "content": json.loads(row["content"])} for row in rows]


def texts_of(tx: Transaction, chat: int | None = None) -> list[str]:
    """The texts of the outbox's rows."""
    return [row["content"]["text"] for row in outbox_of(tx, chat) if "text" in row["content"]]


def user_json(who: Person) -> dict[str, Any]:
    """A person as Telegram shows them."""
    code = {"zh_Hans": "zh-hans"}.get(who.language, who.language)
    return {"id": who.telegram_id, "is_bot": False, "first_name": who.name, "language_code": code}


def message_json(
    who: Person, text: str | None = None, chat: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """A message, in private unless `chat` is given."""
    private = {"id": who.telegram_id, "type": "private", "first_name": who.name}
    words = {} if text is None else {"text": text}
    base = {"message_id": next(_numbers), "date": 1772416800, "chat": chat or private, "from": user_json(who)}
    return {**base, **words, **more}


class Handled:
    """What became of an update: the `UpdateContext`, and the answers to a press."""

    def __init__(self, ctx: UpdateContext, answers: list[CallbackAnswer]) -> None:
        self.here = ctx
        self.answers = answers


def handle(tx: Transaction, setup: Setup, handler: Handler, **update: Any) -> Handled:
    """Give an update (`message={…}` or `callback_query={…}`) to a handler, with all answered as in the running bot."""
    parsed = Update.de_json({"update_id": next(_numbers), **update}, None)
    assert parsed is not None
    answers: list[CallbackAnswer] = []
    with tx.savepoint():
        ctx = arrive(tx, setup, read_update(parsed))
        ctx.answer_callback = answers.append
        handle_service_errors(handler)(ctx)
        if ctx.incoming.press is not None and not ctx.answered:
            ctx.pop_up()
    return Handled(ctx, answers)


def says(tx: Transaction, setup: Setup, handler: Handler, who: Person, text: str | None = None, **more: Any) -> Handled:
    """Somebody's message, given to a handler."""
    return handle(tx, setup, handler, message=message_json(who, text, **more))


def presses(
    tx: Transaction, setup: Setup, handler: Handler, who: Person, data: str, chat: dict[str, Any] | None = None
) -> Handled:
    """Somebody's press of a button that carries `data`."""
    message = {**message_json(who, "?", chat), "from": {"id": BOT_ID, "is_bot": True, "first_name": "Bot"}}
    query = {"id": str(next(_numbers)), "from": user_json(who), "chat_instance": "1", "data": data, "message": message}
    return handle(tx, setup, handler, callback_query=query)


def free_port() -> int:
    """A port nobody listens on."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
