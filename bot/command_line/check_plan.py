"""Whether the picture of the plan that the community file names can be one."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.background.plan_pictures import PROGRAM_SECONDS
from bot.background.programs import ROOT
from bot.command_line.findings import Finding, ok, wrong
from bot.community.community_file import plan_file
from bot.kit.private_files import child_environment
from domain.community import Community
from domain.estate_plan.unfit import LARGEST_FILE, Unfit
from handlers.estate_plan.picture_notices import unfit
from handlers.kit.texts import Speaker


def check_plan(path: Path, community: Community) -> Iterator[Finding]:
    """One line; none where no picture is named."""
    file = plan_file(path, community)
    if file is None:
        return
    try:
        content = file.read_bytes() if file.stat().st_size <= LARGEST_FILE else None
    except OSError as error:
        yield wrong(f"community: the picture of [plan], '{file}', cannot be read ({error.strerror}).")
        return
    why = Unfit.TOO_HEAVY if content is None else _why_not(content)
    if why is None:
        yield ok(f"community: '{file}' can be the picture of the plan.")
    else:
        yield wrong(f"community: '{file}' cannot be the picture of [plan]. {unfit(Speaker('en', community.zone), why)}")


def _why_not(content: bytes) -> Unfit | None:
    try:
        made = subprocess.run(
            [sys.executable, "-m", "paper.plan_picture"], cwd=ROOT, input=content, capture_output=True,
            env=child_environment(), timeout=PROGRAM_SECONDS, check=True,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError):
        return Unfit.BROKEN
    answer = json.loads(made.stdout.partition(b"\n")[0])
    return Unfit(answer["unfit"]) if "unfit" in answer else None
