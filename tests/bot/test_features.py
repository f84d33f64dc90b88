"""Features add by name, and no name is claimed twice: the start is refused with a sentence that says whose it is."""

import gc
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import bot.__main__
import bot.features
from bot.kit.cannot_start import MEND_FIRST, CannotStart
from domain.events import PersonUnreachable, ReportEvent, ReportNoted, ReportTaken, kinds
from domain.people.rights import Action
from handlers.kit.additions import Instead, OwnList, WithFound
from handlers.kit.conversation.flow import Flow
from handlers.kit.conversation.steps import Line
from handlers.kit.feature import Command, Feature, GroupCommand, Renderer, Stage, on
from handlers.kit.joined_features import Features, FeaturesCollide
from handlers.kit.preference import Preference
from handlers.kit.staff_action import StaffAction, StaffQuestion, StaffWork
from tests import golden
from tests.bot.stand_in import TOKEN

ADVICE = """
Who hears of what has changed. Look at each line: does everybody still read what they are to read, and in that order
(RULE, PEOPLE, STAFF, VIEWS)? If it is meant, `python -m tests.golden` writes it down.
"""


def nothing(*_: Any) -> Any:
    """What is never run."""


def flow(name: str, *steps: str) -> Flow:
    return Flow(name, tuple(Line(step, nothing, nothing, nothing) for step in steps), nothing)


LISTED: dict[str, Any] = {
    # One thing for each field that is a list; those that map names to things are filled by themselves.
    "keyboard": (lambda say: say.label("Same_thing"), nothing),
    "flows": flow("same_thing"),
    "workers": "same_thing",
    "preferences": Preference("same_thing", nothing, 1),
    "actions": StaffAction("same_thing", nothing, nothing),
    "questions": StaffQuestion("same_thing", nothing, nothing),
    "card_lines": nothing,
    "looked_up_lines": nothing,
    "digest_lines": nothing,
    "own_lists": OwnList(nothing, nothing, nothing, {"same_thing": nothing}),
    "instead": Instead("same_thing", nothing, nothing, nothing, nothing, nothing),
    "with_found": WithFound("same_thing", nothing, Action.LOOK_UP, nothing),
    "subscribers": on(Stage.STAFF, nothing, ReportTaken)[0],
}
KEYS: dict[str, Any] = {"history": PersonUnreachable, "history_details": PersonUnreachable, "refusals": LookupError}
"""Of the mappings, those from something else than a name."""
SAID = {
    "keyboard": "Same_thing",
    "card_lines": f"{__name__}.nothing",
    "looked_up_lines": f"{__name__}.nothing",
    "digest_lines": f"{__name__}.nothing",
    "history": "person.unreachable",
    "history_details": "person.unreachable",
    "refusals": "builtins.LookupError",
}
WORK = fields(StaffWork)
FIELDS = [each for each in fields(Feature) if each.name not in ("name", "staff_work") and each.default is not None]
FIELDS += WORK
"""All that has names: not what every feature may do at a certain moment. Of `staff_work`, what that is made of."""
MAPPINGS = [each.name for each in FIELDS if each.default_factory is dict]
LISTS = [each.name for each in FIELDS if each.name not in MAPPINGS]
TIMED = ["tasks", "chunk_tasks", "workers"]


def with_same(feature: str, what: str, times: int = 1) -> Feature:
    """A feature that has something called as others have it; in a list, the same several times."""
    assert what in MAPPINGS or what in LISTED, (
        f"What is one of Feature.{what}? Say it in LISTED, and refuse two of them"
    )
    added: Any = {KEYS.get(what, "same_thing"): nothing} if what in MAPPINGS else (LISTED[what],) * times
    if what in {each.name for each in WORK}:
        return Feature(feature, staff_work=(StaffWork(**{what: added}),))
    return Feature(feature, **{what: added})


