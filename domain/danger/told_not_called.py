"""Whether words of danger are a story, a joke, a question about rules or long over, and no call for help.

They count less then (`danger.find_danger`): what would ring is asked about, and what would be asked about is let be.
Words that say it is happening now outweigh all of them.
"""

import re


def _words(english: str, chinese: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{english})\b|{chinese}")


_STORY = _words(
    r"films?|movies?|series|episode|novel|books?|reading group|quiz|rehearsal|theatre|theater|stage|songs?"
    r"|concert|opera"
    r"|documentary|podcast|museum|dream(?:t|ed)?|nightmare|cartoon|game|games|chess|monopoly|match|team|score|cinema"
    r"|drill|drills|exercise|course|courses|lesson|training|lecture|first aid|workshop|leaflet|poster|halloween"
    r"|costume"
    r"|recipe|cake|chilli|pub|party|parties|birthday|wedding|insurance|history|statue|band|choir|marathon",
    "电影|电视剧|小说|游戏|新闻|谣言|谣传|辟谣|梦见|梦到|做梦|演练|演习|培训|讲座|急救课|培训班|综艺|剧本|密室|片子|追剧|纪念片|歌词"
    "|鹦鹉|动漫|漫画|番茄酱|万圣节|魔术|直播间|广播|宣传|保险|段子|台词|《|恶作剧|夸张|比赛|球赛|麻将|象棋|论文|考试|作业|朋友圈广告",
)
_JOKE = _words(
    r"lol|haha+|hihi|hehe|he he|lmao|rofl|jk|just kidding|joking|hallelujah|congrats|congratulations|silly me"
    r"|pun intended"
    r"|so to speak|literally dying of|killing me|dying to|to die for|worth every|hilarious|metaphor\w*|figuratively",
    "哈哈|嘿嘿|嘻嘻|笑死|笑不活|开玩笑|玩笑|逗死|乐得|搞笑|太好玩|真好玩|好玩|绝了|救命[,，]?这|救命[,，]?谁|救命[,，]?太",
)
_SMILE = re.compile("[😂🤣😅😆😜😝😹🙈]")
_OVER = _words(
    r"(?:two|three|four|five|six|few|\d+) (?:days|weeks|months|years|summers|winters) (?:ago|back)|(?:a"
    r"|the) (?:week|month|year) ago"
    r"|last (?:week|month|year|summer|winter|spring|autumn|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|in (?:january|february|march|april|june|july|august|september|october|november|december|jan|feb|mar|apr"
    r"|jun|jul|aug"
    r"|sept?|oct|nov|dec|spring|summer|autumn|winter|(?:19|20)\d\d|the (?:past|eighties|nineties))|once"
    r"|years ago|back then"
    r"|when i was (?:a|young|little|small)|as a child|the other day|since the|after the|used to|at the time"
    r"|that night"
    r"|is (?:ok|okay|fine|well|better|home) (?:now|again)|(?:it's|its|all) (?:ok|okay|fine|good|well"
    r"|over) (?:now|again)|doing well|recovered"
    r"|back home|false alarm|no longer|repaired|has been fixed|got fixed|was fixed|they fixed|on (?:mon|tues"
    r"|wednes|thurs|fri|satur|sun)day",
    "去年|前年|上个?月|上个?星期|上周|上次|上回|那次|那回|那年|当年|年前|个月前|周前|天前|年轻时候|以前|从前|曾经|小时候|过去了"
    "|已经好了|好多了|没事了|修好了|换好了|处理完|道歉|解决了|出院|康复|前天的事|虚惊|看错|是误会|误会了|一场误会|早就|后来好",
)
_RULES = _words(
    r"is it allowed|are we allowed|who (?:is|'s) (?:responsible|paying|in charge)|what's the plan|could we have"
    r"|can we have|i'd love"
    r"|i would love|would be nice|please install|should be|ought to|suggest|suggestion|proposal|idea|petition"
    r"|how safe is"
    r"|is there (?:a|any) (?:club|course|rule|plan|group)|what to do (?:when|if)|just curious|never got told"
    r"|rules?|regulations?",
    "能不能(?:设|装|加|建|开|搞|办|组织|管管)|建议|希望|提议|可不可以(?:设|装|加|建)|应该(?:装|设|加)|有没有规定|规定|什么时候能|哪儿能领|多少钱"
    "|怎么申请|谁负责|如果|要是|万一|迟早|哪天|真.{0,6}了怎么办|多加|加强|定期|宣传一下",
)
_NOW = _words(
    r"right now|now|help|hurry|quick|quickly|please come|still|at the moment|this minute|just now|911|999|112"
    r"|ambulance",
    "现在|正在|还在|刚才|刚刚|快来|快点|快快|赶紧|马上|这会儿|眼下|报警|120|119|110|求你|求求",
)


def steps_down(folded: str) -> int:
    """How many steps less words of danger count in a folded message: 0, 1 or 2."""
    story = bool(_STORY.search(folded))
    joke = bool(_JOKE.search(folded) or _SMILE.search(folded))
    over = bool(_OVER.search(folded))
    rules = bool(_RULES.search(folded))
    steps = joke * 2 + story + over + rules
    if _NOW.search(folded):
        steps -= 1
    return max(0, min(2, steps))
