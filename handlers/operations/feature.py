"""What running the program adds to it: what admins hear of backups, downtime and what could not be handled."""

from domain import events
from domain.people.rights import Action
from handlers.kit import early_edits
from handlers.kit.access import needs
from handlers.kit.feature import Command, Feature, Stage, on, together
from handlers.operations import (
    database_notices,
    downtime_notices,
    quarantine,
    refusal_notices,
    staff_group_notices,
    troubles,
)
from services.operations import backups, retention, watching, wiping

FEATURE = Feature(
    name="operations",
    commands={
        "quarantine": Command(quarantine.show, 34, lambda say: say.label("What I could not handle"), Action.MEND),
    },
    buttons={"q": needs(Action.MEND, quarantine.press)},
    subscribers=together(
        on(Stage.STAFF, staff_group_notices.staff_chat_chosen, events.StaffChatChosen),
        on(Stage.STAFF, staff_group_notices.group_lost, events.GroupLost),
        on(Stage.STAFF, staff_group_notices.group_left, events.GroupLeft),
        on(Stage.STAFF, staff_group_notices.group_back, events.GroupBack),
        on(Stage.STAFF, staff_group_notices.group_moved, events.GroupMoved),
        on(Stage.STAFF, staff_group_notices.group_topics, events.GroupTopics),
        on(Stage.STAFF, staff_group_notices.group_rights, events.GroupRights),
        on(Stage.STAFF, staff_group_notices.reachable, events.PersonReachable),
        on(Stage.STAFF, staff_group_notices.quarantined, events.UpdateQuarantined),
        on(Stage.STAFF, refusal_notices.closed, events.GroupClosed),
        on(Stage.STAFF, refusal_notices.open, events.GroupOpen),
        on(Stage.STAFF, refusal_notices.not_now, events.MessageNotNow),
        on(Stage.STAFF, refusal_notices.refused, events.MessageRefused),
        on(Stage.STAFF, refusal_notices.given_up, events.WorkGivenUp),
        on(Stage.STAFF, database_notices.backup_missed, events.BackupMissed),
        on(Stage.STAFF, database_notices.backup_made_again, events.BackupMadeAgain),
        on(Stage.STAFF, database_notices.restored, events.DatabaseRestored),
        on(Stage.STAFF, database_notices.not_written, events.TakenAwayNotWritten),
        on(Stage.STAFF, database_notices.written_again, events.TakenAwayWritten),
        on(Stage.STAFF, troubles.found, events.TroubleFound),
        on(Stage.STAFF, downtime_notices.out_of_reach, events.OutOfReach),
    ),
    tasks={
        staff_group_notices.REPOST: staff_group_notices.repost,
        database_notices.CARDS: database_notices.refresh_cards,
        downtime_notices.ASK_AGAIN: downtime_notices.ask_again,
        early_edits.KIND: early_edits.let_go,
    },
    workers=(backups.KIND, retention.KIND, watching.KIND, wiping.KIND),
)
