"""`python -m bot export`: files on the server, beside the running bot; with names and words only where that is kept."""

import csv
import json
import re
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.exports import writing
from domain.community import Community
from domain.figures.exports import Form, Wanted, What
from domain.people.rights import Role
from handlers.figures.exports import tables
from handlers.kit.texts import Speaker
from handlers.kit.update_context import Setup
from sandbox.testing import TOKEN
from services.projects import bundling, making
from services.reports import deciding, merging, pressing, working
from storage.core.database import Database, Transaction
from storage.figures import exported
from storage.reports import reports, supports
from tests.paper.test_posters import chinese
from tests.services import repairing
from tests.services.reporting import submitted, words
from tests.spreadsheets import Cell, cells, texts
from tests.support import ROOT, outbox_of, person

SECRETS = ("Mei Secret", "The lamp by my door", "Flat 502", "Zhou", "The tap drips")
"""What only a file with personal data may have."""


def export(*options: str) -> tuple[int, str]:
    run = CliRunner().invoke(app, ["export", *options])
    return run.exit_code, run.output


def read(file: Path) -> list[dict[str, str]]:
    """The rows, by the stable names of their columns."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        heads, *rows = list(csv.reader(opened))
    names = [head.rpartition("[")[2].removesuffix("]") for head in heads]
    assert len(set(names)) == len(names)
    return [dict(zip(names, row, strict=True)) for row in rows]


def files(folder: Path, *names: str) -> list[str]:
    """Those in a folder with one of these in their names."""
    return [each.name for each in folder.iterdir() if any(name in each.name for name in names)]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return tmp_path


def _lives(tx: Transaction, community: Community) -> None:
    """Reports 1 (confirmed, behind it three people), 2 (of danger), 3 (about a person), 4 (merged into 1); a repair, a
    project."""
    wei, mei, bo, li = (
        person(tx, name, *roles)
        for name, roles in (("=Wei", (Role.STAFF,)), ("Mei Secret", ()), ("Bo", ()), ("Li", ()))
    )
    lamp = submitted(tx, community, mei, "The lamp by my door", category="lighting", area="b1-1", place="Flat 502")
    supports.add(tx, lamp, bo.id)
    submitted(tx, community, bo, "Gas, I smell gas", danger="gas")
    reports.change(tx, submitted(tx, community, bo, "My neighbour Zhou shouts"), about_person=1)
    same = submitted(tx, community, li, "Lamp", category="lighting", area="b1-1")
    merging.merge(tx, community, wei, same, lamp)
    reports.change(tx, lamp, title="=SUM(1) lamp")
    reports.change(tx, 3, title="Zhou shouts")
    pressing.mark(tx, wei, 2, on=True)
    working.resolve(tx, community, wei, lamp, words("New lamp"))
    deciding.decide(tx, community, mei, lamp, 1, fixed=True)
    repairing.volunteer(tx, "Old Chen")
    repairing.ask(tx, mei)
    project = making.make(tx, community, wei, "Lamps", "All are lit", [wei.id])
    bundling.add(tx, wei, project.id, 3)


@pytest.fixture
async def lives(database: Database, community: Community) -> Database:
    """The database stays open all the time, as it is while the bot runs."""
    await database.run(_lives, community)
    return database


async def test_reports_a_row_each_with_words_codes_and_local_times(lives: Database, here: Path) -> None:
    code, said = export("reports", "--format", "csv", "--out", "out.csv", "--language", "en")
    assert (code, said.strip()) == (0, "out.csv: 4 rows")
    first, second, third, merged = read(here / "out.csv")
    assert (first["number"], first["state"], first["state_code"]) == ("1", "CLOSED, resident agrees", "confirmed")
    assert (first["category"], first["category_code"], first["area_code"]) == ("Lighting", "lighting", "b1-1")
    assert first["department_code"] and first["department"] != first["department_code"]
    assert (first["sent_at"], first["sent_at_iso"]) == ("2026-03-02 10:00", "2026-03-02T10:00:00+08:00")
    assert (first["outcomes"], first["outcomes_code"], first["resolutions"]) == ("Yes, it is fixed", "confirmed", "1")
    assert (first["people"], first["channel_code"], first["handled_by_code"]) == ("3", "chat", "resolved")
    assert first["title"] == "'=SUM(1) lamp", "nothing is carried out"
    assert (first["pressing"], second["pressing"], second["pressing_code"]) == ("no", "yes", "marked")
    assert (second["danger"], second["title"], third["about_person"], third["title"]) == ("yes", "", "yes", "")
    assert (third["project"], merged["merged_into"], merged["state_code"]) == ("1", "1", "merged")


@pytest.mark.parametrize("what", ["reports", "repairs", "pledges", "projects", "open"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_without_a_word_more_no_file_names_anybody(lives: Database, here: Path, what: str, form: str) -> None:
    assert export(what, "--out", f"out.{form}")[0] == 0
    file = here / f"out.{form}"
    said = file.read_text("utf-8-sig") if form == "csv" else str(texts(file))
    assert not [each for each in (*SECRETS, "Mei", "Bo", "Wei", "Old Chen") if each in said]
    assert await lives.read(lambda tx: tx.number("SELECT count(*) FROM events WHERE kind = 'database.exported'")) == 0


async def test_with_personal_data_it_is_kept_and_told(lives: Database, here: Path, setup: Setup) -> None:
    options = ("reports", "--personal", "--out", "out.csv", "--from", "2026-03-01", "--area", "north")
    code, said = export(*options)
    assert code == 0 and said.strip() == "out.csv: 2 rows, with personal data; that is recorded"
    assert (here / "out.csv").stat().st_mode & 0o077 == 0, "for this user alone"
    first = read(here / "out.csv")[0]
    assert (first["reporter"], first["words"], first["place"]) == ("Mei Secret", "The lamp by my door", "Flat 502")
    assert first["answers"] == "New lamp" and first["reporter_telegram_id"].isdecimal()
    (event,) = await lives.read(lambda tx: tx.query("SELECT * FROM events WHERE kind = 'database.exported'"))
    assert event["actor"] is None and json.loads(event["data"]) == {
        "what": "reports", "form": "csv", "first": "2026-03-01", "last": None, "area": "north", "rows": 2,
    }  # fmt: skip
    (task,) = await lives.read(lambda tx: tx.query("SELECT * FROM scheduled_tasks WHERE kind = 'export_told'"))

    def told(tx: Transaction) -> list[str]:
        person(tx, "Ann", Role.ADMIN)
        setup.features.tasks["export_told"](tx, setup, task["subject"], json.loads(task["data"]))
        return [row["content"]["text"] for row in outbox_of(tx)]

    (text,) = await lives.run(told)
    assert text.startswith("Someone on the server took out a file with people’s names and words, ")
    assert "Reports" in text and "since Sunday, 1 March 2026, North side" in text and "2 rows" in text


async def test_what_cannot_be_kept_is_not_exported(
    lives: Database, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database takes nothing: then no name leaves it, and no half of a file is there."""
    from bot.command_line import export as command

    def refuses(*_: Any) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(command, "write_beside", refuses)
    code, said = export("reports", "--personal", "--out", "out.csv")
    assert code == 2 and "must be kept in it. Nothing was exported." in said
    assert files(here, "out.csv") == []
    assert export("reports", "--out", "out.csv")[0] == 0, "without names nothing has to be kept"


