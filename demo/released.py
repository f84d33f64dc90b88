"""Reports on the public page of the demo: Wei of the staff writes a title, releases it, and asks for a photo."""

from demo.neighbours import Json, Neighbours

ASKED = "by which title may everybody read|用什么标题公开"
LOOK = "are there faces|有没有人脸"


async def release(people: Neighbours, card: Json, title: str) -> None:
    """Everybody reads of the report of that card, by that title."""
    wei, staff = people.ids["Wei"], people.ids["Staff"]
    await _opens(people, card)
    question = await people.sees(staff, ASKED)
    await people.post("say", **{"from": wei}, chat=staff, text=title, reply_to=question["message_id"])
    await people.presses_newest(staff, r"^v:\d+:public=t\.", by=wei)
    await people.says(staff, card, "On the public page|公开页面上的标题")


async def show_photo(people: Neighbours, card: Json, maker: int) -> None:
    """Its photo is chosen, and the person who took it says yes."""
    wei, staff = people.ids["Wei"], people.ids["Staff"]
    await _opens(people, card)
    await people.presses_newest(staff, r"^v:\d+:public=l\.", by=wei)
    await people.sees(staff, LOOK)
    await people.presses_newest(staff, r"^v:\d+:public=p\.", by=wei)
    await people.presses_newest(maker, r"^sp:\d+:yes$")
    await people.sees(staff, "is on the public page|已在公开页面上")


async def _opens(people: Neighbours, card: Json) -> None:
    """More, then the button of the public page, each once it is there."""
    wei, staff = people.ids["Wei"], people.ids["Staff"]
    await people.press(wei, staff, card, r"^v:\d+:more:")
    await people.presses_on(staff, card, r"^v:\d+:publics:", by=wei)
