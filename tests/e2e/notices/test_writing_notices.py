"""Writing a notice: what is added, what is too much, photos and albums, both languages, changes of the draft."""

from sandbox.client import written
from tests.e2e.conftest import PNG, Estate
from tests.e2e.notices.noticing import KIND, SEND, WATER, asks, gets, summary, writes
from tests.e2e.reading import presses_what, shows, until
from tests.e2e.reports.test_albums import albums

LONG = "Water. " * 585  # 4,095 letters, as long as a message of Telegram's can be


async def test_in_both_languages_each_reads_their_own(estate: Estate) -> None:
    wei, mei, lin = estate.staff, estate.resident, await estate.newcomer("Lin", "zh-hans")
    await presses_what(wei, "f:*:summary:more", message=await writes(wei))
    await presses_what(wei, "f:*:summary:!change:in_zh_hans", message=await asks(wei, "f:*:!change:in_zh_hans"))
    await shows(wei, "Please write the whole notice in Chinese.")
    await wei.says("明天9点到12点停水")
    shown = written(await shows(wei, "明天9点到12点停水", WATER, "This is how it reads:"))
    assert "Readers of" not in shown and "It is written in: English, Chinese" in shown
    await presses_what(wei, SEND, message=await summary(wei))
    assert "停水" not in written(await gets(mei))
    assert WATER not in written(await gets(lin, "通知 · 维修养护", "明天9点到12点停水"))
    await wei.says("/notices")
    await presses_what(wei, "no:1:open", message=await asks(wei, "no:1:open"))
    await presses_what(wei, "nc:1:en", message=await asks(wei, "nc:1:en"))
    await wei.says("Water is back")
    await presses_what(wei, SEND, message=await summary(wei))
    await presses_what(wei, "no:1:look", message=await shows(wei, "I am correcting notice no. 1"))
    card = written(await shows(wei, "Written by Wei", "Water is back"))
    assert card.index("Water is back") < card.index("明天9点到12点停水"), "corrected, it stays in its place"


async def test_one_text_for_all_is_read_by_all_as_it_stands(estate: Estate) -> None:
    wei, lin = estate.staff, await estate.newcomer("Lin", "zh-hans")
    both = "明天上午9点到12点3号楼停水。 Water is off tomorrow morning in building 3."
    assert "It is for all languages" in written(await writes(wei, both))
    await presses_what(wei, SEND, message=await summary(wei))
    assert "只有" not in written(await gets(lin, both))


