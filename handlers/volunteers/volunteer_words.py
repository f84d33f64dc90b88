"""How a volunteer's offer is spoken of: trades, places, hours."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from babel.dates import get_day_names

from domain.calendar.hours import MINUTES_A_DAY, Window
from domain.community import Community
from domain.repairs.dispatch import EVERYWHERE
from handlers.kit.texts import Html, Speaker, lines
from handlers.repairs import repair_words
from storage.volunteers.volunteers import Profile, Volunteer


def trades(community: Community, say: Speaker, codes: Iterable[str]) -> str:
    """The trades by name."""
    return say.listed(repair_words.trade(community, say, code) for code in codes)


def areas(community: Community, say: Speaker, codes: Iterable[str]) -> str:
    """The places by name."""
    names = (say.label("everywhere") if code == EVERYWHERE else _place(community, say, code) for code in codes)
    return say.listed(names)


def _place(community: Community, say: Speaker, code: str) -> str:
    area = community.area(code)
    return community.place_name(code, say.language) if area else code


def hours(say: Speaker, always: bool, windows: Sequence[Window]) -> str:
    """`Round the clock`, or the days and times of each stretch."""
    if always:
        return say.label("round the clock")
    stretches: dict[tuple[int, int], list[int]] = {}
    for window in windows:
        stretches.setdefault((window.opens, window.closes), []).append(window.weekday)
    return say.listed(
        say.label("{days} {opens}–{closes}", days=days(say, weekdays), opens=_clock(opens), closes=_clock(closes))
        for (opens, closes), weekdays in sorted(stretches.items(), key=lambda each: (min(each[1]), each[0]))
    )


def days(say: Speaker, weekdays: Sequence[int]) -> str:
    """`Mon–Fri`, or each of them."""
    first, last = min(weekdays), max(weekdays)
    if len(weekdays) > 2 and sorted(weekdays) == list(range(first, last + 1)):
        return say.label("{first} to {last}", first=day_name(say, first), last=day_name(say, last))
    return say.listed(day_name(say, each) for each in sorted(weekdays))


def day_name(say: Speaker, weekday: int) -> str:
    """A weekday in short; Monday is 0."""
    return str(get_day_names("abbreviated", locale=say.language)[weekday])


def _clock(minutes: int) -> str:
    return "24:00" if minutes == MINUTES_A_DAY else f"{minutes // 60:02d}:{minutes % 60:02d}"


def full_offer(community: Community, say: Speaker, profile: Profile) -> Html:
    """All that somebody offers, a line each; the telephone number not."""
    return lines(
        say("Trades: {trades}", trades=trades(community, say, profile.trades)),
        say("Places: {places}", places=areas(community, say, profile.areas)),
        say("Hours: {hours}", hours=hours(say, profile.always, profile.windows)),
        say.plural("{count} job at a time", "{count} jobs at a time", profile.at_once),
        say("At night: may be rung for what cannot wait") if profile.night else say("At night: no"),
    )


def duty(say: Speaker, volunteer: Volunteer, now: datetime) -> Html:
    """Whether they are on call."""
    if not volunteer.on_duty:
        return say("You are OFF call: I ask you nothing.")
    if volunteer.paused_until is not None and volunteer.paused_until > now:
        return say("You are off call until {when}.", when=say.moment(volunteer.paused_until, now))
    return say("You are ON call, in the hours you chose.")
