"""What the people of the benchmark's neighbourhood complain of, in two languages; no two say quite the same."""

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Trouble:
    """A thing of a kind (a category of the example community), and what can be wrong with it, in both languages."""

    kind: str
    thing: tuple[str, str]
    wrong: tuple[tuple[str, str], ...]


TROUBLES = (
    Trouble("lighting", ("lamp", "路灯"), (
        ("is dark", "不亮了"), ("flickers all night", "一闪一闪"), ("stays on all day", "白天也亮着"))),
    Trouble("lighting", ("stairwell light", "楼道灯"), (
        ("does not come on", "不亮"), ("goes out after a second", "一秒就灭"), ("hangs askew", "掉下来一半"))),
    Trouble("water", ("pipe under the sink", "水槽下的水管"), (
        ("drips", "滴水"), ("leaks into the flat below", "漏到楼下了"), ("has rusted through", "锈穿了"))),
    Trouble("water", ("drain in the yard", "院子的下水道"), (
        ("is clogged", "堵了"), ("smells of sewage", "返臭"), ("overflows when it rains", "一下雨就冒水"))),
    Trouble("lifts", ("lift", "电梯"), (
        ("does not come", "又停了"), ("jerks between the floors", "上下抖动"), ("door does not close", "门关不上"))),
    Trouble("lifts", ("entrance door", "单元门"), (
        ("does not lock", "锁不上"), ("slams all night", "整夜砰砰响"), ("card reader is dead", "刷卡没反应"))),
    Trouble("roads", ("pavement", "人行道"), (
        ("has a deep hole", "有个大坑"), ("has sunk", "下沉了"), ("tiles are loose", "地砖松了"))),
    Trouble("roads", ("manhole cover", "井盖"), (
        ("rattles", "响得厉害"), ("has shifted", "移位了"), ("is cracked", "裂了"))),
    Trouble("stalls", ("fruit stall", "水果摊"), (
        ("blocks the way", "占了通道"), ("leaves crates behind", "留下一堆筐"),
        ("stands in the entrance", "摆在门口"))),
    Trouble("stalls", ("parked van", "面包车"), (
        ("blocks the ramp", "堵住坡道"), ("stands there for weeks", "停了几个星期"),
        ("covers the crossing", "压着斑马线"))),
    Trouble("cleaning", ("bins", "垃圾桶"), (
        ("are full", "满了"), ("have not been emptied", "没人倒"), ("stand open and smell", "敞着很臭"))),
    Trouble("cleaning", ("hedge", "绿篱"), (
        ("is overgrown", "长疯了"), ("hides the path", "挡住小路"), ("is full of litter", "里面全是杂物"))),
    Trouble("power", ("socket in the corridor", "走廊插座"), (
        ("is loose", "松了"), ("has no power", "没电"), ("cover is missing", "盖子没了"))),
    Trouble("noise", ("drilling upstairs", "楼上装修"), (
        ("begins at six", "六点就开始"), ("goes on at night", "晚上还在响"), ("never stops", "没完没了"))),
    Trouble("safety", ("railing", "栏杆"), (
        ("is loose", "松动了"), ("has come off the wall", "脱开墙了"), ("has sharp edges", "边很锋利"))),
    Trouble("ideas", ("bench", "长椅"), (
        ("would be good here", "希望装一张"), ("should stand in the shade", "最好放在树荫下"),
        ("needs a back", "最好有靠背"))),
)  # fmt: skip
_WHERE = (
    ("beside the mailboxes", "信箱旁边"), ("on the ground floor", "一楼"), ("near the playground", "游乐场附近"),
    ("behind the bicycle shed", "车棚后面"), ("at the back stairs", "后楼梯"), ("by the guard's hut", "门卫室旁"),
    ("under the big camphor tree", "大樟树下"), ("next to the ramp", "坡道边"), ("opposite the shop", "小卖部对面"),
)  # fmt: skip
_SINCE = (
    ("since Monday", "从周一开始"), ("for two weeks", "两个星期了"), ("since the storm", "自从那场大雨"),
    ("again", "又这样"), ("since this morning", "今天早上起"), ("for months now", "好几个月了"),
)  # fmt: skip
_WISH = (
    ("Please send somebody.", "请派人来看看。"), ("My mother cannot get past.", "老人过不去。"),
    ("The children play there.", "孩子在那里玩。"), ("I called twice already.", "我打过两次电话。"),
    ("Thank you for looking.", "谢谢。"), ("It is dangerous in the rain.", "下雨天很危险。"), ("", ""),
)  # fmt: skip
ANSWERS = (
    ("We come and look tomorrow between nine and twelve.", "我们明天九点到十二点来看。"),
    ("A part is ordered, it takes about a week.", "配件订了，大约一个星期。"),
    ("It is repaired, please look whether it is right.", "已经修好了，请看看行不行。"),
)


def report(say: random.Random, trouble: Trouble, language: int) -> str:
    """A resident's words: 0 English, 1 Chinese."""
    room = say.randint(101, 2899)
    thing, wrong = trouble.thing[language], say.choice(trouble.wrong)[language]
    where, since, wish = (say.choice(each)[language] for each in (_WHERE, _SINCE, _WISH))
    if language:
        return f"{where}的{thing}{wrong}，{since}。我住{room}室。{wish}"
    return f"The {thing} {where} {wrong}, {since}. I live in {room}. {wish}"


def title(say: random.Random, trouble: Trouble) -> str:
    """The line staff write, in the language of the group."""
    return f"{trouble.thing[0]} {say.choice(trouble.wrong)[0]}".capitalize()
