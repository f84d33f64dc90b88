"""What is kept so that a notice reaches those it is for, and to know who sent it."""

from storage.core.declared_data import DELETE, NUMBER, Declared, Export, Held, Reason, Until, keep

PERSONAL_DATA = Declared(
    "Notices",
    (
        Held("notices", "by alone_reason", "by", "who wrote a notice, and why a lead sent one alone",
             "it is known who sent it", Reason.TEAM, export=Export.WHOLE, erase=keep(NUMBER)),
        Held("notices", "confirmed_by", "confirmed_by", "who said the second yes to an urgent notice",
             "it is known who sent it", Reason.TEAM, export=Export.WHOLE, erase=keep(NUMBER)),
        Held("residences", "person area asked_at said_at", "person", "in which area somebody lives, never which door",
             "they get notices for that place", Reason.CONSENT, Until.REPLACED, export=Export.WHOLE, erase=DELETE),
    ),
    {"notices": "id kind urgent audience state broadcast send_at created_at changed_at"},
)  # fmt: skip
