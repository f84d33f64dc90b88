"""Fetching updates; and what a bot does when it changes servers."""

import asyncio

from sandbox import refusals
from sandbox.call import Call
from sandbox.methods.registry import answers
from sandbox.shapes import Json


@answers("getUpdates")
async def get_updates(call: Call) -> list[Json]:
    """Updates from the queue, after waiting for some if asked to."""
    queue = call.bot.queue
    if call.bot.working_webhook() is not None:
        await asyncio.sleep(queue.conflict())
        raise refusals.WEBHOOK_ACTIVE
    call.allow_updates()
    entries = await queue.get(call.integer("offset"), call.integer("limit", 100, 1, 100), call.integer("timeout"))
    call.unchecked = any(entry.is_raw for entry in entries)
    return [entry.update for entry in entries]


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
