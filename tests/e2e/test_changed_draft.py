"""A message changed while its report is being written: nothing that was said is lost, and staff read the last."""

from tests.e2e.conftest import Estate


async def test_how_it_read_before_stays_on_record_and_is_sent_to_nobody(estate: Estate) -> None:
    mei, wei = estate.resident, estate.staff
    said = await mei.says("The gate squeaks")
    await mei.sees("NOT SENT YET")
    await mei.edits(said, "The gate squeaks and sticks")
    await mei.sees("and sticks")
    # The one that was made first comes last.
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
