"""Nothing stands still unseen: leads are nudged once a week, staff's digest names what does not move."""

from domain.people.rights import Role
from sandbox.client import Person
from tests.e2e.calling_in import calls_in, lead, led
from tests.e2e.conftest import Estate
from tests.e2e.moments import time_is
from tests.e2e.reading import presses_what, shows

NUDGE = "Nothing has moved in"


async def nudges(who: Person, text: str = NUDGE) -> list[str]:
    """What somebody was told of what stands still, oldest first."""
    found = await who.world.chat_messages(who.id)
    return [str(each["text"]) for each in found if text in str(each.get("text", ""))]


async def test_a_lead_of_forty_reads_one_message_a_week_when_they_may_be_disturbed(estate: Estate) -> None:
    lin, wei = await lead(estate), estate.staff
    for number in range(1, 41):
        await led(estate, f"Lift {number}", lin)
    await time_is(estate, "2026-12-07T09:00:00+08:00")
    assert await nudges(lin) == [], "twelve days are not fourteen"
    await time_is(estate, "2026-12-14T07:59:00+08:00")
    assert await nudges(lin) == []
    await time_is(estate, "2026-12-14T08:31:00+08:00")
    (said,) = await nudges(lin)
    assert "Nothing has moved in 40 projects you lead:" in said and "and 30 more" in said
    assert "No. 1: Lift 1. No movement for 19 days" in said
    await shows(wei, "Nothing has moved in 40 projects:", "Project lead: Lin", "and 35 more", chat=estate.staff_chat)
    assert await nudges(wei) == [], "wei leads none"
    await estate.stop()
    await estate.start()
    await time_is(estate, "2026-12-18T12:00:00+08:00")
    assert len(await nudges(lin)) == 1, "once a week"
    await time_is(estate, "2026-12-21T08:31:00+08:00")
    assert len(await nudges(lin)) == 2


async def test_a_movement_ends_it_and_what_nobody_leads_is_named_to_leads(estate: Estate) -> None:
    lin, bo = await lead(estate), await lead(estate, "Bo")
    gao = await estate.colleague("Gao", Role.LEAD)
    await led(estate, "The lifts", lin)
    await led(estate, "The bins", bo)
    await calls_in(lin, 1, "cleaning")
    await time_is(estate, "2026-12-07T09:00:00+08:00")
    await bo.blocks()
    await time_is(estate, "2026-12-10T12:00:00+08:00")
    await presses_what(estate.staff, "jd:*:come:*", estate.staff_chat)
    await presses_what(estate.staff, "jd:*:on=2026-12-11:*", estate.staff_chat)
    await shows(lin, "will come on Friday, 11 December")
    await time_is(estate, "2026-12-14T08:31:00+08:00")
    for each in (gao, estate.staff):
        said = await shows(each, "Nobody who can be reached leads 1 project:", "No. 2: The bins")
        await presses_what(each, "jp:2:view:*", message=said)
        await shows(each, "Project no. 2: The bins", "Last movement")
    assert await nudges(lin) == [] and await nudges(bo) == []


async def test_in_chinese(estate: Estate) -> None:
    li = await lead(estate, "Li", "zh-hans")
    await led(estate, "电梯", li)
    await time_is(estate, "2026-12-14T08:31:00+08:00")
    await shows(li, "您牵头的1个项目没有进展：", "第1号：电梯，已有19天没有进展")