async def test_a_chinese_speaking_staff_member_writes_one(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await wei.says("/language")
    await presses_what(wei, "l:zh_Hans", message=await asks(wei, "l:zh_Hans"))
    await shows(wei, "中文")
    shown = written(await writes(wei, "3号楼明天停水", "event"))
    assert "对方看到的是：" in shown and "能发给2人。" in shown and "使用英文的人会在上方看到：只有中文。" in shown
    await presses_what(wei, SEND, message=await summary(wei))
    await gets(mei, "Notice · Events", "This notice is only in Chinese:", "3号楼明天停水")
    await shows(wei, "第1号通知", "2")


async def test_what_is_too_long_is_said_and_nothing_of_it_is_kept(estate: Estate) -> None:
    wei = estate.staff
    await wei.says("/notice")
    await asks(wei, "f:*:words:!cancel")
    await wei.says(LONG)
    await shows(wei, "That is too long for one message", "3000 fit")
    await wei.says(WATER)
    await presses_what(wei, KIND.format("news"), message=await asks(wei, KIND.format("news")))
    await presses_what(wei, "f:*:whom:!all", message=await asks(wei, "f:*:whom:!all"))
    await summary(wei)
    await wei.says(LONG)
    await shows(wei, "That is too long for one message")
    assert "Water. " not in written(await summary(wei))


async def test_three_thousand_letters_arrive_whole(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    text = "水" * 2990 + " the end"
    shown = written(await writes(wei, text))
    assert "This is only the beginning" in shown and "the end" not in shown
    await presses_what(wei, "f:*:summary:see", message=await summary(wei))
    whole = await shows(wei, "the end", "有话要说")
    await presses_what(wei, SEND, message=await shows(wei, "This is only the beginning", after=whole))
    await gets(mei, "the end", "Anything to say about it?")


async def test_a_photo_with_a_caption_and_an_album_come_below_the_words(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await wei.says("/notice")
    await asks(wei, "f:*:words:!cancel")
    await wei.sends_photo(PNG, caption=WATER)
    await presses_what(wei, KIND.format("news"), message=await asks(wei, KIND.format("news")))
    await wei.sends_photo(PNG)
    await shows(wei, "I have added that.")
    await presses_what(wei, "f:*:whom:!all", message=await asks(wei, "f:*:whom:!all"))
    assert "Below it come: 2 photos." in written(await summary(wei))
    await presses_what(wei, SEND, message=await summary(wei))
    await gets(mei)
    await estate.settled()
    await shows(wei, "2 of 2 have it.")


async def test_an_album_arrives_as_one_below_the_words(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await wei.says("/notice")
    await asks(wei, "f:*:words:!cancel")
    await wei.sends_album(*[("photo", PNG + bytes([each])) for each in range(4)], caption=WATER)
    await estate.settled()
    await presses_what(wei, KIND.format("news"), message=await asks(wei, KIND.format("news")))
    await presses_what(wei, "f:*:whom:!all", message=await asks(wei, "f:*:whom:!all"))
    assert "Below it come: 4 photos." in written(await summary(wei))
    await presses_what(wei, SEND, message=await summary(wei))
    await gets(mei)

    async def arrived() -> bool:
        return [len(each) for each in await albums(mei)] == [4]

    await until(arrived, "an album of four photos")


async def test_too_many_files_and_another_kind_of_file_are_refused(estate: Estate) -> None:
    wei = estate.staff
    await wei.says("/notice")
    await asks(wei, "f:*:words:!cancel")
    await wei.sends_album(*[("photo", PNG + bytes([each])) for each in range(10)], caption=WATER)
    await estate.settled()
    await wei.sends_photo(PNG)
    await shows(wei, "At most 10 photos and documents go with a notice.")
    await presses_what(wei, KIND.format("news"), message=await asks(wei, KIND.format("news")))
    await presses_what(wei, "f:*:whom:!all", message=await asks(wei, "f:*:whom:!all"))
    assert "Below it come: 10 photos." in written(await summary(wei))


async def test_a_photo_alone_waits_for_words_and_a_voice_message_is_refused(estate: Estate) -> None:
    wei = estate.staff
    await wei.says("/notice")
    await asks(wei, "f:*:words:!cancel")
    await wei.sends_voice(b"OggS")
    await shows(wei, "but nothing spoken")
    await wei.sends_photo(PNG)
    await shows(wei, "Now please write the words.", "1 photo")
    await wei.says(WATER)
    await asks(wei, KIND.format("news"))


async def test_a_change_of_the_message_changes_the_draft_and_other_words_are_no_part_of_it(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await wei.says("/notice")
    await asks(wei, "f:*:words:!cancel")
    said = await wei.says(WATER)
    await asks(wei, KIND.format("news"))
    await wei.says("news or maintenance?")
    await shows(wei, "Please tap one of the buttons below.")
    await presses_what(wei, KIND.format("news"), message=await asks(wei, KIND.format("news")))
    await presses_what(wei, "f:*:whom:!all", message=await asks(wei, "f:*:whom:!all"))
    await summary(wei)
    await wei.edits(said, "Water is off on Friday")
    await shows(wei, "This is how it reads:", "Water is off on Friday")
    await wei.says("Please fill a bucket.")
    shown = written(await shows(wei, "This is how it reads:", "Please fill a bucket."))
    assert "maintenance?" not in shown
    await presses_what(wei, SEND, message=await summary(wei))
    await gets(mei, "Water is off on Friday", "Please fill a bucket.")


async def test_nobody_is_among_them_and_it_is_not_sent(estate: Estate) -> None:
    wei = estate.staff
    await wei.says(f"/notice {WATER}")
    await presses_what(wei, KIND.format("news"), message=await asks(wei, KIND.format("news")))
    await presses_what(wei, "f:*:whom:trades", message=await asks(wei, "f:*:whom:trades"))
    await presses_what(wei, "f:*:whom:!all")
    trade = await asks(wei, "f:*:trades:*")
    await presses_what(wei, "f:*:trades:locks", message=trade)
    await presses_what(wei, "f:*:trades:!all", message=await asks(wei, "f:*:trades:!all"))
    shown = await shows(wei, "Nobody would get it.")
    press = await presses_what(wei, SEND, message=shown)
    assert "Nobody would get it" in (await wei.popup(press))["text"]
    assert await estate.rows("SELECT count(*) AS n FROM notices") == [{"n": 0}]


async def test_a_resident_cannot_write_one(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("/notice")
    await shows(mei, "You cannot do that.")
    await mei.says("/notices")
    await estate.settled()
    assert await estate.rows("SELECT count(*) AS n FROM conversations") == [{"n": 0}]


async def test_begun_again_it_is_the_same_one(estate: Estate) -> None:
    wei = estate.staff
    await wei.says("/notice")
    await asks(wei, "f:*:words:!cancel")
    await wei.says(WATER)
    await asks(wei, KIND.format("news"))
    await wei.says("/notice")
    await presses_what(wei, KIND.format("news"), message=await asks(wei, KIND.format("news")))
    await presses_what(wei, "f:*:whom:!all", message=await asks(wei, "f:*:whom:!all"))
    assert WATER in written(await summary(wei))


async def test_whom_it_is_for_is_changed_with_what_was_chosen_ticked(estate: Estate) -> None:
    wei = estate.staff
    await wei.says(f"/notice {WATER}")
    await presses_what(wei, KIND.format("news"), message=await asks(wei, KIND.format("news")))
    await presses_what(wei, "f:*:whom:roles", message=await asks(wei, "f:*:whom:roles"))
    await presses_what(wei, "f:*:whom:!all")
    await presses_what(wei, "f:*:roles:staff", message=await asks(wei, "f:*:roles:staff"))
    await presses_what(wei, "f:*:roles:!all", message=await asks(wei, "f:*:roles:!all"))
    await shows(wei, "With the role: staff", "Nobody would get it.")
    await presses_what(wei, "f:*:!change:whom", message=await summary(wei))
    await presses_what(wei, "f:*:whom:!all", message=await asks(wei, "f:*:whom:!all"))
    assert "✓ staff" in written(await asks(wei, "f:*:roles:staff"))
    await presses_what(wei, "f:*:roles:!page:1")
    await presses_what(wei, "f:*:roles:admin", message=await asks(wei, "f:*:roles:admin"))
    await presses_what(wei, "f:*:roles:!all", message=await asks(wei, "f:*:roles:!all"))
    await shows(wei, "With the role: staff, admin", "It reaches 1 person.")


async def test_back_to_everyone_the_way_is_said(estate: Estate) -> None:
    """With something ticked there is no button "Everyone", and none is spoken of."""
    wei, everyone = estate.staff, "or “Everyone”"
    await presses_what(wei, "f:*:summary:!change:whom", message=await writes(wei))
    await presses_what(wei, "f:*:whom:roles", message=await shows(wei, everyone, "[Everyone]"))
    ticked = await shows(wei, "take the ticks off again")
    assert everyone not in written(ticked) and "[Everyone]" not in written(ticked)
    await presses_what(wei, "f:*:whom:roles", message=ticked)
    await presses_what(wei, "f:*:whom:!all", message=await shows(wei, everyone, "[Everyone]"))
    assert "For: everyone" in written(await summary(wei))
