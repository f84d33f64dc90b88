"""The readable page of somebody's copy of their data: what people would ask first; the rest stands in data.json."""

from collections.abc import Mapping

from domain.community import Community
from handlers.kit import wording
from handlers.kit.texts import Html, Speaker
from handlers.personal_data import html, page_of_helpers, page_of_reports
from handlers.personal_data.page_words import Reading
from services.personal_data.collecting import Collected


def page(community: Community, say: Speaker, found: Collected, files: Mapping[str, str]) -> str:
    """The page, in the language of `say`. `files`: what the files in the copy are called, by their unique ids."""
    read = Reading(community, say, found, files)
    title = say.label("What {community} has about you", community=say.words(community.name))
    sections = (
        _about(read),
        _you(read),
        page_of_reports.reports(read),
        page_of_helpers.repairs(read),
        page_of_helpers.volunteer(read),
        page_of_helpers.promises(read),
        page_of_reports.as_staff(read),
        _begun(read),
        _missing(read),
    )
    return html.document(say.language, title, (each for each in sections if each))


def _about(read: Reading) -> Html:
    say = read.say
    made = say.label(
        "Made {day}, {time}, for {name}.",
        day=say.dated(read.found.now),
        time=say.time(read.found.now),
        name=wording.called(read.found.person),
    )
    return Html(
        "".join(
            html.paragraph(each)
            for each in (
                made,
                say.label(
                    "This page shows what people usually ask for. The file data.json beside it has all of it, as a "
                    "list for computers, with what each thing is kept for and how long. Your photos, voice messages "
                    "and other files are in the folder “files”."
                ),
                say.label(
                    "Not in it: the names, words and numbers of other people, what other staff noted, and secret "
                    "codes. What the bot wrote to you is in your chat."
                ),
            )
        )
    )


def _you(read: Reading) -> Html | None:
    say, found = read.say, read.found
    (known,) = found.rows("people", "id")
    roles = say.listed(wording.role(say, row["role"]) for row in found.rows("roles"))
    facts = html.facts(
        (say.label("Name in Telegram"), known["name"]),
        (say.label("Username"), known["username"] and f"@{known['username']}"),
        (say.label("Number in Telegram"), known["telegram_id"]),
        (say.label("Telephone number"), known["phone"]),
        (say.label("Language"), wording.language(say, known["language"])),
        (say.label("Known since"), read.when(known["created_at"])),
        (say.label("Roles"), roles),
        *((say.label("Name others read"), row["name"]) for row in found.rows("public_names")),
        *((say.label("Address for your next repair"), row["address"]) for row in found.rows("homes")),
        *((say.label("Where you live"), read.place(row["area"])) for row in found.rows("residences")),
        *((say.label("You can send nothing until"), read.when(row["until"])) for row in found.rows("blocks")),
        *((say.label("The staff wrote why"), row["reason"]) for row in found.rows("blocks")),
    )
    settings = html.listed(f"{row['code']}: {row['value']}" for row in found.rows("preferences"))
    return html.section(say.label("You"), facts, settings)


def _begun(read: Reading) -> Html | None:
    """What was begun and not sent, as far as there are words in it."""
    say = read.say
    words = [
        part["text"]
        for row in read.found.rows("conversations")
        if isinstance(row["draft"], dict)
        for part in row["draft"].get("words") or ()
        if isinstance(part, dict) and part.get("text")
    ]
    return html.section(say.label("Begun and not sent"), html.listed(words))


def _missing(read: Reading) -> Html | None:
    say = read.say
    missing = [each.name for each in read.found.files() if each.unique_id not in read.files]
    why = html.paragraph(
        say.label(
            "Telegram did not hand these over: it gives a bot no file over 20 MB, and none that is gone. What you sent "
            "yourself is still in your chat, as long as you have not deleted it."
        )
    )
    return html.section(say.label("Files that are not in it"), why if missing else None, html.listed(missing))
