"""A plan with something of everything for tests of its page, made through the use cases."""

import tomllib

from domain.community import Community
from domain.estate_plan.spots import Size, Spot
from domain.people.rights import Role
from paper.plan_picture import made_anew
from services.estate_plan import pictures, placing
from services.estate_plan.pictures import NewPicture
from services.reports import deciding, working
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports.reports import NewPart
from tests.support import ROOT, person
from tests.web import public_reports

PLACES: dict[str, list[float]] = tomllib.loads((ROOT / "demo" / "plan.toml").read_text("utf-8"))["plan"]["places"]
LONG = "The paving stones between the gate and the playground are loose and rock"


def picture(tx: Transaction, community: Community) -> None:
    """The drawing of the demo is the picture."""
    made = made_anew((ROOT / "demo" / "files" / "plan.png").read_bytes())
    new = NewPicture(made.content, made.type, Size(made.width, made.height), "0" * 24)
    pictures.keep(tx, new, from_file=False, actor=None)


def admin(tx: Transaction) -> Person:
    """Somebody who may place areas."""
    return person(tx, "MARKERADMIN", Role.ADMIN)


def placed(tx: Transaction, community: Community, *without: str) -> None:
    """Every area of the demo has its place, but for these."""
    ann = admin(tx)
    for code, at in PLACES.items():
        if code not in without:
            placing.place(tx, community, ann, code, Spot(*at))


def report(
    tx: Transaction, community: Community, by: Person, title: str, area: str | None, state: str = "open"
) -> None:
    """One that everybody may read of, in that state."""
    who = person(tx, "MARKERNAME")
    number, _ = public_reports.report(tx, community, by, title, area=area, who=who)
    if state == "progress":
        working.take(tx, community, by, number)
    elif state != "open":
        working.resolve(tx, community, by, number, [NewPart("text", "MARKERPROOF")])
    if state == "fixed":
        deciding.decide(tx, community, who, number, 1, fixed=True)


def lively(tx: Transaction, community: Community, by: Person) -> None:
    """A picture, most areas on it, and reports in every state, many at one place and some at none."""
    picture(tx, community)
    placed(tx, community, "south", "parking")
    for title, area, state in (
        ("A lamp by the gate is dark", "north-gate", "open"),
        ("The gate does not close by itself", "north-gate", "progress"),
        ("Rubbish beside the stalls", "market", "open"),
        ("A drain before the stalls is blocked", "market", "fixed"),
        ("The lift stops between floors", "b3", "progress"),
        ("The door of stairwell 2 sticks", "b3", "said"),
        ("A window in the hall is broken", "b3", "open"),
        ("New handrail in the hall", "b3", "fixed"),
        ("The letter boxes are bent", "b1", "fixed"),
        ("The hedge hides the street sign", "south", "open"),
        ("Two bicycles block the ramp", "parking", "said"),
        (LONG, "garden", "open"),
        ("Sand in the playground is renewed", "garden", "fixed"),
        ("Nobody has said where this is", None, "open"),
    ):
        report(tx, community, by, title, area, state)
    for number in range(12):
        report(tx, community, by, f"Bench {number + 1} in the garden wobbles", "garden", "open")
