"""From a token to a staff group at work: first admin, staff group, roles, anonymous admins, a group that moves."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.application import Parts
from sandbox.client import Person, World, buttons, written
from tests.e2e.conftest import Start
from tests.e2e.reading import TAKE, presses_send, presses_what

Json = dict[str, Any]
STAFF = "Staff of Maple Court"


def link(text: str) -> str:
    """The payload of the one-time link in a text."""
    found = re.search(r"\?start=(\S+)", text)
    assert found, text
    return found[1]


async def first_admin(world: World, capsys: pytest.CaptureFixture[str], name: str = "Ada") -> Person:
    """The console's link, opened by somebody."""
    ada = await world.person(name)
    await ada.starts(link(capsys.readouterr().out))
    await ada.sees("You now have the role: admin.")
    return ada


async def choose_group(ada: Person, group: int) -> None:
    """The admin's button, followed to a group."""
    offer = await ada.sees("[Choose the staff group]")
    await ada.world.post(
        "press", **{"from": ada.id}, chat=ada.world.bot_id, message=offer["message_id"],
        label="Choose the staff group", group=group,
    )  # fmt: skip
    await ada.world.sees(group, "The reports of Maple Court come here from now on")


async def empty_group(world: World, members: list[Person], *, forum: bool = True, supergroup: bool = True) -> int:
    """A group without the bot."""
    return await world.group(STAFF, members, forum=forum, supergroup=supergroup, bot=None)


def roles_of(parts: Parts, name: str) -> Any:
    """The roles kept for a person of that name; awaitable."""
    return parts.database.run(
        lambda tx: {
            row["role"]
            for row in tx.query("SELECT role FROM roles JOIN people ON people.id = person WHERE name = ?", (name,))
        }
    )


