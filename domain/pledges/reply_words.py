"""The words by which a reply to a reminder is read: what is plainly a yes or a no, and what makes either doubtful.

All of them folded (`domain.language.phrases.fold`). The patterns are matched against one clause at a time, whole.
"""

import re

from domain.language.exact_numbers import CHINESE, ENGLISH
from domain.pledges.measures import MEASURE

LONGEST_CLAUSE = 80

# -- what changes nothing: greetings, thanks, times

_WHEN = (
    r"today|tonight|yesterday|(?:this|that) (?:morning|afternoon|evening|night|week|time|weekend)"
    r"|last (?:night|weekend)"
    r"|just now|now|again|already|as (?:always|usual|promised|planned|agreed)|on time|for today"
    r"|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|at \d{1,2}(?::\d\d)?(?: ?[ap]m)?"
)
_POLITE = (
    r"hi|hello|hey|dear all|hello all|good (?:morning|afternoon|evening)|thanks|thank you|thanks a lot|many thanks"
    r"|thank you (?:all|very much|for asking|for the reminder)|thanks for (?:asking|the reminder)|cheers"
    r"|you'?re welcome"
    r"|no problems?(?: at all)?|no trouble(?: at all)?|all (?:is )?(?:well|good|fine|in order)|everything (?:is "
    r"|was )?(?:fine|ok)"
    r"|很?高兴|谢谢(?:您|你|大家|提醒)*|辛苦了?|大家好|[您你]好|早上好|晚上好|没问题|没事儿?|不客气|一切正常"
    r"|平安无事|请放心|放心"
)
_WHEN_ZH = (
    r"今天|今晚|今早|今日|今儿|昨天|昨晚|前天|上午|下午|早上|早晨|中午|晚上|傍晚|刚刚|刚才|刚|这周|本周|这次|这回|周末"
    r"|(?:这个)?(?:周|星期|礼拜)[一二三四五六日天]|(?:\d{1,2}|十[一二]|[一二三四五六七八九十])月(?:\d{1,2}"
    r"|[一二三四五六七八九十]{1,3})[日号]"
)
FILLER = re.compile(rf"(?:{_POLITE}|{_WHEN}|{_WHEN_ZH})(?: (?:{_WHEN}))?")
MORE = re.compile(
    rf"(?:we were |there were )?(?:[1-9]\d{{0,3}}|{ENGLISH})(?: (?:people|persons|neighbou?rs|residents"
    rf"|guests|families"
    r"|of us))(?: (?:came|joined|helped|attended|took part|were there))?"
    r"|(?:all|it|everything|everybody|everyone|we|all of us)(?: went| was| were| is| are|'s"
    r"|'re)?(?: all| very| really"
    r"| so)?"
    r" (?:well|fine|good|great|fun|nice|lovely|smoothly|clean|tidy|swept|happy|pleased|glad|in order)"
    r"|(?:see |with )?(?:the )?(?:photos?|pictures?)(?: attached| below| above| here| follows?)?"
    r"|as (?:every|each) (?:week|day|month)|it (?:happened|took place)|of course|ok|okay|好的?|好嘞|对啊?|嗯+|哦"
    rf"|(?:来|到|有)了?(?:[1-9]\d{{0,3}}|{CHINESE})[个位名]?(?:人|老人|邻居|居民|学员)?(?:来|参加|到场)?了?"
    r"|(?:大家|老人们?|居民们?|邻居们?|一切|都|全都)?都?(?:很|挺|非常|十分)?"
    r"(?:高兴|开心|满意|顺利|热闹|干净|整洁|成功)(?:了|的)?"
    r"|(?:跟|和|像)?(?:往常|平时|平常)一样|见?照片|效果(?:很|挺)?好"
)
"""What people tell of a thing that was done. Whatever else stands beside a mere yes may take it back: it is asked."""
SORRY = re.compile(
    r"(?:i'?m |i am )?(?:so |very |really |terribly )?(?:sorry|afraid)(?: about that)?|(?:my )?apologies"
    r"|unfortunately|sadly"
    r"|(?:非常|很|真是?|实在)?(?:对不起|抱歉|不好意思|遗憾|惭愧)(?:了|啊)?|可惜"
)

