"""Whether words that could name a place of the neighbourhood speak of something else: the north gate of the school,
my own garden, the stock market, vitamin B1, and 12月3号楼下, which is a day.
"""

from __future__ import annotations

import re

# -- the words, folded

_OTHER_PLACES = (
    "airport", "station", "school", "hospital", "hotel", "super ?market", "uni", "university", "college", "stadium",
    "mall", "office", "church", "mosque", "temple", "town", "city", "zoo", "village", "factory", "barracks", "museum",
    "theatre", "cinema", "clinic", "shopping cent(?:re|er)", "leisure cent(?:re|er)", "sports? (?:hall|cent(?:re|er))",
    "kindergarten", "nursery", "harbou?r", "company",
)  # fmt: skip
_ZH_OTHER_PLACES = (
    "车站", "火车站", "高铁站", "地铁站", "汽车站", "机场", "体育馆", "体育场", "学校", "大学", "中学", "小学",
    "幼儿园", "医院", "超市", "公司", "单位", "商场", "菜市场", "酒店", "宾馆", "银行", "饭店", "工厂", "公园",
    "博物馆", "图书馆", "电影院", "政府", "派出所",
)  # fmt: skip
_OTHER_ESTATES = r"(?:next|neighbou?ring|other|another) (?:estate|neighbou?rhood|compound)"
_ZH_OTHER_ESTATES = "(?:隔壁|对面|别的|其他|另一个?|旁边)那?个?(?:小区|院子|大院|楼盘|村)|老家|乡下|村里"
_ZH_OTHERS = ("隔壁", "对面", "别的", "其他", "另一个", "旁边", "隔壁的", "对面的", "别人家")
_OTHER_KINDS = (  # of market, park or garden
    "central", "stock", "labou?r", "job", "housing", "black", "free", "flea", "property", "theme", "national", "water",
    "business", "industrial", "retail", "botanical", "beer", "roof", "kitchen", "zoological", "hyde", "safari",
    "amusement", "own", "front", "back", "pub", "memorial",
)  # fmt: skip
_ZH_OTHER_KINDS = ("人民", "世纪", "中山", "植物", "动物", "屋顶", "空中", "主题", "后")
_WHOSE = (
    r"(?:my|his|her|their|your)(?: \w{1,20}(?:'s?)?){0,2}"
    r"|(?:neighbou?r|mum|mom|dad|gran|sister|brother|parent|friend|aunt|uncle|cousin|landlord)s?'s?"
)
_ZH_WHOSE = "[我你他她]家|我们家|自家|自己家"
_GOES_ON = (  # the rest of a longer name, or of a word for something else
    "prices?", "value", "share", "research", "economy", "rate", "forces", "leader", "cent(?:re|er)", "hose", "chairs?",
    "gnomes?", "sale", "ticket", "fees?", "fine", "permit", "ranger", "and ride",
)  # fmt: skip
_ZH_GOES_ON = (
    "酒店", "饭店", "宾馆", "餐厅", "式", "桥", "路(?![灯面口边])", "大道", "大桥", "村", "镇", "洋房", "别墅",
    "豆腐", "行情", "经济", "文化", "门?遥控", "城(?!管)", "银行", "书店", "公交站", "地铁站", "人生",
)  # fmt: skip
_HAS_NUMBERS_TOO = (  # in front of what looks like the short code of a building
    "gates?", "vitamins?", "bus", "line", "route", "platform", "seat", "row", "exit", "terminal", "grade", "pencil",
    "size", "paper", "channel", "type", "model", "class", "motorway", "junction", "flight", "track", "bay", "zone",
    "aisle", "page", "section", "chapter", "visa", "level", "english", "course",
)  # fmt: skip
_BEFORE_A_PARK = (  # else it is what people do with cars
    "the", "our", "this", "that", "little", "small", "big", "in", "at", "near", "by", "estate", "community", "local",
    "neighbou?rhood", "whole", "entire", "inside", "through", "across", "around", "of", "behind", "opposite",
)  # fmt: skip
_ANY = r"(?:an?|any|some|every|another|no)(?: \w{1,20})?"

# -- how they stand beside a name

