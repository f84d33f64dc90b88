"""Ruling the world: its clock, its faults and limits, raw updates."""

from datetime import datetime

from sandbox.people.registry import number, people_can, required, words
from sandbox.refusals import Problem
from sandbox.shapes import Json
from sandbox.world import World


@people_can("clock")
def move_clock(world: World, body: Json) -> Json:
    """Move the clock by seconds (`advance`) or to an instant (`now`, ISO 8601; without a zone it is UTC)."""
    try:
        if body.get("advance") is not None:
            world.clock.advance(number(body, "advance"))
        else:
            world.clock.set_to(datetime.fromisoformat(words(body, "now")))
    except (ValueError, OverflowError):
        raise Problem("This is no instant a clock can show.") from None
    described = describe_clock(world)
    world.events.emit("clock", **described)
    return described


def describe_clock(world: World) -> Json:
    """The clock, with the time zone the page should show, when a scene has set one."""
    described = world.clock.describe()
    return {**described, "timezone": world.timezone} if world.timezone else described


@people_can("faults")
def set_faults(world: World, body: Json) -> Json:
    """Replace all faults."""
    faults = body.get("faults", [])
    if not isinstance(faults, list) or not all(isinstance(fault, dict) for fault in faults):
        raise Problem("Faults are a list of objects.")
    world.faults.set(faults)
    return {"faults": len(faults)}


@people_can("flood")
def set_flood(world: World, body: Json) -> Json:
    """Change the limits for sending, or switch them off; gives what now holds."""
    return world.flood.set(body)


@people_can("webhooks")
def set_webhook_pace(world: World, body: Json) -> Json:
    """Change how long the server waits between tries to deliver, and for an answer; gives what now holds."""
    return world.webhook_pace.set(body)


@people_can("raw_update")
def raw_update(world: World, body: Json) -> Json:
    """Hand any JSON object to a bot as an update, however wrong; only its update_id is set."""
    update = required(body, "update")
    if not isinstance(update, dict):
        raise Problem("An update is an object.")
    content = {key: value for key, value in update.items() if key != "update_id"}
    return {"update_id": world.bot(body.get("bot")).queue.push(content, is_raw=True)}
