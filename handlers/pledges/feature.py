"""What promises add to the program."""

from domain import events
from domain.people.rights import Action
from handlers.kit.access import anybody, needs, own_or
from handlers.kit.feature import Command, Feature, Renderer, Stage, on, rule, together
from handlers.kit.update_context import Setup
from handlers.pledges import (
    asked_of_staff,
    asleep_consents,
    board,
    checking_in,
    pledge_keepers,
    pledge_notices,
    pledge_staff,
    pledge_words,
    pledges,
    pledging,
    reminder_times,
    replying,
    weekly_list,
)
from services.pledges import board_photos, pledge_reminders, reminder_schedule
from storage.core.database import Transaction


def see_to_photos(tx: Transaction, setup: Setup, event: events.PledgeEvent) -> None:
    """What the board shows of a promise is other than it was; where the board is on the web."""
    if setup.shows_board:
        board_photos.see_to(tx, event.pledge)


FEATURE = Feature(
    name="pledges",
    commands={
        "board": Command(board.command, 4, lambda say: say.label("The board of promises")),
        "pledge": Command(pledges.command, 5, lambda say: say.label("Promise something")),
    },
    buttons={
        "p": own_or(Action.RECORD, pledges.press),
        "pc": own_or(Action.RECORD, checking_in.press),
        "pu": own_or(Action.RECORD, checking_in.undo),
        "b": anybody(board.press),
        "pt": anybody(reminder_times.press),
        "pk": needs(Action.RECORD, pledge_keepers.press),
        "ps": needs(Action.PUBLISH, pledge_staff.press),
        "pe": needs(Action.PUBLISH, pledge_staff.press_end),
        "pr": needs(Action.PUBLISH, pledge_staff.release),
        "pa": anybody(asleep_consents.press),
    },
    deep_links={board.PREFIX: anybody(board.start)},
    flows=(replying.MEANT, pledging.FLOW, checking_in.WHY),
    subscribers=together(
        on(
            Stage.RULE,
            see_to_photos,
            events.PledgeProofReleased,
            events.PledgeConsent,
            events.PledgeCheckInUndone,
            events.PledgePublished,
        ),
        on(Stage.PEOPLE, pledge_keepers.left, events.RoleRevoked),
        on(Stage.PEOPLE, pledge_notices.published, events.PledgePublished),
        on(Stage.PEOPLE, pledge_notices.ended, events.PledgeEnded),
        on(Stage.PEOPLE, pledge_notices.consent, events.PledgeConsent),
        on(Stage.PEOPLE, pledge_notices.thanked, events.PledgeThanked),
        on(Stage.STAFF, pledge_notices.made, events.PledgeMade, events.PledgeChanged),
        on(Stage.STAFF, pledge_notices.change_asked, events.PledgeChangeAsked),
        on(Stage.STAFF, pledge_notices.proof_sent, events.PledgeProofSent),
        on(Stage.STAFF, pledge_notices.changed, events.PledgePaused, events.PledgeResumed, events.PledgeKeeperChanged),
        on(Stage.STAFF, asleep_consents.asked, events.ConsentsAsleep),
        on(Stage.VIEWS, rule(board_photos.pages_change), events.PledgeEvent),
    ),
    tasks={
        reminder_schedule.AHEAD_KIND: lambda tx, setup, about, _data: reminder_schedule.ahead(
            tx, setup.community, about
        ),
        reminder_schedule.BEFORE_KIND: lambda tx, setup, about, _data: pledge_notices.before(tx, setup, about),
        reminder_schedule.PACE_KIND: lambda tx, setup, about, data: pledge_notices.pace(
            tx, setup, about, data["stage"]
        ),
        pledge_reminders.CLOSE_KIND: lambda tx, _setup, _about, _data: pledge_reminders.close(tx),
        pledge_reminders.UNREACHED_KIND: lambda tx, setup, _about, _data: pledge_notices.unreached(tx, setup),
    },
    chunk_tasks={
        reminder_schedule.WEEK_KIND: weekly_list.write_due,
        pledge_reminders.LATER_KIND: weekly_list.write_due,
    },
    renderers={
        weekly_list.AUTHOR: Renderer(weekly_list.word, weekly_list.note_sent),
        pledge_notices.BEFORE: Renderer(pledge_notices.word_before),
        pledge_notices.PACE: Renderer(pledge_notices.word_pace),
    },
    workers=(board_photos.KIND,),
    preferences=(reminder_times.REMINDS,),
    answers={checking_in.LISTED: replying.replied},
    replies={"pledge": replying.REPLIES},
    group_replies={"pledge": asked_of_staff.replied},
    redraws={"pledge": pledge_staff.write_anew},
    refusals=pledge_words.REFUSALS,
)
