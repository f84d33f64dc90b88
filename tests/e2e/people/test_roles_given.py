"""Roles are given in sight: a yes says what it does, in private; givers and admins are told, and can take it away."""

from domain.people.rights import Role
from sandbox.client import Person, buttons, written
from tests.e2e.conftest import Estate, news, shows


async def roles_of(estate: Estate, person: Person) -> set[str]:
    """The roles somebody has."""
    found = await estate.rows(
        "SELECT role FROM roles JOIN people ON people.id = person WHERE telegram_id = ?", person.id
    )
    return {row["role"] for row in found}


async def invitation(estate: Estate, role: str) -> str:
    """What stands behind `start=` of a one-time link that the admin makes."""
    said = await estate.staff.says(f"/role {role}")
    await shows(estate.staff, "How do I know whom you mean", after=said)
    await estate.staff.presses("One-time link")
    message = await shows(estate.staff, "you are invited", after=said)
    return str(message["text"].partition("?start=")[2].split()[0])


async def test_nobody_becomes_anything_by_a_press_in_the_group(estate: Estate) -> None:
    """Somebody without a role, who writes as the group, asks to be admin; an admin in passing presses what there is."""
    wei, group = estate.staff, estate.staff_chat
    eve = await estate.colleague("Eve", None)
    await estate.world.post("group/promote", chat=group, user=eve.id, rights={"can_invite_users": True})
    said = await eve.says("Good morning", group)
    await eve.says("/role admin", group, via_anonymous=True, reply_to=said["message_id"])
    asked = await shows(wei, "You write as the group", chat=group, after=said)
    assert all("callback_data" not in button for button in buttons(asked)), "no press in the group does anything"
    await wei.presses("Go on in private", group, asked)
    question = await shows(wei, "Eve", "admin", "With your yes")
    assert await roles_of(estate, eve) == set(), "to look at the question does nothing"
    await wei.presses("No", message=question)
    await estate.settled()
    assert await roles_of(estate, eve) == set()
    await wei.forges(question, str(buttons(question)[0]["callback_data"]))
    await estate.settled()
    assert await roles_of(estate, eve) == set(), "after a no there is no yes"


async def test_the_question_is_over_after_ten_minutes(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    bo = await estate.colleague("Bo", None)
    said = await bo.says("Good morning", group)
    await wei.says("/role staff", group, via_anonymous=True, reply_to=said["message_id"])
    asked = await shows(wei, "You write as the group", chat=group, after=said)
    await wei.presses("Go on in private", group, asked)
    question = await shows(wei, "With your yes")
    await estate.world.set_time("2026-11-25T10:10:30+08:00")
    await wei.presses("Yes", message=question)
    await shows(wei, "The time for this is over")
    assert await roles_of(estate, bo) == set()
    opened = await wei.presses("Go on in private", group, asked)
    again = await shows(wei, "The time for this is over", after=opened["message"])
    assert buttons(again) == []


async def test_a_link_for_admin_waits_for_its_makers_yes(estate: Estate) -> None:
    wei = estate.staff
    eve, bo = await estate.newcomer("Eve", username="eve_online"), await estate.newcomer("Bo")
    code = await invitation(estate, "admin")
    opened = await eve.starts(code)
    await shows(eve, "I have asked the person who made this link", after=opened)
    question = await shows(wei, "Eve (@eve_online) has opened your link for the role: admin")
    assert await roles_of(estate, eve) == set()
    await bo.starts(code)
    await bo.sees("used by somebody else")
    await shows(wei, "Bo has opened a link of yours for the role admin")
    hers = await shows(eve, "I have asked the person")
    await eve.forges(hers, str(buttons(question)[0]["callback_data"]))
    await estate.settled()
    assert await roles_of(estate, eve) == set(), "only the maker says yes"
    await wei.presses("No, end the link", message=question)
    await eve.sees("has said no")
    await eve.starts(code)
    await eve.sees("used by somebody else")
    assert await roles_of(estate, eve) == await roles_of(estate, bo) == set()

    fresh = await invitation(estate, "lead")
    await bo.starts(fresh)
    await wei.presses("Yes, give the role", message=await shows(wei, "Bo has opened your link for the role: lead"))
    await bo.sees("You now have the role: lead.")
    assert await roles_of(estate, bo) == {"lead"}


async def test_a_link_that_waits_is_over_with_its_time(estate: Estate) -> None:
    wei, eve = estate.staff, await estate.newcomer("Eve")
    await eve.starts(await invitation(estate, "admin"))
    question = await shows(wei, "Eve has opened your link")
    await estate.world.set_time("2026-12-02T10:30:00+08:00")
    await wei.presses("Yes, give the role", message=question)
    await shows(wei, "The time for this question is over")
    assert await roles_of(estate, eve) == set()


async def test_every_role_is_told_to_its_giver_and_all_admins_and_can_be_taken_away(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    ann = await estate.colleague("Ann", Role.ADMIN)
    lea = await estate.colleague("Lea", Role.LEAD)
    cem = await estate.colleague("Cem", None)
    said = await cem.says("Good morning", group)
    await lea.says("/role staff", group, reply_to=said["message_id"])
    await cem.sees("You now have the role: staff.")
    for admin in (wei, ann):
        await shows(admin, "Cem now has the role: staff. Lea has given it.")
    hers = await shows(lea, "You have given Cem the role: staff.")
    await ann.presses("Take it away", message=await shows(ann, "Cem now has the role"))
    await cem.sees("You no longer have the role: staff.")
    assert await roles_of(estate, cem) == set()
    await shows(wei, "Cem no longer has the role: staff. Ann has taken it away.")
    pressed = await lea.presses("Take it away", message=hers)
    assert "already" in (await lea.popup(pressed))["text"]

    # By a link it is told just the same, to its maker and to the admins.
    mark = await shows(wei, "Cem no longer has", "Ann has taken it away")
    code = await invitation(estate, "staff")
    await cem.starts(code)
    await shows(wei, "You have given Cem the role: staff.", after=mark)
    await wei.presses("Take it away", message=await shows(wei, "You have given Cem the role: staff.", after=mark))
    await shows(ann, "Cem no longer has the role: staff. Wei has taken it away.")
    assert await roles_of(estate, cem) == set()


async def test_in_other_groups_nobody_is_given_a_role(estate: Estate) -> None:
    wei, bo = estate.staff, await estate.newcomer("Bo")
    group = await estate.world.group("Neighbours", [wei, bo])
    said = await bo.says("Good morning", group)
    await wei.says("/role@resident_voices_bot staff", group, reply_to=said["message_id"])
    await shows(wei, "Roles are given in the staff group, or in our private chat", chat=group)
    await wei.says("/setup@resident_voices_bot", group)
    told = await shows(wei, "chosen in our private chat", chat=group)
    assert buttons(told) == [] and all("Neighbours" not in each for each in await news(wei, said))
    assert await roles_of(estate, bo) == set()
    assert "staff group" in written(told)
