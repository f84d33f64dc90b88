"""What is kept about those who make public promises, and about those who thank them."""

from storage.core.declared_data import Declared, Held, Reason, Until

PERSONAL_DATA = Declared(
    "Promises",
    (
        Held("pledges", "id person keeper recorded_by words created_at", "person",
             "who made a promise and what it says, who answers for it, who wrote it down for them",
             "it is kept, and they are reminded", Reason.CONSENT),
        Held("pledge_wordings", "words written_by created_at asked decided_by decided_at", "pledge/person",
             "each wording a promise had, who wrote it and who let it on the board", "a promise is not changed unseen",
             Reason.CONSENT),
        Held("pledge_consents", "pledge what given_by how given_at withdrawn_at asleep", "pledge/person",
             "what may be shown of somebody, who asked them and how, when they took it back",
             "only what they let be shown is shown", Reason.CONSENT),
        Held("checkins", "person answer amount words file_id file_unique_id message created_at undone_at released_by "
             "released_at gone_at", "person", "how a promise went, in words, numbers and photos",
             "everybody sees whether it was kept", Reason.CONSENT),
        Held("pledge_thanks", "pledge person created_at", "person", "who said thank you", "nobody thanks twice",
             Reason.REQUEST),
        Held("keepers", "person weekday minute before", "person", "when somebody is reminded of their promises",
             "they are reminded then", Reason.REQUEST, Until.REPLACED),
        Held("occurrences", "pledge outcome done told settled_at", "pledge/person",
             "what became of each time of a promise", "it stands on the board", Reason.CONSENT),
    ),
    {
        "pledges": "kind state version plan zone report planned_until changed_at published_at ended_at",
        "pledge_areas": "pledge area",
        "pledge_wordings": "id pledge plan areas state",
        "pledge_consents": "id",
        "checkins": "id pledge occurrence kind",
        "occurrences": "id key starts_at ends_at target asked_again_at",
    },
)  # fmt: skip
