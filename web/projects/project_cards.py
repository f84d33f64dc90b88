"""A project as a page shows it: everything in words, and nothing of a person but their office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from domain.broadcasts.broadcasts import read_in
from domain.calendar.local_time import instant, local_time
from domain.community import Community
from domain.projects.photos import Moment
from domain.projects.projects import Stage
from services.projects import standing_still
from speech import projects, promises
from speech.speaker import PlainSpeaker, clean
from storage.projects.milestones import Milestone
from storage.projects.photos import Photo
from storage.projects.public_page import Said, Shown

NOON = time(12)


@dataclass(frozen=True)
class Step:
    """A stage on the way: `code` is past, now or ahead."""

    name: str
    code: str


@dataclass(frozen=True)
class MilestoneLine:
    """What is to be reached. `code` is reached, late or open; `moved` says from which day it was moved, and why."""

    title: str
    when: str
    code: str
    sign: str
    moved: str | None
    why: str | None


@dataclass(frozen=True)
class Picture:
    """A photo: its address, and what it is in words."""

    address: str
    words: str


@dataclass(frozen=True)
class ProjectCard:
    """What the template writes down. `still`: that nothing moves, and since when; None while something does."""

    number: int
    title: str
    goal: str | None
    stage: str
    code: str
    steps: Sequence[Step]
    reason: str | None
    areas: str | None
    lead: str
    people: str | None
    verdict: str | None
    counted: str | None
    answered: str | None
    next: MilestoneLine | None
    milestones: Sequence[MilestoneLine]
    said: str | None
    said_at: str | None
    before: Sequence[Picture]
    after: Sequence[Picture]
    moved: str
    still: str | None


@dataclass(frozen=True)
class Writer:
    """Writes cards in one language. `photos` tells the address of a photo, once its file is here."""

    say: PlainSpeaker
    community: Community
    now: datetime
    photos: Mapping[int, str]

    def card(self, shown: Shown) -> ProjectCard:
        """The card of one project."""
        say, project = self.say, shown.project
        figures = shown.figures
        said = figures.said if figures else None
        lines = [self._milestone(each) for each in shown.milestones]
        open_ones = [line for line, each in zip(lines, shown.milestones, strict=True) if each.reached_at is None]
        return ProjectCard(
            number=project.id,
            title=clean(project.title),
            goal=clean(project.goal) if project.goal else None,
            stage=projects.stage(say, project.stage),
            code=project.stage.value,
            steps=self._steps(project.stage),
            reason=clean(project.reason) if project.reason and project.stage is Stage.GIVEN_UP else None,
            areas=self._areas(shown.areas),
            lead=projects.office(say, shown.leads),
            people=projects.people(say, said) if said else None,
            verdict=projects.verdict(say, said) if said else None,
            counted=self._counted(figures.counted_at) if figures else None,
            answered=self._counted(figures.answers_at) if figures and figures.answers_at else None,
            next=open_ones[0] if open_ones and project.stage.is_open else None,
            milestones=lines,
            said=self._said(shown.said) if shown.said else None,
            said_at=say.day(shown.said.at, self.now) if shown.said else None,
            before=self._pictures(shown, Moment.BEFORE),
            after=self._pictures(shown, Moment.AFTER),
            moved=say.label("Last moved on {day}", day=say.day(project.moved_at, self.now)),
            still=self._still(shown),
        )

    def _areas(self, codes: Sequence[str]) -> str | None:
        """None where nobody has said where it is: that is not everywhere."""
        known = [code for code in codes if self.community.area(code)]
        return promises.areas(self.say, self.community, known) if known else None

    def _steps(self, at: Stage) -> list[Step]:
        if at is Stage.GIVEN_UP:
            return []
        way = [Stage.LISTENING, Stage.DELIBERATING, Stage.DELIVERING, Stage.DONE]
        here = way.index(at)
        return [
            Step(projects.stage(self.say, each), "now" if place == here else "past" if place < here else "ahead")
            for place, each in enumerate(way)
        ]

    def _milestone(self, each: Milestone) -> MilestoneLine:
        say = self.say
        today = local_time(self.now, self.community.zone).date()
        if each.reached_at is not None:
            code, sign = "reached", "✓"
            when = say.label("reached on {day}", day=say.day(each.reached_at, self.now))
        elif each.due_on is None:
            code, sign, when = "open", "○", say.label("no day yet")
        else:
            late = each.due_on < today
            code, sign = ("late", "!") if late else ("open", "○")
            day = self._day(each.due_on)
            when = say.label("was to be reached by {day}", day=day) if late else say.label("by {day}", day=day)
        moved = say.label("moved; it was {day}", day=self._day(each.moved_from)) if each.moved_from else None
        return MilestoneLine(clean(each.title), when, code, sign, moved, clean(each.why) if each.why else None)

    def _day(self, day: date) -> str:
        return self.say.day(instant(datetime.combine(day, NOON), self.community.zone), self.now)

    def _said(self, said: Said) -> str | None:
        read = read_in(said.parts, self.say.language)
        return "\n".join(clean(part.text) for part in read if part.text) or None

    def _counted(self, at: datetime) -> str:
        return self.say.label("(counted on {day})", day=self.say.day(at, self.now))

    def _pictures(self, shown: Shown, moment: Moment) -> list[Picture]:
        here = [photo for photo in shown.photos if photo.moment is moment and photo.id in self.photos]
        return [
            Picture(self.photos[photo.id], self._words(photo, place + 1, len(here))) for place, photo in enumerate(here)
        ]

    def _words(self, photo: Photo, place: int, count: int) -> str:
        before = photo.moment is Moment.BEFORE
        if count == 1:
            return self.say.label("Photo: before") if before else self.say.label("Photo: after")
        if before:
            return self.say.label("Photo {number}: before", number=place)
        return self.say.label("Photo {number}: after", number=place)

    def _still(self, shown: Shown) -> str | None:
        project = shown.project
        if not standing_still.is_still(self.community, project, self.now):
            return None
        return self.say.label("No movement since {day}", day=self.say.day(project.moved_at, self.now))
