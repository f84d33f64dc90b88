"""A copy of one's own data: two questions, a ZIP file in one's own chat, and nothing of it left after a day."""

import asyncio
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bot.background import own_data
from sandbox.client import Person
from tests.e2e.conftest import PNG, Estate, Json, shows
from tests.e2e.printing.test_poster import content, documents
from tests.e2e.reading import asked_to_send, presses_send, presses_what, until

ASK, MAKE = "md:ask", "md:make"


async def asks(person: Person) -> Json:
    """/export, and both questions; returns the press that has it made."""
    said = await person.says("/export")
    await presses_what(person, ASK, message=await shows(person, "Your data", after=said))
    return await presses_what(person, MAKE)


def left(estate: Estate) -> list[Path]:
    return list((estate.bot.setup.media / "once").rglob("*"))


async def test_a_resident_gets_all_of_theirs_and_it_goes_after_a_day(estate: Estate) -> None:
    mei = estate.resident
    await mei.sends_photo(PNG + b"the lamp", caption="The lamp by my door is dark")
    await presses_send(mei, await asked_to_send(mei))
    await mei.sees("Received")
    await estate.answers("We come on Friday")
    await mei.says("/export", estate.staff_chat)
    await shows(mei, "Send /export to me in private", chat=estate.staff_chat)
    await mei.says("/export")
    await presses_what(mei, ASK)
    await estate.settled()
    assert not [each for each in await mei.world.chat_messages(mei.id) if "document" in each], "one yes makes none"
    await presses_what(mei, MAKE)
    (document,) = await documents(mei, 1)
    assert document["document"]["file_name"] == "my-data.zip" and not document.get("has_protected_content")
    with zipfile.ZipFile(io.BytesIO(await content(estate, document))) as archive:
        listed = json.loads(archive.read("data.json"))
        page = archive.read("index.html").decode()
        (photo,) = (name for name in archive.namelist() if name.startswith("files/"))
        assert archive.read(photo).endswith(b"the lamp")
    assert "The lamp by my door is dark" in page and "We come on Friday" in page and f'src="{photo}"' in page
    assert "Wei" not in page + json.dumps(listed)
    await estate.settled()
    assert left(estate) == []
    await mei.says("/export")
    await shows(mei, "A copy is made once a day")
    await estate.world.advance(hours=24)

    async def is_gone() -> bool:
        return not [each for each in await mei.world.chat_messages(mei.id) if "document" in each]

    await until(is_gone, "the copy to be deleted")
    kinds = [
        row["kind"] for row in await estate.rows("SELECT kind FROM events WHERE kind LIKE 'own_data.%' ORDER BY id")
    ]
    assert kinds == ["own_data.asked", "own_data.made", "own_data.gone"]


async def test_an_order_outlives_a_restart_and_is_made_once(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped with half of it on the disk."""
    mei = estate.resident
    await estate.report()
    begun = asyncio.Event()

    async def never(_order: Any, _program: str) -> Any:
        begun.set()
        await asyncio.Event().wait()

    with monkeypatch.context() as patch:
        patch.setattr(own_data, "make", never)
        await asks(mei)
        await asyncio.wait_for(begun.wait(), 8)
        await estate.stop()
    await estate.start()
    await documents(mei, 1)
    await estate.settled()
    assert len(await documents(mei, 1)) == 1
    assert len(await estate.rows("SELECT 1 FROM events WHERE kind = 'own_data.made'")) == 1
    (worker,) = (each for each in estate.bot.beside if isinstance(each, own_data.OwnData))
    await worker._prepare()
    assert left(estate) == []
