"""What can happen to data that leaves the program as a file."""

from dataclasses import dataclass

from domain.events.operations import DatabaseEvent


@dataclass(frozen=True, kw_only=True)
class PersonalDataExported(DatabaseEvent, kind="database.exported"):
    """Somebody took things out of the database with people's names and words: `what`, in which `form`, of which days
    (`first` and `last` as text) and `area`, how many `rows`. Without an actor it was done on the server's command line.
    """

    what: str
    form: str
    first: str | None
    last: str | None
    area: str | None
    rows: int
