"""What replies to a reminder say, as people really write them in both languages: never the flattering reading.

`replies.tsv` has more of them: what is expected, the promise, the reply.
"""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.language.exact_numbers import exact_number
from domain.pledges.plain_replies import Reading
from domain.pledges.pledge_replies import denies, only_counts, read
from domain.pledges.promised_amounts import amount_in
from domain.pledges.reply_amounts import Count, count, counted_in

PLAIN_YES = (
    "Done", "done.", "Done!", "done as always", "All done, thanks", "yes", "Yes, done", "I did it",
    "We did it tonight", "Finished", "It's done", "it is done", "Everything is done", "Job done", "kept", "Kept it",
    "Completed ✅", "✅", "✔️", "Done 👍", "Yes, we did", "I have done it", "we've finished it", "Done again",
    "Done today, 12 people came", "Done, all clean", "yes I did", "did it", "Hello, done as promised",
    "Done. Thanks for asking!", "Done as planned 🙏", "completed on time", "做完了", "完成了", "已完成", "完成",
    "做到了", "我做到了", "搞定", "搞定了", "扫完了", "今天扫好了", "楼道扫干净了", "写好了", "已经做好了",
    "都做完了", "今晚巡逻过了", "打扫完了，谢谢", "是的", "是的，做到了", "按时完成", "完成任务", "打扫了",
    "巡逻了", "三号楼楼梯扫好了", "昨天去过了", "今天做好了，请放心", "已经搞定啦", "圆满完成", "我们都做完了",
    "做了",
    "yes!", "YES", "Yes 👍", "Done it", "done :)", "I did!", "we did it", "We've done it", "finished it",
    "All finished", "It was done", "kept my promise", "I kept my promise", "Kept as promised", "promise kept",
    "Mission accomplished", "did that", "Yes I kept it", "Done this morning", "done on Saturday", "Just done",
    "Already done", "Done, thank you", "Done ✅", "✅✅", "☑️", "yes, all good", "Job's done", "completed today",
    "Yes done", "ok done", "OK, done", "完成啦", "做好了", "都完成了", "已做", "已经做了", "今天做了", "做完啦",
    "做完了，谢谢提醒", "弄好了", "办好了", "打扫好了", "已打扫", "值班完了", "巡逻完毕", "已巡逻", "完成任务了",
    "任务完成", "做到了！", "是", "嗯，做了", "好的，做完了", "去了", "去过了", "按时做了", "昨晚巡逻了",
    "都扫完了", "已搞定", "OK，搞定", "讲完了", "已送", "浇完了", "已兑现", "已履行", "✔",
)  # fmt: skip
PLAIN_NO = (
    "no", "No.", "Nope", "not done", "I didn't", "I didn’t do it", "I did not", "did not do it", "couldn't",
    "I could not", "didn't manage", "we didn't manage it", "I forgot", "Sorry, I forgot", "forgot", "sorry, no",
    "failed", "missed it", "skipped it", "none", "nothing", "Not kept", "No, I didn't", "No, sorry",
    "not a single one", "没有", "没", "没做", "没做成", "没去成", "没搞", "忘了", "我忘了", "对不起，忘了",
    "不好意思，今天没去", "今天没做", "没来得及", "一副也没写", "一次都没去", "零", "没能做到", "没做到", "没写",
    "抱歉没做", "没去", "Could not make it this week", "未做", "没办", "没唱", "没巡", "没弄", "没扫", "没搞成",
    "didnt", "didnt do it", "Didn't happen", "it did not take place", "I haven't done it", "havent done it", "俺没弄",
    "没教", "没来", "没浇", "没读", "没赶上",
)  # fmt: skip
ASKED = (
    "Cancelled because of the rain", "nobody came", "下雨取消了", "I was away", "skipped it because", "postponed",
    "出差了", "改天", "👎", "❌", "we had to call it off", "it rained", "not yet", "tomorrow instead", "生病了",
    "下次", "只写了一半", "差不多了", "Almost done", "nearly finished", "half done", "done half of it", "Done?",
    "will do", "I'll do it tomorrow", "OK", "好的", "👍", "收到", "嗯", "😂", "done, but late",
    "I would have done it", "Not all done", "mostly", "partly", "完成了一半", "快做完了", "没做完", "还没",
    "还没做完", "做不完", "明天做完", "做完了吗", "本来做完了，又脏了", "住院了", "孩子病了", "忙忘了没去",
    "今天雨太大，没扫成", "取消", "改到下周", "请假", "家里有事", "腿摔了", "没人来", "没什么人来", "他们没来",
    "计划做完", "Three bags, all heavy", "Few dogs today", "Done for. Broke my leg", "I'm done with this",
    "she did it for me", "done by my wife", "yes and no", "kind of", "sort of done", "I think done",
    "Done except the third floor", "all done except one", "can't", "I can't", "on holiday", "my mother died",
    "the group was closed", "locked out", "sent someone else", "完了", "算完成吧", "基本完成", "完成大半",
    "做了一点", "做了一些", "勉强完成", "替班了", "别人做了", "老王做的", "延期了", "推迟了", "没时间", "不想做",
    "太累了", "停电了", "场地没开", "只做了一次", "做了，但是没人来", "晚点做", "稍后", "一会儿做", "准备做",
    "正在做", "还在写", "做完一部分", "🤒", "😢", "🌧", "ill", "Off sick", "wasn't able to because of work",
    "called off", "put off", "rescheduled", "n/a", "NA", "-", "...", "?", "hmm", "maybe", "later", "soon",
    "in progress", "started", "working on it", "didn't finish", "didn't do everything", "not everything",
    "I will keep it", "I keep it next week", "I wish I had done it", "to be done", "must be done", "should be done",
    "as good as done", "done nothing", "I have done nothing", "kept away", "yes, I was in hospital", "完成不了",
    "做到了一半", "没完成", "做完了？", "怎么做", "你好", "Not today, my knee", "We had no time", "too busy",
    "nobody turned up", "it was raining cats and dogs", "Yes but only twice", "on vacation till Monday",
    "completed half", "Kept it, mostly", "finished? no", "Done with difficulty",
    "finished early because nobody came", "I've done it wrong", "All done except one", "We've done it only once",
    "done nothing today", "job done badly", "it's done for", "Yes I did not", "yes, sort of", "Done!! (not really)",
    "Done... just kidding", "Done /s", "did it in my dreams", "had a cold", "lockdown", "the hall was taken",
    "quarantine", "power cut", "flat tyre", "overslept", "I quit", "I left the party", "I moved away",
    "wrong number", "who is this", "stop", "unsubscribe", "Please remove me", "What?", "Which one", "ask me later",
    "My husband did it", "neighbour did it", "Anna did it for me", "I had done it last year", "I would've done it",
    "I'm doing it now", "doing it now", "on my way", "about to", "I do it every day", "I always do", "sure",
    "Sure thing", "of course", "absolutely", "certainly", "done tomorrow", "will be done", "to be done next week",
    "done soon", "getting it done", "can be done", "has to be done", "Did it? No", "managed half",
    "I managed to forget", "I did forget", "I did try", "i finished crying", "I completed nothing", "completed 0",
    "done 0 times", "kept none", "finished off the beer", "I kept it secret", "kept forgetting", "done, I lied",
    "yesn't", "yeah right", "yeah, as if", "yes yes whatever", "as if", "lol no", "haha yes", "Done 👎", "Done 😢",
    "✅❌", "✅?", "✔ not", "yes 🤷", "🆗", "💯", "🫡", "🎉", "❌ done", "10/10", "停课一次", "放鸽子了", "没人",
    "老师没来", "没下雨", "场地被占", "忘带钥匙", "迟到了", "做到一半下雨", "因病没去", "去不了", "来不了", "不行",
    "不可以", "做不到", "做不来", "没空", "有事", "家里有事没去", "有事请假", "请假一次", "回娘家", "带孙子",
    "摔跤了", "膝盖疼", "发烧", "感冒了", "核酸", "封控", "停水", "过年回家了", "做完了才怪", "做完了吧",
    "应该做完了", "算做了", "假装做了", "做了个梦", "做了半天没成", "做好了准备", "写好了检讨", "搞砸了", "办不成",
    "办完丧事", "写了请假条", "查了一下没查到", "去了医院", "去了外地", "走了", "陪老伴去医院了", "看了", "知道了",
    "明白", "嗯嗯", "哦", "好嘞", "行", "可以", "马上去", "这就去", "现在去", "一会儿", "等会儿", "明儿", "后儿个",
    "过几天", "下礼拜", "下个月", "等天晴", "天好了做", "好了再做", "做了再说", "会做到的", "一定做到", "保证完成",
    "争取完成", "尽量完成", "完成了吗", "完成一点点", "完成得不好", "全完了", "完蛋", "没全做", "没都做",
    "基本做完", "大致完成", "完成80%", "完成八成", "差一点做完", "险些没做完", "未完成", "尚未", "没能", "没法做",
    "无法完成", "无", "无人参加", "零人", "0人", "白做了", "做了也没用", "退出", "不干了", "不参加了", "换人了",
    "让别人做了", "儿子替我做了", "邻居做完了", "他做完了", "她们扫完了", "老王扫完了", "隔壁扫完了",
    "Done? Not by me", "It isn't done", "Done nothing", "nearly done", "done in", "done deal", "I'm done in",
    "we finished fourth", "kept waiting", "I was kept at work", "kept in hospital", "I have finished with this",
    "completed the form to leave", "yes please", "yes I know", "yes sir", "yeah no", "yes. No.", "Yes, next week",
    "yes tomorrow", "yes later", "yes I will", "Yes I can", "yes ok I will do it", "all good", "all fine",
    "no problem", "thanks", "thank you", "Thank you for the reminder", "good morning", "hello", "😊", "🙏", "💪",
    "👌", "👏", "1", "100", "today", "again", "as usual", "as always", "on time", "just now", "now", "已读",
    "知道啦", "谢谢", "辛苦了", "您好", "没问题", "请放心", "放心", "一切正常", "今天", "刚才", "照常", "照样",
    "如期", "做", "写", "扫", "完", "成", "好", "了", "要完成了", "能做到", "可以完成", "能完成", "肯定做到",
    "会完成的", "我来完成", "保证做到", "必须做到", "待完成", "等完成", "未能完成", "不能完成", "难以完成",
    "完成度低", "完成不理想", "完成得马马虎虎", "只完成了", "仅完成", "才做完", "刚开始做", "做到哪了", "做得不好",
    "做砸了", "做错了", "做完没", "做完没有", "扫完没", "完成没有", "扫了没", "是吗", "是不是", "是谁", "是明天",
    "对不起", "对了", "写了个条子请假", "写了又撕了", "扫了兴", "教训了", "送医院了", "送走了", "修车去了",
    "查出病了", "画饼", "理发去了", "洗澡了", "拖到明天", "拖了", "种了蛊", "读了通知", "帮倒忙", "陪床", "陪床了",
    "陪孩子了", "挂号了", "挂了", "装病了", "装了", "刷了手机", "练车去了", "练了", "跳槽了", "唱歌去了",
    "剪头发了", "发烧了", "收摊了", "搞丢了", "弄坏了", "弄丢了", "办住院了", "干架了", "办事去了", "做手术了",
    "做核酸了", "做饭去了", "做梦了", "做客去了", "写作业了",
)  # fmt: skip
TAKEN_BACK = (
    "Yes, it fell through", "Yes, the hall burned down", "yes. Power went", "yes, flopped", "Yes, a pipe burst",
    "yes, the teacher moved to Beijing", "yes, knee surgery", "yes, in bed", "yes, at work", "yes, grandmother passed",
    "yes, noone came", "done, noone there", "yes, bailed", "yes, we binned it", "yes, one of two", "done (50%)",
    "Done, minus the corridor", "Done, bar the hall", "done, kinda", "I did, in my dreams",
    "Done!! (haha)", "yes 😅", "✅ hall in flames", "yes, didnt", "done, havent", "是的，泡汤了", "是的，黄了",
    "是的，骨折了", "是的，加班", "是的，老师走了", "是的，散了", "是的，撞期", "是的，挪到周五", "是的，咕咕咕",
    "做了，撕了", "写了，被风刮走了", "做了，拆了", "是的，考试", "妥",
    "是的，写了辞职信", "Yes, we read the notice on the door",
)  # fmt: skip
"""A yes, and beside it what no list can hold: only what is known to change nothing may stand there."""
PLANNED = (
    "yes tonight", "Yes, on Friday", "yes this weekend", "yes this week", "yeah, Sunday", "yes now", "是的，今晚",
    "是的，周五", "今晚做完", "周五做完", "这周做完", "今天扫好", "周六办完", "傍晚扫完",
    "本周完成", "it was done last time",
)  # fmt: skip
"""What may be meant to happen yet."""
PLAIN_MORE = (
    "Yes, it went well", "Done, 12 neighbours came", "yes, everybody was happy", "done, see photo",
    "Done. All dogs on the lead", "Done. Five came, we read the whole paper.", "完成了。来了五位，一整份报纸都读了。",
    "yes, it happened",
    "yes of course", "yeah done", "做了，来了12个人", "做完了，大家都很高兴", "是的，一切顺利", "做了，照片",
    "周日做了",
    "今晚做完了", "对，做了",
)  # fmt: skip
EXACT = {
    "5": 5, "wrote 12 today": 12, "今天写了8副": 8, "three more": 3, "又写了三副": 3, "写了十二副": 12,
    "12 more": 12, "+5": 5, "５": 5, "34": 34, "三十四": 34, "三十四副": 34, "写了三副": 3, "写了三副春联": 3,
    "thirty-four": 34, "twenty four more": 24, "10 more are hanging, red on every door.": 10,
    "又写好10副，家家门上都红了。": 10, "three more, for building 7": 3, "I did 3 more": 3, "3 done": 3,
    "done: 3": 3, "one": 1, "一副": 1, "写好了5副": 5, "1,000": 1000, "a hundred": 100, "一百零三": 103, "两副": 2,
    "今天又写了两副，谢谢": 2, "只写了三副": 3, "only 3": 3, "12月5日写了两副": 2, "看望了三位老人": 3,
    "12 couplets": 12, "Wrote 4 couplets for the neighbours": 4, "二十": 20, "给3号楼写了5副": 5, "完成5副": 5,
    "5副": 5,
    "3 times": 3, "3节课": 3, "三节课": 3, "修了5户": 5, "送了10份饭": 10, "10份": 10, "十份": 10, "十个": 10,
    "写了10": 10, "办了3场": 3, "3场": 3, "三场": 3, "3了": 3, "ten": 10, "Ten!": 10, "一对": 1,
    "80, all of them": 80, "80": 80, "3个": 3, "two dozen": 24, "a dozen": 12, "one dozen": 12, "一百二": 120,
    "两百": 200,
    "两打": 24, "一打": 12, "俩": 2, "仨": 3, "another 15": 15, "15 more": 15, "８０副": 80, "八十副": 80, "一双": 1,
}  # fmt: skip
COUNTED = ("Three bags, all heavy", "只做了一次", "1", "100")
"""No yes, but an exact number where one is asked for."""
NOT_EXACT = (
    "三副四副", "五副十副", "写了三副四副",
    "写了三四副", "十来副", "about 30", "a few", "十几副", "几副", "好几副", "30ish", "30 or so",
    "around 30", "~30", "30+", "3-4", "3–4", "3 or 4", "from 3 to 5", "99999", "123456789012345678901234567890",
    "one or two", "三十多副", "近三十副", "不到三十", "至少三副", "half a dozen", "1.5", "1/2", "½", "-5",
    "一共30副", "30 in total", "12 of 80", "12/80", "about a dozen", "couple", "several", "many", "lots", "done",
    "写好了", "半副", "两三副", "一两副", "十七八副", "百八十副", "还差三副", "还有三副没写", "要写三副",
    "will write 3", "lost 3", "3 hours", "3 days", "三个小时", "写了三天", "took 2 weeks", "I was away for 2 weeks",
    "nearly 20", "almost 20", "over 20", "more than 20", "up to 20", "three left", "3 to go", "3 missing",
    "twenty-odd", "两百多", "近百副", "数十副", "若干", "3个人", "from 3", "50%", "三成", "上百",
    "30来副", "30多副", "三十左右", "30副左右", "三十出头", "差不多三十副", "maybe 3", "3?", "三副吧", "大概三副",
    "3 short", "一些", "有几副", "可能三副", "第三副", "three-ish", "at least 3", "a handful", "hundreds", "dozens",
    "tens", "a lot", "3 more tomorrow", "明天写三副", "one was bad", "2 x 3", "3x", "十分高兴",
    "和大家一起写的，十分高兴", "给3号楼写了", "for building 3", "不止三副", "三副还没干", "I think 3",
    "写三副要两天", "3 so far", "now 30", "30 altogether", "some 30", "10^3", "3k", "1e3", "三、四副", "3、4副",
    "3，4副", "三到四副", "三至五副", "3~5", "写了3或4副", "个把", "三五副", "十五六副", "百来副",
    "twelve or thirteen", "two or so", "3.5", "3,5", "no more than 3", "fewer than 3", "under 10",
    "a couple of them", "quite a few", "tons",
    "did 3 but 2 were bad", "3 were rained out", "lost count, 3?", "3 persons", "12 o'clock", "at 5", "5pm",
    "on the 5th", "5th", "room 3", "for 3 families", "twice", "once", "3 (three)", "three, 3", "2+1",
    "3 and a half", "3 1/2", "0.5", "wrote no. 12", "第3副", "写到第三副", "三楼", "三号", "3号", "3点", "三点半",
    "3分", "写了3个小时", "教了3天", "3课时", "上了3节课", "看了3位", "来了5位", "5位老人来了", "有5位老人来听",
    "帮5户修了", "给5户修了水管", "写10", "再写10副", "还要写10副", "差10副", "剩10副", "10副没写", "没写10副",
    "10副写坏了", "写坏10副", "取消了3场", "推迟3场", "3场没办", "2场，1场取消", "完成3/5", "完成3，还剩2", "到3了",
    "一共3", "now at 3", "up to 3 now", "makes 3", "that makes 12", "that's 12", "12 now", "12th", "number 12",
    "ten or eleven", "nine-ish", "1k", "1万", "两三", "双", "半打", "all 80", "全部80副",
    "每天3副", "3 a day", "3 each", "3 per week", "3 x week", "3*2",
)  # fmt: skip
NONE_AT_ALL = (
    "none", "None today", "零", "0", "一副也没写", "nothing", "zero", "没写", "not a single one", "没有",
    "一副都没写", "nil", "一个也没做",
)  # fmt: skip


