import tomllib
from datetime import date
from pathlib import Path

import pytest

from bot.community.community_file import EXAMPLE, CommunityError, load_community, plan_file, read_community
from domain.calendar.deadlines import Unit
from domain.calendar.hours import Holiday, Window
from domain.community import CODE_LENGTH, Area, Category, Danger, Department, Trade

GOOD = """
name = { en = "Court", zh = "苑" }
about = "A small place."
languages = ["en", "zh"]
time_zone = "Asia/Shanghai"

[hours]
monday = ["9:00-12:00", "14:00 - 24:00"]
holidays = ["2027-01-01", 2027-02-05, "2027-10-01 to 2027-10-07"]

[[emergency]]
code = "fire"
number = 119
name = { en = "Fire", zh = "火警" }

[[departments]]
code = "works"
name = "Works"

[[categories]]
code = "lighting"
name = { en = "Lighting", zh = "路灯" }
department = "works"
deadline = "2 working days"
[categories.hints]
en = ["lamp"]
zh = ["路灯"]

[[areas]]
code = "b1"
inside = "north"
name = "Building 1"

[[areas]]
code = "north"
name = "North"
aliases = ["up there"]
latitude = 31.2
longitude = 121.4
radius = 50

[[trades]]
code = "locks"
name = "Locks"

[[dangers]]
code = "fire"
name = "Fire"
call = "fire"
advice = "Leave."
[dangers.words]
en = ["fire"]
ru = ["пожар"]
[dangers.unless]
en = ["fire door"]
"""


def write(folder: Path, text: str, name: str = "community.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(CommunityError) as caught:
        read_community(write(folder, text))
    for problem in caught.value.problems:
        assert problem.startswith("community.toml: ")
        assert problem.endswith((".", "?"))
        assert "\n" not in problem
    assert str(caught.value) == caught.value.problems[0]
    return [problem.removeprefix("community.toml: ") for problem in caught.value.problems]


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    community = read_community(write(tmp_path, GOOD))
    assert community.name.in_("zh-hans") == "苑"
    assert community.languages == ("en", "zh_Hans")
    assert community.zone.key == "Asia/Shanghai"
    assert community.hours.windows == (Window(0, 540, 720), Window(0, 840, 1440))
    assert community.hours.holidays == (
        Holiday(date(2027, 1, 1), date(2027, 1, 1)),
        Holiday(date(2027, 2, 5), date(2027, 2, 5)),
        Holiday(date(2027, 10, 1), date(2027, 10, 7)),
    )
    (lighting,) = community.categories
    assert (lighting.deadline.amount, lighting.deadline.unit) == (2, Unit.WORKING_DAYS)
    assert lighting.hints == {"en": ("lamp",), "zh_Hans": ("路灯",)}
    assert lighting.about_person is False
    (north,) = community.areas
    assert [child.code for child in north.children] == ["b1"]
    assert (north.aliases, north.latitude, north.radius) == (("up there",), 31.2, 50)
    (fire,) = community.dangers
    assert fire.emergency.number == "119"
    assert fire.words == {"en": ("fire",), "ru": ("пожар",)}
    assert fire.unless == {"en": ("fire door",)}
    assert fire.advice is not None
    assert community.about is not None
    assert community.about.in_("zh") == "A small place."
    assert [trade.code for trade in community.trades] == ["locks"]


def test_the_plan_has_a_picture_beside_the_file_and_places_in_percent(tmp_path: Path) -> None:
    assert plan_file(write(tmp_path, GOOD), read_community(write(tmp_path, GOOD))) is None
    file = write(tmp_path, GOOD + '[plan]\npicture = "plan.png"\n[plan.places]\nnorth = [20, 35.5]\n')
    community = read_community(file)
    assert plan_file(file, community) == tmp_path / "plan.png"
    assert dict(community.plan.places) == {"north": (20, 35.5)}


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("[plan.places]\nnort = [1, 2]", "'nort' in [plan.places] is no code of [[areas]] - did you mean 'north'?"),
        (
            "[plan.places]\nnorth = [1]",
            "places = {'north': [1]} in [plan] must be percent from the left and from the top",
        ),
        ("[plan.places]\nnorth = [101, 5]", "places = {'north': [101, 5]} in [plan] must be percent"),
        ("[plan.places]\nnorth = [true, 5]", "places = {'north': [true, 5]} in [plan] must be percent"),
        ("[plan.places]\nnorth = [nan, 5]", "places = {'north': [nan, 5]} in [plan] must be percent"),
        ('[plan]\nplaces = "north"', "places = 'north' in [plan] must be a part of its own: [plan.places]"),
        ('[plan]\npicure = "x"', "unknown key 'picure' in [plan] - did you mean 'picture'?"),
        ('[plan]\npicture = ""', "picture = '' in [plan]"),
    ],
)
def test_what_is_wrong_with_the_plan_is_told(tmp_path: Path, plan: str, expected: str) -> None:
    (problem,) = problems(tmp_path, f"{GOOD}{plan}\n")
    assert problem.startswith(expected)


