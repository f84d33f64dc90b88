"""What is recorded of the program, for reviews: names that are stored, the schema, who hears of what.

`python -m tests.golden` writes tests/golden.txt anew, so that a review shows in one place what a change changes
outwardly. Each section is compared by a test of its own, with its own advice.

One thing the command does not do: it takes no stored name out. A line whose name the program has no more stays, and is
named; whether it may go is decided by hand (tests/test_stored_names.py says how).
"""

import re
import sys
from pathlib import Path

from bot.features import joined
from tests import stored_names
from tests.storage import schema

FILE = Path(__file__).with_name("golden.txt")
STORED, SCHEMA, FEATURES = "Stored names", "Schema", "Features"
HEAD = {
    STORED: """\
# Every name that is kept in a row, a draft, a button or a link, by kind. No name is ever changed or used for something
# else. Compared in tests/test_stored_names.py, which says what to do when one is missing.
""",
    SCHEMA: """\
# Every table of the newest schema with its columns, keys and indexes. Compared in tests/storage/test_schema.py.
""",
    FEATURES: """\
# Every event with its subscribers, in the order in which they hear of it. Compared in tests/bot/test_features.py.
""",
}
"""The sections in their order, with what stands below each heading."""
_HEADING = re.compile(r"^==== (.+) ====\n", re.MULTILINE)
_CONFLICT = re.compile(r"^(?:[<>|]{7} .*|={7})\n", re.MULTILINE)


def titles(text: str) -> list[str]:
    """The headings of such a file, in order."""
    return _HEADING.findall(text)


def section(title: str, text: str | None = None) -> str:
    """What stands in a section of the file (or of such a text), without its remarks. Raises KeyError."""
    pieces = _HEADING.split(FILE.read_text(encoding="utf-8") if text is None else text)
    body = dict(zip(pieces[1::2], pieces[2::2], strict=True))[title]
    return re.sub(r"^#.*\n", "", body, flags=re.MULTILINE).strip("\n") + "\n"


def features() -> str:
    """What `python -m bot features` prints."""
    return "".join(f"{line}\n" for line in joined().table())


def written(before: str) -> tuple[str, list[str]]:
    """The file as it is to be after `before`; and the stored names which only that has, as they stand in it still.

    Where git has left a conflict in it, the names of both sides count.
    """
    before = _CONFLICT.sub("", before)
    file, program = stored_names.kept(section(STORED, before)), stored_names.in_the_program()
    bodies = {
        STORED: stored_names.written(stored_names.both(file, program)),
        SCHEMA: schema.as_made(),
        FEATURES: features(),
    }
    text = "\n".join(f"==== {title} ====\n{HEAD[title]}\n{bodies[title]}" for title in HEAD)
    return text, stored_names.less(file, program)


def main() -> str | None:
    """Write the file. What is to be said when a stored name is missing; the command fails with it."""
    text, missing = written(FILE.read_text(encoding="utf-8"))
    FILE.write_text(text, encoding="utf-8")
    said = "The program has these stored names no more. Their lines stay; tests/test_stored_names.py says what to do:"
    return "\n  ".join([said, *missing]) if missing else None


if __name__ == "__main__":
    sys.exit(main())
