"""Topics of the staff group where several capabilities write."""

from handlers.kit.update_context import Setup
from storage.core import chats
from storage.core.database import Transaction


def promises(tx: Transaction, setup: Setup, staff: int) -> int:
    """The topic for promises, and for the names those who make them are known by."""
    return chats.topic(tx, staff, "pledges", setup.group_speaker.label("Promises"))


def repairs(tx: Transaction, setup: Setup, staff: int) -> int:
    """The topic for volunteers and what they cannot solve."""
    return chats.topic(tx, staff, "repairs", setup.group_speaker.label("Repairs"))


def notices(tx: Transaction, setup: Setup, staff: int) -> int:
    """The topic for notices that wait for a second yes."""
    return chats.topic(tx, staff, "notices", setup.group_speaker.label("Notices"))
