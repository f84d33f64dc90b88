"""Write `docs/licences.md` anew: under which licence each locked package is, as it says itself."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
LOCKED = ROOT / "requirements" / "run.txt"
HEAD = """# Licences of what this project stands on

What `requirements/run.txt` locks, under which licence each is, as its own package says. `make licences` writes this
page; a test fails when a package is missing. What is only used to develop is not listed.
What is under the LGPL is used unchanged, as a library.

| package | licence |
|---|---|
"""
_SHORT = 60


def locked() -> dict[str, str]:
    """Each locked package with its marker: on which systems it is installed, empty for all."""
    found = re.findall(r"^([A-Za-z0-9_.-]+)==[^ ;\\]+(?: ; ([^\\\n]+?))? \\?$", LOCKED.read_text("utf-8"), re.MULTILINE)
    return dict(found)


def licence(name: str) -> str | None:
    """What a package says of its licence; None where it is not installed here."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return None
    said = told["License-Expression"]
    if not said:
        classified = [
            each.rpartition("::")[2].strip() for each in told.get_all("Classifier") or () if "License ::" in each
        ]
        plain = (told["License"] or "").strip()
        said = ", ".join(classified) or (plain if len(plain) <= _SHORT and "\n" not in plain else "")
    return said or "see the package"


def page() -> str:
    """The page, with what is installed here; what is for other systems keeps the line it has."""
    before = (
        dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)) if PAGE.exists() else {}
    )
    rows = [f"| `{name}` | {licence(name) or before.get(name, 'not installed here')} |\n" for name in locked()]
    return HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
