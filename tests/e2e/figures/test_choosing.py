"""/figures of one area or one category alone, chosen in steps."""

from sandbox.client import buttons, written
from tests.e2e.conftest import Estate
from tests.e2e.reading import newest, presses_what

AREAS, CATEGORIES = "fe:*", "fk:*"
NORTH, LIGHTING = "fg:month:*:nothing=north", "fg:month:*=lighting:*"


async def test_of_one_category_and_one_area_and_of_all_again(estate: Estate) -> None:
    """The lamp of the first report is in Building 3, which lies in the north; its place is found in the words."""
    wei = estate.staff
    await estate.report()
    await estate.report("Rubbish everywhere", by=await estate.newcomer("Bo"))
    await wei.says("/figures")
    shown = await wei.sees("Collected: 2\n")
    assert len(shown["reply_markup"]["inline_keyboard"]) <= 8
    await presses_what(wei, CATEGORIES, message=shown)
    await presses_what(wei, LIGHTING, message=await wei.sees("Figures of which category?"))
    shown = await wei.sees("Only: Lighting")
    assert "Collected: 1\n" in written(shown) and "• Lighting" in [each["text"] for each in buttons(shown)]
    await presses_what(wei, AREAS, message=shown)
    menu = await wei.sees("Figures of which area?")
    await presses_what(wei, "fe:month:*=lighting:nothing=north:0", message=menu)
    menu = await wei.sees("Figures of which part of North side?")
    await presses_what(wei, "fg:month:*=lighting:nothing=north", message=menu)
    shown = await wei.sees("Only: North side · Lighting")
    await presses_what(wei, "fg:month:*=lighting:area=north", message=shown)
    shown = await newest(wei, lambda each: "Building 3: 1 collected" in written(each), "groups")
    assert "Only: North side · Lighting" in written(shown)
    await presses_what(wei, AREAS, message=shown)
    await presses_what(wei, "fg:month:*=lighting:area", message=await wei.sees("Figures of which area?"))
    shown = await wei.sees("Only: Lighting\n")
    await presses_what(wei, CATEGORIES, message=shown)
    await presses_what(wei, "fg:month:2026-11-01:area", message=await wei.sees("Figures of which category?"))
    assert "Only" not in written(await newest(wei, lambda each: "Not given: 1 coll" in written(each), "all"))


async def test_the_way_back_and_other_pages(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()
    await wei.says("/figures")
    await presses_what(wei, CATEGORIES, message=await wei.sees("Collected: 1\n"))
    menu = await wei.sees("Figures of which category?")
    seen = {each["text"] for each in buttons(menu)}
    await presses_what(wei, "fk:month:*:1:nothing", message=menu)
    menu = await newest(wei, lambda each: "(2 of" in str(each.get("reply_markup")), "the second page")
    assert {each["text"] for each in buttons(menu)} - seen, "others than on the first page"
    await presses_what(wei, "fg:month:2026-11-01:nothing", message=menu)
    await presses_what(wei, AREAS, message=await wei.sees("Collected: 1\n"))
    await presses_what(wei, "fe:*=north:0", message=await wei.sees("Figures of which area?"))
    menu = await wei.sees("Figures of which part of North side?")
    assert len(menu["reply_markup"]["inline_keyboard"]) <= 8
    await presses_what(wei, "fe:month:2026-11-01:nothing:0", message=menu)
    await wei.sees("Figures of which area?")


async def test_an_area_or_category_that_has_gone_is_said_to(estate: Estate) -> None:
    """Also where somebody makes up a button."""
    wei = estate.staff
    await estate.report()
    await wei.says("/figures")
    shown = await wei.sees("Collected: 1\n")
    for data in ("fg:month:2026-11-01:nothing=moon", "fg:month:2026-11-01=moon:nothing"):
        press = await wei.forges(shown, data)
        assert "That choice is not there any more" in (await wei.popup(press))["text"]
    assert "Only" not in written(await wei.sees("Collected: 1\n"))


async def test_residents_choose_nothing(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await wei.says("/figures")
    await wei.sees("Collected: 1\n")
    said = await mei.says("/help")
    helped = await newest(mei, lambda each: each["message_id"] > said["message_id"], "help")
    for data in ("fe:month:2026-11-01:nothing:0", "fk:month:2026-11-01:0:nothing", "fq:month:2026-11-01:nothing"):
        press = await mei.forges(helped, data)
        assert "You cannot do that" in (await mei.popup(press))["text"]
    assert await estate.rows("SELECT 1 FROM scheduled_tasks WHERE kind = 'figures_picture'") == []
