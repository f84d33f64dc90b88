"""What the sections of the page are written with: the reader's language, names by code, and what was said as HTML."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.community import Community
from domain.core.parts import PartKind
from handlers.kit.texts import Html, Speaker
from handlers.personal_data import html
from services.personal_data.collecting import Collected
from storage.core.instants import from_text
from storage.personal_data.own_rows import Row


@dataclass(frozen=True)
class Reading:
    """`files`: what the files in the copy are called, by their unique ids."""

    community: Community
    say: Speaker
    found: Collected
    files: Mapping[str, str]

    def when(self, at: str | None) -> str | None:
        """An instant as it is kept, for people."""
        if at is None:
            return None
        say, instant = self.say, from_text(at)
        return say.label("{day}, {time}", day=say.dated(instant), time=say.time(instant))

    def place(self, code: str | None) -> str | None:
        """An area by name; its code where the community file names it no longer."""
        return (self.community.place_name(code, self.say.language) or code) if code else None

    def said(self, row: Row) -> Html:
        """A part of what somebody said: `created_at`, `text` (or `words`), `kind`, `file_unique_id`."""
        unique_id = row.get("file_unique_id")
        file = self.files.get(unique_id) if unique_id else None
        missing = self.say.label("A file that could not be fetched from Telegram.") if unique_id and not file else None
        return html.said(
            self.when(row["created_at"]) or "",
            row.get("text") or row.get("words"),
            file,
            row.get("kind") == PartKind.PHOTO,
            missing,
        )

    def all_said(self, rows: Iterable[Row]) -> Html | None:
        """Several of these, one below the other."""
        return Html("\n".join(self.said(row) for row in rows)) or None


def grouped(rows: Iterable[Row], by: str) -> dict[int, list[Row]]:
    """Rows by a number in them."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row[by], []).append(row)
    return found
