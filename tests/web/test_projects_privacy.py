"""Of people the pages of projects show nothing but photos they let be shown; taken back, these are gone at once."""

import pytest

from domain.people.rights import Role
from domain.projects.photos import Consent, Moment
from services.projects import bundling, making, photo_consents, photos, stages
from services.reports import steering, submitting, taking_back
from storage.core import page_files
from storage.core.database import Transaction
from storage.people import people
from storage.projects.photos import Photo
from storage.reports import reports
from storage.reports.reports import NewPart
from tests.support import person
from tests.web import public_projects as public
from tests.web.conftest import JPEG, Hall

NAME = "MARKERNAME"
EVERYWHERE = ("/projects", "/projects/1", "/projects?lang=zh-Hans", "/projects/1?lang=zh-Hans")


@pytest.fixture
async def photo(hall: Hall) -> Photo:
    """A resident's photo in a public project, released by staff; its maker has said nothing."""
    community = hall.setup.community
    number = await hall.run(lambda tx: public.project(tx, community, hall.wei))
    found = await hall.run(lambda tx: public.residents_photo(tx, community, hall.wei, number, NAME, None))
    hall.puts_photo(page_files.name(number, found.id, found.file_id))
    return found


async def seen(hall: Hall, photo: Photo) -> tuple[int, bool]:
    """What is answered to who asks for the file, and whether any page names it."""
    name = page_files.name(photo.project, photo.id, photo.file_id)
    status, _ = await hall.get(f"/projects/photos/{name}")
    pages = [name in (await hall.get(path))[1] for path in EVERYWHERE]
    assert len(set(pages)) == 1
    return status, pages[0]


async def says(hall: Hall, photo: Photo, said: Consent) -> None:
    def run(tx: Transaction) -> None:
        assert photo.part is not None
        part = reports.part(tx, photo.part)
        assert part is not None and part.person is not None
        photo_consents.answer(tx, people.by_id(tx, part.person), part.id, said)

    await hall.run(run)


async def test_a_photo_comes_with_its_makers_yes_and_goes_with_their_no(hall: Hall, photo: Photo) -> None:
    assert await seen(hall, photo) == (404, False)
    await says(hall, photo, Consent.YES)
    assert await seen(hall, photo) == (200, True)
    await says(hall, photo, Consent.NO)
    assert await seen(hall, photo) == (404, False), "at once, also where a page was kept a moment ago"


async def test_what_takes_a_photo_off(hall: Hall, photo: Photo) -> None:
    """Whatever makes it unfit for everybody: each by itself, and all are gone at the next look."""
    wei = hall.wei
    await says(hall, photo, Consent.YES)

    def report_of(tx: Transaction) -> int:
        assert photo.part is not None
        part = reports.part(tx, photo.part)
        assert part is not None
        return part.report

    assert await seen(hall, photo) == (200, True)
    await hall.run(lambda tx: photos.release(tx, wei, photo.id, shown=False))
    assert await seen(hall, photo) == (404, False), "staff take it off"
    await hall.run(lambda tx: photos.release(tx, wei, photo.id, shown=True))
    assert await seen(hall, photo) == (200, True)
    await hall.run(lambda tx: making.show(tx, wei, photo.project, False))
    assert await seen(hall, photo) == (404, False), "the project is not public any more"
    await hall.run(lambda tx: making.show(tx, wei, photo.project, True))
    assert await seen(hall, photo) == (200, True)
    await hall.run(lambda tx: steering.mark_personal(tx, wei, report_of(tx), True))
    assert await seen(hall, photo) == (404, False), "its report is about a person"
    await hall.run(lambda tx: steering.mark_personal(tx, wei, report_of(tx), False))
    assert await seen(hall, photo) == (404, False), "and staff look at it anew"
    await hall.run(lambda tx: photos.release(tx, wei, photo.id, shown=True))
    assert await seen(hall, photo) == (200, True)

    def withdraw(tx: Transaction) -> None:
        number = report_of(tx)
        report = reports.existing(tx, number)
        taking_back.take_back(tx, people.by_id(tx, report.person), number)

    await hall.run(withdraw)
    assert await seen(hall, photo) == (404, False), "the report is withdrawn"


