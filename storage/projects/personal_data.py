"""What is kept about those whose reports are in a project, about those who lead it, and about photos shown for it."""

from storage.core.declared_data import DELETE, NUMBER, Declared, Export, Held, Reason, Until, keep

PERSONAL_DATA = Declared(
    "Projects",
    (
        Held("project_leads", "person since", "person", "who leads a project", "they can steer it, and are reminded",
             Reason.TEAM, Until.REPLACED, export=Export.WHOLE, erase=DELETE),
        Held("projects", "created_by", "created_by", "who of the staff began a project", "staff can ask them",
             Reason.TEAM, export=Export.WHOLE, erase=keep(NUMBER)),
        Held("project_told", "person at", "person", "who was told that their report is in a project",
             "each person is told once", Reason.REQUEST, Until.PROJECT, export=Export.WHOLE, erase=DELETE),
        Held("photo_consents", "part person file_unique_id asked_at answer answered_at", "person",
             "whether somebody lets others see a photo of theirs, and when they said so",
             "no photo is shown without a yes", Reason.CONSENT, Until.REPORT, export=Export.WHOLE, erase=DELETE),
        Held("project_photos", "part file_id file_unique_id created_at released_at gone_at removed_at", "part/person",
             "a photo of somebody's that was chosen for a project; Telegram's name for it",
             "before and after can be seen", Reason.CONSENT, Until.REPORT, export=Export.WHOLE, erase=DELETE),
        Held("project_photos", "by created_at released_at removed_at", "by", "who of the staff chose a photo",
             "it is known who said so", Reason.TEAM, export=Export.WHOLE, erase=keep(NUMBER)),
        Held("project_departments", "asked_by", "asked_by", "who of the staff called a department in",
             "it is known who said so", Reason.TEAM, export=Export.WHOLE, erase=keep(NUMBER)),
        Held("project_departments", "words answered_by answered_at", "answered_by",
             "who answered for a department, and what", "it is known who said so", Reason.TEAM, export=Export.WHOLE,
             erase=keep("what the department answered; a number that leads to no name")),
    ),
    {
        "projects": "id title goal stage public reason version created_at moved_at ended_at",
        "project_leads": "project",
        "project_told": "project",
        "project_photos": "id project moment",
        "project_departments": "id project department asked_at answer_by answer comes_on came_at version",
        "project_areas": "project area",
        "project_answers": "project fixed not_fixed published_at",
        "project_figures": "project people fixed not_fixed some counted_at",
        "milestones": "id project title due_on moved_from why reached_at created_at",
    },
)  # fmt: skip