# -- English

_WE = r"(?:(?:i|we)(?:'ve| have| had)? )"
_ADVERB = r"(?:(?:all|just|already|now|well|really|duly|again) )*"
_IT = (
    r"(?: (?:it|that|this|them|so|mine|ours|everything|all|all of it|all of them|my part|my turn|our part|the job"
    r"|the work"
    r"|my promise|the promise|what i promised|to do it|to do that))?"
)
_TRAIL = rf"(?: (?:{_WHEN}))*"
YES = re.compile(
    r"(?:yes|yep|yeah|yup|yes yes|yes of course|(?:yes )?(?:i|we) did|of course (?:i|we) did"
    rf"|(?:(?:it'?s|it is|it was|that'?s|everything is|everything was|all is|all|yes|yep|yeah) )*{_ADVERB}"
    rf"(?:done|finished|completed|complete|accomplished|kept){_IT}"
    rf"|(?:yes )?{_WE}{_ADVERB}(?:did|done|finished|completed|kept|managed){_IT}"
    rf"|(?:did|managed) (?:it|that|everything|mine|ours)|(?:mission|job|work|task|promise)(?: is|'?s)? (?:done"
    rf"|accomplished|complete|completed|kept))"
    rf"{_TRAIL}"
)
BARE_YES = re.compile(rf"(?:yes|yep|yeah|yup|yes yes|(?:yes )?(?:i|we) did|是的?|对的|嗯是的){_TRAIL}")
"""A yes that names no deed, and may answer anything: "Yes, on Friday", "Yes, the hall burned down"."""
AHEAD = re.compile(
    r"\b(?:today|tonight|now|this (?:afternoon|evening|night|week|weekend|time)|(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day|at \d{1,2})\b"
    r"|今[天晚日儿]|下午|中午|晚上|傍晚|周末|[这本]周|这[次回]|(?:周|星期|礼拜)[一二三四五六日天]|月(?:\d|[一二三四五六七八九十])"
)
"""Times that may be to come."""
_FAILED = (
    r"(?:(?:did|could|was|were) not|didn'?t|couldn'?t|wasn'?t|weren'?t|have(?: not|n'?t) (?:done|made|kept|managed))"
    r"(?: (?:do|make|keep|manage|able|get (?:to|round to|around to)|do so|come|go|help|even))?"
    r"(?: (?:it|that|this|to it|to do it|to do that|to|to come|to go|anything|anything at all|at all))?"
    r"|(?:failed|forgot|missed|skipped)(?: (?:it|that|this|to do it|about it|completely|again|entirely))?"
)
NO = re.compile(
    rf"(?:no|nope|nah|no no|(?:no )?(?:(?:i|we|but i) )?(?:just |simply |completely |totally |really )?(?:{_FAILED})"
    r"|not done|not kept|never did|i did not do it|none(?: (?:at all|yet done|done))?|not (?:a single|even) one"
    r"|nothing(?: (?:done|at all))?"
    rf"|zero|nil|0|(?:it )?did(?: not|n'?t) (?:happen|take place)|nobody did it){_TRAIL}"
)
_DOUBT_WORDS = (
    "no|not|none|noone|nothing|nobody|nowhere|neither|nor|never|without|but|although|though|except|however|only|half"
    "|halfway|part"
    "|partly|partially|some|most|mostly|almost|nearly|barely|hardly|maybe|perhaps|probably|possibly|think|thought"
    "|hope|guess"
    "|suppose|supposed|if|unless|until|till|would|could|should|might|may|will|going|gonna|want|wanted|plan|planning"
    "|intend"
    "|tomorrow|later|soon|next|instead|rather|ill|sick|unwell|flu|covid|fever|cold|hospital|doctor|away|holiday"
    "|vacation|busy"
    "|tired|sorry|unfortunately|sadly|unable|late|off|broke|broken|closed|shut|locked|hurt|wrong|joke|joking"
    "|kidding|lie|lied"
    "|rest|todo|still|yet|before|meant|tried|try|wish|few|wait|left|less|short|unfinished|incomplete|died|dead"
    "|funeral|quit"
    "|stopped|stop|nah|nope|zero|nil|alone|else|other|others|someone|somebody|who|whoever|bad|spoiled"
    "|ruined|torn|lost"
    "|missing|remaining|remain|remains|begin|began|started|start|last year|ago|once|should've|dunno|unsure|apart"
    "|under|gave up|give up"
    "|wife|husband|son|daughter|sort of|kind of|kinda|sorta|minus|bar|excluding|excl|haha|hahaha|lol|lmao|dreams?"
    "|flames|burn(?:ed|t)|surgery"
)
DOUBT = re.compile(
    rf"%|n't\b|\b(?:did|could|was|have|has|do|ca|wo|is|are|were|would|ai|does|had|should)nt\b|'ll\b"
    rf"|'d\b|\b(?:{_DOUBT_WORDS})\b"
    r"|\b(?:cancel|postpon|skip|miss(?:ed|ing|es)?\b|fail|forg[eo]t|rain|snow|storm|flood|weather"
    r"|typhoon|travel|injur|refus"
    r"|abandon|overs|delay|reschedul"
    r"|imposs|excus|apolog|pretend|doubt|lazy|wast|expect|promis\w+ to)"
)
"""What makes an English yes doubtful. Better asked for nothing than recorded for nothing."""

