"""Two of the staff at once: one wins, and the other is told who, whether they pressed or replied."""

from tests.e2e.conftest import Estate, shows
from tests.e2e.reading import RESOLVE, TAKE, presses_what


async def test_both_were_asked_what_was_done(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    bo = await estate.colleague("Bo")
    await estate.report()
    card = await estate.card()
    await presses_what(wei, RESOLVE, group, card)
    first = await wei.sees("Wei, what was done about no. 1?", group)
    await presses_what(bo, RESOLVE, group, card)
    second = await bo.sees("Bo, what was done about no. 1?", group)
    await bo.replies(second, "New lamp", group)
    await estate.resident.sees("New lamp")
    await wei.replies(first, "New cable", group)
    await wei.sees("This has changed meanwhile: RESOLVED, resident asked, Bo.", group)
    await estate.settled()
    assert len(await estate.rows("SELECT 1 FROM report_parts WHERE purpose = 'resolution'")) == 1


async def test_who_decided_is_named_and_not_who_is_in_charge(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    bo = await estate.colleague("Bo")
    await estate.report()
    card = await estate.card()
    await presses_what(bo, TAKE, group, card)
    taken = await shows(wei, "No. 1 · TAKEN", "In charge: Bo", chat=group)
    data = next(each["callback_data"] for row in taken["reply_markup"]["inline_keyboard"] for each in row)
    await wei.presses("Start", group, taken)
    await shows(wei, "No. 1 · IN WORK", chat=group)
    press = await bo.forges(taken, data, group)
    assert (await bo.popup(press))["text"] == "This has changed meanwhile: IN WORK, Wei."
