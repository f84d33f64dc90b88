"""What somebody has open comes to an end before they are forgotten, kindly for everybody else.

A report goes on without them where others have the same trouble, and is taken back else; one in which somebody may be
in danger waits until staff have closed it. What a volunteer has goes to others at once, a promise ends, and what staff
answer for is everybody's again.
"""

from collections.abc import Callable

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.reports.reports import WORKABLE, State
from services.core.errors import AlreadyDone
from services.pledges import pledges as promises
from services.projects import photo_consents
from services.repairs import jobs, repairs
from services.reports import steering, taking_back
from storage.core.database import Transaction
from storage.people import people
from storage.pledges import erasing as kept_promises
from storage.pledges.pledges import NAME, PHOTOS
from storage.projects import photo_consents as kept_consents
from storage.repairs import erasing as kept_repairs
from storage.repairs import repairs as repair_store
from storage.reports import erasing as kept_reports
from storage.reports import reports, verdicts

AT_ONCE = 8
"""So many things end in one transaction: each tells the people it concerns, which takes some milliseconds."""


OURS_TO_END = WORKABLE | {State.MERGED}


def next_of(tx: Transaction, community: Community, person: int) -> bool:
    """End some more of what a person has open; False when nothing is left. What is done is not found again."""
    return any(part(tx, community, person) for part in _PARTS)


def _reports(tx: Transaction, _community: Community, person: int) -> bool:
    actor, waits = people.by_id(tx, person), set(kept_reports.of_open_danger(tx, person))
    after, ended = 0, 0
    while ended < AT_ONCE and (found := kept_reports.concerning(tx, person, after, AT_ONCE)):
        after = found[-1]
        for number in found:
            report = reports.existing(tx, number)
            main = reports.main_of(tx, report)
            verdicts.forget_open(tx, main.id, person)
            # One that staff say is fixed is closed by itself when the time for an answer is over.
            if number not in waits and report.state in OURS_TO_END and main.state in WORKABLE:
                taking_back.take_back(tx, actor, number)
                ended += 1
    return ended > 0


def _shown_photos(tx: Transaction, _community: Community, person: int) -> bool:
    for report in kept_consents.reports_of(tx, person):
        photo_consents.take_back(tx, report, person)
    return False


def _repairs(tx: Transaction, _community: Community, person: int) -> bool:
    found = kept_repairs.needed_by(tx, person, AT_ONCE)
    for number in found:
        repair = repair_store.by_id(tx, number)
        assert repair is not None
        repairs.take_back(tx, repair, person)
    return bool(found)


def _jobs(tx: Transaction, community: Community, person: int) -> bool:
    jobs.drop_out(tx, community, person, "left")
    return False


def _promises(tx: Transaction, _community: Community, person: int) -> bool:
    actor = people.by_id(tx, person)
    for number in kept_promises.made_by(tx, person):
        for what in (NAME, PHOTOS):
            try:
                promises.consent(tx, actor, number, what, given=False)
            except AlreadyDone:
                continue
    for number in kept_promises.made_by(tx, person, running=True):
        try:
            promises.end(tx, actor, number)
        except WrongState:
            continue
    return False


def _in_charge(tx: Transaction, community: Community, person: int) -> bool:
    found = kept_reports.in_charge_of(tx, person, AT_ONCE)
    for number in found:
        steering.hand_back(tx, community, number)
    return bool(found)


_PARTS: tuple[Callable[[Transaction, Community, int], bool], ...] = (
    _jobs,
    _repairs,
    _shown_photos,
    _reports,
    _in_charge,
    _promises,
)
