"""/record in private: staff write down what somebody without Telegram says at the counter or on the telephone."""

from dataclasses import dataclass

from domain.core.subjects import subject
from domain.danger.danger import find_danger
from domain.figures.report_history import Channel
from domain.language.phones import phone_number
from domain.people.rights import Action, require
from domain.reports.name_or_sentence import reads_like_a_sentence
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Step, Wrong
from handlers.kit.conversation.names import Name
from handlers.kit.conversation.question import button_data
from handlers.kit.conversation.steps import Choose, Line, Words, add_part, no_such_part
from handlers.kit.keyboards import Button
from handlers.kit.parts import belong_to, earlier_in, from_draft, media_line, quoted_shortly, words_in
from handlers.kit.texts import Html, bold, lines, paragraphs, shorten
from handlers.kit.update_context import UpdateContext
from handlers.reports.resident import guessing, reporting
from services.reports import recording as service
from services.reports import saying_more
from services.reports.submitting import NewReport
from services.staff_room import staff_chat
from storage.core import conversations
from storage.core.conversations import Conversation

AGREED, NOT_AGREED = "yes", "no"
_CAME = "channel"
SHOWN_WORDS = 1500


def command(ctx: UpdateContext) -> None:
    """/record: whose report is it? Words behind it are what is wrong, or a name, as they read."""
    require(ctx.who.roles, Action.RECORD)
    words, conversation = words_in(ctx), ctx.conversation
    going_on = conversation is not None and conversation.flow == FLOW.name
    draft: Draft = conversation.draft if conversation is not None and going_on else _begun(ctx)
    is_wrong = words is not None and reads_like_a_sentence(words, ctx.setup.community)
    if is_wrong and add_part(ctx, draft, "words") is None and not going_on:
        conversation = engine.begin(ctx, FLOW.name, draft)
        belong_to(ctx.tx, from_draft(draft["words"]), subject("conversation", conversation.id))
    elif conversation is not None and going_on:
        conversations.save(ctx.tx, conversation)
        engine.show(ctx, anew=True, lead=ctx.say("I have added that.") if is_wrong else None)
    else:
        engine.begin(ctx, FLOW.name, draft | ({"name": shorten(words, service.NAME_LENGTH)} if words else {}))


def _begun(ctx: UpdateContext) -> Draft:
    """Most are recorded where the last one was: it is asked once, and stands on the summary with one button."""
    last = service.last_channel(ctx.tx, ctx.who)
    return {} if last is None else {_CAME: last.value}


def _ways(ctx: UpdateContext) -> list[tuple[str, str]]:
    return [
        (ctx.say.label("At the counter"), Channel.COUNTER.value),
        (ctx.say.label("By phone"), Channel.PHONE.value),
    ]


@dataclass(frozen=True)
class _Consent(Choose):
    """Asked only when there is a number to keep."""

    def answered(self, draft: Draft) -> bool:
        return not draft.get("phone") or bool(draft.get(self.name))


def _a_name(ctx: UpdateContext, words: str) -> str | Wrong:
    return shorten(words, service.NAME_LENGTH)


def _a_number(ctx: UpdateContext, words: str) -> str | Wrong:
    found = phone_number(words)
    if found is None:
        return Wrong(ctx.say("That does not look like a telephone number. Digits, spaces, + and - are fine."))
    return found


def _forget_number(draft: Draft) -> None:
    """Not even the draft keeps a number that shall not be kept."""
    if draft["agreed"] == NOT_AGREED:
        del draft["agreed"]
        if draft.pop("phone", None) is not None:
            draft.setdefault("_skipped", []).append("phone")


def _yes_or_no(ctx: UpdateContext) -> list[tuple[str, str]]:
    return [(ctx.say.label("Yes, they agree"), AGREED), (ctx.say.label("No, do not keep it"), NOT_AGREED)]


_STEPS: tuple[Step, ...] = (
    Choose(
        _CAME,
        ask=lambda ctx, _draft: ctx.say("Are they at the counter, or on the phone?"),
        options=_ways,
        known=lambda value: value in service.NOTED,
    ),
    Name(
        "name",
        ask=lambda ctx, _draft: paragraphs(
            ctx.say("Who is speaking? Write their name, as you will call them when you ring back."),
            ctx.say("It stands on no card. Staff find it behind “Who?”."),
        ),
        change=lambda ctx, _draft: ctx.say.label("Change the name"),
        taken=_a_name,
        words_too=True,
    ),
    Line(
        "phone",
        ask=lambda ctx, _draft: ctx.say("At which telephone number can they be reached? You can leave this out."),
        change=lambda ctx, draft: (
            ctx.say.label("Change the telephone number")
            if draft.get("phone")
            else ctx.say.label("Add a telephone number")
        ),
        taken=_a_number,
    ),
    _Consent(
        "agreed",
        ask=lambda ctx, draft: ctx.say(
            "Please ask them: “May we keep {phone} to ring you back about this?” Their answer is kept on record.",
            phone=draft.get("phone", ""),
        ),
        change=lambda ctx, draft: ctx.say.label("May we ring back?") if draft.get("phone") else "",
        options=_yes_or_no,
        chosen=_forget_number,
    ),
    Words(
        "words",
        ask=lambda ctx, _draft: ctx.say("What is wrong? Write it in their words, let them speak, or send a photo."),
        change=lambda ctx, _draft: ctx.say.label("Write it again"),
    ),
    *(step for step in reporting.FLOW.steps if step.name in ("kind", "place")),
)


