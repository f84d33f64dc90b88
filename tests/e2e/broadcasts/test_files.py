"""Photos, documents and albums come below the words; one that Telegram refuses costs nobody the words."""

from typing import Any

from domain.core.parts import PartKind
from sandbox.client import written
from services.broadcasts import broadcasting
from storage.reports.reports import NewPart
from tests.e2e.broadcasts.conftest import Saying
from tests.e2e.conftest import PNG
from tests.e2e.reading import shows, until


async def file(saying: Saying, kind: PartKind) -> NewPart:
    """A file that Telegram knows."""
    said = (await saying.estate.staff.sends(kind, PNG, name="plan.png"))[kind]
    found: dict[str, Any] = said[-1] if isinstance(said, list) else said
    return NewPart(kind, file_id=found["file_id"], file_unique_id=found["file_unique_id"])


async def files_of(saying: Saying) -> list[str]:
    """What the resident has of files, oldest first."""
    mei = saying.estate.resident
    there = await mei.world.chat_messages(mei.id)
    return [
        kind
        for each in there
        for kind in ("photo", "document")
        if kind in each and each["from"]["id"] == mei.world.bot_id
    ]


async def test_files_stand_below_the_words_and_go_with_them(saying: Saying) -> None:
    estate = saying.estate
    parts = [await file(saying, kind) for kind in (PartKind.PHOTO, PartKind.PHOTO, PartKind.DOCUMENT)]
    await saying.says("Water off", *parts)
    got = await shows(estate.resident, "Water off")

    async def all_came() -> bool:
        return sorted(await files_of(saying)) == ["document", "photo", "photo"]

    await until(all_came, "the files")
    assert len(await estate.world.calls("sendMediaGroup")) == 1
    there = await estate.world.chat_messages(estate.resident.id)
    assert all(each["message_id"] >= got["message_id"] for each in there if "photo" in each or "document" in each)
    await saying.steers(broadcasting.withdraw)
    await shows(estate.staff, "Toy: withdrawn", "off every screen")
    await estate.settled()
    assert await files_of(saying) == []


async def test_those_telegram_refuses_the_photo_for_still_have_the_words(saying: Saying) -> None:
    estate = saying.estate
    bo = await estate.newcomer("Bo")
    photo = await file(saying, PartKind.PHOTO)
    refusal = {
        "kind": "refuse",
        "method": "sendPhoto",
        "words": "Bad Request: wrong file identifier/HTTP URL specified",
    }
    await estate.world.faults({**refusal, "chat": bo.id})
    await saying.says("Water off", photo)
    await shows(bo, "Water off")
    await shows(bo, "Missing here: 1 photo")
    await shows(estate.staff, "Toy: sent", "2 of 2 have it", "1 person got the words without a file")
    await estate.world.faults()
    failed = await estate.rows("SELECT id FROM outbox WHERE state = 'failed'")
    assert len(failed) == 1
    await estate.bot.database.run(lambda tx: tx.execute("UPDATE outbox SET state = 'dropped' WHERE state = 'failed'"))
    assert await files_of(saying) == ["photo"]
    # What stands in the photo's place goes with the words.
    await saying.steers(broadcasting.withdraw)
    await shows(estate.staff, "Toy: withdrawn", "off every screen")
    await estate.settled()
    there = [written(each) for each in await bo.world.chat_messages(bo.id)]
    assert not [each for each in there if "Missing here" in each or "Water off" in each]
