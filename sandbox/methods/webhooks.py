"""Setting a webhook, taking it away, and telling of it.

Source: Client::process_set_webhook_query and do_set_webhook of tdlib/telegram-bot-api, run with --local: http and any
port are allowed.
"""

from __future__ import annotations

import asyncio
import functools
import re
import socket
import time
from urllib.parse import urlsplit

from sandbox import refusals
from sandbox.call import Call
from sandbox.methods.registry import answers
from sandbox.shapes import Json
from sandbox.webhook import Address, Webhook

DEFAULT_CONNECTIONS = 40
MOST_CONNECTIONS = 100
LONGEST_SECRET = 256


@answers("setWebhook")
async def set_webhook(call: Call) -> bool:
    """Send the bot's updates to an address from now on; an empty one deletes the webhook."""
    if not call.has("url"):
        return delete_webhook(call)
    bot = call.bot
    _take_turn(call)
    for unsupported in ("certificate", "ip_address"):
        if call.has(unsupported) or unsupported in call.uploads:
            raise refusals.not_here(f"setWebhook with {unsupported}")
    wanted = Address(
        call.text("url"),
        call.text("secret_token"),
        call.integer("max_connections", DEFAULT_CONNECTIONS, 1, MOST_CONNECTIONS),
    )
    current = bot.working_webhook()
    if current is not None and current.address == wanted and not call.flag("drop_pending_updates"):
        call.allow_updates()
        call.description = "Webhook is already set"
        return True
    bot.queue.abort_poll(refusals.TERMINATED_BY_WEBHOOK)
    # The old one goes first, also when the new one is refused.
    bot.drop_webhook()
    if call.flag("drop_pending_updates"):
        bot.queue.forget_all()
    host = _checked(wanted)
    call.allow_updates()
    bot.webhook_changes += 1
    change = bot.webhook_changes
    ip_address = await _resolve(host)
    if bot.webhook_changes != change:
        raise refusals.OTHER_WEBHOOK
    address = Address(wanted.url, wanted.secret_token, wanted.max_connections, ip_address)
    world = call.world
    perform = functools.partial(call.perform, bot)
    bot.webhook = Webhook(address, bot.queue, world.faults, world.clock, world.webhook_pace, perform)
    call.description = "Webhook was set"
    return True


@answers("deleteWebhook")
def delete_webhook(call: Call) -> bool:
    """Take the webhook away; what is pending may be dropped on this occasion."""
    had_one = call.bot.working_webhook() is not None
    call.bot.webhook_changes += 1
    call.bot.drop_webhook()
    if call.flag("drop_pending_updates"):
        call.bot.queue.forget_all()
    call.description = "Webhook was deleted" if had_one else "Webhook is already deleted"
    return True


@answers("getWebhookInfo")
def get_webhook_info(call: Call) -> Json:
    """Where updates go, how many are pending, what went wrong last, and which kinds are wanted."""
    queue, webhook = call.bot.queue, call.bot.working_webhook()
    info: Json = {
        "url": webhook.address.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": queue.pending,
    }
    if webhook is not None:
        if webhook.last_error_date:
            info["last_error_date"] = webhook.last_error_date
            info["last_error_message"] = webhook.last_error_message
        info["max_connections"] = webhook.address.max_connections
        info["ip_address"] = webhook.address.ip_address
    if queue.allowed is not None:
        info["allowed_updates"] = sorted(queue.allowed)
    return info


def _take_turn(call: Call) -> None:
    now = time.monotonic()
    if call.world.flood.limits and now < call.bot.next_set_webhook:
        raise refusals.too_many_requests(1)
    call.bot.next_set_webhook = now + 1


def _checked(address: Address) -> str:
    """The host of an address that can be one. Raises Refusal."""
    url = address.url
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        port = parts.port
    except ValueError:
        raise refusals.WEBHOOK_URL_INVALID from None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or port == 0:
        raise refusals.WEBHOOK_URL_INVALID
    if len(address.secret_token.encode()) > LONGEST_SECRET:
        raise refusals.SECRET_TOO_LONG
    if not re.fullmatch(r"[A-Za-z0-9_-]*", address.secret_token):
        raise refusals.SECRET_UNALLOWED
    return parts.hostname


async def _resolve(host: str) -> str:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "Name or service not known"
        raise refusals.bad_webhook(f"Failed to resolve host: {reason}") from None
    found.sort(key=lambda one: one[0] != socket.AF_INET)
    return str(found[0][4][0])
