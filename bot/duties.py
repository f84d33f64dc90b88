"""What the tick does when something is due, by kind of row."""

from typing import Any

from bot.scheduler import Duty
from handlers import database_notices, house_notices
from handlers.here import Setup
from services import drafts
from storage.database import Transaction


def duties(setup: Setup) -> dict[str, Duty]:
    """Every kind of row in `due`, and who handles it."""

    def draft(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        drafts.remind(tx, subject, data["stage"], setup.community.zone)

    def staff_cards(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        house_notices.repost(tx, setup, subject, data)

    def restored_cards(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        database_notices.refresh_cards(tx, setup, subject, data)

    return {drafts.KIND: draft, house_notices.REPOST: staff_cards, database_notices.CARDS: restored_cards}
