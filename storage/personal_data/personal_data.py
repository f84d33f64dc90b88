"""What is kept of somebody while, and after, they are forgotten."""

from storage.core.declared_data import NUMBER, Declared, Export, Held, Reason, Until, Withheld, keep

PERSONAL_DATA = Declared(
    "Forgetting",
    (
        Held("forgetting", "person asked_at step chat telegram_id last_message last_card last_outbox "
             "last_update tells done_at", "person",
             "who is being forgotten, and how far that is; their chat and Telegram's number of them until all is done",
             "all of it is done, also after a crash, and they read that it is", Reason.REQUEST, Until.FOR_GOOD,
             export=Withheld("nobody can ask for a copy any more who is being forgotten"),
             erase=keep("the number and when; the rest goes when all is done")),
        Held("forgetting", "asked_by", "asked_by", "which admin did it for somebody else", "it is known who did it",
             Reason.TEAM, Until.FOR_GOOD, export=Export.WHOLE, erase=keep(NUMBER)),
    ),
    {"forgetting": "id"},
)  # fmt: skip
