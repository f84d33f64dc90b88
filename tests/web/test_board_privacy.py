"""Of people the board shows what they let it show and staff have looked at; taken back, it is gone at once."""

import asyncio

import pytest

from services.pledges import checking_in
from services.pledges import pledges as service
from services.pledges.pledges import Promise
from storage.people import people
from storage.pledges import occurrences
from tests.web import promises
from tests.web.conftest import JPEG, Hall

NAME, WORDS, NOTE, PHOTO = "MARKERNAME", "MARKERWORDS", "MARKERNOTE", "MARKERFILE"
EVERYWHERE = ("/board", "/board?screen=1", "/board?print=1", "/board/1")


@pytest.fixture
async def secret(hall: Hall) -> int:
    """A promise without consent to name or photos, and a check-in with words and a photo nobody released."""
    hall.bo = await hall.run(lambda tx: promises.pledger(tx, NAME))
    number = await hall.promise("I keep the path clean", promises.COUPLETS)
    await hall.run(lambda tx: promises.count(tx, hall.bo, number, 5))
    checkin = await hall.run(lambda tx: promises.say(tx, hall.bo, number, NOTE, PHOTO))
    hall.puts(number, checkin, PHOTO)
    return checkin


async def shown(hall: Hall, text: str) -> list[bool]:
    """On which of the pages it is."""
    return [text in await hall.sees(path) for path in EVERYWHERE]


async def photo(hall: Hall, checkin: int) -> tuple[int, bool]:
    """What is answered to who asks for the file, and whether any page names it."""
    status, _ = await hall.get(f"/board/photos/{hall.puts(1, checkin, PHOTO)}")
    return status, any(await shown(hall, "/board/photos/"))


async def test_without_consent_and_release_nothing_of_a_person_is_there(hall: Hall, secret: int) -> None:
    for text in (NAME, NOTE, PHOTO):
        assert not any(await shown(hall, text)), text
    assert await photo(hall, secret) == (404, False)


async def test_what_waits_for_staff_is_nowhere(hall: Hall) -> None:
    await hall.run(lambda tx: service.make(tx, hall.setup.community, hall.bo, Promise(WORDS, promises.WEEKEND)))
    assert WORDS not in await hall.sees()
    assert (await hall.get("/board/1"))[0] == 404
    await hall.run(lambda tx: service.approve(tx, hall.setup.community, hall.wei, 1))
    assert WORDS in await hall.sees(), "and is there once it is published"
    changed = Promise("MARKERCHANGE", promises.WEEKEND)
    await hall.run(lambda tx: service.change(tx, hall.setup.community, hall.bo, 1, changed))
    assert "MARKERCHANGE" not in await hall.sees()


async def test_a_name_comes_and_goes_with_consent(hall: Hall, secret: int) -> None:
    await hall.run(lambda tx: service.consent(tx, hall.bo, 1, "name", given=True))
    assert all(await shown(hall, NAME))
    await hall.run(lambda tx: service.consent(tx, hall.bo, 1, "name", given=False))
    assert not any(await shown(hall, NAME)), "at once, also where a page was kept a moment ago"


async def test_words_want_release_and_photos_consent_too(hall: Hall, secret: int) -> None:
    await hall.run(lambda tx: checking_in.release(tx, hall.wei, secret, shown=True))
    assert all(await shown(hall, NOTE)), "the words staff released"
    assert await photo(hall, secret) == (404, False), "the photo's maker has not agreed"
    await hall.run(lambda tx: service.consent(tx, hall.bo, 1, "photos", given=True))
    assert await photo(hall, secret) == (200, True)
    await hall.run(lambda tx: service.consent(tx, hall.bo, 1, "photos", given=False))
    assert await photo(hall, secret) == (404, False)
    await hall.run(lambda tx: service.consent(tx, hall.bo, 1, "photos", given=True))
    await hall.run(lambda tx: checking_in.release(tx, hall.wei, secret, shown=False))
    assert await photo(hall, secret) == (404, False) and not any(await shown(hall, NOTE))


