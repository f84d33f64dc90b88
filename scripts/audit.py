"""`make audit`: are there advisories about what is locked? Asks by pip-audit, and says where it could not find out.

Ends with 0 when all were looked up and none has an advisory, 1 when one has, 2 when some could not be looked up.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ("run", "dev")


@dataclass(frozen=True)
class Audit:
    """What was found about a set of packages."""

    looked_up: int
    advisories: tuple[str, ...]
    not_looked_up: tuple[str, ...]

    @property
    def status(self) -> int:
        """With which the command ends."""
        return 1 if self.advisories else 2 if self.not_looked_up or not self.looked_up else 0

    def sentences(self, name: str) -> list[str]:
        """What is printed about requirements/<name>.txt."""
        told = [f"requirements/{name}.txt: {self.looked_up} looked up, {len(self.advisories)} advisories."]
        told += [f"  {each}" for each in self.advisories]
        if self.not_looked_up or not self.looked_up:
            missed = f"{len(self.not_looked_up)} of them" if self.looked_up else "any package"
            told.append(f"  Nothing is known of {missed}: the advisories could not be reached.")
        return told


def read(printed: str) -> Audit:
    """What pip-audit's JSON says; nothing looked up where there is none."""
    try:
        told: list[dict[str, Any]] = json.loads(printed)["dependencies"]
    except (ValueError, KeyError, TypeError):
        told = []
    advisories = [
        f"{each['name']} {each['version']}: {found['id']}, "
        f"corrected in {', '.join(found['fix_versions']) or 'no version'}"
        for each in told
        for found in each.get("vulns", ())
    ]
    missed = [each["name"] for each in told if "skip_reason" in each]
    return Audit(len(told) - len(missed), tuple(advisories), tuple(missed))


def main() -> int:
    """Audit what is locked."""
    worst = 0
    for name in LOCKED:
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(ROOT / "requirements" / f"{name}.txt")]
        command += ["--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        found = read(done.stdout)
        print("\n".join(found.sentences(name)))  # noqa: T201 - it is a command
        worst = found.status if worst != 1 and found.status else worst
    return worst


if __name__ == "__main__":
    sys.exit(main())
