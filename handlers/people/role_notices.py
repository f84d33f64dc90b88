"""Notices of roles: who gets or loses one, who gave it, and all admins are told."""

from enum import StrEnum

from domain import events
from domain.people.rights import Role, granting, may
from handlers.kit import wording
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.mailer import Words, to_person
from handlers.kit.texts import Html, Speaker, paragraphs
from handlers.kit.update_context import Setup
from handlers.kit.wording import called
from handlers.people import abilities, commands, sleeping_roles
from handlers.people.team import TeamPress, Wanted
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.people import invitations, people
from storage.people.people import Person
from storage.volunteers import volunteers as repair_volunteers


class RoleWanted(StrEnum):
    """What is to be shown or done, and the answers about a link that was opened."""

    MENU = "menu"
    WHICH = "which"
    LINK = "link"
    PICK = "pick"
    YES = "yes"
    NO = "no"


class RolePress(CallbackData, prefix="role"):
    """`of` is a role; of a link that was opened, its code."""

    wanted: RoleWanted
    of: str


def role_granted(tx: Transaction, setup: Setup, event: events.RoleGranted) -> None:
    person = people.by_id(tx, event.person)
    commands.refresh_person(tx, setup, person)
    _tell_watchers(tx, setup, event, person)
    if event.role == Role.ADMIN:
        sleeping_roles.tell(tx, setup, person)  # who becomes admin after a restore looks after the others
    if not is_notified(tx, event):
        return

    def write(say: Speaker) -> Html:
        role = say("You now have the role: {role}.", role=wording.role(say, event.role))
        return paragraphs(role, abilities.besides(say, person.roles))

    to_person(tx, setup, person.id, write)


def is_notified(tx: Transaction, event: events.RoleGranted) -> bool:
    """Whether a person is written to because of a role. Who opened a link is answered there; a volunteer whose offer
    staff said yes to reads that.
    """
    is_volunteer = event.role == Role.VOLUNTEER and repair_volunteers.is_approved(tx, event.person)
    return event.actor != event.person and not is_volunteer


def _tell_watchers(tx: Transaction, setup: Setup, event: events.RoleGranted, person: Person) -> None:
    """Whoever gave the role, and every admin: a role nobody meant to give is seen, and is one tap away from gone.

    Who gave it by a command or a press just now is told by the answer to that.
    """
    giver = people.by_id(tx, event.giver) if event.giver is not None else None
    for watcher in _watchers(tx, event.giver):
        if watcher.id in (person.id, event.actor):
            continue

        def write(say: Speaker, watcher: Person = watcher) -> Words:
            role, name = wording.role(say, event.role), called(person)
            if giver is None:
                text = say(
                    "{name} now has the role: {role}. It was given by a setting or by the console's link.",
                    name=name,
                    role=role,
                )
            elif giver.id == watcher.id:
                text = say("You have given {name} the role: {role}.", name=name, role=role)
            else:
                text = say(
                    "{name} now has the role: {role}. {giver} has given it.", name=name, role=role, giver=called(giver)
                )
            return text, take_away(say, watcher, person, Role(event.role))

        to_person(tx, setup, watcher.id, write, purpose=Purpose.ROLE)


def tell_giver(tx: Transaction, setup: Setup, giver: Person, person: Person, role: Role) -> None:
    """In private to somebody who gave a role elsewhere: what they did, and the way back."""

    def write(say: Speaker) -> Words:
        text = say("You have given {name} the role: {role}.", name=called(person), role=wording.role(say, role))
        return text, take_away(say, giver, person, role)

    to_person(tx, setup, giver.id, write, purpose=Purpose.ROLE)


def take_away(say: Speaker, watcher: Person, person: Person, role: Role) -> Markup | None:
    """The button that takes a role away again, for those who may."""
    if not may(watcher.roles, granting(role)):
        return None
    return column(Button(say.label("Take it away"), TeamPress(Wanted.TAKE, role, person.id).pack()))


def _watchers(tx: Transaction, giver: int | None) -> list[Person]:
    """All admins, and whoever gave the role; each once."""
    found = {admin.id: admin for admin in people.with_role(tx, Role.ADMIN)}
    if giver is not None:
        found[giver] = people.by_id(tx, giver)
    return list(found.values())


def role_revoked(tx: Transaction, setup: Setup, event: events.RoleRevoked) -> None:
    person = people.by_id(tx, event.person)
    if person.forgotten:
        return  # all that is said of it is said at once (handlers/personal_data/forgetting_notices.py)
    commands.refresh_person(tx, setup, person)

    def tell(say: Speaker) -> Html:
        return paragraphs(
            say("You no longer have the role: {role}.", role=wording.role(say, event.role)),
            say("Your own reports stay as they are, and you can send new ones at any time."),
        )

    to_person(tx, setup, event.person, tell)
    taker = people.by_id(tx, event.actor) if event.actor is not None else None
    for watcher in _watchers(tx, event.actor):
        if watcher.id in (event.person, event.actor):
            continue

        def write(say: Speaker, watcher: Person = watcher) -> Html:
            role = wording.role(say, event.role)
            if taker is None:
                return say("{name} no longer has the role: {role}.", name=called(person), role=role)
            return say(
                "{name} no longer has the role: {role}. {taker} has taken it away.",
                name=called(person),
                role=role,
                taker=called(taker),
            )

        to_person(tx, setup, watcher.id, write, purpose=Purpose.ROLE)


# -- links that wait for their maker's yes


def link_opened(tx: Transaction, setup: Setup, event: events.RoleLinkOpened) -> None:
    person = people.by_id(tx, event.person)

    def too_late(say: Speaker) -> Html:
        return say(
            "{name} has opened a link of yours for the role {role} that is used up or ended. They got nothing by it. "
            "If you did not give the link to them, it has come into other hands.",
            name=called(person),
            role=wording.role(say, event.role),
        )

    if event.late:
        # Once for each who tries: more would be a way to flood whoever made the link.
        once = f"late_link:{event.role}:{event.person}:{event.maker}"
        to_person(tx, setup, event.maker, too_late, purpose=Purpose.ROLE, once=once)
        return
    invitation = invitations.opened(tx, event.maker, event.person)
    if invitation is None:
        return

    def ask(say: Speaker) -> Words:
        name, role = called(person), wording.role(say, event.role)
        text = paragraphs(
            say("{name} has opened your link for the role: {role}.", name=name, role=role),
            abilities.of_role(say, Role(event.role)),
            say(
                "Should {name} get this role? They have nothing until you say yes. You can answer until {when}.",
                name=name,
                when=say.moment(invitation.expires_at, tx.now),
            ),
        )
        return text, column(
            Button(say.label("Yes, give the role"), RolePress(RoleWanted.YES, invitation.code).pack()),
            Button(say.label("No, end the link"), RolePress(RoleWanted.NO, invitation.code).pack()),
        )

    to_person(tx, setup, event.maker, ask, purpose=Purpose.ROLE)


def link_refused(tx: Transaction, setup: Setup, event: events.RoleLinkRefused) -> None:
    def write(say: Speaker) -> Html:
        return paragraphs(
            say(
                "The person who made the link has said no, so you do not have the role: {role}.",
                role=wording.role(say, event.role),
            ),
            say("Everything else works: just write what is wrong."),
        )

    to_person(tx, setup, event.person, write)
