"""The one place where the parts are put together, started in order and stopped in order."""

import asyncio
import contextlib
import gc
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot import welcome, workers
from bot.background.backups import Backups
from bot.background.scheduler import Scheduler
from bot.background.taken_away import TakenAway
from bot.background.transcriber import Transcriber
from bot.background.worker import Worker
from bot.community.community_file import load_community
from bot.features import joined
from bot.handling.answers import Answers
from bot.handling.loop import Loop
from bot.handling.routing import RoutingApplication, build_application
from bot.intake.contact import Contact
from bot.intake.polling import Polling, TokenRefused
from bot.intake.webhook import Webhook
from bot.kit.alarm import Alarm
from bot.kit.cannot_start import CannotStart, DiskRefuses, disk_trouble_told
from bot.kit.clock import UNANSWERED, FollowedClock, SystemClock
from bot.kit.lock import locked
from bot.kit.private_files import private_files, take_from_others
from bot.kit.request import Request
from bot.kit.settings import Settings
from bot.sending.delivery import Delivery
from bot.sending.limits import Limiter
from bot.serving import Pages, make_intake, make_pages, make_server
from bot.tasks import authors, chunk_tasks, tasks
from domain.community import Community
from domain.operations.taken_away import Line
from handlers.kit.joined_features import Features
from handlers.kit.update_context import Setup
from services.operations import restoring, unknown_states
from services.people import quiet
from services.staff_room import flooding
from storage.core import events, taken_away_file
from storage.core import settings as kept_settings
from storage.core.backup import BackupFailed
from storage.core.database import Database, Transaction
from storage.core.disk import make_folder
from storage.core.migrate import SchemaTooNew, SchemaTooOld
from storage.core.settings import SettingKey
from storage.operations import restore
from storage.operations.restore import BOT_USERNAME
from web.health import Doctor
from web.metrics import Metrics
from web.server import WebServer

log = structlog.get_logger()


@dataclass
class Parts:
    """Everything that runs. `tasks`: intake, loop, delivery, then whatever else there is."""

    database: Database
    setup: Setup
    request: Request
    contact: Contact
    intake: Polling | Webhook
    loop: Loop
    delivery: Delivery
    scheduler: Scheduler
    answers: Answers
    taken_away: TakenAway
    backups: Backups
    beside: tuple[Worker, ...]
    """What is done beside the loop, besides: printing, exports, figures."""
    transcriber: Transcriber | None = None
    pages: Pages | None = None
    for_pages: tuple[Worker, ...] = ()
    server: WebServer | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)


async def run(settings: Settings) -> int:
    """Run the bot until it is told to stop; returns the exit code. Raises CannotStart."""
    async with running(settings) as parts:
        _spare_the_collector()
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        waiting = asyncio.create_task(stop.wait(), name="stop")
        done, _ = await asyncio.wait([*parts.tasks, waiting], return_when=asyncio.FIRST_COMPLETED)
        await _cancel(waiting)
        return _verdict(done - {waiting}, stopped=waiting in done)


@contextlib.asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Parts]:
    """Everything started, in order; stopped in order when the block ends. Raises CannotStart."""
    with private_files():
        async with _running(settings) as parts:
            yield parts


@contextlib.asynccontextmanager
async def _running(settings: Settings) -> AsyncIterator[Parts]:
    features = joined()
    try:
        # What people wrote is nobody else's business on this machine.
        make_folder(settings.data_dir)
    except OSError as error:
        raise DiskRefuses(settings.data_dir, error) from error
    community = load_community(settings.community)
    with locked(settings.data_dir):
        take_from_others(settings.data_dir)
        clock = await _clock(settings)
        database = Database(settings.data_dir / "bot.db", clock.now)
        database.public_key = settings.backup_recipient
        await _open(database)
        token = settings.bot_token.get_secret_value()
        proxy = settings.proxy_url.get_secret_value() if settings.proxy_url else None
        request = Request(settings.bot_api_url, token, proxy)
        try:
            with disk_trouble_told(database.path):
                parts = await _put_together(settings, community, features, database, request, token)
                await _start(parts, clock, settings)
            try:
                yield parts
            finally:
                await _stop(parts)
        finally:
            await request.shutdown()
            await database.close()


async def _clock(settings: Settings) -> SystemClock | FollowedClock:
    if settings.clock_url is None:
        return SystemClock()
    clock = FollowedClock(settings.clock_url)
    try:
        await clock.read()
    except UNANSWERED as error:
        raise CannotStart(f"CLOCK_URL={settings.clock_url} does not answer as a clock. Leave it out.") from error
    return clock