def test_without_hours_somebody_is_always_there(tmp_path: Path) -> None:
    text = GOOD[: GOOD.index("[hours]")] + GOOD[GOOD.index("[[emergency]]") :]
    assert len(read_community(write(tmp_path, text)).hours.windows) == 7


def test_a_file_from_notepad_is_read(tmp_path: Path) -> None:
    file = tmp_path / "community.toml"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_community(file).name.in_("en") == "Court"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'department = "works"',
            'departement = "works"',
            "unknown key 'departement' in [[categories]] with code 'lighting' - did you mean 'department'?",
        ),
        ('about = "', 'abuot = "', "unknown key 'abuot' at the top of the file - did you mean 'about'?"),
        ("monday =", "mondey =", "unknown key 'mondey' in [hours] - did you mean 'monday'?"),
        ("[[trades]]", "[[trade]]", "unknown key 'trade' at the top of the file - did you mean 'trades'?"),
        (
            'time_zone = "Asia/Shanghai"',
            'time_zone = "Asia/Shangai"',
            "unknown time zone 'Asia/Shangai' in time_zone - did you mean 'Asia/Shanghai'?",
        ),
        (
            'time_zone = "Asia/Shanghai"',
            'time_zone = "Asia/Beijing"',
            "unknown time zone 'Asia/Beijing' in time_zone - did you mean 'Asia/Shanghai'?",
        ),
        (
            'time_zone = "Asia/Shanghai"',
            'time_zone = "berlin"',
            "unknown time zone 'berlin' in time_zone - did you mean 'Europe/Berlin'?",
        ),
        (
            'time_zone = "Asia/Shanghai"',
            'time_zone = "../../etc/passwd"',
            "unknown time zone '../../etc/passwd' in time_zone - write it like 'Asia/Shanghai' or 'Europe/Berlin'.",
        ),
        (
            'department = "works"',
            'department = "work"',
            "unknown department 'work' in [[categories]] with code 'lighting' - did you mean 'works'?",
        ),
        (
            'inside = "north"',
            'inside = "nort"',
            "inside = 'nort' in [[areas]] with code 'b1' is no code of [[areas]] - did you mean 'north'?",
        ),
        (
            'call = "fire"',
            'call = "fier"',
            "call = 'fier' in [[dangers]] with code 'fire' is no code of [[emergency]] - did you mean 'fire'?",
        ),
        (
            'call = "fire"',
            'call = "fire"\nword_list = "fier"',
            "word_list = 'fier' in [[dangers]] with code 'fire' is no list that comes with the program - "
            "did you mean 'fire'?",
        ),
        (
            'code = "lighting"',
            'code = "Lighting_and_Dark"',
            "code 'Lighting_and_Dark' in [[categories]] number 1 - use a to z, 0 to 9 and -, at most 12 of them, "
            "such as 'lighting-and'.",
        ),
        ('code = "b1"', 'code = "north"', "code 'north' stands twice in [[areas]] - give each its own."),
        (
            'deadline = "2 working days"',
            'deadline = "soon"',
            "deadline 'soon' in [[categories]] with code 'lighting' - write it like \"3 days\", \"12 hours\", "
            '"8 working hours" or "2 working days".',
        ),
        (
            '"9:00-12:00"',
            '"9-12"',
            "monday = '9-12' in [hours] - write it like \"9:00-12:00\", within one day; the end of a day is 24:00.",
        ),
        (
            '"9:00-12:00"',
            '"22:00-6:00"',
            "monday = '22:00-6:00' in [hours] - for a night, write one stretch until 24:00 and one from 0:00 on the "
            "next day.",
        ),
        (
            '"9:00-12:00"',
            '"9:00-15:00"',
            "monday in [hours] - 9:00-15:00 and 14:00-24:00 overlap, write each stretch once.",
        ),
        (
            '"2027-01-01"',
            '"2027-13-01"',
            'holidays = \'2027-13-01\' in [hours] - write it like "2027-01-01" or "2027-02-06 to 2027-02-12".',
        ),
        (
            'name = "Locks"',
            'name = { eng = "Locks" }',
            "unknown language 'eng' of name in [[trades]] with code 'locks' - did you mean 'en'? Or add it to "
            "languages.",
        ),
        (
            'name = "Locks"',
            'name = { zh = "锁" }',
            "name in [[trades]] with code 'locks' has no text in 'en', the first of languages - add it.",
        ),
        ('name = "Locks"', 'name = " "', "name in [[trades]] with code 'locks' is empty - write it."),
        (
            'name = "Locks"',
            "name = 5",
            "name = 5 in [[trades]] with code 'locks' must be a text in quotes, or one for each language like "
            '{ en = "Gate", zh = "大门" }.',
        ),
        (
            'languages = ["en", "zh"]',
            "languages = []",
            "languages is empty at the top of the file - give at least one.",
        ),
        (
            'languages = ["en", "zh"]',
            'languages = "en"',
            "languages = 'en' at the top of the file must be a list in square brackets.",
        ),
        (
            "radius = 50",
            'radius = "50"',
            "radius = '50' in [[areas]] with code 'north' must be a number, without quotes.",
        ),
        (
            "latitude = 31.2",
            "",
            "latitude and longitude in [[areas]] with code 'north' go together - give both or none.",
        ),
        (
            'time_zone = "Asia/Shanghai"',
            "",
            "the key 'time_zone' is missing at the top of the file - add it.",
        ),
        (
            'deadline = "2 working days"',
            "",
            "the key 'deadline' is missing in [[categories]] with code 'lighting' - add it.",
        ),
        (
            'en = ["fire"]',
            'en = ["f"]',
            "word 'f' of words in [[dangers]] with code 'fire' - one letter is found in too many harmless words, use "
            "a longer word.",
        ),
        (
            "[[trades]]",
            "[trades]",
            "trades = {'code': 'locks', 'name': 'Locks'} at the top of the file must be a list",
        ),
    ],
)
def test_each_mistake_is_told_with_its_mend(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert GOOD.count(old) >= 1
    assert problems(tmp_path, GOOD.replace(old, new, 1))[0].startswith(expected)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({'["en", "zh"]': '["en", "zg"]'}, "unknown language 'zg' in languages - "),
        ({'["en", "zh"]': '["en", "xx-nowhere"]'}, "unknown language 'xx-nowhere' in languages - write its code"),
        ({'["en", "zh"]': '["en", "zh", "zh-hans"]'}, "language 'zh-hans' stands twice in languages - take one out."),
        ({'["en", "zh"]': '["en"]'}, "unknown language 'zh' of name in [[emergency]] with code 'fire' and "
                                     "2 other texts - known are en; or add it to languages."),
        ({'["en", "zh"]': '["de", "zh"]', '"A small': '{ de = "x" } #', '"Works"': '{ de = "x" }',
          '"Locks"': '{ de = "x" }', '"Building 1"': '{ de = "y" }',
          '"North"': '{ de = "z" }', '"Fire"\ncall': '{ de = "x" }\ncall',
          '"Leave."': '{ de = "x" }'},
         "unknown language 'en' of name in [[emergency]] with code 'fire' and 2 other texts - known are de, zh; or"),
        ({'name = { en = "Court", zh = "苑" }': 'name = { zh = "苑" }',
          'name = { en = "Lighting", zh = "路灯" }': 'name = { zh = "路灯" }'},
         "name at the top of the file and 1 other text have no text in 'en', the first of languages - add them."),
    ],
)  # fmt: skip
def test_one_mistake_is_one_sentence(tmp_path: Path, changes: dict[str, str], expected: str) -> None:
    text = GOOD
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    (problem,) = problems(tmp_path, text)
    assert problem.startswith(expected)


