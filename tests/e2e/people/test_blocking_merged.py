"""Of reports that were put together the one who wrote the words is blocked, on whichever card they stand."""

from tests.e2e.conftest import Estate, shows
from tests.e2e.people.test_blocking import blocked, blocks_of, presses_block
from tests.e2e.reports.test_merging import merges, two


async def test_of_a_report_that_is_part_of_another_its_own_writer_is_blocked(estate: Estate) -> None:
    """Li's report is part of Mei's; what Li adds stands below Mei's card, and Block there blocked Mei."""
    li = await two(estate)
    await merges(estate, 2, 1)
    await estate.settled()
    await li.replies(await li.sees("No. 2"), "You are thieves, all of you")
    await estate.staff.sees("You are thieves, all of you", estate.staff_chat)
    await estate.settled()
    await presses_block(estate, await estate.card(1))
    await shows(estate.staff, "“You are thieves", chat=estate.staff_chat)
    await estate.staff.presses("“You are thieves", estate.staff_chat)
    await shows(estate.staff, "Block them?", "You are thieves, all of you", chat=estate.staff_chat)
    await blocked(estate, li)
    assert await blocks_of(estate) == ["Li"]
