"""Where people live: asked once when a notice goes to a place, said or not, changed in /settings."""

from sandbox.client import written
from tests.e2e.conftest import LAMP, Estate, Json
from tests.e2e.notices.noticing import SEND, WATER, asks, gets, summary, writes
from tests.e2e.reading import presses_what, shows

ASK, NOT_SAID = "s:lives:in-0", "s:lives:no"


async def lives_in(estate: Estate, area: str) -> list[Json]:
    return await estate.rows(f"SELECT person FROM residences WHERE area = '{area}'")


async def test_those_who_said_where_they_live_get_it_and_the_others_are_asked_once(estate: Estate) -> None:
    wei, mei, bo = estate.staff, estate.resident, await estate.newcomer("Bo")
    community = estate.bot.setup.community
    first = community.areas[0]
    leaf = next(iter([*first.walk()][-1:]))
    await mei.says("/settings")
    await presses_what(mei, "s:lives:", message=await shows(mei, "Your settings", "Where you live: not known"))
    await presses_what(mei, ASK, message=await asks(mei, ASK))
    for area in community.path(leaf.code):
        here = f"f:*:lives:{area.code}"
        await presses_what(mei, here, message=await asks(mei, here))
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
    inside, all_of_it = f"f:*:lives:{area.code}", f"f:*:lives:={area.code}"
    await presses_what(bo, inside, message=await asks(bo, inside))
    await presses_what(bo, all_of_it, message=await asks(bo, all_of_it))
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


async def test_the_answer_may_be_typed(estate: Estate) -> None:
    """Asked where they live, people write it; it is no report."""
    wei, mei = estate.staff, estate.resident
    await presses_what(wei, SEND, message=await writes(wei, area="North side"))
    await presses_what(mei, ASK, message=await asks(mei, ASK))
    question = await shows(mei, "Where do you live?")
    await mei.says("Mars")
    await shows(mei, "I do not know that place.", "Where do you live?", after=question)
    await mei.says("I live in building 3, flat 301")
    await shows(mei, "Thank you. You live here: North side, Building 3", "1 notice")
    await gets(mei, WATER)
    assert await estate.rows("SELECT count(*) AS n FROM residences WHERE area IS NOT NULL") == [{"n": 1}]
    assert await estate.rows("SELECT draft FROM conversations WHERE flow = 'residence'") == [{"draft": "{}"}]
    assert await estate.rows("SELECT count(*) AS n FROM reports") == [{"n": 0}]


async def test_a_problem_written_instead_is_a_report(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("/settings")
    await presses_what(mei, "s:lives:", message=await shows(mei, "Your settings"))
    await presses_what(mei, ASK, message=await asks(mei, ASK))
    await shows(mei, "Where do you live?")
    await mei.says(LAMP)
    await shows(mei, "NOT SENT YET", LAMP)
    await shows(mei, "Nothing has changed.")
    assert await estate.rows("SELECT count(*) AS n FROM residences") == [{"n": 0}]


async def test_rather_not_and_not_now_are_two_things(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("/settings")
    await presses_what(mei, "s:lives:", message=await shows(mei, "Your settings"))
    await presses_what(mei, ASK, message=await asks(mei, ASK))
    await presses_what(mei, "f:*:lives:!cancel", message=await asks(mei, "f:*:lives:!cancel"))
    await shows(mei, "Nothing has changed.")
    assert await estate.rows("SELECT count(*) AS n FROM residences") == [{"n": 0}]
    await mei.says("/settings")
    await presses_what(mei, "s:lives:", message=await shows(mei, "Your settings"))
    await presses_what(mei, ASK, message=await asks(mei, ASK))
    await presses_what(mei, "f:*:lives:no", message=await asks(mei, "f:*:lives:no"))
    await shows(mei, "I will not ask you again.")
    assert await estate.rows("SELECT count(*) AS n FROM residences WHERE area IS NULL") == [{"n": 1}]


async def test_so_may_the_answer_to_the_question_itself(estate: Estate) -> None:
    """In reply or not, people answer what they were just asked, and need no button for it."""
    wei, mei, bo = estate.staff, estate.resident, await estate.newcomer("Bo")
    await presses_what(wei, SEND, message=await writes(wei, area="North side"))
    await asks(mei, ASK)
    await mei.says("Building 3")
    await shows(mei, "Thank you. You live here: North side, Building 3")
    question = await asks(bo, ASK)
    await bo.says("/help")
    await estate.settled()
    await bo.replies(question, "somewhere else")
    await bo.says("building 5")
    await shows(bo, "Thank you. You live here: South side, Building 5")
    assert await estate.rows("SELECT count(*) AS n FROM conversations WHERE flow = 'report'") == [{"n": 0}]


async def test_what_is_broken_is_no_answer_to_the_question(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await presses_what(wei, SEND, message=await writes(wei, area="North side"))
    await asks(mei, ASK)
    await mei.says(LAMP)
    await shows(mei, "NOT SENT YET", LAMP)
    assert await estate.rows("SELECT count(*) AS n FROM residences WHERE area IS NOT NULL") == [{"n": 0}]