_PLACE = "|".join(_OTHER_PLACES)
_BEFORE = re.compile(
    rf"(?:\b({_PLACE})(?:'s)?|\b{_OTHER_ESTATES}(?:'s)?|{_ZH_OTHER_ESTATES}|({'|'.join(_ZH_OTHER_PLACES)}))的? ?$"
)
_BEHIND = re.compile(
    rf" (?:(?:at|of|in|opposite)(?: the| my| our| his| her| their| a)? (?:\w{{1,20}} )?({_PLACE})\b"
    rf"|(?:at|of|in|to) (?:the )?(?:{_OTHER_ESTATES}|(?:other|next|another) (?:city|town))\b)"
)
_NAMED_BEFORE = re.compile(
    rf"(?:\b(?:{_WHOSE})|\b(?:{'|'.join(_OTHER_KINDS)})|{_ZH_WHOSE}|{'|'.join(_ZH_OTHER_KINDS)})的? ?$"
)
_NAMED_BEHIND = re.compile(rf" (?:{'|'.join(_GOES_ON)})\b|{'|'.join(_ZH_GOES_ON)}")
_CODE_BEFORE = re.compile(
    rf"\b(?:{'|'.join(_HAS_NUMBERS_TOO)})(?: no\.?)?(?: [a-z]\d{{1,2}},?(?: and| or| &)?){{0,4}} $"
)
_A_PARK = re.compile(rf"(?:^|[.,;:!?] ?|\b(?:{'|'.join(_BEFORE_A_PARK)}) )$")
_ANY_BEFORE = re.compile(rf"\b{_ANY} $")
_PARKED = re.compile(r" (?:on|of|in front|along|across|outside|by)\b")
_IN_A_MONTH = re.compile(r"(?:月(?:底|初|中|末)?|(?:本|下|这个?|下个|每个?)月的?) ?$")
_DAY_LIKE = re.compile(r"\d{1,4} ?[号號]")
_STREET = re.compile(
    r", (?:[A-Z]\w{1,20} ){1,2}(?:Lane|Street|Road|Avenue|Drive|Close|Crescent|Terrace|Gardens?|Way)\b"
)
_CAPITAL = re.compile(r" in (?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+){0,3}")
_OURS = re.compile(
    r"(?:Building|Block|Stairwell|Staircase|Entrance|Tower|North|South|East|West|Bldg|Unit|Mrs?|Ms|January|February|March|April"
    r"|May|June|July|August|September|October|November|December|Spring|Summer|Autumn|Winter)\b"
)
_SCHOOL = re.compile(r"校|大学|中学|小学|school|campus|\buni|college|teaching")


def is_elsewhere(
    text: str, start: int, end: int, written: str, *, own: str, numbered: bool = False, code: bool = False
) -> bool:
    """Whether what stands from `start` to `end` in a text in digits is no place of ours.

    `written` is the text as it was written, with its capitals. `own` holds all names of the community: its own school
    is not elsewhere. `numbered` things are houses and stairwells; `code` says that it is an area's short code.
    """
    name = text[start:end]
    before, behind = text[max(0, start - 48) : start], text[end : end + 48]
    for found in (_BEFORE.search(before), _BEHIND.match(behind)):
        if found and not _is_own(next(filter(None, found.groups()), ""), own):
            return True
    if len(written) == len(text) and _STREET.match(written, end):
        return True
    if name.startswith("小区") and before.endswith(_ZH_OTHERS):
        return True
    town = _CAPITAL.match(written, end) if len(written) == len(text) else None
    if town and not _OURS.search(town[0]) and not _is_own(town[0].rpartition(" ")[2].casefold(), own):
        return True
    if numbered:
        return _IN_A_MONTH.search(before) is not None and _DAY_LIKE.match(text, start, end) is not None
    if code and _CODE_BEFORE.search(before):
        return True
    if (name == "park" and not _A_PARK.search(before)) or (name == "the parking" and _PARKED.match(behind)):
        return True
    if name.isalpha() and name.isascii() and _ANY_BEFORE.search(before):
        return True  # a garden, and none of ours
    return _NAMED_BEFORE.search(before) is not None or _NAMED_BEHIND.match(behind) is not None


def _is_own(word: str, own: str) -> bool:
    return bool(word) and (word in own or (_SCHOOL.search(word) is not None and _SCHOOL.search(own) is not None))
