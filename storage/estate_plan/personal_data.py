"""What is kept about people for the plan: of the links by which admins place areas, whose they are."""

from storage.core.declared_data import DELETE, Declared, Export, Held, Reason, Until, Withheld

PERSONAL_DATA = Declared(
    "The plan of the neighbourhood",
    (
        Held("plan_links", "person expires_at ended_at", "person",
             "whose link to the page is where areas are placed, and until when it counts", "only admins place areas",
             Reason.TEAM, Until.REPLACED, export=Export.WHOLE, erase=DELETE),
        Held("plan_links", "code session", "person", "digests of that link and of the browser it opened",
             "only admins place areas", Reason.TEAM, Until.REPLACED, export=Withheld("they open that page"),
             erase=DELETE),
    ),
    {
        "plan_pictures": "id from_file source type width height layout content made_at",
        "plan_spots": "layout area x y",
    },
)  # fmt: skip
