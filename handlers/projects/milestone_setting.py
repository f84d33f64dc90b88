"""Setting a milestone, and moving one: what, by which day, and why. A day off is asked about."""

from datetime import date, timedelta
from typing import Any

from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.conversation.time_answers import day_to_come
from handlers.kit.conversation.typed_steps import Typed, line
from handlers.kit.texts import Html, bold, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.projects import project_words
from services.projects import milestones as service
from storage.core.conversations import Conversation
from storage.projects import milestones, projects
from storage.projects.milestones import Milestone
from storage.projects.projects import Project

TITLE = 120
WHY = 300
NO_DAY = "!none"
ALL_THE_SAME = "!off:"
"""Before a day on which nobody works, where it is meant."""
LOOKED_AHEAD = 31


def begin(ctx: UpdateContext, project: Project) -> None:
    """One more milestone."""
    engine.begin(ctx, ADD.name, {"project": project.id})


def begin_move(ctx: UpdateContext, milestone: Milestone) -> None:
    """Another day for one."""
    engine.begin(ctx, MOVE.name, {"milestone": milestone.id})


def _read_day(ctx: UpdateContext, draft: Draft, words: str) -> Any:
    """A day to come, or none. One on which nobody works is kept aside, and asked about."""
    if words == NO_DAY:
        draft.pop("_off", None)
        return NO_DAY
    meant = words.removeprefix(ALL_THE_SAME)
    found = day_to_come(ctx, draft, meant)
    if isinstance(found, Wrong):
        return found
    off = not ctx.setup.community.hours.is_working_day(date.fromisoformat(found))
    if off and meant == words and draft.get("_off") != found:
        draft["_off"] = found
        return Wrong(
            ctx.say(
                "{day} is a holiday or a day off. Is it meant all the same?",
                day=project_words.day(ctx.setup, ctx.say, date.fromisoformat(found)),
            )
        )
    draft.pop("_off", None)
    return found


def _days(ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
    """Where a day off was named: that day, or the next working day. And none."""
    options = []
    if draft.get("_off"):
        off = date.fromisoformat(draft["_off"])
        options.append((ctx.say.label("Yes, that day"), f"{ALL_THE_SAME}{off.isoformat()}"))
        following = _working_day_after(ctx, off)
        if following is not None:
            day = project_words.day(ctx.setup, ctx.say, following)
            options.append((day, following.isoformat()))
    return [*options, (ctx.say.label("Without a day"), NO_DAY)]


def _working_day_after(ctx: UpdateContext, day: date) -> date | None:
    days = (day + timedelta(days=each) for each in range(1, LOOKED_AHEAD))
    return next((each for each in days if ctx.setup.community.hours.is_working_day(each)), None)


def _ask_day(ctx: UpdateContext, _draft: Draft) -> Html:
    return ctx.say("By which day? For example: 2026-12-31")


_DAY = Typed(
    "day", ask=_ask_day, change=lambda ctx, _draft: ctx.say.label("Another day"), read=_read_day, options=_days
)


def _chosen_day(draft: Draft) -> date | None:
    return None if draft["day"] == NO_DAY else date.fromisoformat(draft["day"])


def _day_line(ctx: UpdateContext, draft: Draft) -> Html:
    day = _chosen_day(draft)
    if day is None:
        return ctx.say("Without a day")
    return ctx.say("By: {when}", when=project_words.day(ctx.setup, ctx.say, day))


# -- one more


def _ask_title(ctx: UpdateContext, draft: Draft) -> Html:
    project = projects.existing(ctx.tx, int(draft["project"]))
    return paragraphs(
        bold(project_words.named(ctx.say, project)),
        ctx.say("What is to be reached? For example: The new motor is ordered"),
    )


def _add_summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    return paragraphs(
        bold(ctx.say("One more milestone?")),
        ctx.say("“{words}”", words=conversation.draft["title"]),
        _day_line(ctx, conversation.draft),
    )


def _add(ctx: UpdateContext, conversation: Conversation) -> None:
    draft = conversation.draft
    service.add(
        ctx.tx, ctx.setup.community, ctx.who, int(draft["project"]), str(draft["title"]), _chosen_day(draft)
    )  # fmt: skip
    engine.end(ctx, conversation, ctx.say("The milestone is set."))


ADD = Flow(
    name="milestone",
    steps=(
        Typed(
            "title",
            ask=_ask_title,
            change=lambda ctx, _draft: ctx.say.label("Write it again"),
            read=line(TITLE),
        ),
        _DAY,
    ),
    finish=_add,
    summary=_add_summary,
    send_label=lambda ctx: ctx.say.label("Set it"),
    touched=drafts.touched,
)


# -- another day


def _milestone(ctx: UpdateContext, draft: Draft) -> Milestone:
    found = milestones.by_id(ctx.tx, int(draft["milestone"]))
    assert found is not None
    return found


def _ask_why(ctx: UpdateContext, _draft: Draft) -> Html:
    return ctx.say("Why is it moved? Everyone in the project will see that.")


def _move_summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    draft = conversation.draft
    return paragraphs(
        bold(ctx.say("Move this milestone?")),
        project_words.milestone(ctx.setup, ctx.say, _milestone(ctx, draft)),
        _day_line(ctx, draft),
        ctx.say("Why: {reason}", reason=draft["why"]),
        ctx.say("I will tell everyone in the project I can write to."),
    )


def _move(ctx: UpdateContext, conversation: Conversation) -> None:
    draft = conversation.draft
    service.move(
        ctx.tx, ctx.setup.community, ctx.who, int(draft["milestone"]), _chosen_day(draft), str(draft["why"])
    )  # fmt: skip
    engine.end(ctx, conversation, ctx.say("It is moved. I am telling everyone in the project I can write to."))


MOVE = Flow(
    name="milestone_move",
    steps=(
        _DAY,
        Typed(
            "why", ask=_ask_why, change=lambda ctx, _draft: ctx.say.label("Write it again"), read=line(WHY)
        ),
    ),
    finish=_move,
    summary=_move_summary,
    send_label=lambda ctx: ctx.say.label("Yes, move it"),
    touched=drafts.touched,
)  # fmt: skip
