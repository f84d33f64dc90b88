"""Words longer than one message of Telegram's: everybody who is to read them reads all of them."""

import pytest

from sandbox.client import World, written
from tests.e2e.conftest import Estate, Start, estate_in, news, shows
from tests.e2e.reading import presses_send

LIMIT = 4096


def long_words(word: str, count: int) -> str:
    """Words that can be told apart, up to nearly all that a message holds."""
    return " ".join(f"{word}{number}" for number in range(count))


async def all_read(texts: list[str], words: str) -> bool:
    """Whether each word stands in one of the texts."""
    there = " ".join(texts).split()
    return set(words.split()) <= {word.strip("…") for word in there}


@pytest.mark.parametrize("word", ["word", "灯<&>"])
async def test_a_long_report_an_addition_and_an_answer_are_read_whole(estate: Estate, word: str) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    words, more, answer = long_words(word, 400), long_words("more" + word, 320), long_words("new" + word, 320)
    assert 2500 < max(map(len, (words, more, answer))) <= LIMIT
    await mei.says(words)
    await presses_send(mei)
    status = await mei.sees("No. 1: Received")
    card = await estate.card()
    await estate.settled()
    below = await news(wei, card, group)
    assert await all_read([written(await estate.card()), *below], words)
    await mei.replies(status, more)
    await shows(wei, "No. 1: the resident writes", chat=group)
    await estate.settled()
    assert await all_read(await news(wei, card, group), more)
    await estate.begins_answer()
    said = await wei.says(answer)
    await presses_send(wei, await shows(wei, "this is what the resident reads", after=said))
    await mei.sees("Answer to your report no. 1")
    await estate.settled()
    assert await all_read(await news(mei, status), answer)
    # Changed, it is read whole as well, and what is needed no longer goes; taken back, all of it goes.
    before = len(await news(mei, status))
    await wei.edits(said, "Short now")
    await shows(mei, "Answer to your report no. 1", "Short now", "(changed on")
    await estate.settled()
    assert len(await news(mei, status)) < before
    await wei.edits(said, answer)
    await estate.settled()
    assert await all_read(await news(mei, status), answer)
    await wei.presses("Take back")
    await wei.presses("Yes, take it back")
    await wei.sees("The answer to no. 1 is taken back.")
    await estate.settled()
    assert not [each for each in await news(mei, status) if answer[:20] in each or answer[-20:] in each]
    for chat in (group, mei.id):
        assert all(len(each.get("text", "")) <= LIMIT for each in await estate.world.chat_messages(chat))


async def test_everything_at_its_longest_still_says_what_happens_next(world: World, start_bot: Start) -> None:
    """Title, words, place and what was heard, all as long as they may be, in Chinese and with letters of two units."""
    async with estate_in(world, start_bot) as estate:
        wei, group = estate.staff, estate.staff_chat
        li = await estate.newcomer("Li", "zh-hans")
        await li.sends("voice", b"OggS", duration=9)
        await shows(li, "还没有发送")
        await li.says("😀" * 2000)
        await li.presses("说说在哪里")
        await li.sees("[北区")
        await li.says("😀" * 2000)
        draft = await shows(li, "还没有发送", "地点：")
        assert "可以就这样发送。" in draft["text"]
        await li.presses("就这样发送")
        await li.sees("1号：已收到")
        for button, question in (("Title", "be called?"), ("What I heard", "what did you hear"), ("Place", "where is")):
            await wei.presses(button, group, await estate.card())
            await estate.staff_replies(question, "😀" * 2000)
            await estate.settled()
        card = await estate.card()
        assert "In charge: nobody yet" in card["text"] and "Sent: " in card["text"]
        status = await li.sees("1号：已收到")
        assert "接下来：工作人员会看，并在这里答复您。" in status["text"]
        await wei.says("/history 1")
        history = await wei.sees("The resident reported it.")
        assert len(history["text"].encode("utf-16-le")) // 2 <= LIMIT
        await estate.nothing_broke()
