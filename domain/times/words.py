"""The words by which times and days are named, folded (`domain.language.phrases.fold`). Lists only; the readers are
beside them. Tables of several words for one thing are matched longest first.
"""

MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6,
    "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10,
    "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip

WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tues": 1, "tue": 1, "wednesday": 2, "wed": 2, "weds": 2, "thursday": 3,
    "thurs": 3, "thur": 3, "thu": 3, "friday": 4, "fri": 4, "saturday": 5, "sat": 5, "sunday": 6, "sun": 6,
}  # fmt: skip
ALSO_OTHER_WORDS = ("sat", "sun", "wed")
"""Short names that are words besides: "we sat", "in the sun". They count beside another day, "every" or "on"."""
ZH_WEEKDAYS = "一二三四五六日天"

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
MINUTES = {
    "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "twenty five": 25, "thirty": 30, "forty": 40,
    "forty five": 45, "fifty": 50, "a quarter": 15, "quarter": 15, "half": 30,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty first": 21, "twenty second": 22,
    "twenty third": 23, "twenty fourth": 24, "twenty fifth": 25, "twenty sixth": 26, "twenty seventh": 27,
    "twenty eighth": 28, "twenty ninth": 29, "thirtieth": 30, "thirty first": 31,
}  # fmt: skip
AMOUNTS = {**NUMBERS, "a": 1, "an": 1, "a couple of": 2, "fourteen": 14, "twenty": 20, "thirty": 30}

DAYS_AHEAD = {
    "today": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "tomoz": 1, "2morrow": 1, "tommorow": 1,
    "tommorrow": 1, "tomorow": 1,
    "the day after tomorrow": 2, "day after tomorrow": 2, "overmorrow": 2, "yesterday": -1,
    "the day before yesterday": -2, "day before yesterday": -2,
}  # fmt: skip
ZH_DAYS_AHEAD = {
    "今": 0, "明": 1, "后": 2, "大后": 3, "昨": -1, "前": -2, "大前": -3,
}  # fmt: skip

# Parts of the day: what an hour from 1 to 12 is in them, twelve in front. None: nobody says so, or it is not sure.
_MORNING = (None, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_FORENOON = (12, None, None, None, None, 5, 6, 7, 8, 9, 10, 11)
_NOON = (12, 13, 14, 15, None, None, None, None, None, None, 10, 11)
_AFTERNOON = (12, 13, 14, 15, 16, 17, 18, 19, None, None, None, None)
_EVENING = (None, None, None, None, 16, 17, 18, 19, 20, 21, 22, 23)
_LATE = (24, 1, 2, None, None, 17, 18, 19, 20, 21, 22, 23)
_NIGHT = (24, 1, 2, 3, 4, 5, None, 19, 20, 21, 22, 23)
_AT_NIGHT = (24, 1, 2, 3, None, None, 18, 19, 20, 21, 22, 23)
_SMALL_HOURS = (24, 1, 2, 3, 4, 5, 6, None, None, None, None, None)
AM = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
PM = (12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23)
PARTS = {
    "morning": _MORNING, "mornings": _MORNING, "mornin": _MORNING, "morn": _MORNING, "forenoon": _MORNING,
    "noon": _NOON, "midday": _NOON, "lunchtime": _NOON, "lunch time": _NOON,
    "afternoon": _AFTERNOON, "afternoons": _AFTERNOON,
    "evening": _EVENING, "evenings": _EVENING, "eve": _EVENING, "tonight": _EVENING,
    "night": _AT_NIGHT, "nights": _AT_NIGHT, "night time": _AT_NIGHT, "nighttime": _AT_NIGHT,
}  # fmt: skip
ZH_PARTS = {
    "凌晨": _SMALL_HOURS, "后半夜": _SMALL_HOURS, "拂晓": _SMALL_HOURS, "天不亮": _SMALL_HOURS,
    "清晨": _MORNING, "清早": _MORNING, "大清早": _MORNING, "一大早": _MORNING, "一早": _MORNING, "大早上": _MORNING,
    "早晨": _MORNING, "早上": _MORNING, "早间": _MORNING, "早": _MORNING, "晨": _MORNING, "上午": _FORENOON,
    "午前": _FORENOON,
    "中午": _NOON, "晌午": _NOON, "午间": _NOON, "正午": _NOON, "大中午": _NOON,
    "午后": _AFTERNOON, "下午": _AFTERNOON, "后晌": _AFTERNOON, "下半晌": _AFTERNOON,
    "傍晚": _EVENING, "黄昏": _EVENING, "傍黑": _EVENING,
    "晚上": _LATE, "晚间": _LATE, "夜晚": _LATE, "晚": _LATE, "大晚上": _LATE,
    "夜里": _NIGHT, "夜间": _NIGHT, "半夜": _NIGHT, "深夜": _NIGHT, "大半夜": _NIGHT, "三更半夜": _NIGHT, "夜": _NIGHT,
}  # fmt: skip

# Feasts that have their day each year. A moveable one (春节, Easter) is left open, and asked.
FEASTS = {
    "christmas eve": (12, 24), "xmas eve": (12, 24), "christmas day": (12, 25), "xmas day": (12, 25),
    "christmas": (12, 25), "xmas": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31),
    "new years eve": (12, 31), "new year's day": (1, 1), "new years day": (1, 1), "valentine's day": (2, 14),
    "valentines day": (2, 14), "valentine's": (2, 14), "halloween": (10, 31), "hallowe'en": (10, 31),
    "women's day": (3, 8), "may day": (5, 1), "children's day": (6, 1), "all saints' day": (11, 1),
    "st nicholas day": (12, 6),
}  # fmt: skip
ZH_FEASTS = {
    "平安夜": (12, 24), "圣诞节": (12, 25), "圣诞": (12, 25), "元旦": (1, 1), "跨年夜": (12, 31), "情人节": (2, 14),
    "妇女节": (3, 8), "三八节": (3, 8), "三八妇女节": (3, 8), "植树节": (3, 12), "愚人节": (4, 1),
    "五一劳动节": (5, 1), "劳动节": (5, 1),
    "五一": (5, 1), "青年节": (5, 4), "六一儿童节": (6, 1), "儿童节": (6, 1), "六一": (6, 1), "建党节": (7, 1),
    "八一": (8, 1), "建军节": (8, 1), "教师节": (9, 10), "国庆节": (10, 1), "国庆": (10, 1), "十一国庆": (10, 1),
    "万圣节": (10, 31), "双十一": (11, 11), "双十二": (12, 12),
    "双11": (11, 11), "双12": (12, 12),
}  # fmt: skip
MOVEABLE = (
    "easter", "easter sunday", "easter monday", "good friday", "black friday", "cyber monday", "ash wednesday",
    "shrove tuesday", "maundy thursday", "palm sunday", "whit monday", "whit sunday", "whitsun",
    "pentecost", "ramadan", "eid", "diwali", "hanukkah", "thanksgiving",
    "spring festival", "lunar new year", "chinese new year", "mid-autumn", "mother's day", "father's day",
    "the holidays", "the summer holidays", "school starts",
)  # fmt: skip
ZH_MOVEABLE = (
    "春节", "除夕", "大年三十", "年三十", "大年初一", "初一", "过年", "年前", "元宵节", "元宵", "清明节", "清明",
    "端午节", "端午", "七夕", "中秋节", "中秋", "重阳节", "重阳", "腊八", "小年", "冬至", "立春",
    "母亲节", "父亲节", "感恩节", "复活节", "开学", "放假", "寒假", "暑假",
)  # fmt: skip
