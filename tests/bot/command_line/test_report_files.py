"""`python -m bot report` as files: what stands in a workbook, on a sheet and in a picture, in both languages."""

import io
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image
from typer.testing import CliRunner

from bot.__main__ import app
from bot.command_line import drawing
from domain.community import Community
from domain.figures.hotline_table import MonthCount
from domain.people.rights import Role
from paper.fonts import find_families
from sandbox.testing import TOKEN
from services.figures import hotline
from services.projects import bundling, making
from services.reports import deciding, working
from storage.core.database import Database, Transaction
from tests.services.reporting import submitted, words
from tests.support import person

MONDAY = ("--from", "2026-03-02", "--to", "2026-03-02")
MARCH = ("--from", "2026-03-01", "--to", "2026-03-31")
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
chinese = pytest.mark.skipif(
    bool(next(find_families(("zh_Hans",))).lacks("居民诉求")), reason="no Chinese font on this machine (fonts-noto-cjk)"
)
LANGUAGES = [pytest.param("en", id="en"), pytest.param("zh-Hans", id="zh", marks=chinese)]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


@pytest.fixture
async def lived(database: Database, community: Community) -> None:
    """24 reports of one Monday, 23 of them resolved by staff, three of these confirmed; one is in a project."""

    def lives(tx: Transaction) -> None:
        wei, mei = person(tx, "=HYPERLINK(1)", Role.STAFF), person(tx, "Mei")
        for number in range(24):
            sent = submitted(tx, community, mei, category="lifts" if number % 3 else "lighting", area="b1-1")
            if number:
                working.resolve(tx, community, wei, sent, words("Done"))
            if number > 20:
                deciding.decide(tx, community, mei, sent, 1, fixed=True)
        project = making.make(tx, community, wei, "Lifts", "They run", [wei.id])
        bundling.add(tx, wei, project.id, 1)

    await database.run(lives)


def report(tmp_path: Path, form: str, *options: str) -> bytes:
    out = tmp_path / f"report.{form}"
    run = CliRunner().invoke(app, ["report", "--format", form, "--out", str(out), *options])
    assert run.exit_code == 0 and run.output == "", run.output
    return out.read_bytes()


