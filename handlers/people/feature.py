"""What people add to the program: arriving, settings, roles, names, blocking."""

from domain import events
from domain.people.rights import Action
from handlers.kit.access import anybody, needs
from handlers.kit.feature import Command, Feature, Stage, on, together
from handlers.people import (
    arriving,
    blocking,
    commands,
    preferences,
    public_names,
    quiet_hours,
    role_notices,
    roles,
    sleeping_roles,
    team,
    too_much,
)
from services.people import limits
from services.people.team import LastAdmin

FEATURE = Feature(
    name="people",
    commands={
        "start": Command(arriving.start_command),
        "settings": Command(preferences.show, 8, lambda say: say.label("Your language and quiet hours")),
        "language": Command(arriving.language, 9, lambda say: say.label("Change the language")),
        "cancel": Command(arriving.cancel, 10, lambda say: say.label("Stop what I have begun"), lapses=False),
        "help": Command(arriving.help_, 11, lambda say: say.label("How it works")),
        "team": Command(team.show, 31, lambda say: say.label("Who has which role"), Action.SEE_TEAM),
        "role": Command(roles.command, 32, lambda say: say.label("Give somebody a role"), Action.GRANT_STAFF),
    },
    buttons={
        "s": anybody(preferences.press),
        "l": anybody(arriving.choose_language),
        "bl": needs(Action.BLOCK, blocking.press),
        "pn": needs(Action.PUBLISH, public_names.press),
        "role": needs(Action.GRANT_STAFF, roles.press),
        "team": needs(Action.SEE_TEAM, team.press),
        "as": needs(Action.GRANT_STAFF, sleeping_roles.press),
    },
    deep_links={roles.PREFIX: anybody(roles.redeem)},
    keyboard=(
        (lambda say: say.label("Help"), arriving.help_),
        (lambda say: say.label("Choose nobody"), roles.picked_nobody),
    ),
    subscribers=together(
        on(Stage.PEOPLE, blocking.blocked, events.PersonBlocked),
        on(Stage.PEOPLE, blocking.unblocked, events.PersonUnblocked),
        on(Stage.PEOPLE, role_notices.role_granted, events.RoleGranted),
        on(Stage.PEOPLE, role_notices.role_revoked, events.RoleRevoked),
        on(Stage.PEOPLE, role_notices.link_opened, events.RoleLinkOpened),
        on(Stage.PEOPLE, role_notices.link_refused, events.RoleLinkRefused),
        on(Stage.PEOPLE, sleeping_roles.confirmed, events.RoleConfirmed),
        on(Stage.PEOPLE, public_names.waits, events.PublicNameWaits),
        on(Stage.PEOPLE, public_names.decided, events.PublicNameDecided),
    ),
    tasks={
        commands.KIND: lambda tx, setup, _about, data: commands.renew_people(tx, setup, data["after"]),
        limits.KIND: lambda tx, _setup, about, _data: too_much.read_on(tx, about),
    },
    answers={"block": blocking.replied},
    refusals={LastAdmin: team.last_admin},
    preferences=(arriving.LANGUAGE, quiet_hours.QUIET_HOURS),
)
