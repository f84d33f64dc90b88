"""Promises on the demo's board: Wei of the staff writes down what neighbours without Telegram promise.

All of it by buttons and words, as a person at the counter does it; a photo and words are released in the staff group.
"""

from pathlib import Path

from demo.neighbours import Json, Neighbours

MAY_SHOW = "yesin_person$"


async def promise(people: Neighbours, told: Json, number: int, folder: Path) -> None:
    """Write one down, which gets that number, and, where something was done already, say so."""
    wei = people.ids["Wei"]
    await people.says_to_bot(wei, "/pledge")
    await people.presses_newest(wei, "^p:0:record:")
    await people.types(wei, "whose", people.words(told["whose"]))
    await people.presses_newest(wei, r"^f:\d+:keeper:\d+$")
    await people.types(wei, "words", people.words(told["words"]))
    for step, value in told["answers"]:
        await people.presses_newest(wei, rf"^f:\d+:{step}:{value}")
    await people.presses_newest(wei, r"^f:\d+:areas:!all$")
    await people.presses_newest(wei, rf"^f:\d+:name:{MAY_SHOW}")
    await people.presses_newest(wei, "!send$")
    await people.sees(wei, rf"Promise no\. {number} is on the board|{number}号承诺上公示栏了")
    if "says" in told:
        await _says(people, wei, number, told, folder)


async def _says(people: Neighbours, wei: int, number: int, told: Json, folder: Path) -> None:
    """Words or a photo in reply to the promise say that it was kept; then Wei, as staff, lets the board show them."""
    await people.says_to_bot(wei, "/pledge")
    await people.presses_newest(wei, f"^p:{number}:open:")
    await people.presses_newest(wei, f"^p:{number}:say:")
    asked = await people.newest_with(wei, f"^pc:\\d+:1:{number}$")
    photo = folder / told["photo"] if "photo" in told else None
    await people.replies_to_bot(wei, asked, people.words(told["says"]), photo)
    if photo is not None:
        await people.presses_newest(wei, f"^p:{number}:photos-in_person:")
    await people.presses_newest(people.ids["Staff"], r"^pr:\d+:show:", by=wei)