def start(monkeypatch: pytest.MonkeyPatch, folder: Path, *features: Feature) -> tuple[int, str]:
    """`python -m bot run` with these features beside those there are: the exit code, and what it says."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(bot.features, "FEATURES", (*bot.features.FEATURES, *features))
    # The log is the other tests', too.
    monkeypatch.setattr(bot.__main__, "configure_logs", lambda **_: None)
    nowhere = {"BOT_TOKEN": TOKEN, "BOT_API_URL": "http://127.0.0.1:9", "DATA_DIR": str(folder / "data")}
    found = CliRunner().invoke(bot.__main__.app, ["run"], env=nowhere)
    return found.exit_code, found.output.strip()


def assert_refused(*features: Feature, said: str) -> None:
    with pytest.raises(FeaturesCollide) as refused:
        Features(features)
    assert said in str(refused.value) and str(refused.value).endswith(".")


@pytest.mark.parametrize("what", [each.name for each in FIELDS])
def test_what_two_features_claim_stops_the_start(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = start(monkeypatch, tmp_path, with_same("lamps", what), with_same("gates", what))
    assert code == MEND_FIRST
    if what == "subscribers":
        assert said == f"The feature gates has {__name__}.nothing hear of report.taken a second time."
    else:
        assert said.startswith("The features lamps and gates both have the ")
        assert said.endswith(f" “{SAID.get(what, 'same_thing')}”.")
    assert not (tmp_path / "data").exists(), "nothing was begun"


@pytest.mark.parametrize("what", LISTS)
def test_what_one_feature_has_twice_stops_the_start(what: str) -> None:
    second = "a second time." if what == "subscribers" else "” twice."
    assert_refused(with_same("lamps", what, times=2), said=second)


@pytest.mark.parametrize("first", TIMED)
@pytest.mark.parametrize("second", TIMED)
def test_one_kind_of_row_is_done_by_one_alone(first: str, second: str) -> None:
    """Whether the tick does it, in chunks or not, or a worker."""
    assert_refused(with_same("lamps", first), with_same("gates", second), said="both have the task “same_thing”.")
    if first != second:
        both = replace(with_same("lamps", first), **{second: getattr(with_same("lamps", second), second)})
        assert_refused(both, said="The feature lamps has the task “same_thing” twice.")


def test_two_features_of_one_name_stop_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = start(monkeypatch, tmp_path, Feature("pledges"))
    assert (code, said) == (MEND_FIRST, "The feature pledges has the name “pledges” twice.")


def test_two_events_of_one_name_stop_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    another: Any = type("Taken", (ReportEvent,), {"KIND": "report.taken"})
    try:
        code, said = start(monkeypatch, tmp_path)
    finally:
        del another
        gc.collect()  # a class is in a circle with itself
    assert code == MEND_FIRST and said.startswith("Two events are kept under the name 'report.taken': ")
    assert len(kinds()) > 100


def staff_work(one: StaffAction | StaffQuestion) -> Feature:
    work = StaffWork((one,)) if isinstance(one, StaffAction) else StaffWork(questions=(one,))
    return Feature("lamps", staff_work=(work,))


CANNOT_BE = {
    "a command with a capital": Feature("lamps", commands={"Lamp": Command(nothing)}),
    "a command with its slash": Feature("lamps", commands={"/lamp": Command(nothing)}),
    "a command longer than Telegram allows": Feature("lamps", commands={"l" * 33: Command(nothing)}),
    "a command of a group with a hyphen": Feature("lamps", group_commands={"lamp-on": GroupCommand(nothing)}),
    "a prefix with a colon": Feature("lamps", buttons={"la:": nothing}),
    "a prefix that is empty": Feature("lamps", buttons={"": nothing}),
    "a link that Telegram does not carry": Feature("lamps", deep_links={"la.": nothing}),
    "a link that is empty": Feature("lamps", deep_links={"": nothing}),
    "a keyboard's button that is a command": Feature("lamps", keyboard=((lambda _say: "/lamp", nothing),)),
    "a task without a name": Feature("lamps", tasks={"": nothing}),
    "a worker with a space": Feature("lamps", workers=("la mp",)),
    "a renderer of two words": Feature("lamps", renderers={"la mp": Renderer(nothing)}),
    "a flow with a colon": Feature("lamps", flows=(flow("la:mp"),)),
    "a step that is the summary": Feature("lamps", flows=(flow("lamp", "summary"),)),
    "a step with a colon": Feature("lamps", flows=(flow("lamp", "on:off"),)),
    "a preference that is the menu": Feature("lamps", preferences=(Preference("menu", nothing, 1),)),
    "a staff action with a value": staff_work(StaffAction("lamp=1", nothing, nothing)),
    "a question to staff with a colon": staff_work(StaffQuestion("l:", nothing, nothing)),
    "a feature without a name": Feature(""),
}


@pytest.mark.parametrize("what", CANNOT_BE)
def test_a_name_that_nothing_would_ever_reach_stops_the_start(what: str) -> None:
    assert_refused(CANNOT_BE[what], said=", which cannot be one.")


@pytest.mark.parametrize("what", [each.name for each in WORK])
def test_what_two_modules_of_one_feature_claim_stops_the_start(what: str) -> None:
    """A sentence of the history, too: the second would take the place of the first without a word."""
    work = with_same("lamps", what).staff_work
    assert_refused(Feature("lamps", staff_work=work * 2), said=f"“{SAID.get(what, 'same_thing')}” twice.")


def test_two_steps_of_one_name_stop_the_start() -> None:
    assert_refused(Feature("lamps", flows=(flow("lamp", "where", "where"),)), said="the step “lamp where” twice.")
    Features([Feature("lamps", flows=(flow("lamp", "where"), flow("gate", "where")))])


def test_a_link_that_is_the_beginning_of_another_stops_the_start() -> None:
    lamps, gates = Feature("lamps", deep_links={"la": nothing}), Feature("gates", deep_links={"la-": nothing})
    assert_refused(lamps, gates, said="The links “la” and “la-” of the features lamps and gates begin alike.")


def test_a_button_of_the_keyboard_is_compared_in_every_language() -> None:
    lamps = Feature("lamps", keyboard=((lambda say: say.label("Help"), nothing),))
    gates = Feature("gates", keyboard=((lambda _say: "帮助", nothing),))
    assert_refused(lamps, gates, said="both have the button of the keyboard “帮助”.")


def test_who_hears_of_all_that_is_made_from_an_event_hears_of_each_once() -> None:
    both = (*on(Stage.STAFF, nothing, ReportEvent), *on(Stage.PEOPLE, nothing, ReportNoted))
    assert_refused(Feature("lamps", subscribers=both), said="hear of report.noted a second time.")
    features = Features([Feature("lamps", subscribers=both[:1])])
    assert [each.run for each in features.subscriptions(ReportNoted)] == [nothing]
    assert features.subscriptions(PersonUnreachable) == ()
    assert len(features.table()) == len(kinds(ReportEvent))


def test_the_order_is_that_of_stages_and_then_of_features() -> None:
    def run(_tx: Any, _setup: Any, _event: Any) -> None:
        """Another."""

    lamps = Feature("lamps", subscribers=(*on(Stage.VIEWS, nothing, ReportNoted), *on(Stage.STAFF, run, ReportNoted)))
    gates = Feature("gates", subscribers=on(Stage.RULE, len, ReportNoted))
    found = [each.run for each in Features([lamps, gates]).subscriptions(ReportNoted)]
    assert found == [len, run, nothing]


def test_the_command_that_prints_the_table_refuses_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.features, "FEATURES", (Feature("lamps"), Feature("lamps")))
    found = CliRunner().invoke(bot.__main__.app, ["features"])
    assert (found.exit_code, found.output) == (MEND_FIRST, "The feature lamps has the name “lamps” twice.\n")
    with pytest.raises(CannotStart):
        bot.features.joined()


def test_who_hears_of_what_is_written_down() -> None:
    assert golden.features().splitlines() == golden.section(golden.FEATURES).splitlines(), ADVICE
    assert "<lambda>" not in golden.features(), "who hears of something has a name"


def test_the_command_prints_who_hears_of_what() -> None:
    assert CliRunner().invoke(bot.__main__.app, ["features"]).output == golden.features()
