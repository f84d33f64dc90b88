"""A restored database takes away again what its file says was taken since the backup. Done once for each line; nothing
of it is written to the file anew, for there it stands."""

from collections.abc import Callable, Sequence

from domain.operations.taken_away import Line, Taken
from storage.core import blocks, taken_away
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.pledges.board import CHANGED
from storage.projects import photos
from storage.public_reports import entries, objections


class Again:
    """Takes away by lines of the file. `revoked`: (person, role) of the roles that went by it; `withdrawn`: (promise,
    what) of the consents; `groups`: which the staff left for which, our numbers of both; `forgotten`: people of whom
    nothing may be left, which is seen to by who called."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._key = taken_away.key(tx)
        self._people: dict[str, int] | None = None
        self._links: dict[str, str] | None = None
        self.revoked: list[tuple[int, str]] = []
        self.withdrawn: list[tuple[int, str]] = []
        self.groups: list[tuple[int, int]] = []
        self.forgotten: list[int] = []

    def take(self, lines: Sequence[Line]) -> None:
        """Take away what lines of this database's key say that are newer than it."""
        name, known = taken_away.name_of(self._key), taken_away.last(self._tx)
        mine = sorted((line for line in lines if line.key == name), key=lambda line: line.number)
        for line in mine:
            act = _ACTS.get(line.kind)
            if line.number > known and act is not None:
                act(self, line)
        taken_away.go_on_behind(self._tx, max((line.number for line in mine), default=0))
        self._tx.signal(CHANGED)
        self._tx.signal(photos.CHANGED)
        self._tx.signal(entries.CHANGED)

    def _person(self, line: Line) -> int | None:
        if self._people is None:
            self._people = taken_away.everybody(self._tx)
        return self._people.get(str(line.data["who"]))

    def link_ended(self, line: Line) -> None:
        """The link counts for nobody."""
        if self._links is None:
            rows = self._tx.query("SELECT code FROM invitations WHERE used_by IS NULL")
            self._links = {taken_away.link(self._key, row["code"]): row["code"] for row in rows}
        code = self._links.get(str(line.data["link"]))
        self._tx.execute("UPDATE invitations SET ended_at = ? WHERE code = ?", (line.at, code))

    def role_revoked(self, line: Line) -> None:
        """The role is gone."""
        person, role = self._person(line), str(line.data["role"])
        if person is None:
            return
        if self._tx.execute("DELETE FROM roles WHERE person = ? AND role = ?", (person, role)).rowcount:
            self.revoked.append((person, role))

    def consent_withdrawn(self, line: Line) -> None:
        """The board shows it no more."""
        pledge, what = int(line.data["pledge"]), str(line.data["what"])
        withdrawn = self._tx.execute(
            "UPDATE pledge_consents SET withdrawn_at = ? WHERE pledge = ? AND what = ? AND withdrawn_at IS NULL",
            (line.at, pledge, what),
        )
        if withdrawn.rowcount:
            self.withdrawn.append((pledge, what))

    def proof_hidden(self, line: Line) -> None:
        """The board shows neither its words nor its photo; staff may let it again."""
        self._tx.execute("UPDATE checkins SET released_at = NULL WHERE id = ?", (line.data["checkin"],))

    def photo_consent_withdrawn(self, line: Line) -> None:
        """Who made the photo lets nobody see it."""
        self._tx.execute(
            "UPDATE photo_consents SET answer = 'no', answered_at = ? WHERE part = ? "
            "AND (answered_at IS NULL OR answered_at <= ?)",
            (line.at, line.data["part"], line.at),
        )

    def project_photo_hidden(self, line: Line) -> None:
        """The project's page does not show it; staff may let it again."""
        self._tx.execute("UPDATE project_photos SET released_at = NULL WHERE id = ?", (line.data["photo"],))

    def report_off_page(self, line: Line) -> None:
        """Nobody else reads of the report; staff may release it anew."""
        entries.take_off(self._tx, int(line.data["report"]))
        self._tx.execute("UPDATE report_photos SET removed_at = ? WHERE report = ? AND removed_at IS NULL",
                         (line.at, line.data["report"]))  # fmt: skip

    def report_photo_off(self, line: Line) -> None:
        """The report's page does not show it; staff may choose it anew."""
        self._tx.execute(
            "UPDATE report_photos SET removed_at = ? WHERE id = ? AND removed_at IS NULL", (line.at, line.data["photo"])
        )

    def page_objected(self, line: Line) -> None:
        """They do not want their report there."""
        person = self._person(line)
        if person is not None:
            objections.add(self._tx, int(line.data["report"]), person)

    def unlisted(self, line: Line) -> None:
        """They do not stand in the neighbours' list."""
        self._tx.execute("UPDATE volunteers SET listed = 0 WHERE person = ?", (self._person(line),))

    def home_forgotten(self, line: Line) -> None:
        """No address of theirs is kept."""
        self._tx.execute("DELETE FROM homes WHERE person = ? AND kept_at <= ?", (self._person(line), line.at))

    def residence_forgotten(self, line: Line) -> None:
        """Where they live is not kept; that they were asked is."""
        self._tx.execute(
            "UPDATE residences SET area = NULL WHERE person = ? AND said_at <= ?", (self._person(line), line.at)
        )

    def is_forgotten(self, line: Line) -> None:
        """They asked for it, and it was done."""
        person = self._person(line)
        if person is not None and person not in self.forgotten:
            self.forgotten.append(person)

    def group_left(self, line: Line) -> None:
        """Staff work there no more."""
        self.groups.append((int(line.data["group"]), int(line.data["now"])))

    def blocked(self, line: Line) -> None:
        """They are blocked, also when the database has yet to meet them."""
        until, person = str(line.data["until"]), self._person(line)
        if until <= to_text(self._tx.now):
            return
        if person is not None:
            blocks.keep_through_restore(self._tx, person, until)
            return
        blocks.block_stranger(self._tx, str(line.data["who"]), until)

    def unblocked(self, line: Line) -> None:
        """They are not."""
        self._tx.execute("DELETE FROM blocks WHERE person = ?", (self._person(line),))
        self._tx.execute("DELETE FROM blocked_strangers WHERE who = ?", (line.data["who"],))


_ACTS: dict[str, Callable[[Again, Line], None]] = {
    Taken.LINK_ENDED: Again.link_ended,
    Taken.ROLE_REVOKED: Again.role_revoked,
    Taken.CONSENT_WITHDRAWN: Again.consent_withdrawn,
    Taken.PROOF_HIDDEN: Again.proof_hidden,
    Taken.PHOTO_CONSENT_WITHDRAWN: Again.photo_consent_withdrawn,
    Taken.PROJECT_PHOTO_HIDDEN: Again.project_photo_hidden,
    Taken.REPORT_OFF_PAGE: Again.report_off_page,
    Taken.REPORT_PHOTO_OFF: Again.report_photo_off,
    Taken.PAGE_OBJECTED: Again.page_objected,
    Taken.UNLISTED: Again.unlisted,
    Taken.HOME_FORGOTTEN: Again.home_forgotten,
    Taken.RESIDENCE_FORGOTTEN: Again.residence_forgotten,
    Taken.FORGOTTEN: Again.is_forgotten,
    Taken.GROUP_LEFT: Again.group_left,
    Taken.BLOCKED: Again.blocked,
    Taken.UNBLOCKED: Again.unblocked,
}
