"""Words of danger reach staff by whatever way they come, and a change of a repair that was asked for is heard."""

import pytest

from sandbox.client import written
from tests.e2e.conftest import Estate, Json, shows
from tests.e2e.reading import TAKES_REPAIR, asked_to_send, presses_send, presses_what
from tests.e2e.repairing import asks, volunteer
from tests.e2e.repairs.test_repair_relay import taken

FIRE = "There is a fire in the kitchen, it is burning"


async def heard(estate: Estate) -> Json:
    """Staff read of it, and whoever wrote it read first whom to call."""
    await estate.resident.sees("Call 119 now")
    return await shows(estate.staff, "it is burning", "DANGER", chat=estate.staff_chat)


@pytest.mark.parametrize(
    "command", ["start", "help", "language", "my", "board", "cancel", "volunteer", "pledge", "what"]
)
async def test_behind_any_command(estate: Estate, command: str) -> None:
    await estate.resident.says(f"/{command} {FIRE}")
    await heard(estate)


async def test_while_something_else_is_asked(estate: Estate) -> None:
    await estate.resident.says("/volunteer")
    await estate.settled()
    await estate.resident.says(FIRE)
    await heard(estate)


@pytest.mark.parametrize("state", ["nobody has it", "closed"])
async def test_about_a_repair_that_nobody_reads(estate: Estate, state: str) -> None:
    status = await asks(estate)
    if state == "closed":
        await estate.resident.presses("Not needed any more", message=status)
        await estate.resident.presses("Yes, not needed")
        await estate.settled()
    said = await estate.resident.replies(status, FIRE)
    await heard(estate)
    await estate.settled()
    # More of it is folded onto the card that rang, and a change of a message is heard as well.
    await estate.resident.replies(status, "It burns, the fire is in the bedroom too")
    await estate.resident.sees("I have added this to your report no. 1 about the danger", after=said["message_id"])
    assert await estate.rows("SELECT count(*) AS n FROM reports") == [{"n": 1}]


async def test_what_the_other_side_has_got_stays_between_them(estate: Estate) -> None:
    lao = await taken(estate)
    await estate.resident.replies(await shows(estate.resident, "Repair 1: Somebody will come"), FIRE)
    await shows(lao, "it is burning")
    await estate.settled()
    assert not await estate.rows("SELECT id FROM reports")


async def test_what_is_refused_between_the_two_sides_is_heard(estate: Estate) -> None:
    await taken(estate)
    words = f"{FIRE}, ring me: 13800138000"
    await estate.resident.replies(await shows(estate.resident, "Repair 1: Somebody will come"), words)
    await estate.resident.sees("I did not pass this on")
    await heard(estate)


async def test_what_staff_write_rings_nobody(estate: Estate) -> None:
    await estate.staff.says(f"/find {FIRE}")
    await estate.staff.says(f"/help {FIRE}")
    await estate.settled()
    assert not await estate.rows("SELECT id FROM reports")


@pytest.mark.parametrize("has_it", [False, True])
async def test_the_words_of_a_repair_are_changed(estate: Estate, has_it: bool) -> None:
    """They went nowhere, without a word: whoever came read how it was before."""
    mei = estate.resident
    lao = await volunteer(estate, "Lao Wang")
    status = await asks(estate)
    more = None
    if has_it:
        await presses_what(lao, TAKES_REPAIR)
        await shows(lao, "you have taken it")
    else:
        more = await mei.replies(status, "The left tap")
        await mei.sees("Added to your repair")
    asked = next(each for each in await estate.world.chat_messages(mei.id) if "/repair" in written(each))
    changed = await mei.edits(asked, "/repair The bathroom tap drips")
    await mei.sees("Changed in your repair 1", after=changed["message_id"])
    if more is not None:
        await mei.edits(more, "The right tap")
        await shows(mei, "Repair 1:", "The right tap")
        await presses_what(lao, TAKES_REPAIR)
    job = await shows(lao, "you have taken it", "The bathroom tap drips")
    assert "kitchen" not in written(job) and "left" not in written(job)
    if has_it:
        await shows(lao, "they have changed what is wrong")
    # The same words again are no change, and of danger staff hear.
    await estate.settled()
    before = len(await estate.world.chat_messages(mei.id))
    await mei.edits(asked, "/repair The bathroom tap drips")
    await estate.settled()
    assert len(await estate.world.chat_messages(mei.id)) == before
    await mei.edits(asked, f"/repair {FIRE}")
    await heard(estate)


async def test_what_is_over_cannot_be_changed_and_says_so(estate: Estate) -> None:
    mei = estate.resident
    status = await asks(estate)
    await mei.presses("Not needed any more", message=status)
    await mei.presses("Yes, not needed")
    await estate.settled()
    asked = next(each for each in await estate.world.chat_messages(mei.id) if "/repair" in written(each))
    await mei.edits(asked, "/repair The bathroom tap drips")
    await mei.sees("I cannot change that in repair 1 any more")


@pytest.mark.parametrize("what", ["a draft that was cancelled", "a report that was taken back"])
async def test_by_a_change_of_what_is_over(estate: Estate, what: str) -> None:
    mei = estate.resident
    said = await mei.says("The kitchen light flickers")
    await asked_to_send(mei)
    if what == "a draft that was cancelled":
        await mei.presses("Cancel")
    else:
        await presses_send(mei)
        await mei.presses("Take back", message=await mei.sees("Received"))
        await mei.presses("Yes, take it back")
    await estate.settled()
    await mei.edits(said, FIRE)
    await heard(estate)


async def test_the_same_words_again_ring_nobody(estate: Estate) -> None:
    """Telegram tells of a link preview that was taken away as of a change."""
    said = await estate.resident.says(FIRE)
    await heard(estate)
    await estate.settled()
    await estate.world.advance(minutes=40)
    await estate.resident.edits(said, FIRE)
    await estate.settled()
    assert await estate.rows("SELECT count(*) AS n FROM reports") == [{"n": 1}]
    assert await estate.rows("SELECT count(*) AS n FROM dangers") == [{"n": 1}]
