"""The report flow as the documentation of aiogram has it: a finite state machine with MemoryStorage."""

import asyncio
import itertools
import os

import words
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import Command, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
)

STAFF_CHAT = int(os.environ["STAFF_CHAT_ID"])
router = Router()
numbers = itertools.count(1)


class Report(StatesGroup):
    words = State()
    summary = State()
    place = State()
    kind = State()


def keyboard(rows: list[words.Row]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=data) for label, data in row] for row in rows]
    )


@router.message(CommandStart())
async def start(message: Message) -> None:
    rows = [[KeyboardButton(text=label) for label in row] for row in words.MAIN_KEYBOARD]
    markup = ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True, is_persistent=True)
    await message.answer(words.HELLO, reply_markup=markup)


@router.message(Command("report"))
async def report(message: Message, state: FSMContext) -> None:
    await state.clear()
    await state.set_state(Report.words)
    question = await message.answer(words.ASK_WORDS, reply_markup=keyboard(words.words_buttons(False)))
    await state.update_data(question=question.message_id)


@router.message(Report.words, F.text)
@router.message(Report.summary, F.text)
async def take_words(message: Message, state: FSMContext, bot: Bot) -> None:
    draft = await state.get_data()
    words.take_words(draft, message.text)
    await state.set_data(draft)
    await state.set_state(Report.summary)
    await bot.edit_message_reply_markup(chat_id=message.chat.id, message_id=draft["question"])
    shown = await message.answer(words.summary(draft), reply_markup=keyboard(words.summary_buttons(draft)))
    await state.update_data(question=shown.message_id)


@router.callback_query(Report.summary, F.data == "change:words")
async def change_words(query: CallbackQuery, state: FSMContext) -> None:
    await state.set_state(Report.words)
    await query.answer()
    await query.message.edit_text(words.ASK_WORDS, reply_markup=keyboard(words.words_buttons(True)))


@router.callback_query(Report.summary, F.data == "change:place")
async def change_place(query: CallbackQuery, state: FSMContext) -> None:
    await state.set_state(Report.place)
    await query.answer()
    await query.message.edit_text(words.ASK_PLACE, reply_markup=keyboard(words.place_buttons("")))


@router.callback_query(Report.place, F.data.startswith("place:"))
async def take_place(query: CallbackQuery, state: FSMContext) -> None:
    await query.answer()
    code = query.data.removeprefix("place:")
    if code in words.PLACES:
        await query.message.edit_text(words.ASK_PLACE, reply_markup=keyboard(words.place_buttons(code)))
        return
    await state.update_data(place=code.removeprefix("="))
    await show_summary(query, state)


@router.callback_query(Report.summary, F.data == "change:kind")
async def change_kind(query: CallbackQuery, state: FSMContext) -> None:
    await state.set_state(Report.kind)
    await query.answer()
    await query.message.edit_text(words.ASK_KIND, reply_markup=keyboard(words.kind_buttons()))


@router.callback_query(Report.kind, F.data.startswith("kind:"))
async def take_kind(query: CallbackQuery, state: FSMContext) -> None:
    await query.answer()
    await state.update_data(kind=query.data.removeprefix("kind:"), guessed=False)
    await show_summary(query, state)


@router.callback_query(F.data == "back")
async def back(query: CallbackQuery, state: FSMContext) -> None:
    await query.answer()
    await show_summary(query, state)


async def show_summary(query: CallbackQuery, state: FSMContext) -> None:
    draft = await state.get_data()
    await state.set_state(Report.summary)
    await query.message.edit_text(words.summary(draft), reply_markup=keyboard(words.summary_buttons(draft)))


@router.callback_query(Report.summary, F.data == "send")
async def send(query: CallbackQuery, state: FSMContext, bot: Bot, topic: int) -> None:
    draft = await state.get_data()
    number = next(numbers)
    await state.clear()
    await query.answer()
    await query.message.edit_text(words.status(draft, number))
    await bot.send_message(
        STAFF_CHAT,
        words.staff_card(draft, number),
        message_thread_id=topic,
        reply_markup=keyboard(words.staff_buttons(number)),
    )


@router.callback_query(F.data == "cancel")
async def cancel(query: CallbackQuery, state: FSMContext) -> None:
    await state.clear()
    await query.answer()
    await query.message.edit_text("Cancelled. Nothing was sent.")


async def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BOT_API_URL"]))
    manner = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview=LinkPreviewOptions(is_disabled=True))
    bot = Bot(os.environ["BOT_TOKEN"], session=session, default=manner)
    topic = await bot.create_forum_topic(STAFF_CHAT, words.TOPIC)
    dispatcher = Dispatcher(storage=MemoryStorage(), topic=topic.message_thread_id)
    dispatcher.include_router(router)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
