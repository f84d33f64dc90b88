"""What all rooms say that they keep about people, in one list (`storage/core/declared_data.py`)."""

from storage.broadcasts.personal_data import PERSONAL_DATA as BROADCASTS
from storage.core.declared_data import Declared
from storage.core.personal_data import PERSONAL_DATA as CORE
from storage.estate_plan.personal_data import PERSONAL_DATA as ESTATE_PLAN
from storage.figures.personal_data import PERSONAL_DATA as FIGURES
from storage.notices.personal_data import PERSONAL_DATA as NOTICES
from storage.people.personal_data import PERSONAL_DATA as PEOPLE
from storage.personal_data.personal_data import PERSONAL_DATA as FORGETTING
from storage.pledges.personal_data import PERSONAL_DATA as PLEDGES
from storage.projects.personal_data import PERSONAL_DATA as PROJECTS
from storage.public_reports.personal_data import PERSONAL_DATA as PUBLIC_REPORTS
from storage.repairs.personal_data import PERSONAL_DATA as REPAIRS
from storage.reports.personal_data import PERSONAL_DATA as REPORTS
from storage.staff_room.personal_data import PERSONAL_DATA as STAFF_ROOM
from storage.volunteers.personal_data import PERSONAL_DATA as VOLUNTEERS

ROOMS: tuple[Declared, ...] = (
    PEOPLE,
    REPORTS,
    REPAIRS,
    VOLUNTEERS,
    PLEDGES,
    PROJECTS,
    ESTATE_PLAN,
    PUBLIC_REPORTS,
    NOTICES,
    BROADCASTS,
    STAFF_ROOM,
    FIGURES,
    FORGETTING,
    CORE,
)
