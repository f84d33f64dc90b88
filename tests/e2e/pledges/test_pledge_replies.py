"""Replies to a reminder: only what is plain is written down, and everything else is asked by buttons."""

import pytest

from sandbox.client import Person, World
from tests.e2e.conftest import PNG, Estate, Json, Start, buttons, estate_in, shows, written
from tests.e2e.moments import time_is
from tests.e2e.pledges.test_pledge_board import open_one
from tests.e2e.pledges.test_pledge_making import pledger, published
from tests.e2e.pledges.test_pledge_reminders import outcomes, quota


async def asked_what(estate: Estate, person: Person, message: Json, words: str) -> Json:
    """Reply with words that are not plain; returns the question with its buttons."""
    before = await person.replies(message, words)
    question = await shows(person, "please tap it", after=before)
    offered = {button["callback_data"].split(":")[2] for button in buttons(question)}
    assert offered == {"done", "cannot", "partly", "excused", "later"}
    return question


async def test_words_that_are_not_plain_are_kept_and_asked_about(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await published(estate, bo)
    await time_is(estate, "2026-11-28T21:00:00+08:00")
    replies = (
        "Cancelled because of the rain",
        "nobody came",
        "下雨取消了",
        "I was away",
        "👎",
        "改天",
        "Three dogs, all fine",
        "👍",
    )
    for words in replies:
        await asked_what(estate, bo, told, words)
    assert (await outcomes(estate))["2026-11-28"] == "open"
    kept = await estate.rows("SELECT answer, words, occurrence FROM checkins ORDER BY id")
    assert kept == [{"answer": "note", "words": words, "occurrence": 1} for words in replies]
    assert "kept" not in written(await open_one(estate))


async def test_a_voice_message_says_nothing_until_somebody_has_listened(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await published(estate, bo)
    await time_is(estate, "2026-11-28T21:00:00+08:00")
    await bo.sends("voice", b"OggS", reply_to=told["message_id"])
    await shows(bo, "please tap it")
    assert (await outcomes(estate))["2026-11-28"] == "open"


async def test_partly_and_not_this_time_are_said_on_the_board_as_they_are(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await published(estate, bo)
    await time_is(estate, "2026-11-28T21:00:00+08:00")
    question = await asked_what(estate, bo, told, "hmm")
    await bo.replies(told, "only half of the way")
    said = await shows(bo, "Written down: Saturday, 28 November, 19:00: partly kept.")
    assert "kept 1" not in written(await open_one(estate)).replace("partly kept 1", "")
    assert "Sat 28 Nov: partly kept" in written(await open_one(estate))
    await bo.forges(said, buttons(said)[-1]["callback_data"])
    await bo.sees("Taken back.")
    assert (await outcomes(estate))["2026-11-28"] == "open"
    before = await bo.replies(told, "I have the flu, next week again")
    await shows(bo, "Written down: Saturday, 28 November, 19:00: excused.", "[Undo]", after=before)
    assert (await outcomes(estate))["2026-11-28"] == "excused"
    early = await bo.forges(question, "pc:2:partly:1")
    assert "not due yet" in (await bo.popup(early))["text"], "nothing of what is still to come is half done"


@pytest.mark.parametrize("words", ["No", "Sorry, I forgot", "没去成", "didn't manage"])
async def test_a_plain_no_is_written_down_and_asked_why(estate: Estate, words: str) -> None:
    bo = await pledger(estate)
    told = await published(estate, bo)
    await time_is(estate, "2026-11-28T21:00:00+08:00")
    await bo.replies(told, words)
    await shows(bo, "Written down: Saturday, 28 November, 19:00: not kept.", "[Undo]")
    await bo.sees("Would you like to say why?")
    await bo.says("My foot hurt")
    await bo.sees("Thank you, I have kept that.")
    assert (await outcomes(estate))["2026-11-28"] == "not_kept"
    said = await estate.rows("SELECT answer, words FROM checkins ORDER BY id")
    assert said == [{"answer": "cannot", "words": words}, {"answer": "note", "words": "My foot hurt"}]


async def test_of_several_days_a_no_is_asked_which(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await published(estate, bo)
    await time_is(estate, "2026-11-30T08:00:00+08:00")
    await bo.replies(told, "没做")
    await shows(bo, "Which day is it about?")
    assert set((await outcomes(estate)).values()) == {"open"}


async def test_about_numbers_are_asked_and_none_is_a_no(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await quota(estate, bo)
    await time_is(estate, "2026-11-30T08:00:00+08:00")
    for words in ("写了三四副", "about 30", "十来副", "a few", "several", "明天写三副"):
        before = await bo.replies(told, words)
        question = await shows(bo, "please tap it", "0 of 80", after=before)
        assert {button["callback_data"].split(":")[2] for button in buttons(question)} == {"1", "5", "10", "none"}
    for words in ("none", "一副也没写", "0"):
        before = await bo.replies(told, words)
        await shows(bo, "Nothing is counted.", "0 of 80", after=before)
        await shows(bo, "Would you like to say why?", after=before)
        await bo.presses("Leave this out", message=await bo.sees("Would you like to say why?"))
    await bo.forges(question, "pc:1:none:1")
    await shows(bo, "Nothing is counted.")
    assert await estate.rows("SELECT done, outcome FROM occurrences") == [{"done": 0, "outcome": "open"}]
    await bo.replies(told, "三十四")
    await shows(bo, "Counted: +34", "34 of 80")


async def test_a_number_keeps_its_unit_and_may_be_said_in_all(estate: Estate) -> None:
    bo = await pledger(estate)
    promised = "I write 80 pairs of couplets"
    told = await quota(estate, bo, words=promised)
    assert "80 pairs by" in written(told)
    await time_is(estate, "2026-11-30T08:00:00+08:00")
    for words, said in (("two dozen", "+24"), ("30 in all", "+6"), ("5 more", "+5"), ("only 40 left", "+5")):
        before = await bo.replies(told, words)
        kept = await shows(bo, f"Counted: {said}", after=before)
    assert "40 of 80 pairs" in written(kept)
    assert "40 of 80 pairs" in written(await open_one(estate, promised))


async def test_half_and_all_of_a_number_are_asked_with_what_they_come_to(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await quota(estate, bo, count="80 pairs")
    await time_is(estate, "2026-11-30T08:00:00+08:00")
    await bo.replies(told, "12")
    before = await bo.replies(told, "half of them")
    half = await shows(bo, "please tap it", "12 of 80 pairs", "[40 in all (+28)]", after=before)
    before = await bo.replies(told, "Done")
    await shows(bo, "please tap it", "12 of 80 pairs", "[80 in all (+68)]", after=before)
    await bo.forges(half, "pc:1:28:1")
    await shows(bo, "Counted: +28", "40 of 80 pairs")
    assert await estate.rows("SELECT done, outcome FROM occurrences") == [{"done": 40, "outcome": "open"}]
    wrong = await bo.forges(half, "pc:1:0:1")
    await bo.popup(wrong)
    assert await estate.rows("SELECT done FROM occurrences") == [{"done": 40}]


@pytest.mark.parametrize("words", ["Who has the key to the gate?", "狗绳找谁拿"])
async def test_a_question_goes_to_the_staff_and_their_answer_comes_back(estate: Estate, words: str) -> None:
    bo = await pledger(estate)
    told = await published(estate, bo)
    await time_is(estate, "2026-11-28T21:00:00+08:00")
    await bo.replies(told, words)
    await shows(bo, "I have passed your question to the staff.")
    assert (await outcomes(estate))["2026-11-28"] == "open", "a question is never a yes"
    asked = await estate.staff.sees("Bo asks:", estate.staff_chat)
    assert words in written(asked) and "Show it on the board" not in written(asked)
    await estate.staff.replies(asked, "At the office, every day until six.", estate.staff_chat)
    await estate.staff.sees("I pass it on to Bo.", estate.staff_chat)
    await shows(bo, "The staff answer about promise no. 1:", "At the office, every day until six.")


async def test_an_album_whose_words_come_late_is_no_yes(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await published(estate, bo)
    await time_is(estate, "2026-11-28T21:00:00+08:00")
    await bo.sends("photo", PNG, album="a", reply_to=told["message_id"])
    await bo.sends("photo", PNG + b"2", album="a", caption="It was called off")
    await shows(bo, "please tap it")
    assert (await outcomes(estate))["2026-11-28"] == "open"


async def test_words_that_take_a_yes_back_are_asked_about(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await published(estate, bo)
    await time_is(estate, "2026-11-28T21:00:00+08:00")
    await bo.replies(told, "Done")
    kept = await shows(bo, "Saturday, 28 November, 19:00: kept.")
    question = await asked_what(estate, bo, kept, "Sorry, nobody came, it was cancelled")
    await bo.forges(question, "pc:1:cannot:1")
    await shows(bo, "Saturday, 28 November, 19:00: not kept.")
    assert (await outcomes(estate))["2026-11-28"] == "not_kept"


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        bo = await pledger(estate)
        told = await published(estate, bo)
        await bo.says("/language")
        await estate.bot.database.run(
            lambda tx: tx.execute("UPDATE people SET language = 'zh_Hans', chose_language = 1 WHERE name = 'Bo'")
        )
        await time_is(estate, "2026-11-28T21:00:00+08:00")
        await bo.replies(told, "下雨取消了")
        question = await shows(bo, "[做到了]", "[没做到]", "[做到一部分]", "[这次请假（病了、外出……）]")
        await bo.forges(question, "pc:1:partly:1")
        await shows(bo, "部分做到")


async def test_a_yes_that_is_changed_into_something_else_is_one_no_more(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await published(estate, bo)
    await time_is(estate, "2026-11-28T21:00:00+08:00")
    said = await bo.replies(told, "Done")
    await shows(bo, "Saturday, 28 November, 19:00: kept.")
    await bo.edits(said, "Done, as promised")
    await estate.staff.sees("Done, as promised", estate.staff_chat)
    assert (await outcomes(estate))["2026-11-28"] == "kept"
    await bo.edits(said, "Not done, it rained")
    await shows(bo, "please tap it", after=said)
    assert (await outcomes(estate))["2026-11-28"] == "open"
    assert "kept" not in written(await open_one(estate))


async def test_a_number_that_is_changed_is_counted_no_more(estate: Estate) -> None:
    bo = await pledger(estate)
    told = await quota(estate, bo)
    await time_is(estate, "2026-11-30T08:00:00+08:00")
    said = await bo.replies(told, "21")
    await shows(bo, "21 of 80")
    await bo.edits(said, "12")
    await shows(bo, "please tap it", "0 of 80", after=said)
