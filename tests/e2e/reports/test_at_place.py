"""A poster's link says where one stands."""

from tests.e2e.conftest import Estate
from tests.e2e.reading import presses_send


async def test_the_link_of_a_poster_names_the_place(estate: Estate) -> None:
    ana = await estate.world.person("Ana")
    await ana.says("/start a-b3")
    await ana.sees("Hello! This is Maple Court.")
    await ana.sees("You are here: North side, Building 3.")
    await ana.says("Something drips")
    await ana.sees("Place: North side, Building 3")
    await presses_send(ana)
    await ana.sees("Received")
    assert await estate.rows("SELECT area FROM reports") == [{"area": "b3"}]


async def test_in_chinese_and_an_area_that_is_gone_is_an_ordinary_start(estate: Estate) -> None:
    lin = await estate.world.person("Lin", "zh-hans")
    await lin.says("/start a-nowhere")
    await lin.sees("您好")
    assert await estate.rows("SELECT * FROM conversations") == []
    await lin.says("/start a-north-gate")
    await lin.sees("您现在在：北门")


async def test_a_report_that_is_being_written_keeps_its_place(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("The lamp in building 5 is dark")
    await mei.sees("Place: South side, Building 5")
    said = await mei.says("/start a-b3")
    await mei.sees("Place: South side, Building 5", after=said["message_id"])