@pytest.mark.parametrize("words", [*PLAIN_YES, *PLAIN_MORE])
def test_a_plain_yes_is_one(words: str) -> None:
    assert read(words) is Reading.YES


@pytest.mark.parametrize("words", PLAIN_NO)
def test_a_plain_no_is_one(words: str) -> None:
    assert read(words) is Reading.NO


PROMISES = (
    "", "I keep the dogs on the lead and sweep the stairs every Saturday", "finish, write, read, teach and sing weekly",
    "每周六写春联、教课、巡逻", "年底前写80副春联",
)  # fmt: skip


@pytest.mark.parametrize("promised", PROMISES)
def test_everything_else_is_no_yes_whatever_was_promised(promised: str) -> None:
    assert [words for words in (*ASKED, *TAKEN_BACK, *PLANNED) if read(words, promised) is Reading.YES] == []


def replies() -> list[list[str]]:
    lines = (Path(__file__).parent / "replies.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


SAYS = {
    "kept": Reading.YES, "not": Reading.NO, "partly": Reading.PARTLY, "not_this_time": Reading.NOT_THIS_TIME,
    "question": Reading.QUESTION, "unclear": Reading.UNSURE,
}  # fmt: skip


def said_of(promised: str, words: str) -> str:
    """What a reply is read as, in the words of `replies.tsv`; `number …` or `asked` where a number is promised."""
    told = amount_in(promised)
    if told is None or told.number <= 1:
        return next(name for name, reading in SAYS.items() if reading is read(words, promised))
    said = count(words, promised, told.number)
    return f"number {said.amount}" if said.reading in (Reading.YES, Reading.NO) else "asked"


def test_what_a_neighbour_understands_by_a_reply() -> None:
    wrong = {}
    for expected, promised, words in replies():
        said = said_of(promised, words)
        if said != expected and not (said == "asked" and not expected.startswith("number ")):
            wrong[promised, words] = said
    assert wrong == {}


def test_what_is_no_plain_yes_counts_nothing_either() -> None:
    assert [words for words in (*PLAIN_NO, *ASKED) if words not in COUNTED and counted_in(words) is not None] == []


@pytest.mark.parametrize(("words", "amount"), EXACT.items())
def test_an_exact_number_counts(words: str, amount: int) -> None:
    assert counted_in(words) == amount


@pytest.mark.parametrize("words", NOT_EXACT)
def test_a_number_that_is_about_in_all_or_of_something_else_is_asked(words: str) -> None:
    assert counted_in(words) is None


COUPLETS = "年底前写80副春联"
IN_ALL = {
    "一共30副": 30, "30 in total": 30, "30 altogether": 30, "15 in all": 15, "12 of 80": 12, "12/80": 12, "3 so far": 3,
    "还差三副": 77, "three left": 77, "10副没写": 70, "到今天三十副啦": 30, "全部80副": 80, "all 80": 80,
    "全都写好了": 80,     "多写了三副，一共十三": 13, "写好25，还有55": 25, "now at 30": 30,
}  # fmt: skip


@pytest.mark.parametrize(("words", "amount"), IN_ALL.items())
def test_how_many_it_is_in_all(words: str, amount: int) -> None:
    assert count(words, COUPLETS, 80) == Count(Reading.YES, amount, in_all=True)


@pytest.mark.parametrize("words", [
    "十来副", "about 30", "~30", "-5", "数十副", "写了三四副", "a couple of them", "a few", "来了5位", "上了3节课",
    "写坏10副",     "明天写三副", "30副左右", "2 of 3", "给5户修了水管", "at 5", "3 hours", "两箱",
])  # fmt: skip
def test_what_is_not_sure_of_a_number_is_asked_beside_the_promise_too(words: str) -> None:
    assert count(words, COUPLETS, 80).reading is Reading.UNSURE


@pytest.mark.parametrize(
    ("words", "whole"), [("half", 40), ("half of them", 40), ("写了一半", 40), ("写好了", 80), ("done", 80)]
)
def test_what_may_be_meant_in_all_is_asked(words: str, whole: int) -> None:
    assert count(words, COUPLETS, 80) == Count(Reading.UNSURE, perhaps=whole)


@pytest.mark.parametrize("words", ["Who pays for the paper?", "红纸找谁拿", "does a small one count?"])
def test_a_question_counts_nothing(words: str) -> None:
    assert count(words, COUPLETS, 80).reading is Reading.QUESTION


@pytest.mark.parametrize("words", NONE_AT_ALL)
def test_none_is_a_plain_no(words: str) -> None:
    assert count(words).reading is Reading.NO


@pytest.mark.parametrize(
    "words",
    [
        "Actually it was cancelled",
        "不对，点错了",
        "Sorry, nobody came",
        "其实没去",
        "No",
        "It fell through",
        "noone came",
        "it didnt happen",
        "泡汤了",
        "后来黄了",
    ],
)
def test_words_after_a_yes_that_may_take_it_back(words: str) -> None:
    assert denies(words)


@pytest.mark.parametrize(
    "words", ["Three bags, all heavy", "And they were on the lead", "大家都很高兴", "来了五位老人"]
)
def test_words_after_a_yes_that_only_tell_more(words: str) -> None:
    assert not denies(words)


def test_a_number_alone_is_no_proof() -> None:
    assert only_counts(" 12 ") and only_counts("+12") and not only_counts("12 more") and not only_counts("")


@pytest.mark.parametrize(("words", "number"), [
    ("34", 34), ("1,000", 1000), ("thirty-four", 34), ("a hundred and five", 105), ("三十四", 34), ("十", 10),
    ("一百零三", 103), ("二百一十", 210), ("两", 2), ("zero", 0), ("零", 0),
    ("一百二", 120), ("两百", 200), ("两百五", 250), ("三千二", 3200), ("百五十", 150), ("百八十", None),
    ("一百零二", 102),     ("两打", 24), ("half a dozen", 6), ("two dozen", 24),
    ("two thousand five hundred", 2500), ("half a hundred", 50),
    ("三四", None), ("十来", None), ("两三", None), ("几", None), ("34ish", None), ("", None), ("三十四五", None),
    ("1,00", None),
])  # fmt: skip
def test_exact_numbers(words: str, number: int | None) -> None:
    assert exact_number(words) == number


@pytest.mark.parametrize("read_by", [read, count, denies, only_counts])
@pytest.mark.parametrize(
    "of", [" ", "\n", "1", "1,", "no ", "一", "a b", "\u0301", "刚", "全都", "done ", "我们", "yes "]
)
def test_long_words_cost_no_more_than_their_length(read_by: Callable[[str], object], of: str) -> None:
    """The words of a stranger must not hold up the database's thread."""

    def cost(length: int) -> float:
        words = (of * length)[:length]
        best = 1.0
        for _ in range(5):
            begin = time.thread_time()
            read_by(words)
            best = min(best, time.thread_time() - begin)
        return best

    for short, long in ((150, 300), (2048, 4096)):
        assert cost(long) < 0.02 and cost(long) <= max(2.5 * cost(short), 0.002)
