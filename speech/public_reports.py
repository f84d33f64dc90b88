"""How a report is spoken of where everybody reads it: where it stands, where it is, and for how long."""

from collections.abc import Sequence

from domain.community import Area, Community
from domain.public_reports import shown
from domain.public_reports.shown import PublicState
from speech.speaker import PlainSpeaker


def state(say: PlainSpeaker, of: PublicState) -> str:
    """Where it stands."""
    return {
        PublicState.OPEN: say.label("Open"),
        PublicState.IN_PROGRESS: say.label("In progress"),
        PublicState.NOT_CONFIRMED: say.label("Said to be fixed, not confirmed"),
        PublicState.FIXED: say.label("Fixed"),
        PublicState.DECLINED: say.label("Will not be done"),
    }[of]


def explained(say: PlainSpeaker, of: PublicState) -> str:
    """The same in a sentence, for those who read it for the first time."""
    return {
        PublicState.OPEN: say.label("It waits for somebody to take it up."),
        PublicState.IN_PROGRESS: say.label("Somebody is looking after it."),
        PublicState.NOT_CONFIRMED: say.label("The staff say it is fixed. Nobody who reported it has said so yet."),
        PublicState.FIXED: say.label("Somebody who reported it says so."),
        PublicState.DECLINED: say.label("The staff will not do it, and have told those who reported it why."),
    }[of]


def reason(say: PlainSpeaker, community: Community, code: str | None) -> str | None:
    """Why it is not done, as the community calls it; None where staff wrote it in their own words."""
    found = community.reason(code) if code else None
    return None if found is None else say.words(found.name)


def place(say: PlainSpeaker, areas: Sequence[Area]) -> str | None:
    """Where it is, as far as that is said, the widest first."""
    mark = "" if say.language.startswith("zh") else ", "
    return mark.join(say.words(area.name) for area in areas) or None


def days(say: PlainSpeaker, count: int, *, closed: bool) -> str:
    """For how long it has been known, or was until it was closed."""
    if closed:
        if count == 0:
            return say.label("closed on the same day")
        return say.plural("closed after {count} day", "closed after {count} days", count)
    return say.label("reported today") if count == 0 else say.plural("{count} day so far", "{count} days so far", count)


def suggestion(say: PlainSpeaker, community: Community, category: str | None, area: str | None) -> str | None:
    """Kind and place in plain words, from which staff can begin a title; None where neither is known."""
    kind = community.category(category) if category else None
    where = place(say, shown.areas(community, area))
    return say.listed(filter(None, [say.words(kind.name) if kind else None, where])) or None
