"""A project from its start to its end, as staff, its lead and those whose report is in it see it."""

from domain.people.rights import Role
from sandbox.client import buttons, written
from tests.e2e.conftest import Estate
from tests.e2e.projecting import (
    CHANGE,
    REPORTS,
    STEPS,
    VIEW,
    asked,
    chooses,
    everybody_is_told,
    leads,
    opens,
    puts_in,
    starts_project,
    told,
)
from tests.e2e.reading import asked_to_send, presses_send, presses_what, shows


async def test_it_is_started_with_what_is_usual_and_stands_in_a_topic_of_its_own(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    made = await starts_project(estate, "The lifts")
    card = await shows(wei, "Project no. 1: The lifts", "Project lead: Wei", "No report is in it yet", chat=group)
    topic = next(each for each in await estate.rows("SELECT * FROM topics") if each["key"] == "project:1")
    assert topic["name"] == "1 · The lifts" and card["message_thread_id"] == topic["thread_id"]
    link = next(each["url"] for each in buttons(card) if "url" in each)
    await wei.follows(link)
    await shows(wei, "Project no. 1: The lifts", "Only the staff and its lead can see it", after=made)


async def test_all_of_it_can_be_said_at_once_and_changed_later(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    lin = await leads(estate, "Lin")
    await wei.says("/project")
    await asked(wei, "What is the project called?")
    await wei.says("x" * 81)
    await asked(wei, "too long")
    await wei.says("The lifts")
    draft = await asked_to_send(wei, "Title: The lifts", "NOT STARTED YET")
    await chooses(wei, "!change:goal", draft)
    await asked(wei, "What is to be reached?")
    await wei.says("All lifts run")
    await chooses(wei, "!change:leads", await asked_to_send(wei, "Goal: All lifts run"))
    await wei.says("Lin")
    await estate.settled()
    await wei.presses("✓ Wei")
    await estate.settled()
    await chooses(wei, "!all")
    await chooses(wei, "!change:shown", await asked_to_send(wei, "Project lead: Lin"))
    await chooses(wei, "yes")
    await presses_send(wei, await asked_to_send(wei, "Everyone can see it"))
    await lin.sees("You are its project lead now.")
    # The lead changes its words; who leads it and who sees it is not theirs.
    await presses_what(lin, VIEW)
    await presses_what(lin, CHANGE)
    form = await asked_to_send(lin, "Change project no. 1?")
    assert "[Project lead" not in written(form) and "[Who can see it" not in written(form)
    await chooses(lin, "!change:title", form)
    await lin.says("The lifts of building 3")
    await presses_send(lin, await asked_to_send(lin, "Title: The lifts of building 3"))
    await lin.sees("Project no. 1 is changed.")
    await everybody_is_told(estate)
    await shows(wei, "Project no. 1: The lifts of building 3", "Goal: All lifts run", "Project lead: Lin",
                chat=group)  # fmt: skip


async def test_a_person_hears_once_that_their_reports_are_in_it_and_once_of_each_step(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await estate.report("The lift in Building 3 is stuck")
    await starts_project(estate, "Building 3")
    for number in (1, 2):
        await puts_in(estate, number, "No. 1: Building 3")
    await shows(wei, "No. 1 · ", "In project no. 1", chat=estate.staff_chat)
    await estate.bot.scheduler.tick()
    await estate.settled()
    assert not await told(mei, "part of a project"), "a mistake of a moment tells nobody"
    await everybody_is_told(estate)
    assert len(await told(mei, "Your report no. 1 is part of a project now: “Building 3”")) == 1
    assert len(await told(mei, "part of a project")) == 1
    await shows(wei, "2 reports are in it", "1 person stands behind them", chat=estate.staff_chat)
    view = await opens(wei, 1, "2 reports are in it")
    await presses_what(wei, STEPS, message=view)
    await presses_what(wei, "js:1:deliver:ask:*")
    sure = await shows(wei, "Next: Start the work?", "1 person is in it.")
    await presses_what(wei, "js:1:deliver:yes:*", message=sure)
    await shows(wei, "Moved on: we are working on it")
    await wei.forges(sure, "js:1:deliver:yes:0")  # a double tap
    await everybody_is_told(estate)
    assert len(await told(mei, "Project “Building 3”", "Where it stands: we are working on it")) == 1


async def test_given_up_everybody_reads_why_and_their_reports_stay_open(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await starts_project(estate, "Building 3")
    await puts_in(estate, 1, "No. 1: Building 3")
    await presses_what(wei, STEPS, message=await opens(wei, 1))
    steps = await shows(wei, "1 report in it is still open. It is done when none is.", "What comes next?")
    assert "The project is done" not in written(steps)
    # A button from before that report was put in says why, too.
    version = (await estate.rows("SELECT version FROM projects"))[0]["version"]
    press = await wei.forges(steps, f"js:1:finish:ask:{version}")
    assert "1 report in it is still open" in (await wei.popup(press))["text"]
    await presses_what(wei, "js:1:give_up:ask:*")
    await asked(wei, "Why is it given up?")
    await wei.says("There is <no> money")
    await presses_send(wei, await asked_to_send(wei, "Give up project no. 1?"))
    await wei.sees("Project no. 1 is given up.")
    await everybody_is_told(estate)
    assert len(await told(mei, "given up", "Why: There is <no> money", "Your report stays open")) == 1
    # Nothing more goes in; staff can take it up again.
    await estate.report("Another one")
    await presses_what(wei, "v:2:more:*", estate.staff_chat, await estate.card(2))
    press = await presses_what(wei, "v:2:projects:*", estate.staff_chat)
    assert "no other project" in (await wei.popup(press))["text"]
    await presses_what(wei, STEPS, message=await opens(wei, 1, "Why it was given up: There is <no> money"))
    await presses_what(wei, "js:1:listen:ask:*")
    await presses_what(wei, "js:1:listen:yes:*")
    await shows(wei, "Moved on: we are listening")


async def test_done_when_no_report_in_it_is_open(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await starts_project(estate, "Building 3")
    await puts_in(estate, 1, "No. 1: Building 3")
    await estate.resolves("New lamp")
    await presses_what(mei, "r:*:yes:*")
    await mei.sees("Fixed")
    await presses_what(wei, STEPS, message=await opens(wei, 1, "0 of them are open"))
    await presses_what(wei, "js:1:finish:ask:*")
    await presses_what(wei, "js:1:finish:yes:*")
    await shows(wei, "Moved on: done")
    await everybody_is_told(estate)
    assert len(await told(mei, "Where it stands: done")) == 1


async def test_two_of_staff_at_once_and_old_buttons(estate: Estate) -> None:
    wei, bo = estate.staff, await estate.colleague("Bo")
    await starts_project(estate, "The lifts")
    for who in (wei, bo):
        await presses_what(who, STEPS, message=await opens(who, 1))
    await presses_what(bo, "js:1:deliberate:ask:*")
    await presses_what(bo, "js:1:deliberate:yes:*")
    await shows(bo, "Moved on")
    press = await presses_what(wei, "js:1:deliver:ask:*")
    assert "changed in the meantime" in (await wei.popup(press))["text"]
    # The same with what it says: both open the form, the first one counts.
    for who in (wei, bo):
        await presses_what(who, CHANGE, message=await opens(who, 1))
        await chooses(who, "!change:title", await asked_to_send(who, "Change project"))
        await who.says(f"Of {'Wei' if who is wei else 'Bo'}")
        await asked_to_send(who, "Title: Of")
    await presses_send(bo)
    await bo.sees("Project no. 1 is changed.")
    await presses_send(wei)
    await wei.sees("changed in the meantime")
    await opens(wei, 1, "Of Bo")


async def test_its_lead_steers_it_and_nobody_else_of_the_team(estate: Estate) -> None:
    lin, other = await leads(estate, "Lin"), await leads(estate, "Bo", Role.REPRESENTATIVE)
    await estate.report()
    await estate.staff.says("/project Building 3")
    await chooses(estate.staff, "!change:leads", await asked_to_send(estate.staff, "Building 3"))
    await estate.staff.says("Lin")
    await estate.settled()
    await chooses(estate.staff, "!all")
    await presses_send(estate.staff, await asked_to_send(estate.staff, "Lin"))
    await puts_in(estate, 1, "No. 1: Building 3")
    await lin.says("/projects")
    listed = await lin.sees("Project no. 1: Building 3")
    await presses_what(lin, VIEW, message=listed)
    view = await shows(lin, "1 report is in it", "Last movement")
    assert "[Reports in it" not in written(view), "what residents wrote is for staff"
    await presses_what(lin, STEPS, message=view)
    await presses_what(lin, "js:1:deliver:ask:*")
    await presses_what(lin, "js:1:deliver:yes:*")
    await lin.sees("Moved on")
    # Another of the team finds no such project, by no way.
    for who in (other, estate.resident):
        await who.says("/projects")
        nothing = await who.sees("There are no projects")
        for data in ("jp:1:view:0", "jp:1:reports=0:0", "jp:1:out=1:0", "jp:1:change:0", "js:1:deliver:yes:0"):
            assert (await who.popup(await who.forges(nothing, data)))["show_alert"]
        await who.starts("j-1")
        await who.sees("I do not find that any more.")
        await who.says("/project Mine")
        await who.sees("You cannot do that")
    press = await lin.forges(view, "jp:1:out=1:0")
    assert (await lin.popup(press))["show_alert"]
    assert await estate.rows("SELECT project FROM reports") == [{"project": 1}]


async def test_a_public_one_is_seen_by_everybody_without_numbers_or_names(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await wei.says("/project The lifts")
    await chooses(wei, "!change:shown", await asked_to_send(wei, "The lifts"))
    await chooses(wei, "yes")
    await presses_send(wei, await asked_to_send(wei, "Everyone can see it"))
    await wei.sees("has started")
    await mei.says("/projects")
    await presses_what(mei, VIEW, message=await mei.sees("Project no. 1: The lifts"))
    view = await mei.sees("Where it stands: we are listening")
    assert not any(word in written(view) for word in ("Wei", "report", "people"))
    assert [each["callback_data"][:3] for each in buttons(view)] == ["jl:"]


async def test_a_report_is_taken_out_again_and_its_people_hear_it(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await starts_project(estate, "Building 3")
    await puts_in(estate, 1, "No. 1: Building 3")
    await everybody_is_told(estate)
    await presses_what(wei, REPORTS, message=await opens(wei, 1))
    await presses_what(wei, "jp:1:out=1:*")
    await wei.sees("No. 1 is no longer in it.")
    await mei.sees("Your report no. 1 is no longer part of the project “Building 3”.")
    await estate.settled()
    assert "In project" not in written(await estate.card(1))
    await wei.says("/history 1")
    await shows(wei, "Wei put it into a project.", "It is no longer in its project.")


async def test_in_chinese(estate: Estate) -> None:
    li = await estate.newcomer("李", "zh-hans")
    await li.says("3号楼的电梯坏了")
    await presses_send(li)
    await li.sees("已收到")
    await starts_project(estate, "3号楼电梯")
    await puts_in(estate, 1, "No. 1: 3号楼电梯")
    await everybody_is_told(estate)
    await li.sees("您的第1号诉求已归入项目“3号楼电梯”")
    await presses_what(estate.staff, STEPS, message=await opens(estate.staff, 1))
    await presses_what(estate.staff, "js:1:deliver:ask:*")
    await presses_what(estate.staff, "js:1:deliver:yes:*")
    await everybody_is_told(estate)
    await li.sees("进展：推进落实")
