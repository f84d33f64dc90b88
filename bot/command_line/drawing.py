"""Has `paper` draw something for a command, in a program of its own: what goes wrong there ends no command unsaid."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bot.background.programs import ROOT
from bot.kit.cannot_start import CannotStart
from bot.kit.private_files import child_environment

PROGRAM_SECONDS = 180.0
INSTALL = "Install one, such as Debian's fonts-noto-cjk."


def drawn(kind: str, order: dict[str, Any]) -> bytes:
    """The one file that is drawn by an order of `python -m paper`. Raises CannotStart, in words for a person."""
    with tempfile.TemporaryDirectory() as folder:
        told = json.dumps({"kind": kind, "order": order, "folder": folder}).encode()
        try:
            ended = subprocess.run(
                [sys.executable, "-m", "paper"], cwd=ROOT, input=told, capture_output=True, check=True,
                timeout=PROGRAM_SECONDS, env=child_environment(),
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise CannotStart(f"It could not be drawn within {PROGRAM_SECONDS:.0f} seconds.") from error
        except subprocess.CalledProcessError as error:
            last = error.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
            raise CannotStart(f"It could not be drawn: {last[:200] or error}") from error
        answer = json.loads(ended.stdout.strip().rpartition(b"\n")[2])
        if "unwritable" in answer:
            raise CannotStart(f"No font on this machine can write {answer['unwritable'][:20]}. {INSTALL}")
        (file,) = answer["files"]
        return Path(file).read_bytes()
