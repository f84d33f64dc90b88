"""What is kept about those who ask for a repair, and about the volunteer who comes."""

from storage.core.declared_data import Declared, Held, Reason

PERSONAL_DATA = Declared(
    "Repairs",
    (
        Held("repairs", "id person asked_by area address home phone code numbers_asker numbers_taker danger created_at",
             "person", "who needs a repair and who asked for it; the address, a telephone number of somebody without "
             "Telegram, when somebody is home, the code both sides say at the door",
             "the volunteer who comes finds the door, and both know whom they let in", Reason.REQUEST),
        Held("repairs", "taker taken_at arrives_at whole_day minutes thanked", "taker",
             "who of the volunteers has it, when they come, how long it took", "they are expected, and thanked",
             Reason.REQUEST),
        Held("repair_parts", "person text file_id file_unique_id duration message created_at", "person",
             "what is wrong, as it was written or sent; of files Telegram's name for them",
             "the volunteer knows what to bring", Reason.REQUEST),
        Held("repair_offers", "person state card offered_at answered_at", "person",
             "which volunteers were asked, and what they said", "the next one is asked", Reason.REQUEST),
    ),
    {
        "repairs": "trade urgency released state version round circle turn_asked_at report changed_at closed_at",
        "repair_parts": "id repair purpose kind",
        "repair_offers": "repair circle distance times",
    },
)  # fmt: skip
