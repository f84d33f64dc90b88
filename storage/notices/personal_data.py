"""What is kept so that a notice reaches those it is for, and to know who sent it."""

from storage.core.declared_data import Declared, Held, Reason, Until

PERSONAL_DATA = Declared(
    "Notices",
    (
        Held("notices", "by confirmed_by alone_reason", "by",
             "who wrote a notice, who said the second yes, why a lead sent one alone", "it is known who sent it",
             Reason.TEAM),
        Held("residences", "person area asked_at said_at", "person", "in which area somebody lives, never which door",
             "they get notices for that place", Reason.CONSENT, Until.REPLACED),
    ),
    {"notices": "id kind urgent audience state broadcast send_at created_at changed_at"},
)  # fmt: skip
