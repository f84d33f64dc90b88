"""Chinese texts write numbers in one way: 第12号, 维修单12, 第7号承诺. "12号" is a day or a house."""

import re

from scripts import texts

CHINESE = next(path for path in texts.translations() if "zh_Hans" in path.parts)
WRONG = re.compile(r"(?<!第)\{(?:number|other|old|report|new)\}号|维修 ?\{number|承诺 ?\{number")


def test_chinese_numbers_are_written_in_one_way() -> None:
    said = {
        message.id if isinstance(message.id, str) else message.id[0]: texts.forms(message)
        for message in texts.read(CHINESE)
        if message.id
    }
    assert [form for forms in said.values() for form in forms if WRONG.search(form)] == []
    assert said["No. {number}"] == ["第{number}号"], "of reports and promises on cards, boards and lists"
