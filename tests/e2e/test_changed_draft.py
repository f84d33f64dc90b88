"""A message changed while its report is being written: nothing that was said is lost, and staff read the last."""

import asyncio
from typing import Any

from tests.e2e.conftest import Estate

Json = dict[str, Any]


async def test_how_it_read_before_stays_on_record_and_is_sent_to_nobody(estate: Estate) -> None:
    mei, wei = estate.resident, estate.staff
    said = await mei.says("The gate squeaks")
    await mei.sees("NOT SENT YET")
    await mei.edits(said, "The gate squeaks and sticks")
    await mei.sees("and sticks")
    await mei.edits(said, "The gate squeaks and")
    await estate.settled()
    await mei.presses("Send it like this")
    await mei.sees("Received")
    assert await estate.rows("SELECT purpose, text FROM voice_parts ORDER BY id") == [
        {"purpose": "report", "text": "The gate squeaks and"},
        {"purpose": "earlier", "text": "The gate squeaks"},
        {"purpose": "earlier", "text": "The gate squeaks and sticks"},
    ]
    assert "sticks" not in (await estate.card())["text"]
    await wei.says("/find sticks")
    await wei.sees("There is nothing with all of these words.")


async def test_of_two_changes_the_one_made_last_counts_whichever_comes_first(estate: Estate) -> None:
    mei = estate.resident
    said = await mei.says("The gate squeaks")
    await mei.sees("NOT SENT YET")
    await _overtaken(estate, said, "The gate squeaks loudly", "The gate squeaks loudly at night")
    await mei.presses("Send it like this")
    await mei.sees("Received")
    await _overtaken(estate, said, "The gate squeaks loudly at noon", "The gate squeaks loudly at noon too")
    parts = await estate.rows("SELECT purpose, text FROM voice_parts ORDER BY id")
    assert [part["text"] for part in parts if part["purpose"] != "earlier"] == [
        "The gate squeaks loudly at night",
        "The gate squeaks loudly at noon too",
    ]
    assert [part["text"] for part in parts if part["purpose"] == "earlier"] == [
        "The gate squeaks",
        "The gate squeaks loudly",
        "The gate squeaks loudly at noon",
    ]


async def _overtaken(estate: Estate, said: Json, first: str, last: str) -> None:
    """The message is changed twice; the first change comes after the last."""
    await estate.world.faults({"kind": "late_update", "seconds": 1.0, "times": 1})
    await estate.resident.edits(said, first)
    await estate.world.advance(seconds=2)
    await estate.resident.edits(said, last)
    deadline = asyncio.get_running_loop().time() + 8
    while True:
        if await estate.rows("SELECT 1 FROM inbox WHERE body LIKE ?", f'%{first}"%'):
            break
        assert asyncio.get_running_loop().time() < deadline, f"never came: {first}"
        await asyncio.sleep(0.02)
    await estate.settled()
