"""Write the tables of `docs/privacy.md` anew, from what the rooms declare: `python scripts/privacy.py`."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from storage.core.declared_data import Declared, Erase, Erasing, Held, Withheld  # noqa: E402
from storage.personal_data.rooms import ROOMS  # noqa: E402

PAGE = ROOT / "docs" / "privacy.md"
BEGINS = "<!-- From here to the next such line scripts/privacy.py writes: change the declarations, not this. -->\n"
ENDS = "<!-- Here it ends. -->\n"


def tables() -> str:
    """All that is declared, room by room."""
    return "\n".join(_room(each) for each in ROOMS)


def page() -> str:
    """The page as it should be: what people wrote, with the tables as they are declared now."""
    before, begins, rest = PAGE.read_text("utf-8").partition(BEGINS)
    _, ends, after = rest.partition(ENDS)
    assert begins and ends, f"{PAGE.name} lacks the lines between which the tables stand"
    return f"{before}{BEGINS}\n{tables()}\n{ENDS}{after}"


def _room(declared: Declared) -> str:
    columns = ("what", "what for", "ground", "how long", "in the copy", "when they delete their data", "where")
    head = f"### {declared.room}\n\n| {' | '.join(columns)} |\n{'|---' * len(columns)}|\n"
    return head + "".join(_row(each) for each in declared.held)


def _row(held: Held) -> str:
    where = f"`{held.table}`: {_named(held.columns)}"
    copied = f"no: {held.export.why}" if isinstance(held.export, Withheld) else held.export.value
    said = (held.says, held.purpose, held.reason.value, held.until.value, copied, _erased(held.erase), where)
    return f"| {' | '.join(said)} |\n"


def _erased(erase: Erase) -> str:
    if erase.how is Erasing.KEEP:
        return f"stays: {erase.but}"
    what = f"{_named(erase.columns)} emptied" if erase.how is Erasing.EMPTY else erase.how.value
    return f"{what}; stays: {erase.but}" if erase.but else what


def _named(columns: str) -> str:
    return ", ".join(f"`{each}`" for each in columns.split())


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
