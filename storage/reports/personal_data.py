"""What is kept about those who report, and about those who answer them."""

from storage.core.declared_data import DELETE, NUMBER, Declared, Export, Held, Reason, Withheld, delete, empty, keep

PERSONAL_DATA = Declared(
    "Reports",
    (
        Held("reports", "id person relation area place latitude longitude created_at", "person",
             "who sent a report, where it is, what they have to do with the place", "staff see to it and answer",
             Reason.REQUEST, export=Export.OWN,
             erase=empty("relation place latitude longitude", "its number, area and kind, for the figures")),
        Held("reports", "id danger title heard heard_right", "person",
             "whether it speaks of danger, the line staff gave it, what they heard in a voice message",
             "staff find it", Reason.REQUEST, export=Export.OWN,
             erase=empty("title heard heard_right", "two codes; the line staff gave it, where others have the same "
                         "trouble")),
        Held("reports", "about_person pressing", "person",
             "whether staff marked it as about a person, or as pressing",
             "it is shown to nobody who is not to read it, and not overlooked", Reason.REQUEST,
             export=Withheld("the staff's own marks for their work; the first is there for the person spoken of"),
             erase=keep("two marks of the staff")),
        Held("reports", "id recorded_by created_at", "recorded_by", "who of the staff wrote it down",
             "it is known who sees to it", Reason.TEAM, export=Export.WHOLE, erase=keep(NUMBER)),
        Held("reports", "id assignee", "assignee", "who is in charge", "it is known who sees to it", Reason.TEAM,
             export=Export.WHOLE, erase=keep(NUMBER)),
        Held("report_parts", "person text file_id file_unique_id duration message created_at changed_at taken_back_at",
             "person", "what residents and staff wrote or sent about a report; of files Telegram's name for them",
             "it is what the report is about", Reason.REQUEST, export=Export.WHOLE,
             erase=delete("what they said as staff, in a report of somebody else")),
        Held("supports", "report person created_at", "person", "who joined the report of somebody else",
             "they hear what becomes of it", Reason.REQUEST, export=Export.WHOLE,
             erase=keep("how many have the same trouble, by a number that leads to no name")),
        Held("verdicts", "person asked_at reminded_at answer answered_at content", "person",
             "what somebody answered when asked whether it is fixed", "a report is closed, or opened again",
             Reason.REQUEST, export=Export.WHOLE,
             erase=keep("how many say that it is fixed, by a number that leads to no name")),
        Held("dangers", "person subject rang_at asked_at shown_at", "person", "that somebody wrote of danger, and when "
             "staff were rung", "help comes, and staff are rung once", Reason.SAFETY, export=Export.WHOLE,
             erase=keep("that staff were rung, and when; no word of it")),
        Held("danger_words", "part message place created_at", "danger/person",
             "what somebody in danger wrote after being asked where it is", "help finds them", Reason.SAFETY,
             export=Export.WHOLE, erase=DELETE),
        Held("nearby_words", "place word report", "report/person", "words of a report and where it is",
             "who reports the same is asked whether it is the same", Reason.REQUEST,
             export=Withheld("an index of the words that stand in the report"), erase=DELETE),
    ),
    {
        "reports": "category follows state version rounds department due_at merged_into state_before handed_to "
                   "handed_at ask_again_at objected_at changed_at closed_at project notice",
        "report_parts": "id report purpose first kind template released",
        "verdicts": "report round",
        "dangers": "id kind at_once again again_at closed_at",
        "danger_words": "id danger on_card state",
        "gathered": "report card",
    },
)  # fmt: skip
