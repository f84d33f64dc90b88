"""Groups nobody has chosen: no name is kept there, and after a day the bot leaves with a sentence."""

import json
import re

import pytest

from sandbox.client import World, buttons, written
from tests.e2e.conftest import Estate, Start, news, shows
from tests.e2e.staff_room.test_setting_up import empty_group, first_admin

ADDED = {"can_manage_topics": True, "can_pin_messages": True, "can_delete_messages": True}


async def kept_of(estate: Estate, name: str) -> list[str]:
    """In which tables a name stands."""
    found = []
    for table in await estate.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
        rows = await estate.rows(f'SELECT * FROM "{table["name"]}"')
        if any(name in json.dumps(row, default=str, ensure_ascii=False) for row in rows):
            found.append(table["name"])
    return found


async def test_no_strangers_name_is_kept(estate: Estate) -> None:
    """Whoever adds the bot, talks, joins, edits, sends files or a command there."""
    world = estate.world
    xu, yan = await world.person("Xuxuxu", username="xuxuxu"), await world.person("Yanyan")
    group = await world.group("Neighbours", [xu, yan], bot=None)
    await world.post("group/add", chat=group, user=world.bot_id, rights=ADDED, **{"from": xu.id})
    said = await xu.says("Shall we meet on Friday?", group)
    await xu.edits(said, "Shall we meet on Saturday?", group)
    await yan.sends("photo", b"png", caption="Look", chat=group)
    for words in ("/help@resident_voices_bot", "/role@resident_voices_bot staff", "/team@resident_voices_bot",
                  "/start@resident_voices_bot", "/setup@resident_voices_bot", "/help"):  # fmt: skip
        await xu.says(words, group)
    answered = await xu.says("/role@resident_voices_bot staff", group, reply_to=said["message_id"])
    await shows(xu, "Roles are given in the staff group", chat=group, after=answered)
    late = await world.person("Zhouzhou")
    await world.post("group/add", chat=group, user=late.id)
    await world.post("group/promote", chat=group, user=world.bot_id, rights={})
    await estate.settled()
    for name in ("Xuxuxu", "xuxuxu", "Yanyan", "Zhouzhou", "Friday", "Saturday"):
        assert await kept_of(estate, name) == [], name


async def test_who_is_known_is_known_there_too_and_who_presses_is_kept(estate: Estate) -> None:
    world, wei = estate.world, estate.staff
    group = await world.group("Neighbours", [wei])
    await wei.says("/team@resident_voices_bot", group)
    await shows(wei, "I have told you in our private chat", chat=group)
    await wei.says("/setup", group)
    told = await shows(wei, "chosen in our private chat", chat=group)
    eve = await world.person("Eve")
    await world.post("group/add", chat=group, user=eve.id)
    await eve.forges(told, "v:1:take:0", group)
    await estate.settled()
    assert await estate.rows("SELECT name FROM people WHERE name = 'Eve'") == [{"name": "Eve"}]


async def test_it_leaves_after_a_day_with_a_sentence(estate: Estate) -> None:
    world, wei = estate.world, estate.staff
    ann = await world.person("Ann")
    group = await world.group("Neighbours", [ann])
    said = await ann.says("Good morning", group)
    await estate.settled()
    await world.set_time("2026-11-26T09:59:00+08:00")
    await estate.settled()
    assert await news(ann, said, group) == []
    await world.set_time("2026-11-26T10:05:00+08:00")
    await shows(ann, "so I am leaving it", chat=group)
    await estate.settled()
    assert [call["params"]["chat_id"] for call in await world.calls("leaveChat")] == [group]
    assert len([text for text in await news(ann, said, group) if "leaving" in text]) == 1
    # The staff group stays; added again, the day begins anew.
    await estate.report()
    await wei.sees("No. 1 · ", estate.staff_chat)
    await world.post("group/add", chat=group, user=world.bot_id)
    await estate.settled()
    await world.set_time("2026-11-27T09:00:00+08:00")
    await estate.settled()
    assert len(await world.calls("leaveChat")) == 1
    await world.set_time("2026-11-27T11:00:00+08:00")
    await estate.settled()
    assert len(await world.calls("leaveChat")) == 2


async def test_a_group_that_is_chosen_within_the_day_is_not_left(
    world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    async with start_bot(clock_url=f"{world.url}/api/clock"):
        ada = await first_admin(world, capsys)
        (button,) = buttons(await ada.sees("[Choose the staff group]"))
        payload = re.search(r"startgroup=([^&]+)", button["url"])[1]  # type: ignore[index]
        group = await empty_group(world, [ada])
        await world.post("group/add", chat=group, user=world.bot_id, rights=ADDED)
        await world.advance(hours=23)
        await ada.says(f"/start@resident_voices_bot {payload}", group)
        await world.sees(group, "come here from now on")
        await world.advance(hours=30)
        await ada.says("/team", group)
        await world.sees(group, "I have told you in our private chat")
        assert await world.calls("leaveChat") == []
        assert not any("leaving" in written(each) for each in await world.chat_messages(group))
