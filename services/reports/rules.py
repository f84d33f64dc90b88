"""What follows for reports from what other capabilities do: each event, and what is done because of it."""

from collections.abc import Callable
from typing import Any

from domain import events
from domain.community import Community
from services.reports import alarms, verdicts
from storage.core.database import Transaction

RULES: tuple[tuple[type[events.Event], Callable[[Transaction, Community, Any], None]], ...] = (
    (events.GroupLost, alarms.out_of_reach),
    (events.GroupClosed, alarms.out_of_reach),
    (events.PersonUnreachable, verdicts.reach),
    (events.PersonReachable, verdicts.reach),
)
