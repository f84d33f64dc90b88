"""What happens to a report while it is in a project: merged, joined, resolved, opened again."""

from tests.e2e.conftest import LAMP, Estate
from tests.e2e.projecting import everybody_is_told, puts_in, starts_project, told
from tests.e2e.reading import presses_send, presses_what, shows


async def with_project(estate: Estate) -> None:
    await estate.report()
    await starts_project(estate, "Building 3")
    await puts_in(estate, 1, "No. 1: Building 3")
    await everybody_is_told(estate)


async def test_merged_into_another_it_brings_that_one_in_and_its_people_are_told(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await with_project(estate)
    li = await estate.newcomer("Li")
    await estate.report("It is dark on the stairs of Building 3, the lamp is gone", li)
    await presses_what(wei, "v:1:more:*", group, await estate.card(1))
    await presses_what(wei, "v:1:sames:*", group)
    await estate.settled()
    await presses_what(wei, "v:1:same=2:*", group)
    asked = await shows(wei, "Is no. 1 the same as no. 2?", chat=group)
    await presses_what(wei, "v:1:samein=2:*", group, asked)
    await everybody_is_told(estate)
    await shows(wei, "No. 2 · ", "In project no. 1", chat=group)
    await shows(wei, "Project no. 1", "1 report is in it", "2 people stand behind them", chat=group)
    assert len(await told(li, "Your report no. 2 is part of a project now")) == 1
    assert len(await told(estate.resident, "part of a project now")) == 1, "told before, and by the number they know"
    await presses_what(wei, "v:1:takeout:*", group, await estate.card(1))
    await everybody_is_told(estate)
    await shows(wei, "Project no. 1", "2 reports are in it", chat=group)
    assert len(await told(estate.resident, "part of a project now")) == 1


async def test_who_joins_it_later_is_told_that_it_is_in_a_project(estate: Estate) -> None:
    await with_project(estate)
    li = await estate.newcomer("Li")
    await li.says(LAMP)
    await presses_send(li)
    await presses_what(li, "f:*:join:1")
    await everybody_is_told(estate)
    assert len(await told(li, "part of a project now: “Building 3”")) == 1
    await shows(estate.staff, "Project no. 1", "2 people stand behind them", chat=estate.staff_chat)


async def test_the_card_in_the_group_counts_what_is_open_as_it_is(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await with_project(estate)
    await shows(wei, "Project no. 1", "1 of them is open", chat=group)
    await estate.resolves("New lamp")
    await presses_what(mei, "r:*:yes:*")
    await everybody_is_told(estate)
    await shows(wei, "Project no. 1", "0 of them are open", chat=group)
    await presses_what(mei, "m:1:again")
    await everybody_is_told(estate)
    await shows(wei, "Project no. 1", "1 of them is open", chat=group)


async def test_what_staff_put_in_by_mistake_tells_nobody(estate: Estate) -> None:
    await estate.report()
    await starts_project(estate, "Building 3")
    await puts_in(estate, 1, "No. 1: Building 3")
    wei, group = estate.staff, estate.staff_chat
    await presses_what(wei, "v:1:more:*", group, await estate.card(1))
    press = await presses_what(wei, "v:1:outofproject:*", group)
    assert "no longer in project no. 1" in (await wei.popup(press))["text"]
    await everybody_is_told(estate)
    assert await told(estate.resident, "project") == []