async def _put_together(
    settings: Settings, community: Community, features: Features, database: Database, request: Request, token: str
) -> Parts:
    application = build_application(token, settings.bot_api_url, request, features)
    await _meet_telegram(application)
    me = application.bot.bot
    await database.run(_remember_bot, me.id, me.username)
    contact = Contact(database)
    setup = Setup(
        community,
        me.id,
        me.username,
        settings.data_dir / "media",
        features,
        keeps_limits=settings.send_rate > 0,
        transcribes=settings.transcribe_command is not None,
        shows_board=settings.web_port is not None,
        pages_address=settings.web_url if settings.web_port is not None else None,
        hears_telegram=lambda: not contact.is_lost,
        kept=settings.kept,
    )
    database.record = events.record
    database.fold = flooding.fold(community)
    database.limits = settings.limits
    database.publisher = setup.publish
    transcriber = pages = None
    if settings.transcribe_command is not None:
        transcriber = Transcriber(database, request, settings.transcribe_command, setup.media)
    if settings.web_port is not None:
        pages = make_pages(setup, database)
    taken_away = TakenAway(database)
    answers = Answers(request, taken_away.written)
    alarm = Alarm(database, request, setup)
    await alarm.learn()
    limiter = Limiter(settings.send_rate, time.monotonic)
    counted = Metrics()
    delivery = Delivery(
        database,
        request,
        limiter,
        settings.data_dir,
        alarm,
        counted,
        lambda tx, person, answers: quiet.hushed(tx, community, person, answers),
        authors(setup),
    )
    intake = make_intake(settings, database, request, alarm, delivery, contact, counted)
    scheduler = Scheduler(database, tasks(setup), chunk_tasks(setup), features.workers)
    doctor = Doctor(database.path, database.now, lambda: scheduler.seconds_since_tick, lambda: alarm.failing)
    return Parts(
        database=database,
        setup=setup,
        request=request,
        contact=contact,
        intake=intake,
        loop=Loop(database, application, setup, answers, alarm, counted, delivery.claim_at_once),
        delivery=delivery,
        scheduler=scheduler,
        answers=answers,
        taken_away=taken_away,
        backups=Backups(
            database, settings.data_dir / "backups", community.zone, settings.kept.backups, settings.backup_recipient
        ),
        beside=workers.beside(database, request, setup, settings),
        transcriber=transcriber,
        pages=pages,
        for_pages=workers.for_pages(database, request, setup, pages) if pages else (),
        server=make_server(settings, intake, doctor, counted, pages) if pages else None,
    )


async def _start(parts: Parts, clock: SystemClock | FollowedClock, settings: Settings) -> None:
    # Before anything is sent or taken in.
    await parts.database.run(restoring.settle, parts.setup.community, await _taken_since(parts))
    await parts.database.run(unknown_states.settle)
    await parts.taken_away.begin()
    await parts.contact.heard()
    await welcome.prepare(parts.database, parts.request, parts.setup, settings)
    if parts.server is not None:
        _take_port(parts.server)
    parts.tasks = [
        asyncio.create_task(parts.intake.run(), name="intake"),
        asyncio.create_task(parts.loop.run(), name="loop"),
        asyncio.create_task(parts.delivery.run(), name="delivery"),
        asyncio.create_task(parts.backups.run(), name="backups"),
        asyncio.create_task(parts.taken_away.run(), name="taken away"),
    ]
    if parts.server is not None:
        parts.tasks.append(asyncio.create_task(parts.server.run(), name="server"))
    if isinstance(clock, FollowedClock):
        clock.on_move(parts.contact.soon)
        clock.on_move(parts.scheduler.soon)
        clock.on_move(parts.backups.soon)
        for each in (*parts.beside, *parts.for_pages):
            clock.on_move(each.soon)
        parts.tasks.append(asyncio.create_task(clock.follow(), name="clock"))
    if parts.transcriber is not None:
        parts.tasks.append(asyncio.create_task(parts.transcriber.run(), name="transcriber"))
    parts.tasks += [asyncio.create_task(each.run(), name=each.kind) for each in (*parts.beside, *parts.for_pages)]
    parts.scheduler.start()
    log.info("running", bot=parts.setup.bot_username)


