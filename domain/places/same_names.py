"""Names that people use for the same place, whatever the community file calls it: "carpark", 地库, "northern".

Lists only. A name counts where exactly one area of the community has another one of its row.
"""

_DIRECTIONS = (("north", "北"), ("south", "南"), ("east", "东"), ("west", "西"))

SAME: tuple[tuple[str, ...], ...] = (
    ("main gate", "main entrance", "main entrance gate", "front gate", "front entrance", "entrance gate",
     "estate gate"),
    ("正门", "大门口", "主入口", "正大门", "主门", "小区大门", "小区门口", "小区正门"),
    ("car park", "parking lot", "parking garage", "parking area", "parking deck", "underground garage",
     "underground parking", "visitor parking", "visitors' parking", "resident parking", "residents' parking",
     "the parking"),
    ("停车场", "停车库", "车库", "地库", "地下车库", "地下停车场", "地下停车库", "负一层车位", "负二层车位",
     "负一层车库", "负二层车库"),
    ("bike shed", "bicycle shed", "cycle shed", "bike store", "bike parking", "bike storage"),
    ("车棚", "自行车棚", "电动车棚", "单车棚"),
    ("playground", "play area", "play park", "playpark", "children's playground"),
    ("游乐场", "儿童乐园", "儿童游乐场", "游乐区", "儿童游乐区", "儿童活动区"),
    ("花园", "小花园", "中心花园", "小公园", "小区公园", "小区花园", "中心绿地"),
    ("小广场", "中心广场", "小区广场"),
    ("night market", "food street", "snack street", "night market street", "street food market"),
    ("夜市", "夜市街", "小吃街", "美食街", "小吃一条街"),
    *((f"{en} side", f"{en} part", f"{en} half", f"{en} end", f"{en} section", f"{en} area") for en, _ in _DIRECTIONS),
    *((f"{zh}区", f"{zh}片", f"{zh}片区", f"{zh}半区", f"{zh}院") for _, zh in _DIRECTIONS),
    *((f"{en} gate", f"{en} entrance", f"{en} gates", f"gate {en}", f"entrance {en}") for en, _ in _DIRECTIONS),
    *((f"{zh}门", f"{zh}大门", f"{zh}门口", f"{zh}边大门", f"{zh}边门") for _, zh in _DIRECTIONS),
)  # fmt: skip

SPELLED: tuple[tuple[str, str], ...] = (
    (r"\b(north|south|east|west)ern\b", r"\1"),
    *((rf"(?<![\w'])({en[0]})(?:\. ?| )(?=(?:gate|side|entrance|end)\b)", f"{en} ") for en, _ in _DIRECTIONS),
    (r"\bcar-?parks?\b|\bcar parks\b", "car park"),
    (r"\bblk\b", "block"),
    (r"\bplay[- ]?ground", "playground"),
    (r"\bnight[- ]?market", "night market"),
    (r"\bbike[- ]?shed", "bike shed"),
    (r"\b(gate|entrance) (?:on|at|in|to) the (north|south|east|west)(?: side| end)?\b", r"\2 \1"),
    (
        r"(?:小区)?(?:最|靠)?([东南西北])(?:边|侧|面|头|部)?的?[那这]?(?:[1一半]片|片|半个小区|半边小区)(?:儿|区)?",
        r"\1区",
    ),
)
"""How names are written otherwise: an expression over a folded text in digits, and what stands for it."""
