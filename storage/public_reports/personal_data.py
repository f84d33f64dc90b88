"""What is kept about those whose reports everybody can read of, by titles staff wrote, and about photos of them."""

from storage.core.declared_data import DELETE, NUMBER, Declared, Export, Held, Reason, Until, keep

PERSONAL_DATA = Declared(
    "Reports on the public page",
    (
        Held("public_titles", "by written_at", "by", "who of the staff wrote a title that everybody can read",
             "it is known who said so", Reason.TEAM, export=Export.WHOLE, erase=keep(NUMBER)),
        Held("public_reports", "report released_at", "report/person", "that everybody can read of somebody's report",
             "they can have it taken off", Reason.REQUEST, export=Export.WHOLE,
             erase=keep("a title that staff wrote for everybody, and its address; no name")),
        Held("public_reports", "report released_by released_at", "released_by",
             "who of the staff released a report last, and when", "it is known who said so", Reason.TEAM,
             export=Export.WHOLE, erase=keep(NUMBER)),
        Held("public_report_objections", "report person at", "person",
             "who does not want their report on the public page", "it is not shown again without them",
             Reason.REQUEST, Until.REPLACED, export=Export.WHOLE,
             erase=keep("so that it is not shown again; a number that leads to no name")),
        Held("report_photos", "part file_id file_unique_id chosen_at gone_at removed_at", "part/person",
             "a photo of somebody's that was chosen for the public page; Telegram's name for it",
             "everybody sees what was reported", Reason.CONSENT, Until.REPORT, export=Export.WHOLE,
             erase=DELETE),
        Held("report_photos", "by chosen_at removed_at", "by", "who of the staff chose a photo",
             "it is known who said so", Reason.TEAM, export=Export.WHOLE, erase=keep(NUMBER)),
    ),
    {
        "reports": "public_title",
        "public_titles": "id report",
        "public_title_words": "title language words",
        "public_reports": "code changed_on",
        "public_report_lists": "area category state changed_on report",
        "report_photos": "id report",
    },
)  # fmt: skip
