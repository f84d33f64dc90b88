"""A project is delivered, and what its people say of that."""

from dataclasses import dataclass

from domain.events.projects import ProjectEvent


@dataclass(frozen=True, kw_only=True)
class ProjectDelivered(ProjectEvent, kind="project.delivered", says=True):
    """What it was for is there, its lead says: so many `reports` in it are resolved, and everybody is asked."""

    reports: int