def cells(made: bytes) -> list[dict[str, str | float]]:
    """Of each sheet what stands in which cell."""
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        shared = ["".join(each.itertext()) for each in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        found = []
        for name in sorted(each for each in book.namelist() if each.startswith("xl/worksheets/sheet")):
            sheet: dict[str, str | float] = {}
            for cell in ElementTree.fromstring(book.read(name)).iter(f"{SHEET}c"):
                assert cell.find(f"{SHEET}f") is None, "a formula"
                value = cell.findtext(f"{SHEET}v")
                assert value is not None
                sheet[cell.attrib["r"]] = shared[int(value)] if cell.get("t") == "s" else float(value)
            found.append(sheet)
        return found


def beside(sheet: dict[str, str | float], label: str, column: str) -> str | float | None:
    """What stands in a column of the first line that begins so."""
    row = next(place[1:] for place, text in sheet.items() if place.startswith("A") and text == label)
    return sheet.get(f"{column}{row}")


@pytest.mark.usefixtures("lived")
async def test_a_workbook_holds_numbers_groups_and_what_they_mean(tmp_path: Path) -> None:
    measures, groups, meanings = cells(report(tmp_path, "xlsx", *MONDAY, "--by", "lead", "--language", "en"))
    assert measures["A2"] == "Maple Court" and "2 March 2026" in str(measures["A3"])
    assert beside(measures, "Collected", "B") == 24 and beside(measures, "Handled", "B") == 23
    assert (beside(measures, "Handled, per cent", "B"), beside(measures, "Handled, per cent", "C")) == (0.958, 24)
    assert beside(measures, "Fixed, residents say, per cent", "B") is None, "of three no percentage"
    assert beside(measures, "Fixed, residents say, per cent", "C") == 3
    assert beside(groups, "'=HYPERLINK(1)", "B") == 1 and beside(groups, "No project", "B") == 23
    assert beside(groups, "All together", "B") == 24
    assert beside(meanings, "Collected", "C") == "collected" and "sent" in str(beside(meanings, "Collected", "B"))


@pytest.mark.usefixtures("lived")
async def test_a_workbook_in_chinese_names_every_measure(tmp_path: Path) -> None:
    measures, meanings = cells(report(tmp_path, "xlsx", *MARCH, "--language", "zh-Hans"))
    assert measures["A1"] == "2026年3月月度报告" and beside(measures, "收到", "B") == 24
    named = [str(text) for place, text in meanings.items() if place.startswith("A")]
    assert not [each for each in named if each.isascii()], "a measure by its name for programs"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("lived")
async def test_a_sheet_has_sentences_sides_charts_and_small_print(tmp_path: Path, language: str) -> None:
    with pypdfium2.PdfDocument(report(tmp_path, "pdf", *MARCH, "--language", language)) as document:
        said = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
        pictures = [each for page in document for each in page.get_objects() if each.type == 3]
        assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [210, 297]
        assert document.get_metadata_value("Title")
    expected = {
        "en": ("Maple Court", "Monthly report March 2026", "24 reports; 23 (95.8 %) were handled.",
               "1 is not handled yet.", "The staff say", "Residents say", "Silence", "of all 24 reports", "Counted on"),
        "zh-Hans": ("枫林苑", "2026年3月月度报告", "居民共反映诉求24件，已处理23件（95.8%）。", "其中1件尚未处理。",
                    "工作人员说", "居民说", "没有回音", "24件诉求为基数", "统计日期"),
    }[language]  # fmt: skip
    assert [each for each in expected if each.replace(" ", "") not in said.replace(" ", "")] == []
    assert len(pictures) == 2, "by week, and what residents say"


@pytest.mark.usefixtures("lived")
async def test_what_the_hotline_counted_is_drawn_beside_the_year_before(tmp_path: Path, database: Database) -> None:
    months = [date(year, month, 1) for year in (2024, 2025) for month in (9, 10, 11, 12)]
    counts = [MonthCount(month, 100 if month.year == 2024 else 75) for month in months]
    await database.run(hotline.enter_on_server, counts)
    made = report(tmp_path, "pdf", "--from", "2025-09-01", "--to", "2025-12-31", "--language", "en")
    with pypdfium2.PdfDocument(made) as document:
        said = " ".join(document[0].get_textpage().get_text_range().split())
        pictures = [each for page in document for each in page.get_objects() if each.type == 3]
    assert "Complaints to the hotline fell by 25.0 % against the same time a year before." in said
    assert len(pictures) == 1, "no reports were sent in that time, so that there is nothing else to draw"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("lived")
async def test_a_picture_is_drawn_by_group(tmp_path: Path, language: str) -> None:
    made = report(tmp_path, "png", *MONDAY, "--by", "category", "--language", language)
    with Image.open(io.BytesIO(made)) as image:
        assert image.format == "PNG" and image.width == 1920 and len(image.convert("L").getcolors() or ()) > 10


@pytest.mark.usefixtures("lived")
async def test_text_begins_as_a_report_does(tmp_path: Path) -> None:
    said = report(tmp_path, "text", *MARCH, "--language", "en", "--category", "lighting", "--area", "north").decode()
    assert said.startswith(
        "Monthly report March 2026\n1 March 2026 – 31 March 2026\nMaple Court, North side · Lighting"
    )
    assert "In March 2026 residents sent 8 reports; 7 were handled.\n" in said
    assert (
        "The staff say: 7 times that it is fixed\nResidents say: 1 time yes; 0 times no" in said
        and "Only: North side · Light" in said
    )


@pytest.mark.parametrize("form", ["text", "json", "csv", "xlsx", "pdf"])
@pytest.mark.parametrize("days", [("2026-02-01", "2026-02-28"), ("2031-01-01", "2031-12-31")], ids=["before", "ahead"])
@pytest.mark.usefixtures("lived")
async def test_a_time_in_which_nothing_happened_is_reported_as_such(
    tmp_path: Path, form: str, days: tuple[str, str]
) -> None:
    made = report(tmp_path, form, "--from", days[0], "--to", days[1], "--by", "category", "--language", "en")
    assert made
    if form == "text":
        assert "residents sent no reports." in made.decode() and "Nothing happened in this period." in made.decode()
    if form == "pdf":
        with pypdfium2.PdfDocument(made) as document:
            assert "residents sent no reports." in document[0].get_textpage().get_text_range()


@pytest.mark.usefixtures("lived")
async def test_what_cannot_be_made_is_said_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*options: str) -> str:
        run = CliRunner().invoke(app, ["report", "--language", "en", *options])
        assert run.exit_code == 2 and not list(tmp_path.glob("report.*")), run.output
        return run.output

    out = str(tmp_path / "report.png")
    nothing = refused("--format", "png", "--out", out, "--from", "2026-02-01", "--to", "2026-02-28")
    assert "there is nothing to draw" in nothing
    nowhere = str(tmp_path / "no" / "report.csv")
    assert "cannot be written" in refused("--format", "csv", "--out", nowhere)
    with monkeypatch.context() as patch:
        patch.setattr(drawing, "ROOT", tmp_path)  # there is no program there that draws
        assert "It could not be drawn: " in refused("--format", "pdf", "--out", out)
    with monkeypatch.context() as patch:
        patch.setattr(drawing, "PROGRAM_SECONDS", 0.01)
        assert "could not be drawn within" in refused("--format", "png", "--out", out)


@pytest.mark.usefixtures("lived")
async def test_without_letters_for_it_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where no font of the machine has Chinese letters: the program that draws finds its fonts by itself."""
    fontless = tmp_path / "fontless"
    fontless.mkdir()
    (fontless / "sitecustomize.py").write_text(
        "import paper.fonts as fonts\nfonts.find_families.__defaults__ = ((),)\n"
    )
    monkeypatch.setattr(
        drawing, "child_environment", lambda: {"PYTHONPATH": f"{fontless}:{drawing.ROOT}", "HOME": str(tmp_path)}
    )
    out = tmp_path / "report.pdf"
    run = CliRunner().invoke(app, ["report", "--language", "zh-Hans", "--format", "pdf", "--out", str(out)])
    assert run.exit_code == 2 and "No font on this machine can write" in run.output and not out.exists()
    assert report(tmp_path, "pdf", "--language", "en").startswith(b"%PDF"), "Latin letters need none"
