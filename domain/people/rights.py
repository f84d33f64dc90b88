"""Who may do what: one table of roles × actions. Services ask it; keyboards only follow."""

from collections.abc import Iterable
from enum import StrEnum

from domain.core.stored import Stored


class Role(Stored, StrEnum, kept_in="roles.role"):
    """What a person is in the community. Everybody is a resident; membership of the staff chat is no role."""

    RESIDENT = "resident"
    VOLUNTEER = "volunteer"
    PLEDGER = "pledger"
    REPRESENTATIVE = "representative"
    STAFF = "staff"
    LEAD = "lead"
    ADMIN = "admin"


class Action(StrEnum):
    """What can be done that not everybody may do to everything."""

    REPORT = "report"
    SEE_OWN = "see_own"
    DECIDE_OWN = "decide_own"  # say whether one's own report is fixed
    TRIAGE = "triage"  # take, start, title, complete
    ANSWER = "answer"
    RESOLVE = "resolve"
    SEE_REPORTER = "see_reporter"
    NOTE = "note"
    ASSIGN = "assign"  # to another person or department
    DECIDE = "decide"  # decline, hand on, reopen, merge
    BLOCK = "block"  # stop somebody's reports for a time
    RECORD = "record"  # a report or pledge for somebody at the counter or on the telephone
    PLEDGE = "pledge"  # make a promise in public
    PUBLISH = "publish"  # look at pledges and what proves them before the board shows them
    LOOK_UP = "look_up"  # queue, search, history, figures
    ENTER_OFFICIAL = "enter_official"  # figures that an office publishes, such as complaints to the hotline
    RULE = "rule"  # on an objection to a decision
    PRINT = "print"  # posters
    NOTICE = "notice"  # words to many: write, confirm, stop, correct and withdraw them
    NOTICE_ALONE = "notice_alone"  # send an urgent one to which nobody else has said yes
    SEE_TEAM = "see_team"
    GRANT_STAFF = "grant_staff"  # any role below lead
    GRANT_LEAD = "grant_lead"  # lead and admin
    SET_UP = "set_up"  # choose the staff group
    MEND = "mend"  # look after what could not be handled
    EXPORT = "export"  # files of reports, repairs, promises and projects; also with names and words
    ASK_REPAIR = "ask_repair"  # for oneself or somebody without Telegram
    TAKE_REPAIR = "take_repair"
    RUN_REPAIRS = "run_repairs"  # approve volunteers, see who is on call, assign, reopen, turn into a report
    RUN_PROJECTS = "run_projects"  # make projects, put reports into them, choose who leads them, steer all of them
    LEAD_PROJECT = "lead_project"  # be given a project, and steer it
    FORGET = "forget"  # forget somebody else, who asked for it on paper or has no Telegram
    PLAN = "plan"  # the picture of the estate, and where areas are on it


_RESIDENT = {Action.REPORT, Action.SEE_OWN, Action.DECIDE_OWN, Action.ASK_REPAIR}
_PLEDGER = _RESIDENT | {Action.PLEDGE, Action.LEAD_PROJECT}
_STAFF = _PLEDGER | {
    Action.PUBLISH, Action.TRIAGE, Action.ANSWER, Action.RESOLVE, Action.SEE_REPORTER, Action.NOTE, Action.SEE_TEAM,
    Action.ASSIGN, Action.DECIDE, Action.BLOCK, Action.RECORD, Action.LOOK_UP, Action.PRINT,
    Action.RUN_REPAIRS, Action.RUN_PROJECTS, Action.NOTICE,
}  # fmt: skip
_LEAD = _STAFF | {Action.GRANT_STAFF, Action.RULE, Action.NOTICE_ALONE}

RIGHTS: dict[str, frozenset[Action]] = {
    Role.RESIDENT: frozenset(_RESIDENT),
    Role.VOLUNTEER: frozenset(_PLEDGER | {Action.TAKE_REPAIR}),
    Role.PLEDGER: frozenset(_PLEDGER),
    Role.REPRESENTATIVE: frozenset(_PLEDGER),
    Role.STAFF: frozenset(_STAFF),
    Role.LEAD: frozenset(_LEAD),
    Role.ADMIN: frozenset(
        _LEAD
        | {
            Action.GRANT_LEAD,
            Action.SET_UP,
            Action.MEND,
            Action.EXPORT,
            Action.ENTER_OFFICIAL,
            Action.PLAN,
            Action.FORGET,
        }
    ),
}


class NotAllowed(Exception):
    """The person's roles do not include this."""

    def __init__(self, action: Action) -> None:
        super().__init__(action)
        self.action = action


def may(roles: Iterable[str], action: Action) -> bool:
    """True when any of the roles (or being a resident, as everybody is) allows the action.

    A role kept under a name that is none any more allows nothing.
    """
    return any(action in RIGHTS.get(role, ()) for role in {*roles, Role.RESIDENT})


def require(roles: Iterable[str], action: Action) -> None:
    """Raises NotAllowed when `may` says no."""
    if not may(roles, action):
        raise NotAllowed(action)


def granting(role: Role) -> Action:
    """The action that granting or revoking a role is."""
    return Action.GRANT_LEAD if role in (Role.LEAD, Role.ADMIN) else Action.GRANT_STAFF
