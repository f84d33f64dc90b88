"""Making a promise: its kinds, read back in plain words, looked at by staff, changed, paused, ended."""

from domain.people.rights import Role
from sandbox.client import Person, World, buttons, written
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.conftest import Estate, Json, Start, estate_in, shows
from tests.e2e.reading import APPROVE, asked_to_send, presses_send, presses_what

DOGS = "I ask people not to let their dogs foul the path"


async def pledger(estate: Estate, name: str = "Bo", language: str = "en") -> Person:
    """Somebody who may promise in public."""
    person = await estate.newcomer(name, language)

    def make(tx: Transaction) -> None:
        met = people.by_telegram_id(tx, person.id)
        assert met is not None
        people.grant(tx, met.id, Role.PLEDGER, None)

    await estate.bot.database.run(make)
    return person


async def weekend_promise(estate: Estate, person: Person, words: str = DOGS, hours: str = "19:00-20:00") -> Json:
    """Send in a promise for Saturdays and Sundays, at this time; returns its last card."""
    await person.says("/pledge")
    if await _has_list(estate, person):
        await person.presses("Make a promise")
    await person.sees("What do you promise?")
    await person.says(words)
    await person.presses("Again and again", message=await person.sees("What kind of promise is it?"))
    await person.presses("Every week", message=await person.sees("How often?"))
    await person.presses("Saturday", message=await person.sees("On which days?"))
    await person.presses("Sunday", message=await shows(person, "✓ Saturday"))
    await person.presses("That is all", message=await shows(person, "✓ Saturday", "✓ Sunday"))
    await person.sees("At what time?")
    await person.says(hours)
    await person.presses("The whole community", message=await person.sees("For which part"))
    await person.presses("Yes, with name", message=await person.sees("May the board show the name"))
    summary = await asked_to_send(person, words)
    await presses_send(person, summary)
    return await person.sees("Your promise has no.")


async def _has_list(estate: Estate, person: Person) -> bool:
    found = await estate.rows(
        "SELECT 1 FROM pledges JOIN people ON people.id = pledges.person WHERE telegram_id = ?", person.id
    )
    return bool(found)


async def published(estate: Estate, person: Person, words: str = DOGS, hours: str = "19:00-20:00") -> Json:
    """A promise on the board; returns what its maker was told."""
    await weekend_promise(estate, person, words, hours)
    card = await estate.staff.sees(words, estate.staff_chat)
    await presses_what(estate.staff, APPROVE, estate.staff_chat, card)
    return await shows(person, "is on the board.", "I remind you", words)


async def test_it_is_read_back_with_its_next_three_dates_and_published_with_a_number(estate: Estate) -> None:
    bo, wei, group = await pledger(estate), estate.staff, estate.staff_chat
    await weekend_promise(estate, bo)
    read_back = await shows(bo, "Your promise has no. 1")
    card = await wei.sees("TO BE APPROVED", group)
    for text in (
        "every week on Saturday, Sunday, 19:00–20:00",
        "Saturday, 28 November, 19:00",
        "Sunday, 29 November, 19:00",
        "Saturday, 5 December, 19:00",
        "By: Bo",
        "The board may show the name.",
        DOGS,
    ):
        assert text in written(card), text
    await presses_what(wei, APPROVE, group, card)
    await shows(bo, "Promise no. 1 is on the board.", "on Monday at 09:00", after=read_back)
    await wei.sees("Promise 1 · ON THE BOARD", group)
    assert await estate.rows("SELECT state, words FROM pledges") == [{"state": "published", "words": DOGS}]
    keys = [row["key"] for row in await estate.rows("SELECT key FROM occurrences ORDER BY key")]
    assert keys == [f"pledge:1:2026-{day}T19:00" for day in ("11-28", "11-29", "12-05", "12-06")]
    again = await wei.forges(card, "ps:1:approve:0", group)
    assert "decided before" in (await wei.popup(again))["text"]
    mei = estate.resident
    forged = await mei.forges(await mei.sees("Hello!"), "ps:1:approve:0")
    assert "cannot do that" in (await mei.popup(forged))["text"]


