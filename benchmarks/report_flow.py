"""The report flow of our bot beside two others, and one person alone."""

from typing import Any

from benchmarks.contestants import PEERS_PYTHON, Broken
from benchmarks.figures import NAMES, ReportFlow
from benchmarks.rounds import crowd_round, one_after_the_other
from benchmarks.section import Plan, say

LATENCIES = (0, 50)


async def measure(plan: Plan) -> dict[str, Any]:
    """All rounds, the programs taking turns. Raises Broken."""
    if not PEERS_PYTHON.exists():
        raise Broken("The others are not installed: run `make bench`.")
    found = ReportFlow()
    for number in range(1, plan.rounds + 1):
        for latency in LATENCIES:
            for name in NAMES:
                crowd = min(plan.people, plan.few) if name == "ptb" and latency else plan.people
                result = await crowd_round(name, crowd, latency / 1000, plan.core)
                found.add(name, latency, result)
                say(
                    f"round {number}: {name:<8}{latency:>3} ms  {crowd:>4} people  {result.cpu_ms:6.2f} ms CPU and "
                    f"{result.calls_per_update:.2f} calls an update, {result.updates_per_s:7.1f} updates/s  "
                    f"(stand-in busy {result.stand_in_cpu:.0%})"
                )
    found.delays = await one_after_the_other(plan.alone, 0.0, plan.core)
    for line in found.table():
        say(line)
    return {"report_flow": found.figures()}
