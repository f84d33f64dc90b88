"""Distinct words planted wherever people can write; once their writer is forgotten, none is left in any byte or chat.

What staff wrote to others as the office's answer stays, and what staff typed themselves in their own chat with the bot.
"""

from pathlib import Path

import pytest

from bot.features import joined
from domain.people.rights import Role
from sandbox.client import Person
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.conftest import OGG, PNG, Estate, shows
from tests.e2e.moments import time_is
from tests.e2e.notices import noticing
from tests.e2e.personal_data.canaries import NAMES, OWN, PASSED_OVER, PHONES, PLANTED, canary, places
from tests.e2e.personal_data.test_gone_elsewhere import forgets, is_done
from tests.e2e.personal_data.traces import nothing_is_left, planted, traces
from tests.e2e.pledges.test_pledge_making import published
from tests.e2e.projects.test_answers_to_words import project, word
from tests.e2e.reading import (
    NOT_FIXED,
    ON_THE_WAY,
    REPAIRED,
    TAKES_REPAIR,
    asked_to_send,
    presses_send,
    presses_what,
)
from tests.e2e.repairing import ADDRESS, asks, volunteer
from tests.e2e.reports.test_declining import declines, objects
from tests.e2e.reports.test_merging import more
from tests.e2e.volunteers.test_repair_volunteers import offers_help


def test_every_place_where_people_write_has_a_canary_or_a_reason() -> None:
    there = set(places(joined()))
    known = {*PLANTED, *PASSED_OVER}
    assert not PLANTED.keys() & PASSED_OVER.keys()
    assert there - known == set(), "plant a word there in test_canaries.py, or say why not (canaries.py)"
    assert known - there == set(), "no such place is left"
    assert set(PLANTED.values()) <= {*NAMES, *PHONES}
    assert len(OWN) >= 25 and len({canary(name)[:2] for name in NAMES}) == len(NAMES)


async def promises(estate: Estate, mei: Person) -> None:
    def may(tx: Transaction) -> None:
        met = people.by_telegram_id(tx, mei.id)
        assert met is not None
        people.grant(tx, met.id, Role.PLEDGER, None)

    await estate.bot.database.run(may)
    told = await published(estate, mei, f"I clean {canary('pledge')}")
    await time_is(estate, "2026-11-28T21:00:00+08:00")
    await mei.replies(told, f"Three dogs {canary('proof')}")
    await shows(mei, "please tap it")
    await mei.replies(told, "No")
    await mei.sees("Would you like to say why?")
    await mei.says(canary("whynot"))
    await mei.sees("Thank you, I have kept that.")
    await published(estate, mei, "I carry shopping bags")
    listed = await mei.says("/pledge")
    await mei.replies(await shows(mei, "You look after 2 promises:", after=listed), canary("which"))
    await mei.sees("Which promise is it about?")
    await mei.says(canary("more"))
    which = await shows(mei, "I have added that.", "Which promise is it about?")
    await mei.presses("No. 1", message=which)
    await shows(mei, "No. 1: I clean", after=which)


async def reports(estate: Estate, mei: Person) -> None:
    wei, group = estate.staff, estate.staff_chat
    sent = await mei.says(f"The lump {canary('mistake')} is dark")
    await asked_to_send(mei, canary("mistake"))
    await mei.edits(sent, f"The lamp {canary('words')} is dark")
    await mei.presses("Say where it is", message=await asked_to_send(mei, canary("words")))
    await mei.sees("Where is it?")
    await mei.says(f"by the {canary('place')}")
    await presses_send(mei, await asked_to_send(mei, canary("place")))
    card = await mei.sees("Received")
    added = await mei.replies(card, canary("addition"))
    await mei.sends_photo(PNG, caption=canary("caption"), reply_to=card["message_id"])
    await mei.sends("document", b"plan", name=f"{canary('file')}.pdf", reply_to=card["message_id"])
    for name in ("addition", "caption"):
        await wei.sees(canary(name), group)
    await mei.edits(added, canary("correction"))
    await wei.sees(canary("correction"), group)
    await wei.replies(await estate.card(), f"{canary('note')} again", group)
    await wei.sees("Kept as a note", group)
    await more(estate, "Ask the resident")
    await estate.staff_replies("ask the resident of no. 1?", canary("asked"))
    await mei.sees(canary("asked"))
    await wei.presses("Title", group, await shows(wei, "No. 1 · ", "[Title", chat=group))
    await estate.staff_replies("what shall no. 1 be called?", canary("title"))
    await shows(wei, "No. 1 · ", canary("title"), "[Resolve", chat=group)
    await wei.presses("Place", group)
    await estate.staff_replies("where is no. 1?", f"behind the {canary('spot')}")
    await shows(wei, "No. 1 · ", canary("spot"), "[Resolve", chat=group)
    await estate.sends_answer("The lamp comes on Friday")
    await mei.sees("The lamp comes on Friday")
    await estate.resolves("New lamp")
    await presses_what(mei, NOT_FIXED)
    await mei.sees("What is still wrong?")
    await mei.says(canary("reason"))
    await wei.sees(canary("reason"), group)
    await declines(estate)
    await mei.sees("you can say so once")
    await objects(mei, canary("objection"))
    await wei.sees(canary("objection"), group)


async def speaks(estate: Estate, mei: Person) -> None:
    wei, group = estate.staff, estate.staff_chat
    await mei.sends_voice(OGG)
    await presses_send(mei)
    await wei.sees("Please listen, and write what you heard.", group)
    await wei.presses("What I heard", group)
    await estate.staff_replies("what did you hear in no. 2?", canary("heard"))
    await shows(mei, "Is that right?", canary("heard"))
    await mei.presses("Take back my report")
    await mei.sees("Take back no. 2?")
    await mei.says(canary("withdrawal"))
    await mei.sees(canary("withdrawal"))
    await mei.presses("Yes, take it back")
    await wei.sees(canary("withdrawal"), group)


