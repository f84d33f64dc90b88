"""Killed wherever one likes, a copy that was asked for is made, once."""

import asyncio
import signal
import sys
from pathlib import Path

from domain.events import OwnDataAsked, OwnDataMade
from handlers.kit.update_context import Setup
from handlers.personal_data import sending
from services.personal_data import exporting
from storage.core.database import Database, Transaction
from tests.crash.own_data_killed import POINTS
from tests.support import ROOT, happened, outbox_of, person


async def test_killed_at_each_point_it_is_made_once(database: Database, tmp_path: Path, setup: Setup) -> None:
    await database.run(lambda tx: exporting.order(tx, person(tx, "Mei"), "en"))

    def there(tx: Transaction) -> tuple[list[str], int, bool]:
        return happened(tx), len(outbox_of(tx)), exporting.being_made(tx, 1)

    for point in POINTS:
        command = (sys.executable, "-m", "tests.crash.own_data_killed", str(tmp_path), point)
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
        assert await process.wait() == -signal.SIGKILL
        found = await database.read(there)
        if point != "committed":
            assert found == ([OwnDataAsked.KIND], 0, True), point
    assert found == ([OwnDataAsked.KIND, OwnDataMade.KIND], 1, False)
    (row,) = await database.read(outbox_of)
    assert (setup.media.parent / row["content"]["path"]).is_file() and len(sending.folders(setup)) == 1
