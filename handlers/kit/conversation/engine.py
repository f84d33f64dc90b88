"""The conversation engine: it runs flows, asking step after step until all is answered and sent.

Where a person stands, and all they have said, is a row written in the update's own transaction, so it survives a crash
and a week.
"""

from datetime import datetime

from domain.people.rights import NotAllowed
from handlers.kit.conversation import question, unknown_flow
from handlers.kit.conversation.flow import SUMMARY, Draft, Flow, Wrong
from handlers.kit.keyboards import Markup
from handlers.kit.texts import Html, paragraphs
from handlers.kit.update_context import UpdateContext
from services import drafts
from services.core.errors import NotFound
from storage.core import conversations
from storage.core.conversations import Conversation, ConversationState
from storage.core.instants import from_text_or_none, to_text

"""So much that was begun can wait for somebody in a chat."""
ASKED_AT = "_asked_at"
"""In a draft: when its question was last put to the person, or answered by them in some way."""


class Engine:
    """Runs the flows of all features. It keeps nothing in memory."""

    def end_unknown(self, ctx: UpdateContext) -> bool:
        """Before an update is handled: end a conversation of a flow that is none any more. True if it was."""
        if ctx.conversation is None:
            return False
        ended = not self._known(ctx, ctx.conversation)
        if ctx.conversation is not None:
            self._find_step(ctx, ctx.conversation)
        return ended

    def begin(
        self, ctx: UpdateContext, name: str, draft: Draft | None = None, lead: Html | None = None
    ) -> Conversation:
        """Open a flow and ask its first open question. A conversation that is open is put aside, not lost.

        The same optional question asked anew is no second one: the first one lapses.
        """
        flow = ctx.setup.features.flows[name]
        if ctx.conversation is not None and ctx.conversation.flow == name and flow.may_lapse:
            self.lapse(ctx, ctx.conversation)
        elif ctx.conversation is not None:
            question.strip(ctx, ctx.conversation)
        conversation = conversations.begin(ctx.tx, ctx.where.id, ctx.who.id, name, "", draft or {})
        ctx.conversation = conversation
        conversation.step = self._next(flow, conversation.draft)
        self.note_asked(ctx, conversation)
        flow.touched(ctx, conversation)
        self.keep_few(ctx)
        # What a button asks comes with what was pressed, which may stand far up the chat.
        pressed = ctx.pressed() if ctx.incoming.press is not None else None
        self.show(ctx, lead=lead, under=pressed.id if pressed is not None else None)
        return conversation

    def keep_few(self, ctx: UpdateContext) -> None:
        """Of what somebody has put aside the oldest goes, and they are told; its words are kept like any draft's."""
        for oldest in conversations.parked_beyond(ctx.tx, ctx.where.id, ctx.who.id, ctx.tx.limits.drafts):
            oldest.state = ConversationState.ENDED
            conversations.save(ctx.tx, oldest)
            drafts.ended(ctx.tx, oldest.id)
            words = question.words_of(oldest)
            if words is not None:
                ctx.send(put_away(ctx, words))

    def message(self, ctx: UpdateContext) -> None:
        """The message that came belongs to the open conversation."""
        conversation, flow = self._open(ctx)
        if self._forbidden(ctx):
            return
        self.note_asked(ctx, conversation)
        step = flow.step(conversation.step)
        wrong: Wrong | Html | None = None
        if flow.checking(conversation):
            conversation.step = SUMMARY  # what comes now changes what is asked
        if step is not None:
            wrong = step.take_message(ctx, conversation.draft)
        if step is None or (isinstance(wrong, Wrong) and flow.take_extra is not None):
            taken_extra = flow.take_extra(ctx, conversation.draft) if flow.take_extra else None
            wrong = taken_extra or wrong or Wrong(_only_buttons(ctx))
        if isinstance(wrong, Wrong):
            self.show(ctx, anew=True, lead=wrong.text)
            return
        if wrong is None:
            self._advance(flow, conversation)
        if flow.interrupt(ctx, conversation):
            return
        flow.touched(ctx, conversation)
        self._go_on(ctx, flow, anew=True, lead=wrong)

    def changed(self, ctx: UpdateContext) -> None:
        """A message that belongs to the open conversation was changed, and the draft with it."""
        conversation, flow = self._open(ctx)
        if not flow.interrupt(ctx, conversation):
            flow.touched(ctx, conversation)
            self.show(ctx)

    def press(self, ctx: UpdateContext, conversation_id: int, step_name: str, value: str) -> None:
        """A button of a flow. One of an earlier question, or of somebody else's conversation, is refused kindly."""
        conversation = conversations.by_id(ctx.tx, conversation_id)
        if conversation is None or conversation.person != ctx.who.id or conversation.chat != ctx.where.id:
            ctx.pop_up(ctx.say_to_person.label("This button is not yours, or it is from long ago."), alert=True)
            return
        if conversation.state == ConversationState.ENDED:
            ctx.pop_up(ctx.say_to_person.label("This step is done. Nothing is sent twice."))
            return
        if not self._known(ctx, conversation):
            return
        if conversation.state == ConversationState.PARKED:
            self.resume(ctx, conversation)
            if self._forbidden(ctx):
                return
            ctx.pop_up(ctx.say_to_person.label("This is where you stopped."))
            return
        ctx.conversation = conversation
        self._find_step(ctx, conversation)
        if self._forbidden(ctx):
            return
        if step_name != conversation.step:
            ctx.pop_up(ctx.say_to_person.label("You have answered that already. This is the question now."))
            self.show(ctx)
            return
        self._pressed(ctx, value)

    def cancel(self, ctx: UpdateContext, below: bool = False) -> None:
        """End the open conversation; nothing of it is sent. The one that was put aside for it comes back."""
        conversation, flow = self._open(ctx)
        # A command ends a question; it is not the button under it, which may mean more.
        last_words = flow.lapsed if below and flow.lapsed is not None else flow.cancelled
        self.end(ctx, conversation, last_words(ctx, conversation), below=below)
        flow.ended(ctx, conversation)
        self._take_up(ctx)

    def finish(self, ctx: UpdateContext) -> None:
        """Carry the open conversation out, after a check whose own button said so."""
        self._finish(ctx, self._open(ctx)[1])

    def lapse(self, ctx: UpdateContext, conversation: Conversation) -> None:
        """End a conversation nobody goes on with, in place and without a sound."""
        if not self._known(ctx, conversation):
            return
        flow = ctx.setup.features.flows[conversation.flow]
        self.end(ctx, conversation, (flow.lapsed or flow.cancelled)(ctx, conversation))
        flow.ended(ctx, conversation)

    def put_aside(self, ctx: UpdateContext) -> None:
        """The open conversation waits: it comes back when what is begun now is done."""
        conversation, _ = self._open(ctx)
        question.strip(ctx, conversation)
        conversation.state = ConversationState.PARKED
        conversations.save(ctx.tx, conversation)
        ctx.conversation = None
        self.keep_few(ctx)

    def to_summary(self, ctx: UpdateContext) -> None:
        """An answer that was to be changed stays as it is."""
        conversation, flow = self._open(ctx)
        conversation.draft.pop("_changing", None)
        conversation.step = self._next(flow, conversation.draft)

    def note_asked(self, ctx: UpdateContext, conversation: Conversation) -> None:
        """From now on it counts how long the question has waited."""
        conversation.draft[ASKED_AT] = to_text(ctx.now)

    def asked_at(self, conversation: Conversation) -> datetime | None:
        """Since when its question waits; None where that is not known."""
        return from_text_or_none(conversation.draft.get(ASKED_AT))

    def end(
        self,
        ctx: UpdateContext,
        conversation: Conversation,
        said: Html | None,
        below: bool = False,
        markup: Markup | None = None,
    ) -> None:
        """Close a conversation; `said` are the last words on its card (None leaves the card to the caller).

        With `below` they come as a new message, for one who is not looking at the card. `markup`: buttons that are no
        longer of the conversation.
        """
        conversation.state = ConversationState.ENDED
        if below:
            question.strip(ctx, conversation)
        if said is not None:
            question.write(ctx, conversation, said, markup)
        conversations.save(ctx.tx, conversation)
        if ctx.conversation is conversation:
            ctx.conversation = None

    def show(self, ctx: UpdateContext, anew: bool = False, lead: Html | None = None, under: int | None = None) -> None:
        """Put the open question on the screen: in place, or below (`anew`) when the person has written since.

        `under`: the message (by our id) to which it replies, where it is new.
        """
        assert ctx.conversation is not None
        if not self._known(ctx, ctx.conversation):
            return
        conversation, flow = self._open(ctx)
        self._find_step(ctx, conversation)
        if anew:
            question.strip(ctx, conversation)
        step = flow.step(conversation.step)
        in_pairs = 0
        check = flow.checking(conversation)
        if check is not None:
            text = paragraphs(lead, check.question(ctx, conversation))
            buttons = check.buttons(ctx, conversation)
        elif step is None and flow.summary is not None:
            text = paragraphs(lead, flow.summary(ctx, conversation))
            buttons = question.summary_buttons(ctx, flow, conversation)
        else:
            assert step is not None
            text = paragraphs(lead, step.question(ctx, conversation.draft))
            buttons = question.step_buttons(ctx, flow, conversation, step)
            in_pairs = len(step.choices(ctx, conversation.draft)) // 2 * 2 if getattr(step, "pairs", False) else 0
        question.write(ctx, conversation, text, question.arranged(buttons, in_pairs), under)
        conversations.save(ctx.tx, conversation)

    # -- inside

    def _known(self, ctx: UpdateContext, conversation: Conversation) -> bool:
        """Whether its flow is one of ours; else it has ended, and its person reads so."""
        if conversation.flow in ctx.setup.features.flows:
            return True
        unknown_flow.end(ctx, conversation)
        return False

    def _find_step(self, ctx: UpdateContext, conversation: Conversation) -> None:
        """Where a question is none any more, or the summary lacks an answer: the first open question instead."""
        flow = ctx.setup.features.flows[conversation.flow]
        if flow.step(conversation.step) is not None or flow.checking(conversation):
            return
        conversation.step = self._next(flow, conversation.draft)
        if conversation.step == SUMMARY and flow.summary is None:
            conversation.step = flow.steps[0].name

    def _forbidden(self, ctx: UpdateContext) -> bool:
        """Whether they may go on no longer; then it has ended."""
        conversation, flow = self._open(ctx)
        if flow.permitted(ctx):
            return False
        said = ctx.say("You cannot do that any more. Nothing of it was sent.")
        self.end(ctx, conversation, said, below=True)
        flow.ended(ctx, conversation)
        if ctx.incoming.press is not None:
            ctx.pop_up(
                ctx.say_to_person.label("You cannot do that. If you should be able to, ask an admin for the role."),
                alert=True,
            )
        self.take_up_parked(ctx)
        return True

    def _pressed(self, ctx: UpdateContext, value: str) -> None:
        conversation, flow = self._open(ctx)
        self.note_asked(ctx, conversation)
        step = flow.step(conversation.step)
        if value == "!cancel":
            self.cancel(ctx)
            return
        check = flow.before_finish
        if value == "!send" and conversation.step == SUMMARY and check is not None and check.due(ctx, conversation):
            conversation.step = check.name
            self.show(ctx)
            return
        if value == "!send" and step is None:
            self._finish(ctx, flow)
            return
        if value.startswith("!change:") and flow.step(value[8:]) is not None:
            conversation.step = value[8:]
            conversation.draft["_changing"] = True
        elif value == "!back" and step is not None and step.back(ctx, conversation.draft):
            pass  # the same question, a level up
        elif value == "!back":
            conversation.step = self._before(flow, conversation)
        elif value == "!skip" and step is not None and step.name in flow.skippable:
            conversation.draft.setdefault("_skipped", []).append(step.name)
            self._advance(flow, conversation)
        elif step is None:
            press = check.press if check is not None and flow.checking(conversation) else flow.press
            if not press(ctx, conversation, value):
                self.show(ctx)
            return
        else:
            wrong = step.take_press(ctx, conversation.draft, value)
            if wrong is not None:
                self.show(ctx, lead=wrong.text)
                return
            self._advance(flow, conversation)
        flow.touched(ctx, conversation)
        self._go_on(ctx, flow, anew=False)

    def _go_on(self, ctx: UpdateContext, flow: Flow, anew: bool, lead: Html | None = None) -> None:
        conversation, _ = self._open(ctx)
        if conversation.step == SUMMARY and flow.summary is None:
            self._finish(ctx, flow)
            return
        self.show(ctx, anew=anew, lead=lead)

    def _finish(self, ctx: UpdateContext, flow: Flow) -> None:
        conversation, _ = self._open(ctx)
        conversation.state = ConversationState.ENDED
        flow.finish(ctx, conversation)
        conversations.save(ctx.tx, conversation)
        if ctx.conversation is conversation:
            ctx.conversation = None  # else its end has begun another one
        flow.ended(ctx, conversation)
        self._take_up(ctx)

    def _take_up(self, ctx: UpdateContext) -> None:
        if ctx.conversation is None:  # nothing new has begun with its end
            self.take_up_parked(ctx)

    def _advance(self, flow: Flow, conversation: Conversation) -> None:
        if conversation.draft.pop("_stay", None):
            return
        conversation.step = self._next(flow, conversation.draft)
        conversation.draft.pop("_changing", None)

    def _next(self, flow: Flow, draft: Draft) -> str:
        for step in flow.steps:
            skipped = step.name in draft.get("_skipped", ())
            if flow.applies(step, draft) and not (step.optional or skipped or step.answered(draft)):
                return step.name
        return SUMMARY

    def _before(self, flow: Flow, conversation: Conversation) -> str:
        if conversation.draft.pop("_changing", None) or flow.step(conversation.step) is None:
            return self._next(flow, conversation.draft)
        names = [step.name for step in flow.steps if not step.optional and flow.applies(step, conversation.draft)]
        place = names.index(conversation.step) if conversation.step in names else 0
        return names[max(0, place - 1)]

    def _open(self, ctx: UpdateContext) -> tuple[Conversation, Flow]:
        assert ctx.conversation is not None
        return ctx.conversation, ctx.setup.features.flows[ctx.conversation.flow]

    def show_open(self, ctx: UpdateContext) -> None:
        """After an answer to something else: the open question comes below it, so that it is not lost up the chat."""
        if ctx.conversation is not None and ctx.where.is_private:
            self.show(ctx, anew=True)

    def resume(self, ctx: UpdateContext, conversation: Conversation, lead: Html | None = None) -> None:
        """Ask a conversation's question once more, below: after days, or when another flow is done."""
        if not self._known(ctx, conversation):
            return
        if ctx.conversation is not None and ctx.conversation.id != conversation.id:
            question.strip(ctx, ctx.conversation)
            ctx.conversation.state = ConversationState.PARKED
            conversations.save(ctx.tx, ctx.conversation)
        conversation.state = ConversationState.OPEN
        ctx.conversation = conversation
        self.note_asked(ctx, conversation)
        self.show(ctx, anew=True, lead=lead)

    def take_up_parked(self, ctx: UpdateContext) -> None:
        """When a conversation has ended: the one that was put aside for it comes back."""
        while parked := conversations.last_parked(ctx.tx, ctx.where.id, ctx.who.id):
            if self._known(ctx, parked) and self._taken_up(ctx, parked):
                return

    def _taken_up(self, ctx: UpdateContext, parked: Conversation) -> bool:
        """Whether it could be asked again. What it is about may be theirs no more: it ends then, and undoes nothing of
        what has just been done.
        """
        try:
            with ctx.tx.savepoint():
                self.resume(ctx, parked, ctx.say("Now back to what you had begun before:"))
            return True
        except (NotAllowed, NotFound):
            said = ctx.say("You cannot do that any more. Nothing of it was sent.")
            ctx.conversation = parked
            self.end(ctx, parked, said, below=True)
            ctx.setup.features.flows[parked.flow].ended(ctx, parked)
            return False


def put_away(ctx: UpdateContext, words: str) -> Html:
    """That the oldest of many drafts was put away; its words stand in it, so that they can be sent again."""
    return ctx.say(
        "You have begun {count} other things and not sent them, so I have put away the oldest: “{words}”. It was not "
        "sent. To send it after all, please write it again.",
        count=ctx.tx.limits.drafts,
        words=words,
    )


def _only_buttons(ctx: UpdateContext) -> Html:
    return ctx.say("Please tap one of the buttons below.")


engine = Engine()