def test_the_example_with_one_wrong_language_is_told_in_one_sentence(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    for wrong in ('["zz", "zh"]', '["en", "zz"]', '["en"]', '["de", "zh"]'):
        changed = text.replace('languages = ["en", "zh"]', f"languages = {wrong}", 1)
        assert changed != text
        assert len(problems(tmp_path, changed)) == 1, wrong


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("number = 119", 'number = "one one nine"', "number = 'one one nine' in [[emergency]] with code 'fire' is no"),
        ("number = 119", 'number = "一一九"', "number = '一一九' in [[emergency]] with code 'fire' is no tele"),
        ("number = 119", 'number = ""', "number = '' in [[emergency]] with code 'fire' is no tele"),
        ("number = 119", "number = 9", "number = '9' in [[emergency]] with code 'fire' is no tele"),
        ("number = 119", 'number = "police"', "number = 'police' in [[emergency]] with code 'fire' is no tele"),
        ("[[trades]]", '[[partners]]\ncode = "w"\nname = "Water"\nphone = "the usual one"\n[[trades]]',
         "phone = 'the usual one' in [[partners]] with code 'w' is no telephone number"),
        ("[[trades]]", '[[areas]]\ncode = "mill"\nname = "Mill"\naliases = ["Up  There"]\n[[trades]]',
         "alias 'up there' stands for two of [[areas]], with code 'north' and 'mill' - give each its own."),
        ("[[trades]]", '[[areas]]\ncode = "mill"\nname = "Up there"\n[[trades]]',
         "alias 'up there' stands for two of [[areas]], with code 'north' and 'mill'"),
        ("[[trades]]", '[[areas]]\ncode = "mill"\nname = "NORTH"\n[[trades]]',
         "name 'north' stands for two of [[areas]], with code 'north' and 'mill'"),
        ("[[trades]]", '[[areas]]\ncode = "b2"\ninside = "north"\nname = "Building 1"\n[[trades]]',
         "name 'building 1' stands for two of [[areas]], with code 'b1' and 'b2'"),
        ('aliases = ["up there"]', 'aliases = [" "]',
         "aliases in [[areas]] with code 'north' has an empty one - take it out"),
        ("[[trades]]", '[[trades]]\ncode = "keys"\nname = "Locks"\n[[trades]]',
         "name 'locks' stands twice in [[trades]], with code 'keys' and 'locks' - give each its own."),
        ("[[trades]]",
         '[[windows]]\ncode = "w"\nname = "W"\ndays = ["2027-01-18 to 2027-02-21", "2027-02-21"]\n[[trades]]',
         "days in [[windows]] with code 'w' - 2027-01-18 to 2027-02-21 and 2027-02-21 to 2027-02-21 overlap"),
    ],
)  # fmt: skip
def test_what_stands_twice_or_is_no_number_is_named(tmp_path: Path, old: str, new: str, expected: str) -> None:
    (problem,) = problems(tmp_path, GOOD.replace(old, new, 1))
    assert problem.startswith(expected)


