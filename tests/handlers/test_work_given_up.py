"""What is done beside the loop and given up is told in a sentence of its own, not by the name of its kind."""

import pytest

from domain.events import WorkGivenUp
from domain.people.rights import Role
from handlers.kit.update_context import Setup
from handlers.operations import refusal_notices
from services.operations import backups
from storage.core.database import Transaction
from tests.support import FEATURES, in_transaction, person, texts_of

TOLD = sorted(set(FEATURES.workers) - {backups.KIND})
"""A backup that is missed is told as such (domain/events/operations.py)."""


@pytest.mark.parametrize("kind", TOLD)
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
async def test_each_kind_has_its_sentence(kind: str, language: str, database, setup: Setup) -> None:  # type: ignore[no-untyped-def]
    @in_transaction
    def told(tx: Transaction) -> None:
        person(tx, "Ann", Role.ADMIN, language=language)
        refusal_notices.given_up(tx, setup, WorkGivenUp(work=3, of=kind, about="chat:1", error="OSError"))
        (text,) = texts_of(tx)
        assert "OSError" in text and f"({kind})" not in text and f"（{kind}）" not in text

    await told(database)
