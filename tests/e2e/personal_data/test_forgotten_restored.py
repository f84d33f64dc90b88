"""A copy of the database from before somebody was forgotten: put in its place, it forgets them before anything is sent,
and then nothing of them is left in it either."""

from pathlib import Path

from bot.command_line.backup_and_restore import backup_now, restore
from bot.kit.settings import Settings
from sandbox.testing import TOKEN
from tests.e2e.conftest import Estate
from tests.e2e.operations.test_restoring import LATER, backups
from tests.e2e.personal_data.canaries import canary
from tests.e2e.personal_data.test_gone_elsewhere import forgets, is_done
from tests.e2e.personal_data.traces import nothing_is_left, traces


async def test_a_restored_copy_forgets_them_before_anything_is_sent(estate: Estate, tmp_path: Path) -> None:
    settings = Settings(bot_token=TOKEN, bot_api_url=estate.world.url, data_dir=tmp_path / "data")
    li = await estate.newcomer(canary("name"))
    await estate.report(f"The lamp {canary('words')} is dark", by=li)
    await estate.card()
    await estate.staff.says(f"/find {canary('search')}")
    await estate.settled()
    backup_now(settings)
    await forgets(li)
    await li.sees("Done: your data are deleted.")
    await is_done(estate)
    await estate.stop()
    (copy,) = backups(settings, "manual")
    assert traces(copy.read_bytes().decode("latin-1")), "the copy has all of it"
    restore(settings, copy, overwrite=True, at=LATER)
    sent = len(await estate.world.calls())
    await estate.world.set_time("2026-11-25T15:35:00+08:00")
    await estate.start()
    await is_done(estate)
    await estate.settled()
    calls = [each["params"] for each in (await estate.world.calls())[sent:]]
    assert calls and traces(str(calls)) == []
    await nothing_is_left(estate, settings.data_dir, [estate.staff, estate.resident])
