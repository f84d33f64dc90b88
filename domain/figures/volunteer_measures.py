"""Who can be asked for help at some instant, by what had happened until then; docs/measures.md says it in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain import events
from domain.people.rights import Role

NOT_NOTED = ""
"""The trade of those who last said what they help with before that was noted with it."""


@dataclass
class VolunteerHistory:
    """All that figures need to know of a volunteer. Trades are codes."""

    trades: tuple[str, ...] = ()
    is_one: bool = False
    """Staff said yes, and they have not left since."""
    on_duty: bool = True
    paused_until: datetime | None = None
    in_reach: bool = True

    def after(self, kind: str, _at: datetime, data: Mapping[str, Any]) -> None:
        """Take in the next event that happened to them; of a kind that changes no figure: nothing."""
        fold = _FOLDS.get(kind)
        if fold is not None:
            fold(self, data)

    def on_call(self, at: datetime) -> bool:
        """Whether they are to be asked at that time, at the hours they chose."""
        paused = self.paused_until is not None and at < self.paused_until
        return self.is_one and self.on_duty and not paused and self.in_reach


@dataclass
class VolunteerMeasures:
    """Counts of volunteers at the end of a period."""

    volunteers: int = 0
    on_call: int = 0
    by_trade: Counter[str] = field(default_factory=Counter)
    """Those on call, by trade; who helps with two counts for both."""


def measure(histories: Iterable[VolunteerHistory], ends: datetime) -> VolunteerMeasures:
    """The measures of volunteers at that instant."""
    found = VolunteerMeasures()
    for history in histories:
        found.volunteers += history.is_one
        if history.on_call(ends):
            found.on_call += 1
            found.by_trade.update(dict.fromkeys(history.trades or (NOT_NOTED,), 1))
    return found


Fold = Callable[[VolunteerHistory, Mapping[str, Any]], None]


def _offered(history: VolunteerHistory, data: Mapping[str, Any]) -> None:
    history.trades = tuple(data.get("trades") or history.trades)


def _asked(history: VolunteerHistory, data: Mapping[str, Any]) -> None:
    _offered(history, data)
    history.is_one = False


def _approved(history: VolunteerHistory, data: Mapping[str, Any]) -> None:
    _offered(history, data)
    history.is_one, history.on_duty, history.paused_until = True, True, None


def _role_lost(history: VolunteerHistory, data: Mapping[str, Any]) -> None:
    if data["role"] == Role.VOLUNTEER:
        history.is_one = False


def _duty(history: VolunteerHistory, data: Mapping[str, Any]) -> None:
    until = data["until"]
    history.on_duty, history.paused_until = data["on"], datetime.fromisoformat(until) if until else None


def _out_of_reach(history: VolunteerHistory, _data: Mapping[str, Any]) -> None:
    history.in_reach = False


def _in_reach(history: VolunteerHistory, _data: Mapping[str, Any]) -> None:
    history.in_reach = True


_FOLDS: dict[str, Fold] = {
    events.VolunteerAsked.KIND: _asked,
    events.VolunteerApproved.KIND: _approved,
    events.VolunteerChanged.KIND: _offered,
    events.RoleRevoked.KIND: _role_lost,
    events.DutyChanged.KIND: _duty,
    events.PersonUnreachable.KIND: _out_of_reach,
    events.PersonReachable.KIND: _in_reach,
}
READ = tuple(_FOLDS)
"""The kinds of events that change a figure of volunteers."""
