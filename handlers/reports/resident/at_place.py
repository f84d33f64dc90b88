"""A poster's link, `?start=a-<area>`: whoever opens it stands there, so the place of the report is known already."""

from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.steps import has_place
from handlers.kit.here import Here
from handlers.kit.texts import bold
from handlers.people import arriving
from handlers.reports.resident import reporting

PREFIX = "a-"


def start(here: Here, code: str) -> None:
    """Greet, and begin a report there. An area that is not there any more is an ordinary start."""
    arriving.start(here)
    community = here.setup.community
    area = community.area(code)
    if area is None:
        return
    place = bold(community.place_name(area.code, here.say.language))
    lead = here.say("You are here: {place}. If it is somewhere else, you can change that.", place=place)
    open_one = here.conversation
    if open_one is not None and open_one.flow == reporting.NAME:
        # A report that is being written keeps what it says of its place.
        if not has_place(open_one.draft):
            open_one.draft["area"] = area.code
        engine.show(here, anew=True)
        return
    engine.begin(here, reporting.NAME, {"area": area.code}, lead=lead)
