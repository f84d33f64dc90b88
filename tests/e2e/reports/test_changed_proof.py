"""Staff change what they said when it was fixed: the question that is still open says it as it is now."""

from sandbox.client import written
from tests.e2e.conftest import PNG, Estate, Json, questions_with_buttons, shows
from tests.e2e.moments import time_is, time_passes
from tests.e2e.reading import IS_FIXED, RESOLVE, presses_what, until
from tests.e2e.reports.test_answer_files import other_file, replaces
from tests.e2e.reports.test_answering import joiner

ON_ITS_WAY = "SELECT 1 FROM outbox WHERE state = 'sending' AND purpose = 'asked:fixed'"
CHANGED = "Changed: whoever has not answered yet reads it so now (no. 1)."


async def resolves(estate: Estate, text: str) -> Json:
    """Staff say it is fixed; returns their message."""
    await presses_what(estate.staff, RESOLVE, estate.staff_chat, await estate.card())
    asked = await estate.staff.sees("done about no. 1?", estate.staff_chat)
    said: Json = await estate.staff.replies(asked, text, estate.staff_chat)
    return said


async def test_whoever_has_not_answered_reads_it_as_it_is_now(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    li = await joiner(estate, "Li", "zh-hans")
    said = await resolves(estate, "New lamp on floor 2")
    await presses_what(mei, IS_FIXED, message=await mei.sees("New lamp on floor 2"))
    await mei.sees("Are you content")
    asked = await li.sees("New lamp on floor 2")
    await wei.edits(said, "New lamp on floor 3", group)
    changed = await li.sees("New lamp on floor 3")
    assert changed["message_id"] == asked["message_id"], "in place"
    await wei.sees(CHANGED, group)
    await estate.settled()
    assert not [each for each in await estate.world.chat_messages(mei.id) if "floor 3" in written(each)], "she answered"
    await wei.says("/history 1")
    told = await wei.sees("Wei changed what was said when it was fixed. Before:")
    assert "floor 2" in told["text"] and "floor 3" in told["text"]
    await li.presses("没有", message=changed)
    await wei.sees("REOPENED", group)
    # What was said of an earlier round changes no question of a later one.
    await resolves(estate, "New ballast")
    await li.sees("New ballast")
    await wei.edits(said, "New lamp on floor 4", group)
    await estate.settled()
    assert "New ballast" in (await li.sees("说解决了"))["text"]
    await estate.nothing_broke()


async def test_changed_while_the_question_could_not_be_sent_it_comes_once_as_it_is_now(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    await mei.blocks()
    said = await resolves(estate, "New lamp on floor 2")
    await wei.sees("1 could not be asked", group)
    await wei.edits(said, "New lamp on floor 3", group)
    await wei.sees(CHANGED, group)
    await mei.unblocks()
    await mei.says("/my")
    await mei.sees("New lamp on floor 3")
    await estate.settled()
    found = [written(each) for each in await estate.world.chat_messages(mei.id) if "New lamp" in written(each)]
    assert len([text for text in found if "Is it fixed?" in text]) == 1
    assert not [text for text in found if "floor 2" in text]


async def test_changed_in_the_moment_it_is_sent_and_after_it_was_asked_again(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    await estate.world.faults({"kind": "latency", "seconds": 1.0, "chat": mei.id})
    await presses_what(wei, RESOLVE, group, await estate.card())
    said = await wei.replies(await wei.sees("done about no. 1?", group), "New lamp on floor 2", group)
    await until(lambda: estate.rows(ON_ITS_WAY), "it to be on its way")
    await wei.edits(said, "New lamp on floor 3", group)
    await wei.sees(CHANGED, group)
    await estate.world.faults()
    await mei.sees("New lamp on floor 2")
    await time_passes(estate, seconds=6)
    await shows(mei, "New lamp on floor 3", "Is it fixed?")
    assert len(await questions_with_buttons(mei)) == 1
    await time_is(estate, "2026-11-29T10:10:00+08:00")
    asked = await shows(mei, "We asked you before", "floor 3")
    await wei.edits(said, "New lamp on floor 4", group)
    changed = await shows(mei, "We asked you before", "floor 4")
    assert changed["message_id"] == asked["message_id"]


async def test_another_photo_of_a_proof_is_refused_with_the_way_to_send_it(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    await presses_what(wei, RESOLVE, group, await estate.card())
    asked = await wei.sees("done about no. 1?", group)
    said = await wei.sends_photo(PNG + b"1", "New lamp", chat=group, reply_to=asked["message_id"])
    await mei.sees("New lamp")
    other = await other_file(estate, PNG + b"2")
    await replaces(estate, said, other, "New lamps")
    told = await wei.sees("The photo or file at the residents stays as it was.", group)
    assert CHANGED in written(told)
    await shows(mei, "New lamps", "Is it fixed?")
