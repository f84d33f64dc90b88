"""Many reports go into a project: from their cards, from /find, from a suggestion; and from one project to another."""

from sandbox.client import buttons, written
from tests.e2e.conftest import Estate
from tests.e2e.projecting import (
    VIEW,
    asked,
    chooses,
    everybody_is_told,
    has_reported,
    leads,
    opens,
    puts_in,
    starts_project,
    told,
)
from tests.e2e.reading import asked_to_send, presses_send, presses_what, shows

STUCK = [f"The lift in Building 3 is stuck again, since {hour} o'clock" for hour in range(1, 31)]


async def in_project(estate: Estate, number: int = 1) -> list[int]:
    rows = await estate.rows("SELECT id FROM reports WHERE project = ? ORDER BY id", number)
    return [row["id"] for row in rows]


async def test_from_find_all_of_them_go_into_a_new_project_in_five_presses(estate: Estate) -> None:
    wei = estate.staff
    mei_s = await has_reported(estate, *STUCK)
    await estate.report("Water drips from the ceiling")
    await wei.says("/find lift stuck")
    await presses_what(wei, "fw:*:bundle", message=await wei.sees("Found for"))
    await chooses(wei, "all", await asked(wei, "Which of these 30 reports"))
    await chooses(wei, "new", await asked(wei, "Into which project?"))
    await presses_send(wei, await asked_to_send(wei, "Put 30 reports into a project?"))
    await presses_send(wei, await asked_to_send(wei, "Title: lift stuck", "30 reports go into it."))
    await wei.sees("has started: lift stuck")
    await everybody_is_told(estate)
    await shows(wei, "Project no. 1: lift stuck", "30 reports are in it now.")
    assert await in_project(estate) == mei_s
    await shows(wei, "30 reports are in it", "30 people stand behind them", chat=estate.staff_chat)


async def test_from_find_some_of_them_and_those_of_another_project_stay_unless_asked(estate: Estate) -> None:
    wei = estate.staff
    lin = await leads(estate, "Lin")
    await has_reported(estate, *STUCK[:3])
    await wei.says("/project Old")
    await chooses(wei, "!change:leads", await asked_to_send(wei, "Old"))
    await wei.says("Lin")
    await estate.settled()
    await chooses(wei, "!all")
    await presses_send(wei, await asked_to_send(wei, "Lin"))
    await puts_in(estate, 1, "No. 1: Old")
    await starts_project(estate, "New")
    await wei.says("/find lift stuck")
    found = await wei.sees("Found for")
    await presses_what(wei, "fw:*:bundle", message=found)
    await chooses(wei, "some", await asked(wei, "Which of these 3 reports"))
    for number in (1, 2):
        await estate.settled()
        await chooses(wei, str(number))
    await estate.settled()
    await chooses(wei, "!all")
    await chooses(wei, "2", await asked(wei, "Into which project?"))
    draft = await asked_to_send(wei, "Put 2 reports into a project?", "1 of them is in another project and stays there")
    labels = [each["text"] for each in buttons(draft)]
    assert len(set(labels)) == len(labels), f"two buttons say the same: {labels}"
    await chooses(wei, "!move", draft)
    await presses_send(wei, await asked_to_send(wei, "is in another project and moves"))
    await shows(wei, "Project no. 2: New", "2 reports are in it now.")
    await lin.sees("1 report has been moved from project no. 1 to no. 2.")
    assert await in_project(estate, 1) == [] and await in_project(estate, 2) == [1, 2]
    # Once more, without moving.
    await puts_in(estate, 3, "No. 1: Old")
    await presses_what(wei, "fw:*:bundle", message=found)
    await chooses(wei, "all", await asked(wei, "Which of these 3 reports"))
    await estate.settled()
    await chooses(wei, "2")
    await presses_send(wei, await asked_to_send(wei, "Put 3 reports"))
    await shows(wei, "2 were in it already", "1 stays in another project.")
    assert await in_project(estate, 1) == [3]


