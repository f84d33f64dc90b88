"""How a report is spoken of: its kind, its place, its state, a line it goes by."""

from datetime import datetime

from domain.community import Community
from domain.danger.danger import find_danger
from domain.language.words import Words
from domain.reports.part_purposes import PartPurpose
from domain.reports.reports import Relation, State
from handlers.kit import wording
from handlers.kit.texts import Html, Speaker, escape, one_line
from storage.reports.reports import Part, Report


def kind(community: Community, say: Speaker, code: str | None) -> Html:
    """The category's name, or that none is chosen."""
    category = community.category(code) if code else None
    return say("not chosen yet") if category is None else escape(say.words(category.name))


def report_place(community: Community, say: Speaker, report: Report) -> Html:
    """Where a report is about."""
    return wording.place(community, say, report.area, report.place, report.latitude)


def handed_to(community: Community, say: Speaker, to: str) -> str:
    """Whom a report was handed on to: a partner by name, or the name staff wrote."""
    partner = community.partner(to)
    return say.words(partner.name) if partner else to


def handed_on(community: Community, say: Speaker, report: Report, now: datetime) -> Html | None:
    """With whom it is, since when, and when they are asked again; None while it is with nobody outside."""
    if report.state is not State.HANDED_ON or not report.handed_to or not report.handed_at or not report.ask_again_at:
        return None
    return say(
        "With {name} since {since}; we ask again on {again}.",
        name=handed_to(community, say, report.handed_to),
        since=say.day(report.handed_at, now),
        again=say.day(report.ask_again_at, now),
    )


def state_for_resident(say: Speaker, state: State) -> str:
    """Where it stands, in the words a resident reads."""
    return {
        State.NEW: say.label("Received"),
        State.TAKEN: say.label("Somebody is looking after it"),
        State.STARTED: say.label("Work has begun"),
        State.HANDED_ON: say.label("With somebody else"),
        State.RESOLVED: say.label("Said to be fixed. Is it?"),
        State.REOPENED: say.label("Open again"),
        State.CONFIRMED: say.label("Fixed: you said so"),
        State.UNANSWERED: say.label("Closed: nobody said no"),
        State.CLOSED: say.label("Closed"),
        State.DECLINED: say.label("Declined"),
        State.WITHDRAWN: say.label("Taken back"),
        State.MERGED: say.label("Together with another report"),
    }[state]


def state_for_staff(say: Speaker, state: State) -> str:
    """Where it stands, in a word or two."""
    return {
        State.NEW: say.label("NEW"),
        State.TAKEN: say.label("TAKEN"),
        State.STARTED: say.label("IN WORK"),
        State.HANDED_ON: say.label("HANDED ON"),
        State.RESOLVED: say.label("RESOLVED, resident asked"),
        State.REOPENED: say.label("REOPENED"),  # by whom and why stands on the card
        State.CONFIRMED: say.label("CLOSED, resident agrees"),
        State.UNANSWERED: say.label("CLOSED, no answer"),
        State.CLOSED: say.label("CLOSED"),
        State.DECLINED: say.label("DECLINED"),
        State.WITHDRAWN: say.label("WITHDRAWN by the resident"),
        State.MERGED: say.label("MERGED"),
    }[state]


def stands_for_staff(say: Speaker, report: Report) -> str:
    """Where a report stands, in a word or two; a merged one with the one it is part of."""
    if report.merged_into is not None:
        return say.label("MERGED with no. {number}", number=report.merged_into)
    return state_for_staff(say, report.state)


def is_suggestion(community: Community, report: Report) -> bool:
    """Whether there is nothing to be fixed: "Were you answered?" is asked instead."""
    category = community.category(report.category) if report.category else None
    return category is not None and category.suggestion


def stands_for_resident(community: Community, say: Speaker, report: Report, main: Report) -> str:
    """Where a report stands, in the words a resident reads; `main` is what it is part of, else the report itself."""
    state = state_for_resident(say, main.state)
    if is_suggestion(community, main):
        if main.state is State.RESOLVED:
            state = say.label("Said to be answered. Is it?")
        elif main.state is State.CONFIRMED:
            state = say.label("Answered: you said so")
    if report.id == main.id:
        return state
    return say.label("together with no. {number}. {state}", number=main.id, state=state)


def relation_in_own_words(say: Speaker, relation: Relation) -> str:
    """What somebody has to do with the place, as they would say it."""
    return {
        Relation.LIVES: say.label("I live here"),
        Relation.WORKS: say.label("I work here"),
        Relation.PASSING: say.label("I am just passing by"),
    }[relation]


def relation_for_staff(say: Speaker, relation: str | None) -> Html | None:
    """What the resident has to do with the place; None when they have not said."""
    if relation is None:
        return None
    return {
        Relation.LIVES: say("The resident lives here"),
        Relation.WORKS: say("The resident works here"),
        Relation.PASSING: say("The resident was passing by"),
    }[Relation(relation)]


def wrote(report: Report, person: int, parts: list[Part]) -> bool:
    """Whether its words are theirs: it is their report, and not one they joined (or joined, and had passed to them)."""
    wrote_it = (person, report.recorded_by, None)
    return report.person == person and all(
        part.person in wrote_it for part in parts if part.purpose == PartPurpose.REPORT
    )


def gist(
    community: Community, say: Speaker, report: Report, parts: list[Part], limit: int = 40, reader: int | None = None
) -> str:
    """The shortest way to name a report: title, else words, else kind.

    To staff, or to the resident `reader`, who reads no words but their own.
    """
    own = [part for part in parts if reader is None or part.person == reader]
    said = [part.text for part in own if part.text and part.purpose in (PartPurpose.REPORT, PartPurpose.SUPPORT)]
    words = said[0] if said else None
    if report.danger:  # what was said before it may be of something else
        words = next((text for text in said if find_danger(text, community.dangers)), words)
    theirs = reader is None or wrote(report, reader, parts)
    heard = report.heard if theirs else None
    title = report.title if theirs or not report.about_person else None
    text = title or words or heard
    if not text and report.nameless_at is not None and report.category is None:
        return say.label("words deleted")
    if not text:
        category = community.category(report.category) if report.category else None
        text = say.words(category.name) if category else say.label("voice message or photo")
    return one_line(text, limit)


def as_sent(say: Speaker, sent: str | None, template: Words | None) -> str | None:
    """Words of a template in the reader's language; as they were sent where the template says something else by now."""
    if template is None or (sent is not None and sent not in dict(template.texts).values()):
        return sent
    return say.words(template)
