"""What is kept about everybody who uses the bot, whatever they do with it."""

from storage.core.declared_data import DELETE, NUMBER, Declared, Export, Held, Reason, Until, Withheld, empty, keep

PERSONAL_DATA = Declared(
    "People",
    (
        Held("people", "id telegram_id name username language chose_language started created_at forgotten_at "
             "seen_on", "id",
             "Telegram's number, the name and @username somebody has there, their language, since when, and "
             "the day on which they were last here", "to answer them, in their language", Reason.REQUEST, Until.AWAY,
             export=Export.WHOLE,
             erase=empty("telegram_id name username seen_on",
                         "a number that leads to no name, its language, since when")),
        Held("people", "phone", "id", "the telephone number of somebody without Telegram, who said that it may be kept",
             "to ring them back", Reason.CONSENT, export=Export.WHOLE, erase=empty("phone")),
        Held("roles", "person role granted_at asleep", "person", "which roles somebody has",
             "only they may do what the role allows", Reason.TEAM, Until.REPLACED, export=Export.WHOLE, erase=DELETE),
        Held("roles", "granted_by role granted_at", "granted_by", "who gave somebody a role",
             "it is known who let them in", Reason.TEAM, Until.REPLACED, export=Export.WHOLE, erase=keep(NUMBER)),
        Held("invitations", "created_by", "created_by", "who made a one-time link",
             "they are asked before it gives a great role", Reason.TEAM, Until.LINK, export=Export.WHOLE,
             erase=keep(NUMBER)),
        Held("invitations", "opened_by opened_at", "opened_by", "who opened a one-time link",
             "a role is given to the right person", Reason.TEAM, Until.LINK, export=Export.WHOLE, erase=keep(NUMBER)),
        Held("invitations", "used_by used_at", "used_by", "who used a one-time link",
             "a role is given to the right person", Reason.TEAM, Until.LINK, export=Export.WHOLE, erase=keep(NUMBER)),
        Held("invitations", "code", "created_by", "what stands in that link", "only the one it was given to can use it",
             Reason.TEAM, Until.LINK, export=Withheld("it gives a role to the person who has it"),
             erase=keep("a code that gives nothing any more: who made it has no role")),
        Held("preferences", "person code value", "person", "what somebody chose in /settings",
             "it is done as they wish", Reason.REQUEST, Until.REPLACED, export=Export.WHOLE, erase=DELETE),
        Held("homes", "person area address kept_at", "person", "an address somebody let us keep for the next repair",
             "they need not write it again", Reason.CONSENT, Until.REPLACED, export=Export.WHOLE, erase=DELETE),
        Held("public_names", "person name approved_at waiting refused", "person",
             "the name others read of a volunteer or of somebody who makes promises",
             "people know who comes, and who promised", Reason.CONSENT, Until.REPLACED, export=Export.WHOLE,
             erase=DELETE),
        Held("public_names", "approved_by approved_at", "approved_by", "who of the staff let that name be shown",
             "it is known who said so", Reason.TEAM, Until.REPLACED, export=Export.WHOLE, erase=keep(NUMBER)),
        Held("counts_of_people", "person what since count", "person",
             "how often somebody pressed, wrote or sent files in the ten minutes that run, and was refused in a day",
             "one person's many are nobody else's wait", Reason.OPERATION, Until.DAYS, export=Export.WHOLE,
             erase=DELETE),
    ),
    {
        "invitations": "purpose created_at expires_at ended_at",
        "public_names": "version",
    },
)  # fmt: skip