@pytest.mark.parametrize("number", ['"15"', '"110"', '"+86 591 8765-4321"', '"0591-87654321 ext. 12"', "112"])
def test_every_form_of_number_is_taken(tmp_path: Path, number: str) -> None:
    assert read_community(write(tmp_path, GOOD.replace("number = 119", f"number = {number}", 1)))


def test_stairwells_of_two_buildings_may_be_called_alike(tmp_path: Path) -> None:
    more = "".join(
        f'[[areas]]\ncode = "{code}"\ninside = "{inside}"\nname = "{name}"\n'
        for code, inside, name in (
            ("b2", "north", "Building 2"),
            ("u1", "b1", "Stairwell 1"),
            ("u2", "b2", "Stairwell 1"),
        )
    )
    assert read_community(write(tmp_path, GOOD.replace("[[trades]]", f"{more}[[trades]]", 1)))


def test_a_circle_of_areas_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace('code = "north"\n', 'code = "north"\ninside = "b1"\n')
    assert any("at most 3 deep" in problem for problem in problems(tmp_path, text))


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace('department = "works"', 'department = "x"').replace('call = "fire"', 'call = "x"')
    assert len(problems(tmp_path, text)) == 2


def test_a_curly_quote_is_pointed_at(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, GOOD.replace('about = "A', "about = “A"))
    assert "line 3" in problem
    assert "quote" in problem


