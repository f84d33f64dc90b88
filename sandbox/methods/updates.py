"""Fetching updates. Webhooks are not called by the sandbox, so none is ever set."""

import contextlib
from typing import Any

from sandbox import refusals
from sandbox.call import Call
from sandbox.methods.registry import answers
from sandbox.refusals import Refusal
from sandbox.shapes import Json


@answers("getUpdates")
async def get_updates(call: Call) -> list[Json]:
    """Updates from the queue, after waiting for some if asked to."""
    queue = call.bot.queue
    # What cannot be read changes nothing, as when it is left out.
    allowed: Any = None
    with contextlib.suppress(Refusal):
        allowed = call.json("allowed_updates", refusals.NOT_JSON)
    if isinstance(allowed, list):
        queue.allow([kind for kind in allowed if isinstance(kind, str)])
    entries = await queue.get(call.integer("offset"), call.integer("limit", 100, 1, 100), call.integer("timeout"))
    call.unchecked = any(entry.is_raw for entry in entries)
    return [entry.update for entry in entries]


@answers("deleteWebhook")
def delete_webhook(call: Call) -> bool:
    """There is none; what is pending may be dropped on this occasion."""
    if call.flag("drop_pending_updates"):
        call.bot.queue.forget_all()
    return True


@answers("setWebhook")
def set_webhook(call: Call) -> bool:
    """An empty address deletes the webhook there is not; any other is more than the sandbox does."""
    if call.has("url"):
        raise refusals.not_here("setWebhook with an address")
    return delete_webhook(call)


@answers("getWebhookInfo")
def get_webhook_info(call: Call) -> Json:
    """How many updates are pending, and which kinds are wanted."""
    queue = call.bot.queue
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": queue.pending}
    if queue.allowed is not None:
        info["allowed_updates"] = sorted(queue.allowed)
    return info


@answers("logOut")
def log_out(call: Call) -> bool:
    """Accepted and without effect: the sandbox is the only server there is."""
    del call
    return True


@answers("close")
def close(call: Call) -> bool:
    """Accepted and without effect, as logOut."""
    del call
    return True
