"""What is kept so that staff find things, and so that nobody floods their group."""

from storage.core.declared_data import DELETE, Declared, Export, Held, Reason, Until, Withheld

PERSONAL_DATA = Declared(
    "The staff's group",
    (
        Held("report_search", "words", "rowid>reports.id/person", "the words of a report, as an index",
             "staff find it by a word", Reason.REQUEST, Until.REPORT,
             export=Withheld("an index of the words that stand in the report"), erase=DELETE),
        Held("searches", "person words", "person", "what somebody of the staff looked for last",
             "the next page of what was found", Reason.TEAM, Until.REPLACED, export=Export.WHOLE, erase=DELETE),
        Held("heard", "person chat since count card told_at", "person",
             "how many messages somebody causes in the staff's group within an hour", "one person keeps nobody out",
             Reason.OPERATION, Until.MONTHS, export=Export.WHOLE, erase=DELETE),
    ),
    {"search_waiting": "report", "searches": "id"},
)  # fmt: skip
