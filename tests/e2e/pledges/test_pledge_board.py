"""The board in the chat: what it shows and what it keeps back, thanks, photos after consent and release only."""

from sandbox.client import World, buttons, written
from tests.e2e.conftest import PNG, Estate, Json, Start, estate_in, news, shows
from tests.e2e.moments import time_is
from tests.e2e.pledges.test_pledge_making import DOGS, pledger, published, weekend_promise
from tests.e2e.reading import APPROVE, asked_to_send, presses_send, presses_what


async def open_one(estate: Estate, words: str = DOGS) -> Json:
    """The resident looks the promise up on the board; returns what they read."""
    mei, menu = estate.resident, await _menu(estate)
    await mei.presses("All of them", message=menu)
    await mei.presses("No. 1:", message=await shows(mei, words, "[No. 1:"))
    return await shows(mei, "Promise no. 1", words, "Say thank you", after={"message_id": menu["message_id"] - 1})


async def test_a_resident_looks_and_says_thank_you_once(estate: Estate) -> None:
    bo, mei = await pledger(estate), estate.resident
    await mei.says("/board")
    await mei.sees("Nobody has promised anything yet.")
    told = await published(estate, bo)
    shown = await open_one(estate)
    for text in ("By: Bo", "every week on Saturday, Sunday, 19:00–20:00", "the whole community"):
        assert text in written(shown)
    press = await mei.presses("Say thank you", message=shown)
    assert "without your name" in (await mei.popup(press))["text"]
    thanked = await bo.sees("A neighbour says thank you for your promise")
    assert "Mei" not in written(thanked)
    shown = await shows(mei, "1 neighbour says thank you.")
    press = await mei.presses("Say thank you", message=shown)
    assert "already" in (await mei.popup(press))["text"]
    li = await estate.newcomer("Li")
    await li.starts("t-1")
    await li.presses("Say thank you", message=await shows(li, "Promise no. 1", DOGS))
    await shows(li, "2 neighbours say thank you.")
    assert sum("says thank you" in text for text in await news(bo, told)) == 1, "once a day"
    own = await bo.forges(told, "b:thank:1:0")
    assert "cannot do that" in (await bo.popup(own))["text"]
    for payload in ("t-99", "t-x", "t-"):
        await li.starts(payload)
        await shows(li, "The board of promises")


async def test_half_past_twelve_at_noon_stays_at_noon_on_the_board(estate: Estate) -> None:
    bo = await pledger(estate)
    await published(estate, bo, hours="中午12点半到1点半")
    assert "every week on Saturday, Sunday, 12:30–13:30" in written(await open_one(estate))


async def test_what_is_not_approved_is_on_no_board_and_nothing_is_forged(estate: Estate) -> None:
    bo, mei = await pledger(estate), estate.resident
    await weekend_promise(estate, bo)
    await mei.says("/board")
    board = await mei.sees("Nobody has promised anything yet.")
    for data in ("b:one:1:0", "b:thank:1:0", "b:photos:1:0", "b:area:nowhere:0"):
        assert "do not find" in (await mei.popup(await mei.forges(board, data)))["text"]
    for data in ("b:one:x:0", "b:secrets:1:0", "b:all:-:x"):
        assert "do not know this button" in (await mei.popup(await mei.forges(board, data)))["text"]
    await mei.starts("t-1")
    assert DOGS not in written(await shows(mei, "The board of promises"))


async def test_a_name_taken_back_is_gone_at_once_everywhere(estate: Estate) -> None:
    bo, mei = await pledger(estate), estate.resident
    await published(estate, bo)
    assert "By: Bo" in written(await open_one(estate))
    await mei.presses("By person", message=await _menu(estate))
    await mei.sees("[Bo (1)]")
    await bo.says("/pledge")
    await bo.presses("No. 1:")
    await bo.presses("Take the name off")
    await bo.sees("The board shows no name.")
    assert "Bo" not in written(await open_one(estate)).replace("[Bo", "")
    await mei.presses("By person", message=await _menu(estate))
    await mei.sees("Nobody lets the board show their name.")
    board = await _menu(estate)
    person = (await estate.rows("SELECT person FROM pledges"))[0]["person"]
    await mei.forges(board, f"b:person:{person}:0")
    await mei.sees("There is nothing here.")


