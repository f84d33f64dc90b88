"""What is kept about everybody who uses the bot, whatever they do with it."""

from storage.core.declared_data import Declared, Held, Reason, Until

PERSONAL_DATA = Declared(
    "People",
    (
        Held("people", "id telegram_id name username language chose_language started created_at", "id",
             "Telegram's number, the name and @username somebody has there, their language, since when",
             "to answer them, in their language", Reason.REQUEST),
        Held("people", "phone", "id", "the telephone number of somebody without Telegram, who said that it may be kept",
             "to ring them back", Reason.CONSENT),
        Held("roles", "person role granted_by granted_at asleep", "person",
             "which roles somebody has, and who gave them", "only they may do what the role allows", Reason.TEAM,
             Until.REPLACED),
        Held("invitations", "code created_by opened_by opened_at used_by used_at", "used_by",
             "who made a one-time link, who opened it and who used it", "a role is given to the right person",
             Reason.TEAM),
        Held("preferences", "person code value", "person", "what somebody chose in /settings",
             "it is done as they wish", Reason.REQUEST, Until.REPLACED),
        Held("homes", "person area address kept_at", "person", "an address somebody let us keep for the next repair",
             "they need not write it again", Reason.CONSENT, Until.REPLACED),
        Held("public_names", "person name approved_by approved_at waiting refused", "person",
             "the name others read of a volunteer or of somebody who makes promises",
             "people know who comes, and who promised", Reason.CONSENT, Until.REPLACED),
    ),
    {
        "invitations": "purpose created_at expires_at ended_at",
        "public_names": "version",
    },
)  # fmt: skip