async def needs_a_repair(estate: Estate, mei: Person) -> Person:
    lao = await volunteer(estate, "Lao Wang")
    await mei.says(f"/repair The tap {canary('repair')} drips")
    await mei.sees("Who is needed?")
    await mei.says(canary("besides"))
    await mei.presses("Plumbing", message=await shows(mei, "I have added that.", "Who is needed?"))
    await mei.presses("Today", message=await mei.sees("How soon?"))
    await mei.sees("Where is it?")
    await mei.says("building 3")
    await mei.sees("The address to the door?")
    await mei.says(f"Flat {canary('address')}")
    await mei.presses("Yes", message=await mei.sees("keep this address"))
    await mei.sees("When is somebody home?")
    await mei.says(canary("home"))
    await presses_send(mei, await asked_to_send(mei))
    await presses_what(lao, TAKES_REPAIR)
    job = await shows(lao, "you have taken it")
    await lao.replies(job, "Which tap?")
    await mei.replies(await shows(mei, "Which tap?"), canary("relay"))
    await lao.sees(canary("relay"))
    await presses_what(lao, ON_THE_WAY)
    await presses_what(lao, REPAIRED, message=await shows(lao, "You are on the way"))
    await lao.presses("Leave this out", message=await lao.sees("what did you do?"))
    await lao.presses("Leave this out", message=await lao.sees("how long"))
    await mei.presses("No, not done", message=await mei.sees("Is it done?"))
    await mei.sees("Repair 1: what is still wrong?")
    await mei.says(canary("still"))
    await mei.sees("Added to your repair.")
    return lao


async def answers_words_to_many(estate: Estate, mei: Person) -> None:
    wei, group = estate.staff, estate.staff_chat
    await noticing.sends(wei)
    await mei.replies(await noticing.gets(mei), canary("notice"))
    await presses_send(mei, await shows(mei, "You are answering this notice"))
    await wei.sees(canary("notice"), group)
    await project(estate, 1)
    await word(estate)
    await mei.replies(await mei.sees("The new lamps come in May"), canary("project"))
    await wei.sees(canary("project"), group)


async def says_where_they_live(mei: Person) -> None:
    await mei.says("/settings")
    await presses_what(mei, "s:lives:", message=await shows(mei, "Your settings"))
    await presses_what(mei, "s:lives:in-0")
    await mei.sees("Where do you live?")
    await mei.says(f"Building 3, {canary('lives')}")
    await shows(mei, "Thank you. You live here: North side, Building 3")


async def helps(estate: Estate, mei: Person, other: Person) -> None:
    """Becomes a volunteer, and has repaired something for somebody else."""
    await offers_help(mei)
    asked = await estate.staff.sees("offers help", estate.staff_chat)
    await estate.staff.presses("Yes, a volunteer", estate.staff_chat, asked)
    await mei.sees("You are a volunteer now")
    await asks(estate, by=other)
    await presses_what(mei, TAKES_REPAIR)
    await presses_what(mei, ON_THE_WAY, message=await shows(mei, "you have taken it", ADDRESS))
    await presses_what(mei, REPAIRED, message=await shows(mei, "You are on the way"))
    await mei.sees("what did you do?")
    await mei.says(canary("done"))
    await mei.presses("Leave this out", message=await mei.sees("how long"))
    await other.presses("Yes", message=await other.sees("Is it done?"))


async def is_blocked(estate: Estate, mei: Person) -> None:
    await more(estate, "Block", 3)
    await estate.staff.presses("For 1 day", estate.staff_chat)
    await estate.staff_replies("why are they blocked?", canary("block"))
    await mei.sees(canary("block"))
    await estate.staff.presses("End the block", estate.staff_chat)
    await mei.sees("You can write to us again.")


async def test_nothing_is_left_of_who_is_forgotten(
    estate: Estate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mei = await estate.newcomer(canary("name"), username=canary("username"))
    other, estate.resident = estate.resident, mei
    await promises(estate, mei)
    await reports(estate, mei)
    await speaks(estate, mei)
    lao = await needs_a_repair(estate, mei)
    await answers_words_to_many(estate, mei)
    await helps(estate, mei, other)
    await is_blocked(estate, mei)
    await says_where_they_live(mei)
    await mei.renames(canary("renamed"))
    await mei.says("/pledge")
    await estate.staff.sees(canary("renamed"), estate.staff_chat)
    await estate.staff.says(f"/find {canary('search')}")
    await mei.says(canary("draft"))
    await asked_to_send(mei, canary("draft"))
    data = tmp_path / "data"
    there = await planted(estate, data)
    assert there == {*OWN, "phone"}, "all are there before"
    events = await estate.rows("SELECT id, at, actor, subject, kind, data FROM events ORDER BY id")

    await forgets(mei)
    await mei.sees("Done: your data are deleted.", patience=20)
    await is_done(estate)
    await estate.settled()
    now = await estate.rows("SELECT id, at, actor, subject, kind, data FROM events WHERE id <= ? ORDER BY id",
                            events[-1]["id"])  # fmt: skip
    assert now == events, "figures are made of the record, which is as it was"
    await nothing_is_left(estate, data, [estate.staff, other, lao])
    logged = "".join(capsys.readouterr())
    assert "forgetting_found" in logged and traces(logged) == []
