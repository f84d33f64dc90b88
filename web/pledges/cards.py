"""A promise as a card of the board: everything in words, nothing but what its maker lets be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.community import Community
from domain.pledges.pledges import SETTLES, Answer, Kind, Outcome, State
from speech import promises
from speech.speaker import PlainSpeaker, clean
from storage.pledges.board import Said, Shown

MARKS = {Outcome.KEPT: "✓", Outcome.PARTLY: "½", Outcome.NOT_KEPT: "✗", Outcome.NOT_REPORTED: "?", Outcome.EXCUSED: "–"}


@dataclass(frozen=True)
class Mark:
    """What became of one time, or of so many: the same size and weight for kept and not kept."""

    code: str
    sign: str
    name: str
    count: int = 1


@dataclass(frozen=True)
class Progress:
    """How much of a quota is done; `value` never passes `target`, so that a bar can be drawn."""

    words: str
    value: int
    target: int


@dataclass(frozen=True)
class Remark:
    """Something said of one time: the day, what became of it, and released words and photo."""

    day: str
    what: str | None
    words: str | None
    photo: str | None
    photo_words: str


@dataclass(frozen=True)
class Card:
    """What the template writes down. `standing` is said of what does not run (any more)."""

    number: int
    words: str
    kind: str
    when: str
    areas: str
    name: str | None
    standing: str | None
    progress: Progress | None
    helped: str | None
    tally: Sequence[Mark]
    times: Sequence[Mark]
    remarks: Sequence[Remark]
    thanks: str | None
    thank: str


@dataclass(frozen=True)
class Writer:
    """Writes cards in one language. `photos` tells the address of a check-in's photo, once its file is here."""

    say: PlainSpeaker
    community: Community
    bot: str
    now: datetime
    photos: dict[int, str]

    def card(self, shown: Shown, times: Sequence[Outcome]) -> Card:
        """The card of one promise; `times` is what became of its last times, the oldest first."""
        say = self.say
        return Card(
            number=shown.id,
            words=clean(shown.words),
            kind=promises.kind(say, shown.kind),
            when=promises.when(say, self.community, shown.plan, self.now),
            areas=promises.areas(say, self.community, shown.areas),
            name=clean(shown.name) if shown.name else None,
            standing=None if shown.state is State.PUBLISHED else promises.state(say, shown.state),
            progress=self._progress(shown),
            helped=self._helped(shown),
            tally=[self._mark(of, shown.outcomes[of]) for of in MARKS if shown.outcomes.get(of)],
            times=[self._mark(of) for of in times] if shown.kind is Kind.RECURRING else (),
            remarks=[self._remark(shown, said) for said in shown.said],
            thanks=self._thanks(shown.thanks),
            thank=f"https://t.me/{self.bot}?start=t-{shown.id}",
        )

    def _progress(self, shown: Shown) -> Progress | None:
        target = shown.target or shown.plan.target
        if shown.kind is not Kind.QUOTA or target is None:
            return None
        words = promises.done_of(self.say, shown.done, target, shown.plan.unit)
        return Progress(words, min(shown.done, target), target)

    def _helped(self, shown: Shown) -> str | None:
        if shown.kind is not Kind.ON_CALL or not shown.done:
            return None
        return self.say.plural("Was there {count} time", "Was there {count} times", shown.done)

    def _thanks(self, count: int) -> str | None:
        return (
            self.say.plural("{count} neighbour says thank you", "{count} neighbours say thank you", count)
            if count
            else None
        )

    def _mark(self, of: Outcome, count: int = 1) -> Mark:
        return Mark(of.value, MARKS[of], promises.outcome(self.say, of), count)

    def _remark(self, shown: Shown, said: Said) -> Remark:
        day = self.say.short_day(said.at)
        return Remark(
            day=day,
            what=self._what(shown.kind, said),
            words=clean(said.words) if said.words else None,
            photo=self.photos.get(said.id) if said.file_id else None,
            photo_words=self.say.label("Photo of promise no. {number}, {day}", number=shown.id, day=day),
        )

    def _what(self, kind: Kind, said: Said) -> str | None:
        if said.answer is Answer.NOTE:
            return None
        if said.answer is Answer.DONE and kind is Kind.QUOTA:
            return f"+{said.amount}"
        if said.answer is Answer.DONE and kind is Kind.ON_CALL:
            return self.say.label("was there")
        return promises.outcome(self.say, SETTLES[said.answer])
