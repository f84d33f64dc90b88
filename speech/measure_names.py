"""What each measure is called, and what it means, for tables that people read. Its name for programs is another one
(`services/figures/as_values.py`); docs/measures.md has the formulas."""

from speech import community_measure_names
from speech.measure_naming import Named, Section, took
from speech.speaker import PlainSpeaker


def sections(say: PlainSpeaker) -> list[Section]:
    """All that have a name, in the order in which they are read."""
    return [
        Section(say.label("Of the reports collected in this time, by its end"), _collected(say)),
        Section(say.label("What residents say"), _outcomes(say)),
        Section(say.label("Rates"), _rates(say)),
        Section(say.label("In this time, of any report"), _what_else(say)),
        Section(say.label("How long it took after it was sent"), _times(say)),
        Section(say.label("Promises"), community_measure_names.promises(say)),
        Section(say.label("Projects"), community_measure_names.projects(say)),
        Section(say.label("Repairs and volunteers"), community_measure_names.repairs(say)),
        Section(say.label("Complaints to the hotline"), community_measure_names.hotline(say)),
    ]


def _collected(say: PlainSpeaker) -> list[Named]:
    return [
        Named("collected", say.label("Collected"), say.label("Every report that was sent in this time.")),
        Named("collected_chat", say.label("Sent in the chat")),
        Named("collected_counter", say.label("At the counter"), say.label("Written down by staff.")),
        Named("collected_phone", say.label("By phone"), say.label("Written down by staff.")),
        Named("collected_recorded", say.label("Recorded, counter or phone not noted")),
        Named("collected_representative", say.label("Sent by representatives")),
        Named(
            "handled",
            say.label("Handled"),
            say.label("Resolved by staff, declined, passed on or merged, at least once."),
        ),
        Named("handled_rate", say.label("Handled, per cent"), say.label("Of those collected.")),
        Named("handled_first_resolved", say.label("Handled first by being resolved")),
        Named("handled_first_declined", say.label("Handled first by being declined")),
        Named("handled_first_passed_on", say.label("Handled first by being passed on")),
        Named("handled_first_merged", say.label("Handled first by being merged")),
        Named("waiting", say.label("Not handled yet")),
        Named("withdrawn", say.label("Withdrawn"), say.label("By the person who reported it, before it was handled.")),
        Named(
            "recurring",
            say.label("Came back"),
            say.label("The same category and area as one that staff resolved in the 90 days before."),
        ),
        Named(
            "pressing",
            say.label("Pressing"),
            say.label("Marked by staff, 10 people or more behind it, or reopened twice or more."),
        ),
        Named("answered", say.label("Answered"), say.label("Staff have written back, or called.")),
        Named("answered_in_time", say.label("Answered in time"), say.label("By the deadline as it stood then.")),
    ]


def _outcomes(say: PlainSpeaker) -> list[Named]:
    return [
        Named(
            "resolutions",
            say.label("Times staff said it is fixed"),
            say.label("Each is then in one of the following, by the end of this time."),
        ),
        Named("resolutions_confirmed", say.label("Yes, it is fixed"), say.label("The last word of a resident is yes.")),
        Named("resolutions_disputed", say.label("No, it is not fixed"), say.label("A resident said no.")),
        Named("resolutions_silent", say.label("No reply"), say.label("Somebody was asked, and said neither.")),
        Named(
            "resolutions_not_reachable",
            say.label("Nobody could be asked"),
            say.label("Such as where the person has no Telegram."),
        ),
        Named("resolutions_withdrawn", say.label("Withdrawn before a reply")),
        Named("resolutions_asked", say.label("Still being asked")),
        Named("satisfied", say.label("Satisfied with the handling")),
        Named("not_satisfied", say.label("Not satisfied with the handling")),
    ]


def _rates(say: PlainSpeaker) -> list[Named]:
    owed = say.label("Of those answered, and those whose deadline has passed without an answer.")
    judged = say.label("Of those that residents judged.")
    over = say.label("Of all that are no longer being asked: silence counts as no.")
    return [
        Named("answered_rate", say.label("Answered, per cent"), owed),
        Named(
            "answered_rate_if_silence_is_no",
            say.label("Answered, of all, per cent"),
            say.label("Of all collected that somebody is owed an answer to."),
        ),
        Named("in_time_rate", say.label("Answered in time, per cent"), owed),
        Named(
            "in_time_rate_if_silence_is_no",
            say.label("Answered in time, of all, per cent"),
            say.label("Of all with a deadline."),
        ),
        Named("resolved_rate", say.label("Fixed, residents say, per cent"), say.label("Yes, of yes and no.")),
        Named("resolved_rate_if_silence_is_no", say.label("Fixed, residents say, if silence is no, per cent"), over),
        Named("satisfied_rate", say.label("Satisfied, per cent"), judged),
        Named("satisfied_rate_if_silence_is_no", say.label("Satisfied, if silence is no, per cent"), over),
    ]


def _what_else(say: PlainSpeaker) -> list[Named]:
    return [
        Named("declined", say.label("Declined")),
        Named("objections", say.label("Objections"), say.label("Of people whose report was declined.")),
        Named("objections_granted", say.label("Objections: reopened")),
        Named("objections_refused", say.label("Objections: the decision stands")),
        Named("objections_dropped", say.label("Objections: withdrawn or merged first")),
        Named("objections_waiting", say.label("Objections: not decided yet")),
        Named("passed_on", say.label("Passed on")),
        Named(
            "urgent_solved",
            say.label("Pressing problems solved"),
            say.label("Staff said in this time that it is fixed, and nobody has said no by its end."),
        ),
        Named("reopened", say.label("Reopened by residents")),
        Named("overdue", say.label("Deadline missed"), say.label("Reports whose deadline was found to have passed.")),
    ]


def _times(say: PlainSpeaker) -> list[Named]:
    return took(
        say,
        ("first_answer", say.label("First answer")),
        ("first_answer_working", say.label("First answer, in working time")),
        ("resolution", say.label("Resolved by staff")),
        ("resolution_working", say.label("Resolved by staff, in working time")),
    )
