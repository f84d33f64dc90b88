"""A poster's link, `?start=a-<area>`: whoever opens it stands there, so the place of the report is known already."""

from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.steps import has_place
from handlers.kit.texts import bold
from handlers.kit.update_context import UpdateContext
from handlers.people import arriving
from handlers.reports.resident import reporting

PREFIX = "a-"


def start(ctx: UpdateContext, code: str) -> None:
    """Greet, and begin a report there. An area that is not there any more is an ordinary start."""
    arriving.start(ctx)
    community = ctx.setup.community
    area = community.area(code)
    if area is None:
        return
    place = bold(community.place_name(area.code, ctx.say.language))
    lead = ctx.say("You are here: {place}. If it is somewhere else, you can change that.", place=place)
    open_one = ctx.conversation
    if open_one is not None and open_one.flow == reporting.NAME:
        # A report that is being written keeps what it says of its place.
        if not has_place(open_one.draft):
            open_one.draft["area"] = area.code
        engine.show(ctx, anew=True)
        return
    engine.begin(ctx, reporting.NAME, {"area": area.code}, lead=lead)
