"""The first minute: /start, /help, /language (also a row of /settings), /cancel."""

from domain.community import Community, ReportsShown
from handlers.kit import wording
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.conversation.engine import engine
from handlers.kit.keyboards import Button, Markup, column, reply_keyboard
from handlers.kit.preference import Preference, back
from handlers.kit.texts import Html, Speaker, bold, languages, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.people import abilities, commands
from services.people import meeting
from storage.core.messages import Purpose

# A language is named in itself: whoever looks for it can read it.
LANGUAGE_NAMES = {"en": "English", "zh_Hans": "简体中文"}


class LanguagePress(CallbackData, prefix="l"):
    """A language is chosen, by its code."""

    language: str


def start_command(ctx: UpdateContext) -> None:
    """/start in private; what stands behind it says what the link was for. An unknown one is an ordinary start."""
    payload = ctx.message.text.partition(" ")[2].strip()
    for prefix, handler in ctx.setup.features.deep_links.items():
        if payload.startswith(prefix):
            handler(ctx, payload.removeprefix(prefix))
            return
    start(ctx)


def start(ctx: UpdateContext) -> None:
    """/start without a payload: who I am, what happens to what you say, and the big button."""
    say = ctx.say
    community = ctx.setup.community
    ctx.send(
        paragraphs(
            bold(say("Hello! This is {community}.", community=say.words(community.name))),
            say(
                "Tell me what is wrong in the neighbourhood: write it, speak it, or send a photo. "
                "The staff read it and answer here. A report is closed only when you say that it is fixed."
            ),
            abilities.besides(say, ctx.who.roles),
            privacy_note(ctx.setup.community, say),
            wording.emergency_line(community, say),
        ),
        main_keyboard(say),
    )
    after_start(ctx)


def after_start(ctx: UpdateContext) -> None:
    """For those with a role: their commands (it may be older than the chat), and their next step."""
    if ctx.who.roles:
        commands.refresh_person(ctx.tx, ctx.setup, ctx.who)
    for next_step in ctx.setup.features.next_steps:
        next_step(ctx)


def privacy_note(community: Community, say: Speaker) -> Html:
    """What is kept and who sees it, short and plain; also what everybody may read, where the community shows that."""
    if community.public.reports is ReportsShown.OFF:
        return say(
            "What you send here is kept by this community and read by its staff. Your name is on no report; the staff "
            "can look it up when they must, and that is recorded. Other residents see nothing of it."
        )
    return say(
        "What you send here is kept by this community and read by its staff. Your name is on no report; the staff can "
        "look it up when they must, and that is recorded. Other residents read none of your words. The staff may put a "
        "title of their own on the public page; you are told, and can have it taken off at once."
    )


def main_keyboard(say: Speaker) -> Markup:
    """The two big buttons and the two others, always there below the text field."""
    return reply_keyboard(
        [
            [say.label("Say what is wrong")],
            [say.label("Ask for a repair")],
            [say.label("My reports"), say.label("Help")],
        ]
    )


def help_(ctx: UpdateContext) -> None:
    """/help: what can be done, in a few lines."""
    say = ctx.say
    ctx.send(
        paragraphs(
            bold(say("This is how it works")),
            lines(
                say("1. Write, speak or photograph what is wrong. No command is needed."),
                say("2. Tap “Send it like this”. You get a number."),
                say(
                    "3. The staff write to you here. To write back, hold your finger on their message and tap “Reply”."
                ),
                say("4. When they say it is fixed, I ask you. Only your yes closes it."),
            ),
            lines(
                say("/report says what is wrong"),
                say("/repair asks for a neighbour who can mend something"),
                say("/my shows your reports"),
                say("/board shows what neighbours have promised"),
                say("/projects shows projects and where they stand"),
                say("/neighbours shows who helps with what"),
                say("/volunteer offers your own hands"),
                say("/settings: your language, your quiet hours"),
                say("/export gives you a copy of your data, /forget deletes it"),
                say("/cancel stops what you have begun"),
            ),
            abilities.besides(say, ctx.who.roles),
            privacy_note(ctx.setup.community, say),
            wording.emergency_line(ctx.setup.community, say),
        ),
        main_keyboard(say),
    )
    for next_step in ctx.setup.features.next_steps:
        next_step(ctx)
    engine.show_open(ctx)


def language(ctx: UpdateContext) -> None:
    """/language: one button for each, named in itself."""
    text, buttons = _languages(ctx)
    ctx.send(text, column(*buttons), purpose=Purpose.LANGUAGE)


def _languages(ctx: UpdateContext) -> tuple[Html, list[Button]]:
    buttons = [Button(LANGUAGE_NAMES.get(code, code), LanguagePress(code).pack()) for code in languages()]
    return ctx.say("Which language shall I speak with you?"), buttons


def _language_page(ctx: UpdateContext) -> tuple[Html, Markup]:
    text, buttons = _languages(ctx)
    return text, column(*buttons, back(ctx.say))


def _no_other(_ctx: UpdateContext, _value: str) -> None:
    """Its buttons are those of /language."""
    raise InvalidCallbackData


LANGUAGE = Preference(
    "language",
    lambda say: say.label("Language"),
    1,
    lambda ctx: ctx.say("Language: {language}", language=bold(LANGUAGE_NAMES.get(ctx.say.language, "?"))),
    _language_page,
    _no_other,
)


def choose_language(ctx: UpdateContext) -> None:
    """From now on in that language, the keyboard too."""
    code = ctx.callback_data(LanguagePress).language
    if code not in languages():
        ctx.pop_up(ctx.say_to_person.label("I do not know this button. Please use a newer one."), alert=True)
        return
    meeting.choose_language(ctx.tx, ctx.who, code)
    ctx.refresh_person()
    if ctx.who.roles:
        commands.refresh_person(ctx.tx, ctx.setup, ctx.who)
    ctx.edit_pressed(ctx.say("I speak English with you now."), None)
    ctx.send(ctx.say("Just write, speak or photograph what is wrong."), main_keyboard(ctx.say))
    for write_anew in ctx.setup.features.language_chosen:
        write_anew(ctx)
    if ctx.conversation is not None:
        engine.show(ctx, anew=True)


def cancel(ctx: UpdateContext) -> None:
    """/cancel: stop what was begun; nothing of it is sent."""
    if ctx.conversation is None:
        ctx.send(
            ctx.say("There is nothing to stop. If something is wrong, just write it here."), main_keyboard(ctx.say)
        )
        return
    engine.cancel(ctx, below=True)
