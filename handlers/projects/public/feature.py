"""What the public pages of projects add to the program."""

from domain import events
from domain.people.rights import Action
from handlers.kit.access import needs, own, own_or
from handlers.kit.feature import Feature, Stage, on, rule, together, with_community
from handlers.kit.update_context import Setup
from handlers.projects.public import consents, own_photos, page_menu, photo_cards, report_photos
from handlers.projects.public import photo_copies as copies
from services.projects import page_photos, photo_consents, photo_copies, photos, public_figures
from storage.core.database import Transaction
from storage.projects import photos as kept

MAY_BE_UNFIT = (
    events.ReportMarkedPersonal,
    events.ReportAdded,
    events.ReportReworded,
    events.ReportObjected,
    events.ReportAnotherObjection,
)
"""After these a report may be about a person, or of danger; a photo may be another one."""
COUNTED = (events.ProjectMade, events.ProjectChanged, events.ProjectMoved, events.ReportBundled)
"""After these there may be people to count of whom nobody was counted, or of whom nobody is counted any more."""
SAID_TO_MANY = (events.BroadcastStarted, events.BroadcastCorrected, events.BroadcastWithdrawn)
MAY_END = (events.PhotoConsentAnswered, events.ProjectPhotoHidden, events.ProjectPhotoRemoved)
PHOTOS_CHANGE = (events.ProjectPhotoReleased, events.ProjectPhotoHidden, events.ProjectPhotoRemoved)


def see_to_photos(tx: Transaction, setup: Setup, event: events.ProjectEvent) -> None:
    """What the page of a project shows is other than it was; where the pages are on the web."""
    if setup.shows_board:
        page_photos.see_to(tx, event.project)


def see_to_photos_of_report(tx: Transaction, setup: Setup, event: events.ReportEvent) -> None:
    """The same for all projects that use photos of a report."""
    for project in sorted({photo.project for photo in kept.of_report(tx, event.report)}):
        tx.signal(kept.CHANGED)
        if setup.shows_board:
            page_photos.see_to(tx, project)


FEATURE = Feature(
    name="project_pages",
    buttons={
        "sp": own(consents.press),
        "fp": needs(Action.PUBLISH, photo_cards.press),
        "fa": own_or(Action.RUN_PROJECTS, page_menu.press),
    },
    status_card={"photo_consents": consents.ON_CARD},
    staff_work=(report_photos.WORK, consents.WORK),
    answers={own_photos.ANSWER: own_photos.replied},
    replies={"project_photo": own_photos.REPLIES},
    subscribers=together(
        on(Stage.RULE, rule(photo_consents.withdrawn), events.ReportWithdrawn, events.ReportLeft),
        on(Stage.RULE, rule(photos.hide_of_report), *MAY_BE_UNFIT),
        on(Stage.RULE, rule(public_figures.plan), *COUNTED),
        on(Stage.RULE, see_to_photos, *PHOTOS_CHANGE, events.ProjectChanged),
        on(Stage.RULE, see_to_photos_of_report, events.PhotoConsentAnswered, *MAY_BE_UNFIT),
        on(Stage.RULE, rule(photo_copies.resolved), events.ReportResolved),
        on(Stage.RULE, rule(photo_copies.may_have_ended), *MAY_END),
        on(Stage.PEOPLE, consents.asked, events.PhotoConsentAsked),
        on(Stage.PEOPLE, consents.answered, events.PhotoConsentAnswered),
        on(Stage.STAFF, photo_cards.added, events.ProjectPhotoAdded),
        on(Stage.STAFF, photo_cards.changed, *PHOTOS_CHANGE),
        on(Stage.STAFF, photo_cards.consent_answered, events.PhotoConsentAnswered),
        on(Stage.VIEWS, rule(page_photos.pages_change), events.ProjectEvent, *SAID_TO_MANY),
    ),
    tasks={
        public_figures.KIND: with_community(public_figures.run_due),
        photo_copies.SENDING_KIND: copies.send_next,
        photo_copies.TAKING_BACK_KIND: copies.take_back_next,
    },
    workers=(page_photos.KIND,),
    refusals=photo_cards.REFUSALS,
)
