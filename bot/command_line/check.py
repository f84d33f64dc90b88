"""`python -m bot check`: what is right and what is wrong, a line each, with the mend."""

from __future__ import annotations

import errno
import os
import shlex
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dotenv import dotenv_values

from bot.command_line.check_database import check_database
from bot.command_line.check_paper import check_paper
from bot.command_line.check_plan import check_plan
from bot.command_line.check_telegram import check_telegram
from bot.command_line.findings import Finding, note, ok, wrong
from bot.community.community_file import EXAMPLE, CommunityError, load_community, serving_file
from bot.community.community_problems import nearest
from bot.kit.private_files import open_to_others
from bot.kit.settings import Settings, SettingsError, read_settings
from handlers.kit.texts import languages

_LITTLE_SPACE = 500_000_000
_SHORT_SECRET = 16


async def check() -> list[Finding]:
    """Look at everything that can be looked at without running; changes nothing anywhere."""
    findings = [*_unknown_names(Path(".env")), *_open_settings(Path(".env"))]
    try:
        settings = read_settings()
    except SettingsError as error:
        findings += [wrong(problem) for problem in error.problems]
        try:
            # Without a token there is still the rest to look at.
            settings = read_settings(bot_token="0:not-set")  # noqa: S106 - so that the others are looked at
        except SettingsError:
            return findings
        in_database, _ = check_database(settings.database, 0)
        return [*findings, *_on_this_machine(settings), *in_database]
    in_database, known = check_database(settings.database, settings.bot_id)
    learnt = known.staff_chat if known else None
    findings += [ok("settings: all can be read."), *_on_this_machine(settings), *in_database]
    if learnt and settings.staff_chat_id and learnt != settings.staff_chat_id:
        mend = f"the bot has learnt a later one, {learnt}, and uses that; you may take it out"
        findings.append(note(f"STAFF_CHAT_ID: {mend}."))
    return findings + await check_telegram(settings, learnt or settings.staff_chat_id, known.admins if known else 0)


def _on_this_machine(settings: Settings) -> Iterator[Finding]:
    yield from _community(settings.community)
    yield from _data_folder(settings.data_dir)
    yield from _transcription(settings.transcribe_command)
    yield from _web(settings)
    if settings.backup_recipient:
        whose = f"{settings.backup_recipient[:12]}…"
        yield ok(f"backups: encrypted for {whose}; keep its secret key elsewhere, for nobody opens them without it.")
    if settings.clock_url:
        yield note("CLOCK_URL: the clock of a sandbox is used; for tests only.")


def _unknown_names(env_file: Path) -> Iterator[Finding]:
    """A setting with a slip in its name is silently no setting; in `.env` it can be seen."""
    if not env_file.is_file():
        return
    known = [name.upper() for name in Settings.model_fields]
    try:
        names = list(dotenv_values(env_file))
    except UnicodeDecodeError:
        return
    for name in names:
        close = nearest(name, known)
        if close and name.upper() != close:
            yield note(f".env: {name} is no setting - did you mean {close}?")


def _open_settings(env_file: Path) -> Iterator[Finding]:
    """Who reads the token is the bot."""
    mode = open_to_others(env_file) if env_file.is_file() else None
    if mode is not None:
        yield note(f".env: others on this machine may read it ({mode}), and the token in it - write: chmod 600 .env")


def _community(path: Path) -> Iterator[Finding]:
    try:
        community = load_community(path)
    except CommunityError as error:
        for problem in error.problems:
            yield wrong(problem)
        return
    name = community.name.in_(community.language)
    count = f"{len(list(community.all_areas()))} places, {len(community.categories)} categories"
    if serving_file(path) == EXAMPLE:
        mend = f"copy {EXAMPLE.name} there and make it yours"
        yield note(f"community: there is no {path}, so the example ({name}) serves - {mend}.")
    else:
        yield ok(f"community: {name}, {count}, time zone {community.zone.key}.")
    for language in community.languages:
        if language not in languages():
            known = ", ".join(languages())
            yield note(f"community: the bot itself does not speak '{language}' yet, only {known}; English stands in.")
    yield check_paper(community)
    yield from check_plan(path, community)


def _data_folder(folder: Path) -> Iterator[Finding]:
    existing = folder.absolute()
    while not existing.exists() and existing != existing.parent:
        existing = existing.parent
    if not existing.is_dir():
        yield wrong(f"DATA_DIR: '{existing}' is a file - name a folder.")
        return
    try:
        if existing == folder.absolute():
            with tempfile.TemporaryFile(dir=existing):
                pass
        elif not os.access(existing, os.W_OK | os.X_OK):
            raise PermissionError
    except OSError:
        yield wrong(f"DATA_DIR: nothing can be written to '{folder}' - let this user write there, or set another.")
        return
    yield ok(f"DATA_DIR: '{folder}' can be written to.")
    mode = open_to_others(existing) if existing == folder.absolute() else None
    if mode is not None:
        mend = f"it holds what people wrote; write: chmod 700 {shlex.quote(str(folder))}"
        yield note(f"DATA_DIR: others on this machine may look into '{folder}' ({mode}) - {mend}")
    free = shutil.disk_usage(existing).free
    if free < _LITTLE_SPACE:
        yield note(f"DATA_DIR: only {free // 1_000_000} MB are free on that disk - make room.")


def _web(settings: Settings) -> Iterator[Finding]:
    secret = settings.webhook_secret
    if secret is not None and settings.webhook_url is None:
        yield note("WEBHOOK_SECRET: of no use without WEBHOOK_URL.")
    elif secret is not None and len(secret.get_secret_value()) < _SHORT_SECRET:
        yield note("WEBHOOK_SECRET: short enough to be guessed - leave it out, and a long one is made.")
    if settings.web_port is None:
        if settings.web_url is not None:
            yield note("WEB_URL: of no use without WEB_PORT.")
        if settings.health_token is not None:
            yield note("HEALTH_TOKEN: of no use without WEB_PORT.")
        return
    where = f"{settings.web_host}:{settings.web_port}"
    family = socket.AF_INET6 if ":" in settings.web_host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.web_host, settings.web_port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                yield note(f"WEB_PORT: something listens on {where}; right if it is this bot, else set another port.")
            else:
                yield wrong(f"WEB_PORT: {where} cannot be served ({error.strerror}) - set another port or WEB_HOST.")
            return
    yield ok(f"WEB_PORT: {where} is free for health and figures{' and the webhook' if settings.webhook_url else ''}.")


def _transcription(command: str | None) -> Iterator[Finding]:
    if not command:
        return
    try:
        program = shlex.split(command)[0]
    except (ValueError, IndexError):
        yield wrong(f"TRANSCRIBE_COMMAND = '{command}' is wrong - a quote is left open.")
        return
    if shutil.which(program):
        yield ok(f"TRANSCRIBE_COMMAND: '{program}' is there.")
    else:
        yield wrong(f"TRANSCRIBE_COMMAND: there is no program '{program}' - install it or give its whole path.")