async def test_staff_ask_for_a_change_and_get_it(estate: Estate) -> None:
    bo, wei, group = await pledger(estate), estate.staff, estate.staff_chat
    await weekend_promise(estate, bo)
    await wei.presses("Ask for a change", group, await wei.sees("TO BE APPROVED", group))
    await estate.staff_replies("what should be different in promise 1?", "Please name the path")
    asked = await bo.sees("Please name the path")
    await wei.sees("TO BE CHANGED", group)
    await bo.presses("Change it", message=asked)
    summary = await asked_to_send(bo, DOGS)
    assert len(buttons(summary)) <= 8
    await bo.presses("Change the words", message=summary)
    await bo.sees("What do you promise?")
    await bo.says("No dogs on the east path")
    await presses_send(bo, await asked_to_send(bo, "east path"))
    again = await shows(wei, "TO BE APPROVED", "east path", chat=group)
    old = await shows(wei, "Promise 1 was written anew. Its card is further down.", chat=group)
    assert old["message_id"] < again["message_id"]
    assert not any("TO BE CHANGED" in written(each) for each in await estate.world.chat_messages(group))
    await presses_what(wei, APPROVE, group, again)
    await shows(bo, "Promise no. 1 is on the board.", "east path")
    words = [row["words"] for row in await estate.rows("SELECT words FROM pledge_wordings ORDER BY id")]
    assert words == [DOGS, "No dogs on the east path"], "the history stays"


async def test_a_published_one_keeps_its_words_until_staff_have_read_the_new_ones(estate: Estate) -> None:
    bo, wei, group = await pledger(estate), estate.staff, estate.staff_chat
    await published(estate, bo)
    await bo.says("/pledge")
    await bo.presses("No. 1:")
    await bo.presses("Change it")
    await bo.presses("Change the words", message=await asked_to_send(bo))
    await bo.sees("What do you promise?")
    await bo.says("I pick it up myself")
    await presses_send(bo, await asked_to_send(bo, "pick it up"))
    await bo.sees("Your change of promise no. 1 is with the staff.")
    card = await shows(wei, "It shall read:", "pick it up", chat=group)
    assert (await estate.rows("SELECT words FROM pledges"))[0]["words"] == DOGS
    await presses_what(wei, APPROVE, group, card)
    await bo.sees("The board shows promise no. 1 as you changed it.")
    assert (await estate.rows("SELECT words FROM pledges"))[0]["words"] == "I pick it up myself"


async def test_paused_resumed_and_ended(estate: Estate) -> None:
    bo = await pledger(estate)
    await published(estate, bo)
    await bo.says("/pledge")
    await bo.presses("No. 1:")
    first = await bo.sees("[Pause it]")
    await bo.presses("Pause it", message=first)
    paused = await shows(bo, "Promise no. 1: Paused")
    assert await estate.rows("SELECT * FROM occurrences") == []
    press = await bo.forges(paused, "p:1:pause:0")
    assert "changed meanwhile" in (await bo.popup(press))["text"]
    await bo.presses("Go on with it")
    await shows(bo, "Promise no. 1: On the board")
    assert len(await estate.rows("SELECT * FROM occurrences")) == 4
    await bo.presses("End it")
    await bo.presses("Yes, end it", message=await bo.sees("End promise no. 1?"))
    await shows(bo, "Promise no. 1: Ended")
    assert await estate.rows("SELECT * FROM occurrences") == []
    ended = await bo.forges(paused, "p:1:change:9")
    assert "things have changed since" in (await bo.popup(ended))["text"]


