"""/hotline: an admin types the hotline's complaints; what is wrong is said, and a correction is on record."""

from domain.people.rights import Role
from sandbox.client import written
from tests.e2e.conftest import Estate, shows
from tests.e2e.reading import asked_to_send, presses_send


async def test_typed_looked_at_and_saved(estate: Estate) -> None:
    ping = await estate.colleague("Ping", Role.ADMIN)
    await ping.says("/hotline")
    await ping.sees("No month has been entered yet.")
    await ping.says("2026-13 30")
    await shows(ping, "Nothing was entered", "“2026-13” is not a month")
    await ping.says("2025-10 50\n2026年10月 32")
    await asked_to_send(ping, "NOT SAVED YET", "October 2025: 50", "October 2026: 32")
    await ping.says("2026-10 31")
    await asked_to_send(ping, "October 2026: 31")
    assert await estate.rows("SELECT 1 FROM events WHERE kind = 'hotline.counted'") == []
    await presses_send(ping)
    await ping.sees("Entered: October 2025: 50, October 2026: 31")
    await ping.says("/hotline")
    await ping.sees("October 2026: 31")
    await ping.says("2026-10 30")
    await asked_to_send(ping, "October 2026: 30 (until now: 31)")
    await presses_send(ping)
    await ping.sees("Corrected: October 2026 is 30; it was 31. That is on record.")


async def test_for_admins_alone(estate: Estate) -> None:
    bo = await estate.colleague("Bo", Role.LEAD)
    said = await bo.says("/hotline")
    await bo.sees("You cannot do that", after=said["message_id"])
    await bo.says("/help")
    assert "/hotline" not in written(await bo.sees("/queue shows"))
