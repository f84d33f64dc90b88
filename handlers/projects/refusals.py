"""What projects refuse, said kindly."""

from collections.abc import Callable
from typing import Any

from handlers.kit.texts import Speaker
from services.projects import access, bundling, leading, making, milestones, stages


def _outdated(say: Speaker, _refusal: Exception) -> str:
    return say.label("This project was changed in the meantime. Please open it again and look.")


def _still_open(say: Speaker, refusal: stages.StillOpen) -> str:
    return say.plural(
        "{count} report in it is still open. It is done when none is.",
        "{count} reports in it are still open. It is done when none is.",
        refusal.count,
    )


def _in_another(say: Speaker, refusal: bundling.InAnother) -> str:
    return say.label("It is in project no. {number}.", number=refusal.project)


def _not_fit(say: Speaker, _refusal: Exception) -> str:
    return say.label("It is about a person or of danger, and everyone can see that project. It stays out of it.")


def _not_for_public(say: Speaker, refusal: making.NotForPublic) -> str:
    return say.plural(
        "In it is {count} report about a person or of danger.",
        "In it are {count} reports about a person or of danger.",
        refusal.count,
    )


def _too_many_leads(say: Speaker, _refusal: Exception) -> str:
    return say.label("At most {count} people lead one project.", count=leading.MOST)


def _last_lead(say: Speaker, _refusal: Exception) -> str:
    return say.label("Someone has to lead it. Please choose another lead first.")


def _in_the_past(say: Speaker, _refusal: Exception) -> str:
    return say.label("That day is over. Please choose one that is still to come.")


def _too_many_milestones(say: Speaker, _refusal: Exception) -> str:
    return say.label("A project has at most {count} milestones.", count=milestones.MOST)


REFUSALS: dict[type[Exception], Callable[[Speaker, Any], str]] = {
    access.Outdated: _outdated,
    stages.StillOpen: _still_open,
    bundling.InAnother: _in_another,
    bundling.NotFit: _not_fit,
    making.NotForPublic: _not_for_public,
    leading.TooManyLeads: _too_many_leads,
    leading.LastLead: _last_lead,
    milestones.InThePast: _in_the_past,
    milestones.TooManyMilestones: _too_many_milestones,
}
