"""What a promise has to do with others: a report it answers, a repair that keeps it, the school's vacations."""

from domain.people.rights import Role
from sandbox.client import written
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.conftest import LAMP, Estate, news, shows
from tests.e2e.moments import time_is
from tests.e2e.pledges.test_pledge_making import pledger
from tests.e2e.pledges.test_pledge_reminders import LIST
from tests.e2e.reading import APPROVE, REPAIRED, TAKES_REPAIR, asked_to_send, presses_send, presses_what
from tests.e2e.repairing import asks, volunteer


async def test_it_answers_a_report_and_no_other_number(estate: Estate) -> None:
    bo, wei, group = await pledger(estate), estate.staff, estate.staff_chat
    await estate.report()
    await estate.card()
    await bo.says("/pledge I look after the lamps")
    await bo.presses("Whenever I am needed", message=await bo.sees("What kind of promise is it?"))
    await bo.presses("The whole community", message=await bo.sees("For which part"))
    await bo.presses("No, without name", message=await bo.sees("May the board show"))
    await bo.presses("It answers a report", message=await asked_to_send(bo))
    await bo.sees("Write the report's number.")
    for unknown in ("99", "the lamp"):
        before = await bo.says(unknown)
        await shows(bo, "I know no report with that number.", after=before)
    await bo.says("1")
    summary = await asked_to_send(bo, "It answers report no. 1.")
    assert LAMP not in written(summary), "what a resident wrote is for staff"
    await presses_send(bo, summary)
    await shows(wei, "TO BE APPROVED", "It answers report no. 1: " + LAMP, chat=group)


async def test_a_repair_that_is_done_keeps_a_promise_to_be_on_call(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")

    def promises(tx: Transaction) -> None:
        met = people.by_telegram_id(tx, lao.id)
        assert met is not None
        people.grant(tx, met.id, Role.PLEDGER, None)

    await estate.bot.database.run(promises)
    await lao.says("/pledge Water and electricity, day and night")
    await lao.presses("Whenever I am needed", message=await lao.sees("What kind of promise is it?"))
    await lao.presses("The whole community", message=await lao.sees("For which part"))
    await lao.presses("No, without name", message=await lao.sees("May the board show"))
    await presses_send(lao, await asked_to_send(lao))
    await presses_what(
        estate.staff, APPROVE, estate.staff_chat, await estate.staff.sees("TO BE APPROVED", estate.staff_chat)
    )
    told = await shows(lao, "Promise no. 1 is on the board.")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR, message=await lao.sees("can you come?"))
    await lao.presses("In one hour", message=await shows(lao, "you have taken it", "[In one hour]"))
    await presses_what(lao, REPAIRED, message=await shows(lao, "You come:"))
    await lao.presses("Leave this out", message=await lao.sees("what did you do?"))
    await lao.presses("Leave this out", message=await lao.sees("how long"))
    await lao.forges(told, "p:1:open:0")
    await shows(lao, "Promise no. 1: On the board", "Nobody has needed it yet.")
    await estate.resident.presses("Yes, it is done", message=await estate.resident.sees("Is it done?"))
    await estate.settled()
    await lao.forges(told, "p:1:open:0")
    await shows(lao, "Promise no. 1: On the board", "Was there 1 time")


async def test_a_class_in_each_vacation_is_spoken_of_when_one_begins_and_in_its_last_week(estate: Estate) -> None:
    bo = await pledger(estate)
    await bo.says("/pledge A calligraphy class")
    await bo.presses("A certain number", message=await bo.sees("What kind of promise is it?"))
    await bo.presses("5", message=await bo.sees("How many?"))
    await bo.presses("In each of: School vacations", message=await bo.sees("By when?"))
    await bo.presses("The whole community", message=await bo.sees("For which part"))
    await bo.presses("No, without name", message=await bo.sees("May the board show"))
    await presses_send(bo, await asked_to_send(bo))
    await presses_what(
        estate.staff, APPROVE, estate.staff_chat, await estate.staff.sees("TO BE APPROVED", estate.staff_chat)
    )
    told = await shows(bo, "Promise no. 1 is on the board.")
    # On the Monday on which it begins the list speaks of it; whose list comes on Friday hears of it by itself.
    await bo.says("/pledge")
    await bo.presses("When I remind you")
    await bo.presses("Another weekday")
    await bo.presses("Friday", message=await bo.sees("[Friday]"))
    await shows(bo, "on Friday at 09:00")
    for day in ("2027-01-08", "2027-01-15"):
        await time_is(estate, f"{day}T09:00:01+08:00")
    await time_is(estate, "2027-01-18T07:00:00+08:00")
    assert not any("It begins today" in text for text in await news(bo, told)), "not in the quiet hours"
    await time_is(estate, "2027-01-18T08:00:01+08:00")
    began = await shows(bo, "It begins today: 5, until Sunday, 21 February.")
    await bo.presses("+1", message=began)
    await shows(bo, "Counted: +1", "1 of 5")
    await time_is(estate, "2027-02-12T09:00:01+08:00")
    await shows(bo, LIST, "1 of 5, until Sun 21 Feb")
    await time_is(estate, "2027-02-15T08:00:01+08:00")
    await shows(bo, "The last week has begun: 1 of 5 are done, until Sunday, 21 February.")