async def test_a_photos_address_cannot_be_guessed_nor_bent(hall: Hall, photo: Photo) -> None:
    await says(hall, photo, Consent.YES)
    name = page_files.name(photo.project, photo.id, photo.file_id)
    async with hall.session.get(f"{hall.address}/projects/photos/{name}") as response:
        assert await response.read() == JPEG and response.content_type == "image/jpeg"
        assert "private" in response.headers["Cache-Control"] and "no-cache" in response.headers["Cache-Control"]
    wrong = name[:-1] + ("0" if name[-1] != "0" else "1")
    for other in (wrong, f"{photo.project}-{photo.id}", f"{name}.part", "..%2f..%2fbot.db", "%00", "bot.db"):
        assert (await hall.get(f"/projects/photos/{other}"))[0] == 404, other
    assert (await hall.get(f"/board/photos/{name}"))[0] == 404, "and no other page's folder has it"
    hall.puts_photo(name, b"<html><script>alert(1)</script>")
    assert (await hall.get(f"/projects/photos/{name}"))[0] == 404, "what is no picture is not handed out as one"


async def test_no_word_number_or_name_of_a_resident_is_on_a_page(hall: Hall, photo: Photo) -> None:
    community = hall.setup.community
    await says(hall, photo, Consent.YES)

    def more(tx: Transaction) -> tuple[int, str]:
        who = person(tx, NAME, Role.VOLUNTEER)
        report = submitting.submit(tx, community, who, submitting.NewReport([NewPart("text", "MARKERWORDS")]))
        reports.change(tx, report, title="MARKERTITLE", place="MARKERPLACE")
        bundling.add(tx, hall.wei, photo.project, report)
        return report, str(people.by_id(tx, who.id).telegram_id)

    _, telegram = await hall.run(more)
    await hall.run(lambda tx: public.count(tx, community, photo.project))
    for path in EVERYWHERE:
        page = await hall.sees(path)
        for text in ("MARKER", telegram, "Wei<", "theirs-file", "theirs-unique"):
            assert text not in page, (path, text)


async def test_a_hidden_project_is_nowhere(hall: Hall) -> None:
    community = hall.setup.community
    number = await hall.run(
        lambda tx: public.project(tx, community, hall.wei, "MARKERTITLE", goal="MARKERGOAL", public=False)
    )
    await hall.run(lambda tx: public.reported(tx, community, hall.wei, number, "Ann"))
    added = await hall.run(lambda tx: public.own_photo(tx, hall.wei, number, Moment.AFTER))
    name = page_files.name(number, added.id, added.file_id)
    hall.puts_photo(name)
    for path in ("/projects", f"/projects/{number}", f"/projects/photos/{name}", f"/projects/{number}/page.svg"):
        status, page = await hall.get(path)
        assert status == (200 if path == "/projects" else 404) and "MARKER" not in page, path


async def test_nobodys_words_become_part_of_the_page(hall: Hall) -> None:
    nasty = "<script>alert('x')</script>\"'><img src=x onerror=y>{{7*7}}\u202e&amp;"
    community, wei = hall.setup.community, hall.wei
    number = await hall.run(lambda tx: public.project(tx, community, wei, nasty, goal=nasty))
    await hall.run(lambda tx: public.milestone(tx, community, wei, number, nasty, None))
    await hall.run(lambda tx: stages.give_up(tx, wei, number, nasty))
    for path in ("/projects", f"/projects/{number}"):
        page = await hall.sees(path)
        assert "<script" not in page and "<img src=x" not in page and "49" not in page and "\u202e" not in page
        assert page.count("&lt;script&gt;") >= 2
