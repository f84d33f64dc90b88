"""Real updates to begin with: what people in the sandbox do, as the sandbox hands it to a bot."""

import contextlib
from collections.abc import Mapping
from typing import Any

from sandbox.client import World
from sandbox.testing import running_sandbox
from tests.crash.run import note_updates
from tests.walk.deeds import BOT, GROUP, OF_ROLE, RESIDENTS

Json = dict[str, Any]
PNG = b"\x89PNG\r\n\x1a\n"
KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]


async def real_updates() -> list[Json]:
    """Each without its number; people, group and bot have the numbers of the walk's."""
    async with running_sandbox(seed=1, flood_limits=False) as world:
        made: list[Json] = []
        note_updates(world, lambda _number, content: made.append(content))
        await world.bot_call("getUpdates", timeout=0, allowed_updates=KINDS)
        numbers = await _live(world)
        return [_renumbered(each, numbers) for each in made]


async def _live(world: World) -> dict[int, int]:
    """Everybody does everything once; returns whose number becomes which."""
    mei, bo = await world.person("Mei", username="mei"), await world.person("Bo", "zh-hans")
    wei = await world.person("Wei")
    group = await world.group("Staff", [wei, mei])
    for person, chat in ((mei, None), (bo, None), (wei, group), (mei, group)):
        if chat is None:
            await person.starts()
            await person.starts("b3-2")
        said = await person.says("The lamp in stairwell 3 is dark, see https://a.example and @mei", chat)
        for words in ("/help", "/my@resident_voices_bot now", "水管漏水了 🔥", "#tag $USD +49 123 <b>x</b>"):
            await person.says(words, chat)
        await person.edits(said, "The lamp in stairwell 3 is still dark", chat)
        await person.replies(said, "Still waiting", chat)
        await person.sends_photo(PNG, "Look", chat)
        await person.sends_voice(b"OggS", chat=chat)
        for number in range(2):
            await person.sends_photo(PNG, f"Part {number}", chat, album="album")
        for kind in ("video", "video_note", "audio", "document", "animation", "sticker"):
            with contextlib.suppress(AssertionError):  # the sandbox need not know each
                await person.sends(kind, b"content", chat=chat)
        await person.shares_location(31.2418, 121.4462)
        await person.shares_contact("13800138000", "Mei", chat)
        shown = await world.bot_call(
            "sendMessage", chat_id=chat or person.id, text="?",
            reply_markup={"inline_keyboard": [[{"text": "Send", "callback_data": "f:1:summary:!send"}]]},
        )  # fmt: skip
        await person._press(chat, {"message_id": shown["result"]["message_id"]}, label="Send")
    await bo.blocks()
    await bo.unblocks()
    await world.post("group/remove", chat=group, user=mei.id)
    await world.post("group/remove", chat=group, user=world.bot_id)
    staff = next(iter(OF_ROLE.values()))
    return {mei.id: RESIDENTS[0], bo.id: RESIDENTS[1], wei.id: staff, group: GROUP, world.bot_id: int(BOT["id"])}


def _renumbered(value: Any, numbers: Mapping[int, int]) -> Any:
    if isinstance(value, dict):
        return {key: _renumbered(each, numbers) for key, each in value.items()}
    if isinstance(value, list):
        return [_renumbered(each, numbers) for each in value]
    return numbers.get(value, value) if type(value) is int else value
