"""`python -m bot report`: figures on the server, beside the running bot."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from domain.community import Community
from domain.people.rights import Role
from sandbox.testing import TOKEN
from services.reports import deciding, working
from storage.core.database import Database, Transaction
from tests.services.reporting import submitted, words
from tests.support import person


def report(*options: str) -> tuple[int, str]:
    run = CliRunner().invoke(app, ["report", *options])
    return run.exit_code, run.output


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


def _lives(tx: Transaction, community: Community) -> None:
    wei, mei = person(tx, "=HYPERLINK(1)", Role.STAFF), person(tx, "Mei")
    for number in range(24):
        sent = submitted(tx, community, mei, category="lifts" if number % 3 else "lighting", area="b1-1")
        if number:
            working.resolve(tx, community, wei, sent, words("Done"))
        if number > 20:
            deciding.decide(tx, community, mei, sent, 1, fixed=True)


async def test_in_words_json_and_csv(database: Database, community: Community) -> None:
    """The database is open all the time, as it is while the bot runs; what is counted is on one Monday in March."""
    await database.run(_lives, community)
    days = ("--from", "2026-03-02", "--to", "2026-03-02")
    code, said = report(*days, "--by", "category", "--language", "en")
    assert code == 0 and "Handled: 23 of 24 (95.8 %)" in said and "<b>" not in said
    assert "Lighting: 8 collected, 7 handled. Residents say: 1 fixed, 0 not." in said
    code, said = report(*days, "--by", "category", "--format", "json", "--area", "north")
    found = json.loads(said)
    assert (found["collected"], found["handled"], found["handled_rate"], found["is_over"]) == (24, 23, 95.8, True)
    assert (found["resolutions"], found["resolutions_confirmed"], found["resolutions_asked"]) == (23, 3, 20)
    assert (found["resolved_rate"], found["resolved_rate_of"]) == (None, 3), "of fewer than 20 no percentage"
    assert [(each["code"], each["collected"]) for each in found["groups"]] == [("lifts", 16), ("lighting", 8)]
    code, said = report(*days, "--by", "category", "--format", "csv")
    rows = list(csv.DictReader(said.splitlines()))
    assert [(row["code"], row["collected"], row["handled_rate"]) for row in rows] == [
        ("", "24", "95.8"), ("lifts", "16", ""), ("lighting", "8", ""),
    ]  # fmt: skip
    code, said = report("--format", "json", "--from", "2026-03-03", "--to", "2026-03-09")
    assert json.loads(said)["collected"] == 0
    code, said = report("--format", "json")
    assert json.loads(said)["from"] == "2026-03-02" and json.loads(said)["collected"] == 24


async def test_what_is_wrong_is_said_and_nothing_is_counted(database: Database, community: Community) -> None:
    for options, sentence in (
        ((), "Nothing has been reported yet"),
        (("--from", "2026-03-03", "--to", "2026-03-02"), "name the earlier day with --from"),
        (("--to", "9999-12-31"), "is no time"),
        (("--area", "moon"), "there is no such area. There are: north,"),
        (("--from", "3.12.2026"), "--from"),
        (("--format", "docx"), "text, json, csv, xlsx, png, pdf"),
        (("--category", "moon"), "there is no such category. There are: "),
        (("--by", "moon"), "category, area, department, lead or project"),
        (("--language", "fr"), "there are no texts in it"),
    ):
        code, said = report(*options)
        assert code == 2 and sentence in said, said
    await database.run(lambda tx: tx.execute("PRAGMA user_version = 9999"))
    code, said = report()
    assert code == 2 and "its schema is 9999" in said


def test_without_a_database_nothing_is_made(tmp_path: Path) -> None:
    code, said = report()
    assert code == 2 and "There is no database" in said and not list(tmp_path.glob("*.db*"))


async def test_a_bot_that_is_stopped_can_be_counted(database: Database, community: Community) -> None:
    await database.run(_lives, community)
    await database.close()
    assert report("--format", "csv")[0] == 0
    await database.open()


async def test_no_name_of_a_group_is_executed_by_a_spreadsheet(database: Database, community: Community) -> None:
    from services.projects import bundling, making

    def leads(tx: Transaction) -> None:
        _lives(tx, community)
        wei = person(tx, "=HYPERLINK(1)", Role.STAFF)
        project = making.make(tx, community, wei, "Lifts", "They run", [wei.id])
        bundling.add(tx, wei, project.id, 1)

    await database.run(leads)
    code, said = report("--by", "lead", "--format", "csv")
    assert code == 0 and "'=HYPERLINK(1)" in said and ",=HYPERLINK" not in said
