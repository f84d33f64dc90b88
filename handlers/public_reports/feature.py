"""What reports on the public page add to the program."""

from domain import events
from handlers.kit.access import own
from handlers.kit.feature import Feature, Stage, on, rule, together, with_community
from handlers.kit.update_context import Setup
from handlers.public_reports import history, photo_choosing, releasing, telling
from handlers.reports.recipients import Everybody
from services.public_reports import keeping, page_photos
from storage.core.database import Transaction
from storage.public_reports import entries, photos

PHOTOS_CHANGE = (events.ReportPhotoChosen, events.ReportPhotoTakenOff, events.ReportReleased, events.ReportTakenOff)


def see_to_photos(tx: Transaction, setup: Setup, event: events.ReportEvent) -> None:
    """The page of a report shows other photos than it did; where the pages are on the web."""
    tx.signal(entries.CHANGED)
    for photo in photos.ever_of(tx, event.report) if setup.shows_board else ():
        page_photos.see_to(tx, photo)


def see_to_consent(tx: Transaction, setup: Setup, event: events.PhotoConsentAnswered) -> None:
    """The same where the maker of one has said yes or no."""
    for photo in photos.of_part(tx, event.part):
        tx.signal(entries.CHANGED)
        if setup.shows_board:
            page_photos.see_to(tx, photo.id)


FEATURE = Feature(
    name="public_reports",
    buttons={"wp": own(telling.press)},
    status_card={"public_page": telling.ON_CARD},
    staff_work=(releasing.WORK, history.WORK),
    subscribers=together(
        on(Stage.RULE, rule(keeping.merged), events.ReportMerged),
        on(Stage.RULE, rule(keeping.left), events.ReportLeft),
        on(Stage.RULE, rule(keeping.follow), events.ReportEvent),
        on(Stage.RULE, see_to_photos, *PHOTOS_CHANGE),
        on(Stage.RULE, see_to_consent, events.PhotoConsentAnswered),
        on(Stage.PEOPLE, Everybody(telling.released), events.ReportReleased),
        on(Stage.PEOPLE, Everybody(telling.changed), events.ReportPublicTitleChanged),
        on(Stage.PEOPLE, Everybody(None), events.ReportTakenOff),
        on(Stage.STAFF, telling.refresh, events.ReportReleased, events.ReportPublicTitleChanged),
        on(Stage.STAFF, telling.taken_off, events.ReportTakenOff),
        on(Stage.STAFF, telling.objected, events.ReportObjectionToPage),
        on(Stage.STAFF, photo_choosing.consent_answered, events.PhotoConsentAnswered),
    ),
    tasks={keeping.KIND: with_community(keeping.run_due)},
    workers=(page_photos.KIND,),
    refusals=releasing.REFUSALS,
)
