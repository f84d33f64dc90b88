"""Those who steer a project add photos of their own and have its poster printed; staff release what everybody sees."""

import json

from domain.people.rights import Role
from sandbox.client import Person, written
from services.projects import making
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.conftest import PNG, Estate, Json
from tests.e2e.reading import presses_what, shows

MENU, BEFORE, AFTER, POSTER = "fa:1:menu", "fa:1:before", "fa:1:after", "fa:1:poster"
SHOW, HIDE, REMOVE = "fp:*:show", "fp:*:hide", "fp:*:remove"


async def project(estate: Estate, *, public: bool = True, led_by: Person | None = None) -> None:
    """One, which staff lead unless somebody else does."""

    def make(tx: Transaction) -> None:
        wei = people.by_telegram_id(tx, estate.staff.id)
        lead = people.by_telegram_id(tx, (led_by or estate.staff).id)
        assert wei is not None and lead is not None
        making.make(tx, estate.bot.setup.community, wei, "The lift", "It runs", [lead.id], public=public)

    await estate.bot.database.run(make)


async def menu(estate: Estate, who: Person) -> Json:
    """Somebody opens the project by its link, and from there photos and page."""
    await who.says("/start j-1")
    await presses_what(who, MENU, message=await shows(who, "Project no. 1: The lift", "Last movement"))
    return await shows(who, "photos and public page")


async def photos(estate: Estate) -> list[Json]:
    return await estate.rows(
        "SELECT moment, part, released_at IS NOT NULL AS shown, removed_at IS NOT NULL AS gone FROM project_photos"
    )


async def test_a_lead_adds_a_photo_which_staff_release(estate: Estate) -> None:
    lead = await estate.colleague("Lin", Role.REPRESENTATIVE)
    await project(estate, led_by=lead)
    opened = await menu(estate, lead)
    assert "Everybody can see it" in written(opened) and POSTER not in json.dumps(opened), "staff alone print"
    await presses_what(lead, AFTER, message=opened)
    asked = await shows(lead, "Please send me a photo of how it is now")
    await lead.sends_photo(PNG, reply_to=asked["message_id"])
    await shows(lead, "The staff look at it before everybody sees it")
    card = await shows(estate.staff, "Photo of project no. 1, after: The lift", chat=estate.staff_chat)
    assert "It was added by the team." in written(card) and "Lin" not in written(card)
    assert await photos(estate) == [{"moment": "after", "part": None, "shown": 0, "gone": 0}]
    await presses_what(estate.staff, SHOW, estate.staff_chat, card)
    await shows(estate.staff, "Everybody sees it on the project's public page.", chat=estate.staff_chat)
    await presses_what(estate.staff, HIDE, estate.staff_chat)
    await shows(estate.staff, "Nobody else sees it.", chat=estate.staff_chat)
    await presses_what(estate.staff, REMOVE, estate.staff_chat)
    await shows(estate.staff, "no longer one of the project's photos", chat=estate.staff_chat)
    assert await photos(estate) == [{"moment": "after", "part": None, "shown": 0, "gone": 1}]


async def test_what_is_no_photo_is_not_taken(estate: Estate) -> None:
    wei = estate.staff
    await project(estate)
    await presses_what(wei, BEFORE, message=await menu(estate, wei))
    asked = await shows(wei, "Please send me a photo of how it was")
    await wei.replies(asked, "I have none")
    await shows(wei, "Please send it as a photo")
    await wei.sends_photo(PNG, reply_to=asked["message_id"])
    await shows(wei, "The staff look at it")
    assert await photos(estate) == [{"moment": "before", "part": None, "shown": 0, "gone": 0}]


async def test_staff_have_its_poster_printed(estate: Estate) -> None:
    wei = estate.staff
    await project(estate)
    await presses_what(wei, POSTER, message=await menu(estate, wei))
    await shows(wei, "I am drawing the poster: Project no. 1.")
    await shows(wei, "Poster: Project no. 1")


async def test_who_does_not_steer_it_sees_no_menu(estate: Estate) -> None:
    lin = await estate.colleague("Lin", Role.VOLUNTEER)
    await project(estate)
    for who in (lin, estate.resident):
        await who.says("/start j-1")
        opened = await shows(who, "Project no. 1: The lift")
        for data in (MENU, AFTER, POSTER):
            await who.forges(opened, data)
    await estate.settled()
    assert await photos(estate) == [] and await estate.rows("SELECT 1 FROM scheduled_tasks WHERE kind = 'print'") == []


async def test_of_a_hidden_project_there_is_no_poster(estate: Estate) -> None:
    wei = estate.staff
    await project(estate, public=False)
    opened = await menu(estate, wei)
    assert "Only the staff and its lead can see it" in written(opened) and POSTER not in json.dumps(opened)
    await wei.forges(opened, POSTER)
    await estate.settled()
    assert await estate.rows("SELECT 1 FROM scheduled_tasks WHERE kind = 'print'") == []
