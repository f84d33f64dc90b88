"""People become known: by what they send, by opening the private chat, or because somebody names them."""

from domain.events import PublicNameWaits
from services.people import meeting, public_names
from storage.core.database import Transaction
from storage.people import people
from tests.services.repairing import volunteer
from tests.support import happened, in_transaction, person


@in_transaction
def test_somebody_new_is_kept_and_somebody_known_brought_up_to_date(tx: Transaction) -> None:
    new = meeting.came(tx, 7, "Mei", "mei", "zh_Hans", None)
    assert (new.telegram_id, new.name, new.username, new.language, new.started, new.roles) == (
        7, "Mei", "mei", "zh_Hans", False, frozenset(),
    )  # fmt: skip
    again = meeting.came(tx, 7, "Mei Li", None, "en", new)
    assert (again.id, again.name, again.username, again.language) == (new.id, "Mei Li", None, "en")
    assert happened(tx) == [], "nobody reads their name"


@in_transaction
def test_another_name_of_somebody_whom_others_read_waits_for_staff(tx: Transaction) -> None:
    lao = volunteer(tx, "Lao")
    public_names.approve_first(tx, lao.id)
    assert lao.telegram_id is not None
    meeting.came(tx, lao.telegram_id, "Lao", "lao", "en", lao)
    assert happened(tx) == []
    meeting.came(tx, lao.telegram_id, "BUY GOLD", "lao", "en", lao)
    assert happened(tx) == [PublicNameWaits.KIND] and public_names.shown(tx, lao.id) == "Lao"


@in_transaction
def test_who_opens_the_chat_can_be_written_to(tx: Transaction) -> None:
    mei = person(tx, "Mei", started=False)
    assert meeting.opened_chat(tx, mei.id).started and people.by_id(tx, mei.id).started


@in_transaction
def test_named_by_another_what_we_know_from_themselves_stays(tx: Transaction) -> None:
    mei = person(tx, "Mei", language="zh_Hans")
    assert mei.telegram_id is not None
    assert meeting.named(tx, mei.telegram_id, "M.", "m", "en") == mei
    new = meeting.named(tx, 7, "Bo", "bo", "en")
    assert (new.name, new.username, new.started) == ("Bo", "bo", False)


@in_transaction
def test_a_language_that_was_chosen_stays_whatever_their_telegram_says(tx: Transaction) -> None:
    mei = person(tx, "Mei")
    meeting.choose_language(tx, mei, "zh_Hans")
    assert mei.telegram_id is not None
    chosen = people.by_id(tx, mei.id)
    assert (chosen.language, chosen.chose_language) == ("zh_Hans", True)
    assert meeting.came(tx, mei.telegram_id, "Mei", None, "en", chosen).language == "zh_Hans"
