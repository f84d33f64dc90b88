"""The district of the article: its figures come out of its events, and another way comes to the same."""

import asyncio
import json
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from demo import datasets
from demo.district import year

BEGINS, NEW_YEAR, FEBRUARY = "2022-12-31T16", "2023-12-31T16", "2024-01-31T16"
"""Midnight in Shanghai, as the record writes it."""
HANDLED = ("report.resolved", "report.declined", "report.handed_on", "report.merged")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """It takes some seconds, so that it is made once."""
    folder: Path = tmp_path_factory.mktemp("district")
    asyncio.run(year.make(folder))
    return folder


@pytest.fixture
def rows(made: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The raw rows of its record; the command line counts the same."""

    async def copy(folder: Path, _language: str) -> None:
        shutil.copytree(made, folder, dirs_exist_ok=True)

    monkeypatch.setitem(datasets.DATA_SETS, "district", replace(datasets.DATA_SETS["district"], make=copy))
    with closing(sqlite3.connect(made / "bot.db")) as connection:
        found = connection.execute("SELECT at, subject, kind, data FROM events ORDER BY id").fetchall()
    return [{"at": at, "of": of, "kind": kind, **json.loads(data)} for at, of, kind, data in found]


def report(*options: str) -> dict[str, Any]:
    run = CliRunner().invoke(app, ["report", "--dataset", "district", "--format", "json", *options])
    assert run.exit_code == 0, run.output
    found: dict[str, Any] = json.loads(run.output)
    return found


def test_the_year_is_what_the_article_says(rows: list[dict[str, Any]]) -> None:
    found = report()
    assert (found["from"], found["to"], found["is_over"]) == ("2023-01-01", "2023-12-31", True)
    year_rows = [row for row in rows if BEGINS <= row["at"] < NEW_YEAR]
    sent = {row["of"] for row in year_rows if row["kind"] == "report.submitted"}
    handled = {row["of"] for row in year_rows if row["kind"] in HANDLED} & sent
    published = {row["of"]: row["maker"] for row in year_rows if row["kind"] == "pledge.published"}
    by_hand = {
        "collected": len(sent),
        "handled": len(handled),
        "handled_rate": round(100 * len(handled) / len(sent), 1),
        "leads": len({lead for row in year_rows if row["kind"] == "project.made" for lead in row["leads"]}),
        "projects": len({row["of"] for row in year_rows if row["kind"] == "project.made"}),
        "pledgers": len(set(published.values())),
        "pledges": len(published),
        "pledges_kept": len(published) - len(_not_kept(year_rows)),
        "hotline_change_percent": _hotline_change(rows),
        "urgent_solved": len(_pressing_and_fixed(year_rows)),
    }
    assert {name: found[name] for name in by_hand} == by_hand
    assert by_hand == {
        "collected": 1354, "handled": 1319, "handled_rate": 97.4, "leads": 39, "projects": 43, "pledgers": 72,
        "pledges": 85, "pledges_kept": 85, "hotline_change_percent": -36.38, "urgent_solved": 102,
    }  # fmt: skip
    assert not {row["kind"] for row in rows} & {"project.lead_given", "project.lead_taken", "project.lead_lost"}


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "In the year to 31 December 2023 residents sent 1,354 reports; 1,319 (97.4 %) were handled.",
                "43 projects were under way, led by 39 project leads.",
                "72 people made 85 promises in public; all of them were kept.",
                "Complaints to the hotline fell by 36.38 % against the same time a year before.",
                "102 pressing problems were solved.",
            ],
        ),
        (
            "zh-Hans",
            [
                "截至2023年12月31日的一年里，居民共反映诉求1,354件，已处理1,319件（97.4%）。",
                "推进项目43个，由39位项目牵头人负责。",
                "72人公开作出承诺85项，全部兑现。",
                "热线投诉同比下降36.38%。",
                "解决急难愁盼问题102件。",
            ],
        ),
    ],
    ids=["en", "zh"],
)
def test_the_report_says_it_as_the_article_did(language: str, sentences: list[str]) -> None:
    run = CliRunner().invoke(app, ["report", "--dataset", "district", "--language", language])
    assert run.exit_code == 0, run.output
    said = run.output.split("\n\n")[1].splitlines()
    assert [each for each in sentences if each not in said] == [], said


def _not_kept(rows: list[dict[str, Any]]) -> set[str]:
    """Promises of which something was due and was not kept, or of which nobody ever said anything."""
    outcomes: dict[str, dict[int | None, str]] = {}
    for row in rows:
        if row["kind"] == "pledge.times_set":
            for time, _ in row["times"]:
                outcomes.setdefault(row["of"], {}).setdefault(time, "open")
        elif row["kind"] == "pledge.times_dropped":
            for time in row["times"]:
                del outcomes[row["of"]][time]
        elif row["kind"] in ("pledge.checked_in", "pledge.time_closed"):
            outcomes.setdefault(row["of"], {})[row["occurrence"]] = row["outcome"] or "kept"
    return {of for of, times in outcomes.items() if set(times.values()) != {"kept"}}


def _hotline_change(rows: list[dict[str, Any]]) -> float:
    """In hundredths, with fractions rather than floats."""
    counted = {row["of"].split(":")[1]: row["complaints"] for row in rows if row["kind"] == "hotline.counted"}
    before, now = (
        sum(count for month, count in counted.items() if month.startswith(name)) for name in ("2022", "2023")
    )
    assert len(counted) == 24 and all(row["kind"] != "hotline.counted" or row["before"] is None for row in rows)
    return float(round(Decimal(100 * (now - before)) / before, 2))


def _pressing_and_fixed(rows: list[dict[str, Any]]) -> set[str]:
    """Marked, joined by so many or reopened so often; and said to be fixed, without a no to that."""
    marked = {row["of"] for row in rows if row["kind"] == "report.marked_pressing" and row["on"]}
    reopened = Counter(row["of"] for row in rows if row["kind"] == "report.reopened")
    assert not any(row["kind"] in ("report.joined", "report.withdrawn", "report.opened_again") for row in rows)
    denied = {(row["of"], row["round"]) for row in rows if row["kind"] == "report.reopened"}
    fixed = {row["of"] for row in rows if row["kind"] == "report.resolved" and (row["of"], row["round"]) not in denied}
    return (marked | {of for of, times in reopened.items() if times >= 2}) & fixed


def test_a_month_later_all_is_handled(rows: list[dict[str, Any]]) -> None:
    found = report("--to", "2024-01-31")
    known = [row for row in rows if row["at"] < FEBRUARY]
    sent = {row["of"] for row in known if row["kind"] == "report.submitted"}
    handled = {row["of"] for row in known if row["kind"] in HANDLED} & sent
    assert (found["collected"], found["handled"]) == (len(sent), len(handled)) == (2115, 2115)
    assert found["handled_rate"] == 100 and found["hotline_change_percent"] == -36.38, "January is not known yet"
    assert found["hotline_months"] == 12 and found["hotline_months_of"] == 13


def test_it_is_lived_like_any_other(rows: list[dict[str, Any]]) -> None:
    """Nothing stands in it that only figures would need: all kinds of things happen, and few figures are even."""
    kinds = Counter(row["kind"] for row in rows)
    for kind in ("report.confirmed", "report.reopened", "report.lapsed", "report.answered", "report.overdue",
                 "repair.confirmed", "repair.lapsed", "project.delivered", "pledge.checked_in"):  # fmt: skip
        assert kinds[kind] >= 5, kind


def test_what_is_wrong_is_said() -> None:
    run = CliRunner().invoke(app, ["report", "--dataset", "moon"])
    assert run.exit_code == 2 and "district" in run.output