async def test_days_and_an_end_in_words_and_what_was_added_taken_out_again(estate: Estate) -> None:
    bo = await pledger(estate)
    await estate.report()
    await bo.says("/pledge I read to those who cannot see well")
    await bo.presses("Again and again", message=await bo.sees("What kind of promise is it?"))
    await bo.presses("Every week", message=await bo.sees("How often?"))
    await bo.sees("On which days?")
    await bo.says("every Saturday and Sunday")
    await bo.presses("That is all", message=await shows(bo, "✓ Saturday", "✓ Sunday"))
    await bo.sees("At what time?")
    await bo.says("10-11")
    await bo.presses("10:00–11:00", message=await shows(bo, "Is that before noon or after noon?", "[22:00–23:00]"))
    await bo.presses("The whole community", message=await bo.sees("For which part"))
    await bo.presses("No, without name", message=await bo.sees("May the board show"))
    await bo.presses("Give it an end", message=await asked_to_send(bo, "It has no end."))
    await bo.sees("Until which day?")
    await bo.says("年底前")
    summary = await shows(bo, "every week on Saturday, Sunday, 10:00–11:00, until Thursday, 31 December")
    await bo.presses("Change its end", message=summary)
    await bo.presses("It has no end", message=await shows(bo, "Until which day?", "[It has no end]"))
    await bo.presses("It answers a report", message=await asked_to_send(bo, "It has no end."))
    await bo.sees("Write the report's number.")
    await bo.says("No. 1")
    await bo.presses("Change the report", message=await asked_to_send(bo, "It answers report no. 1."))
    await bo.presses("It answers no report", message=await shows(bo, "Write the report's number.", "[It answers no"))
    summary = await asked_to_send(bo, "[It answers a report]")
    await presses_send(bo, summary)
    await bo.sees("Your promise has no. 1")
    assert await estate.rows("SELECT report FROM pledges") == [{"report": None}]


async def test_a_quota_and_numbers_that_are_none(estate: Estate) -> None:
    bo, wei, group = await pledger(estate), estate.staff, estate.staff_chat
    await bo.says("/pledge I write couplets for the neighbours")
    await bo.presses("A certain number", message=await bo.sees("What kind of promise is it?"))
    await bo.sees("How many?")
    for nonsense in ("0", "1000000", "many", "-3"):
        await bo.says(nonsense)
        await bo.sees("Please give a number from 1 to 10,000.".replace(",", ""))
    await bo.says("80")
    await bo.sees("By when?")
    await bo.says("31 February")
    await bo.sees("There is no such day")
    await bo.says("30.2.")
    await bo.sees("There is no such day")
    await bo.says("2026-11-01")
    await bo.sees("That day is over.")
    await bo.says("31.12.")
    await bo.presses("The whole community", message=await bo.sees("For which part"))
    await bo.presses("No, without name", message=await bo.sees("May the board show the name"))
    summary = await asked_to_send(bo, "80 by Thursday, 31 December")
    await presses_send(bo, summary)
    await presses_what(wei, APPROVE, group, await wei.sees("TO BE APPROVED", group))
    await bo.sees("Promise no. 1 is on the board.")
    rows = await estate.rows("SELECT key, target FROM occurrences")
    assert rows == [{"key": "pledge:1:2026-11-25T00:00", "target": 80}]


async def test_in_each_vacation_on_call_and_once(estate: Estate) -> None:
    bo = await pledger(estate)
    await bo.says("/pledge A calligraphy class")
    await bo.presses("A certain number", message=await bo.sees("What kind of promise is it?"))
    await bo.presses("1", message=await bo.sees("How many?"))
    await bo.presses("In each of: School vacations", message=await bo.sees("By when?"))
    await bo.presses("The whole community", message=await bo.sees("For which part"))
    await bo.presses("No, without name", message=await bo.sees("May the board show the name"))
    await asked_to_send(bo, "1 in each of these: School vacations", "Monday, 18 January 2027 to")
    # Every answer can be changed: it becomes one on call.
    await bo.presses("Change when", message=await asked_to_send(bo))
    await bo.presses("Whenever I am needed", message=await bo.sees("What kind of promise is it?"))
    summary = await asked_to_send(bo, "whenever somebody needs it")
    await bo.presses("Change when", message=summary)
    await bo.presses("Once, by a day", message=await bo.sees("What kind of promise is it?"))
    await bo.presses("31 December", message=await bo.sees("By when?"))
    await asked_to_send(bo, "once, by Thursday, 31 December")


