"""Putting many reports into a project: a few at once, many in steps, so that nobody waits for two hundred cards.

Raises NotAllowed, NotFound or WrongState.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.core.subjects import split, subject
from domain.events import ReportsMovedAway, ReportsPutIn
from domain.people.rights import NotAllowed
from services.projects import bundling
from services.projects.access import for_staff
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people import people
from storage.people.people import Person

KIND = "project_putting_in"
MOST = 1000
"""So many are taken of what was found."""
CHUNK = 20
"""So many at once; each writes its card anew."""
AGAIN = timedelta(seconds=1)
_SUMS = ("added", "there", "elsewhere", "not_fit", "gone")


def put_in(tx: Transaction, actor: Person, number: int, chosen: Sequence[int], *, move: bool = False) -> bool:
    """Put reports into a project; True when all are looked at already, False while more are to come.

    `move`: also those that are in another one. What became of them is told when all are looked at.
    """
    project = for_staff(tx, actor, number)
    if not project.stage.is_open:
        raise WrongState(project.stage)
    wanted = list(dict.fromkeys(chosen))[:MOST]
    if len(wanted) <= CHUNK:
        became = bundling.add_many(tx, actor, number, wanted, move=move)
        tx.emit(ReportsPutIn(actor=actor.id, project=number, **_sums(became)))
        return True
    data = {"by": actor.id, "reports": wanted, "move": move, "sums": dict.fromkeys(_SUMS, 0), "moved": {}}
    key = f"{KIND}:{number}:{actor.id}:{to_text(tx.now)}"
    scheduled_tasks.plan(tx, KIND, subject("project", number), tx.now, key, data | {"key": key})
    return False


def run_due(tx: Transaction, _community: Community, about: str, data: dict[str, Any]) -> None:
    """The next of them. Where the project has ended by then, or the actor may not any more, the rest stays out."""
    _, number = split(about)
    chosen, rest = data["reports"][:CHUNK], data["reports"][CHUNK:]
    moved = Counter({int(project): count for project, count in data["moved"].items()})
    try:
        became = bundling.put(tx, people.by_id(tx, data["by"]), number, chosen, move=data["move"])
    except (WrongState, NotAllowed):
        data["sums"]["gone"] += len(chosen) + len(rest)
        rest = []
    else:
        moved += became.moved
        data["sums"] = {name: data["sums"][name] + count for name, count in _sums(became).items()}
    if rest:
        later = data | {"reports": rest, "moved": {str(project): count for project, count in moved.items()}}
        scheduled_tasks.plan(tx, KIND, about, tx.now + AGAIN, data["key"], later)
        return
    for before, count in moved.items():
        tx.emit(ReportsMovedAway(actor=data["by"], project=before, into=number, count=count))
    tx.emit(ReportsPutIn(actor=data["by"], project=number, **data["sums"]))


def _sums(became: bundling.Added) -> dict[str, int]:
    return {
        "added": len(became.added),
        "there": became.there,
        "elsewhere": len(became.elsewhere),
        "not_fit": became.not_fit,
        "gone": became.gone,
    }
