"""Where people live: asked once when a notice goes to a place, said or not, changed in /settings."""

from sandbox.client import written
from tests.e2e.conftest import Estate, Json
from tests.e2e.notices.noticing import SEND, WATER, asks, gets, summary, writes
from tests.e2e.reading import presses_what, shows

ASK, NOT_SAID = "s:lives:in-0", "s:lives:no"


async def lives_in(estate: Estate, area: str) -> list[Json]:
    return await estate.rows(f"SELECT person FROM residences WHERE area = '{area}'")


async def test_those_who_said_where_they_live_get_it_and_the_others_are_asked_once(estate: Estate) -> None:
    wei, mei, bo = estate.staff, estate.resident, await estate.newcomer("Bo")
    first = estate.bot.setup.community.areas[0]
    leaf = next(iter([*first.walk()][-1:]))
    await mei.says("/settings")
    await presses_what(mei, "s:lives:", message=await shows(mei, "Your settings", "Where you live: not known"))
    for area in (first, *first.walk()):
        if area.code != leaf.code and area.children:
            await presses_what(mei, f"s:lives:in-0-{area.code}", message=await asks(mei, f"s:lives:in-0-{area.code}"))
            if any(child.code == leaf.code for child in area.children):
                break
    await presses_what(mei, f"s:lives:is-{leaf.code}", message=await asks(mei, f"s:lives:is-{leaf.code}"))
    await shows(mei, "Thank you. You live here:")
    assert len(await lives_in(estate, leaf.code)) == 1
    shown = written(await writes(wei, area=first.name.in_("en")))
    assert "1 person lives in" in shown and "2 people have never said where they live" in shown
    assert "It reaches 1 person." in shown
    await presses_what(wei, SEND, message=await summary(wei))
    await gets(mei, WATER)
    question = await shows(bo, "Would you like to tell me where you live?")
    await presses_what(bo, NOT_SAID, message=question)
    await shows(bo, "All right. I will not ask you again.")
    await estate.settled()
    assert not [each for each in await estate.world.chat_messages(bo.id) if WATER in written(each)]
    await presses_what(wei, SEND, message=await writes(wei, "Water is back", area=first.name.in_("en")))
    await gets(mei, "Water is back")
    await estate.settled()
    asked = [each for each in await estate.world.chat_messages(bo.id) if "Would you like to tell me" in written(each)]
    assert asked == [], "the one question was answered in place, and there is no second one"
    kept = await estate.rows("SELECT kind FROM events WHERE kind = 'residence.asked'")
    assert len(kept) == 2, "Bo and Wei, once each"


async def test_who_says_after_it_was_sent_that_they_live_there_gets_it(estate: Estate) -> None:
    wei, bo = estate.staff, await estate.newcomer("Bo", "zh-hans")
    area = next(each for each in estate.bot.setup.community.areas if each.children)
    shown = written(await writes(wei, area=area.name.in_("en")))
    assert "Nobody would get it straight away." in shown and "3 of them will be asked once" in shown
    await presses_what(wei, SEND, message=await summary(wei))
    await shows(wei, ": sent", "Nobody has it yet.")
    await presses_what(bo, ASK, message=await asks(bo, ASK))
    await presses_what(bo, f"s:lives:in-0-{area.code}", message=await asks(bo, f"s:lives:in-0-{area.code}"))
    await presses_what(bo, f"s:lives:is-{area.code}", message=await asks(bo, f"s:lives:is-{area.code}"))
    await shows(bo, "谢谢。您住在：", "1则通知")
    await gets(bo, "本通知只有英文", WATER)
    await estate.settled()
    mei = await estate.world.chat_messages(estate.resident.id)
    assert not [each for each in mei if WATER in written(each)]


async def test_an_old_area_is_not_there_any_more(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("/settings")
    page = await shows(mei, "Your settings")
    press = await mei.forges(page, "s:lives:is-gone")
    assert "do not find that" in (await mei.popup(press))["text"]
    press = await mei.forges(page, "s:lives:whatever")
    assert "do not know this button" in (await mei.popup(press))["text"]
    assert await estate.rows("SELECT count(*) AS n FROM residences") == [{"n": 0}]
