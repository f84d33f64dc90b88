"""All features as one: looked up by name, and refused where two of them claim the same."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from domain.events import Event, kinds
from handlers.kit.conversation.flow import SUMMARY, Flow
from handlers.kit.feature import Feature, Handler, Subscription
from handlers.kit.preference import MENU
from handlers.kit.staff_action import StaffWork
from handlers.kit.texts import Speaker, languages
from storage.core.database import Transaction

T = TypeVar("T")
_WORD = r"[a-z][a-z0-9_]*"
_LOOKS = {
    "command": r"[a-z0-9_]{1,32}",
    "group command": r"[a-z0-9_]{1,32}",
    "link": r"[A-Za-z0-9_-]{1,63}",
    "button of the keyboard": r"[^/\s].*",
    "step": rf"{_WORD} (?!{SUMMARY}$){_WORD}",
    "history sentence": r".+",
    "history detail": r".+",
    "card line": r".+",
    "looked up line": r".+",
    "digest line": r".+",
    "refusal": r".+",
    "preference": rf"(?!{MENU}$){_WORD}",
}
"""How a name has to look, as a regular expression, where anything else would never be reached; others are words."""


class FeaturesCollide(Exception):
    """Two features claim the same name, or one of them a name that cannot be; the message says which, and whose."""


class Features:
    """What all features add. Raises FeaturesCollide when two claim the same command, prefix, task, flow or the like.

    Raises domain.events.TwoOfOneName when two events do.
    """

    def __init__(self, features: Iterable[Feature]) -> None:
        self.all = tuple(features)
        self._owners: dict[tuple[str, str], str] = {}
        self._listed("name", lambda each: [(each.name, each)])
        self.commands = self._joined("command", lambda each: each.commands)
        self.group_commands = self._joined("group command", lambda each: each.group_commands)
        self.buttons = self._joined("button prefix", lambda each: each.buttons)
        self.deep_links = self._joined("link", lambda each: each.deep_links)
        self.keyboard = self._listed("button of the keyboard", _keyboard)
        self.flows = self._listed("flow", lambda each: ((flow.name, flow) for flow in each.flows))
        self._listed(
            "step", lambda each: ((f"{flow.name} {step}", step) for flow in each.flows for step in _steps(flow))
        )
        self.tasks = self._joined("task", lambda each: each.tasks)
        self.chunk_tasks = self._joined("task", lambda each: each.chunk_tasks)
        self.workers = tuple(self._listed("task", lambda each: ((kind, kind) for kind in each.workers)))
        self.renderers = self._joined("renderer", lambda each: each.renderers)
        preferences = self._listed("preference", lambda each: ((row.code, row) for row in each.preferences))
        self.preferences = tuple(sorted(preferences.values(), key=lambda row: row.place))
        self.answers = self._joined("answer", lambda each: each.answers)
        self.replies = self._joined("reply", lambda each: each.replies)
        self.group_replies = self._joined("reply in the group", lambda each: each.group_replies)
        self.broadcasters = self._joined("broadcaster", lambda each: each.broadcasters)
        self.redraws = self._joined("redraw", lambda each: each.redraws)
        self.own_lists = [own for each in self.all for own in each.own_lists]
        self.own_presses = self._listed(
            "button of /my", lambda each: (press for own in each.own_lists for press in own.presses.items())
        )
        self.instead = self._listed("other way", lambda each: ((one.name, one) for one in each.instead))
        self.with_found = self._listed("way with what was found", lambda each: ((o.name, o) for o in each.with_found))
        self.status_card = tuple(self._joined("part of a status card", lambda each: each.status_card).values())
        self.digest_lines = tuple(
            self._listed("digest line", lambda each: ((_called(line), line) for line in each.digest_lines)).values()
        )
        self.next_steps = [each.next_step for each in self.all if each.next_step is not None]
        self.language_chosen = [each.language_chosen for each in self.all if each.language_chosen is not None]
        self.staff_actions = self._work("staff action", lambda work: ((one.name, one) for one in work.actions))
        self.staff_questions = self._work("staff question", lambda work: ((one.name, one) for one in work.questions))
        self.card_lines = tuple(
            self._work("card line", lambda work: ((_called(line), line) for line in work.card_lines)).values()
        )
        self.looked_up_lines = tuple(
            self._work("looked up line", lambda work: ((_called(line), line) for line in work.looked_up_lines)).values()
        )
        self.history = self._work(
            "history sentence",
            lambda work: ((event.KIND, (event, sentence)) for event, sentence in work.history.items()),
        )
        self.history_details = self._work(
            "history detail", lambda work: ((event.KIND, detail) for event, detail in work.history_details.items())
        )
        refused = self._listed("refusal", lambda each: ((_called(one[0]), one) for one in each.refusals.items()))
        self.refusals = dict(refused.values())
        self._subscriptions = self._by_event()
        self._check_links()

    def subscriptions(self, event: type[Event]) -> tuple[Subscription, ...]:
        """Who hears of such an event: stage by stage, within a stage in the order of the features."""
        return self._subscriptions.get(event, ())

    def publish(self, tx: Transaction, setup: Any, event: Event) -> None:
        """Run everybody who hears of the event; what they emit is published after it."""
        for each in self.subscriptions(type(event)):
            each.run(tx, setup, event)

    def table(self) -> list[str]:
        """Every subscription as a line: the event, its stage, and who hears of it."""
        return [
            f"{event.KIND} {each.stage.name} {_called(each.run)}"
            for event in sorted(self._subscriptions, key=lambda event: event.KIND)
            for each in self._subscriptions[event]
        ]

    # -- inside

    def _joined(self, what: str, of: Callable[[Feature], Mapping[str, T]]) -> dict[str, T]:
        return self._listed(what, lambda each: of(each).items())

    def _work(self, what: str, of: Callable[[StaffWork], Iterable[tuple[str, T]]]) -> dict[str, T]:
        return self._listed(what, lambda each: (pair for work in each.staff_work for pair in of(work)))

    def _listed(self, what: str, of: Callable[[Feature], Iterable[tuple[str, T]]]) -> dict[str, T]:
        found: dict[str, T] = {}
        for feature in self.all:
            for name, value in of(feature):
                if re.fullmatch(_LOOKS.get(what, _WORD), name) is None:
                    raise FeaturesCollide(f"The feature {feature.name} has the {what} “{name}”, which cannot be one.")
                owner = self._owners.get((what, name))
                if owner == feature.name:
                    raise FeaturesCollide(f"The feature {owner} has the {what} “{name}” twice.")
                if owner is not None:
                    raise FeaturesCollide(f"The features {owner} and {feature.name} both have the {what} “{name}”.")
                self._owners[what, name] = feature.name
                found[name] = value
        return found

    def _by_event(self) -> dict[type[Event], tuple[Subscription, ...]]:
        found: dict[type[Event], list[Subscription]] = {}
        for feature in self.all:
            for each in feature.subscribers:
                for event in _events(each.event):
                    others = found.setdefault(event, [])
                    if any(other.run == each.run for other in others):
                        raise FeaturesCollide(
                            f"The feature {feature.name} has {_called(each.run)} hear of {event.KIND} a second time."
                        )
                    others.append(each)
        # Sorting is stable: within a stage the order of the features stays.
        return {event: tuple(sorted(several, key=lambda each: each.stage)) for event, several in found.items()}

    def _check_links(self) -> None:
        """No link may be the beginning of another: which one is meant would hang on the order of features."""
        for one in self.deep_links:
            for other in self.deep_links:
                if one != other and other.startswith(one):
                    owners = f"{self._owners['link', one]} and {self._owners['link', other]}"
                    raise FeaturesCollide(f"The links “{one}” and “{other}” of the features {owners} begin alike.")


def _keyboard(feature: Feature) -> Iterator[tuple[str, Handler]]:
    """In every language: an old keyboard, or one of another language, still works."""
    speakers = [Speaker(code, ZoneInfo("UTC")) for code in languages()]
    for label, handler in feature.keyboard:
        yield from dict.fromkeys((label(say) for say in speakers), handler).items()


def _steps(flow: Flow) -> list[str]:
    check = flow.before_finish
    return [*(step.name for step in flow.steps), *([] if check is None else [check.name])]


def _events(event: type[Event]) -> list[type[Event]]:
    """The event itself, or all that are made from it."""
    return [event] if "KIND" in vars(event) else list(kinds(event).values())


def _called(run: Any) -> str:
    """`pledge_notices.published`, or of `Everybody` and its like who writes to each."""
    inner = getattr(run, "writer", None) or run
    if not hasattr(inner, "__qualname__"):
        return type(inner).__qualname__
    name = f"{inner.__module__.removeprefix('handlers.')}.{inner.__qualname__}"
    return name if inner is run else f"{type(run).__qualname__}({name})"
