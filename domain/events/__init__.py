"""What can happen. Services emit these; they are kept with time and actor, and notices are made from them.

A module for each kind of thing that things happen to; every event of each is an event of the package.
"""

from domain.events.answers import *
from domain.events.base import *
from domain.events.broadcasts import *
from domain.events.by_stored_name import TwoOfOneName as TwoOfOneName
from domain.events.by_stored_name import from_record as from_record
from domain.events.by_stored_name import kinds as kinds
from domain.events.decisions import *
from domain.events.estate_plan import *
from domain.events.exports import *
from domain.events.heard import *
from domain.events.hotline import *
from domain.events.notices import *
from domain.events.operations import *
from domain.events.own_data import *
from domain.events.people import *
from domain.events.pledges import *
from domain.events.project_photos import *
from domain.events.projects import *
from domain.events.projects_delivered import *
from domain.events.public_reports import *
from domain.events.recording import *
from domain.events.repairs import *
from domain.events.reports import *
