"""Text: parse modes with the real errors, entities in UTF-16 units, cleaning, limits."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import text
from sandbox.client import Person
from sandbox.html_text import parse_html
from sandbox.refusals import Refusal
from sandbox.tests.bot import Bot


def nobody(_: int) -> None:
    return None


@pytest.mark.parametrize(
    ("markup", "bare", "entities"),
    [
        ("<b>bold</b>", "bold", [("bold", 0, 4)]),
        ("👩‍🔧 <i>a</i>", "👩‍🔧 a", [("italic", 6, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#65; &nbsp;", 'a <b> & "c" A &nbsp;', []),
        ("<STRONG>x</STRONG>", "x", [("bold", 0, 1)]),
        ("<s>x</><u>y</u>", "xy", [("strikethrough", 0, 1), ("underline", 1, 1)]),
        ("<span class='tg-spoiler'>x</span>", "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<code></code>x", "x", []),
        ("<b> x </b>", " x", [("bold", 0, 2)]),
    ],
)
async def test_html_is_read(ann: Person, bot: Bot, markup: str, bare: str, entities: list[Any]) -> None:
    message = await bot.says(ann.id, markup, parse_mode="HTML")
    assert message["text"] == bare
    found = [(one["type"], one["offset"], one["length"]) for one in message.get("entities", [])]
    assert found == entities
    assert message.get("entities") != [], "an empty list is never sent"


async def test_links_and_code_keep_what_belongs_to_them(ann: Person, bot: Bot) -> None:
    markup = (
        f'<a href="http://example.org/?a=1&amp;b=2">x</a> <a href="tg://user?id={ann.id}">Ann</a> '
        '<pre><code class="language-python">y</code></pre>'
    )
    link, mention, code = (await bot.says(ann.id, markup, parse_mode="html"))["entities"]
    assert (link["type"], link["url"]) == ("text_link", "http://example.org/?a=1&b=2")
    assert (mention["type"], mention["user"]["id"]) == ("text_mention", ann.id)
    assert (code["type"], code["language"]) == ("pre", "python")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<x>", 'Unsupported start tag "x" at byte offset 0'),
        ("字<div>", 'Unsupported start tag "div" at byte offset 3'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_broken_html_is_refused_in_the_real_words(ann: Person, bot: Bot, markup: str, words: str) -> None:
    said = await bot.no("sendMessage", chat_id=ann.id, text=markup, parse_mode="HTML")
    assert said == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("markup", "bare", "entities"),
    [
        (
            "*b* _i_ __u__ ~s~ ||p|| `c`",
            "b i u s p c",
            ["bold", "italic", "underline", "strikethrough", "spoiler", "code"],
        ),
        (r"a\.b [x](http://example.org/)", "a.b x", ["text_link"]),
        ("```python\nx```", "x", ["pre"]),
        (">one\n>two\nthree", "one\ntwo\nthree", ["blockquote"]),
    ],
)
async def test_markdown_v2_is_read(ann: Person, bot: Bot, markup: str, bare: str, entities: list[str]) -> None:
    message = await bot.says(ann.id, markup, parse_mode="MarkdownV2")
    assert message["text"] == bare
    assert [one["type"] for one in message["entities"]] == entities


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("a.b", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("*b", "Can't find end of Bold entity at byte offset 0"),
        ("字 [x", "Can't find end of TextUrl entity at byte offset 4"),
    ],
)
async def test_broken_markdown_is_refused(ann: Person, bot: Bot, markup: str, words: str) -> None:
    said = await bot.no("sendMessage", chat_id=ann.id, text=markup, parse_mode="MarkdownV2")
    assert said == f"Bad Request: can't parse entities: {words}"


async def test_telegram_finds_entities_by_itself(ann: Person, bot: Bot) -> None:
    message = await ann.says("👍 /help@x_bot ask @ann_b or +86 138 0000 0000, see https://example.org/a. #gate a@b.org")
    found = {one["type"]: one for one in message["entities"]}
    assert set(found) == {"bot_command", "mention", "phone_number", "url", "hashtag", "email"}
    assert (found["bot_command"]["offset"], found["bot_command"]["length"]) == (3, 11)
    assert found["url"]["length"] == len("https://example.org/a")
    assert "entities" not in await bot.says(ann.id, "a/b 1:2 x @y # 3.5")


async def test_text_is_cleaned_as_telegram_cleans_it(ann: Person, bot: Bot) -> None:
    assert (await bot.says(ann.id, "  \n a\0b\r\nc\t\u202e \n"))["text"] == "a b\nc"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "message text is empty"),
        ("  \n ", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("x" * 32769, "text is too long"),
    ],
)
async def test_texts_of_a_wrong_length_are_refused(ann: Person, bot: Bot, text: str, words: str) -> None:
    assert await bot.no("sendMessage", chat_id=ann.id, text=text) == f"Bad Request: {words}"


async def test_the_longest_text_is_counted_after_parsing_and_in_characters(ann: Person, bot: Bot) -> None:
    message = await bot.says(ann.id, "<b>" + "👍" * 4096 + "</b>", parse_mode="HTML")
    assert len(message["text"]) == 4096
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 8192}]


async def test_an_unknown_parse_mode_is_refused(ann: Person, bot: Bot) -> None:
    assert await bot.no("sendMessage", chat_id=ann.id, text="x", parse_mode="BBCode") == (
        "Bad Request: unsupported parse_mode"
    )


@given(st.text(alphabet="ab<>/&;=\"' \n👍biu", max_size=40))
def test_any_html_is_either_read_or_refused(markup: str) -> None:
    try:
        bare, entities = parse_html(markup, nobody)
    except Refusal as error:
        assert error.description.startswith("Bad Request: can't parse entities: ")
        return
    kept, fitted = text.formatted(bare, entities)
    for entity in fitted:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= text.length(kept)


@given(st.text(max_size=60))
def test_escaped_text_comes_back_whole(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(escaped, nobody) == (words, [])
