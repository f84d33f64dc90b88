"""Reports that were closed long ago: their words, files and places go, and nobody knows any more whose they were.

Numbers, kinds, areas, states and what happened when stay, and so does every figure. What is open is never touched, nor
what goes together with it: a report that is part of it, in its project, or from which it goes on.
"""

from collections.abc import Collection
from datetime import datetime

from services.reports import erasing
from storage.core.database import Transaction
from storage.projects import photos
from storage.public_reports import entries
from storage.reports import nameless


def forget_some(tx: Transaction, before: datetime, limit: int) -> bool:
    """The next that were closed before that, about `limit` of them; True while more may be left.

    What goes together (a report and all that is part of it; a project) may be more than can be done at a time. Who is
    to stand for whom in it is noted first then, and the next pieces go by that.
    """
    if begun := nameless.begun(tx, limit):
        _forget(tx, begun)
        return True
    nameless.forget_people(tx)
    if found := nameless.due(tx, before, limit):
        reports = nameless.with_parts(tx, found)
        if len(reports) > 2 * limit:
            _begin(tx, nameless.with_parts(tx, found[:1]))
        else:
            nameless.find_people(tx, reports, together=False)
            _forget(tx, reports)
            nameless.forget_people(tx)
        return True
    project = nameless.due_project(tx, before)
    if project is not None:
        nameless.forget_project(tx, project)
        _begin(tx, nameless.of_project(tx, project))
    return project is not None


def _begin(tx: Transaction, whole: Collection[int]) -> None:
    nameless.find_people(tx, whole, together=True)


def _forget(tx: Transaction, reports: Collection[int]) -> None:
    have_photos = nameless.have_photos(tx, reports)
    erasing.whole(tx, reports)
    nameless.replace_people(tx, reports)
    if have_photos:
        tx.signal(entries.CHANGED)
        tx.signal(photos.CHANGED)
