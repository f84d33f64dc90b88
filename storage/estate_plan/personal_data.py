"""What is kept about people for the plan: of the links by which admins place areas, whose they are."""

from storage.core.declared_data import Declared, Held, Reason, Until

PERSONAL_DATA = Declared(
    "The plan of the neighbourhood",
    (
        Held("plan_links", "code person expires_at session ended_at", "person",
             "whose link to the page is where areas are placed, with digests of it and of the browser it opened",
             "only admins place areas", Reason.TEAM, Until.REPLACED),
    ),
    {
        "plan_pictures": "id from_file source type width height layout content made_at",
        "plan_spots": "layout area x y",
    },
)  # fmt: skip
