"""What a role lets a person do here, in a few words each."""

from collections.abc import Iterable

from domain.people.rights import Action, Role, may
from handlers.kit import wording
from handlers.kit.texts import Html, Speaker, bold, lines

_ORDER = (Role.ADMIN, Role.LEAD, Role.STAFF, Role.REPRESENTATIVE, Role.VOLUNTEER, Role.PLEDGER)


def of_role(say: Speaker, role: Role) -> Html:
    """One sentence on what a role is for."""
    return {
        Role.RESIDENT: say("Says what is wrong, and whether it is fixed."),
        Role.VOLUNTEER: say("Helps neighbours with repairs."),
        Role.PLEDGER: say("Makes public promises and keeps them."),
        Role.REPRESENTATIVE: say("Speaks for neighbours who do not use Telegram."),
        Role.STAFF: say("Reads the reports in the staff group, takes them up, answers and resolves them."),
        Role.LEAD: say("Does what staff do, and gives and takes away roles."),
        Role.ADMIN: say("Does what leads do, makes leads and admins, and chooses the staff group."),
    }[role]


def besides(say: Speaker, roles: Iterable[str]) -> Html | None:
    """What somebody with these roles can do beside what everybody can; None for those who are residents only."""
    held = [role for role in _ORDER if role in set(roles)]
    if not held:
        return None
    names = say.listed(wording.role(say, role) for role in held)
    works_with_staff = {Role.STAFF, Role.LEAD, Role.ADMIN} & set(held)
    makes_promises = any(may([role], Action.PLEDGE) for role in held)
    gives_roles = {Role.LEAD, Role.ADMIN} & set(held)
    return lines(
        bold(say("Your role: {roles}", roles=names)),
        say("In the staff group, use the buttons under each report. A reply to a report is a note that only staff see.")
        if works_with_staff
        else None,
        say("If you are not in the staff group yet, ask whoever invited you to add you to it.")
        if works_with_staff and Role.ADMIN not in held
        else None,
        say("/pledge makes a promise, or shows yours") if makes_promises else None,
        say("/queue shows what is to be done") if works_with_staff else None,
        say("/find and words or a number find reports") if works_with_staff else None,
        say("/project starts a project, /projects shows all of them") if works_with_staff else None,
        say("/history and a number show all that happened to a report") if works_with_staff else None,
        say("/figures shows how many were handled") if works_with_staff else None,
        say("/record writes down what somebody says at the counter or on the telephone") if works_with_staff else None,
        say("/notice writes to many, /notices lists all notices") if works_with_staff else None,
        say("/poster makes a poster with a QR code to print") if works_with_staff else None,
        say("/team shows who has which role") if works_with_staff else None,
        say("/repairs shows repairs that are open, /oncall who could come") if works_with_staff else None,
        say("/volunteer says what you can mend, /duty switches on call on and off, /jobs shows your repairs")
        if Role.VOLUNTEER in held
        else None,
        say("/role gives somebody a role") if gives_roles else None,
        say("/setup chooses the staff group") if Role.ADMIN in held else None,
        say("/quarantine shows what I could not handle") if Role.ADMIN in held else None,
        say("/plan takes the picture of the plan everybody sees") if Role.ADMIN in held else None,
        say("/hotline enters the complaints that the hotline counted each month") if Role.ADMIN in held else None,
    )
