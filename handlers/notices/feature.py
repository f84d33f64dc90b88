"""What notices add to the program."""

from domain import events
from domain.people.rights import Action
from handlers.kit.access import needs
from handlers.kit.broadcaster import Broadcaster
from handlers.kit.feature import Command, Feature, Stage, on, rule, together
from handlers.notices import (
    answering,
    confirming,
    correcting,
    listing,
    muting,
    notice_text,
    saying_where,
    sending_alone,
    where_one_lives,
    writing,
)
from handlers.notices.buttons import CorrectPress, NoticePress
from handlers.notices.refusals import REFUSALS
from services.notices import notices, residences
from storage.core.messages import Purpose

FEATURE = Feature(
    name="notices",
    commands={
        "notice": Command(writing.command, 28, lambda say: say.label("Write a notice to many"), Action.NOTICE),
        "notices": Command(listing.command, 28, lambda say: say.label("All notices"), Action.NOTICE),
    },
    buttons={
        NoticePress.prefix: needs(Action.NOTICE, listing.press),
        CorrectPress.prefix: needs(Action.NOTICE, listing.press_correct),
    },
    flows=(writing.FLOW, correcting.FLOW, sending_alone.FLOW, saying_where.FLOW),
    broadcasters={
        "notice": Broadcaster(
            notice_text.recipients,
            notice_text.copy,
            notices.may_steer,
            notice_text.called,
            answering.replied,
        )
    },
    subscribers=together(
        on(Stage.RULE, rule(notices.finished), events.BroadcastDone),
        on(Stage.PEOPLE, where_one_lives.asked, events.ResidenceAsked),
        on(Stage.STAFF, confirming.asked, events.NoticeAwaits),
        on(Stage.STAFF, confirming.sent, events.NoticeSent),
        on(Stage.STAFF, confirming.refused, events.NoticeRefused),
        on(Stage.STAFF, confirming.withdrawn, events.NoticeWithdrawn),
        on(Stage.STAFF, sending_alone.unconfirmed, events.NoticeUnconfirmed),
    ),
    tasks={
        notices.SEND_KIND: lambda tx, setup, about, _data: notices.send_due(tx, setup.community, about),
        notices.UNCONFIRMED_KIND: lambda tx, _setup, about, _data: notices.unconfirmed(tx, about),
        residences.ASK_KIND: lambda tx, setup, about, data: residences.ask_next(
            tx, setup.community, about, data["after"]
        ),
    },
    answers={Purpose.SETTINGS: where_one_lives.replied},
    preferences=(muting.NOTICES, where_one_lives.LIVES),
    staff_work=(answering.WORK,),
    refusals=REFUSALS,
)
