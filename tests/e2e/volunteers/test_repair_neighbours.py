"""Being known: who helps with what, who is on call; people without Telegram; a report that reads like a repair."""

from sandbox.client import Person, buttons, written
from tests.e2e.conftest import Estate, shows
from tests.e2e.reading import TAKES_REPAIR, asked_to_send, presses_send, presses_what
from tests.e2e.repairing import ADDRESS, asks, volunteer


async def test_neighbours_read_of_those_who_agreed_and_nobody_else(estate: Estate) -> None:
    await estate.resident.says("/neighbours")
    await estate.resident.sees("Nobody stands here yet")
    lao = await volunteer(estate, "Lao Wang", listed=True, phone="139 0000 1234")
    await volunteer(estate, "Shy")
    await estate.resident.says("/neighbours")
    shown = await shows(estate.resident, "Neighbours who help", "Lao Wang", "Helps with: Plumbing")
    assert "Shy" not in written(shown) and "139" not in written(shown)
    await lao.says("/duty")
    await lao.presses("Hide me from neighbours")
    await lao.sees("[Show me to neighbours]")
    await estate.resident.says("/neighbours")
    await shows(estate.resident, "Nobody stands here yet", after=shown)


async def test_an_introduction_goes_to_an_area_once(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang", listed=True)
    await volunteer(estate, "Shy")
    far = await estate.newcomer("Far")
    await estate.report("The bench in Building 4 is broken", far)
    await asks(estate)
    for expected in (1, 0):
        await estate.staff.says("/oncall")
        await estate.staff.presses("Introduce somebody", message=await shows(estate.staff, "[Introduce somebody]"))
        whom = await shows(estate.staff, "Who shall be introduced")
        assert [each["text"] for each in buttons(whom)] == ["Lao Wang", "Back"], "only those who agreed"
        await estate.staff.presses("Lao Wang", message=whom)
        await estate.staff.presses("North side", message=await shows(estate.staff, "To whom shall Lao Wang"))
        sure = await shows(estate.staff, f"This goes to {expected} neighbour", "Helps with: Plumbing")
        await estate.staff.presses("Send it", message=sure)
        await shows(estate.staff, f"{expected} neighbour")
    await shows(estate.resident, "A neighbour who helps", "Lao Wang", "Helps with: Plumbing")
    await estate.settled()
    counts = {}
    for each in (estate.resident, far, lao):
        said = [written(message) for message in await estate.world.chat_messages(each.id)]
        counts[each.id] = sum("A neighbour who helps" in text for text in said)
    assert counts == {estate.resident.id: 1, far.id: 0, lao.id: 0}


async def test_who_is_on_call_and_where_nobody_is(estate: Estate) -> None:
    await volunteer(estate, "Lao Wang")
    await volunteer(estate, "Sparky", trades=("electricity",), areas=("south",), night=True)
    await estate.staff.says("/oncall")
    now = await shows(estate.staff, "On call now: the whole community", "Plumbing: Lao Wang", "Electricity: Sparky")
    assert "Furniture and wood: nobody" in written(now)
    await estate.staff.presses("North side", message=now)
    await shows(estate.staff, "On call now: North side", "Plumbing: Lao Wang", "Electricity: nobody")
    await estate.staff.presses("Where nobody can come")
    gaps = await shows(estate.staff, "Where nobody can come, in a usual week", "Electricity, North side: nobody by day")
    for line in ("Electricity, North side: nobody by day or at night", "Furniture and wood: nobody anywhere"):
        assert line in written(gaps)
    assert "Plumbing, North side: nobody by day" not in written(gaps)
    await estate.resident.says("/oncall")
    await estate.resident.sees("You cannot do that")


async def for_a_neighbour(mei: Person) -> None:
    """Ask for somebody without Telegram, up to the summary."""
    await mei.taps("Ask for a repair")
    await mei.presses("For someone without Telegram", message=await mei.sees("What is broken?"))
    await mei.sees("You ask for somebody without Telegram")
    await mei.says("Her tap drips")
    await mei.presses("Plumbing", message=await mei.sees("Who is needed?"))
    await mei.presses("Today", message=await mei.sees("How soon?"))
    await mei.sees("Where is it?")
    await mei.says("building 3")
    await mei.sees("The address to the door?")
    await mei.says(ADDRESS)
    await mei.sees("What are they called?")
    await mei.says("Grandmother Zhou")
    await mei.sees("Their telephone number?")
    await mei.says("none")
    await mei.sees("Please write a telephone number in digits.")
    await mei.says("021 5555 1234")
    await mei.presses("Yes, they agree", message=await mei.sees("Do they agree"))
    await mei.presses("Leave this out", message=await mei.sees("When is somebody home?"))
    await asked_to_send(mei, "For whom: Grandmother Zhou")


async def test_for_somebody_without_telegram(estate: Estate) -> None:
    lao, other = await volunteer(estate, "Lao Wang"), await volunteer(estate, "Other")
    await for_a_neighbour(estate.resident)
    await presses_send(estate.resident)
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it", "Name: Grandmother Zhou", "Telephone: 021 5555 1234", "have no Telegram")
    await shows(
        estate.resident,
        "Repair 1: Somebody will come",
        "For whom: Grandmother Zhou",
        "Please tell Grandmother Zhou the code and who comes",
    )
    await shows(estate.resident, "Lao Wang comes to them (repair 1)", "Please tell Grandmother Zhou the code")
    await estate.settled()
    for message in await estate.world.chat_messages(other.id):
        assert "5555" not in written(message) and "Zhou" not in written(message)
    for message in await estate.world.chat_messages(estate.staff_chat):
        assert "5555" not in written(message) and "Zhou" not in written(message)
    await estate.resident.says("/repair The tap drips")
    await estate.resident.presses("Plumbing", message=await shows(estate.resident, "Who is needed?"))
    await estate.resident.presses("Today", message=await shows(estate.resident, "How soon?"))
    await estate.resident.sees("Where is it?")


async def test_a_report_that_reads_like_a_repair_is_offered_the_way_over(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("My kitchen tap drips, the sink is full")
    summary = await asked_to_send(mei)
    assert "Ask a volunteer" not in written(summary), "with nobody who can mend it there is no way over"
    await mei.presses("Cancel")
    lao = await volunteer(estate, "Lao Wang")
    await mei.says("My kitchen tap drips, the sink is full")
    summary = await asked_to_send(mei, "A volunteer may be able to mend it", "[Ask a volunteer: Plumbing]")
    assert len(buttons(summary)) <= 8
    await mei.presses("Ask a volunteer: Plumbing", message=summary)
    await mei.sees("No report was sent.")
    await mei.presses("Today", message=await mei.sees("How soon?"))
    await mei.sees("Where is it?")
    await mei.says("building 3")
    await mei.sees("The address to the door?")
    await mei.says(ADDRESS)
    await mei.presses("No", message=await mei.sees("keep this address"))
    await mei.presses("Leave this out", message=await mei.sees("When is somebody home?"))
    await presses_send(mei, await asked_to_send(mei, "My kitchen tap drips", "Trade: Plumbing"))
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it", "My kitchen tap drips")
    assert await estate.rows("SELECT id FROM reports") == []


async def test_what_is_no_repair_is_offered_no_volunteer(estate: Estate) -> None:
    await volunteer(estate, "Lao Wang")
    await estate.resident.says("The stairwell light in Building 3 is broken")
    assert "Ask a volunteer" not in written(await asked_to_send(estate.resident))
