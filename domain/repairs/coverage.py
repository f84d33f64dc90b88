"""Who could come in a usual week, and where nobody can: for each trade and area, by day and by night.

Pure. A week is 168 hours of local time, kept as the bits of a number; an hour is covered when somebody is on call for
all of it. Pauses do not count: they pass.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from domain.calendar.hours import Window
from domain.calendar.quiet import QuietHours
from domain.community import Community
from domain.repairs.dispatch import EVERYWHERE

HOURS = 24 * 7


@dataclass(frozen=True)
class Offer:
    """What one volunteer, or several alike, cover: a trade in an area at some hours, at night only with `night`."""

    trade: str
    area: str
    always: bool
    windows: tuple[Window, ...]
    night: bool


@dataclass(frozen=True)
class Gap:
    """Of a trade in an area (one at the top of the tree) so many hours of the week are covered, by day or by night."""

    trade: str
    area: str
    night: bool
    covered: int
    of: int

    @property
    def nobody(self) -> bool:
        """Never anybody at all."""
        return self.covered == 0


@lru_cache(maxsize=4096)
def hours_of(always: bool, windows: tuple[Window, ...]) -> int:
    """The hours of the week somebody is on call, as bits; Monday's first is bit 0."""
    if always:
        return (1 << HOURS) - 1
    bits = 0
    for window in windows:
        first, last = -(-window.opens // 60), window.closes // 60
        for hour in range(first, last):
            bits |= 1 << (window.weekday * 24 + hour)
    return bits


def night_hours(quiet: QuietHours) -> int:
    """The hours of the week in which only those are rung who chose it, as bits."""
    over_midnight = quiet.begins > quiet.ends
    bits = 0
    for hour in range(24):
        after, before = hour >= quiet.begins, hour < quiet.ends
        night = after or before if over_midnight else after and before
        for day in range(7):
            bits |= int(night) << (day * 24 + hour)
    return bits


def gaps(community: Community, offers: Iterable[Offer]) -> list[Gap]:
    """Every trade and area that is not covered at all hours, those with nobody first."""
    nights = night_hours(community.care.quiet)
    days = ((1 << HOURS) - 1) & ~nights
    top = {each.code: area.code for area in community.areas for each in area.walk()}
    covered: dict[tuple[str, str], int] = {}
    for offer in offers:
        hours = hours_of(offer.always, offer.windows)
        if not offer.night:
            hours &= days
        codes = [area.code for area in community.areas] if offer.area == EVERYWHERE else [top.get(offer.area, "")]
        for code in codes:
            covered[offer.trade, code] = covered.get((offer.trade, code), 0) | hours
    found = []
    for trade in community.trades:
        for area in community.areas:
            hours = covered.get((trade.code, area.code), 0)
            for night, wanted in ((False, days), (True, nights)):
                have = (hours & wanted).bit_count()
                if have < wanted.bit_count():
                    found.append(Gap(trade.code, area.code, night, have, wanted.bit_count()))
    return sorted(found, key=lambda gap: (not gap.nobody, gap.night))
