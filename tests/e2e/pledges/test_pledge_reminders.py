"""Reminded every week, with the clock moved week by week: once, in time or honestly late, at most one message a day."""

from domain.people.rights import Role
from sandbox.client import World, buttons, written
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.conftest import PNG, WORKDAY, Estate, Json, Start, estate_in, news, shows
from tests.e2e.moments import time_is
from tests.e2e.pledges.test_pledge_making import DOGS, pledger, published, weekend_promise
from tests.e2e.reading import APPROVE, asked_to_send, presses_send, presses_what

LIST = "Your promises this week"


async def outcomes(estate: Estate) -> dict[str, str]:
    rows = await estate.rows("SELECT key, outcome FROM occurrences ORDER BY key")
    return {row["key"].removeprefix("pledge:1:").removesuffix("T19:00"): row["outcome"] for row in rows}


async def quota(estate: Estate, person: object, words: str = "I write couplets", count: str = "80") -> Json:
    """A promise of so many until 31 December, published; returns what its maker was told."""
    bo = person
    await bo.says(f"/pledge {words}")  # type: ignore[attr-defined]
    await bo.presses("A certain number", message=await bo.sees("What kind of promise is it?"))  # type: ignore[attr-defined]
    await bo.sees("How many?")  # type: ignore[attr-defined]
    await bo.says(count)  # type: ignore[attr-defined]
    await bo.sees("By when?")  # type: ignore[attr-defined]
    await bo.says("31.12.")  # type: ignore[attr-defined]
    await bo.presses("The whole community", message=await bo.sees("For which part"))  # type: ignore[attr-defined]
    await bo.presses("No, without name", message=await bo.sees("May the board show"))  # type: ignore[attr-defined]
    await presses_send(bo, await asked_to_send(bo, words))  # type: ignore[arg-type, attr-defined]
    card = await estate.staff.sees(words, estate.staff_chat)
    await presses_what(estate.staff, APPROVE, estate.staff_chat, card)
    return await shows(bo, "is on the board.", "I remind you", words)  # type: ignore[arg-type]