async def test_from_a_card_moving_is_asked_and_both_leads_hear_of_it(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    lin = await leads(estate, "Lin")
    await estate.report()
    await starts_project(estate, "One")
    await wei.says("/project Other")
    await chooses(wei, "!change:leads", await asked_to_send(wei, "Other"))
    await wei.says("Lin")
    await estate.settled()
    await chooses(wei, "!all")
    await presses_send(wei, await asked_to_send(wei, "Lin"))
    bo = await estate.colleague("Bo")
    await puts_in(estate, 1, "No. 1: One")
    await puts_in(estate, 1, "No. 2: Other", by=bo)
    question = await shows(bo, "Move no. 1 from project no. 1 to no. 2?", chat=group)
    await bo.presses("No, leave it", group, question)
    await estate.settled()
    assert await in_project(estate) == [1]
    await puts_in(estate, 1, "No. 2: Other", by=bo)
    question = await shows(bo, "Move no. 1 from project no. 1 to no. 2?", chat=group, after=question)
    await bo.presses("Yes, move it", group, question)
    await shows(bo, "No. 1 is in project no. 2 now.", chat=group)
    for who in (wei, lin):
        await who.sees("1 report has been moved from project no. 1 to no. 2.")
    await everybody_is_told(estate)
    assert len(await told(estate.resident, "part of a project now: “Other”")) == 1


async def test_a_new_project_of_one_report_finds_others_like_it(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    numbers = await has_reported(estate, *STUCK[:7])
    await has_reported(estate, "There are rats beside the bins", category="cleaning")
    await presses_what(wei, "v:7:more:*", group, await estate.card(7))
    more = await shows(wei, "No. 7 · ", "[New project", chat=group)
    await wei.follows(next(each["url"] for each in buttons(more) if each.get("text") == "New project"))
    await presses_send(wei, await asked_to_send(wei, "NOT STARTED YET", "1 report goes into it"))
    await presses_what(wei, "jg:7", message=await wei.sees("has started"))
    await chooses(wei, "all", await asked(wei, "Which of these 6 reports"))
    await estate.settled()
    await chooses(wei, "1")
    await presses_send(wei, await asked_to_send(wei, "Put 6 reports"))
    await shows(wei, "6 reports are in it now.")
    assert await in_project(estate) == numbers


async def test_a_suggestion_becomes_a_project_and_nothing_personal_or_dangerous_is_in_it(estate: Estate) -> None:
    wei = estate.staff
    numbers = await has_reported(estate, *STUCK[:8])
    await presses_what(wei, "v:1:more:*", estate.staff_chat, await estate.card(1))
    await presses_what(wei, "v:1:personal*:*", estate.staff_chat)
    await estate.settled()
    await estate.resident.says("Gas! I smell gas in the lift of Building 3, it is stuck again")
    await estate.settled()
    await wei.says("/projects")
    await presses_what(wei, "jg:0", message=await wei.sees("no projects yet"))
    offered = await wei.sees("7 open reports are alike")
    await presses_what(wei, "jg:8", message=offered)
    await chooses(wei, "all", await asked(wei, "Which of these 7 reports"))
    await chooses(wei, "new", await asked(wei, "Into which project?"))
    await presses_send(wei, await asked_to_send(wei, "Put 7 reports into a project?"))
    await presses_send(wei, await asked_to_send(wei, "7 reports go into it."))
    await shows(wei, "7 reports are in it now.")
    assert await in_project(estate) == numbers[1:]
    await wei.says("/projects")
    await presses_what(wei, "jg:0", message=await wei.sees("Projects"))
    await wei.sees("few open reports are alike")


async def test_what_turns_out_to_be_about_a_person_leaves_a_public_project(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    await wei.says("/project Lifts")
    await chooses(wei, "!change:shown", await asked_to_send(wei, "Lifts"))
    await chooses(wei, "yes")
    await presses_send(wei, await asked_to_send(wei, "Everyone can see it"))
    await puts_in(estate, 1, "No. 1: Lifts")
    await presses_what(wei, "v:1:more:*", group, await estate.card(1))
    await presses_what(wei, "v:1:personal*:*", group)
    await estate.settled()
    assert await in_project(estate) == []
    await presses_what(wei, "v:1:more:*", group, await estate.card(1))
    await presses_what(wei, "v:1:projects:*", group)
    await estate.settled()
    press = await wei.presses("No. 1: Lifts", group, await estate.card(1))
    assert "everyone can see that project" in (await wei.popup(press))["text"]


async def test_withdrawn_while_it_is_in_a_project(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    card = await estate.report()
    await starts_project(estate, "Lifts")
    await puts_in(estate, 1, "No. 1: Lifts")
    await presses_what(mei, "m:1:back", message=card)
    await presses_send(mei)
    await mei.sees("You have taken back no. 1")
    await everybody_is_told(estate)
    await opens(wei, 1, "No report is in it yet")
    assert not await told(mei, "part of a project now")


async def test_others_than_staff_reach_none_of_it(estate: Estate) -> None:
    await has_reported(estate, *STUCK[:3])
    await estate.staff.says("/find lift")
    found = await estate.staff.sees("Found for")
    lin = await leads(estate, "Lin")
    await lin.says("/projects")
    nothing = await lin.sees("no projects")
    for data in ("jg:0", "jg:1", "fw:1:bundle"):
        assert (await lin.popup(await lin.forges(nothing, data)))["show_alert"]
    press = await estate.staff.forges(found, "fw:1:nothing")
    assert "do not know this button" in (await estate.staff.popup(press))["text"]
    await starts_project(estate, "Lifts")
    assert "[Look at it" in written(await estate.staff.sees("has started"))
    await presses_what(estate.staff, VIEW)