async def _taken_since(parts: Parts) -> list[Line]:
    """What the file beside the database says was taken away. Raises CannotStart when a restored one lacks it."""
    lines = await asyncio.to_thread(taken_away_file.read, parts.taken_away.path)
    name = await parts.database.read(restore.needs_lines_of)
    if name is not None and name not in taken_away_file.keys(lines):
        raise CannotStart(
            f"{parts.taken_away.path} is gone or belongs to another database. It says what was taken away since the "
            "backup that was restored. Put it back, or restore again."
        )
    return lines


def _take_port(server: WebServer) -> None:
    try:
        server.open()
    except OSError as error:
        raise CannotStart(
            f"WEB_PORT = {server.port} cannot be served on {server.host} ({error.strerror}). See that no other "
            "program uses it, or set another; those below 1024 belong to the system."
        ) from error


def _spare_the_collector() -> None:
    """What is there after the start stays: let the cyclic garbage collector not walk through it again and again.

    For a process that is the bot's alone. Measured, that and fewer rounds save 5 to 10 % of the CPU: what an update
    leaves behind is freed by its reference counts, and cycles are few.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


async def _stop(parts: Parts) -> None:
    """Intake first, so that nothing new comes; then the batch at hand, then what is in flight."""
    log.info("stopping")
    intake, loop, delivery, *others = parts.tasks
    if parts.server is not None:
        parts.server.end()
    await _cancel(intake)
    await parts.contact.keep()
    parts.loop.stop()
    await _ended(loop)
    await parts.scheduler.stop()
    parts.delivery.stop()
    await _ended(delivery)
    await parts.answers.settle(1.0)
    for task in others:
        if task.get_name() == "server":
            await _ended(task)
        else:
            await _cancel(task)
    if parts.pages is not None:
        parts.pages.close()
    log.info("stopped")


def _verdict(ended: set[asyncio.Task[Any]], stopped: bool) -> int:
    """0 after a stop that was asked for, 1 when a part ended by itself; what ended it is raised."""
    for task in ended:
        error = task.exception() if not task.cancelled() else None
        log.critical("part_ended", part=task.get_name(), error=type(error).__name__)
        if isinstance(error, TokenRefused):
            raise CannotStart(
                "Telegram does not accept BOT_TOKEN any more. Get the token from @BotFather and set it anew."
            )
        if error is not None:
            raise error
    return 0 if stopped and not ended else 1


async def _cancel(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await task


async def _ended(task: asyncio.Task[None]) -> None:
    try:
        await task
    except Exception:
        # Stopping goes on: the others' work is still to be marked.
        log.exception("part_failed", part=task.get_name())


async def _open(database: Database) -> None:
    try:
        with disk_trouble_told(database.path):
            applied = await database.open()
    except SchemaTooNew as error:
        raise CannotStart(
            f"{database.path} was written by a newer version of this program (schema {error.found}; this one "
            f"knows {error.known}). Install the newer version, or name another DATA_DIR."
        ) from error
    except SchemaTooOld as error:
        raise CannotStart(f"{error}.") from error
    except BackupFailed as error:
        raise CannotStart(f"Before changing {database.path} a backup is made, and that failed: {error}.") from error
    if applied:
        log.info("database_migrated", steps=applied)


async def _meet_telegram(application: RoutingApplication) -> None:
    """Ask Telegram who we are, patiently: a machine often starts before its network does."""
    delay = 1.0
    while True:
        try:
            await application.initialize()
            return
        except InvalidToken as error:
            raise CannotStart(
                "Telegram does not accept BOT_TOKEN. Copy it anew from @BotFather (it looks like 123456:ABC-DEF…)."
            ) from error
        except TelegramError as error:
            # Also what is no answer of Telegram's at all, and "too many requests" after many restarts.
            asked = error._retry_after.total_seconds() if isinstance(error, RetryAfter) else 0.0
            log.warning("telegram_unreachable", error=str(error), retry_in=max(delay, asked))
            await asyncio.sleep(max(delay, asked))
            delay = min(delay * 2, 30.0)


def _remember_bot(tx: Transaction, bot_id: int, username: str) -> None:
    known = kept_settings.get(tx, SettingKey.BOT_ID)
    if known is not None and known != str(bot_id):
        raise CannotStart(
            f"This DATA_DIR belongs to another bot (id {known}); the token is of bot {bot_id}. Set the right "
            "BOT_TOKEN, or name another DATA_DIR."
        )
    kept_settings.put(tx, SettingKey.BOT_ID, str(bot_id))
    kept_settings.put(tx, BOT_USERNAME, username)
