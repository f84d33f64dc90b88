"""On the page people write, press, reply, react and read what the bot sends."""

from typing import Any

from sandbox.tests.page.browsing import IN_A_BROWSER, Json, World, opened

pytestmark = IN_A_BROWSER


async def test_text_goes_out_and_comes_in(browser: Any, world: World, mei: Json) -> None:
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        await page.writes(phone, "The lamp is out\nin stairwell 3")
        received = await world.update("message", lambda message: "lamp" in message.get("text", ""))
        assert received["text"] == "The lamp is out\nin stairwell 3"
        await world.bot("sendMessage", chat_id=mei["id"], text="Thank you, <b>Mei</b>", parse_mode="HTML")
        answer = await page.sees(phone, "Thank you, Mei")
        assert await answer.locator("strong").inner_text() == "Mei"


async def test_a_press_becomes_a_callback_query_and_its_answer_a_toast_or_an_alert(
    browser: Any, world: World, mei: Json
) -> None:
    buttons = [
        [{"text": "Yes, it is fixed", "callback_data": "yes"}],
        [{"text": "No", "callback_data": "no"}],
    ]
    await world.bot("sendMessage", chat_id=mei["id"], text="Fixed?", reply_markup={"inline_keyboard": buttons})
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        await phone.locator(".inline-button", has_text="Yes").click()
        query = await world.update("callback_query")
        assert query["data"] == "yes"
        await world.bot("answerCallbackQuery", callback_query_id=query["id"], text="Noted")
        await phone.locator(".toast", has_text="Noted").wait_for()
        await phone.locator(".inline-button", has_text="No").click()
        query = await world.update("callback_query")
        await world.bot("answerCallbackQuery", callback_query_id=query["id"], text="Too late", show_alert=True)
        await phone.locator(".alert", has_text="Too late").wait_for()
        await phone.locator(".alert button").click()
        assert await phone.locator(".alert").count() == 0


async def test_a_reply_keyboard_is_shown_pressed_folded_and_removed(browser: Any, world: World, mei: Json) -> None:
    keyboard = {
        "keyboard": [[{"text": "Say what is wrong"}], [{"text": "My voices"}]],
        "resize_keyboard": True,
    }
    await world.bot("sendMessage", chat_id=mei["id"], text="Hello", reply_markup=keyboard)
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        await phone.locator(".reply-button", has_text="My voices").click()
        assert (await world.update("message"))["text"] == "My voices"
        await phone.locator(".tool-keyboard").click()
        await phone.locator(".reply-button").first.wait_for(state="detached")
        await phone.locator(".tool-keyboard").click()
        await phone.locator(".reply-button").first.wait_for()
        await world.bot("sendMessage", chat_id=mei["id"], text="Bye", reply_markup={"remove_keyboard": True})
        await phone.locator(".reply-button").first.wait_for(state="detached")


async def test_a_forced_reply_opens_the_reply_bar(browser: Any, world: World, mei: Json) -> None:
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        question = await world.bot(
            "sendMessage", chat_id=mei["id"], text="Which floor?", reply_markup={"force_reply": True}
        )
        await phone.locator(".compose-bar", has_text="Which floor?").wait_for()
        await page.writes(phone, "The third")
        received = await world.update("message")
        assert received["reply_to_message"]["message_id"] == question["message_id"]
        assert await phone.locator(".compose-bar").is_hidden()


async def test_edits_of_both_sides_show(browser: Any, world: World, mei: Json) -> None:
    sent = await world.bot("sendMessage", chat_id=mei["id"], text="State: new")
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        await page.sees(phone, "State: new")
        await world.bot("editMessageText", chat_id=mei["id"], message_id=sent["message_id"], text="State: done")
        edited = await page.sees(phone, "State: done")
        await edited.locator(".edited").wait_for()
        assert await phone.locator(".message", has_text="State: new").count() == 0

        await page.writes(phone, "A typnig error")
        message = await page.sees(phone, "A typnig error")
        await message.locator(".message-more").click()
        await phone.locator('.menu [data-id="edit"]').click()
        await page.writes(phone, "A typing error")
        await page.sees(phone, "A typing error")
        assert (await world.update("edited_message"))["text"] == "A typing error"
        await (await page.sees(phone, "A typing error")).locator(".message-more").click()
        await phone.locator('.menu [data-id="delete"]').click()
        await phone.locator(".message", has_text="A typing error").wait_for(state="detached")


async def test_a_message_is_reacted_to_and_pinned_and_a_photo_gets_a_caption(
    browser: Any, world: World, mei: Json
) -> None:
    await world.bot("getUpdates", offset=-1, allowed_updates=["message", "edited_message", "message_reaction"])
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        card = await world.bot("sendMessage", chat_id=mei["id"], text="It is fixed")

        async def chooses(message: Any, choice: str) -> None:
            await message.locator(".message-more").click()
            await phone.locator(f'.menu [data-id="{choice}"]').click()

        await chooses(await page.sees(phone, "It is fixed"), "react")
        await phone.locator('[data-emoji="🙏"]').click()
        reaction = await world.update("message_reaction")
        assert (reaction["message_id"], reaction["new_reaction"][0]["emoji"]) == (card["message_id"], "🙏")
        await phone.locator(".reactions", has_text="🙏").wait_for()
        await chooses(await page.sees(phone, "It is fixed"), "react")
        await phone.locator('[data-emoji="none"]').click()
        await phone.locator(".reactions").wait_for(state="detached")

        await chooses(await page.sees(phone, "It is fixed"), "pin")
        pinned = await world.update("message", lambda message: "pinned_message" in message)
        assert pinned["pinned_message"]["text"] == "It is fixed"
        await phone.locator(".message.service", has_text="pinned “It is fixed”").wait_for()
        await phone.locator(".pin-bar", has_text="It is fixed").wait_for()

        await phone.locator(".tool-attach").click()
        await phone.locator('[data-sample="stall"]').click()
        await chooses(phone.locator(".message", has=page.tab.locator(".media-photo")).last, "edit")
        await page.writes(phone, "By the gate")
        await page.sees(phone, "By the gate")
        assert (await world.update("edited_message"))["caption"] == "By the gate"


async def test_the_bot_is_blocked_and_unblocked(browser: Any, world: World, mei: Json) -> None:
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        await phone.locator(".open-menu").click()
        await phone.locator('.menu [data-id="block"]').click()
        assert (await world.update("my_chat_member"))["new_chat_member"]["status"] == "kicked"
        await phone.locator(".start-button").click()
        assert (await world.update("my_chat_member"))["new_chat_member"]["status"] == "member"
        await phone.locator(".composer textarea").wait_for()
