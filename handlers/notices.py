"""Notices: what happened becomes messages, each in its reader's language. The one subscriber of events."""

from collections.abc import Callable
from typing import Any

from domain import events
from handlers.kit.conversation import draft_notices
from handlers.kit.here import Setup
from handlers.operations import database_notices, downtime_notices, house_notices, refusal_notices
from handlers.people import asleep, blocking, public_names, role_notices
from handlers.pledges import asleep_consents, pledge_keepers, pledge_notices
from handlers.repairs import relay_shown, repair_mending, repair_notices, repair_staff_notices, turning
from handlers.reports import readers, status_card
from handlers.reports.resident import broken_again, objecting, resident_notices, taking_back
from handlers.reports.staff import (
    alarm_copies,
    answer_copies,
    deadline_notices,
    deciding_notices,
    declining,
    handing_on,
    merging,
    recording,
    staff_menu,
    staff_notices,
    steering,
)
from handlers.staff_room import digest_notices, live_queue, waiting_again
from handlers.volunteers import neighbours, volunteer_notices
from services.reports import rules as report_rules
from services.volunteers import rules as volunteer_rules
from storage.core.database import Transaction
from storage.reports import voices

RULES = (*volunteer_rules.RULES, *report_rules.RULES)
"""What one capability does because of another's event: before anybody reads of it."""
WRITERS = {
    **staff_notices.WRITERS,
    **answer_copies.WRITERS,
    **steering.WRITERS,
    **handing_on.WRITERS,
    **merging.WRITERS,
    **declining.WRITERS,
    **objecting.WRITERS,
    **recording.WRITERS,
    **blocking.WRITERS,
    **draft_notices.WRITERS,
    **house_notices.WRITERS,
    **role_notices.WRITERS,
    **refusal_notices.WRITERS,
    **asleep.WRITERS,
    **asleep_consents.WRITERS,
    **public_names.WRITERS,
    **database_notices.WRITERS,
    **downtime_notices.WRITERS,
    **deadline_notices.WRITERS,
    **digest_notices.WRITERS,
    **deciding_notices.WRITERS,
    **broken_again.WRITERS,
    **pledge_notices.WRITERS,
    **repair_notices.WRITERS,
    **repair_staff_notices.WRITERS,
    **neighbours.WRITERS,
    **volunteer_notices.WRITERS,
    **relay_shown.WRITERS,
    **turning.WRITERS,
    **taking_back.WRITERS,
    **alarm_copies.WRITERS,
}


BESIDE: dict[type[events.Event], Callable[[Transaction, Setup, Any], None]] = {
    **repair_staff_notices.BESIDE,
    **repair_mending.BESIDE,
    **volunteer_notices.FOLLOWS,
    **alarm_copies.MORE,
    **waiting_again.BESIDE,
    events.RoleRevoked: pledge_keepers.left,
}
"""What an event causes beside its own writer: for staff, and for the repairs of somebody to whom something happened."""
TELLERS = {
    **resident_notices.TELLERS,
    **answer_copies.TELLERS,
    **steering.TELLERS,
    **handing_on.TELLERS,
    **merging.TELLERS,
    **declining.TELLERS,
    **objecting.TELLERS,
    **taking_back.TELLERS,
    **broken_again.TELLERS,
}
TO_REPORTER = {**resident_notices.TO_REPORTER, **steering.TO_REPORTER, **taking_back.TO_REPORTER}


class Notices:
    """Publishes events: hang `publish` on the database."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        staff_menu.register()

    def publish(self, tx: Transaction, event: events.Event) -> None:
        """Write what this event causes to be sent. An event nobody need hear of causes nothing."""
        for kind, rule in RULES:
            if kind is type(event):
                rule(tx, self._setup.community, event)
        # The resident first: for a resident and a member of staff who are one person it reads in order.
        if isinstance(event, events.VoiceEvent):
            self._to_residents(tx, event)
        writer = WRITERS.get(type(event))
        if writer is not None:
            writer(tx, self._setup, event)
        beside = BESIDE.get(type(event))
        if beside is not None:
            beside(tx, self._setup, event)
        if isinstance(event, events.VoiceEvent):
            live_queue.changed(tx)

    def _to_residents(self, tx: Transaction, event: events.VoiceEvent) -> None:
        kind = type(event)
        if kind in TELLERS:
            readers.tell(tx, self._setup, event, TELLERS[kind])
        elif kind in resident_notices.TO_ACTOR:
            voice = voices.by_id(tx, event.voice)
            assert voice is not None
            status_card.refresh_status(tx, self._setup, voice, event.actor)
        elif kind in TO_REPORTER:
            voice = voices.by_id(tx, event.voice)
            assert voice is not None
            status_card.refresh_status(tx, self._setup, voice)
            teller = TO_REPORTER[kind]
            if teller is not None:
                teller(tx, self._setup, event, voice, readers.reporter(tx, voice))
