"""What the measures of promises, projects, repairs and volunteers are called, and what they mean."""

from domain.projects.projects import Stage
from speech.measure_naming import Named, took
from speech.projects import stage
from speech.speaker import PlainSpeaker


def promises(say: PlainSpeaker) -> list[Named]:
    """Of promises."""
    known = say.label("Of those of which somebody has said how it went.")
    all_due = say.label("Of all that were due: no update counts as no.")
    return [
        Named("pledges", say.label("Promises made"), say.label("Put on the board in this time.")),
        Named("pledgers", say.label("People who made them")),
        Named("pledges_kept", say.label("Promises kept"), say.label("Every time of which it is known how it went.")),
        Named("pledges_partly", say.label("Promises kept in part, or only sometimes")),
        Named("pledges_not_kept", say.label("Promises not kept")),
        Named("pledges_no_update", say.label("Promises due, but no update")),
        Named("pledges_not_due", say.label("Promises of which nothing is due yet")),
        Named("pledges_kept_rate", say.label("Promises kept, per cent"), known),
        Named(
            "pledges_kept_rate_if_no_update_is_no", say.label("Promises kept, if no update is no, per cent"), all_due
        ),
        Named("pledge_times", say.label("Times due, of any promise")),
        Named("pledge_times_kept", say.label("Times kept")),
        Named("pledge_times_partly", say.label("Times kept in part")),
        Named("pledge_times_not_kept", say.label("Times not kept")),
        Named("pledge_times_excused", say.label("Times ill or away")),
        Named("pledge_times_no_update", say.label("Times without an update")),
        Named("pledge_times_waiting", say.label("Times of which an update may still come")),
        Named("pledge_times_kept_rate", say.label("Times kept, per cent"), known),
        Named(
            "pledge_times_kept_rate_if_no_update_is_no", say.label("Times kept, if no update is no, per cent"), all_due
        ),
    ]


def projects(say: PlainSpeaker) -> list[Named]:
    """Of projects."""
    at_end = say.label("At the end of this time.")
    return [
        Named("projects", say.label("Projects"), say.label("Open at some time in this period.")),
        Named("leads", say.label("People who lead them")),
        *(Named(f"projects_{each}", say.label("Projects: {stage}", stage=stage(say, each)), at_end) for each in Stage),
        Named("projects_made", say.label("Projects begun in this time")),
        Named("projects_delivered", say.label("Projects that were delivered in this time")),
    ]


def repairs(say: PlainSpeaker) -> list[Named]:
    """Of repairs and volunteers."""
    wanted = say.label("Of those that were still wanted of volunteers.")
    return [
        Named("repairs_asked", say.label("Repairs asked for")),
        Named("repairs_taken", say.label("Repairs taken by a volunteer")),
        Named("repairs_done", say.label("Repairs done"), say.label("So says either side.")),
        Named("repairs_confirmed", say.label("Repairs done, residents say")),
        Named("repairs_silent", say.label("Repairs done, only volunteers say")),
        Named("repairs_being_asked", say.label("Repairs whose resident is still being asked")),
        Named("repairs_open", say.label("Repairs not done")),
        Named("repairs_withdrawn", say.label("Repairs no longer needed")),
        Named("repairs_turned", say.label("Repairs that became a report")),
        Named("repairs_done_rate", say.label("Repairs done, per cent"), wanted),
        Named(
            "repairs_done_rate_if_silence_is_no",
            say.label("Repairs done, residents say, per cent"),
            say.label("Of the same: silence counts as no."),
        ),
        Named("repairs_said_not_done", say.label("Repairs “not done after all”")),
        *took(
            say,
            ("repair_to_take", say.label("Until a volunteer took the repair")),
            ("repair_to_do", say.label("Until the repair was done")),
        ),
        Named("volunteers", say.label("Volunteers"), say.label("At the end of this time.")),
        Named("volunteers_on_call", say.label("Volunteers on call"), say.label("At the end of this time.")),
    ]


def hotline(say: PlainSpeaker) -> list[Named]:
    """Of what the hotline counted."""
    return [
        Named("hotline_complaints", say.label("Complaints"), say.label("In the months of which the figure is known.")),
        Named("hotline_complaints_a_year_before", say.label("Complaints in the same months a year before")),
        Named("hotline_months", say.label("Months of which the figure is known")),
        Named("hotline_months_of", say.label("Months that are over")),
        Named("hotline_change_percent", say.label("Change against the year before, per cent")),
    ]
