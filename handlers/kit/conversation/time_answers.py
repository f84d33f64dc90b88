"""Typed answers that are a day, a time, or both: read by the one reader of times, or asked once more."""

from datetime import datetime
from typing import Any

from domain.calendar.local_time import local_time
from domain.times.answers import moments_meant, parse_end, parse_month_day, stretches_meant
from handlers.kit.conversation.flow import Draft, Wrong
from handlers.kit.update_context import UpdateContext

_HALVES = "_halves"
"""In a draft: the two that a time may be, of which nobody said whether it is in the morning."""


def halves(draft: Draft) -> list[str]:
    """What is offered instead of the usual choices while it is asked which half of the day is meant."""
    return list(draft.get(_HALVES, ()))


def day_to_come(ctx: UpdateContext, _draft: Draft, words: str) -> Any:
    """A day that is not over, as an ISO date."""
    today = local_time(ctx.now, ctx.setup.community.zone).date()
    found = parse_end(words, today, ctx.say.language)
    if found is None:
        return Wrong(ctx.say("There is no such day, or I cannot read it. Please write it like 31.12. or 2026-12-31."))
    if found < today:
        return Wrong(ctx.say("That day is over. Please give one that is still to come."))
    if (found - today).days > 3 * 366:
        return Wrong(ctx.say("That is more than three years away. Please give a nearer day."))
    return found.isoformat()


def month_day(ctx: UpdateContext, _draft: Draft, words: str) -> Any:
    """A day of each month."""
    found = parse_month_day(words)
    if found is None:
        return Wrong(ctx.say("Please give a number from {least} to {most}.", least=1, most=31))
    return found


def stretch(ctx: UpdateContext, draft: Draft, words: str) -> Any:
    """A time of the day and how long it takes, as [minute, minutes]. "7 to 8" is asked about, with both as buttons."""
    draft.pop(_HALVES, None)
    found = stretches_meant(words)
    if len(found) == 2:
        draft[_HALVES] = [_written(begins, begins + length) for begins, length in found]
        return Wrong(ctx.say("Is that before noon or after noon? Please tap the time you mean."))
    if not found:
        return Wrong(ctx.say("I cannot read that time. Please write it like 19:00-20:00."))
    return list(found[0])


def moment_to_come(ctx: UpdateContext, draft: Draft, words: str) -> datetime | Wrong:
    """A local day and time that is not over. "Tomorrow at 9" is asked about, with both as buttons."""
    draft.pop(_HALVES, None)
    now = local_time(ctx.now, ctx.setup.community.zone)
    found = moments_meant(words, now, ctx.say.language)
    to_come = [each for each in found if each > now]
    if len(to_come) == 2:
        draft[_HALVES] = [f"{each:%Y-%m-%d %H:%M}" for each in to_come]
        return Wrong(ctx.say("Is that before noon or after noon? Please tap the time you mean."))
    if not found:
        return Wrong(ctx.say("I cannot read that as a day and a time. Please write it like: 2 December 9:00."))
    if not to_come:
        return Wrong(ctx.say("That time is over. Please give one that is still to come."))
    return to_come[0]


def _written(begins: int, ends: int) -> str:
    return f"{begins // 60:02}:{begins % 60:02}-{ends // 60 % 24:02}:{ends % 60:02}"
