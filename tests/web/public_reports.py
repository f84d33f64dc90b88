"""Released reports for tests of their pages, made through the use cases, as the running bot does."""

from domain.community import Community
from domain.core.parts import PartKind
from domain.projects.photos import Consent
from domain.reports.part_purposes import PartPurpose
from services.projects import photo_consents
from services.public_reports import photos, releasing
from services.reports import deciding, declining, submitting, working
from storage.core.database import Transaction
from storage.people.people import Person
from storage.public_reports import entries
from storage.public_reports.photos import Photo
from storage.reports import reports
from storage.reports.reports import NewPart
from tests.support import person


def report(
    tx: Transaction, community: Community, by: Person, title: str = "A lamp by the gate", *, area: str | None = "b3",
    category: str | None = "lighting", who: Person | None = None,
) -> tuple[int, str]:  # fmt: skip
    """One that everybody may read of; its number, and its public address."""
    part = NewPart(PartKind.TEXT, "MARKERWORDS it is all dark")
    new = submitting.NewReport([part], category=category, area=area, place="MARKERPLACE")
    number = submitting.submit(tx, community, who or person(tx, "MARKERNAME"), new)
    return number, release(tx, community, by, number, title)


def release(tx: Transaction, community: Community, by: Person, number: int, title: str) -> str:
    """Staff let everybody read of it; its public address."""
    releasing.release(tx, community, by, number, releasing.write(tx, community, by, number, title).id)
    code = entries.code_of(tx, number)
    assert code is not None
    return code


def residents_photo(
    tx: Transaction, community: Community, by: Person, number: int, who: Person, said: Consent | None = Consent.YES,
    name: str = "theirs",
) -> Photo:  # fmt: skip
    """A photo its reporter added; staff chose it, and its maker says so (None: nothing)."""
    photo = NewPart(PartKind.PHOTO, "MARKERCAPTION", f"{name}-file", f"{name}-unique")
    (part,) = reports.add_parts(tx, number, who.id, PartPurpose.ADDITION, [photo])
    chosen = photos.choose(tx, community, by, number, part)
    if said is not None:
        photo_consents.answer(tx, who, part, said)
    return chosen


def in_every_state(tx: Transaction, community: Community, by: Person) -> dict[str, str]:
    """One in each state: its public address."""
    ann = person(tx, "MARKERNAME")
    made = {
        state: report(tx, community, by, f"A lamp that is {state}", who=ann)
        for state in ("open", "progress", "said", "fixed", "declined")
    }
    working.take(tx, community, by, made["progress"][0])
    for state in ("said", "fixed"):
        working.resolve(tx, community, by, made[state][0], [NewPart(PartKind.TEXT, "MARKERPROOF")])
    deciding.decide(tx, community, ann, made["fixed"][0], 1, fixed=True)
    declining.decline(tx, community, by, made["declined"][0], community.reasons[0].code)
    return {state: code for state, (_, code) in made.items()}


def lively(tx: Transaction, community: Community, by: Person) -> Photo:
    """One in each state, and one with a photo that everybody sees; the photo."""
    in_every_state(tx, community, by)
    ann = person(tx, "MARKERNAME")
    long = "The paving in front of the gate has sunk so far that water stands in it"
    number, _ = report(tx, community, by, f"{long}\n大门前的地砖下沉积水", area="garden", category="roads", who=ann)
    return residents_photo(tx, community, by, number, ann)