def test_another_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / "community.toml"
    file.write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(CommunityError, match="save it again as UTF-8"):
        read_community(file)


def test_without_a_file_the_example_serves(tmp_path: Path) -> None:
    assert load_community(tmp_path / "community.toml") == read_community(EXAMPLE)


def test_another_file_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(CommunityError, match=r"there is no file .*mine\.toml"):
        load_community(tmp_path / "mine.toml")


READY = [EXAMPLE, *sorted((EXAMPLE.parent / "communities").glob("*.toml"))]


def test_three_files_are_ready() -> None:
    assert [file.name for file in READY] == ["community.example.toml", "campus.toml", "village.toml"]


@pytest.mark.parametrize("file", READY, ids=lambda file: file.stem)
def test_a_ready_file_is_complete_in_both_languages(file: Path) -> None:
    community = read_community(file)
    assert set(community.languages) == {"en", "zh_Hans"}
    things: list[Area | Category | Department | Trade | Danger] = [
        *community.all_areas(),
        *community.categories,
        *community.departments,
        *community.trades,
        *community.dangers,
    ]
    for thing in things:
        assert set(thing.name.languages) == {"en", "zh_Hans"}, thing.code
        assert len(thing.code) <= CODE_LENGTH
        assert len(thing.name.in_("zh")) <= 14, f"{thing.code}: too long for a button on a small phone"
        assert len(thing.name.in_("en")) <= 36
    assert {number.number for number in community.emergency} >= {"110", "119", "120"}
    wanted = {"gas", "fire", "shock", "flooding", "violence", "suicide", "collapse"}
    assert wanted <= {danger.code for danger in community.dangers}
    for danger in community.dangers:
        assert danger.words["en"]
        assert danger.words["zh_Hans"]
        assert danger.advice is not None
    assert all(category.department for category in community.categories)
    assert community.categories[-1].code == "other"
    for category in community.categories[:-1]:
        assert category.hints["en"]
        assert category.hints["zh_Hans"]


@pytest.mark.parametrize("file", READY, ids=lambda file: file.stem)
def test_a_ready_file_explains_itself(file: Path) -> None:
    text = file.read_text("utf-8")
    assert text.startswith("#")
    assert len([line for line in text.splitlines() if line.startswith("#")]) >= 12
    assert tomllib.loads(text)