async def _menu(estate: Estate) -> Json:
    before = (await estate.world.chat_messages(estate.resident.id))[-1]
    await estate.resident.says("/board")
    return await shows(estate.resident, "The board of promises", after=before)


async def test_photos_only_after_consent_and_release_and_until_they_are_taken_back(estate: Estate) -> None:
    bo, mei, wei, group = await pledger(estate), estate.resident, estate.staff, estate.staff_chat
    told = await published(estate, bo)
    await time_is(estate, "2026-11-28T20:00:00+08:00")
    await bo.sends_photo(PNG, "Done. All dogs on the lead", reply_to=told["message_id"])
    asked = await bo.sees("May the board show your photos")
    shown = await open_one(estate)
    assert "Sat 28 Nov: kept" in written(shown)
    assert "All dogs" not in written(shown) and "Look at the photos" not in written(shown)
    await bo.presses("Yes, show them", message=asked)
    await wei.presses("Show it on the board", group, await wei.sees("All dogs on the lead", group))
    await wei.sees("On the board, with promise 1.", group)
    shown = await open_one(estate)
    assert "All dogs on the lead" in written(shown)
    await mei.presses("Look at the photos", message=shown)
    await estate.settled()
    assert sum("photo" in message for message in await estate.world.chat_messages(mei.id)) == 1
    await bo.says("/pledge")
    await bo.presses("No. 1:")
    await bo.presses("Take the photos off")
    await shows(bo, "Promise no. 1: On the board", "[Show photos]")
    assert "Look at the photos" not in written(await open_one(estate))
    await mei.forges(shown, "b:photos:1:0")
    await mei.sees("There are no photos any more.")
    released = await wei.sees("On the board, with promise 1.", group)
    await wei.presses("Take it off the board", group, released)
    await wei.sees("Off the board (promise 1).", group)
    assert "All dogs on the lead" not in written(await open_one(estate))