async def test_in_a_spreadsheet_texts_are_texts_numbers_numbers_and_dates_dates(lives: Database, here: Path) -> None:
    assert export("reports", "--out", "out.xlsx", "--language", "zh-Hans", "--personal")[0] == 0
    heads, first, *rest = cells(here / "out.xlsx")
    assert len(rest) == 3 and heads[0].text == "编号 [number]"
    row = {head.text.rpartition("[")[2].removesuffix("]"): cell for head, cell in zip(heads, first, strict=False)}
    assert row["number"] == Cell("n", "1") and row["people"] == Cell("n", "3")
    assert row["sent_at"].kind == "n" and float(row["sent_at"].text) == pytest.approx(46083.41666, abs=0.001)
    assert row["title"].text == "'=SUM(1) lamp" and row["reporter_telegram_id"].kind in ("s", "inlineStr")
    assert row["category"].text == "路灯照明"
    assert not [cell for line in (first, *rest) for cell in line if cell.kind == "formula"]


async def test_of_which_time_and_place(lives: Database, here: Path, community: Community) -> None:
    def numbers(*options: str) -> list[str]:
        assert export("reports", "--out", "out.csv", *options)[0] == 0
        return [row["number"] for row in read(here / "out.csv")]

    assert numbers("--from", "2026-03-02", "--to", "2026-03-02") == ["1", "2", "3", "4"]
    assert numbers("--to", "2026-03-01") == [] == numbers("--from", "2026-03-03")
    assert numbers("--area", "b1-1") == ["1", "4"] == numbers("--area", "north")
    assert numbers("--area", "south") == []


