"""A stairwell the building does not have: the building stays, and a sentence says so."""

from tests.e2e.conftest import Estate, shows
from tests.e2e.reading import presses_send

WRONG = "There is no stairwell 3 in Building 1, so I have noted Building 1."


async def test_words_of_a_report_with_an_impossible_stairwell_keep_the_building(estate: Estate) -> None:
    mei = estate.resident
    sent = await mei.says("The lamp in building 1, stairwell 3 is dark")
    await shows(mei, "Place: North side, Building 1", WRONG)
    await mei.edits(sent, "The lamp in building 1, stairwell 2 is dark")
    card = await shows(mei, "Place: North side, Building 1, Stairwell 2")
    assert "There is no" not in card["text"]
    await presses_send(mei, card)
    await mei.sees("No. 1: Received")
    assert await estate.rows("SELECT area FROM reports") == [{"area": "b1-2"}]


async def test_so_does_a_typed_place_until_another_one_is_chosen(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("The lamp is dark")
    await mei.presses("Say where it is")
    await mei.sees("Where is it?")
    await mei.says("building 1 stairwell 3")
    card = await shows(mei, "Place: North side, Building 1 (building 1 stairwell 3)", WRONG)
    await mei.presses("Change the place", message=card)
    await mei.sees("Where is it?")
    said = await mei.says("north side, building 77")
    await shows(mei, "Place: North side", "There is no building 77 in North side", after=said)
    await mei.presses("Change the place")
    await mei.sees("Where is it?")
    said = await mei.says("North gate")
    card = await shows(mei, "Place: North gate", after=said)
    assert "There is no" not in card["text"]


async def test_a_day_of_the_month_and_the_gate_of_a_school_are_no_place_here(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("12月3号楼下的路灯一直不亮")
    sent = await mei.says("The north gate of the school is dark, too")
    await shows(mei, "[Say where it is", "of the school")
    await mei.edits(sent, "The northern gate is dark, too")
    await shows(mei, "Place: North gate")


async def test_it_is_said_in_chinese(estate: Estate) -> None:
    lin = await estate.newcomer("Lin", "zh-hans")
    await lin.says("一号楼三单元的灯不亮")
    await shows(lin, "北区1号楼", "1号楼没有“3单元”，已先记为1号楼。")


async def test_staff_who_say_the_place_read_it_too(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report("Something drips")
    await wei.presses("Place", group)
    await estate.staff_replies("where is no. 1?", "building 1 stairwell 3")
    await wei.sees(WRONG, group)
    assert await estate.rows("SELECT area, place FROM reports") == [{"area": "b1", "place": "building 1 stairwell 3"}]


async def test_a_volunteer_who_types_their_places_reads_it(estate: Estate) -> None:
    ana = await estate.newcomer("Ana", "en")
    await ana.says("/volunteer")
    await ana.presses("Plumbing", message=await ana.sees("What can you mend?"))
    await ana.presses("That is all", message=await shows(ana, "Chosen: Plumbing"))
    await ana.sees("Where do you help?")
    await ana.says("building 1 stairwell 3")
    await shows(ana, WRONG)