async def test_week_by_week_a_list_check_in_silence_and_not_reported(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await published(estate, bo)
    await time_is(estate, "2026-11-30T08:59:00+08:00")
    assert await news(bo, told) == []
    await time_is(estate, "2026-11-30T09:00:01+08:00")
    first = await shows(
        bo, LIST, DOGS, "Sat 5 Dec 19:00, Sun 6 Dec 19:00", "Not said yet: Sat 28 Nov 19:00, Sun 29 Nov 19:00"
    )
    assert "late" not in written(first)
    # One of last weekend's is said to be kept, the other not at all; both in the fourteen days.
    await bo.presses("Say what became of it", message=first)
    await bo.presses("Sat 28 Nov", message=await bo.sees("Which day is it about?"))
    await bo.presses("Done", message=await bo.sees("What became of it: Saturday, 28 November, 19:00?"))
    said = await shows(bo, "Written down: Saturday, 28 November, 19:00: kept.", "Sunday, 29 November")
    assert (await outcomes(estate))["2026-11-28"] == "kept"
    double = await bo.forges(said, "pc:1:done:1")
    assert "Nothing is done twice" in (await bo.popup(double))["text"]
    await time_is(estate, "2026-12-07T09:00:01+08:00")
    second = await shows(
        bo, LIST, "Sat 12 Dec", "Not said yet: Sun 29 Nov 19:00, Sat 5 Dec 19:00, Sun 6 Dec 19:00", after=said
    )
    await bo.presses("Say what became of it", message=second)
    await bo.presses("Sun 29 Nov", message=await bo.sees("Which day is it about?"))
    await bo.presses("I could not", message=await bo.sees("What became of it: Sunday, 29 November, 19:00?"))
    await bo.sees("Would you like to say why?")
    await bo.says("My foot hurt")
    await bo.sees("Thank you, I have kept that.")
    assert (await outcomes(estate))["2026-11-29"] == "not_kept"
    # Nobody says anything any more: fourteen days after, it is not reported, which is not "not kept".
    await time_is(estate, "2026-12-14T09:00:01+08:00")
    await time_is(estate, "2026-12-20T21:00:00+08:00")
    found = await outcomes(estate)
    assert found["2026-12-05"] == found["2026-12-06"] == "not_reported"
    assert found["2026-12-12"] == "open"
    late = await bo.forges(second, "pc:3:done:1")
    assert "too long ago" in (await bo.popup(late))["text"]
    lists = [text for text in await news(bo, told) if LIST in text]
    assert len(lists) == 3
    told_by = await estate.rows("SELECT told, count(*) AS n FROM occurrences WHERE told IS NOT NULL GROUP BY told")
    assert [row["n"] for row in told_by] == [4, 2, 2], "each time is told once, by the first list that names it"
    await time_is(estate, "2026-12-21T09:00:01+08:00")
    third = await shows(bo, LIST, "Not said yet: Sat 12 Dec")
    assert "5 Dec 19:00" not in written(third).replace("25 Dec", "")


async def test_ill_later_and_undo(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await published(estate, bo)
    await time_is(estate, "2026-11-29T12:00:00+08:00")
    await bo.forges(told, "p:1:say:0")
    asked = await bo.sees("What became of it: Saturday, 28 November, 19:00?")
    await bo.presses("Ask me tomorrow", message=asked)
    await bo.sees("I ask you again tomorrow.")
    await time_is(estate, "2026-11-30T12:00:01+08:00")  # the list of the week has come meanwhile, at nine
    assert len([text for text in await news(bo, asked) if LIST in text]) == 1, "at most one a day"
    await bo.forges(told, "pc:1:excused:1")
    said = await shows(bo, "Written down: Saturday, 28 November, 19:00: excused.")
    await bo.presses("Undo", message=said)
    await bo.sees("Taken back.")
    assert (await outcomes(estate))["2026-11-28"] == "open"
    press = await bo.forges(said, buttons(said)[-1]["callback_data"])
    assert "Nothing is done twice" in (await bo.popup(press))["text"]
    # Before its time one can only say that one cannot.
    early = await bo.forges(told, "pc:3:done:1")
    assert "not due yet" in (await bo.popup(early))["text"]
    await time_is(estate, "2026-12-01T12:00:01+08:00")
    await shows(bo, LIST, "Not said yet: Sat 28 Nov", after=said)


async def test_a_reply_with_words_or_a_photo_is_a_check_in(estate: Estate) -> None:
    bo = await pledger(estate)
    await published(estate, bo)
    await time_is(estate, "2026-11-30T09:00:01+08:00")
    week = await shows(bo, LIST)
    await bo.replies(week, "Sorry, I was ill")
    await bo.sees("I have kept what you sent. What became of it, I am not sure: please tap it.")
    await estate.staff.sees("Sorry, I was ill", estate.staff_chat)
    assert set((await outcomes(estate)).values()) == {"open"}
    kept = await estate.rows("SELECT answer, occurrence FROM checkins")
    assert kept == [{"answer": "note", "occurrence": None}], "of two days nobody knows which is meant"
    await bo.replies(week, "Done. All dogs on the lead")
    await shows(bo, "Written down: Sunday, 29 November, 19:00: kept.")
    await estate.staff.sees("Done. All dogs on the lead", estate.staff_chat)
    await bo.sends_photo(PNG, "Kept on Saturday", reply_to=week["message_id"])
    await shows(bo, "Written down: Saturday, 28 November, 19:00: kept.")
    asked = await bo.sees("May the board show your photos")
    group = await estate.world.chat_messages(estate.staff_chat)
    assert not any("photo" in message for message in group), "without consent nobody else sees it"
    await bo.presses("Yes, show them", message=asked)
    shown = await estate.staff.sees("Kept on Saturday", estate.staff_chat)
    assert any("photo" in message for message in await estate.world.chat_messages(estate.staff_chat))
    await estate.staff.presses("Show it on the board", estate.staff_chat, shown)
    await estate.staff.sees("On the board, with promise 1.", estate.staff_chat)
    forged = await bo.forges(week, "pr:1:show:0")
    assert "cannot do that" in (await bo.popup(forged))["text"]
    assert (await estate.rows("SELECT count(*) AS n FROM checkins WHERE released_at IS NOT NULL")) == [{"n": 1}]


async def test_words_beside_an_answer_stand_in_the_way_of_no_other_answer(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await published(estate, bo)
    await time_is(estate, "2026-11-28T20:30:00+08:00")
    done = await bo.replies(told, "Done")
    kept = await shows(bo, "Saturday, 28 November, 19:00: kept.", after=done)
    more = await bo.replies(kept, "And they were on the lead")
    noted = await shows(bo, "Saturday, 28 November, 19:00: kept.", after=more)
    await bo.presses("Undo", message=noted)
    await bo.sees("Taken back.")
    assert (await outcomes(estate))["2026-11-28"] == "kept", "only the words were taken back"
    await bo.replies(kept, "And the path is clean")
    await bo.forges(kept, "pc:1:cannot:1")
    await bo.says("It was the wrong Saturday")
    await bo.sees("Thank you, I have kept that.")
    said = await estate.rows("SELECT answer FROM checkins WHERE undone_at IS NULL AND answer <> 'note'")
    assert said == [{"answer": "cannot"}], "the newer word counts, and the board shows no other"
    press = await bo.presses("Undo", message=await shows(bo, "Saturday, 28 November, 19:00: not kept."))
    assert "Taken back" in (await bo.popup(press))["text"]
    assert (await outcomes(estate))["2026-11-28"] == "open"


async def test_a_quota_is_counted_undone_and_nudged_only_when_behind(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await quota(estate, bo)
    await time_is(estate, "2026-11-30T09:00:01+08:00")
    week = await shows(bo, LIST, "0 of 80, until Thu 31 Dec")
    await bo.presses("+10", message=week)
    counted = await shows(bo, "Counted: +10", "10 of 80")
    await bo.presses("+5", message=counted)
    counted = await shows(bo, "Counted: +5", "15 of 80")
    await bo.presses("Undo", message=counted)
    await shows(bo, "Taken back.", "10 of 80")
    await bo.replies(told, "12 more")
    await shows(bo, "Counted: +12", "22 of 80")
    # Half-way (13 December, noon) 40 would be in step.
    await time_is(estate, "2026-12-07T09:00:01+08:00")
    await time_is(estate, "2026-12-13T12:00:01+08:00")
    await shows(bo, "Half of the time is over. 22 of 80 are done")
    await time_is(estate, "2026-12-14T09:00:01+08:00")
    await bo.replies(told, "58")
    await shows(bo, "You have done what you promised. Thank you!")
    assert (await estate.rows("SELECT done, outcome FROM occurrences")) == [{"done": 80, "outcome": "kept"}]
    await time_is(estate, "2026-12-25T12:00:00+08:00")
    assert not any("One week is left" in text for text in await news(bo, told))


async def test_another_weekday_and_hour_and_before_each_time(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await published(estate, bo)
    await bo.says("/pledge")
    await bo.presses("When I remind you")
    await bo.presses("Another weekday")
    await bo.presses("Friday", message=await bo.sees("[Friday]"))
    await shows(bo, "on Friday at 09:00", "[Another hour]")
    await bo.presses("Another hour")
    await bo.presses("18:00", message=await bo.sees("[18:00]"))
    await shows(bo, "on Friday at 18:00", "[Before each time]")
    await bo.presses("Before each time")
    await bo.presses("60 minutes before", message=await bo.sees("[60 minutes before]"))
    chosen = await bo.sees("a message 60 minutes earlier")
    await time_is(estate, "2026-11-27T18:00:01+08:00")
    await shows(bo, LIST, "Sat 28 Nov 19:00")
    await time_is(estate, "2026-11-28T18:00:01+08:00")
    await shows(bo, "Soon: Saturday, 28 November, 19:00", after=told)
    await time_is(estate, "2026-11-29T21:00:00+08:00")  # it has begun: announcing it now would be of no use
    await time_is(estate, "2026-11-30T12:00:00+08:00")
    texts = await news(bo, chosen)
    assert sum("Soon:" in text for text in texts) == 1 and sum(LIST in text for text in texts) == 1
    for data in ("pt:day:7", "pt:hour:3", "pt:before:5", "pt:nothing:1"):
        assert "do not know this button" in (await bo.popup(await bo.forges(told, data)))["text"]


async def test_after_thirty_days_of_silence_one_merged_list_that_says_it_is_late(estate: Estate) -> None:
    bo = await pledger(estate)
    await published(estate, bo)
    await time_is(estate, "2026-11-30T09:00:01+08:00")
    week = await shows(bo, LIST)
    await estate.stop()
    await estate.world.set_time("2026-12-31T03:00:00+08:00")
    await estate.start()
    await estate.bot.scheduler.tick()
    await estate.settled()
    assert not any(LIST in text for text in await news(bo, week)), "not in the quiet hours"
    await time_is(estate, "2026-12-31T08:00:01+08:00")
    late = await shows(bo, LIST, "This comes late: it was due on", "Sat 19 Dec", "Sat 2 Jan", after=week)
    assert "12 Dec" not in written(late), "what is too old is not asked any more"
    assert len([text for text in await news(bo, week) if LIST in text]) == 1
    await time_is(estate, "2026-12-31T10:00:00+08:00")
    found = await outcomes(estate)
    assert found["2026-12-12"] == found["2026-12-13"] == "not_reported"
    keys = [
        f"2026-{day}"
        for day in ("11-28", "11-29", "12-05", "12-06", "12-12", "12-13", "12-19", "12-20", "12-26", "12-27")
    ]
    assert [key for key in found if key < "2027"] == keys, "none is lost"
    await time_is(estate, "2027-01-04T09:00:01+08:00")
    await shows(bo, LIST, "Sat 9 Jan", after=late)


async def test_the_clock_set_back_repeats_nothing(estate: Estate) -> None:
    bo = await pledger(estate)
    await published(estate, bo)
    await time_is(estate, "2026-11-30T09:00:01+08:00")
    week = await shows(bo, LIST)
    await estate.world.set_time("2026-11-29T08:00:00+08:00")
    await estate.settled()
    await time_is(estate, "2026-12-01T10:00:00+08:00")
    assert not any(LIST in text for text in await news(bo, week))
    await estate.stop()
    await estate.start()
    await estate.bot.scheduler.tick()
    await estate.settled()
    assert not any(LIST in text for text in await news(bo, week))


async def test_staff_read_whom_no_reminder_reaches(estate: Estate) -> None:
    bo = await pledger(estate)
    await published(estate, bo)
    await bo.blocks()
    await estate.settled()
    await time_is(estate, "2026-11-30T09:00:01+08:00")
    await shows(estate.staff, "My reminders of promises do not reach:", "Bo: 1 promise", chat=estate.staff_chat)
    await bo.unblocks()
    await time_is(estate, "2026-12-07T09:00:01+08:00")
    await shows(bo, LIST, "Sat 12 Dec")


async def test_one_message_for_all_promises_and_a_reply_asks_which(estate: Estate) -> None:
    bo = await pledger(estate)
    await published(estate, bo)
    await weekend_promise(estate, bo, "I carry shopping bags")
    await presses_what(
        estate.staff, APPROVE, estate.staff_chat, await estate.staff.sees("I carry shopping", estate.staff_chat)
    )
    await shows(bo, "Promise no. 2 is on the board.")
    await time_is(estate, "2026-11-30T09:00:01+08:00")
    week = await shows(bo, LIST, DOGS, "I carry shopping bags")
    assert [button["text"] for button in buttons(week)] == ["No. 1: I ask people not…", "No. 2: I carry shopping…"]
    await bo.replies(week, "Done! Three bags, all heavy")
    which = await shows(bo, "Which promise is it about?", "[No. 1: I ask people not…]", "[No. 2: I carry shopping…]")
    await bo.sends_photo(PNG, "And the cart")
    which = await shows(bo, "I have added that.", "Which promise is it about?", after=which)
    await bo.presses("No. 2", message=which)
    await shows(bo, "No. 2: I carry shopping bags", "Written down: Sunday, 29 November, 19:00: kept.")
    await bo.sees("May the board show your photos of promise no. 2?")
    said = await estate.rows("SELECT pledge, answer, words, kind FROM checkins ORDER BY id")
    assert said == [
        {"pledge": 2, "answer": "done", "words": "Done! Three bags, all heavy", "kind": "text"},
        {"pledge": 2, "answer": "note", "words": "And the cart", "kind": "photo"},
    ], "nothing has to be said twice"
    twice = await bo.forges(which, next(b["callback_data"] for b in buttons(which) if "No. 1" in b["text"]))
    assert "done" in (await bo.popup(twice))["text"]


async def test_a_reply_to_several_promises_can_be_let_go_and_a_report_begun_before_comes_back(estate: Estate) -> None:
    bo = await pledger(estate)
    await published(estate, bo)
    await weekend_promise(estate, bo, "I carry shopping bags")
    await presses_what(
        estate.staff, APPROVE, estate.staff_chat, await estate.staff.sees("I carry shopping", estate.staff_chat)
    )
    await bo.says("The lamp by the gate is dark")
    await asked_to_send(bo, "lamp by the gate")
    listed = await bo.says("/pledge")
    mine = await shows(bo, "You look after 2 promises:", after=listed)
    await bo.replies(mine, "done as always")
    which = await shows(bo, "Which promise is it about?", after=mine)
    await bo.presses("Cancel", message=which)
    await shows(bo, "I have written nothing down.")
    await shows(bo, "Now back to what you had begun before:", "lamp by the gate")
    assert await estate.rows("SELECT * FROM checkins") == []


async def test_a_representative_is_reminded_and_answers_for_one_without_telegram(estate: Estate) -> None:
    rep, wei = await estate.newcomer("Rong"), estate.staff

    def grant(tx: Transaction) -> None:
        met = people.by_telegram_id(tx, rep.id)
        assert met is not None
        people.grant(tx, met.id, Role.REPRESENTATIVE, None)

    await estate.bot.database.run(grant)
    await wei.says("/pledge")
    await wei.presses("For one without Telegram")
    await wei.sees("Whose promise is it?")
    await wei.says("Old Chen")
    await wei.presses("Rong", message=await wei.sees("Who is reminded"))
    await wei.sees("What does Old Chen promise?")
    await wei.says("Water and electricity, day and night")
    await wei.presses("Whenever I am needed", message=await wei.sees("What kind of promise is it?"))
    await wei.presses("The whole community", message=await wei.sees("For which part"))
    await wei.presses("No, without name", message=await wei.sees("May the board show"))
    summary = await shows(wei, "A promise of Old Chen", "Rong is reminded and says what became of it.")
    await presses_send(wei, summary)
    await shows(rep, "Promise no. 1 is on the board.", "A promise of Old Chen", "you say so here for Old Chen.")
    await time_is(estate, "2026-11-30T09:00:01+08:00")
    week = await shows(rep, LIST, "Water and electricity", "A promise of Old Chen")
    await rep.presses("Say what became of it", message=week)
    await rep.presses("I was there once more", message=await rep.sees("Nobody has needed it yet."))
    await shows(rep, "Counted: +1", "Was there 1 time")
    await rep.says("/pledge")
    await rep.presses("No. 1:", message=await rep.sees("You look after 1 promise:"))
    await shows(rep, "Promise no. 1: On the board", "A promise of Old Chen")


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        bo = await pledger(estate, "Bo", "zh-hans")
        await bo.says("/pledge 写春联")
        await bo.presses("完成一定数量", message=await bo.sees("这是哪一种承诺"))
        await bo.presses("80", message=await bo.sees("要完成多少"))
        await bo.sees("到什么时候")
        await bo.says("12月31日")
        await bo.presses("整个社区", message=await bo.sees("哪一片"))
        await bo.presses("不写名字", message=await bo.sees("公示栏上可以写"))
        await bo.presses("就这样发送", message=await bo.sees("12月31日星期四前完成80"))
        card = await estate.staff.sees("TO BE APPROVED", estate.staff_chat)
        await presses_what(estate.staff, APPROVE, estate.staff_chat, card)
        await bo.sees("1号承诺上公示栏了")
        await time_is(estate, "2026-11-30T09:00:01+08:00")
        week = await shows(bo, "您这一周的承诺", "完成0/80")
        await bo.presses("+5", message=week)
        counted = await shows(bo, "已记上：+5", "完成5/80")
        await bo.replies(counted, "又写了十二副")
        await shows(bo, "已记上：+12", "完成17/80")
        await bo.says("/pledge 每天晚上七点到八点在小区门口的小路上劝导大家文明遛狗")
        await bo.presses("经常做", message=await bo.sees("这是哪一种承诺"))
        await bo.presses("每天", message=await bo.sees("多久一次"))
        await bo.sees("几点")
        await bo.says("晚上七点到八点")
        await bo.presses("整个社区", message=await bo.sees("哪一片"))
        await bo.presses("不写名字", message=await bo.sees("公示栏上可以写"))
        await bo.presses("就这样发送", message=await shows(bo, "每天，19:00–20:00"))
        card = await estate.staff.sees("TO BE APPROVED", estate.staff_chat)
        await presses_what(estate.staff, APPROVE, estate.staff_chat, card)
        await bo.sees("2号承诺上公示栏了")
        await time_is(estate, "2026-12-07T09:00:01+08:00")
        both = await shows(bo, "您这一周的承诺", "还没有说：7次（11月30日 周一 至 12月6日 周日）")
        assert all(len(button["text"]) <= 14 for button in buttons(both)), "a small screen has room for no more"
        await bo.presses("2号", message=both)
        await bo.presses("12月6日", message=await bo.sees("是哪一天的"))
        await bo.presses("明天再问我", message=await bo.sees("12月6日星期日19:00，做到了吗"))
        await bo.sees("好的，明天我再问您。")
        assert WORKDAY


async def test_a_number_in_words_counts_and_one_that_cannot_be_is_asked_about(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await quota(estate, bo)
    await bo.replies(told, "three more, for building 7")
    await shows(bo, "Counted: +3", "3 of 80", "How many more are done? Tap a number, or reply with one.")
    await estate.staff.sees("three more, for building 7", estate.staff_chat)
    for unclear in ("99999", "123456789"):
        before = await bo.replies(told, unclear)
        await shows(bo, "I am not sure what to write down. Please tap it.", "3 of 80", after=before)
    await bo.replies(told, "4")
    counted = await shows(bo, "Counted: +4", "7 of 80")
    await estate.settled()
    group = await estate.world.chat_messages(estate.staff_chat)
    assert sum("Shall the board show it?" in written(each) for each in group) == 1, (
        "a bare number is nothing to look at"
    )
    await bo.presses("Undo", message=counted)
    await shows(bo, "Taken back.", "3 of 80")
    # After its end nobody need be told what would have been in step.
    await time_is(estate, "2027-01-04T09:00:01+08:00")
    assert "in step" not in written(await shows(bo, LIST, "Not said yet: 3 of 80, until Thu 31 Dec"))


async def test_a_daily_promise_is_told_as_a_number_of_times(estate: Estate) -> None:
    bo = await pledger(estate)
    await bo.says("/pledge I sweep the stairs")
    await bo.presses("Again and again", message=await bo.sees("What kind of promise is it?"))
    await bo.presses("Every day", message=await bo.sees("How often?"))
    await bo.sees("At what time?")
    await bo.says("7 to 8 in the evening")
    await bo.presses("The whole community", message=await bo.sees("For which part"))
    await bo.presses("No, without name", message=await bo.sees("May the board show"))
    await presses_send(bo, await asked_to_send(bo, "every day, 19:00–20:00"))
    await presses_what(estate.staff, APPROVE, estate.staff_chat, await estate.staff.sees("I sweep", estate.staff_chat))
    told = await shows(bo, "is on the board.", "I remind you")
    await time_is(estate, "2026-11-30T09:00:01+08:00")
    week = await shows(bo, LIST, "7 times, Mon 30 Nov to Sun 6 Dec", "Not said yet: 5 times, Wed 25 Nov to Sun 29 Nov")
    await bo.presses("Say what became of it", message=week)
    asked = await bo.sees("Which day is it about?")
    await bo.presses("Done every time", message=asked)
    said = await shows(bo, "Written down: 5 times, kept.", "If it was otherwise on one of these days, tap it.")
    again = await bo.forges(said, "pc:0:all:1")
    assert "Nothing is done twice" in (await bo.popup(again))["text"]
    await bo.presses("Fri 27 Nov", message=said)
    await bo.presses(
        "Not this time (ill, away …)", message=await bo.sees("What became of it: Friday, 27 November, 19:00?")
    )
    await shows(bo, "Written down: Friday, 27 November, 19:00: excused.")
    counts = await estate.rows(
        "SELECT outcome, count(*) AS n FROM occurrences WHERE outcome <> 'open' GROUP BY outcome"
    )
    assert counts == [{"outcome": "excused", "n": 1}, {"outcome": "kept", "n": 4}]
    mei = estate.resident
    forged = await mei.forges(await mei.sees("Hello!"), "pc:0:all:1")
    assert "cannot do that" in (await mei.popup(forged))["text"]
    # What is paused names no next times: nothing is due.
    await bo.forges(told, "p:1:open:0")
    await bo.presses("Pause it", message=await shows(bo, "Promise no. 1: On the board", "The next times:"))
    assert "The next times:" not in written(await shows(bo, "Promise no. 1: Paused"))
    assert "The next times:" not in written(await estate.staff.sees("Promise 1 · PAUSED", estate.staff_chat))


async def test_each_day_of_ten_can_be_tapped_on_one_screen(estate: Estate) -> None:
    bo = await pledger(estate)
    await bo.says("/pledge I sweep the stairs")
    await bo.presses("Again and again", message=await bo.sees("What kind of promise is it?"))
    await bo.presses("Every day", message=await bo.sees("How often?"))
    await bo.presses("07:00–08:00", message=await bo.sees("At what time?"))
    await bo.presses("The whole community", message=await bo.sees("For which part"))
    await bo.presses("No, without name", message=await bo.sees("May the board show"))
    await presses_send(bo, await asked_to_send(bo))
    await presses_what(estate.staff, APPROVE, estate.staff_chat, await estate.staff.sees("I sweep", estate.staff_chat))
    told = await shows(bo, "is on the board.", "I remind you")
    await time_is(estate, "2026-12-05T20:00:00+08:00")
    await bo.replies(told, "I could not on the second day")
    asked = await shows(bo, "Which day is it about?", "[Thu 26 Nov]", "[Sat 5 Dec]", "[Sun 6 Dec]")
    assert len(asked["reply_markup"]["inline_keyboard"]) <= 7, "and Undo has room below"
    await bo.presses("Thu 26 Nov", message=asked)
    await bo.presses("I could not", message=await bo.sees("What became of it: Thursday, 26 November, 07:00?"))
    await shows(bo, "Written down: Thursday, 26 November, 07:00: not kept.")


async def test_once_by_a_day_is_asked_about_in_plain_words(estate: Estate) -> None:
    bo = await pledger(estate)
    await bo.says("/pledge A bench for the yard")
    await bo.presses("Once, by a day", message=await bo.sees("What kind of promise is it?"))
    await bo.sees("By when?")
    await bo.says("30.6.2027")
    await bo.presses("The whole community", message=await bo.sees("For which part"))
    await bo.presses("No, without name", message=await bo.sees("May the board show"))
    await presses_send(bo, await asked_to_send(bo, "by Wednesday, 30 June 2027"))
    await presses_what(estate.staff, APPROVE, estate.staff_chat, await estate.staff.sees("A bench", estate.staff_chat))
    await shows(bo, "is on the board.", "I remind you")
    await time_is(estate, "2026-11-30T09:00:01+08:00")
    await bo.presses("Say what became of it", message=await shows(bo, LIST, "by Wednesday, 30 June 2027"))
    asked = await bo.sees("What became of it? It is promised by Wednesday, 30 June 2027.")
    await bo.presses("Done", message=asked)
    done = await shows(bo, "Written down: kept.", "Thank you!")
    # It is kept: nobody is reminded of it any more, alone or beside another.
    await time_is(estate, "2026-12-07T09:00:01+08:00")
    assert not any(LIST in text for text in await news(bo, done))
    await weekend_promise(estate, bo)
    await presses_what(estate.staff, APPROVE, estate.staff_chat, await estate.staff.sees(DOGS, estate.staff_chat))
    await shows(bo, "Promise no. 2 is on the board.")
    await time_is(estate, "2026-12-14T09:00:01+08:00")
    assert "A bench" not in written(await shows(bo, LIST, DOGS))
