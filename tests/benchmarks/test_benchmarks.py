"""The benchmark runs and prints what it promises. Its timings are not looked at: a test that is timed is a coin."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.contestants import PEERS_PYTHON

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
        [sys.executable, "-m", "benchmarks", "--quick"], cwd=ROOT, capture_output=True, text=True, timeout=120
    )

    assert run.returncode == 0, run.stdout + run.stderr
    figures = json.loads(run.stdout.splitlines()[-1])["report_flow"]
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
