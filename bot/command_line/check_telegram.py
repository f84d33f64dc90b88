"""Telegram's part of `check`: the token, the staff group with the bot's rights in it, the admins."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from bot.command_line.findings import Finding, note, ok, wrong
from bot.kit.request import NotSent, Refused, Request, Uncertain
from bot.kit.settings import TELEGRAM, Settings

RIGHTS = {
    "can_manage_topics": "Manage topics",
    "can_pin_messages": "Pin messages",
    "can_delete_messages": "Delete messages",
}
"""The rights the bot needs in the staff group, as people see them in Telegram."""


async def check_telegram(settings: Settings, staff_chat: int | None, admins: int) -> list[Finding]:
    """Ask Telegram about the token, the staff chat (its Telegram id, or None) and the admins named by the settings.

    `admins` is how many there are already.
    """
    proxy = settings.proxy_url.get_secret_value() if settings.proxy_url else None
    request = Request(settings.bot_api_url, settings.bot_token.get_secret_value(), proxy)
    await request.initialize()
    findings: list[Finding] = []
    try:
        async for finding in _findings(request, settings, staff_chat, admins):
            findings.append(finding)
    except (NotSent, Uncertain) as error:
        findings.append(_unreachable(settings, error))
    finally:
        await request.shutdown()
    return findings


async def _findings(
    request: Request, settings: Settings, staff_chat: int | None, admins: int
) -> AsyncIterator[Finding]:
    try:
        bot = await request.call("getMe")
    except Refused as error:
        yield _token_refused(settings, error)
        return
    yield ok(f"BOT_TOKEN: accepted; the bot is @{bot.get('username', bot['id'])}.")
    if bot.get("can_join_groups") is False:
        yield wrong("bot: it may not join groups - send /setjoingroups to BotFather and choose Enable.")
    if staff_chat is None:
        yield note("staff group: none is chosen yet; the first admin is asked for it in the private chat.")
    else:
        async for finding in _group(request, bot, staff_chat):
            yield finding
    async for finding in _admins(request, settings.admin_ids, admins):
        yield finding
    async for finding in _webhook(request, settings.webhook_url):
        yield finding


def _token_refused(settings: Settings, error: Refused) -> Finding:
    if error.code in (401, 404) and not error.description.startswith("not an answer"):
        return wrong(
            "BOT_TOKEN: refused by Telegram - copy it anew from BotFather (/mybots, the bot, API Token) "
            "or make a new one there."
        )
    if settings.bot_api_url != TELEGRAM:
        return wrong(f"BOT_API_URL: '{settings.bot_api_url}' is no Bot API server ({error}) - correct the address.")
    return wrong(f"Telegram: it answers, but with trouble ({error}) - try again in a while.")


def _unreachable(settings: Settings, error: Exception) -> Finding:
    by_proxy = " by way of PROXY_URL" if settings.proxy_url else ""
    mend = "check the network" if settings.bot_api_url == TELEGRAM else "check the network and BOT_API_URL"
    proxy = ", and PROXY_URL" if settings.proxy_url else "; where Telegram is blocked, set PROXY_URL"
    return wrong(f"network: {settings.bot_api_url} cannot be reached{by_proxy}, {error} - {mend}{proxy}.")


async def _group(request: Request, bot: dict[str, Any], staff_chat: int) -> AsyncIterator[Finding]:
    try:
        chat = await request.call("getChat", {"chat_id": staff_chat})
    except Refused as error:
        later = error.parameters.get("migrate_to_chat_id")
        if later:
            yield wrong(f"staff group: {staff_chat} became a supergroup - set STAFF_CHAT_ID={later}.")
        elif error.code == 403:
            yield wrong(f"staff group: the bot is not in {staff_chat} - add it as an administrator.")
        else:
            yield wrong(
                f"staff group: {staff_chat} was not found ({error.description}) - add the bot to the group "
                "and correct STAFF_CHAT_ID; a supergroup's number begins with -100."
            )
        return
    title = chat.get("title", staff_chat)
    if chat["type"] not in ("group", "supergroup"):
        yield wrong(f"staff group: {staff_chat} is a {chat['type']}, not a group - choose a group.")
        return
    if chat["type"] == "group":
        yield note(f"staff group: '{title}' is a simple group; turning topics on makes it a supergroup, which helps.")
    elif chat.get("is_forum"):
        yield ok(f"staff group: '{title}' is a supergroup with topics.")
    else:
        yield note(f"staff group: '{title}' has no topics, so all departments share one list.")
    member = await _membership(request, bot, staff_chat)
    for finding in _rights(member, title, forum=bool(chat.get("is_forum"))):
        yield finding
    administrator = member.get("status") == "administrator"
    if not bot.get("can_read_all_group_messages") and not administrator:
        yield note(
            "privacy mode: it is on, so in groups the bot hears commands and replies only; "
            "as an administrator it hears all it needs."
        )
    elif bot.get("can_read_all_group_messages"):
        yield note(
            "privacy mode: it is off, so the bot hears every group it is in; it may be turned on with "
            "BotFather's /setprivacy, as an administrator it hears the staff group anyway."
        )


async def _membership(request: Request, bot: dict[str, Any], staff_chat: int) -> dict[str, Any]:
    try:
        member: dict[str, Any] = await request.call("getChatMember", {"chat_id": staff_chat, "user_id": bot["id"]})
    except Refused:
        return {"status": "left"}
    return member


def _rights(member: dict[str, Any], title: Any, forum: bool) -> list[Finding]:
    if member["status"] in ("left", "kicked"):
        return [wrong(f"staff group: the bot is no member of '{title}' - add it as an administrator.")]
    if member["status"] != "administrator":
        return [wrong(f"staff group: the bot is no administrator of '{title}' - make it one.")]
    missing = [
        name for right, name in RIGHTS.items() if not member.get(right) and (forum or right != "can_manage_topics")
    ]
    if not missing:
        return [ok("staff group: the bot is an administrator with all the rights it needs.")]
    return [
        wrong(f'staff group: the right "{name}" is missing - give it under Administrators, the bot.')
        for name in missing
    ]


async def _admins(request: Request, admin_ids: tuple[int, ...], admins: int) -> AsyncIterator[Finding]:
    if not admin_ids and admins:
        count = "one admin" if admins == 1 else f"{admins} admins"
        yield ok(f"ADMIN_IDS: not set, and not needed; the bot knows {count}.")
    elif not admin_ids:
        yield note("ADMIN_IDS: not set; the first run prints a link that makes the first admin.")
    for admin in admin_ids:
        try:
            chat = await request.call("getChat", {"chat_id": admin})
        except Refused:
            mend = "let them open the bot and press it"
            yield wrong(f"ADMIN_IDS: {admin} never pressed Start, so the bot cannot write there - {mend}.")
        else:
            if chat["type"] == "private":
                yield ok(f"ADMIN_IDS: {admin} can be written to.")
            else:
                yield wrong(f"ADMIN_IDS: {admin} is a {chat['type']}, not a person - put a person's id.")


async def _webhook(request: Request, wanted: str | None) -> AsyncIterator[Finding]:
    try:
        info = await request.call("getWebhookInfo")
    except Refused as error:
        yield note(f"webhook: Telegram does not say how it is ({error}).")
        return
    there = info.get("url", "")
    if wanted is None:
        if there:
            yield note("webhook: one is set at Telegram; the bot takes it away when it starts, and polls.")
        return
    if there.rstrip("/").lower() != wanted.rstrip("/").lower():
        yield note("WEBHOOK_URL: Telegram does not post there yet; the bot says so to it when it starts.")
        return
    waiting = info.get("pending_update_count", 0)
    at = info.get("last_error_date", 0)
    if not at:
        yield ok(f"WEBHOOK_URL: Telegram posts there, and has met no error; {waiting} updates wait.")
        return
    when = f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC"
    met = f"'{info.get('last_error_message', '')}' at {when}"
    mend = "look at the web server in front of it, its certificate, and the bot's log"
    if waiting:
        yield wrong(f"WEBHOOK_URL: {waiting} updates wait, and Telegram last met {met} - {mend}.")
    else:
        yield note(f"WEBHOOK_URL: Telegram posts there; nothing waits. It last met {met}.")