def _phone(draft: Draft) -> str | None:
    """The number, when they agreed that it is kept."""
    return draft.get("phone") if draft.get("agreed") == AGREED else None


_ABOUT_THE_PERSON = (_CAME, "name", "phone", "agreed")


def _take_extra(ctx: UpdateContext, draft: Draft) -> Wrong | Html | None:
    if ctx.conversation is None or ctx.conversation.step in _ABOUT_THE_PERSON:
        return None  # what is wrong with a name or number is said by its own question
    return add_part(ctx, draft, "words") or ctx.say("I have added that.")


def _guess(ctx: UpdateContext, conversation: Conversation) -> bool:
    if conversation.draft.get("words"):
        guessing.suggest(ctx, conversation.draft)
    return False


def _how_they_came(ctx: UpdateContext, draft: Draft) -> Html:
    if draft.get(_CAME) == Channel.PHONE:
        return ctx.say("They called.")
    return ctx.say("They came to the counter.")


def _other_way(ctx: UpdateContext, conversation: Conversation) -> list[Button]:
    """One press, where it was the other way this time."""
    came = conversation.draft.get(_CAME) != Channel.PHONE
    label = ctx.say.label("No, it was by phone") if came else ctx.say.label("No, it was at the counter")
    other = Channel.PHONE if came else Channel.COUNTER
    return [Button(label, button_data(conversation, other.value))]


def _press(ctx: UpdateContext, conversation: Conversation, value: str) -> bool:
    if value not in service.NOTED:
        return False
    conversation.draft[_CAME] = value
    drafts.touched(ctx, conversation)
    engine.show(ctx)
    return True


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    say, draft = ctx.say, conversation.draft
    parts = from_draft(draft.get("words", []))
    phone = _phone(draft)
    return paragraphs(
        bold(say("NOT SENT YET")),
        lines(
            say("For: {name}", name=draft["name"]),
            _how_they_came(ctx, draft),
            say("Telephone: {phone}", phone=phone) if phone else say("No telephone number is kept."),
        ),
        lines(
            quoted_shortly(parts, SHOWN_WORDS),
            media_line(say, parts),
            guessing.kind_line(ctx, draft),
            guessing.place_line(ctx, draft),
            no_such_part(ctx, draft),
        ),
        say("You can send it like this. Or write more, or send a photo: I will add it."),
    )


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    draft, community = conversation.draft, ctx.setup.community
    parts = from_draft(draft["words"])
    found = (find_danger(part.text, community.dangers) for part in parts if part.text)
    danger = next((each.danger for each in found if each is not None and each.by_words), None)
    written = NewReport(
        parts=parts,
        category=draft.get("kind"),
        area=draft.get("area"),
        place=draft.get("place"),
        latitude=draft.get("latitude"),
        longitude=draft.get("longitude"),
        danger=danger.code if danger else None,
    )
    channel = Channel(draft[_CAME])
    number = service.record(ctx.tx, community, ctx.who, draft["name"], _phone(draft), written, channel)
    saying_more.keep_earlier(ctx.tx, ctx.who, number, earlier_in(draft["words"]))
    belong_to(ctx.tx, parts, subject("report", number))
    draft[conversations.ABOUT] = [subject("report", number)]
    text = paragraphs(
        bold(ctx.say("Recorded as no. {number}.", number=number)),
        ctx.say("Tell them the number. Its card is in the staff group, as any other.")
        if staff_chat.is_reachable(ctx.tx)
        else ctx.say(
            "Tell them the number. I cannot reach the staff group at the moment; its card comes there as soon as I can."
        ),
        ctx.say("What they should hear I send to you, so that you can ring them back.")
        if _phone(draft)
        else ctx.say("What they should hear I send to you, so that you can tell them."),
    )
    engine.end(ctx, conversation, text)


FLOW = Flow(
    name="record",
    steps=_STEPS,
    finish=_finish,
    summary=_summary,
    send_label=lambda ctx: ctx.say.label("Record it like this"),
    skippable=frozenset({"phone"}),
    more_buttons=_other_way,
    press=_press,
    take_extra=_take_extra,
    interrupt=_guess,
    touched=drafts.touched,
)
