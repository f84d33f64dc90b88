"""What waits for staff, besides reports, is in their group once they have one, or the bot is back in it.

Rows for a group that was out of reach are put away: without this nobody would ever read of them, and whoever sent them
reads that staff do.
"""

from domain import events
from domain.core.subjects import subject
from handlers.kit.update_context import Setup
from handlers.pledges import pledge_staff
from handlers.repairs import repair_desk
from handlers.volunteers import volunteer_notices
from services.pledges.pledges import known
from storage.core import messages, settings
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.pledges import pledges
from storage.repairs import repairs
from storage.volunteers import volunteers

MOST = 100
"""So many of each; the lists of the commands show all."""


def again(tx: Transaction, setup: Setup, event: events.ChatEvent) -> None:
    staff = settings.staff_chat(tx)
    if staff is None or staff != event.chat:
        return
    for repair in repairs.unfilled(tx, MOST):
        repair_desk.post(tx, setup, repair)
    for number in pledges.waiting(tx, MOST):
        pledge_staff.refresh(tx, setup, known(tx, number))
    for person in volunteers.waiting(tx, MOST):
        if messages.newest_with_purpose(tx, staff, subject("person", person), Purpose.VOLUNTEER) is None:
            volunteer_notices.ask_staff(tx, setup, person)
