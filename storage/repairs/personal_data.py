"""What is kept about those who ask for a repair, and about the volunteer who comes."""

from storage.core.declared_data import DELETE, NUMBER, Declared, Export, Held, Reason, Until, Withheld, empty, keep

PERSONAL_DATA = Declared(
    "Repairs",
    (
        Held("repairs", "id person area address home phone danger created_at", "person",
             "who needs a repair; the address, a telephone number of somebody without Telegram, when somebody is home",
             "the volunteer who comes finds the door", Reason.REQUEST, Until.ADDRESS, export=Export.WHOLE,
             erase=empty("address home phone", "its number, trade and area, for the figures")),
        Held("repairs", "code", "person", "the code both sides say at the door", "both know whom they let in",
             Reason.REQUEST, Until.ADDRESS, export=Withheld("it stands on their card as long as it counts"),
             erase=empty("code")),
        Held("repairs", "id asked_by numbers_asker created_at", "asked_by",
             "who asked for a repair, for themselves or for somebody else, and whether numbers may be written",
             "they are told what becomes of it", Reason.REQUEST, export=Export.WHOLE, erase=keep(NUMBER)),
        Held("repairs", "id taker taken_at arrives_at whole_day minutes thanked numbers_taker", "taker",
             "who of the volunteers has it, when they come, how long it took", "they are expected, and thanked",
             Reason.REQUEST, export=Export.WHOLE, erase=keep(NUMBER)),
        Held("repair_parts", "person text file_id file_unique_id duration message created_at", "person",
             "what is wrong, as it was written or sent; of files Telegram's name for them",
             "the volunteer knows what to bring", Reason.REQUEST, Until.REPAIR, export=Export.WHOLE,
             erase=DELETE),
        Held("repair_offers", "person state card offered_at answered_at", "person",
             "which volunteers were asked, and what they said", "the next one is asked", Reason.REQUEST,
             export=Export.WHOLE, erase=keep(NUMBER)),
    ),
    {
        "repairs": "trade urgency released state version round circle turn_asked_at report changed_at closed_at "
                   "wordless_at",
        "repair_parts": "id repair purpose kind",
        "repair_offers": "repair circle distance times",
    },
)  # fmt: skip
