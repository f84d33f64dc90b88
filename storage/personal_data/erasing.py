"""The rows of one person in all tables whose declaration says that they are deleted or emptied, erased by it alone.

A table that comes later is erased without a line here. Where a row is also others' concern, or has to wait, the room
sees to it itself before: `SEEN_TO`.
"""

from storage.core import rows_of_person
from storage.core.database import Transaction
from storage.core.declared_data import Erasing, Held
from storage.personal_data.rooms import ROOMS

SEEN_TO = frozenset(
    {
        # By the rooms, number by number: some of it waits, or is the office's (services/<room>/erasing.py).
        *("reports", "report_parts", "danger_words", "nearby_words", "report_search", "project_photos"),
        *("report_photos", "photo_consents", "repairs", "repair_parts", "pledges", "pledge_wordings", "checkins"),
        # With what they were known by.
        *("people", "roles", "blocks"),
        # When nothing is left in Telegram that these lead to (bot/background/forgetting.py).
        *("inbox", "outbox", "messages", "cards", "chats"),
    }
)


def by_declaration(tx: Transaction, person: int) -> None:
    """Erase what no room has seen to itself. To be called after the rooms: other tables may lead by theirs."""
    for held in _declared():
        where = rows_of_person.condition(tx, held)
        if held.erase.how is Erasing.DELETE:
            tx.execute(f"DELETE FROM {held.table} WHERE {where}", {"person": person})
        else:
            values = ", ".join(f"{column} = NULL" for column in held.erase.columns.split())
            tx.execute(f"UPDATE {held.table} SET {values} WHERE {where}", {"person": person})


def _declared() -> list[Held]:
    """Those that refer to others before these: the declarations name a table before what refers to it."""
    found = [held for room in ROOMS for held in room.held if held.table not in SEEN_TO]
    return [held for held in reversed(found) if held.erase.how is not Erasing.KEEP]
