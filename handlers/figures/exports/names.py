"""What the codes of a community are called in one language, looked up once however many rows there are."""

from collections.abc import Iterable
from functools import cache

from domain.community import Community
from domain.figures.report_history import Channel, Outcome, Ruling, Way
from handlers.kit.texts import Speaker


class Names:
    """Names by code; the code itself where the community file knows it no more."""

    def __init__(self, community: Community, say: Speaker) -> None:
        self.community = community
        self.say = say
        self.area = cache(self._area)
        self.category = cache(self._category)
        self.department = cache(self._department)
        self.trade = cache(self._trade)

    def areas(self, codes: Iterable[str]) -> str | None:
        """Several places, with the language's own marks between them."""
        return self.say.listed(str(self.area(code)) for code in codes) or None

    def departments(self, codes: Iterable[str]) -> str | None:
        """Several departments."""
        return self.say.listed(str(self.department(code)) for code in codes) or None

    def department_of(self, category: str | None, by_hand: str | None) -> str | None:
        """The code of the department something is with: the one it was sent to, else its category's."""
        known = self.community.category(category) if category else None
        return by_hand or (known.department if known else None)

    def _area(self, code: str | None) -> str | None:
        return (self.community.place_name(code, self.say.language) or code) if code else None

    def _category(self, code: str | None) -> str | None:
        known = self.community.category(code) if code else None
        return self.say.words(known.name) if known else code

    def _department(self, code: str | None) -> str | None:
        known = self.community.department(code)
        return self.say.words(known.name) if known else code

    def _trade(self, code: str) -> str:
        known = self.community.trade(code)
        return self.say.words(known.name) if known else code


def channel(say: Speaker, of: Channel) -> str:
    """By which way a report came."""
    names: dict[str, str] = {
        "chat": say.label("In the chat"),
        "recorded": say.label("Recorded by staff"),
        "counter": say.label("At the counter"),
        "phone": say.label("By phone"),
        "representative": say.label("By a representative"),
    }
    return names.get(of, of)


def way(say: Speaker, of: Way | None) -> str | None:
    """By what a report was handled first."""
    if of is None:
        return None
    return {
        Way.RESOLVED: say.label("Resolved"),
        Way.DECLINED: say.label("Declined"),
        Way.PASSED_ON: say.label("Passed on"),
        Way.MERGED: say.label("Merged"),
    }[of]


def outcome(say: Speaker, of: Outcome) -> str:
    """What became of one time that staff said it is fixed."""
    return {
        Outcome.CONFIRMED: say.label("Yes, it is fixed"),
        Outcome.DISPUTED: say.label("No, it is not fixed"),
        Outcome.SILENT: say.label("No reply"),
        Outcome.NOT_REACHABLE: say.label("Nobody could be asked"),
        Outcome.WITHDRAWN: say.label("Withdrawn before a reply"),
        Outcome.ASKED: say.label("Still being asked"),
    }[of]


def ruling(say: Speaker, of: Ruling | None) -> str | None:
    """What became of an objection."""
    if of is None:
        return None
    return {
        Ruling.GRANTED: say.label("Reopened"),
        Ruling.REFUSED: say.label("Decision stands"),
        Ruling.DROPPED: say.label("No decision needed"),
        Ruling.WAITING: say.label("Waiting for a decision"),
    }[of]
