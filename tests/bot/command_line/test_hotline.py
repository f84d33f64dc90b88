"""`python -m bot hotline`: a table of months, beside the running bot; all of it or nothing."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from domain.community import Community
from sandbox.testing import TOKEN
from storage.core.database import Database, Transaction
from tests.services.reporting import submitted
from tests.support import person


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


def hotline(path: Path, table: bytes, *options: str) -> tuple[int, str]:
    (path / "hotline.csv").write_bytes(table)
    run = CliRunner().invoke(app, ["hotline", "hotline.csv", *options])
    return run.exit_code, run.output


async def entered(database: Database) -> list[str]:
    def read(tx: Transaction) -> list[str]:
        return [row["subject"] for row in tx.query("SELECT subject FROM events WHERE kind = 'hotline.counted'")]

    return await database.read(read)


async def test_entered_beside_the_running_bot_and_corrected(database: Database, tmp_path: Path) -> None:
    code, said = hotline(tmp_path, "月份;件数\n2025年1月;30\n2025年2月;31\n".encode("gbk"), "--language", "en")
    assert code == 0 and "Entered: January 2025: 30, February 2025: 31" in said
    code, said = hotline(tmp_path, b"2025-01,28\n2025-02,31\n", "--language", "en")
    assert code == 0 and "Corrected: January 2025 is 28; it was 30." in said
    assert "1 month was entered like this already." in said
    assert await entered(database) == ["hotline:202501", "hotline:202502", "hotline:202501"]


async def test_one_wrong_line_and_nothing_is_entered(database: Database, tmp_path: Path) -> None:
    code, said = hotline(tmp_path, b"2025-01;30\n2025-14;31\n2025-01;30\n", "--language", "en")
    assert code != 0 and "Nothing was entered" in said
    assert "Line 2: “2025-14” is not a month. Write year and month, for example: 2026-03" in said
    assert "Line 3: 2025-01 stands in line 1 already. Delete one of the two." in said
    assert await entered(database) == []
    code, said = hotline(tmp_path, b"2025-01;30\n2025-14;31\n", "--language", "zh-Hans")
    assert code != 0 and "第2行" in said and "2025-14" in said


async def test_no_file_and_no_database(tmp_path: Path) -> None:
    code, said = hotline(tmp_path, b"2025-01;30\n")
    assert code != 0 and "There is no database" in said
    run = CliRunner().invoke(app, ["hotline", "absent.csv"])
    assert run.exit_code != 0


async def test_the_bot_writes_on(database: Database, community: Community, tmp_path: Path) -> None:
    """What is written beside it is neither lost nor in its way."""

    def report(tx: Transaction) -> int:
        return submitted(tx, community, person(tx, "Mei"))

    first = await database.run(report)
    assert hotline(tmp_path, b"2025-01;30\n")[0] == 0
    assert await database.run(report) == first + 1
    assert await entered(database) == ["hotline:202501"]
