"""The report flow as the documentation of python-telegram-bot has it: ConversationHandler with PicklePersistence."""

import os

import words
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    Defaults,
    MessageHandler,
    PicklePersistence,
    filters,
)

WORDS, SUMMARY, PLACE, KIND = range(4)
STAFF_CHAT = int(os.environ["STAFF_CHAT_ID"])
Context = ContextTypes.DEFAULT_TYPE


def keyboard(rows: list[words.Row]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rows]
    )


async def start(update: Update, context: Context) -> None:
    markup = ReplyKeyboardMarkup(words.MAIN_KEYBOARD, resize_keyboard=True, is_persistent=True)
    await update.message.reply_text(words.HELLO, reply_markup=markup)


async def report(update: Update, context: Context) -> int:
    context.user_data.clear()
    question = await update.message.reply_text(words.ASK_WORDS, reply_markup=keyboard(words.words_buttons(False)))
    context.user_data["question"] = question.message_id
    return WORDS


async def take_words(update: Update, context: Context) -> int:
    draft = context.user_data
    words.take_words(draft, update.message.text)
    await context.bot.edit_message_reply_markup(update.effective_chat.id, draft["question"])
    markup = keyboard(words.summary_buttons(draft))
    shown = await update.message.reply_text(words.summary(draft), reply_markup=markup)
    draft["question"] = shown.message_id
    return SUMMARY


async def change_words(update: Update, context: Context) -> int:
    await update.callback_query.answer()
    await update.callback_query.edit_message_text(words.ASK_WORDS, reply_markup=keyboard(words.words_buttons(True)))
    return WORDS


async def change_place(update: Update, context: Context) -> int:
    await update.callback_query.answer()
    await update.callback_query.edit_message_text(words.ASK_PLACE, reply_markup=keyboard(words.place_buttons("")))
    return PLACE


async def take_place(update: Update, context: Context) -> int:
    await update.callback_query.answer()
    code = update.callback_query.data.removeprefix("place:")
    if code in words.PLACES:
        await update.callback_query.edit_message_text(words.ASK_PLACE, reply_markup=keyboard(words.place_buttons(code)))
        return PLACE
    context.user_data["place"] = code.removeprefix("=")
    return await show_summary(update, context)


async def change_kind(update: Update, context: Context) -> int:
    await update.callback_query.answer()
    await update.callback_query.edit_message_text(words.ASK_KIND, reply_markup=keyboard(words.kind_buttons()))
    return KIND


async def take_kind(update: Update, context: Context) -> int:
    await update.callback_query.answer()
    context.user_data["kind"] = update.callback_query.data.removeprefix("kind:")
    context.user_data["guessed"] = False
    return await show_summary(update, context)


async def back(update: Update, context: Context) -> int:
    await update.callback_query.answer()
    return await show_summary(update, context)


async def show_summary(update: Update, context: Context) -> int:
    markup = keyboard(words.summary_buttons(context.user_data))
    await update.callback_query.edit_message_text(words.summary(context.user_data), reply_markup=markup)
    return SUMMARY


async def send(update: Update, context: Context) -> int:
    draft = context.user_data
    number = context.bot_data["reports"] = context.bot_data.get("reports", 0) + 1
    await update.callback_query.answer()
    await update.callback_query.edit_message_text(words.status(draft, number))
    await context.bot.send_message(
        STAFF_CHAT,
        words.staff_card(draft, number),
        message_thread_id=context.bot_data["topic"],
        reply_markup=keyboard(words.staff_buttons(number)),
    )
    draft.clear()
    return ConversationHandler.END


async def cancel(update: Update, context: Context) -> int:
    context.user_data.clear()
    await update.callback_query.answer()
    await update.callback_query.edit_message_text("Cancelled. Nothing was sent.")
    return ConversationHandler.END


async def make_topic(application: Application) -> None:
    topic = await application.bot.create_forum_topic(STAFF_CHAT, words.TOPIC)
    application.bot_data["topic"] = topic.message_thread_id


def main() -> None:
    api = os.environ["BOT_API_URL"]
    manner = Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True))
    application = (
        Application.builder()
        .token(os.environ["BOT_TOKEN"])
        .base_url(f"{api}/bot")
        .defaults(manner)
        .persistence(PicklePersistence("conversations.pickle"))
        .post_init(make_topic)
        .build()
    )
    text = MessageHandler(filters.TEXT & ~filters.COMMAND, take_words)
    conversation = ConversationHandler(
        entry_points=[CommandHandler("report", report)],
        states={
            WORDS: [text, CallbackQueryHandler(back, "^back$")],
            SUMMARY: [
                CallbackQueryHandler(send, "^send$"),
                CallbackQueryHandler(change_words, "^change:words$"),
                CallbackQueryHandler(change_kind, "^change:kind$"),
                CallbackQueryHandler(change_place, "^change:place$"),
                text,
            ],
            PLACE: [CallbackQueryHandler(take_place, "^place:"), CallbackQueryHandler(back, "^back$")],
            KIND: [CallbackQueryHandler(take_kind, "^kind:"), CallbackQueryHandler(back, "^back$")],
        },
        fallbacks=[CallbackQueryHandler(cancel, "^cancel$")],
        name="report",
        persistent=True,
    )
    application.add_handler(CommandHandler("start", start))
    application.add_handler(conversation)
    application.run_polling()


if __name__ == "__main__":
    main()
