"""Every capability of the program, in one list. What is joined here reaches handlers through `Setup.features`."""

from bot.kit.cannot_start import CannotStart
from domain.events import TwoOfOneName, kinds
from handlers.broadcasts import feature as broadcasts
from handlers.drafts import feature as conversations
from handlers.estate_plan import feature as estate_plan
from handlers.figures import feature as figures
from handlers.figures.exports import feature as exports
from handlers.figures.sent import feature as figures_sent
from handlers.kit.joined_features import Features, FeaturesCollide
from handlers.notices import feature as notices
from handlers.operations import feature as operations
from handlers.people import feature as people
from handlers.personal_data import feature as personal_data
from handlers.pledges import feature as pledges
from handlers.printing import feature as printing
from handlers.projects import feature as projects
from handlers.projects.departments import feature as departments
from handlers.projects.nudging import feature as nudging
from handlers.projects.public import feature as project_pages
from handlers.projects.words import feature as project_words
from handlers.public_reports import feature as public_reports
from handlers.repairs import feature as repairs
from handlers.reports.resident import feature as reports
from handlers.reports.staff import feature as report_desk
from handlers.reports.staff.notices import feature as report_notices
from handlers.staff_room import feature as staff_room
from handlers.volunteers import feature as volunteers

FEATURES = (
    conversations.FEATURE,
    people.FEATURE,
    personal_data.FEATURE,
    reports.FEATURE,
    report_desk.FEATURE,
    report_notices.FEATURE,
    volunteers.FEATURE,
    repairs.FEATURE,
    pledges.FEATURE,
    projects.FEATURE,
    project_words.FEATURE,
    project_pages.FEATURE,
    public_reports.FEATURE,
    notices.FEATURE,
    departments.FEATURE,
    nudging.FEATURE,
    staff_room.FEATURE,
    figures.FEATURE,
    exports.FEATURE,
    estate_plan.FEATURE,
    figures_sent.FEATURE,
    operations.FEATURE,
    printing.FEATURE,
    broadcasts.FEATURE,
)


def joined() -> Features:
    """All of them as one. Raises CannotStart when two claim the same."""
    try:
        kinds()
        return Features(FEATURES)
    except (FeaturesCollide, TwoOfOneName) as error:
        raise CannotStart(str(error)) from error
