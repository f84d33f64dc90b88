"""The panel: what a program beside the sandbox shows on the page, and people's hands on its levers."""

from typing import Any

from sandbox.people.registry import people_can, words
from sandbox.refusals import Problem
from sandbox.shapes import Json
from sandbox.world import World


@people_can("panel")
def show_panel(world: World, body: Json) -> Json:
    """Show levers, a note, links and counters in place of what was shown; gives the number of the last pull.

    Texts are one text or one for each language. Raises Problem.
    """
    levers = _list(body, "levers", ("name", "label"))
    links = _list(body, "links", ("label", "url"))
    if not all(str(link["url"]).startswith(("http://", "https://")) for link in links):
        raise Problem("A link leads to an address that begins with http:// or https://.")
    counters = _list(body, "counters", ("name", "label", "value"))
    note = body.get("note")
    if note is not None and not (isinstance(note, dict) and "text" in note):
        raise Problem("A note is an object with a text.")
    world.panel.show(levers, note, links, counters)
    world.events.emit("panel", **world.panel.shown)
    return {"pulls": len(world.panel.pulls)}


@people_can("pull")
def pull_lever(world: World, body: Json) -> Json:
    """Pull a lever that is shown; the program that showed it is told. Raises Problem."""
    name = words(body, "lever")
    if name not in [lever["name"] for lever in world.panel.shown["levers"]]:
        raise Problem(f"There is no lever {name!r}.")
    return world.panel.pull(name, world.clock.now().isoformat())


def _list(body: Json, name: str, fields: tuple[str, ...]) -> list[Json]:
    given: Any = body.get(name, [])
    if not isinstance(given, list) or not all(isinstance(one, dict) and set(fields) <= set(one) for one in given):
        raise Problem(f"On a panel {name!r} is a list of objects, each with {', '.join(fields)}.")
    return given
