"""Buttons stand in chats for ever: what each family packed when it was first written it packs and reads still."""

import pytest

from handlers.callback_data import CallbackData, YesNo
from handlers.desk.blocking import BlockPress, Verdict
from handlers.desk.find import FoundPress
from handlers.desk.gathering import GatheredPress
from handlers.house.arriving import LanguagePress
from handlers.repairs.duty import Change, DutyPress, JobPress
from handlers.repairs.neighbours import NeighboursPress
from handlers.repairs.turning import TurnPress
from handlers.repairs.volunteer_card import OfferAnswer, OfferPress
from handlers.reporting.said_afterwards import SomethingElsePress
from services.blocking import Source

OUT_THERE: dict[str, CallbackData] = {
    "bl:report:12:ask": BlockPress(Source.REPORT, 12, Verdict.ASK),
    "bl:part:3:30": BlockPress(Source.PART, 3, Verdict.THIRTY_DAYS),
    "bl:shown:3:end": BlockPress(Source.SHOWN, 3, Verdict.LIFT),
    "bl:flood:3:no": BlockPress(Source.FLOOD, 3, Verdict.LEAVE),
    "da:4": SomethingElsePress(4),
    "du:on:0": DutyPress(Change.ON),
    "du:off:0": DutyPress(Change.OFF),
    "du:pause:0": DutyPress(Change.PAUSE),
    "du:days:7": DutyPress(Change.DAYS, 7),
    "du:list:0": DutyPress(Change.LIST),
    "du:hide:0": DutyPress(Change.HIDE),
    "du:change:0": DutyPress(Change.OFFER),
    "du:menu:0": DutyPress(Change.MENU),
    "fi:2:120": FoundPress(2, 120),
    "fi:2:0": FoundPress(2),
    "ga:12": GatheredPress(12),
    "jo:12": JobPress(12),
    "l:zh_Hans": LanguagePress("zh_Hans"),
    "nb:1": NeighboursPress(1),
    "ro:12:take": OfferPress(12, OfferAnswer.TAKE),
    "ro:12:no": OfferPress(12, OfferAnswer.NO),
    "ry:12:yes": TurnPress(12, YesNo.YES),
    "ry:12:no": TurnPress(12, YesNo.NO),
}


@pytest.mark.parametrize(("data", "value"), OUT_THERE.items(), ids=list(OUT_THERE))
def test_it_is_packed_and_read_as_ever(data: str, value: CallbackData) -> None:
    assert value.pack() == data
    assert type(value).unpack(data) == value


def test_each_declared_family_is_here() -> None:
    ours = {kind for kind in CallbackData.__subclasses__() if kind.__module__.startswith("handlers.")}
    assert ours == {type(value) for value in OUT_THERE.values()}
