"""Those of the demo's neighbours who do something for others: volunteers for repairs, and who promises in public.

Volunteers answer the questions and staff say yes in the group; a role comes by a link that Wei passes on. As always.
"""

import re

from demo.neighbours import Json, Neighbours


async def offers_help(people: Neighbours, told: Json) -> None:
    """A volunteer says what they can mend; Wei, as staff, says yes."""
    person = people.ids[told["who"]]
    await people.says_to_bot(person, "/volunteer")
    for trade in told["trades"]:
        await people.presses_newest(person, rf"^f:\d+:trades:{trade}$")
    await people.presses_newest(person, r"^f:\d+:trades:!all$")
    for area in told["areas"]:
        await people.presses_newest(person, rf"^f:\d+:areas:{area}$")
    await people.presses_newest(person, r"^f:\d+:areas:!all$")
    for step, value in told["answers"]:
        await people.presses_newest(person, rf"^f:\d+:{step}:{value}$")
    await people.presses_newest(person, "!send$")
    name = re.escape(people.called[told["who"]])
    asked = await people.sees(people.ids["Staff"], rf"^{name}( offers help|报名帮忙)")
    await people.press(people.ids["Wei"], people.ids["Staff"], asked, r"^vo:\d+:yes:")
    await people.sees(person, "You are a volunteer now|您现在是志愿者")


async def is_given_role(people: Neighbours, told: Json) -> None:
    """Somebody opens the link that Wei has passed on."""
    wei, person, role = people.ids["Wei"], people.ids[told["who"]], told["role"]
    await people.says_to_bot(wei, f"/role {role}")
    await people.presses_newest(wei, f"^role:link:{role}$")
    invitation = await people.sees(wei, r"\?start=i-")
    found = re.search(r"\?start=(\S+)", invitation["text"])
    assert found is not None
    await people.post("start", **{"from": person}, payload=found[1])
    await people.sees(person, "You now have the role|您现在的身份是")
