"""People become known: by what they send, by opening the private chat, or because somebody names them."""

from services.people import public_names
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person


def came(
    tx: Transaction, telegram_id: int, name: str, username: str | None, language: str, known: Person | None
) -> Person:
    """Somebody has written or pressed something; `known`: as what they were known until now. Others may read a name."""
    person = people.meet(tx, telegram_id, name, username, language, known)
    if known is not None and known.name != person.name:
        public_names.check(tx, person)
    return person


def opened_chat(tx: Transaction, person: int) -> Person:
    """They have opened the private chat: they can be written to from now on."""
    people.set_started(tx, person)
    return people.by_id(tx, person)


def named(tx: Transaction, telegram_id: int, name: str, username: str | None, language: str) -> Person:
    """Somebody named by another: known already, or new to us. What we know from themselves stays."""
    known = people.by_telegram_id(tx, telegram_id)
    return known if known is not None else people.meet(tx, telegram_id, name, username, language)


def choose_language(tx: Transaction, actor: Person, language: str) -> None:
    """They read everything in that language from now on."""
    people.choose_language(tx, actor.id, language)
