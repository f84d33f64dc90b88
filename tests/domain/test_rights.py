"""Who may do what: the whole table of roles and actions."""

import pytest

from domain.people.rights import Action, NotAllowed, Role, granting, may, require

EVERYBODY = {Action.REPORT, Action.SEE_OWN, Action.DECIDE_OWN, Action.ASK_REPAIR}
VOLUNTEERS = {Action.TAKE_REPAIR}
TEAM = {Action.PLEDGE, Action.LEAD_PROJECT}
LEADS = {Action.GRANT_STAFF, Action.RULE, Action.NOTICE_ALONE}
ADMINS = {
    Action.GRANT_LEAD,
    Action.SET_UP,
    Action.MEND,
    Action.EXPORT,
    Action.ENTER_OFFICIAL,
    Action.PLAN,
    Action.FORGET,
}
STAFF = set(Action) - EVERYBODY - LEADS - ADMINS - VOLUNTEERS


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_every_role_and_action(role: Role, action: Action) -> None:
    expected = action in EVERYBODY
    if action in TEAM:
        expected = role is not Role.RESIDENT
    if role in (Role.STAFF, Role.LEAD, Role.ADMIN):
        expected = expected or action in STAFF
    if role in (Role.LEAD, Role.ADMIN):
        expected = expected or action in LEADS
    if role is Role.ADMIN:
        expected = action not in VOLUNTEERS
    if role is Role.VOLUNTEER:
        expected = expected or action in VOLUNTEERS
    assert may({role}, action) is expected
    if expected:
        require({role}, action)
    else:
        with pytest.raises(NotAllowed):
            require({role}, action)


def test_without_a_role_one_is_a_resident() -> None:
    assert {action for action in Action if may((), action)} == EVERYBODY


def test_only_admins_make_leads_and_admins() -> None:
    assert {role for role in Role if granting(role) is Action.GRANT_LEAD} == {Role.LEAD, Role.ADMIN}