# -- Chinese

_I_ZH = r"(?:我们|我|俺们?|咱们|咱|大家|大伙儿?|自己|一起)"
_ADVERB_ZH = (
    r"(?:都|也|已经|已|早就|全部|全都|全|按时|准时|照常|照样|如期|顺利|提前|认真|又|按计划|圆满|终于|真的|确实)"
)
_WHERE_ZH = (
    r"(?:(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:号楼|单元|栋|幢|楼)"
    r"|楼梯间?|楼道|院子|门口|花园|走廊|广场|绿地|草坪|小路|大厅|垃圾|卫生)的?"
)
_LEAD = rf"(?:{_WHEN_ZH}|{_I_ZH}|{_ADVERB_ZH}|{_WHERE_ZH}){{0,6}}"
"""What stands before the verb. Bounded, as several of these words begin alike."""
_DEED = (
    r"(?:打扫|清扫|清理|收拾|整理|巡逻|巡查|检查|值班|值守|劝导|宣传|排练|探望|看望|慰问|陪伴|打理|维修|修理|粉刷"
    r"|发放|张贴|清洗|辅导"
    r"|做|干|弄|搞|办|写|扫|巡|教|讲|浇|送|修|画|拍|贴|理|剪|查|唱|跳|捡|洗|擦|拖|种|读|练|帮|陪|刷|装|挂)"
)
_BARE_DEED = (
    r"(?:打扫|清扫|清理|收拾|整理|巡逻|巡查|检查|值班|值守|劝导|宣传|排练|探望|看望|慰问|陪伴|维修|修理|粉刷|发放|张贴|清洗|辅导"
    r"|做|扫|巡|写|教|讲|浇|送|擦|捡|刷)"
)
"""Those that say with a mere 了 that they were done: 挂了, 装了, 拖了 may say something else."""
_REST_ZH = rf"(?:{_WHERE_ZH}|[一两][遍次圈趟回]|任务|工作|今天的){{0,2}}"
"""What was done, where it can only be that: "wrote a sick note" is done as well."""
YES_ZH = re.compile(
    rf"(?:是的?|对的|嗯是的|{_LEAD}(?:完成|做到|办到|搞定|落实|兑现|履行|履约|打卡|到位|去过|去了)(?:了|啦|喽|咯"
    rf"|好了)?(?:任务|承诺|工作)?(?:了|啦)?"
    rf"|{_LEAD}{_DEED}(?:完|好|过|成|妥|干净)(?:了|啦|喽|咯)?{_REST_ZH}"
    rf"|{_LEAD}{_BARE_DEED}(?:了|啦){_REST_ZH}"
    rf"|{_LEAD}(?:已经?)?{_DEED}完毕|{_LEAD}已{_BARE_DEED}|(?:任务|工作|承诺)(?:已经?|都|全部)?完成(?:了|啦)?)"
)
IS_OVER_ZH = re.compile("[了啦喽咯过已]|完毕")
"""Without one of these 今晚做完 may be a plan: Chinese has no tense."""
_COUNTED_ZH = rf"一(?:{MEASURE}|回|点儿?)"
NO_ZH = re.compile(
    rf"(?:没有?|没做到|没能做到|没办到|零|〇|"
    rf"{_LEAD}(?:没有?|没能|未能|未)(?:能)?(?:{_DEED}|去|来)(?:成|到)?(?:了|啊)?"
    rf"|{_LEAD}(?:没有?|没能|未能)(?:做到|办到|实现|履行|兑现)"
    rf"|{_LEAD}(?:给|不小心|完全|真){{0,2}}忘(?:记|了|掉)?(?:了|啦)?(?:做|去|写|扫)?"
    rf"|{_LEAD}没(?:有)?(?:来得及|顾上|顾得上|赶上)"
    rf"|{_LEAD}(?:{_COUNTED_ZH}(?:都|也)(?:没有?|不)(?:{_DEED}|去|来)?(?:成|到)?(?:了)?)"
    rf"|{_LEAD}(?:完全|根本|压根儿?)没(?:有)?(?:{_DEED}|去|来)?)"
)
HARMLESS_ZH = re.compile(
    "一[下上]午|一[个次天]不[落漏少]|不[晃漏响堵滴]了?|居委会|业委会|孩子们|老人们|[个位]孩子|寒假|暑假|假期|必须的|着呢|[陪给帮教送带跟和][他她]们?|能用|好用|好几|没问题|没事|不错|不客气|没错"
)
DOUBT_ZH = re.compile(
    "[不没未别能保须该盼半只才差将会要想缺漏病雨雪忘吗呢么吧若假骗摔伤坏迟停"
    "累忙难空补改推延剩尚原白退废丢输错砸糟替拒愁哎唉咋谁否无免少几撕撤拆烧毁刮淋脏黄鸽罢]"
    "|但|可是|部分|一些|有些|有的|打算|准备|明天|明早|明晚|后天|下次|下周|下个|下回|取消|住院|医院|出差|外出|外地"
    "|在外|老家|旅游|请假|抱歉"
    "|对不起|台风|天气|如果|要是|除了|还有|本来|应该|大概|可能|也许|好像|估计|算是|勉强|凑合|失败|放弃|算了|等|再"
    "|关门|锁|别人|他们|她|他|孩子|老伴"
    "|一点|点儿|开始|马上|正在|一下|大约|左右|快|另|以后|之后|之前|去年|上次|上周|计划|希望|争取|尽量|怎"
)
"""What makes a Chinese yes doubtful."""
GOOD_SIGNS = frozenset("✅✔☑")
"""Signs that stand for a yes. A thumb does not: it may only say that the question was read."""
KIND_SIGNS = frozenset("😊🙂😀😃😄😁🙏👍💪🎉❤🌹🌸👌👏🥳☺👋✨🌷💐🤝")
"""Signs that change nothing of what is said."""
NO_SIGNS = frozenset("❌✖❎")
"""Signs that say no where they stand alone; beside words nobody can be sure what of these they cross out."""
SAD_SIGNS = frozenset("😔😢😭😞😓😥🙈😅😩😪🤒🤧🤕")
"""Signs beside which nothing is a yes."""
