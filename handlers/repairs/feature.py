"""What repairs add to the program: asking, offers, jobs, the relay, the staff's desk."""

from domain import events
from domain.people.rights import Action
from handlers.kit.access import needs, own
from handlers.kit.feature import Command, Feature, Stage, on, together, with_community
from handlers.repairs import (
    cards_after_restore,
    feels_unsafe_progress,
    from_report,
    into_report,
    my_repairs,
    relay,
    relay_shown,
    repair_desk,
    repair_notices,
    repair_offers,
    repair_request,
    repair_staff_notices,
    repair_verdict,
    repair_words,
    repair_work,
)
from services.repairs import dispatching, jobs, relay_renewal, repair_verdicts, repairs
from services.reports import danger_cards

CHANGES_CARD = (
    events.RepairOffered, events.RepairTaken, events.RepairDeclined, events.RepairArrival, events.RepairSetOut,
    events.RepairDone, events.RepairNotDone, events.RepairReleased, events.RepairConfirmed, events.RepairLapsed,
    events.RepairWithdrawn, events.RepairTurned,
)  # fmt: skip

FEATURE = Feature(
    name="repairs",
    commands={
        "repair": Command(repair_request.command, 2, lambda say: say.label("Ask for a repair"), may_be_changed=True),
        "repairs": Command(repair_desk.command, 27, lambda say: say.label("Repairs that are open"), Action.RUN_REPAIRS),
    },
    buttons={
        "ro": own(repair_offers.press),
        "rj": own(repair_work.press),
        "rr": own(repair_verdict.press),
        "rv": own(repair_verdict.judge),
        "rt": own(relay.press),
        "ry": own(into_report.press),
        "rs": needs(Action.RUN_REPAIRS, repair_desk.press),
        "rp": needs(Action.RUN_REPAIRS, repair_desk.page),
    },
    keyboard=((lambda say: say.label("Ask for a repair"), repair_request.begin),),
    flows=(repair_request.FLOW, repair_work.DONE, repair_verdict.STILL, repair_verdict.MOVE, relay.FLOW),
    subscribers=together(
        on(Stage.PEOPLE, repair_notices.status, events.RepairAsked),
        on(Stage.PEOPLE, repair_notices.offered, events.RepairOffered),
        on(Stage.PEOPLE, repair_notices.unfilled, events.RepairUnfilled),
        on(Stage.PEOPLE, repair_notices.taken, events.RepairTaken),
        on(Stage.PEOPLE, repair_notices.declined, events.RepairDeclined),
        on(Stage.PEOPLE, repair_notices.arrival, events.RepairArrival),
        on(Stage.PEOPLE, repair_notices.set_out, events.RepairSetOut),
        on(Stage.PEOPLE, repair_notices.on_done, events.RepairDone),
        on(Stage.PEOPLE, repair_notices.on_told_of, events.RepairToldOf),
        on(Stage.PEOPLE, repair_notices.not_done, events.RepairNotDone),
        on(Stage.PEOPLE, repair_notices.on_released, events.RepairReleased),
        on(Stage.PEOPLE, repair_notices.nudged, events.RepairNudged),
        on(Stage.PEOPLE, repair_notices.silent, events.RepairSilent),
        on(Stage.PEOPLE, repair_notices.confirmed, events.RepairConfirmed),
        on(Stage.PEOPLE, repair_notices.thanked, events.RepairThanked),
        on(Stage.PEOPLE, repair_notices.reopened, events.RepairReopened),
        on(Stage.PEOPLE, repair_notices.asked_again, events.RepairAskedAgain),
        on(Stage.PEOPLE, repair_notices.lapsed, events.RepairLapsed),
        on(Stage.PEOPLE, repair_notices.withdrawn, events.RepairWithdrawn),
        on(Stage.PEOPLE, repair_notices.address_changed, events.RepairChanged),
        on(Stage.PEOPLE, repair_notices.offers_closed, events.OffersClosed),
        on(Stage.PEOPLE, relay_shown.shown, events.RepairMessageShown),
        on(Stage.PEOPLE, into_report.asked, events.RepairTurnAsked),
        on(Stage.STAFF, repair_staff_notices.unsafe, events.RepairUnsafe),
        on(Stage.STAFF, repair_staff_notices.turned, events.RepairTurned),
        on(Stage.STAFF, repair_staff_notices.unwanted, events.MessageUnwanted),
        on(Stage.STAFF, repair_staff_notices.stays, events.MessageStays),
        on(Stage.STAFF, repair_staff_notices.unfilled, events.RepairUnfilled),
        on(Stage.STAFF, repair_staff_notices.reopened, events.RepairReopened),
        on(Stage.STAFF, repair_staff_notices.silent, events.RepairSilent),
        on(Stage.STAFF, into_report.refused, events.RepairTurnRefused),
        on(Stage.STAFF, cards_after_restore.restored, events.DatabaseRestored),
        on(Stage.STAFF, repair_staff_notices.refresh_card, *CHANGES_CARD),
    ),
    tasks={
        dispatching.KIND: with_community(dispatching.run_due),
        jobs.KIND: with_community(jobs.run_due),
        relay_renewal.KIND: with_community(relay_renewal.run),
        repair_verdicts.KIND: with_community(repair_verdicts.run_due),
        cards_after_restore.KIND: cards_after_restore.refresh_next,
        feels_unsafe_progress.KIND: lambda tx, setup, about, data: feels_unsafe_progress.run_due(
            tx, setup, about, data, repair_staff_notices.ring_again
        ),
        danger_cards.SAID_UNSAFE: repair_staff_notices.say_again,
    },
    replies={"repair": relay.REPLIES},
    redraws={"repair": cards_after_restore.write_anew},
    own_lists=(my_repairs.REPAIRS,),
    instead=(from_report.INSTEAD,),
    refusals={jobs.TooLate: repair_offers.too_late, repairs.TooMany: repair_words.too_many},
)
