"""What whoever asked for a repair does: takes it back, moves it to another address, says whether it is done."""

from domain.repairs.repairs import FREE, HELD
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow
from handlers.kit.conversation.steps import Words
from handlers.kit.here import Here
from handlers.kit.keyboards import Button, column
from handlers.kit.texts import Html, bold, paragraphs
from handlers.repairs import relay, repair_status
from handlers.repairs.buttons import ForAsker, StatusPress, Verdict, VerdictPress
from handlers.repairs.repair import ADDRESS, PLACE
from services.repairs import repair_verdicts
from services.repairs import repairs as service
from storage.core.conversations import Conversation
from storage.people import homes
from storage.repairs import repairs
from storage.repairs.repairs import Repair


def press(here: Here) -> None:
    """A button of one's status card."""
    pressed = here.callback_data(StatusPress)
    repair = repair_verdicts.own(here.tx, here.who, pressed.repair)
    if pressed.version != repair.version:
        repair_status.refresh(here.tx, here.setup, repair)
        here.pop_up(here.say.label("This has changed meanwhile. Look at the newest buttons."))
        return
    _ACTIONS[pressed.what](here, repair)


def _menu(here: Here, repair: Repair) -> None:
    repair_status.refresh(here.tx, here.setup, repair)
    here.pop_up()


def _away_really(here: Here, repair: Repair) -> None:
    say = here.say
    buttons = [(say.label("Yes, not needed"), ForAsker.WITHDRAW), (say.label("No, I still need it"), ForAsker.MENU)]
    markup = column(Button(label, repair_status.data(repair, what)) for label, what in buttons)
    repair_status.refresh(here.tx, here.setup, repair, markup)
    here.pop_up()


def _away(here: Here, repair: Repair) -> None:
    service.withdraw(here.tx, here.who, repair.id)
    here.pop_up(here.say.label("All right. Whoever was asked hears it."))


def _move(here: Here, repair: Repair) -> None:
    if repair.state not in FREE | HELD:
        raise InvalidCallbackData
    here.pop_up()
    engine.begin(here, MOVE.name, {"repair": repair.id})


_ACTIONS = {
    ForAsker.MENU: _menu,
    ForAsker.WITHDRAW_SURE: _away_really,
    ForAsker.WITHDRAW: _away,
    ForAsker.MOVE: _move,
}


def judge(here: Here) -> None:
    """The answer to a question about it."""
    pressed = here.callback_data(VerdictPress)
    repair = repair_verdicts.own(here.tx, here.who, pressed.repair)
    if pressed.round != repair.round:
        here.pop_up(here.say.label("That question is from before. Please look at the newest message."), alert=True)
        return
    here.edit_pressed(_ANSWERS[pressed.verdict](here, repair), None)
    here.pop_up()


def _thank(here: Here, repair: Repair) -> Html:
    repair_verdicts.thank(here.tx, here.setup.community, here.who, repair.id)
    return here.say("Thank you! Repair {number} is closed, and your thanks are passed on.", number=repair.id)


def _yes(here: Here, repair: Repair) -> Html:
    if repair.state in FREE:
        return here.say("I am asking others for repair {number} already. If it is done, tap “Not needed any more” on "
                        "its message: /my shows it.", number=repair.id)  # fmt: skip
    repair_verdicts.confirm(here.tx, here.setup.community, here.who, repair.id)
    return here.say("Thank you! Repair {number} is closed.", number=repair.id)


def _no(here: Here, repair: Repair) -> Html:
    repair_verdicts.reopen(here.tx, here.setup.community, here.who, repair.id)
    # What they write now is what is still wrong, and no report; nor is it for who has it no longer.
    if here.conversation is not None and here.conversation.flow == relay.NAME:
        engine.cancel(here)
    engine.begin(here, STILL.name, {"repair": repair.id})
    return here.say("Thank you for saying so. Repair {number} is open again, and I ask for somebody.", number=repair.id)


def _nobody(here: Here, repair: Repair) -> Html:
    if repair.state in FREE:
        return here.say("I am asking others for repair {number} already.", number=repair.id)
    service.nobody_came(here.tx, here.setup.community, here.who, repair.id)
    return here.say("We are sorry. I am asking others for repair {number} now.", number=repair.id)


_ANSWERS = {Verdict.THANK: _thank, Verdict.YES: _yes, Verdict.NO: _no, Verdict.NOBODY: _nobody}


# -- what is still wrong


def _ask_still(here: Here, draft: Draft) -> Html:
    return paragraphs(
        bold(here.say("Repair {number}: what is still wrong?", number=draft["repair"])),
        here.say("Write it, speak it, or send a photo: whoever takes it reads it. You can leave it out."),
    )


def _add_still(here: Here, conversation: Conversation) -> None:
    number = conversation.draft["repair"]
    if not conversation.draft.get("words"):
        engine.end(here, conversation, _still_looking(here, conversation))
        return
    said = relay.say_more(here, number)
    engine.end(here, conversation, said, below=True)


def _still_looking(here: Here, conversation: Conversation) -> Html:
    return here.say("All right. I ask for somebody for repair {number}.", number=conversation.draft["repair"])


STILL = Flow(
    name="repair_still",
    steps=(Words("words", ask=_ask_still, change=lambda _here, _draft: ""),),
    finish=_add_still,
    skippable=frozenset({"words"}),
    may_lapse=True,
    touched=drafts.asked,
    ended=drafts.ended,
    cancelled=_still_looking,
)


# -- another address


def _finish(here: Here, conversation: Conversation) -> None:
    draft = conversation.draft
    number = draft["repair"]
    service.move_house(here.tx, here.setup.community, here.who, number, draft.get("area"), draft["address"])
    repair = repairs.by_id(here.tx, number)
    kept = homes.of(here.tx, here.who.id) is not None
    said = (
        here.say("I have changed the address of repair {number}, and keep it for the next time.", number=number)
        if kept
        else here.say("I have changed the address of repair {number}.", number=number)
    )
    engine.end(here, conversation, said)
    if repair is not None:
        repair_status.show_below(here.tx, here.setup, repair)


MOVE = Flow(
    name="repair_move",
    steps=(PLACE, ADDRESS),
    finish=_finish,
    may_lapse=True,
    cancelled=lambda here, _conversation: here.say("All right. The address stays as it is."),
)
