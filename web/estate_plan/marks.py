"""Dots on the plan, and what is said beside them: everything in words, and nothing of a person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.community import Community
from domain.estate_plan.gathering import ELSEWHERE
from domain.estate_plan.spots import Spot
from domain.public_reports.shown import PublicState
from speech import public_reports
from speech.speaker import PlainSpeaker, clean
from storage.estate_plan.released import Released
from storage.public_reports.titles import Title

STATES = (PublicState.OPEN, PublicState.IN_PROGRESS, PublicState.NOT_CONFIRMED, PublicState.FIXED)
"""What the plan shows, in the order of the legend. What staff will not do is on the list of reports alone."""
TITLES_EACH = 5
"""Titles below a place; the others are behind a link."""
STEP = 27
"""From the middle of one dot to that of the next, on the screen."""
EDGE = 17
"""From the middle of the outermost dot to the edge of all of them: what is between two dots can be tapped, too."""
LARGEST_COUNT = 99
_TOGETHER = {
    1: ((0.0, 0.0),),
    2: ((-0.5, 0.0), (0.5, 0.0)),
    3: ((-0.5, -0.5), (0.5, -0.5), (0.0, 0.5)),
    4: ((-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)),
}
"""Where the dots of one place stand around its middle, by how many they are."""


@dataclass(frozen=True)
class Mark:
    """One dot: `code` is its shape and colour, `letter` stands in it, `count` beside it where it is more than one.

    `x` and `y`: where it stands on the screen, from the middle of its place.
    """

    code: str
    letter: str
    name: str
    count: str = ""
    x: float = 0
    y: float = 0


@dataclass(frozen=True)
class Line:
    """A report in the list: its dot, its title, and the address of its page."""

    mark: Mark
    title: str
    address: str


@dataclass(frozen=True)
class Place:
    """What is at one place; `spot` is None where it has none. `more`: how many reports the lines leave out."""

    code: str
    name: str
    spot: Spot | None
    marks: Sequence[Mark]
    counted: str
    lines: Sequence[Line]
    more: str | None
    address: str

    @property
    def half(self) -> tuple[float, float]:
        """Half the width and half the height of what its dots take up together, on the screen."""
        return max(abs(mark.x) for mark in self.marks) + EDGE, max(abs(mark.y) for mark in self.marks) + EDGE

    @property
    def anchor(self) -> str:
        """The name by which a dot leads to its place in the list."""
        return f"at-{self.code}"


@dataclass(frozen=True)
class Writer:
    """Says places in one language; `titles` by number, of all reports that get a line. `asked` is put behind links."""

    say: PlainSpeaker
    community: Community
    titles: Mapping[int, Title]
    asked: str = ""

    def legend(self) -> list[Mark]:
        """What each dot means."""
        return [self._mark(state) for state in STATES]

    def place(self, code: str, spot: Spot | None, reports: Sequence[Released]) -> Place:
        """A place with its reports; those that want something done come first."""
        say = self.say
        counts = Counter(report.state for report in reports)
        there = [state for state in STATES if counts[state]]
        marks = [
            self._mark(state, counts[state], x * STEP, y * STEP)
            for state, (x, y) in zip(there, _TOGETHER[len(there)], strict=True)
        ]
        name = self.community.place_name(code, say.language) if code != ELSEWHERE else say.label("Elsewhere")
        counted = say.listed(
            say.label("{state}: {count}", state=public_reports.state(say, state), count=counts[state])
            for state in there
        )
        shown = chosen(reports)
        left = len(reports) - len(shown)
        return Place(
            code=code or "elsewhere",
            name=name,
            spot=spot,
            marks=marks,
            counted=counted,
            lines=[self._line(report) for report in shown],
            more=say.plural("and {count} more", "and {count} more", left) if left else None,
            address=f"/reports?area={code}{self.asked.replace('?', '&')}" if code else f"/reports{self.asked}",
        )

    def _line(self, report: Released) -> Line:
        title = clean(self.titles[report.title].in_(self.say.language))
        return Line(self._mark(report.state), title, f"/reports/{report.code}{self.asked}")

    def _mark(self, state: PublicState, count: int = 0, x: float = 0, y: float = 0) -> Mark:
        number = f"{LARGEST_COUNT}+" if count > LARGEST_COUNT else str(count) if count > 1 else ""
        return Mark(state.value, self._letter(state), public_reports.state(self.say, state), number, x, y)

    def _letter(self, state: PublicState) -> str:
        """Its first letter stands in the dot; the words behind it are for those who translate."""
        label = self.say.label
        return {
            PublicState.OPEN: label("O: one letter for what is open"),
            PublicState.IN_PROGRESS: label("P: one letter for what is in progress"),
            PublicState.NOT_CONFIRMED: label("S: one letter for what is said to be fixed"),
            PublicState.FIXED: label("F: one letter for what is fixed"),
        }[state][0]


def chosen(reports: Sequence[Released]) -> list[Released]:
    """Those of a place that get a line: the newest of each state, what is open first."""
    ordered = sorted(reports, key=lambda report: STATES.index(report.state))
    return ordered[:TITLES_EACH]
