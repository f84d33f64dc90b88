"""What somebody reads before they have their data deleted: what goes, what ends, what stays, in plain words."""

from handlers.kit import wording
from handlers.kit.texts import Html, Speaker
from services.personal_data.open_things import OpenThings


def goes(say: Speaker) -> list[Html]:
    """What is deleted."""
    return [
        say("– your name, your Telegram number, your settings, your address"),
        say("– what you wrote and sent: your reports, repairs and promises, with photos and voice messages"),
        say("– my messages about it, here and in the staff group, as far as Telegram lets me"),
    ]


def stays(say: Speaker) -> list[Html]:
    """What stays without a name."""
    return [
        say("– how many reports there were, of which kind, and what became of them"),
        say("– a report that others have joined, with what they wrote"),
        say("– how often a promise was kept, and what you answered others as staff"),
        say("– a line that staff wrote about a report for everybody, on the public page"),
        say("– if you are blocked: that you are, until it ends"),
    ]


def ends(say: Speaker, now: OpenThings) -> list[Html]:
    """What comes to an end, for who has such things open."""
    roles = ", ".join(wording.role(say, each) for each in now.roles)
    found: list[Html | None] = [
        say.plural(
            "– {count} open report is taken back; if others joined it, it stays open for them",
            "– {count} open reports are taken back; those that others joined stay open for them",
            now.reports,
        )
        if now.reports
        else None,
        *(
            say(
                "– Report no. {number} speaks of danger. It stays as it is, without a name, until the staff have "
                "closed it, so that help finds it. Then it is deleted, too.",
                number=number,
            )
            for number in now.danger
        ),
        say.plural("– {count} repair is withdrawn", "– {count} repairs are withdrawn", now.repairs)
        if now.repairs
        else None,
        *(say("– Repair {number} for somebody else stays: it is theirs", number=number) for number in now.for_others),
        say.plural(
            "– {count} repair taken on goes to other volunteers now",
            "– {count} repairs taken on go to other volunteers now",
            now.jobs,
        )
        if now.jobs
        else None,
        say.plural("– {count} promise ends", "– {count} promises end", now.promises) if now.promises else None,
        say.plural(
            "– {count} report taken as staff goes back to the team",
            "– {count} reports taken as staff go back to the team",
            now.in_charge,
        )
        if now.in_charge
        else None,
        say.plural(
            "– the lead of {count} project goes back to the team",
            "– the lead of {count} projects goes back to the team",
            now.projects,
        )
        if now.projects
        else None,
        say("– these roles: {roles}", roles=roles) if roles else None,
    ]
    return [each for each in found if each is not None]
