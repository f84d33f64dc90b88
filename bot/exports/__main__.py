"""Make one file as ordered on standard input, as JSON, and say on standard output how many rows it has.

In: {"database": "…", "community": "…", "wanted": {…}, "language": "…", "file": "…", "now": "…"}. Out: {"rows": 12}, or
{"unwritable": "…"}. A program of its own: beside the bot it takes a processor for as long as it takes, and gives back
all its memory.
"""

import json
import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.community.community_file import load_community
from bot.exports.making import make
from domain.figures.exports import Wanted
from handlers.kit.texts import Speaker
from paper.printing import Unwritable


def main() -> None:
    """One order."""
    with suppress(OSError):
        os.nice(10)  # people's messages come first
    told = json.load(sys.stdin)
    community = load_community(Path(told["community"]))
    say = Speaker(told["language"], community.zone)
    answer: dict[str, object]
    try:
        rows = make(
            Path(told["database"]), community, say, Wanted.from_json(told["wanted"]), Path(told["file"]),
            datetime.fromisoformat(told["now"]),
        )  # fmt: skip
        answer = {"rows": rows}
    except Unwritable as error:
        answer = {"unwritable": str(error)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
