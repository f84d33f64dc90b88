"""What is kept about volunteers: what they can do, where and when."""

from storage.core.declared_data import DELETE, NUMBER, Declared, Export, Held, Reason, Until, Withheld, keep

PERSONAL_DATA = Declared(
    "Volunteers",
    (
        Held("volunteers", "person state always windows at_once night on_duty paused_until jobs load last_job_at "
             "asked_at approved_at", "person",
             "when somebody can help, how many repairs they have done, and since when they are let in",
             "the right one is asked, and nobody too often", Reason.CONSENT, export=Export.WHOLE, erase=DELETE),
        Held("volunteers", "approved_by approved_at", "approved_by", "who of the staff let a volunteer in",
             "it is known who said so", Reason.TEAM, export=Export.WHOLE, erase=keep(NUMBER)),
        Held("volunteers", "phone listed", "person", "their telephone number, and whether staff may see it",
             "staff can ring them", Reason.CONSENT, Until.REPLACED, export=Export.WHOLE, erase=DELETE),
        Held("volunteer_trades", "person trade", "person/person", "what they can repair", "they are asked about that",
             Reason.CONSENT, Until.REPLACED, export=Export.WHOLE, erase=DELETE),
        Held("volunteer_areas", "person area", "person/person", "where they help", "they are asked about that",
             Reason.CONSENT, Until.REPLACED, export=Export.WHOLE, erase=DELETE),
        Held("volunteer_reach", "trade area load last_job person free night hours0 hours1 hours2", "person/person",
             "the same once more, laid out so that the right one is found at once", "a repair is offered at once",
             Reason.CONSENT, Until.REPLACED, export=Withheld("the same once more, laid out for the computer"),
             erase=DELETE),
    ),
)  # fmt: skip