async def test_the_open_list_says_how_many_must_not_stand_on_it(
    lives: Database, here: Path, community: Community
) -> None:
    def more(tx: Transaction) -> None:
        number = submitted(tx, community, person(tx, "Mei Secret"), "Wet cellar", area="b1-1", place="Flat 502")
        reports.change(tx, number, title="Cellar under water")
        pressing.mark(tx, person(tx, "Wei", Role.STAFF), number, on=True)

    await lives.run(more)
    assert export("open", "--out", "out.csv", "--language", "en")[0] == 0
    with (here / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        _, *rows = list(csv.reader(file))
    assert [row[:4] for row in rows if len(row) > 1] == [
        ["A report", "5", "Cellar under water", "North side, Building 1, Stairwell 1"],
        ["A project", "1", "Lamps", ""],
        ["A repair", "1", "Plumbing", "North side, Building 3"],
    ], "the repair was asked for long ago"
    assert rows[0][4] == "NEW, PRESSING"
    assert rows[-1] == [
        "Not on this list, because they speak of danger or are about a person: 2 reports. Staff find them with the bot."
    ]


@chinese
async def test_the_open_list_on_paper(lives: Database, here: Path) -> None:
    from tests.e2e.printing.test_poster import words_of

    code, said = export("open", "--language", "zh-Hans")
    assert (code, said.strip()) == (0, "open.pdf")
    (page,) = words_of((here / "open.pdf").read_bytes())
    for text in ("未办结清单", "Lamps", "2件诉求"):
        assert text in page
    assert not [each for each in SECRETS if each in page]


async def test_a_file_of_many_rows_is_never_in_memory(
    database: Database, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are read while they are written: with the first one written the fourth chunk has not been looked at."""
    monkeypatch.setattr(exported, "AT_ONCE", 5)

    def many(tx: Transaction) -> None:
        mei = person(tx, "Mei")
        for _ in range(17):
            submitted(tx, community, mei)
        looked: list[str] = []
        query = tx.query
        monkeypatch.setattr(tx, "query", lambda sql, *more: looked.append(sql) or query(sql, *more))
        table = tables.of(tx, community, Speaker("en", community.zone), Wanted(What.REPORTS, Form.CSV))
        assert looked == []
        rows = iter(table.rows)
        next(rows)
        chunks: Callable[[], int] = lambda: sum(sql.startswith("SELECT * FROM reports WHERE id > ") for sql in looked)  # noqa: E731
        assert chunks() == 1
        assert len(list(rows)) == 16 and chunks() == 4

    await database.run(many)


async def test_more_rows_than_a_sheet_holds_go_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from handlers.figures.exports.table import Table

    monkeypatch.setattr(writing, "MOST_ROWS", 2)
    table = Table("Numbers", ["Number [number]"], ([number] for number in range(5)), "That is all")
    assert writing.write_xlsx(table, tmp_path / "out.xlsx") == 5
    assert texts(tmp_path / "out.xlsx", 1) == [["Number [number]"], ["0"], ["1"]]
    assert texts(tmp_path / "out.xlsx", 3)[:2] == [["Number [number]"], ["4"]]


async def test_what_is_wrong_is_said_and_nothing_is_made(lives: Database, here: Path) -> None:
    for options, sentence in (
        (("moon",), "There are: reports, repairs, pledges, projects, open"),
        (("reports", "--format", "pdf"), "of reports there is xlsx or csv"),
        (("reports", "--area", "moon"), "there is no such area. There are: north,"),
        (("reports", "--from", "2026-03-03", "--to", "2026-03-02"), "name the earlier day with --from"),
        (("reports", "--to", "9999-12-31"), "is no time"),
        (("reports", "--from", "3.12.2026"), "--from"),
        (("reports", "--language", "fr"), "there are no texts in it"),
        (("reports", "--out", "nowhere/out.csv"), "nowhere is no folder"),
        (("open", "--personal"), "names nobody"),
        (("open", "--from", "2026-03-03"), "names nobody"),
    ):
        code, said = export(*options)
        assert code == 2 and sentence in said, said
    await lives.run(lambda tx: tx.execute("PRAGMA user_version = 9999"))
    code, said = export("reports")
    assert code == 2 and "its schema is 9999" in said
    assert files(here, ".csv", ".xlsx", ".part") == []


def test_without_a_database_nothing_is_made(tmp_path: Path) -> None:
    code, said = export("reports")
    assert code == 2 and "There is no database" in said and not list(tmp_path.glob("*.db*"))


@pytest.mark.parametrize("what", ["reports", "repairs", "pledges", "projects", "open"])
async def test_of_an_empty_neighbourhood_there_is_an_empty_table(database: Database, here: Path, what: str) -> None:
    assert export(what, "--out", "out.csv", "--format", "csv")[0] == 0
    assert read(here / "out.csv") == []
    assert export(what, "--out", "out.xlsx")[0] == 0 and len(cells(here / "out.xlsx")) == 1


@pytest.mark.parametrize("what", ["reports", "repairs", "pledges", "projects"])
async def test_every_column_is_documented_and_no_other(database: Database, here: Path, what: str) -> None:
    assert export(what, "--out", "out.csv", "--personal")[0] == 0
    (heads,) = csv.reader((here / "out.csv").read_text("utf-8-sig").splitlines())
    names = {head.rpartition("[")[2].removesuffix("]") for head in heads}
    documented = (ROOT / "docs/exports.md").read_text("utf-8").partition(f"| {what} | |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1] for line in documented.splitlines()[2:]]
    assert {name for name in names if not name.endswith(("_code", "_iso"))} == set(
        re.findall("`(.+?)`", " ".join(rows))
    )


def test_an_order_is_read_as_it_was_written() -> None:
    wanted = Wanted(What.REPORTS, Form.CSV, date(2026, 1, 1), None, "north", personal=True)
    assert Wanted.from_json(json.loads(json.dumps(wanted.as_json()))) == wanted
    assert wanted.name == "reports-north-2026-01-01-personal"
