"""The benchmark runs and prints what it promises. Its timings are not looked at: a test that is timed is a coin."""

import contextlib
import json
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.contestants import PEERS_PYTHON
from benchmarks.neighbourhood import Neighbourhood
from benchmarks.neighbourhood_words import TROUBLES, report
from bot.community.community_file import EXAMPLE, load_community
from domain.danger.danger import find_danger

ROOT = Path(__file__).parent.parent.parent
NAMES = ["ours", "ptb", "aiogram"]
LATENCIES = ["0", "50"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="CPU is read from /proc"),
    pytest.mark.skipif(
        not PEERS_PYTHON.exists(), reason="the others are not installed: make .venv-peers/peers.installed"
    ),
]


def test_a_short_run_ends_with_every_figure_and_all_three_call_alike() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick"], cwd=ROOT, capture_output=True, text=True, timeout=600
    )

    assert run.returncode == 0, run.stdout + run.stderr
    found = json.loads(run.stdout.splitlines()[-1])
    assert list(found) == [
        "report_flow", "growth", "rss_mb_at_100k", "burst", "dispatch", "reminders", "board", "pages", "broadcast",
        "project_word", "figures", "retention", "words", "own_data", "flood",
    ]  # fmt: skip
    figures = found["report_flow"]
    for name in ("cpu_ms_per_update", "updates_per_s", "api_calls_per_update"):
        assert list(figures[name]) == NAMES
        assert all(list(figures[name][program]) == LATENCIES for program in NAMES)
    assert set(figures["ratios"]) == {
        "cpu_vs_aiogram", "cpu_vs_ptb", "throughput_vs_aiogram_50ms", "throughput_vs_ptb_50ms",
    }  # fmt: skip
    assert figures["added_latency_ms_p50"] <= figures["added_latency_ms_p99"]
    for latency in LATENCIES:
        ours = figures["api_calls_per_update"]["ours"][latency]
        for other in ("ptb", "aiogram"):
            assert abs(figures["api_calls_per_update"][other][latency] / ours - 1) < 0.1
    reminded = found["reminders"]
    assert reminded["in_outbox"] == reminded["distinct"] == reminded["people"] > 0
    assert reminded["per_second"] > 0 and reminded["others"] > 0
    board = found["board"]
    assert board["pages"] > 50 and 0 < board["first_page_ms_p50"] <= board["first_page_ms_p99"]
    assert board["reply_slowdown"] > 0
    pages = found["pages"]
    assert pages["requests"] > 50 and 0 < pages["first_byte_ms_p50"] <= pages["first_byte_ms_p99"]
    assert len(pages["first_byte_ms_p99_by_page"]) == 15 and pages["reports"] == 300
    notice = found["broadcast"]
    assert (notice["http_429"], notice["twice"]) == (0, 0)
    assert 0 < notice["share_of_limit"] <= notice["share_with_edits"] < 1.2 and notice["people"] == 60
    word = found["project_word"]
    assert word["cpu_s"] > 0 and 0 < word["lock_p99_ms"] <= word["longest_lock_ms"] and word["reports"] == 300
    counted = found["figures"]
    assert counted["events"] > 4 * counted["reports"] > 0
    assert min(counted[each] for each in ("weekly_s", "year_s", "reply_slowdown", "build_s", "start_s", "facts_mb")) > 0
    assert found["retention"]["made_nameless"] > 0
    assert found["own_data"]["rows"] > found["own_data"]["events"] == 100
    growth = found["growth"]
    for name in ("each", "each_with_5k_open"):
        assert list(growth[name]) == ["report", "my", "card", "queue", "find", "one_of_these", "public_page"]
    assert growth["step_cost_100k_over_1k"] == max(growth["each"].values())
    assert 20 < found["rss_mb_at_100k"] < 1000
    race = found["dispatch"]
    assert (race["winners_min"], race["winners_max"], race["refusals_min"]) == (1, 1, 49)
    assert race["cpu_ms_per_request"] > 0
    assert 0 < found["burst"]["answered_ms_p50"] <= found["burst"]["answered_ms_max"]


async def test_the_neighbourhood_is_as_it_says(tmp_path: Path) -> None:
    neighbourhood = Neighbourhood(load_community(EXAMPLE), 200, 40)
    await neighbourhood.write(tmp_path / "bot.db")
    await neighbourhood.open_more(tmp_path / "bot.db", 70)

    with contextlib.closing(sqlite3.connect(tmp_path / "bot.db")) as reading:
        counts = reading.execute(
            "SELECT count(*), sum(closed_at IS NULL), count(DISTINCT category) > 5, count(DISTINCT area) > 5 "
            "FROM reports"
        ).fetchone()
        assert counts == (200, 70, 1, 1)
        # Nothing points nowhere, all is found by its words, and those open are offered to others.
        assert reading.execute("PRAGMA foreign_key_check").fetchall() == []
        assert reading.execute("SELECT count(*) FROM report_search WHERE report_search MATCH 'lamp'").fetchone()[0] > 3
        offered = "SELECT count(DISTINCT report) FROM nearby_words"
        can_be = "SELECT count(*) FROM reports WHERE closed_at IS NULL AND NOT about_person"
        assert reading.execute(offered).fetchone() == reading.execute(can_be).fetchone()


def test_nobody_of_the_benchmark_is_surely_in_danger() -> None:
    """Such a report is sent at once, and the step that waits for its summary would find no button. One that may speak
    of danger can be sent like any other."""
    dangers = load_community(ROOT / "community.example.toml").dangers
    say = random.Random(3)
    for trouble in TROUBLES:
        for language in (0, 1):
            for _ in range(60):
                found = find_danger(report(say, trouble, language), dangers)
                assert found is None or not found.certain
