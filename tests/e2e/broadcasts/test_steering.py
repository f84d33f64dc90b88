"""Stop and Go on, quiet hours, and what becomes of it when the program ends, a role goes or a backup is restored."""

from pathlib import Path

from bot.command_line.backup_and_restore import backup_now, restore
from bot.kit.settings import Settings
from bot.sending.claim import IN_FLIGHT
from sandbox.client import Person, written
from sandbox.testing import TOKEN
from services.broadcasts import broadcasting
from tests.e2e.broadcasts.conftest import Saying
from tests.e2e.reading import presses_what, shows, until

STOP, GO_ON = "bc:*:stop", "bc:*:go_on"
NIGHT = "2026-11-25T23:30:00+08:00"
MORNING = "2026-11-26T09:30:00+08:00"


async def copies_of(person: Person, text: str = "Water off") -> int:
    """How many messages with this text somebody has."""
    return sum(text in written(each) for each in await person.world.chat_messages(person.id))


async def holds_up(saying: Saying, person: Person) -> None:
    """Telegram takes nothing for somebody at present, so that their copy waits in the outbox."""
    await saying.estate.world.faults({"kind": "500", "method": "sendMessage", "chat": person.id})


async def waits(saying: Saying, person: Person) -> None:
    """Wait until their copy was tried once, and waits."""

    async def tried() -> bool:
        return bool(
            await saying.estate.rows(
                "SELECT 1 FROM outbox JOIN chats ON chats.id = outbox.chat WHERE telegram_id = ? "
                "AND outbox.state = 'pending' AND tries > 0",
                person.id,
            )
        )

    await until(tried, "a copy that waits")


async def test_stop_and_go_on(saying: Saying) -> None:
    estate = saying.estate
    bo = await estate.newcomer("Bo")
    await holds_up(saying, bo)
    await saying.says("Water off")
    await shows(estate.staff, "Toy: being sent", "1 of 2 have it")
    await waits(saying, bo)
    await presses_what(estate.staff, STOP)
    await shows(estate.staff, "Toy: stopped", "1 of 2 have it")
    await estate.world.faults()
    await estate.settled()
    assert await copies_of(bo) == 0
    await presses_what(estate.staff, GO_ON)
    await shows(bo, "Water off")
    await shows(estate.staff, "Toy: sent", "2 of 2 have it")
    assert await copies_of(estate.resident) == await copies_of(bo) == 1


async def test_who_may_say_nothing_any_more_stops_nothing(saying: Saying) -> None:
    estate = saying.estate
    lin = await estate.colleague("Lin")
    await holds_up(saying, estate.resident)
    await saying.says("Water off", by=lin)
    await shows(lin, "Toy: being sent")
    await estate.lose_role(lin)
    assert "cannot do that" in str(await lin.popup(await presses_what(lin, STOP)))
    # It was said while they might say it.
    await estate.world.faults()
    await shows(estate.resident, "Water off")
    await shows(lin, "Toy: sent")


async def test_quiet_hours_are_kept_and_an_urgent_one_rings(saying: Saying) -> None:
    estate = saying.estate
    bo = await estate.newcomer("Bo")
    await estate.world.set_time(NIGHT)
    await saying.says("Water off")
    await shows(estate.staff, "Toy: being sent", "2 people are in their quiet hours")
    await saying.says("Gas!", urgent=True)
    await shows(estate.resident, "Gas!")
    await shows(bo, "Gas!")
    assert await copies_of(bo) == await copies_of(estate.resident) == 0
    calls = [call["params"] for call in await estate.world.calls("sendMessage")]
    assert [call.get("disable_notification") for call in calls if "Gas!" in call["text"]] == [None, None]
    await estate.world.set_time(MORNING)
    await shows(bo, "Water off")
    await shows(estate.resident, "Water off")
    assert await copies_of(bo) == await copies_of(bo, "Gas!") == 1


async def test_those_who_block_the_bot_meanwhile_are_counted(saying: Saying) -> None:
    estate = saying.estate
    bo = await estate.newcomer("Bo")
    await holds_up(saying, bo)
    await saying.says("Water off")
    await waits(saying, bo)
    await bo.blocks()
    await estate.world.faults()
    await shows(estate.staff, "Toy: sent", "1 of 2 have it", "1 person cannot be reached")


async def test_after_the_program_ended_each_still_gets_it_once(saying: Saying) -> None:
    estate = saying.estate
    bo = await estate.newcomer("Bo")
    await holds_up(saying, bo)
    await saying.says("Water off")
    await shows(estate.resident, "Water off")
    await waits(saying, bo)
    await estate.stop()
    await estate.world.faults()
    await estate.start()
    await shows(bo, "Water off")
    await shows(estate.staff, "Toy: sent", "2 of 2 have it")
    assert await copies_of(estate.resident) == await copies_of(bo) == 1


async def test_after_a_restore_it_stands_still_and_its_writer_hears_why(saying: Saying, tmp_path: Path) -> None:
    estate = saying.estate
    settings = Settings(bot_token=TOKEN, bot_api_url=estate.world.url, data_dir=tmp_path / "data")
    bo = await estate.newcomer("Bo")
    await holds_up(saying, bo)
    await saying.says("Water off")
    await waits(saying, bo)
    backup_now(settings)
    await estate.world.faults()
    await shows(bo, "Water off")
    await shows(estate.staff, "Toy: sent")
    await estate.stop()
    (file,) = (settings.data_dir / "backups").glob("manual-*.db")
    restore(settings, file, overwrite=True)
    await estate.start()
    await shows(estate.staff, "Toy was being sent when a backup was restored", "may get it twice")
    await shows(estate.staff, "Toy: stopped", "1 of 2 have it")
    await estate.settled()
    assert await copies_of(bo) == 1


async def test_what_is_too_old_to_be_deleted_says_that_it_was_withdrawn(saying: Saying) -> None:
    estate = saying.estate
    await saying.says("Water off")
    got = await shows(estate.resident, "Water off")
    await estate.world.advance(hours=49)
    await saying.steers(broadcasting.withdraw)
    now = await shows(estate.resident, "This message was withdrawn.")
    assert now["message_id"] == got["message_id"]


async def test_stop_lets_no_more_go_than_are_on_their_way(saying: Saying) -> None:
    estate = saying.estate
    people = [await estate.world.person(f"N{number}") for number in range(IN_FLIGHT + 10)]
    for each in people:
        await each.starts()
    await estate.settled()
    await estate.world.faults({"kind": "latency", "method": "sendMessage", "seconds": 2.0})
    await saying.says("Water off")

    async def as_many_fly_as_may() -> bool:
        (row,) = await estate.rows("SELECT count(*) AS count FROM outbox WHERE state = 'sending' AND lane = 2")
        return bool(row["count"] >= IN_FLIGHT - 1)  # and the message that says how far it is

    await until(as_many_fly_as_may, "as many on their way as there may be")
    await saying.steers(broadcasting.stop)
    await estate.world.faults()
    await estate.settled()
    have = [await copies_of(each) for each in [*people, estate.resident]]
    assert max(have) == 1 and IN_FLIGHT - 1 <= sum(have) <= IN_FLIGHT
    await saying.steers(broadcasting.go_on)
    await shows(estate.staff, "Toy: sent", f"{len(have)} of {len(have)} have it")
    assert {await copies_of(each) for each in [*people, estate.resident]} == {1}
