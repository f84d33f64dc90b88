"""What is kept of words to many: who wrote them, and to whom they went."""

from storage.core.declared_data import NUMBER, Declared, Export, Held, Reason, Until, keep

PERSONAL_DATA = Declared(
    "Words to many",
    (
        Held("broadcasts", "by", "by", "who said something to many", "they can correct and withdraw it", Reason.TEAM,
             export=Export.WHOLE, erase=keep(NUMBER)),
        Held("broadcast_recipients", "person about state not_before card outbox no_file", "person",
             "to whom it went, about which report of theirs, and whether it arrived",
             "nobody gets it twice, and a correction reaches everybody", Reason.REQUEST, Until.LIST,
             export=Export.WHOLE,
             erase=keep("how many it reached, by a number that leads to no name")),
    ),
    {
        "broadcasts": "id subject kind urgent state gathered_to version created_at started_at finished_at counts "
                      "listed",
        "broadcast_parts": "id broadcast language kind text file_id file_unique_id created_at replaced_at",
        "broadcast_recipients": "broadcast",
    },
)  # fmt: skip
