"""Groups on the page: topics, and links to a message."""

from typing import Any

from sandbox.tests.page.browsing import IN_A_BROWSER, Json, World, opened

pytestmark = IN_A_BROWSER


async def test_a_link_to_a_message_of_a_group_opens_it_on_the_page(browser: Any, world: World, mei: Json) -> None:
    bot = await world.bot("getMe")
    staff = await world.people("groups", title="Staff", members=[mei["id"]], forum=True, supergroup=True)
    li = await world.people("people", first_name="Li")
    other = await world.people("groups", title="Others", members=[li["id"]], supergroup=True)
    await world.people("group/add", chat=staff["id"], user=bot["id"])
    first = await world.bot("sendMessage", chat_id=staff["id"], text="Card number 0")
    for number in range(1, 19):
        await world.bot("sendMessage", chat_id=staff["id"], text=f"Card number {number}")

    def link(group: int, message: int) -> str:
        return f"https://t.me/c/{str(group).removeprefix('-100')}/{message}"

    buttons = [
        [{"text": "Card of no. 1", "url": link(staff["id"], first["message_id"])}],
        [{"text": "Elsewhere", "url": link(other["id"], 1)}],
    ]
    text = f"Or here: {link(staff['id'], first['message_id'])}"
    await world.bot("sendMessage", chat_id=mei["id"], text=text, reply_markup={"inline_keyboard": buttons})
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        button = phone.locator(".inline-button", has_text="Card of no. 1")
        for leads_there in (button, phone.locator(".text a", has_text="t.me/c")):
            await leads_there.click()
            await phone.locator(".message.is-target", has_text="Card number 0").wait_for()
            await phone.locator(".open-chats").click()
            await phone.locator(".chat-list button", has_text="Resident Voices").click()
        await phone.locator(".inline-button", has_text="Elsewhere").click()
        await phone.locator(".toast", has_text="Only members of the group").wait_for()
        assert page.tab.url.startswith(world.url)


async def test_topics_are_tabs_and_words_go_into_the_open_one(browser: Any, world: World, mei: Json) -> None:
    bot = await world.bot("getMe")
    group = await world.people("groups", title="Staff", members=[mei["id"]], forum=True, supergroup=True)
    await world.people("group/add", chat=group["id"], user=bot["id"], rights={"can_manage_topics": True})
    topic = await world.bot("createForumTopic", chat_id=group["id"], name="Water")
    thread = topic["message_thread_id"]
    await world.bot("sendMessage", chat_id=group["id"], text="In General")
    card = await world.bot("sendMessage", chat_id=group["id"], message_thread_id=thread, text="A leaking pipe")
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        await phone.locator(".open-chats").click()
        await phone.locator(f'.chat-row[data-chat="{group["id"]}"]').click()
        await page.sees(phone, "In General")
        await phone.locator(f'.topic[data-thread="{thread}"]').click()
        message = await page.sees(phone, "A leaking pipe")
        await phone.locator(".message", has_text="In General").wait_for(state="detached")
        await message.locator(".message-more").click()
        await phone.locator('.menu [data-id="reply"]').click()
        await page.writes(phone, "I shall go")
        received = await world.update("message", lambda message: message.get("text") == "I shall go")
        assert received["message_thread_id"] == thread
        assert received["reply_to_message"]["message_id"] == card["message_id"]
        await phone.locator(".open-menu").click()
        await phone.locator('.menu [data-id="new-topic"]').click()
        await phone.locator('[data-sheet="topic"] input').fill("Noise")
        await phone.locator('[data-sheet="topic"] button[type=submit]').click()
        await phone.locator(".topic", has_text="Noise").wait_for()