async def test_a_photos_address_cannot_be_guessed_nor_bent(hall: Hall, secret: int) -> None:
    await hall.run(lambda tx: checking_in.release(tx, hall.wei, secret, shown=True))
    await hall.run(lambda tx: service.consent(tx, hall.bo, 1, "photos", given=True))
    name = hall.puts(1, secret, PHOTO)
    async with hall.session.get(f"{hall.address}/board/photos/{name}") as response:
        assert await response.read() == JPEG and response.content_type == "image/jpeg"
        assert "private" in response.headers["Cache-Control"] and "no-cache" in response.headers["Cache-Control"]
    wrong = name[:-1] + ("0" if name[-1] != "0" else "1")
    for other in (wrong, f"1-{secret}", f"{name}.part", "..%2f..%2fbot.db", "%00", "bot.db"):
        assert (await hall.get(f"/board/photos/{other}"))[0] == 404, other
    hall.puts(1, secret, PHOTO, b"<html><script>alert(1)</script>")
    assert (await hall.get(f"/board/photos/{name}"))[0] == 404, "what is no picture is not handed out as one"


async def test_what_is_taken_back_while_a_page_is_made_is_not_on_it(hall: Hall, secret: int) -> None:
    """Reading begins before, and ends after: the page is read anew, and the old one is kept for nobody."""
    await hall.run(lambda tx: service.consent(tx, hall.bo, 1, "name", given=True))
    made, go_on = asyncio.Event(), asyncio.Event()
    reader, read = hall.board.reader, hall.board.reader.run

    async def slowly(*args: object, **kwargs: object) -> object:
        found = await read(*args, **kwargs)  # type: ignore[arg-type]
        made.set()
        await go_on.wait()
        return found

    reader.run = slowly  # type: ignore[method-assign,assignment]
    visitor = asyncio.create_task(hall.sees())
    await made.wait()
    await hall.run(lambda tx: service.consent(tx, hall.bo, 1, "name", given=False))
    go_on.set()
    assert NAME not in await visitor
    reader.run = read  # type: ignore[method-assign]
    assert NAME not in await hall.sees()


async def test_nobodys_words_become_part_of_the_page(hall: Hall) -> None:
    nasty = "<script>alert('x')</script>\"'><img src=x onerror=y>{{777*777}}\u202e&amp;"
    hall.bo = await hall.run(lambda tx: promises.pledger(tx, nasty[:60]))
    number = await hall.promise(nasty, promises.COUPLETS, name=True)
    await hall.run(lambda tx: promises.count(tx, hall.bo, number, 5))
    await hall.run(lambda tx: promises.say(tx, hall.bo, number, nasty, released_by=hall.wei))
    for path in EVERYWHERE:
        page = await hall.sees(path)
        assert "<script" not in page and "<img src=x" not in page and "603729" not in page and "\u202e" not in page
        assert page.count("&lt;script&gt;") == 3, "the words, the name and the note, each as they were written"


async def test_a_photo_that_is_not_here_yet_or_is_gone_leaves_the_words(hall: Hall, secret: int) -> None:
    await hall.run(lambda tx: checking_in.release(tx, hall.wei, secret, shown=True))
    await hall.run(lambda tx: service.consent(tx, hall.bo, 1, "photos", given=True))
    (hall.board.photos / hall.puts(1, secret, PHOTO)).unlink()
    hall.board.cache.forget()
    page = await hall.sees()
    assert NOTE in page and '<img src="/board/photos' not in page
    hall.puts(1, secret, PHOTO)
    await hall.run(lambda tx: occurrences.photo_gone(tx, secret))
    assert await photo(hall, secret) == (404, False)


async def test_no_telegram_number_and_no_username_is_on_a_page(hall: Hall, secret: int) -> None:
    number = await hall.run(lambda tx: people.by_id(tx, hall.bo.id).telegram_id)
    assert not any(await shown(hall, str(number)))
