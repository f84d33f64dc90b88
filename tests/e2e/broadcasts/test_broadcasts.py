"""Words to many arrive with each, in their language, once; they are corrected and withdrawn in place."""

from services.broadcasts import broadcasting
from tests.e2e.broadcasts.conftest import Saying
from tests.e2e.reading import shows


async def test_everybody_reads_it_in_their_language_and_below_their_own_card(saying: Saying) -> None:
    estate = saying.estate
    lin = await estate.newcomer("Lin", "zh-hans")
    bo = await estate.newcomer("Bo")
    card = await estate.report()
    await saying.says("Water off tomorrow, 9 to 12", languages={"zh_Hans": "明天9点到12点停水"})
    got = await shows(estate.resident, "Your report", "Water off tomorrow")
    assert got["reply_to_message"]["message_id"] == card["message_id"]
    assert "reply_to_message" not in await shows(bo, "Water off tomorrow")
    await shows(lin, "明天9点到12点停水")
    await shows(estate.staff, "Toy: sent", "3 of 3 have it")
    # A reply finds what it belongs to.
    await bo.replies(await shows(bo, "Water off"), "and on Sunday?")
    await shows(bo, f"You answered broadcast {saying.number}: and on Sunday?")
    # Corrected in place, and then withdrawn.
    await saying.steers(broadcasting.correct, None, "Water off tomorrow, 10 to 13")
    corrected = await shows(estate.resident, "Your report", "10 to 13")
    assert corrected["message_id"] == got["message_id"]
    await shows(bo, "10 to 13")
    await shows(lin, "9点到12点停水")
    await saying.steers(broadcasting.withdraw)
    await shows(estate.staff, "Toy: withdrawn", "off every screen")
    for each in (estate.resident, lin, bo):
        await each.sees_no("Water off")
        await each.sees_no("停水")