async def test_every_day_for_ever_and_the_31st_of_every_month(estate: Estate) -> None:
    bo = await pledger(estate)
    await bo.says("/pledge I sweep the stairs")
    await bo.presses("Again and again", message=await bo.sees("What kind of promise is it?"))
    await bo.presses("Every day", message=await bo.sees("How often?"))
    await bo.presses("At no fixed time", message=await bo.sees("At what time?"))
    await bo.presses("The whole community", message=await bo.sees("For which part"))
    await bo.presses("No, without name", message=await bo.sees("May the board show the name"))
    summary = await shows(bo, "every day, at no fixed time", "It has no end.")
    await bo.presses("Change when", message=summary)
    await bo.presses("Again and again", message=await bo.sees("What kind of promise is it?"))
    await bo.presses("Every month", message=await bo.sees("How often?"))
    await bo.presses("The last day", message=await bo.sees("On which day of the month?"))
    await bo.says("evening")
    await bo.sees("I cannot read that time.")
    await bo.says("18:00")
    await shows(bo, "day 31, or on the last day of a shorter month", "Monday, 30 November, 18:00")


async def test_residents_learn_who_promises_and_nobody_forges(estate: Estate) -> None:
    mei, bo = estate.resident, await pledger(estate)
    await mei.says("/pledge")
    await mei.sees("Public promises are made by those who have been asked to")
    told = await published(estate, bo)
    hello = await mei.sees("Hello!")
    for data in ("p:1:pause:2", "p:1:ended:2", "p:1:noname:2", "p:1:open:0"):
        assert "cannot do that" in (await mei.popup(await mei.forges(hello, data)))["text"]
    for data in ("p:1:burn:2", "p:x:open:0", "p:0:record:0"):
        assert "do not know this button" in (await bo.popup(await bo.forges(told, data)))["text"]
    assert "do not find" in (await bo.popup(await bo.forges(told, "p:99:open:0")))["text"]


async def test_staff_write_down_the_promise_of_somebody_without_telegram(estate: Estate) -> None:
    wei, rep = estate.staff, await estate.newcomer("Rong")
    await estate.bot.database.run(_make_representative, rep.id)
    await wei.says("/pledge")
    await wei.presses("For one without Telegram")
    await wei.sees("Whose promise is it?")
    await wei.says("Old Chen")
    await wei.presses("Rong", message=await wei.sees("Who is reminded"))
    await wei.sees("What does Old Chen promise?")
    await wei.says("I mend taps")
    await wei.presses("Whenever I am needed", message=await wei.sees("What kind of promise is it?"))
    await wei.presses("The whole community", message=await wei.sees("For which part"))
    await wei.presses("Yes, with name", message=await wei.sees("May the board show the name Old Chen"))
    await presses_send(wei, await shows(wei, "A promise of Old Chen"))
    await shows(rep, "Promise no. 1 is on the board.", "I mend taps")
    rows = await estate.rows(
        "SELECT p.name, k.name AS keeper FROM pledges JOIN people p ON p.id = person JOIN people k ON k.id = keeper"
    )
    assert rows == [{"name": "Old Chen", "keeper": "Rong"}]


def _make_representative(tx: Transaction, telegram_id: int) -> None:
    met = people.by_telegram_id(tx, telegram_id)
    assert met is not None
    people.grant(tx, met.id, Role.REPRESENTATIVE, None)


async def test_a_promise_that_lies_there_is_called_a_promise(estate: Estate) -> None:
    bo = await pledger(estate)
    await bo.says("/pledge I water the trees")
    await bo.sees("What kind of promise is it?")
    await estate.settled()
    await estate.world.advance(minutes=16)
    await bo.sees("You began to write a promise and have not sent it.")


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        bo = await pledger(estate, "Bo", "zh-hans")
        await bo.says("/pledge 每周末劝导遛狗不文明")
        await bo.presses("经常做", message=await bo.sees("这是哪一种承诺"))
        await bo.presses("每周", message=await bo.sees("多久一次"))
        await bo.presses("星期六", message=await bo.sees("星期几"))
        await bo.presses("就这些", message=await bo.sees("✓ 星期六"))
        await bo.sees("几点")
        await bo.says("晚上7点到8点")
        await bo.presses("整个社区", message=await bo.sees("哪一片"))
        await bo.presses("可以", message=await bo.sees("公示栏上可以写"))
        await bo.presses("就这样发送", message=await shows(bo, "还没有发", "每周星期六", "19:00–20:00", "11月28日"))
        card = await estate.staff.sees("TO BE APPROVED", estate.staff_chat)
        await presses_what(estate.staff, APPROVE, estate.staff_chat, card)
        await bo.sees("1号承诺上公示栏了")
