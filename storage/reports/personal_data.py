"""What is kept about those who report, and about those who answer them."""

from storage.core.declared_data import Declared, Held, Reason

PERSONAL_DATA = Declared(
    "Reports",
    (
        Held("reports", "id person relation area place latitude longitude created_at", "person",
             "who sent a report, where it is, what they have to do with the place", "staff see to it and answer",
             Reason.REQUEST),
        Held("reports", "danger about_person title heard heard_right", "person",
             "whether it speaks of danger or of a person, and the line staff gave it",
             "staff find it, and show it to nobody who is not to read it", Reason.REQUEST),
        Held("reports", "recorded_by assignee", "assignee", "who of the staff wrote it down, and who is in charge",
             "it is known who sees to it", Reason.TEAM),
        Held("report_parts", "person text file_id file_unique_id duration message created_at changed_at taken_back_at",
             "person", "what residents and staff wrote or sent about a report; of files Telegram's name for them",
             "it is what the report is about", Reason.REQUEST),
        Held("supports", "report person created_at", "person", "who joined the report of somebody else",
             "they hear what becomes of it", Reason.REQUEST),
        Held("verdicts", "person asked_at reminded_at answer answered_at content", "person",
             "what somebody answered when asked whether it is fixed", "a report is closed, or opened again",
             Reason.REQUEST),
        Held("dangers", "person subject rang_at asked_at shown_at", "person", "that somebody wrote of danger, and when "
             "staff were rung", "help comes, and staff are rung once", Reason.SAFETY),
        Held("danger_words", "part message place created_at", "danger/person",
             "what somebody in danger wrote after being asked where it is", "help finds them", Reason.SAFETY),
        Held("nearby_words", "place word report", "report/person", "words of a report and where it is",
             "who reports the same is asked whether it is the same", Reason.REQUEST),
    ),
    {
        "reports": "category follows state version rounds department due_at merged_into state_before handed_to "
                   "handed_at ask_again_at objected_at changed_at closed_at project notice pressing",
        "report_parts": "id report purpose first kind template released",
        "verdicts": "report round",
        "dangers": "id kind at_once again again_at closed_at",
        "danger_words": "id danger on_card state",
        "gathered": "report card",
    },
)  # fmt: skip
