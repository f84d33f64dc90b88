"""What the staff's group adds to the program: its set-up, the queue, search, the digest."""

from domain import events
from domain.people.rights import Action
from handlers.kit.access import anybody, needs, own_or
from handlers.kit.feature import Command, Feature, GroupCommand, Stage, on, together
from handlers.staff_room import (
    asked_as_group,
    digest_notices,
    find,
    flooding,
    in_group,
    live_queue,
    queue,
    setting_up,
    waiting_again,
)
from services.staff_room import digest, searching, unchosen_groups
from storage.staff_room import search

FEATURE = Feature(
    name="staff_room",
    commands={
        "queue": Command(queue.command, 21, lambda say: say.label("What is to be done"), Action.LOOK_UP),
        "find": Command(find.command, 23, lambda say: say.label("Find reports by words or number"), Action.LOOK_UP),
        "setup": Command(setting_up.setup, 33, lambda say: say.label("Choose the staff group"), Action.SET_UP),
    },
    group_commands={
        "start": GroupCommand(in_group.start),
        "role": GroupCommand(
            in_group.role, 1, lambda say: say.label("Give a role: reply with it to a message of the person")
        ),
        "team": GroupCommand(in_group.who_is_who, 2, lambda say: say.label("Who has which role")),
        "help": GroupCommand(in_group.help_, 3, lambda say: say.label("What I do here")),
        "setup": GroupCommand(in_group.setup, to_anybody=True),
    },
    buttons={
        "qu": needs(Action.LOOK_UP, queue.press),
        "fi": needs(Action.LOOK_UP, find.press),
        "fw": needs(Action.LOOK_UP, find.press_with_found),
        "fl": needs(Action.TRIAGE, flooding.press),
        "me": own_or(Action.GRANT_STAFF, asked_as_group.press),
    },
    deep_links={
        asked_as_group.PREFIX: own_or(Action.GRANT_STAFF, asked_as_group.start),
        setting_up.PREFIX: anybody(setting_up.in_private),
        queue.PREFIX: needs(Action.LOOK_UP, queue.start),
    },
    subscribers=together(
        on(Stage.PEOPLE, setting_up.role_granted, events.RoleGranted),
        on(Stage.STAFF, digest_notices.digest, events.DigestDue),
        on(Stage.VIEWS, waiting_again.again, events.GroupBack, events.StaffChatChosen),
        on(Stage.VIEWS, live_queue.report_changed, events.ReportEvent),
    ),
    redraws={"chat": live_queue.write_anew},
    tasks={
        live_queue.KIND: live_queue.refresh,
        flooding.KIND: flooding.write,
        digest.KIND: lambda tx, setup, _about, data: digest.run_due(tx, setup.community, data),
        search.KIND: lambda tx, setup, _about, _data: searching.put_in(tx, setup.community),
        unchosen_groups.KIND: lambda tx, _setup, about, _data: unchosen_groups.run_due(tx, about),
    },
    next_step=setting_up.offer_if_none,
)
