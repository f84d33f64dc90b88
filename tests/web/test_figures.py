"""Figures and the first page: what a visitor finds, in which language, and that no small number is on any of them."""

import csv
import io
import re
from dataclasses import replace

import pytest

from bot.serving import make_pages
from domain.community import PublicPages
from domain.figures.disclosure import FEWEST
from domain.figures.public_tables import ALL
from paper.chart import ChartOrder
from storage.core.database import Transaction
from storage.figures import public_figures
from tests.web.conftest import Hall
from web.figures import charts, figures_writing

NEWEST = "2026-02"
BOTH = pytest.mark.parametrize("language", ["en", "zh-Hans"])


@pytest.fixture
async def figures(hall: Hall) -> Hall:
    await hall.lively_figures()
    return hall


def cells(page: str) -> list[str]:
    """What stands in the cells of tables and lists of numbers, without what only stands there on a phone."""
    page = re.sub(r'<span class="under".*?</span>|<span class="unseen">.*?</span>', "", page)
    found = re.findall(r"<(?:td|dd)(?: [^>]*)?>(.*?)</(?:td|dd)>", page, re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", "", each).split()) for each in found]


async def test_before_the_first_month_is_over_it_says_so(hall: Hall) -> None:
    assert "There are no figures yet" in await hall.sees("/figures")
    assert (await hall.get("/figures?period=2026-02"))[0] == (await hall.get("/figures.csv"))[0] == 404
    first = await hall.sees("/")
    assert "How to take part" in first and "In figures" not in first


@BOTH
async def test_it_shows_the_month_that_was_over_last(figures: Hall, language: str) -> None:
    page = await figures.sees(f"/figures?lang={language}")
    assert ("February 2026" if language == "en" else "2026年2月") in page
    table = await figures.run(lambda tx: public_figures.of(tx, NEWEST))
    assert table is not None
    assert f"{table.counts[ALL, 'collected']:,}" in cells(page)
    named = ("Staff say", "Residents say", "Silence") if language == "en" else ("工作人员", "居民", "没有回音")
    places = [page.index(f"<h3>{each}") for each in named]
    assert places == sorted(places)
    assert page == await figures.sees(f"/figures?period={NEWEST}&lang={language}")


async def test_every_number_on_every_page_is_five_or_more_or_nothing(figures: Hall) -> None:
    names = await figures.run(public_figures.names)
    assert len(names) == 14 + 4 + 1
    hidden = 0
    for each in names:
        page = await figures.sees(f"/figures?period={each}&lang=en")
        # What became of each promise is on the board.
        for cell in cells(re.sub(r'<section aria-labelledby="besides">.*?</section>', "", page, flags=re.DOTALL)):
            counts = re.sub(r"\([^)]*\)|[\d.]+ (?:min|h|days)", "", cell)
            assert all(
                int(number.replace(",", "")) not in range(1, FEWEST) for number in re.findall(r"[\d,]+", counts)
            ), cell
            hidden += cell == "–"
    assert hidden > 20, "of the small ones there are some"


async def test_each_rate_has_its_denominator_and_silence_as_no(figures: Hall) -> None:
    page = await figures.sees("/figures?period=2025&lang=en")
    rates = re.search(r'<section aria-labelledby="rates">.*?</section>', page, re.DOTALL)
    assert rates is not None
    shown = [each for each in cells(rates[0]) if each not in ("", "–")]
    assert shown and all(re.fullmatch(r"(at least )?[\d,]+ of [\d,]+( \([\d.]+ %\))?", each) for each in shown), shown
    assert "If silence counts as no" in rates[0]


async def test_one_chooses_month_quarter_and_year_by_links(figures: Hall) -> None:
    page = await figures.sees("/figures?lang=en")
    choices = re.search(r'<nav class="periods".*?</nav>', page, re.DOTALL)
    assert choices is not None
    assert (
        'href="/figures?period=2025&amp;lang=en"' in choices[0] and '<strong aria-current="page">February' in choices[0]
    )
    year = await figures.sees("/figures?period=2025&lang=en")
    assert all(f"period={each}&amp;" in year for each in ("2025-Q1", "2025-Q4", "2025-01", "2025-12"))


@pytest.mark.parametrize("period", ["2026-03", "2026-Q1", "2026", "2024"])
async def test_of_a_time_that_is_not_over_there_is_nothing(figures: Hall, period: str) -> None:
    assert (await figures.get(f"/figures?period={period}"))[0] == 404
    assert (await figures.get(f"/figures.csv?period={period}"))[0] == 404
    assert (await figures.get("/figures?period=last"))[0] == 400


async def test_the_csv_has_what_the_page_has_and_no_more(figures: Hall) -> None:
    async with figures.session.get(f"{figures.address}/figures.csv?period=2025&lang=zh") as response:
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert response.headers["Content-Disposition"] == 'attachment; filename="figures-2025.csv"'
        text = (await response.read()).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    table = await figures.run(lambda tx: public_figures.of(tx, "2025"))
    assert table is not None
    by_name = {(f"{row['by']}:{row['code']}" if row["by"] else "", row["measure"]): row for row in rows}
    for of, count in table.counts.items():
        if of in table.shown:
            assert by_name[of]["value"] == str(count)
        else:
            assert of not in by_name or by_name[of]["value"] == ""
    values = [int(row["value"]) for row in rows if row["value"] and not row["measure"].startswith("pledges")]
    assert values and not any(0 < value < FEWEST for value in values)
    assert any("一" <= letter <= "龥" for row in rows for letter in row["name"])


async def test_charts_are_shown_once_they_are_drawn_and_kept(figures: Hall) -> None:
    page = await figures.sees("/figures?period=2025-Q4")
    addresses = re.findall(r'<img class="chart" src="([^"]+)"', page)
    assert len(addresses) == 4
    async with figures.session.get(figures.address + addresses[0]) as response:
        assert response.status == 200 and response.headers["Content-Type"] == "image/svg+xml"
        assert "immutable" in response.headers["Cache-Control"]
    (figures.figures.photos / addresses[0].rpartition("/")[2]).unlink()
    figures.figures.cache.forget()
    page = await figures.sees("/figures?period=2025-Q4")
    assert addresses[0] not in page and addresses[1] in page and "<table" in page, "then the table stands alone"
    for name in ("c", "../bot", "c" + "0" * 24, "c" + "A" * 24, "%2e%2e"):
        assert (await figures.get(f"/figures/charts/{name}.svg"))[0] == 404


async def test_what_is_drawn_is_what_the_page_shows(figures: Hall) -> None:
    def wanted(tx: Transaction) -> dict[str, charts.Order]:
        found = figures_writing.of(tx, figures.figures, "en", "2025")
        assert found is not None
        return charts.orders(found, [found])

    drawn = await figures.run(wanted)
    for order in drawn.values():
        for series in order["series"]:
            assert not any(value is not None and 0 < value < FEWEST for value in series["values"])
        assert order["description"] and order["language"] == "en"
    assert len(ChartOrder.of(charts.together(list(drawn.values()))).charts) == len(drawn) > 0, "paper understands it"


async def test_the_first_page_says_what_it_is_and_leads_on(figures: Hall) -> None:
    await figures.promise("No dogs on the path")
    page = await figures.sees("/?lang=en")
    for text in (
        "How to take part",
        "February 2026",
        "The year 2025",
        "https://t.me/resident_voices_bot",
        "/board/bot.svg",
    ):
        assert text in page, text
    for path in ("/board?lang=en", "/projects?lang=en", "/figures?lang=en", "/figures?period=2025&amp;lang=en"):
        assert f'href="{path}"' in page, path
    assert "居民" in await figures.sees("/", **{"Accept-Language": "zh-CN"})


async def test_who_wants_no_public_figures_has_none(figures: Hall) -> None:
    hall = figures
    community = replace(hall.setup.community, public=PublicPages(figures=False))
    pages = make_pages(replace(hall.setup, community=community), hall.database)
    assert not any(getattr(route, "path", "").startswith("/figures") for route in pages.routes())
    assert all(door.path != "/figures" for door in pages.board.doors)
    pages.close()


async def test_a_visitor_has_nothing_counted(figures: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.figures.report_figures.of_reports", lambda *_: pytest.fail("counted for a visitor"))
    for path in ("/", "/figures", "/figures?period=2025", "/figures.csv?period=2025", "/figures/how"):
        assert (await figures.get(path))[0] == 200
