"""Turns a community file of the right shape into a `Community`, noting every mistake of meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from bot.community.community_doubles import doubles, overlapping_days
from bot.community.community_hours import stretch, working_hours
from bot.community.community_problems import code_mend, did_you_mean, nearest, where, zone_mend
from bot.community.community_schema import (
    PLAIN,
    AreaSection,
    CareSection,
    CategorySection,
    CommunityFile,
    DangerSection,
    PlanSection,
    PublicSection,
    RepairsSection,
    Section,
    TemplateSection,
    TradeSection,
    WindowsSection,
)
from bot.community.danger_lists import ReadyWords, joined, ready_lists, ready_words, weights
from bot.community.kind_lists import DANGERS, KINDS, TRADES, learned, ready
from domain.calendar.deadlines import Deadline
from domain.calendar.hours import MINUTES_A_DAY, WorkingHours
from domain.calendar.quiet import QuietHours
from domain.community import (
    CODE_LENGTH,
    Area,
    Care,
    Category,
    Community,
    Danger,
    Department,
    Dispatch,
    EmergencyNumber,
    EstatePlan,
    Partner,
    PublicPages,
    ReportsShown,
    Template,
    Trade,
    Windows,
    WordLists,
)
from domain.danger.danger_phrases import empty_groups, is_near
from domain.language.words import Words, language_tag
from domain.pledges.pledges import Span

DEEPEST = 3
"""Area, building, unit: people lose their way in more."""

LONGEST_NAME = 60
"""More does not fit on a button or in the name of a topic."""


_LISTS = ("emergency", "departments", "categories", "areas", "trades", "dangers", "answers", "reasons", "partners",
          "windows")  # fmt: skip


class Builder:
    """Makes the community; what is wrong gathers in `problems`, sentences without their full stop."""

    def __init__(self, file: CommunityFile) -> None:
        self.problems: list[str] = []
        self._file = file
        self._languages: tuple[str, ...] = ()
        self._languages_are_right = True
        # One language that is wrong or missing is one mistake, however many texts it is met in.
        self._unknown: dict[str, list[str]] = {}
        self._without_first: list[str] = []

    def community(self) -> Community | None:
        """The community, or None when there are problems."""
        file = self._file
        self._languages = self._known_languages(file.languages)
        zone = self._zone(file.time_zone)
        for section in _LISTS:
            self._check_codes(section, getattr(file, section))
        emergency = tuple(
            EmergencyNumber(entry.code, entry.number.strip(), self._name("emergency", entry))
            for entry in file.emergency
        )
        community = Community(
            name=self._words(file.name, "name", where("")),
            zone=zone,
            languages=self._languages,
            about=self._words(file.about, "about", where("")) if file.about else None,
            hours=working_hours(file.hours, zone, self.problems) if file.hours else WorkingHours.always(zone),
            emergency=emergency,
            departments=tuple(Department(e.code, self._name("departments", e)) for e in file.departments),
            categories=tuple(self._category(entry) for entry in file.categories),
            areas=self._areas(file.areas),
            trades=tuple(self._trade(entry) for entry in file.trades),
            dangers=tuple(self._danger(entry, emergency) for entry in file.dangers),
            care=self._care(file.care),
            repairs=self._dispatch(file.repairs, emergency),
            public=PublicPages(file.public.figures, self._reports_shown(file.public)),
            answers=tuple(self._template("answers", entry) for entry in file.answers),
            reasons=tuple(self._template("reasons", entry) for entry in file.reasons),
            partners=tuple(
                Partner(
                    code=entry.code,
                    name=self._name("partners", entry),
                    phone=entry.phone,
                    ask_again=self._deadline(entry.ask_again, "ask_again", self._place("partners", entry)),
                )
                for entry in file.partners
            ),
            windows=tuple(self._windows(entry) for entry in file.windows),
            plan=self._plan(file.plan),
        )
        self.problems += doubles(file)
        self._tell_of_languages()
        return None if self.problems else community

    def _tell_of_languages(self) -> None:
        if not self._languages_are_right:
            return  # that is the mistake, and these are what follows from it
        for tag, places in self._unknown.items():
            mend = did_you_mean(tag, self._file.languages)
            mend = f"{mend} Or add it to languages" if mend.endswith("?") else f"{mend}; or add it to languages"
            self.problems.append(f"unknown language '{tag}' of {_and_others(places)} - {mend}")
        told = {place for places in self._unknown.values() for place in places}
        without = [place for place in self._without_first if place not in told]
        if without:
            have, it = ("has", "it") if len(without) == 1 else ("have", "them")
            first = self._file.languages[0]
            self.problems.append(
                f"{_and_others(without)} {have} no text in '{first}', the first of languages - add {it}"
            )

    def _known_languages(self, tags: Sequence[str]) -> tuple[str, ...]:
        known: list[str] = []
        for tag in tags:
            if not self._is_language(tag, "in languages"):
                self._languages_are_right = False
            elif language_tag(tag) in known:
                self.problems.append(f"language '{tag}' stands twice in languages - take one out")
            else:
                known.append(language_tag(tag))
        # Something must stand in for wrong ones, so that the rest of the file can still be checked.
        return tuple(known) or ("en",)

    def _is_language(self, tag: str, place: str) -> bool:
        try:
            Locale.parse(language_tag(tag))
        except (UnknownLocaleError, ValueError):
            right = self._languages or tuple(name for name in locale_identifiers() if len(name) == 2)
            close = nearest(tag, right)
            mend = f"did you mean '{close}'?" if close else "write its code, such as 'en' or 'zh'"
            self.problems.append(f"unknown language '{tag}' {place} - {mend}")
            return False
        return True

    def _zone(self, name: str) -> ZoneInfo:
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            self.problems.append(f"unknown time zone '{name}' in time_zone - {zone_mend(name)}")
            return ZoneInfo("UTC")

    def _check_codes(self, section: str, entries: Iterable[Any]) -> None:
        seen: set[str] = set()
        for number, entry in enumerate(entries):
            if not re.fullmatch(f"[a-z0-9-]{{1,{CODE_LENGTH}}}", entry.code):
                mend = code_mend(entry.code, CODE_LENGTH)
                self.problems.append(f"code '{entry.code}' in [[{section}]] number {number + 1} - {mend}")
            elif entry.code in seen:
                mend = "give each its own"
                self.problems.append(f"code '{entry.code}' stands twice in [[{section}]] - {mend}")
            seen.add(entry.code)

    def _place(self, section: str, entry: Section) -> str:
        return where(section, {"code": getattr(entry, "code", "")})

    def _name(self, section: str, entry: Any) -> Words:
        return self._words(entry.name, "name", self._place(section, entry))

    def _words(self, texts: dict[str, str], key: str, place: str) -> Words:
        first = self._languages[0]
        found: dict[str, str] = {}
        for tag, text in texts.items():
            language = language_tag(tag) if tag != PLAIN else first
            if language not in self._languages:
                self._unknown.setdefault(tag, []).append(f"{key} {place}")
            elif not text.strip():
                self.problems.append(f"{key} {place} is empty - write it")
            elif key == "name" and len(text) > LONGEST_NAME:
                mend = f"use at most {LONGEST_NAME} letters"
                self.problems.append(f"name '{text[:30]}…' {place} is too long for a button - {mend}")
            found[language] = " ".join(text.split())
        if first not in found:
            self._without_first.append(f"{key} {place}")
        ordered = {tag: found[tag] for tag in self._languages if tag in found}
        return Words.of(ordered or {first: ""})

    def _word_lists(self, table: dict[str, list[str]], key: str, place: str) -> WordLists:
        lists: dict[str, tuple[str, ...]] = {}
        for tag, words in table.items():
            # Any language will do here: people write in more languages than a community answers in.
            if not self._is_language(tag, f"of {key} {place}"):
                continue
            for word in words:
                if not word.strip():
                    self.problems.append(f"{key} {place} has an empty word - take it out")
                elif key == "words" and len(word.strip()) == 1:
                    mend = "one letter is found in too many harmless words, use a longer word"
                    self.problems.append(f"word '{word}' of {key} {place} - {mend}")
                elif is_near(word) and empty_groups(word):
                    self.problems.append(
                        f"'{word}' of {key} {place} has a gap - write it like \"stuck/trapped + lift\""
                    )
            lists[language_tag(tag)] = tuple(word.strip() for word in words)
        return lists

    def _category(self, entry: CategorySection) -> Category:
        place = self._place("categories", entry)
        departments = [department.code for department in self._file.departments]
        if entry.department is not None and entry.department not in departments:
            mend = did_you_mean(entry.department, departments)
            self.problems.append(f"unknown department '{entry.department}' {place} - {mend}")
        deadline = self._deadline(entry.deadline, "deadline", place)
        return Category(
            code=entry.code,
            name=self._name("categories", entry),
            deadline=deadline,
            department=entry.department,
            hints=self._word_lists(entry.hints, "hints", place),
            about_person=entry.about_person,
            suggestion=entry.suggestion,
            word_lists=self._ready_kinds(entry.word_lists, KINDS, place),
            learned=learned(KINDS),
        )

    def _trade(self, entry: TradeSection) -> Trade:
        place = self._place("trades", entry)
        return Trade(
            entry.code,
            self._name("trades", entry),
            self._word_lists(entry.hints, "hints", place),
            self._ready_kinds(entry.word_lists, TRADES, place),
            learned(TRADES),
        )

    def _ready_kinds(self, names: list[str], table: str, place: str) -> tuple[str, ...]:
        for name in names:
            if name not in ready(table):
                mend = did_you_mean(name, list(ready(table)))
                self.problems.append(f"'{name}' of word_lists {place} is no list that comes with the program - {mend}")
        return tuple(names)

    def _deadline(self, text: str, key: str, place: str) -> Deadline:
        try:
            return Deadline.parse(text)
        except ValueError as error:
            self.problems.append(f"{key} '{text}' {place} - {error}")
            return Deadline.parse("1 day")

    def _template(self, section: str, entry: TemplateSection) -> Template:
        text = self._words(entry.text, "text", self._place(section, entry))
        return Template(entry.code, self._name(section, entry), text)

    def _care(self, section: CareSection) -> Care:
        digest = re.fullmatch(r"(\d{1,2}):(\d\d)", section.digest.strip())
        minute = int(digest[1]) * 60 + int(digest[2]) if digest else MINUTES_A_DAY
        if digest is None or int(digest[2]) > 59 or minute >= MINUTES_A_DAY:
            self.problems.append(f"digest = '{section.digest}' in [care] - write a time of the day like \"8:30\"")
        ask_again = self._deadline(section.ask_again, "ask_again", "in [care]")
        close_after = self._deadline(section.close_after, "close_after", "in [care]")
        # Compared on a plain Monday: one that closes before it has asked again asks nobody.
        monday, always = datetime(2026, 1, 5, tzinfo=UTC), WorkingHours.always(ZoneInfo("UTC"))
        if close_after.due(monday, always) <= ask_again.due(monday, always):
            self.problems.append("close_after in [care] is not after ask_again - make it longer")
        return Care(
            ask_again=ask_again,
            close_after=close_after,
            danger_minutes=section.danger_minutes,
            warn_hours=section.warn_hours,
            digest=minute,
            quiet=QuietHours(section.quiet_from, section.quiet_until),
            reopen_within=self._deadline(section.reopen_within, "reopen_within", "in [care]"),
            writes_a_lot=section.writes_a_lot,
            nudge_project_after=self._deadline(section.nudge_project_after, "nudge_project_after", "in [care]"),
        )

    def _reports_shown(self, section: PublicSection) -> ReportsShown:
        values = [each.value for each in ReportsShown]
        if section.reports not in values:
            mend = did_you_mean(section.reports, values)
            self.problems.append(f"reports = '{section.reports}' in [public] is none of {', '.join(values)} - {mend}")
            return ReportsShown.OFF
        return ReportsShown(section.reports)

    def _dispatch(self, section: RepairsSection, emergency: tuple[EmergencyNumber, ...]) -> Dispatch:
        numbers = [number.kind for number in emergency]
        if section.unsafe is not None and section.unsafe not in numbers:
            mend = did_you_mean(section.unsafe, numbers)
            self.problems.append(f"unsafe = '{section.unsafe}' in [repairs] is no code of [[emergency]] - {mend}")
        values = section.model_dump(exclude={"costs"})
        costs = self._words(section.costs, "costs", "in [repairs]") if section.costs else None
        return Dispatch(**values, costs=costs)

    def _danger(self, entry: DangerSection, emergency: tuple[EmergencyNumber, ...]) -> Danger:
        place = self._place("dangers", entry)
        numbers = {number.kind: number for number in emergency}
        if entry.call not in numbers:
            mend = did_you_mean(entry.call, list(numbers))
            self.problems.append(f"call = '{entry.call}' {place} is no code of [[emergency]] - {mend}")
        ready = self._ready_words(entry.word_list, place)
        if ready is None and not any(entry.words.values()):
            self.problems.append(f"words {place} is empty - give at least one, or a word_list")
        return Danger(
            code=entry.code,
            name=self._name("dangers", entry),
            emergency=numbers.get(entry.call, emergency[0]),
            words=joined(ready.words if ready else {}, self._word_lists(entry.words, "words", place)),
            possible=joined(ready.possible if ready else {}, self._word_lists(entry.possible, "possible", place)),
            unless=joined(ready.unless if ready else {}, self._word_lists(entry.unless, "unless", place)),
            now_only=(ready is not None and ready.now_only) if entry.now_only is None else entry.now_only,
            advice=self._words(entry.advice, "advice", place) if entry.advice else None,
            weights=weights(),
            word_list=entry.word_list,
            learned=learned(DANGERS),
        )

    def _ready_words(self, name: str | None, place: str) -> ReadyWords | None:
        if name is not None and name not in ready_lists():
            mend = did_you_mean(name, list(ready_lists()))
            self.problems.append(f"word_list = '{name}' {place} is no list that comes with the program - {mend}")
            return None
        return ready_words(name) if name is not None else None

    def _areas(self, entries: Sequence[AreaSection]) -> tuple[Area, ...]:
        by_code = {entry.code: entry for entry in entries}
        for entry in entries:
            place = self._place("areas", entry)
            if (entry.latitude is None) != (entry.longitude is None):
                self.problems.append(f"latitude and longitude {place} go together - give both or none")
            if entry.inside is not None and entry.inside not in by_code:
                mend = did_you_mean(entry.inside, list(by_code))
                self.problems.append(f"inside = '{entry.inside}' {place} is no code of [[areas]] - {mend}")
            elif self._depth(entry, by_code) > DEEPEST:
                mend = f"areas lie at most {DEEPEST} deep: area, building, unit"
                self.problems.append(f"inside = '{entry.inside}' {place} - {mend}")
        if self.problems:
            return ()
        return self._inside(None, entries)

    def _depth(self, entry: AreaSection, by_code: dict[str, AreaSection]) -> int:
        depth = 1
        while entry.inside is not None and entry.inside in by_code and depth <= DEEPEST:
            depth, entry = depth + 1, by_code[entry.inside]
        return depth

    def _inside(self, parent: str | None, entries: Sequence[AreaSection]) -> tuple[Area, ...]:
        return tuple(
            Area(
                code=entry.code,
                name=self._name("areas", entry),
                children=self._inside(entry.code, entries),
                latitude=entry.latitude,
                longitude=entry.longitude,
                radius=entry.radius,
                aliases=tuple(alias.strip() for alias in entry.aliases if alias.strip()),
                households=entry.households,
            )
            for entry in entries
            if entry.inside == parent
        )

    def _windows(self, entry: WindowsSection) -> Windows:
        place = self._place("windows", entry)
        found = (stretch(text, "days", place, self.problems) for text in entry.days)
        spans = tuple(sorted(Span(*days) for days in found if days))
        self.problems += overlapping_days(place, spans)
        return Windows(entry.code, self._name("windows", entry), spans)

    def _plan(self, section: PlanSection) -> EstatePlan:
        areas = [entry.code for entry in self._file.areas]
        for code in section.places:
            if code not in areas:
                mend = did_you_mean(code, areas)
                self.problems.append(f"'{code}' in [plan.places] is no code of [[areas]] - {mend}")
        return EstatePlan(section.picture, {code: (x, y) for code, (x, y) in section.places.items()})


def _and_others(places: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    more = len(places) - 1
    return places[0] + (f" and {more} other {'text' if more == 1 else 'texts'}" if more else "")
