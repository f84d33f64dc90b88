"""Collect every text a person reads: the template for translators, and each language's file brought up to date.

    python scripts/texts.py

To add a language: copy locales/resident_voices.pot to locales/<language>/LC_MESSAGES/messages.po (a tag such as `fr` or
`zh_Hans`), translate it, and name it in
handlers/people/arriving.py. Placeholders in braces and tags must stay as they are.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "locales"
TEMPLATE = LOCALES / "resident_voices.pot"
ROOMS = ("handlers", "speech", "web")
# say(…) and label(…) hold one text, plural(…) two: handlers/kit/texts.py.
KEYWORDS = {"say": None, "label": None, "plural": (1, 2)}


def from_python(file: IO[bytes], keywords: Any, _tags: Any, options: Any) -> Iterator[tuple[int, str, Any, list[str]]]:
    """The texts of one module, for babel: line, function, arguments, comments.

    Babel's own reading leaves out a text that stands among the arguments of another: `say("…", kinds=say("all"))`.
    """
    del options  # babel names it
    calls = [node for node in ast.walk(ast.parse(file.read())) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = str(getattr(call.func, "attr", "") or getattr(call.func, "id", ""))
        words = [each.value if isinstance(each, ast.Constant) else None for each in call.args]
        if name in keywords and words:
            yield call.lineno, name, tuple(each if isinstance(each, str) else None for each in words), []


READ: list[tuple[str, Any]] = [("**.py", from_python), ("**.html", "jinja2")]


def collect() -> Catalog:
    """Every text of the rooms that speak to people, with where it stands."""
    catalogue = Catalog(project="Resident Voices", charset="utf-8")
    found = [
        (f"{room}/{name}", line, message)
        for room in ROOMS
        for name, line, message, _comments, _context in extract_from_dir(ROOT / room, READ, keywords=KEYWORDS)
    ]
    for name, line, message in sorted(found, key=lambda each: each[:2]):
        # A name only: a line number would change the file with every edit.
        del line
        locations = [(name, None)]
        known = catalogue.get(message[0] if isinstance(message, tuple) else message)
        if known is None or locations[0] not in known.locations:
            catalogue.add(message, locations=locations)
    return catalogue


def translations() -> list[Path]:
    """The file of each language."""
    return sorted(LOCALES.glob("*/LC_MESSAGES/messages.po"))


def read(path: Path) -> Catalog:
    """One language's texts; the language is the folder's name."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue without dates and without texts that are no longer used."""
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, omit_header=False, ignore_obsolete=True, include_lineno=False)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Last-Translator', '"Report-Msgid')
    path.write_text("".join(line for line in lines if not line.startswith(dated)), "utf-8")


def main() -> int:
    """Write all files; returns 1 when a text is still to be translated."""
    fresh = collect()
    write(TEMPLATE, fresh)
    missing = 0
    for path in translations():
        catalogue = read(path)
        catalogue.update(fresh, no_fuzzy_matching=True)
        write(path, catalogue)
        untranslated = [message.id for message in catalogue if message.id and not all(forms(message))]
        missing += len(untranslated)
        for text in untranslated:
            sys.stdout.write(f"{path.relative_to(ROOT)}: not translated: {text!r}\n")
    return 1 if missing else 0


def forms(message: Message) -> list[str]:
    """The translation's forms: one, or as many as the language has for numbers; an empty text where one is missing."""
    string = message.string
    return [string or ""] if isinstance(string, str | None) else list(string)


if __name__ == "__main__":
    sys.exit(main())
