"""The board as a PDF: ordered in the chat, on A3, with what the board shows and no more."""

import pypdfium2

from services.pledges import pledges as service
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.conftest import Estate
from tests.e2e.pledges.test_pledge_making import DOGS, pledger, published


async def printed(estate: Estate, after: int = 0) -> tuple[int, str, list[tuple[int, ...]]]:
    """The next PDF a resident gets: its message, its words, and its sheets in millimetres."""
    mei = estate.resident
    await mei.says("/board")
    await mei.presses("As a PDF to print (A3)")
    sent = await mei.sees("The board of promises, for A3 paper", after=after, patience=30.0)
    document = pypdfium2.PdfDocument(await estate.bot.request.download(sent["document"]["file_id"]))
    words = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())
    sizes = [tuple(round(side / 72 * 25.4) for side in sheet.get_size()) for sheet in document]
    return sent["message_id"], words, sizes


async def test_it_comes_on_a3_with_the_day_and_without_what_is_not_allowed(estate: Estate) -> None:
    bo = await pledger(estate)
    await published(estate, bo)
    first, words, sizes = await printed(estate)
    assert sizes == [(297, 420)]
    for text in (
        DOGS,
        "Bo",
        "every week on Saturday, Sunday, 19:00-20:00",
        "As it stands on Wednesday, 25 November 2026",
    ):
        assert text in words.replace("–", "-"), f"{text}: also where the machine has no font that knows dashes"

    def take_back(tx: Transaction) -> None:
        met = people.by_telegram_id(tx, bo.id)
        assert met is not None
        service.consent(tx, met, 1, "name", given=False)

    await estate.bot.database.run(take_back)
    _, words, _ = await printed(estate, after=first)
    assert DOGS in words and "Bo" not in words.split()
    await estate.nothing_broke()
