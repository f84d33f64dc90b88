"""What is kept about those who make public promises, and about those who thank them."""

from storage.core.declared_data import Declared, Export, Held, Reason, Until

PERSONAL_DATA = Declared(
    "Promises",
    (
        Held("pledges", "id person words created_at", "person", "who made a promise and what it says",
             "it is kept, and they are reminded", Reason.CONSENT, export=Export.WHOLE),
        Held("pledges", "id keeper", "keeper", "who answers for a promise: its maker, or a person who speaks for them",
             "they are reminded", Reason.CONSENT, export=Export.WHOLE),
        Held("pledges", "id recorded_by", "recorded_by", "who of the staff wrote a promise down",
             "it is known who wrote it down", Reason.TEAM, export=Export.WHOLE),
        Held("pledge_wordings", "words created_at asked decided_at", "pledge/person",
             "each wording a promise had, and what staff asked to have changed", "a promise is not changed unseen",
             Reason.CONSENT, export=Export.WHOLE),
        Held("pledge_wordings", "written_by created_at", "written_by", "who wrote a wording",
             "a promise is not changed unseen", Reason.CONSENT, export=Export.WHOLE),
        Held("pledge_wordings", "decided_by decided_at", "decided_by", "who let a wording on the board",
             "a promise is not changed unseen", Reason.TEAM, export=Export.WHOLE),
        Held("pledge_consents", "pledge what how given_at withdrawn_at asleep", "pledge/person",
             "what may be shown of somebody, how they were asked, when they took it back",
             "only what they let be shown is shown", Reason.CONSENT, export=Export.WHOLE),
        Held("pledge_consents", "pledge given_by given_at", "given_by", "who said yes, or who of the staff asked them",
             "only what they let be shown is shown", Reason.CONSENT, export=Export.WHOLE),
        Held("checkins", "person answer amount words file_id file_unique_id message created_at undone_at "
             "released_at gone_at", "person", "how a promise went, in words, numbers and photos",
             "everybody sees whether it was kept", Reason.CONSENT, export=Export.WHOLE),
        Held("checkins", "released_by released_at", "released_by",
             "who of the staff let the board show words and photo", "it is known who said so", Reason.TEAM,
             export=Export.WHOLE),
        Held("pledge_thanks", "pledge person created_at", "person", "who said thank you", "nobody thanks twice",
             Reason.REQUEST, export=Export.WHOLE),
        Held("keepers", "person weekday minute before", "person", "when somebody is reminded of their promises",
             "they are reminded then", Reason.REQUEST, Until.REPLACED, export=Export.WHOLE),
        Held("occurrences", "pledge outcome done told settled_at", "pledge/person",
             "what became of each time of a promise", "it stands on the board", Reason.CONSENT, export=Export.WHOLE),
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
