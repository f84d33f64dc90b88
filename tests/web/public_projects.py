"""Public projects for tests of their pages, made and led through the use cases, as the running bot does."""

from datetime import date

from domain.broadcasts.broadcasts import State
from domain.community import Community
from domain.projects.disclosure import Answers, Published
from domain.projects.photos import Consent, Moment
from domain.projects.projects import Step
from services.broadcasts import broadcasting
from services.projects import bundling, making, milestones, photo_consents, photos, public_figures, stages
from services.reports import submitting
from storage.broadcasts import broadcasts
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import figures
from storage.projects.photos import Photo
from storage.reports import reports
from storage.reports.reports import NewPart
from tests.services.reporting import submitted
from tests.support import person

PHOTO = NewPart("photo", file_id="own-file", file_unique_id="own-unique")


def project(
    tx: Transaction, community: Community, by: Person, title: str = "The lift of building 3", *,
    goal: str | None = "The lift runs again, also for prams and wheelchairs", public: bool = True,
    led_by: Person | None = None, areas: tuple[str, ...] = ("b3",),
) -> int:  # fmt: skip
    """One that everybody may see, unless it is said otherwise; returns its number."""
    return making.make(tx, community, by, title, goal, [(led_by or by).id], areas, public=public).id


def reported(tx: Transaction, community: Community, by: Person, number: int, *names: str) -> list[int]:
    """A report of each of these people, in the project."""
    found = [submitted(tx, community, person(tx, name)) for name in names]
    bundling.add_many(tx, by, number, found)
    return found


def count(tx: Transaction, community: Community, number: int) -> None:
    """The numbers of people are counted, as every night."""
    public_figures.run_due(tx, community, f"project:{number}", {})


def milestone(tx: Transaction, community: Community, by: Person, number: int, title: str, due_on: date | None) -> int:
    """Something to be reached."""
    return milestones.add(tx, community, by, number, title, due_on).id


def own_photo(
    tx: Transaction, by: Person, number: int, moment: Moment, name: str = "own", *, shown: bool = True
) -> Photo:
    """A photo of staff's, which everybody may see unless it is said otherwise."""
    file = NewPart("photo", file_id=f"{name}-file", file_unique_id=f"{name}-unique")
    added = photos.add(tx, by, number, moment, file)
    return photos.release(tx, by, added.id, shown=True) if shown else added


def residents_photo(
    tx: Transaction, community: Community, by: Person, number: int, name: str, said: Consent | None,
    file: str = "theirs",
) -> Photo:  # fmt: skip
    """A resident's, released by staff; its maker was asked, and says so (None: nothing)."""
    who = person(tx, name)
    part = NewPart("photo", "MARKERCAPTION", f"{file}-file", f"{file}-unique")
    report = submitting.submit(tx, community, who, submitting.NewReport([part]))
    bundling.add(tx, by, number, report)
    chosen = photos.choose(tx, by, reports.parts(tx, report)[0].id, Moment.BEFORE)
    photos.release(tx, by, chosen.id, shown=True)
    if said is not None:
        assert chosen.part is not None
        photo_consents.answer(tx, who, chosen.part, said)
    return chosen


LONG = "All lifts of building 3 run again, also for prams and wheelchairs, and nobody carries shopping upstairs " * 2


def lively(tx: Transaction, community: Community, by: Person) -> list[Photo]:
    """Two projects with something of everything, long words among them; their photos."""
    number = project(tx, community, by, "The lift of building 3, its doors and the buttons on each floor", goal=LONG)
    reported(tx, community, by, number, *(f"N{each}" for each in range(12)))
    tested = milestone(tx, community, by, number, "The maker of the lift has looked at it", date(2026, 3, 4))
    part = milestone(tx, community, by, number, "The spare part is here", date(2026, 3, 10))
    milestone(tx, community, by, number, "The lift runs", None)
    milestones.reach(tx, by, tested)
    milestones.move(tx, community, by, part, date(2026, 3, 20), LONG)
    stages.move(tx, by, number, Step.DELIVER)
    found = [own_photo(tx, by, number, Moment.BEFORE, "a"), own_photo(tx, by, number, Moment.AFTER, "b")]
    found.append(residents_photo(tx, community, by, number, "Ann", Consent.YES))
    figures.publish(tx, number, Published(15, Answers(14, 6)))
    broadcast = broadcasting.prepare(tx, by, f"project:{number}")
    broadcasting.add_part(tx, broadcast, NewPart("text", LONG))
    broadcasts.set_state(tx, broadcast.id, State.SENDING)
    other = project(tx, community, by, "Parking on the lawn")
    stages.give_up(tx, by, other, LONG)
    return found