async def test_the_consoles_link_makes_one_admin_and_no_second(
    world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    async with start_bot() as parts:
        printed = capsys.readouterr().out
        ada, bo = await world.person("Ada"), await world.person("Bo")
        await ada.starts(link(printed))
        await ada.sees("You now have the role: admin.")
        await ada.sees("[Choose the staff group]")
        await bo.starts(link(printed))
        await bo.sees("used by somebody else")
        again = await ada.starts(link(printed))
        await ada.sees("You now have the role: admin.", after=again["message_id"])
        assert await roles_of(parts, "Ada") == {"admin"}
        assert await roles_of(parts, "Bo") == set()
    async with start_bot():
        assert "start=" not in capsys.readouterr().out


async def test_each_start_without_an_admin_prints_a_fresh_link_and_ends_the_older_one(
    world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    async with start_bot():
        older = link(capsys.readouterr().out)
    async with start_bot() as parts:
        fresh = link(capsys.readouterr().out)
        assert fresh != older
        ada = await world.person("Ada")
        await ada.starts(older)
        await ada.sees("I do not know this link")
        assert await roles_of(parts, "Ada") == set()
        await ada.starts(fresh)
        await ada.sees("You now have the role: admin.")


async def test_the_first_admins_link_is_over_after_a_day(
    world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    async with start_bot(clock_url=f"{world.url}/api/clock") as parts:
        printed = capsys.readouterr().out
        await world.advance(hours=25)
        ada = await world.person("Ada")
        await ada.starts(link(printed))
        await ada.sees("no longer counts")
        assert await roles_of(parts, "Ada") == set()


async def test_settings_name_admins_and_the_staff_group(
    world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    ada = await world.person("Ada")
    group = await world.group(STAFF, [ada])
    async with start_bot(admin_ids=(ada.id, 555), staff_chat_id=group) as parts:
        assert "start=" not in capsys.readouterr().out
        await world.sees(group, "The reports of Maple Court come here from now on")
        # Known by the number only until they speak.
        assert await roles_of(parts, "admin 555") == {"admin"}
        await ada.starts()
        await ada.sees("Your role: admin")
        await ada.sees_no("[Choose the staff group]")
        assert await roles_of(parts, "Ada") == {"admin"}
    async with start_bot(admin_ids=(ada.id,), staff_chat_id=group):
        await world.rests()
        greetings = [each for each in await world.chat_messages(group) if "come here from now on" in written(each)]
        assert len(greetings) == 1


async def test_a_staff_group_that_telegram_does_not_know_is_not_taken(world: World, start_bot: Start) -> None:
    ada = await world.person("Ada")
    async with start_bot(admin_ids=(ada.id,), staff_chat_id=-1001234567890):
        await ada.starts()
        await ada.sees("[Choose the staff group]")


async def test_a_group_chosen_in_telegram_wins_over_the_setting(world: World, start_bot: Start) -> None:
    ada = await world.person("Ada")
    named = await world.group("Named", [ada])
    chosen = await empty_group(world, [ada])
    async with start_bot(admin_ids=(ada.id,)):
        await ada.starts()
        await choose_group(ada, chosen)
    async with start_bot(admin_ids=(ada.id,), staff_chat_id=named):
        await world.rests()
        assert not any("come here" in written(each) for each in await world.chat_messages(named))


async def test_choosing_the_staff_group(world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]) -> None:
    async with start_bot():
        ada = await first_admin(world, capsys)
        offer = await ada.sees("[Choose the staff group]")
        (button,) = buttons(offer)
        assert button["url"].endswith("&admin=manage_topics+pin_messages+delete_messages")
        resident = await world.person("Rita")
        await resident.says("The lamp is broken")
        await presses_send(resident)
        await resident.sees("No. 1")
        group = await empty_group(world, [ada])
        await choose_group(ada, group)
        # What was reported before the group was chosen is there too.
        await world.sees(group, "The lamp is broken")
        await ada.sees(f"The staff work in the group “{STAFF}” from now on")
        await world.sees_no(group, "I still need")
        await world.sees_no(group, "Turn on topics")
        # From now on it is not asked for any more.
        started = await ada.starts()
        await ada.sees("Your role: admin", after=started["message_id"])
        await world.rests()
        later = [each for each in await world.chat_messages(ada.id) if each["message_id"] > started["message_id"]]
        assert not any("Choose the staff group" in written(each) for each in later)


async def test_only_an_admin_chooses_and_a_code_only_once(
    world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    async with start_bot() as parts:
        ada, eve = await first_admin(world, capsys), await world.person("Eve")
        (button,) = buttons(await ada.sees("[Choose the staff group]"))
        payload = re.search(r"startgroup=([^&]+)", button["url"])[1]  # type: ignore[index]
        hers = await world.group("Eve's", [eve])
        await eve.says(f"/start@resident_voices_bot {payload}", hers)
        await world.sees(hers, "You cannot do that")
        group = await empty_group(world, [ada])
        await choose_group(ada, group)
        other = await world.group("Other", [ada])
        await ada.says(f"/start@resident_voices_bot {payload}", other)
        await world.sees(other, "This link was used before")
        await ada.says(f"/start@resident_voices_bot {payload}", group)
        await world.sees(group, "This is the staff group already")
        await ada.says("/start@resident_voices_bot s-nonsense", other)
        await world.sees(other, "This link no longer counts")
        kept = await parts.database.run(lambda tx: tx.query("SELECT kind FROM events WHERE kind = 'staff_chat.chosen'"))
        assert len(kept) == 1


async def test_a_role_by_link_with_a_qr_code(
    world: World, start_bot: Start, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    async with start_bot() as parts:
        ada, bo, cem = await first_admin(world, capsys), await world.person("Bo", "zh-hans"), await world.person("Cem")
        await ada.says("/role")
        await ada.presses("staff")
        await ada.presses("One-time link")
        text = await ada.sees("you are invited")
        picture = await ada.sees("scan this picture")
        assert "photo" in picture
        await bo.starts(link(text["text"]))
        await world.rests()
        assert await roles_of(parts, "Bo") == {"staff"}
        await cem.starts(link(text["text"]))
        await cem.sees("used by somebody else")
        # The picture was for one message only.
        assert list((tmp_path / "data/media/once").iterdir()) == []
        scopes = [call["params"] for call in await world.calls("setMyCommands")]
        his = [each for each in scopes if (each.get("scope") or {}).get("chat_id") == bo.id]
        assert {command["command"] for command in his[-1]["commands"]} >= {"report", "team"}
        assert "role" not in {command["command"] for command in his[-1]["commands"]}


async def test_a_role_by_reply_and_what_the_group_reads_otherwise(
    world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    async with start_bot() as parts:
        ada, bo = await first_admin(world, capsys), await world.person("Bo")
        group = await empty_group(world, [ada, bo])
        await choose_group(ada, group)
        said = await bo.says("Good morning all", group)
        await ada.says("/role", group)
        await world.sees(group, "Reply to a message of the person")
        await ada.says("/role@resident_voices_bot staff", group)
        assert await roles_of(parts, "Bo") == set()
        await bo.says("/role admin", group, reply_to=said["message_id"])
        await world.sees(group, "You cannot do that")
        await ada.says("/role staff", group, reply_to=said["message_id"])
        await world.sees(group, "Bo now has the role: staff.")
        await world.sees(group, "I cannot write to them yet")
        assert await roles_of(parts, "Bo") == {"staff"}
        await ada.says("/role staff", group, reply_to=said["message_id"])
        await world.sees(group, "I have that already")
        started = await bo.starts()
        await bo.sees("Your role: staff", after=started["message_id"])


async def test_a_role_by_telegrams_own_choice_of_people(
    world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    async with start_bot() as parts:
        ada, bo = await first_admin(world, capsys), await world.person("Bo", last_name="Brook")
        await ada.says("/role lead")
        await ada.presses("Choose from Telegram")
        await ada.sees("Tap “Choose a person”")
        await ada.taps("Choose a person", users=[bo.id])
        await ada.sees("Bo Brook now has the role: lead.")
        assert await roles_of(parts, "Bo Brook") == {"lead"}
        # The usual keyboard is back, and the way out works too.
        await ada.taps("My reports")
        again = await ada.says("/role staff")
        await ada.presses("Choose from Telegram", after=again["message_id"])
        await ada.sees("Tap “Choose a person”", after=again["message_id"])
        await ada.taps("Choose nobody")
        await ada.sees("Nobody was given a role")


async def test_team_shows_who_cannot_be_written_to_and_takes_roles_away(
    world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    async with start_bot() as parts:
        ada, bo, cem = await first_admin(world, capsys), await world.person("Bo"), await world.person("Cem")
        group = await empty_group(world, [ada, bo, cem])
        await choose_group(ada, group)
        await bo.starts()
        for person in (bo, cem):
            said = await person.says("Hello", group)
            await ada.says("/role staff", group, reply_to=said["message_id"])
            await world.sees(group, f"{person.user['first_name']} now has the role")
        await bo.sees("You now have the role: staff.")
        await ada.says("/team")
        overview = await ada.sees("Who has which role")
        assert "Cem (has not pressed Start)" in written(overview)
        assert "– Bo\n" in written(overview)
        await ada.presses("Take away: staff")
        await ada.presses("Bo")
        await ada.presses("Yes, take it away")
        await ada.sees("Bo no longer has the role: staff.")
        await bo.sees("You no longer have the role: staff.")
        assert await roles_of(parts, "Bo") == set()
        assert [call["params"]["scope"]["chat_id"] for call in await world.calls("deleteMyCommands")] == [bo.id]
        # A resident sees no team; the last admin stays.
        await bo.says("/team")
        await bo.sees("You cannot do that")
        await ada.says("/team")
        await ada.presses("Take away: admin")
        await ada.presses("Ada")
        pressed = await ada.presses("Yes, take it away")
        assert "Somebody must stay admin" in (await ada.popup(pressed))["text"]
        assert await roles_of(parts, "Ada") == {"admin"}


async def test_an_anonymous_admin_says_who_they_are(
    world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    async with start_bot() as parts:
        ada, bo, eve = await first_admin(world, capsys), await world.person("Bo"), await world.person("Eve")
        group = await empty_group(world, [ada, bo, eve])
        (button,) = buttons(await ada.sees("[Choose the staff group]"))
        payload = re.search(r"startgroup=([^&]+)", button["url"])[1]  # type: ignore[index]
        await world.post("group/add", chat=group, user=world.bot_id, rights={"can_manage_topics": True})
        await ada.says(f"/start@resident_voices_bot {payload}", group, via_anonymous=True)
        await ada.presses("Go on in private", group)
        await ada.sees("every report appears there, and everyone in that group can read them")
        await ada.presses("Yes, take this group")
        await world.sees(group, "come here from now on")
        await world.sees(group, "I still need these rights: Pin messages, Delete messages")
        said = await bo.says("Here I am", group)
        await ada.says("/role staff", group, via_anonymous=True, reply_to=said["message_id"])
        question = await world.sees(
            group, "You write as the group, so I cannot tell who you are. Tap", after=said["message_id"]
        )
        await eve.presses("Go on in private", group, message=question)
        await eve.sees("You cannot do that")
        assert await roles_of(parts, "Bo") == set()
        await ada.presses("Go on in private", group, message=question)
        await ada.sees("wants to give Bo the role: staff")
        await ada.presses("Yes, give the role")
        await ada.sees("Bo now has the role: staff.")
        assert await roles_of(parts, "Bo") == {"staff"}
        await ada.says("/team", group, via_anonymous=True)
        await world.sees(group, "Send /team to me in private")
        # Who wrote as the group cannot be given a role by reply.
        hidden = await ada.says("Secret", group, via_anonymous=True)
        await ada.says("/role staff", group, reply_to=hidden["message_id"])
        await world.sees(group, "That was written as the group")


async def test_the_group_becomes_a_supergroup_and_then_a_forum(
    world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    async with start_bot() as parts:
        ada, rita = await first_admin(world, capsys), await world.person("Rita")
        group = await empty_group(world, [ada], forum=False, supergroup=False)
        await choose_group(ada, group)
        await world.sees(group, "Turn on topics")
        await rita.says("The lamp is broken")
        await presses_send(rita)
        await world.sees(group, "The lamp is broken")
        moved = (await world.post("group/upgrade", chat=group))["id"]
        # The open report is there anew, and its buttons work.
        card = await world.sees(moved, "The lamp is broken")
        assert card["chat"]["id"] == moved
        await presses_what(ada, TAKE, moved)
        await world.sees(moved, "In charge: Ada")
        await world.post("group/forum", chat=moved, on=True)
        await rita.says("The pavement has sunk")
        await presses_send(rita)
        await world.sees(moved, "The pavement has sunk")
        await world.sees(moved, "Topics are on")
        lamp = await world.sees(moved, "The lamp is broken", after=card["message_id"])
        assert lamp["message_thread_id"]
        assert not any(each["message_id"] == card["message_id"] for each in await world.chat_messages(moved))
        ours = await parts.database.run(
            lambda tx: tx.query("SELECT telegram_id, is_forum FROM chats WHERE kind <> 'private'")
        )
        assert [tuple(row) for row in ours] == [(moved, 1)]
        await ada.presses("Start", moved, message=lamp)
        await world.sees(moved, "IN WORK")
    # It all holds after the next start.
    async with start_bot():
        await rita.says("Noise at night")
        await presses_send(rita)
        await world.sees(moved, "Noise at night")


async def test_removed_from_the_staff_group_and_added_again(
    world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    async with start_bot():
        ada, rita = await first_admin(world, capsys), await world.person("Rita")
        group = await empty_group(world, [ada])
        await choose_group(ada, group)
        await rita.says("The lamp is broken")
        await presses_send(rita)
        await world.sees(group, "The lamp is broken")
        await world.post("group/remove", chat=group, user=world.bot_id)
        await ada.sees("I was removed from the staff group")
        await rita.says("The pavement has sunk")
        await presses_send(rita)
        await rita.sees("No. 2")
        await world.post(
            "group/add",
            chat=group,
            user=world.bot_id,
            rights={"can_manage_topics": True, "can_pin_messages": True, "can_delete_messages": True},
        )
        await ada.sees("I am back in the staff group")
        await world.sees(group, "The pavement has sunk")
        await presses_what(ada, TAKE, group)
        await world.sees(group, "In charge: Ada")


async def test_a_lost_right_is_told_to_the_admins(
    world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    async with start_bot():
        ada = await first_admin(world, capsys)
        group = await empty_group(world, [ada])
        await choose_group(ada, group)
        await world.post("group/promote", chat=group, user=world.bot_id, rights={"can_pin_messages": True})
        await ada.sees("I still need these rights: Manage topics, Delete messages")


async def test_other_groups_are_left_alone(world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]) -> None:
    async with start_bot() as parts:
        ada = await first_admin(world, capsys)
        group = await world.group("Neighbours", [ada])
        await ada.says("/help", group)
        await ada.says("/role staff", group)
        await ada.says("/weather@other_bot", group)
        await ada.says("Shall we meet on Friday?", group)
        await ada.says("/help@resident_voices_bot", group)
        await world.sees(group, "write to me in private")
        await world.rests()
        answers = [each for each in await world.chat_messages(group) if each["from"]["id"] == world.bot_id]
        assert len(answers) == 1
        bodies = await parts.database.run(lambda tx: tx.query("SELECT body FROM inbox"))
        assert not any("Friday" in row["body"] or "weather" in row["body"] for row in bodies)


async def test_setup_in_a_group_says_where_it_is_done(
    world: World, start_bot: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    async with start_bot():
        ada, rita = await first_admin(world, capsys), await world.person("Rita")
        group = await empty_group(world, [ada, rita])
        await world.post(
            "group/add",
            chat=group,
            user=world.bot_id,
            rights={"can_manage_topics": True, "can_pin_messages": True, "can_delete_messages": True},
        )
        await rita.says("/setup", group)
        await ada.says("/setup", group)
        await world.sees(group, "chosen in our private chat")
        told = [each for each in await world.chat_messages(group) if each["from"]["id"] == world.bot_id]
        assert len(told) == 1, "anybody else may mean another bot"
