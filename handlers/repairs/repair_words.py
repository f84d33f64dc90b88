"""How a repair is spoken of: its trade, how soon, where it stands, how far it is, when somebody comes."""

from collections.abc import Sequence
from datetime import datetime

from domain.community import Community
from domain.core.subjects import subject
from domain.events import RepairAsked
from domain.language.words import Words
from domain.repairs.dispatch import EVERYWHERE
from domain.repairs.repairs import State, Urgency
from handlers.kit.texts import Html, Speaker, escape
from services.people import public_names
from services.repairs.repairs import TooMany
from storage.core import events
from storage.core.database import Transaction
from storage.people import people
from storage.repairs.repairs import Repair

NEAREST_LEVEL = 2
"""Of a place, those who have not taken a repair are told so many levels: the area and the building, no stairwell."""


def volunteer(tx: Transaction, say: Speaker, person: int) -> str:
    """What the other side reads of a volunteer's name; of who had their data deleted nobody has one."""
    is_gone = people.by_id(tx, person).forgotten
    return say.label("the volunteer") if is_gone else public_names.shown(tx, person)


def trade(community: Community, say: Speaker, code: str) -> str:
    """The trade's name; its code when the file names it no longer."""
    found = community.trade(code)
    return say.words(found.name) if found else code


def urgency(say: Speaker, urgency: Urgency) -> str:
    """How soon somebody is needed."""
    return {
        Urgency.NOW: say.label("Now, it cannot wait"),
        Urgency.TODAY: say.label("Today"),
        Urgency.WEEK: say.label("This week"),
    }[urgency]


def state(say: Speaker, state: State, *, staff_know: bool = True) -> str:
    """Where it stands, as whoever asked reads it. Without `staff_know` their group could not be reached."""
    if state is State.UNFILLED and not staff_know:
        return say.label("Nobody yet")
    return {
        State.LOOKING: say.label("Looking for somebody"),
        State.UNFILLED: say.label("Nobody yet; the staff know"),
        State.TAKEN: say.label("Somebody will come"),
        State.COMING: say.label("Somebody is coming"),
        State.ON_THE_WAY: say.label("On the way"),
        State.DONE: say.label("Said to be done. Is it?"),
        State.CONFIRMED: say.label("Done: you said so"),
        State.UNANSWERED: say.label("Closed: nobody said no"),
        State.CLOSED: say.label("Closed"),
        State.WITHDRAWN: say.label("Not needed any more"),
        State.TURNED: say.label("Now a report to the staff"),
    }[state]


def rough_place(community: Community, say: Speaker, area: str | None) -> Html | None:
    """The area and the building: all that anybody is told who has not taken it. None when it is not known."""
    path = community.path(area)[:NEAREST_LEVEL] if area else ()
    return escape(community.place_name(path[-1].code, say.language)) if path else None


def how_far(community: Community, say: Speaker, area: str | None, distance: int, helps: tuple[str, ...]) -> Html | None:
    """The volunteer's own distance, in words: distances on a map of areas are steps, not metres.

    `helps`: where they help. Of somebody who helps everywhere nobody knows how far they are.
    """
    path = community.path(area)[:NEAREST_LEVEL] if area else ()
    if not path:
        return None
    if EVERYWHERE in helps and distance >= len(community.path(area or "")):
        return say("For you: you help everywhere")
    if distance == 0:
        return say("For you: right where you help")
    shared = len(community.path(area or "")) - distance
    if shared >= len(path):
        return say("For you: in the same building")
    if shared > 0:
        return say("For you: near, also in {area}", area=say.words(path[shared - 1].name))
    return say("For you: in another part of the neighbourhood")


def door_code(tx: Transaction, say: Speaker, repair: Repair) -> Html:
    """The code as whoever asked reads it; one who has no Telegram has to be told it."""
    if repair.person == repair.asked_by:
        return say("Door code: {code}. Ask for it at the door, before you open.", code=repair.code or "")
    name = people.by_id(tx, repair.person).name
    return say(
        "Door code: {code}. Please tell {name} the code and who comes: they ask for it before they open.",
        code=repair.code or "",
        name=name,
    )


def arrival(say: Speaker, repair: Repair, now: datetime) -> str | None:
    """When somebody comes: a day and time, or only the day; None while it is not said."""
    if repair.arrives_at is None:
        return None
    return say.day(repair.arrives_at, now) if repair.whole_day else say.moment(repair.arrives_at, now)


def costs(community: Community, say: Speaker) -> Html:
    """Who pays for parts: the community's own words, or these."""
    return _costs(say, community.repairs.costs)


def costs_read(tx: Transaction, community: Community, say: Speaker, repair: int) -> Html:
    """What whoever asked for a repair read about costs: as it was then, whatever the community says now."""
    asked = events.newest_noted(tx, RepairAsked.KIND, subject("repair", repair))
    if asked is None or "costs" not in asked[1]:
        return costs(community, say)
    return _costs(say, Words.of(asked[1]["costs"]) if asked[1]["costs"] else None)


def _costs(say: Speaker, own: Words | None) -> Html:
    if own is not None:
        return escape(say.words(own))
    return say("The help costs nothing. You pay for parts, and hear the price before anything is bought.")


def numbers(say: Speaker, repairs: Sequence[int]) -> str:
    """Several repairs by their numbers."""
    return say.listed(str(number) for number in repairs)


def too_many(say: Speaker, refusal: TooMany) -> str:
    """That somebody has asked for as much as can be looked after."""
    return say.label(
        "These repairs of yours are still open: {numbers}. Please wait until one is done, or take one back: /my shows "
        "them.",
        numbers=numbers(say, sorted(refusal.numbers)),
    )
