"""A resident has their data deleted, as they and the staff see it, with a restart between the two yeses."""

import pytest

from tests.e2e.conftest import LAMP, Estate, Json
from tests.e2e.reading import presses_what, shows, until

GO_ON, YES = "gone:sure:*", "gone:yes:*"


async def people_with_name(estate: Estate, name: str) -> list[Json]:
    return await estate.rows("SELECT id, telegram_id FROM people WHERE name = ?", name)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_somebody_deletes_their_data_and_comes_back_as_a_stranger(estate: Estate, language: str) -> None:
    li = await estate.newcomer("Li Canary", language)
    await estate.report(by=li) if language == "en" else None
    await li.says("/settings")
    await presses_what(li, "gone:show:*")
    await presses_what(li, GO_ON)
    await shows(li, "")
    await estate.settled()
    await estate.stop()
    await estate.start()
    await presses_what(li, YES)

    async def is_gone() -> bool:
        rows = await estate.rows("SELECT step FROM forgetting")
        return bool(rows) and rows[0]["step"] not in ("ending", "erasing")

    await until(is_gone, "the database to hold nothing of them")
    assert await people_with_name(estate, "Li Canary") == []
    assert await estate.rows("SELECT id FROM report_parts WHERE text = ?", LAMP) == []
    if language == "en":
        await shows(estate.staff, "No. 1", "taken it back", chat=estate.staff_chat)
    await li.says("/my")
    await shows(li, "")
    await estate.settled()
    assert len(await people_with_name(estate, "Li Canary")) == 1
    assert await estate.rows("SELECT count(*) AS n FROM people WHERE forgotten_at IS NOT NULL") == [{"n": 1}]
