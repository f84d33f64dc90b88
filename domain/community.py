"""The neighbourhood as its community file describes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendar.deadlines import Deadline, Unit
from domain.calendar.hours import WorkingHours
from domain.calendar.quiet import QuietHours
from domain.language.learned_kinds import LearnedKinds
from domain.language.word_weights import Weights
from domain.language.words import Words
from domain.pledges.pledges import Span

# Words to look for in a text: language tag → words of that language.
WordLists = Mapping[str, tuple[str, ...]]

CODE_LENGTH = 12
"""Codes travel in a button's 64 bytes beside ids, so they are short."""


@dataclass(frozen=True)
class Area:
    """A place people name: an area, a building in it, or a unit (stairwell) in that."""

    code: str
    name: Words
    children: tuple[Area, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    radius: float | None = None
    """Metres from the middle that still belong to it."""
    aliases: tuple[str, ...] = ()
    households: int | None = None
    """How many households live there; None: nobody has said."""

    def walk(self) -> Iterator[Area]:
        """This area, then everything in it, parents before children."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Department:
    """Who answers for a kind of report; its cards go to its own topic in the staff chat."""

    code: str
    name: Words


@dataclass(frozen=True)
class Category:
    """A kind of report, with who answers for it and by when."""

    code: str
    name: Words
    deadline: Deadline
    department: str | None = None
    hints: WordLists = field(default_factory=dict, hash=False)
    about_person: bool = False
    """Reports of this kind name a person, so they are never shown to other residents."""
    suggestion: bool = False
    """Nothing to be fixed: the resident is asked "Were you answered?" instead."""
    word_lists: tuple[str, ...] = ()
    """The ready kinds of `learned` that are this one; with none, it is known by its hints alone."""
    learned: LearnedKinds | None = field(default=None, hash=False, compare=False)


@dataclass(frozen=True)
class Trade:
    """What a volunteer can do with their hands. Words that are `hints` mean that a report may be a repair."""

    code: str
    name: Words
    hints: WordLists = field(default_factory=dict, hash=False)
    word_lists: tuple[str, ...] = ()
    """The ready trades of `learned` that are this one."""
    learned: LearnedKinds | None = field(default=None, hash=False, compare=False)


@dataclass(frozen=True)
class Template:
    """A text staff send often: an answer, or why something is declined. `name` is its button."""

    code: str
    name: Words
    text: Words


@dataclass(frozen=True)
class Partner:
    """Somebody outside to whom reports are handed on, such as the water company; `phone` is for staff."""

    code: str
    name: Words
    ask_again: Deadline
    phone: str | None = None


@dataclass(frozen=True)
class Windows:
    """Stretches of days that have a name, such as the school vacations: a pledge may be for each of them."""

    code: str
    name: Words
    spans: tuple[Span, ...]


THREE_DAYS = Deadline(3, Unit.DAYS)
A_WEEK = Deadline(7, Unit.DAYS)
TWO_WEEKS = Deadline(14, Unit.DAYS)
THIRTY_DAYS = Deadline(30, Unit.DAYS)
TEN_TO_EIGHT = QuietHours(22, 8)


@dataclass(frozen=True)
class Care:
    """How reports are looked after: times that differ from place to place."""

    ask_again: Deadline = THREE_DAYS
    """After this "Is it fixed?" is asked once more."""
    close_after: Deadline = A_WEEK
    """After this a question nobody answered is closed as unanswered."""
    danger_minutes: int = 30
    """So many minutes after a danger was told leads hear of it, if it is not resolved."""
    warn_hours: int = 24
    """Hours before a deadline at which whoever is in charge hears of it."""
    digest: int = 8 * 60 + 30
    """Minute of the day of the staff group's daily digest."""
    quiet: QuietHours = TEN_TO_EIGHT
    """The hours in which nobody is disturbed who need not be; everybody can choose their own."""
    reopen_within: Deadline = THIRTY_DAYS
    """So long after it was closed a report can be opened again by those whose it is."""
    writes_a_lot: int = 40
    """After so many messages of one person in the staff group within an hour the rest waits to be read; 0: never."""
    nudge_project_after: Deadline = TWO_WEEKS
    """When nothing has moved in a project for so long, its lead hears of it once a week, and everybody can read it."""


@dataclass(frozen=True)
class Dispatch:
    """How volunteers are found for a repair. Lengths of time are minutes, by how urgent it is."""

    offers: int = 3
    """So many are asked at once, and as many more each time the circle widens."""
    widen_now: int = 5
    widen_today: int = 30
    widen_week: int = 240
    nudge_now: int = 20
    nudge_today: int = 120
    nudge_week: int = 1440
    open_at_once: int = 3
    """So many repairs one person can have asked for that are not closed."""
    costs: Words | None = None
    """Who pays for parts; said before anything is asked for."""
    unsafe: str | None = None
    """The code of the number that is named to whoever does not feel safe; None: the first of them."""


class ReportsShown(StrEnum):
    """What everybody may see of reports once staff have released one: nothing, titles, or photos of them, too."""

    OFF = "off"
    TITLES = "titles"
    PHOTOS = "photos"


@dataclass(frozen=True)
class PublicPages:
    """What the public pages show besides promises and projects."""

    figures: bool = True
    """What became of reports, in numbers: of months, quarters and years that are over."""
    reports: ReportsShown = ReportsShown.OFF


@dataclass(frozen=True)
class EstatePlan:
    """The plan of the estate, as far as the community file says it: the rest admins do in the chat.

    `picture`: the name of a file, beside the community file; `places`: by the code of an area, percent of the picture's
    width from the left and of its height from the top.
    """

    picture: str | None = None
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class EmergencyNumber:
    """A number to call at once; `kind` is its code."""

    kind: str
    number: str
    label: Words


@dataclass(frozen=True)
class Danger:
    """Words that mean somebody may be in danger now."""

    code: str
    name: Words
    emergency: EmergencyNumber
    words: WordLists = field(hash=False)
    unless: WordLists = field(default_factory=dict, hash=False)
    """Harmless phrases that hold such a word ("fire door"): they are taken out of the text first."""
    possible: WordLists = field(default_factory=dict, hash=False)
    """Words after which a careful neighbour would ask whether somebody is in danger now."""
    now_only: bool = False
    """Words about what is long over, usual, only imagined or denied do not count ("last year", "if", "every time")."""
    advice: Words | None = None
    """One sentence on what to do until help is there."""
    weights: Weights = field(default_factory=Weights, hash=False, compare=False)
    """How much any words speak for danger: the same for all of a community's."""
    word_list: str | None = None
    """The ready list it has, if any."""
    learned: LearnedKinds | None = field(default=None, hash=False, compare=False)
    """How much any words speak for each ready list: the same for all of a community's."""


@dataclass(frozen=True)
class Community:
    """A whole neighbourhood. Codes are unique within their list; areas within the whole tree."""

    name: Words
    zone: ZoneInfo
    languages: tuple[str, ...]
    hours: WorkingHours
    areas: tuple[Area, ...]
    categories: tuple[Category, ...]
    emergency: tuple[EmergencyNumber, ...]
    departments: tuple[Department, ...] = ()
    trades: tuple[Trade, ...] = ()
    dangers: tuple[Danger, ...] = ()
    about: Words | None = None
    care: Care = Care()
    repairs: Dispatch = Dispatch()
    public: PublicPages = PublicPages()
    answers: tuple[Template, ...] = ()
    reasons: tuple[Template, ...] = ()
    partners: tuple[Partner, ...] = ()
    windows: tuple[Windows, ...] = ()
    plan: EstatePlan = EstatePlan()

    @property
    def language(self) -> str:
        """The community's first language, the one groups are written to in."""
        return self.languages[0]

    def all_areas(self) -> Iterator[Area]:
        """Every area of the tree, parents before their children."""
        for area in self.areas:
            yield from area.walk()

    @property
    def leaves(self) -> tuple[Area, ...]:
        """The areas that hold no other."""
        return tuple(area for area in self.all_areas() if not area.children)

    def area(self, code: str) -> Area | None:
        """The area with this code, or None (a button may be older than the file)."""
        return next((area for area in self.all_areas() if area.code == code), None)

    def path(self, code: str) -> tuple[Area, ...]:
        """The areas from the top of the tree down to this one; empty when there is none such."""
        return _path(self.areas, code)

    def choices(self, parent: str | None = None) -> tuple[Area, ...]:
        """What one can choose within an area, or at the top of the tree; empty for a leaf."""
        if parent is None:
            return self.areas
        area = self.area(parent)
        return area.children if area else ()

    def place_name(self, code: str, language: str) -> str:
        """The path as people say it, the widest first: "North Court, Building 3"; empty when unknown."""
        mark = "" if language.startswith("zh") else ", "
        return mark.join(area.name.in_(language) for area in self.path(code))

    def number_when_unsafe(self) -> EmergencyNumber:
        """Whom somebody calls who does not feel safe with the other side of a repair."""
        return next((each for each in self.emergency if each.kind == self.repairs.unsafe), self.emergency[0])

    def category(self, code: str) -> Category | None:
        """The category with this code, or None."""
        return next((category for category in self.categories if category.code == code), None)

    def department(self, code: str | None) -> Department | None:
        """The department with this code, or None."""
        return next((department for department in self.departments if department.code == code), None)

    def trade(self, code: str) -> Trade | None:
        """The trade with this code, or None."""
        return next((trade for trade in self.trades if trade.code == code), None)

    def answer(self, code: str) -> Template | None:
        """The answer template with this code, or None."""
        return next((template for template in self.answers if template.code == code), None)

    def reason(self, code: str) -> Template | None:
        """The reason for declining with this code, or None."""
        return next((template for template in self.reasons if template.code == code), None)

    def partner(self, code: str) -> Partner | None:
        """The partner with this code, or None."""
        return next((partner for partner in self.partners if partner.code == code), None)

    def named_windows(self, code: str | None) -> Windows | None:
        """The windows with this code, or None."""
        return next((windows for windows in self.windows if windows.code == code), None)


def _path(areas: tuple[Area, ...], code: str) -> tuple[Area, ...]:
    for area in areas:
        if area.code == code:
            return (area,)
        below = _path(area.children, code)
        if below:
            return (area, *below)
    return ()