async def test_a_photo_that_is_gone_is_said_to_be_and_loses_nothing_else(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        bo, mei, wei, group = await pledger(estate), estate.resident, estate.staff, estate.staff_chat
        told = await published(estate, bo)
        await time_is(estate, "2026-11-28T20:00:00+08:00")
        await bo.sends_photo(PNG, reply_to=told["message_id"])
        await bo.presses("Yes, show them")
        await wei.presses("Show it on the board", group, await wei.sees("Shall the board show it?", group))
        await wei.sees("On the board, with promise 1.", group)
        await estate.bot.database.run(lambda tx: tx.execute("UPDATE checkins SET file_id = 'gone'"))
        await mei.presses("Look at the photos", message=await open_one(estate))
        await mei.sees("One of the photos is not there any more.")
        shown = await open_one(estate)
        assert "Look at the photos" not in written(shown) and "kept 1" in written(shown)


async def test_an_album_is_about_one_day_and_staff_end_what_nobody_keeps(estate: Estate) -> None:
    bo, wei, group = await pledger(estate), estate.staff, estate.staff_chat
    told = await published(estate, bo)
    await time_is(estate, "2026-11-30T08:00:00+08:00")
    await bo.sends_album(("photo", PNG), ("photo", PNG), caption="Done", reply_to=told["message_id"])
    await shows(bo, "Written down: Sunday, 29 November, 19:00: kept.")
    await estate.settled()
    rows = await estate.rows("SELECT answer, kind FROM checkins ORDER BY id")
    assert rows == [{"answer": "done", "kind": "photo"}, {"answer": "note", "kind": "photo"}]
    outcomes = [row["outcome"] for row in await estate.rows("SELECT outcome FROM occurrences ORDER BY starts_at")]
    assert outcomes == ["open", "kept", "open", "open"], "the second picture says nothing of Saturday"
    card = await wei.sees("Promise 1 · ON THE BOARD", group)
    await wei.presses("End this promise", group, card)
    await wei.presses("No, go on", group, await wei.sees("[No, go on]", group))
    await wei.presses("End this promise", group, await wei.sees("[End this promise]", group))
    await wei.presses("Yes, end it", group, await wei.sees("[Yes, end it]", group))
    await wei.sees("Promise 1 · ENDED", group)
    await shows(bo, "The staff have ended promise no. 1.", DOGS)
    old = await wei.forges(card, "pe:1:yes:2", group)
    assert "changed meanwhile" in (await wei.popup(old))["text"]
    forged = await bo.forges(told, "pe:1:yes:3")
    assert "cannot do that" in (await bo.popup(forged))["text"]


async def test_by_area_and_page_by_page(estate: Estate) -> None:
    bo, mei = await pledger(estate), estate.resident
    for number in range(1, 7):
        await bo.says(f"/pledge Promise the {number}th")
        await bo.presses("Whenever I am needed", message=await bo.sees("What kind of promise is it?"))
        asked = await bo.sees("For which part")
        if number == 1:
            await bo.presses(buttons(asked)[0]["text"], message=asked)
            await bo.presses("That is all", message=await bo.sees("[That is all]"))
        else:
            await bo.presses("The whole community", message=asked)
        await bo.presses("Yes, with name", message=await bo.sees("May the board show"))
        await presses_send(bo, await asked_to_send(bo, f"the {number}th"))
        card = await shows(estate.staff, f"Promise {number} ·", "TO BE APPROVED", chat=estate.staff_chat)
        await presses_what(estate.staff, APPROVE, estate.staff_chat, card)
        await shows(bo, f"Promise no. {number} is on the board.")
    menu = await _menu(estate)
    assert "6 promises" in written(menu)
    await mei.presses("All of them", message=menu)
    await mei.presses("More (1 of 2)")
    await shows(mei, "the 5th", "the 6th", "More (2 of 2)")
    menu = await _menu(estate)
    await mei.presses("By area", message=menu)
    areas = await mei.sees("Which part of the neighbourhood?")
    assert len(buttons(areas)) <= 8
    await mei.presses(buttons(areas)[1]["text"], message=areas)
    other = await shows(mei, "the 2th", "More (1 of 2)")
    assert "the 1th" not in written(other)


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        bo = await pledger(estate)
        await published(estate, bo)
        li = await estate.newcomer("Li", "zh-hans")
        await li.says("/board")
        await li.presses("全部", message=await shows(li, "承诺公示栏", "公开的承诺有1个"))
        await li.presses("1号", message=await shows(li, "承诺人：Bo"))
        await li.presses("说声谢谢", message=await shows(li, "每周星期六、星期日，19:00–20:00", "整个社区"))
        await shows(li, "有1位邻居说谢谢")


async def test_what_was_said_stands_under_the_day_it_is_about(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await published(estate, bo)
    await time_is(estate, "2026-12-09T12:00:00+08:00")
    await bo.replies(told, "Done as promised")
    await shows(bo, "Written down: Sunday, 6 December, 19:00: kept.")
    shown = written(await open_one(estate))
    assert "Sun 6 Dec: kept" in shown and "9 Dec" not in shown


async def test_thanks_come_once_a_local_day_also_where_the_day_changes_elsewhere_in_between(estate: Estate) -> None:
    bo = await pledger(estate)
    await published(estate, bo)
    neighbours = [await estate.newcomer(name) for name in ("Ann", "Ben", "Cai")]
    moments = ("2026-11-26T07:30:00+08:00", "2026-11-26T08:30:00+08:00", "2026-11-27T00:30:00+08:00")
    counts = []
    for neighbour, moment in zip(neighbours, moments, strict=True):
        await time_is(estate, moment)
        await neighbour.says("/start t-1")
        await neighbour.presses("Say thank you", message=await neighbour.sees("Promise no. 1"))
        await estate.settled()
        told = await estate.world.chat_messages(bo.id)
        counts.append(sum("says thank you for your promise" in written(each) for each in told))
    assert counts == [1, 1, 2]
