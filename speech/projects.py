"""How a project is spoken of where everybody reads it: where it stands, who leads it, and of how many people it is."""

from collections.abc import Collection, Sequence

from domain.people.rights import Role
from domain.projects.disclosure import Published
from domain.projects.projects import Stage
from speech.speaker import PlainSpeaker

STAFF = frozenset({Role.STAFF, Role.LEAD, Role.ADMIN})


def stage(say: PlainSpeaker, of: Stage) -> str:
    """Where it stands."""
    return {
        Stage.LISTENING: say.label("Listening"),
        Stage.DELIBERATING: say.label("Weighing what can be done"),
        Stage.DELIVERING: say.label("Working on it"),
        Stage.DONE: say.label("Completed"),
        Stage.GIVEN_UP: say.label("Given up"),
    }[of]


def office(say: PlainSpeaker, leads: Sequence[Collection[str]]) -> str:
    """Who leads it, by the roles of each: never a name. Without anybody it is with the staff."""
    found = [_office(say, roles) for roles in leads] or [say.label("the staff")]
    return say.listed(dict.fromkeys(found))


def _office(say: PlainSpeaker, roles: Collection[str]) -> str:
    if STAFF.intersection(roles):
        return say.label("the staff")
    if Role.REPRESENTATIVE in roles:
        return say.label("a resident representative")
    return say.label("a volunteer")


def people(say: PlainSpeaker, said: Published) -> str | None:
    """How many people it is about, as far as that may be said; None when nobody has reported anything of it."""
    if said.people is None:
        return None
    if not said.people:
        return say.label("a few people")
    return say.plural("at least {count} person", "at least {count} people", said.people)


def verdict(say: PlainSpeaker, said: Published) -> str | None:
    """How many say that it is not fixed, as far as that may be said; None when nobody does."""
    if said.answers is not None:
        return say.label(
            "{count} of the {all} people who answered say that it is not fixed.",
            count=said.answers.not_fixed,
            all=said.answers.fixed + said.answers.not_fixed,
        )
    return say.label("Some say that it is not fixed.") if said.some else None
