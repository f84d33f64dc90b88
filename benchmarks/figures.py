"""The report flow: medians, ratios and the table."""

from collections import defaultdict
from statistics import median, quantiles
from typing import Any

from benchmarks.rounds import Round

NAMES = ("ours", "ptb", "aiogram")


class ReportFlow:
    """What was measured of the report flow."""

    def __init__(self) -> None:
        self._rounds: dict[str, dict[int, list[Round]]] = {name: defaultdict(list) for name in NAMES}
        self.delays: list[float] = []

    def add(self, name: str, latency: int, result: Round) -> None:
        """Another round of one program at so many milliseconds of latency."""
        self._rounds[name][latency].append(result)

    def figures(self) -> dict[str, Any]:
        """Everything, as docs/performance.md names it."""
        cpu = self._medians("cpu_ms", 3)
        throughput = self._medians("updates_per_s", 1)
        latencies = sorted(cpu["ours"], key=int)
        ratios = {
            f"cpu_vs_{other}": max(_ratio(cpu["ours"][each], cpu[other][each]) for each in latencies)
            for other in ("aiogram", "ptb")
        } | {
            f"throughput_vs_{other}_50ms": _ratio(throughput["ours"]["50"], throughput[other]["50"])
            for other in ("aiogram", "ptb")
        }
        cuts = quantiles(self.delays, n=100)
        return {
            "cpu_ms_per_update": cpu,
            "updates_per_s": throughput,
            "ratios": ratios,
            "api_calls_per_update": self._medians("calls_per_update", 3),
            "added_latency_ms_p50": round(cuts[49] * 1000, 2),
            "added_latency_ms_p99": round(cuts[98] * 1000, 2),
        }

    def table(self) -> list[str]:
        """For people."""
        found = self.figures()
        lines = ["", f"{'medians of rounds':<28}" + "".join(f"{name:>10}" for name in NAMES)]
        for title, key in (
            ("CPU ms an update", "cpu_ms_per_update"),
            ("updates a second", "updates_per_s"),
            ("calls an update", "api_calls_per_update"),
        ):
            for latency in sorted(found[key]["ours"], key=int):
                shown = "".join(f"{found[key][name][latency]:>10.2f}" for name in NAMES)
                lines.append(f"{f'{title}, {latency} ms':<28}{shown}")
        lines += [f"{name:<28}{value:>10.2f}" for name, value in found["ratios"].items()]
        alone = f"{found['added_latency_ms_p50']} ms, of a hundred answers one {found['added_latency_ms_p99']} ms"
        return [*lines, f"one person alone waits longer than the network by {alone}", ""]

    def _medians(self, figure: str, digits: int) -> dict[str, dict[str, float]]:
        return {
            name: {
                str(latency): round(median(getattr(each, figure) for each in rounds), digits)
                for latency, rounds in found.items()
            }
            for name, found in self._rounds.items()
        }


def _ratio(ours: float, theirs: float) -> float:
    return round(ours / theirs, 3) if theirs else 0.0
