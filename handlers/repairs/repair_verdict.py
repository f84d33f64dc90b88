"""What whoever asked for a repair does: takes it back, moves it to another address, says whether it is done."""

from domain.repairs.repairs import FREE, HELD
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow
from handlers.kit.conversation.steps import Words
from handlers.kit.keyboards import Button, column
from handlers.kit.texts import Html, bold, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.repairs import asker_card, relay, same_repair
from handlers.repairs.buttons import ForAsker, StatusPress, Verdict, VerdictPress
from handlers.repairs.repair_request import ADDRESS, PLACE
from services.repairs import repair_verdicts
from services.repairs import repairs as service
from storage.core.conversations import Conversation
from storage.people import homes
from storage.repairs import repairs
from storage.repairs.repairs import Repair


def press(ctx: UpdateContext) -> None:
    """A button of one's status card."""
    pressed = ctx.callback_data(StatusPress)
    repair = repair_verdicts.own(ctx.tx, ctx.who, pressed.repair)
    if pressed.version != repair.version:
        asker_card.refresh(ctx.tx, ctx.setup, repair)
        ctx.pop_up(ctx.say_to_person.label("This has changed meanwhile. Look at the newest buttons."))
        return
    _ACTIONS[pressed.what](ctx, repair)


def _menu(ctx: UpdateContext, repair: Repair) -> None:
    asker_card.refresh(ctx.tx, ctx.setup, repair)


def _away_really(ctx: UpdateContext, repair: Repair) -> None:
    say = ctx.say
    buttons = [(say.label("Yes, not needed"), ForAsker.WITHDRAW), (say.label("No, I still need it"), ForAsker.MENU)]
    markup = column(*(Button(label, asker_card.data(repair, what)) for label, what in buttons))
    asker_card.refresh(ctx.tx, ctx.setup, repair, markup)


def _away(ctx: UpdateContext, repair: Repair) -> None:
    service.withdraw(ctx.tx, ctx.who, repair.id)
    ctx.pop_up(ctx.say_to_person.label("All right. Those who were asked are told."))


def _move(ctx: UpdateContext, repair: Repair) -> None:
    if repair.state not in FREE | HELD:
        raise InvalidCallbackData
    engine.begin(ctx, MOVE.name, {"repair": repair.id})


_ACTIONS = {ForAsker.MENU: _menu, ForAsker.WITHDRAW_SURE: _away_really, ForAsker.WITHDRAW: _away, ForAsker.MOVE: _move}


def judge(ctx: UpdateContext) -> None:
    """The answer to a question about it."""
    pressed = ctx.callback_data(VerdictPress)
    repair = repair_verdicts.own(ctx.tx, ctx.who, pressed.repair)
    if pressed.round != repair.round:
        ctx.pop_up(
            ctx.say_to_person.label("That question is from before. Please look at the newest message."), alert=True
        )
        return
    ctx.edit_pressed(_ANSWERS[pressed.verdict](ctx, repair), None)


def _thank(ctx: UpdateContext, repair: Repair) -> Html:
    repair_verdicts.thank(ctx.tx, ctx.setup.community, ctx.who, repair.id)
    return ctx.say("Thank you! Repair {number} is closed, and your thanks are passed on.", number=repair.id)


def _yes(ctx: UpdateContext, repair: Repair) -> Html:
    if repair.state in FREE:
        return ctx.say(
            "I am asking others for repair {number} already. If it is done, tap “Not needed any more” on "
            "its message: /my shows it.",
            number=repair.id,
        )
    repair_verdicts.confirm(ctx.tx, ctx.setup.community, ctx.who, repair.id)
    return ctx.say("Thank you! Repair {number} is closed.", number=repair.id)


def _no(ctx: UpdateContext, repair: Repair) -> Html:
    repair_verdicts.reopen(ctx.tx, ctx.setup.community, ctx.who, repair.id)
    # What they write now is what is still wrong, and no report; nor is it for who has it no longer.
    if ctx.conversation is not None and ctx.conversation.flow == relay.NAME:
        engine.cancel(ctx)
    engine.begin(ctx, STILL.name, {"repair": repair.id})
    return ctx.say("Thank you for saying so. Repair {number} is open again, and I ask for somebody.", number=repair.id)


def _nobody(ctx: UpdateContext, repair: Repair) -> Html:
    if repair.state in FREE:
        return ctx.say("I am asking others for repair {number} already.", number=repair.id)
    service.nobody_came(ctx.tx, ctx.setup.community, ctx.who, repair.id)
    return ctx.say("We are sorry. I am asking others for repair {number} now.", number=repair.id)


_ANSWERS = {Verdict.THANK: _thank, Verdict.YES: _yes, Verdict.NO: _no, Verdict.NOBODY: _nobody}


# -- what is still wrong


def _ask_still(ctx: UpdateContext, draft: Draft) -> Html:
    return paragraphs(
        bold(ctx.say("Repair {number}: what is still wrong?", number=draft["repair"])),
        ctx.say("Write it, speak it, or send a photo: whoever takes it reads it. You can leave it out."),
    )


def _add_still(ctx: UpdateContext, conversation: Conversation) -> None:
    number = conversation.draft["repair"]
    if not conversation.draft.get("words"):
        engine.end(ctx, conversation, _still_looking(ctx, conversation))
        return
    said = relay.say_more(ctx, number)
    engine.end(ctx, conversation, said, below=True)


def _still_looking(ctx: UpdateContext, conversation: Conversation) -> Html:
    return ctx.say("All right. I ask for somebody for repair {number}.", number=conversation.draft["repair"])


STILL = Flow(
    name="repair_still",
    steps=(Words("words", ask=_ask_still),),
    finish=_add_still,
    skippable=frozenset({"words"}),
    may_lapse=True,
    after_press=same_repair.after_press,
    touched=drafts.let_lapse,
    cancelled=_still_looking,
)


# -- another address


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    draft = conversation.draft
    number = draft["repair"]
    service.move_house(ctx.tx, ctx.setup.community, ctx.who, number, draft.get("area"), draft["address"])
    repair = repairs.by_id(ctx.tx, number)
    kept = homes.of(ctx.tx, ctx.who.id) is not None
    said = (
        ctx.say("I have changed the address of repair {number}, and keep it for the next time.", number=number)
        if kept
        else ctx.say("I have changed the address of repair {number}.", number=number)
    )
    engine.end(ctx, conversation, said)
    if repair is not None:
        asker_card.show_below(ctx.tx, ctx.setup, repair)


MOVE = Flow(
    name="repair_move",
    steps=(PLACE, ADDRESS),
    finish=_finish,
    may_lapse=True,
    after_press=same_repair.after_press,
    cancelled=lambda ctx, _conversation: ctx.say("All right. The address stays as it is."),
)
