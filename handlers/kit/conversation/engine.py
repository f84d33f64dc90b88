"""The conversation engine: it runs flows, asking step after step until all is answered and sent.

Where a person stands, and all they have said, is a row written in the update's own transaction, so it survives a crash
and a week.
"""

from datetime import datetime

from handlers.kit.conversation import gone, question
from handlers.kit.conversation.flow import SUMMARY, Draft, Flow, Wrong
from handlers.kit.here import Here
from handlers.kit.keyboards import Markup
from handlers.kit.texts import Html, paragraphs
from services.reports import drafts
from storage.core import conversations
from storage.core.conversations import Conversation, ConversationState
from storage.core.instants import from_text_or_none, to_text

PARKED = 10
"""So much that was begun can wait for somebody in a chat."""
ASKED_AT = "_asked_at"
"""In a draft: when its question was last put to the person, or answered by them in some way."""


class Engine:
    """Runs the flows of all features. It keeps nothing in memory."""

    def end_unknown(self, here: Here) -> bool:
        """Before an update is handled: end a conversation of a flow that is none any more. True if it was."""
        if here.conversation is None:
            return False
        ended = not self._known(here, here.conversation)
        if here.conversation is not None:
            self._find_step(here, here.conversation)
        here.answered = False  # that is no answer to what came
        return ended

    def begin(self, here: Here, name: str, draft: Draft | None = None, lead: Html | None = None) -> Conversation:
        """Open a flow and ask its first open question. A conversation that is open is put aside, not lost.

        The same optional question asked anew is no second one: the first one lapses.
        """
        flow = here.setup.features.flows[name]
        if here.conversation is not None and here.conversation.flow == name and flow.may_lapse:
            self.lapse(here, here.conversation)
        elif here.conversation is not None:
            question.strip(here, here.conversation)
        conversation = conversations.begin(here.tx, here.where.id, here.who.id, name, "", draft or {})
        here.conversation = conversation
        conversation.step = self._next(flow, conversation.draft)
        self.note_asked(here, conversation)
        flow.touched(here, conversation)
        self.keep_few(here)
        # What a button asks comes with what was pressed, which may stand far up the chat.
        pressed = here.pressed() if here.incoming.press is not None else None
        self.show(here, lead=lead, under=pressed.id if pressed is not None else None)
        return conversation

    def keep_few(self, here: Here) -> None:
        """Of what somebody has put aside the oldest goes, and they are told; its words are kept like any draft's."""
        for oldest in conversations.parked_beyond(here.tx, here.where.id, here.who.id, PARKED):
            oldest.state = ConversationState.ENDED
            conversations.save(here.tx, oldest)
            drafts.ended(here.tx, oldest.id)
            words = question.words_of(oldest)
            if words is not None:
                here.send(put_away(here, words))

    def message(self, here: Here) -> None:
        """The message that came belongs to the open conversation."""
        conversation, flow = self._open(here)
        if self._forbidden(here):
            return
        self.note_asked(here, conversation)
        step = flow.step(conversation.step)
        wrong: Wrong | Html | None = None
        if flow.checking(conversation):
            conversation.step = SUMMARY  # what comes now changes what is asked
        if step is not None:
            wrong = step.take_message(here, conversation.draft)
        if step is None or (isinstance(wrong, Wrong) and flow.spill is not None):
            spilled = flow.spill(here, conversation.draft) if flow.spill else None
            wrong = spilled or wrong or Wrong(_only_buttons(here))
        if isinstance(wrong, Wrong):
            self.show(here, anew=True, lead=wrong.text)
            return
        if wrong is None:
            self._advance(flow, conversation)
        if flow.interrupt(here, conversation):
            return
        flow.touched(here, conversation)
        self._go_on(here, flow, anew=True, lead=wrong)

    def changed(self, here: Here) -> None:
        """A message that belongs to the open conversation was changed, and the draft with it."""
        conversation, flow = self._open(here)
        if not flow.interrupt(here, conversation):
            flow.touched(here, conversation)
            self.show(here)

    def press(self, here: Here, conversation_id: int, step_name: str, value: str) -> None:
        """A button of a flow. One of an earlier question, or of somebody else's conversation, is refused kindly."""
        conversation = conversations.by_id(here.tx, conversation_id)
        if conversation is None or conversation.person != here.who.id or conversation.chat != here.where.id:
            here.pop_up(here.say_to_person.label("This button is not yours, or it is from long ago."), alert=True)
            return
        if conversation.state == ConversationState.ENDED:
            here.pop_up(here.say_to_person.label("This step is done. Nothing is sent twice."))
            return
        if not self._known(here, conversation):
            here.pop_up()
            return
        if conversation.state == ConversationState.PARKED:
            self.resume(here, conversation)
            if self._forbidden(here):
                return
            here.pop_up(here.say_to_person.label("This is where you stopped."))
            return
        here.conversation = conversation
        self._find_step(here, conversation)
        if self._forbidden(here):
            return
        if step_name != conversation.step:
            here.pop_up(here.say_to_person.label("You have answered that already. This is the question now."))
            self.show(here)
            return
        here.pop_up()
        self._pressed(here, value)

    def cancel(self, here: Here, below: bool = False) -> None:
        """End the open conversation; nothing of it is sent. The one that was put aside for it comes back."""
        conversation, flow = self._open(here)
        # A command ends a question; it is not the button under it, which may mean more.
        last_words = flow.lapsed if below and flow.lapsed is not None else flow.cancelled
        self.end(here, conversation, last_words(here, conversation), below=below)
        flow.ended(here, conversation)
        self._take_up(here)

    def finish(self, here: Here) -> None:
        """Carry the open conversation out, after a check whose own button said so."""
        self._finish(here, self._open(here)[1])

    def lapse(self, here: Here, conversation: Conversation) -> None:
        """End a conversation nobody goes on with, in place and without a sound."""
        if not self._known(here, conversation):
            return
        flow = here.setup.features.flows[conversation.flow]
        self.end(here, conversation, (flow.lapsed or flow.cancelled)(here, conversation))
        flow.ended(here, conversation)

    def put_aside(self, here: Here) -> None:
        """The open conversation waits: it comes back when what is begun now is done."""
        conversation, _ = self._open(here)
        question.strip(here, conversation)
        conversation.state = ConversationState.PARKED
        conversations.save(here.tx, conversation)
        here.conversation = None
        self.keep_few(here)

    def to_summary(self, here: Here) -> None:
        """An answer that was to be changed stays as it is."""
        conversation, flow = self._open(here)
        conversation.draft.pop("_changing", None)
        conversation.step = self._next(flow, conversation.draft)

    def note_asked(self, here: Here, conversation: Conversation) -> None:
        """From now on it counts how long the question has waited."""
        conversation.draft[ASKED_AT] = to_text(here.now)

    def asked_at(self, conversation: Conversation) -> datetime | None:
        """Since when its question waits; None where that is not known."""
        return from_text_or_none(conversation.draft.get(ASKED_AT))

    def end(
        self, here: Here, conversation: Conversation, said: Html | None, below: bool = False,
        markup: Markup | None = None,
    ) -> None:  # fmt: skip
        """Close a conversation; `said` are the last words on its card (None leaves the card to the caller).

        With `below` they come as a new message, for one who is not looking at the card. `markup`: buttons that are no
        longer of the conversation.
        """
        conversation.state = ConversationState.ENDED
        if below:
            question.strip(here, conversation)
        if said is not None:
            question.write(here, conversation, said, markup)
        conversations.save(here.tx, conversation)
        if here.conversation is conversation:
            here.conversation = None

    def show(self, here: Here, anew: bool = False, lead: Html | None = None, under: int | None = None) -> None:
        """Put the open question on the screen: in place, or below (`anew`) when the person has written since.

        `under`: the message (by our id) to which it replies, where it is new.
        """
        assert here.conversation is not None
        if not self._known(here, here.conversation):
            return
        conversation, flow = self._open(here)
        self._find_step(here, conversation)
        if anew:
            question.strip(here, conversation)
        step = flow.step(conversation.step)
        in_pairs = 0
        check = flow.checking(conversation)
        if check is not None:
            text = paragraphs(lead, check.question(here, conversation))
            buttons = check.buttons(here, conversation)
        elif step is None and flow.summary is not None:
            text = paragraphs(lead, flow.summary(here, conversation))
            buttons = question.summary_buttons(here, flow, conversation)
        else:
            assert step is not None
            text = paragraphs(lead, step.question(here, conversation.draft))
            buttons = question.step_buttons(here, flow, conversation, step)
            in_pairs = len(step.choices(here, conversation.draft)) // 2 * 2 if getattr(step, "pairs", False) else 0
        question.write(here, conversation, text, question.arranged(buttons, in_pairs), under)
        conversations.save(here.tx, conversation)

    # -- inside

    def _known(self, here: Here, conversation: Conversation) -> bool:
        """Whether its flow is one of ours; else it has ended, and its person reads so."""
        if conversation.flow in here.setup.features.flows:
            return True
        gone.end(here, conversation)
        return False

    def _find_step(self, here: Here, conversation: Conversation) -> None:
        """Where a question is none any more, or the summary lacks an answer: the first open question instead."""
        flow = here.setup.features.flows[conversation.flow]
        if flow.step(conversation.step) is not None or flow.checking(conversation):
            return
        conversation.step = self._next(flow, conversation.draft)
        if conversation.step == SUMMARY and flow.summary is None:
            conversation.step = flow.steps[0].name

    def _forbidden(self, here: Here) -> bool:
        """Whether they may go on no longer; then it has ended."""
        conversation, flow = self._open(here)
        if flow.permitted(here):
            return False
        said = here.say("You cannot do that any more. Nothing of it was sent.")
        self.end(here, conversation, said, below=True)
        flow.ended(here, conversation)
        if here.incoming.press is not None:
            here.pop_up(here.say_to_person.label("You cannot do that. If you should be able to, ask an admin for the "
                                                 "role."), alert=True)  # fmt: skip
        self.take_up_parked(here)
        return True

    def _pressed(self, here: Here, value: str) -> None:
        conversation, flow = self._open(here)
        self.note_asked(here, conversation)
        step = flow.step(conversation.step)
        if value == "!cancel":
            self.cancel(here)
            return
        check = flow.before_finish
        if value == "!send" and conversation.step == SUMMARY and check is not None and check.due(here, conversation):
            conversation.step = check.name
            self.show(here)
            return
        if value == "!send" and step is None:
            self._finish(here, flow)
            return
        if value.startswith("!change:") and flow.step(value[8:]) is not None:
            conversation.step = value[8:]
            conversation.draft["_changing"] = True
        elif value == "!back" and step is not None and step.back(here, conversation.draft):
            pass  # the same question, a level up
        elif value == "!back":
            conversation.step = self._before(flow, conversation)
        elif value == "!skip" and step is not None and step.name in flow.skippable:
            conversation.draft.setdefault("_skipped", []).append(step.name)
            self._advance(flow, conversation)
        elif step is None:
            press = check.press if check is not None and flow.checking(conversation) else flow.press
            if not press(here, conversation, value):
                self.show(here)
            return
        else:
            wrong = step.take_press(here, conversation.draft, value)
            if wrong is not None:
                self.show(here, lead=wrong.text)
                return
            self._advance(flow, conversation)
        flow.touched(here, conversation)
        self._go_on(here, flow, anew=False)

    def _go_on(self, here: Here, flow: Flow, anew: bool, lead: Html | None = None) -> None:
        conversation, _ = self._open(here)
        if conversation.step == SUMMARY and flow.summary is None:
            self._finish(here, flow)
            return
        self.show(here, anew=anew, lead=lead)

    def _finish(self, here: Here, flow: Flow) -> None:
        conversation, _ = self._open(here)
        conversation.state = ConversationState.ENDED
        flow.finish(here, conversation)
        conversations.save(here.tx, conversation)
        here.answered = True
        if here.conversation is conversation:
            here.conversation = None  # else its end has begun another one
        flow.ended(here, conversation)
        self._take_up(here)

    def _take_up(self, here: Here) -> None:
        if here.conversation is None:  # nothing new has begun with its end
            self.take_up_parked(here)

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

    def _open(self, here: Here) -> tuple[Conversation, Flow]:
        assert here.conversation is not None
        return here.conversation, here.setup.features.flows[here.conversation.flow]

    def show_open(self, here: Here) -> None:
        """After an answer to something else: the open question comes below it, so that it is not lost up the chat."""
        if here.conversation is not None and here.where.is_private:
            self.show(here, anew=True)

    def resume(self, here: Here, conversation: Conversation, lead: Html | None = None) -> None:
        """Ask a conversation's question once more, below: after days, or when another flow is done."""
        if not self._known(here, conversation):
            return
        if here.conversation is not None and here.conversation.id != conversation.id:
            question.strip(here, here.conversation)
            here.conversation.state = ConversationState.PARKED
            conversations.save(here.tx, here.conversation)
        conversation.state = ConversationState.OPEN
        here.conversation = conversation
        self.note_asked(here, conversation)
        self.show(here, anew=True, lead=lead)

    def take_up_parked(self, here: Here) -> None:
        """When a conversation has ended: the one that was put aside for it comes back."""
        while parked := conversations.last_parked(here.tx, here.where.id, here.who.id):
            if self._known(here, parked):
                self.resume(here, parked, here.say("Now back to what you had begun before:"))
                return


def put_away(here: Here, words: str) -> Html:
    """That the oldest of many drafts was put away; its words stand in it, so that they can be sent again."""
    return here.say(
        "You have begun {count} other things and not sent them, so I have put away the oldest: “{words}”. It was not "
        "sent. To send it after all, please write it again.", count=PARKED, words=words,
    )  # fmt: skip


def _only_buttons(here: Here) -> Html:
    return here.say("Please tap one of the buttons below.")


engine = Engine()
