"""`python -m tests.machine`: people, staff, the clock and crashes in any order; nothing may ever be broken."""

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine.estate import make_empty
from tests.machine.machine import EstateMachine

EACH = 50
"""So many steps are taken in one estate at most."""


def run(steps: int, chosen: int, *, shortens: bool = True) -> None:
    """At least so many steps. Raises what failed, `shortens` with the shortest way there."""
    with tempfile.TemporaryDirectory() as folder:
        EstateMachine.empty = make_empty(Path(folder) / "empty.db")
        EstateMachine.steps = EstateMachine.refused = 0
        quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
        number = 0
        while EstateMachine.steps < steps:
            left = max(1, (steps - EstateMachine.steps) // EACH)
            wanted = settings(
                max_examples=left,
                stateful_step_count=EACH,
                deadline=None,
                database=None,
                suppress_health_check=quiet,
                phases=[Phase.generate, *([Phase.shrink] if shortens else [])],
            )
            run_state_machine_as_test(seed(chosen + number)(EstateMachine), settings=wanted)  # type: ignore[no-untyped-call]
            number += 1


def main() -> int:
    """0 when everything stayed whole."""
    parser = argparse.ArgumentParser(prog="python -m tests.machine", description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=None, help="default: another one each time; it is printed")
    given = parser.parse_args()
    chosen = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    say(f"seed {chosen}")
    run(given.steps, chosen)
    say(json.dumps({"machine": {"steps": EstateMachine.steps, "refused": EstateMachine.refused, "broken": 0}}))
    return 0


def say(line: str) -> None:
    """Print at once: somebody waits and wants to see that it lives."""
    print(line, flush=True)  # noqa: T201 - its output is what it is for


if __name__ == "__main__":
    sys.exit(main())
