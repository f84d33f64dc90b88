"""Of people the pages of reports show nothing; what is taken back, or must not be seen, is gone at once."""

from collections.abc import Callable

import pytest

from domain.projects.photos import Consent
from services.projects import photo_consents
from services.public_reports import objecting, photos, releasing
from services.reports import steering, taking_back
from storage.core import page_files
from storage.core.database import Transaction
from storage.people.people import Person
from storage.public_reports.photos import Photo
from storage.reports import reports
from tests.support import person
from tests.web import public_reports as public
from tests.web.conftest import JPEG, Hall


class Shown:
    """A report with a photo its maker lets be shown, and whose it is."""

    def __init__(self, number: int, code: str, photo: Photo, who: Person) -> None:
        self.number, self.code, self.photo, self.who = number, code, photo, who
        self.name = page_files.name(photo.id, photo.id, photo.file_id)

    @property
    def everywhere(self) -> list[str]:
        """All addresses by which anybody reads of it."""
        plain = ["/reports", "/reports.atom", f"/reports/{self.code}", "/reports?area=b3&category=lighting&state=open"]
        return [
            *plain,
            "/reports?lang=zh-Hans",
            "/reports.atom?area=north&lang=zh-Hans",
            f"/reports/{self.code}?lang=zh-Hans",
        ]


@pytest.fixture
async def shown(hall: Hall) -> Shown:
    community = hall.setup.community

    def made(tx: Transaction) -> Shown:
        for _ in range(40):  # so that its number is no digit that stands on a page anyway
            person(tx, "Ann")
        tx.execute("UPDATE sqlite_sequence SET seq = 770077 WHERE name = 'reports'")
        tx.execute("INSERT INTO sqlite_sequence (name, seq) SELECT 'reports', 770077 WHERE NOT EXISTS "
                   "(SELECT 1 FROM sqlite_sequence WHERE name = 'reports')")  # fmt: skip
        ann = person(tx, "MARKERNAME")
        number, code = public.report(tx, community, hall.wei, who=ann)
        reports.change(tx, number, title="MARKERTITLE", heard="MARKERHEARD", latitude=31.777777, longitude=121.777777)
        return Shown(number, code, public.residents_photo(tx, community, hall.wei, number, ann), ann)

    found = await hall.run(made)
    hall.puts_report_photo(found.name)
    hall.reports.cache.forget()
    return found


async def seen(hall: Hall, shown: Shown) -> tuple[bool, bool]:
    """Whether anybody reads of it, and whether they see its photo: all addresses say the same."""
    read = []
    for path in shown.everywhere:
        status, page = await hall.get(path)
        read.append(status == 200 and shown.code in page)
    assert len(set(read)) == 1, dict(zip(shown.everywhere, read, strict=True))
    status, _ = await hall.get(f"/reports/photos/{shown.name}")
    pictured = shown.name in (await hall.get(f"/reports/{shown.code}"))[1]
    assert (status == 200) == pictured
    return read[0], pictured


async def test_no_word_number_or_name_of_a_resident_is_anywhere(hall: Hall, shown: Shown) -> None:
    assert await seen(hall, shown) == (True, True)
    for path in shown.everywhere:
        page = await hall.sees(path)
        never = ("MARKER", "770078", str(shown.number), str(shown.who.telegram_id), "Wei<", "theirs-", "31.77", "b3-1")
        for text in never:
            assert text not in page, (path, text)
    assert str(shown.number) not in shown.name


Act = Callable[[Transaction, Hall, Shown], object]
TAKES_IT_OFF: dict[str, Act] = {
    "staff take it off": lambda tx, hall, it: releasing.take_off(tx, hall.wei, it.number),
    "whose report it is objects": lambda tx, _hall, it: objecting.object_to(tx, it.who, it.number),
    "it is about a person": lambda tx, hall, it: steering.mark_personal(tx, hall.wei, it.number, True),
    "it is withdrawn": lambda tx, _hall, it: taking_back.take_back(tx, it.who, it.number),
}


@pytest.mark.parametrize("why", TAKES_IT_OFF)
async def test_what_takes_it_off_the_page(hall: Hall, shown: Shown, why: str) -> None:
    assert await seen(hall, shown) == (True, True)
    await hall.run(lambda tx: TAKES_IT_OFF[why](tx, hall, shown))
    assert await seen(hall, shown) == (False, False), "at once, also where a page was kept a moment ago"


async def test_danger_hides_it_also_before_anything_was_told_of_it(hall: Hall, shown: Shown) -> None:
    def tell(tx: Transaction) -> None:
        reports.change(tx, shown.number, danger="fire")

    await hall.run(tell)
    hall.reports.cache.forget()
    assert await seen(hall, shown) == (False, False)


async def test_a_photo_comes_with_its_makers_yes_and_goes_with_their_no(hall: Hall, shown: Shown) -> None:
    part = shown.photo.part
    assert part is not None
    await hall.run(lambda tx: photo_consents.answer(tx, shown.who, part, Consent.NO))
    assert await seen(hall, shown) == (True, False)
    await hall.run(lambda tx: photo_consents.answer(tx, shown.who, part, Consent.YES))
    assert await seen(hall, shown) == (True, True)
    await hall.run(lambda tx: photos.take_off(tx, hall.wei, shown.number, shown.photo.id))
    assert await seen(hall, shown) == (True, False)


async def test_a_photos_address_cannot_be_guessed_nor_bent(hall: Hall, shown: Shown) -> None:
    name = shown.name
    async with hall.session.get(f"{hall.address}/reports/photos/{name}") as response:
        assert await response.read() == JPEG and response.content_type == "image/jpeg"
        assert "private" in response.headers["Cache-Control"] and "no-cache" in response.headers["Cache-Control"]
    wrong = name[:-1] + ("0" if name[-1] != "0" else "1")
    for other in (wrong, f"{shown.photo.id}-{shown.photo.id}", f"{name}.part", "..%2f..%2fbot.db", "%00", "bot.db"):
        assert (await hall.get(f"/reports/photos/{other}"))[0] == 404, other
    assert (await hall.get(f"/projects/photos/{name}"))[0] == 404, "and no other page's folder has it"


async def test_nobodys_words_become_part_of_the_page(hall: Hall) -> None:
    nasty = "<script>x</script>\"'><img src=x>{{7*7}}\u202e&amp;]]>"
    _, code = await hall.run(lambda tx: public.report(tx, hall.setup.community, hall.wei, nasty))
    for path in ("/reports", f"/reports/{code}", "/reports.atom"):
        page = await hall.sees(path)
        assert "<script" not in page and "<img src=x" not in page and "{{7*7}}" in page and "\u202e" not in page
        assert "&lt;script&gt;" in page
