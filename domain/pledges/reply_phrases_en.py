"""English words by which a reply to a reminder is judged, clause by clause; as patterns, folded, found anywhere in one.

What each mark means stands with `domain.pledges.reply_marks.Mark`. To add words, put them into the list they belong to
and a sentence into the tests.
"""

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|christmas|easter)"
_WE = r"(?:i|we)"


HARMLESS = (
    r"\b(?:an hour|half an hour|(?:a few|\w+) (?:minutes|hours|days)) ago\b",
    r"\bnone (?:left hungry|missing|left out|missed)\b",
    r"\b(?:pictures?|photos?) (?:soon|follow|later|to follow|tomorrow)\b",
    r"\b(?:till|until) (?:noon|midnight|late|dark|the (?:very )?end|\w+ o'clock|\d{1,2}(?::\d\d)?)\b",
    r"\b(?:was|is|were|are)(?: ?not|n'?t) (?:too |that |so )?(?:bad|easy|many|hard)\b",
    r"\b(?:no ?one|nobody) (?:minded|complained|got hurt|fell|missed|wanted to (?:go|leave|stop)"
    r"|left hungry|was left out)\b",
    r"\bdid ?n[o']t (?:mind|rain|hurt)\b",
    r"\bno (?:accidents?|incidents?|absences?|gaps?|breaks?|trouble at all|drama|excuses)\b",
    r"\bno (?:kids?|people|students?|seniors|visitors|guests|takers) left\b",
    r"no (?:problems?|trouble|worries|issues?|complaints?|need|exceptions?|one (?:was )?(?:missed|left out)|rest)\b",
    r"not (?:a|one) (?:single )?(?:one |drop |day |evening |time )?(?:left|missed|missing|skipped|dripping)\b",
    r"(?:could|can)(?: ?not|n'?t) (?:have (?:gone|been) better|be happier|complain|be better)",
    r"(?:did|have|has|had)(?: ?not|n'?t) (?:miss(?:ed)?|skip(?:ped)?|forg[eo]t(?:ten)?|fail(?:ed)?)\b",
    r"never (?:miss(?:ed)?|skip(?:ped)?|forg[eo]t|fail(?:ed)?)\b",
    r"without (?:fail|exception|a hitch|problems?|trouble)",
    r"not only\b",
    r"not just\b",
    r"why not\b",
    r"no snow no \w+",
    r"despite (?:the )?\w+",
    r"in spite of (?:the )?\w+",
    r"in the (?:rain|snow|cold|storm|dark)\b",
    r"(?:even )?though (?:it|the weather) (?:was|rained|snowed|poured)[\w ]{0,60}",
    r"meant to (?:skip|miss|cancel|stay)\b[\w ]{0,60}",
    r"although (?:i|we) (?:was|were) tired",
)
"""What holds a word of doubt and raises none; taken out before anything else is looked for."""

NO = (
    r"^(?:still |sorry )?not (?!bad|yet|sure|too|only|really|so\b)\w+$",
    r"\b(?:nobody|no one) \w+ed (?:it|them)\b|\bme neither\b|\bneither did i\b|\bslipped (?:by|my"
    r"|past)\b",
    r"^\w+day (?:shut|closed|no|off)\b",
    r"\bwoke up\b|\btoo late\b|\bhad to (?:refuse|decline|say no)\b|\bthere (?:was|were) no \w+",
    r"^(?:i |we |but |sorry )*can'?t\b|\bnot (?:on )?\w+day\b",
    r"^(?:i |we |sorry )*had to (?:work|go to|stay|travel|leave town|look after|take my|be at|babysit"
    r"|help|drive to|fly)\b",
    r"\bnothing \w+ed\b",
    r"\bmy (?:own )?fault\b|\bmy mistake\b|\bi'm to blame\b",
    r"\bstill (?:a|the|an|as|full|looks?) ",
    r"\b(?:my bad|guilty|zilch|bailed|chickened out|mea culpa|ain'?t)\b",
    r"\bcouldn'?t be bothered\b|\bno energy\b|\blost track\b|\blet (?:it|this) slide\b"
    r"|\bgot away from me\b",
    r"\btoo (?:busy|tired|lazy|exhausted|cold|hot)\b",
    r"\bstill (?:dirty|rusty|broken|leaking|unpainted|dark|locked|blocked|dripping|the same"
    r"|in the shop|waiting|not)\b",
    r"\bnot a chance\b|\bno can do\b|\bcould have but\b",
    r"\b(?:door|hall|gate|room) (?:stayed|remained|was left) \w+\b",
    r"\bnot (?:my|our) (?:week|day)\b",
    r"\bhaven'?t (?:even )?(?:started|begun|touched)\b|\bnot (?:even )?(?:started|begun)\b",
    r"\bno (?:kids?|people|students?|seniors|visitors|guests|takers|children|pupils) (?:came|showed"
    r"|turned)\b",
    r"\bnot$|\bnot \w+ed\b",
    r"\b(?:had|have|has) to (?:cancel|skip|call|leave it|give it a miss)\b",
    r"\bstayed (?:shut|closed|locked|dark|dirty|empty|undone)\b",
    r"\b(?:paus(?:e|ed|ing)|skipping|taking a break)\b",
    r"\bdid ?n[o']t\b|\bgave it a miss\b",
    r"\bno way\b",
    r"\bunswept|unpainted|undone|untouched\b",
    r"(?:^|\b(?:i|we|but|just|really|simply|sorry|afraid|it|that|this|so|and|still|also|either"
    r"|probably|today|week|time) )(?:did|could|was|were|have|has|had|would|can)(?: ?not"
    r"|n'?t)\b(?! (?:bad|easy|that|long|much|mind|sure|know|tell|say|remember|only|too|so|raining"
    r"|as) ?)",
    r"\b(?:did|was|were|could|would|has|have|is|are)(?: ?not|n'?t) (?:happen|take place|start|open"
    r"|work|come|go ahead|show|turn up|get|been|be|able|finished|ready|\w+ed|done|swept|held|taught"
    r"|sung|led|there)\b",
    r"\bunable to\b",
    r"\bno(?:pe|o+)?$",
    r"^(?:no|nope|nah|naw|nay|nahi|nein|non|n|nada|negative)\b",
    r"\bso no\b",
    r"\bnot (?:once|done|kept|at all|a single|one|even|this|been|happening|managed|possible|me)\b",
    r"\b(?:i|we) never\b|^never (?:did|went|made|got|came|started)|\bnever (?:happened|arrived"
    r"|took place|started|came|showed)",
    r"\b(?:forgot|forgotten|skipped|overslept|slept (?:through|in)|stayed (?:in|home|at home|in bed))\b",
    r"\bmissed (?:it|that|this|them|the \w+|my \w+|every|all|both|\w+day)\b",
    r"\bfailed\b",
    r"\bfell through\b",
    r"\b(?:almost|nearly) (?:went|did|came|made)\b",
    r"\bnone\b",
    r"\bnothing (?:done|happened|came|yet|so far)\b",
    r"^(?:i |we |sorry |but )*(?:didnt|couldnt|wasnt|havent|hasnt|cannot|cant|wont)\b",
    r"\b(?:nobody|no ?one) (?:did|went|came|turned up|showed up|was there)\b",
    r"\bturned (?:them|him|her|it) (?:away|down)\b",
    r"\bdid nothing\b|\bdone nothing\b",
    r"\bdidn'?t (?:happen|take place|get)\b",
    r"\bran out of time\b",
    r"\b(?:zero|nil|nada)$",
    r"\bno (?:time|chance|luck|go|show)\b",
    r"\b(?:he|she|they|her \w+|his \w+|my \w+|(?:some|any)(?:body|one)(?: else)?) (?:did|made|brought"
    r"|took|fixed|swept) (?:it|that|this|them)\b.{0,40}\bnot (?:me|us)\b",
    r"\blet (?:you|them|him|her|everyone|everybody|it) (?:all )?down\b",
    r"\bleft (?:it|them) undone\b",
    r"\bslipped my mind\b",
    r"\bbroke my (?:word|promise)\b",
    r"^(?:meant|wanted|planned|intended|hoped|was going|were going) to\b",
    r"\b(?:i|we) (?:meant|wanted|planned|intended|had planned|was going|were going) to\b",
    r"\bwish i (?:could|had)\b",
    r"\bshould have\b",
    r"\bhardly ever\b",
)

CALLED_OFF = (r"\b(?:called|call) (?:it )?off\b|\bcancel(?:led|ed)?\b|\brained off\b|\bscrapped\b",)
"""It was not to be: with a reason nobody can help, nobody can be sure whether it was not kept or not expected."""

QUIT = (
    r"\b(?:can'?t|can ?not|won'?t|don'?t) (?:\w+ ){0,3}any ?(?:more|longer)\b",
    r"\b(?:given|gave|giving) (?:it|this|that|them)? ?(?:all )?up\b",
    r"\b(?:quit|resigned|stepped down|retired)\b",
    r"\bfor good\b",
    r"(?:^|\b(?:i|we|have|has|\'ve|had) )moved (?:to|away|out|house|abroad)\b(?! (?:next|the \d"
    r"|another|sun|mon|tues|wednes|thurs|fri|satur))",
    r"\b(?:some(?:one|body) else|find another) (?:please|should|must|has to)\b",
    r"\bno longer\b",
    r"\bnot (?:any ?more|any longer)\b",
    r"\bnever again\b",
    r"\bi'?m out\b",
    r"\btake me off\b",
    r"\b(?:stopped|stopping|ending|ended) (?:doing )?(?:it|this|that|altogether)\b",
    r"\bnever promised\b",
    r"\bdon'?t want to (?:do|go on|continue)\b",
    r"\bwon'?t (?:do|be doing) (?:it|this|that)\b",
)

PART = (
    r"\bonly$",
    r"\binstead of (?:two|three|four|five|\d)\b",
    r"\bneeds? (?:a |an |some )?(?:new |spare |another )?(?:parts?|piece|more)\b",
    r"^(?:just |only )?a (?:bit|little)$",
    r"^(?:just|only) (?:the |on )?\w+day\b",
    r"^(\d{1,2}) ?[/⁄] ?(?!\1$)\d{1,2}$",
    r"^(?:\w+ )?some$|\bothers (?:need|are|were|not|left|to)\b",
    r"^(?:i |we )?(?:went|did it|came|was there|walked|managed it|only) (?:once|twice|three times)$",
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)\w*(?: ?- ?| to | and )\w+ (?:fine|ok|yes|done|good)\b",
    r"\bthen (?:the|my|it|i|we) \w+ (?:won|gave|broke|ran|died|quit|stopped|started|began|went)\b",
    r"\bsome (?:of them|days) (?:yes|no)\b",
    r"\b(?:a|one|two|three) (?:third|quarter)s?\b(?! past)",
    r"\b\d{1,2} ?(?:%|percent|per cent)",
    r"\buntil (?:it (?:rained|got|started)|my|the rain)\b",
    r"\bbits? of (?:it|them)\b",
    r"\bsome (?:were|are|got|did|have|had)\b",
    r"\bnot (?:both|the (?:rest|other|others|whole|last|second))\b",
    r"\b(?:up|as far) to the \w+ floor\b|\bas far as the\b",
    r"\b(?:nearly|almost) (?:all|every\w*|the whole)\b",
    r"\b(?:bar|save|minus) (?:one|two|the)\b",
    r"\bnot as (?:often|much|long|many) as\b",
    r"\bless than (?:promised|planned)\b",
    r"\b(?:two|three|four|five|six|\d) (?:days|evenings|mornings|nights) (?:yes|done|kept|only)\b",
    r"\bonly (?:for )?(?:half|ten|twenty|\d+|a few) (?:an hour|minutes|hours?)\b",
    r"\b(?:first|one) (?:coat|half|layer|part|floor|side|row|batch|section|step)\b(?! (?:at a|by))",
    r"\b(?:upper|lower|front|back|left|right|ground) \w+ only\b",
    r"\bonly the \w+",
    r"\ball except\b",
    r"\bhalf(?:way)?\b(?! (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d|past"
    r"|an hour|hour|hundred|dozen|a (?:dozen|hundred)))",
    r"\b(?:partly|partially|incomplete(?:ly)?|so-so)\b",
    r"\bin parts?\b|\bpart of (?:it|them|the)\b|\ba part\b",
    r"\bmost(?:ly)?\b(?! (?:welcome|beautiful|enjoyable))",
    r"\b(?:except|excluding|all but|apart from|bar|minus|save for)\b",
    r"\bsome of\b|\bsome (?:days|evenings|mornings|times|nights)\b",
    r"\b(?:not all|not every|not everything|not everyone|not the whole)\b",
    r"\b(?:one|two|three|four|five|six|seven|\d+) (?:\w+ )?(?:out )?of (?:the )?(?:two|three|four|five"
    r"|six|seven|eight|ten|\d+)\b",
    r"\b(?:the )?(?:rest|others?|other (?:one|two|half)|second (?:one|half)) (?:is|are|was|were|will"
    r"|still|to|missing|two|not|has|have|tomorrow|later|next)\b",
    r"\bthe rest\b",
    r"\bother (?:one|two|three|half|side|wing)\b.{0,40}\b(?:missing|not|left|open)\b",
    r"\bone (?:wing|side|half|leaf|coat|end|wall|part|floor|section)(?:'s| is| was|$)",
    r"\b(?:left|stopped|finished|ended|closed|went home|had to (?:stop|leave|go)) (?:early|halfway"
    r"|before|sooner|midway)\b",
    r"\b(?:then )?had to (?:stop|leave|go home|break off)\b",
    r"\bcut (?:it )?short\b",
    r"\bon and off\b|\bnow and then\b|\boff and on\b",
    r"\bonly (?:managed|did|got|made|finished|once|twice|one|two|part|the (?:first|one|ground))\b",
    r"\bjust (?:once|twice|the (?:first|one))\b",
    r"\ba (?:bit|little|few) of it\b|\ba start\b",
    r"\bonce (?:i|we) (?:had to|could not|couldn'?t|missed|forgot|skipped)\b",
    r"\b(?:twice|once|one (?:day|evening|time)) (?:it|i|we) (?:was|were|missed|forgot|skipped"
    r"|came late|had)\b",
    r"\bmissed (?:one|two|three|once|twice|a few|some)\b",
    r"\b(?:one|two|three) (?:missing|short|left out|to go|still to)\b",
    r"\bran out (?:of|before|half)\b",
    r"\bnot quite\b|\bnot completely\b|\bnot entirely\b",
    r"\bsecond coat\b",
)


BARE = (
    r"^(?:oh |hi |hello )?(?:yes|yep|yeah|yup|aye|haan(?: ji)?)(?: (?:ma'?am|boss|chief|captain|mate"
    r"|love|of course|indeed|again"
    r"|thanks?|thank you|dear|all|we did|i did|i have|we have))*$",
)
"""A yes and no more; what stands beside it may take it back."""

AWAY = (
    r"\btoo (?:wet|windy|slippery|icy|dark|foggy)\b|\b(?:broke|sprained|twisted|cut|burnt) my\b"
    r"|\bwrist\b|\brepairs? (?:this|next)\b|\b(?:postponed|put off|rescheduled)\b|\bat (?:his|her"
    r"|their) \w+'s\b",
    r"\b(?:frost|ice|icy|heat|thunder\w*|hail|fog|smog|renovat\w+|being (?:painted|repaired|renovated)"
    r"|under construction|car inspection|mot)\b",
    r"\b(?:migraine|bronchitis|pneumonia|dentist|chemo|infection|tonsillitis|bad back|broken (?:leg"
    r"|arm|foot|wrist|toe|ankle)|ankle|quarantine|isolating|visiting my|at my (?:sister|brother|mother"
    r"|father|son|daughter|parents)|parents' evening|business trip|work trip|on a course|jury duty"
    r"|school holidays?|half-term|night duty|late shift)\b",
    r"\b(?:power|water|electricity) (?:was|is|cut|off|outage)\b|\bflood(?:ed|ing)?\b|\bburst pipe\b"
    r"|\bstrike\b|\bwaiting for (?:the |a |new )?(?:parts?|paint|delivery|spare)",
    r"\b(?:closed|locked|booked (?:out|up)|shut)\b(?! (?:up|the door))",
    r"\b(?:easter|christmas|new year|public holiday|bank holiday|ramadan|diwali|eid)\b",
    r"\b(?:she|he|they|mrs \w+|mr \w+)(?:'s| is| are| was| were) (?:away|with (?:her|his|their)"
    r"|in hospital|ill|not home|visiting)\b",
    r"\b(?:ill|sick|unwell|poorly|flu|covid|fever|cold|hospital|surgery|operation|injured|sprained|doctor)\b",
    r"\b(?:away|on leave|on holidays?|on vacation|abroad|out of town|outstation|travel(?:l?ing)?"
    r"|off (?:work|this week))\b",
    r"\b(?:exams?|funeral|wedding|function at home|family (?:matter|emergency)|night shifts?|overtime|busy week)\b",
    r"\b(?:hall|room|school|gate|church|library|shop|club|car|van|bike|oven|stove|mower)(?:'s| is| was"
    r"| were)? (?:\w+ )?(?:locked|closed|shut|booked|taken|broken|in the garage|at the garage"
    r"|under repair|being repaired)\b",
    r"\b(?:poured|rain(?:ed|ing)?|snow(?:ed|ing)?|storm(?:y|s)?|typhoon|frozen|heat ?wave|icy)\b",
    r"\b(?:my|the) (?:back|knee|leg|foot|arm|hand|shoulder|hip|tooth|throat|voice|dog|kid|child|wife"
    r"|husband|mother|father|mum|dad)(?:'s)?\b",
    r"\bnot our (?:saturday|sunday|day|week|turn)\b|\bthere was(?:n'?t| not| no) any\b"
    r"|\bno (?:holidays?|snow|class|school)\b|\bwasn'?t our\b",
)

AGAIN = (
    r"\b(?:i|we)'ll \w+ again\b|\bback on (?:it|duty)\b|\bagain (?:when|once)\b",
    rf"\b(?:reopens?|restarts?|back open|starts? again|resumes?)\b|\b{_DAY} again\b"
    rf"|\bagain in {_MONTH}\b|\bas soon as\b",
    r"\bsee (?:you|everyone|them) (?:all )?(?:on|next|again|in|then)\b",
    r"\b(?:on|till|until|by|after|before|to) (?:the )?\d{1,2}(?:st|nd|rd|th)\b",
    r"\bthen (?:open|back|again|as usual|it goes on|we go on)\b",
    r"^next \w+\b",
    r"\b(?:swap(?:ped|ping)?|switch(?:ed|ing)?) (?:it )?(?:to|with)\b|\btwo weeks from\b"
    r"|\bin (?:a fortnight|two weeks|ten days)\b|\bafter (?:the|my) (?:holidays?|exams?|break|op"
    r"|operation|trip)\b|\bonce (?:i'?m|it'?s|she'?s|he'?s|the \w+ (?:is|are)|we'?re) (?:back|better"
    r"|well|over|home|fixed|dry|open)\b|\bnext \w+day'?s?\b|\bpausing (?:until|till)\b"
    r"|\bback (?:to normal|as usual)\b",
    r"\bthe week after\b|\bweek after next\b|\bagain (?:the|this coming)\b|\b(?:we|i) (?:continue"
    r"|resume|go on|carry on|restart)\b",
    r"\bwill (?:\w+ ){1,3}next\b",
    rf"\bnext (?:week|weekend|month|time|one|class|session|round|{_DAY}|{_MONTH})\b",
    rf"\b{_DAY} next\b|\b(?:next|the next) one\b",
    rf"\bfrom (?:next |the |this )?(?:week|month|{_DAY}|{_MONTH}|\d{{1,2}}(?:st|nd|rd|th)?)\b",
    r"\b(?:resum\w+|continu\w+|restart\w*|carry(?:ing)? on|go(?:ing)? on again|picking it up)\b",
    rf"\bback (?:at it|again|soon|to \w+ing|in (?:a|two|three|\d)|on (?:the|{_DAY})|from|next"
    rf"|\w+ing from|{_DAY})\b",
    r"\bas soon as\b|^once (?:it|i|we|the|he|she)(?:'m|'s| am| is| are)\b|\bwhen (?:it|i|we"
    r"|the) ?(?:'s|'m|am|is|are) (?:dry|back|better|over|open)\b",
    r"\bready for the next\b|\bi(?:'m| am) (?:back|ready|on (?:it )?again)\b",
    r"\bthe \d{1,2}(?:st|nd|rd|th)? is on\b|\bagain (?:from|next|on|in|after|as of)\b",
    r"\b(?:postponed|moved|pushed|put off|shifted|rescheduled) (?:it )?(?:to|until|till|by)\b",
    r"\b(?:make|making) (?:it )?up (?:for it )?(?:next|on|later|tomorrow)\b|\bcatch(?:ing)? up\b",
    r"\bwill (?:be back|continue|go on|carry on|do it next|start again|make up|resume)\b"
    r"|\bwe'?ll (?:be|do|go|make)\b.{0,40}\b(?:again|next|from|monday|back)\b|\bi'?ll (?:be|do|go"
    r"|make)\b.{0,40}\b(?:again|next|from|monday|back)\b",
    r"\b(?:excuse|excused|skip(?:ping)?) (?:me )?(?:for )?(?:this|me this|just this) (?:once|one|time"
    r"|week)\b|\bjust (?:for )?this (?:once|week|time)\b|\btaking (?:this|the) week off\b|\bday off\b",
)

THIS_TIME = (
    r"\b(?:this|just this) (?:week|time|once|weekend|month|one|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday)\b",
    r"\b(?:right|just) now\b|\bat the moment\b|\btoday\b|\bthis wasn'?t\b",
)

CANNOT = (
    r"\bnot this (?:week|time|month|weekend|once)\b",
    r"\b(?:can ?not|can'?t|cant|could ?n[o']t)\b.{0,40} this\b|\bthis \w+ (?:cannot|can'?t|cant|can not"
    r"|no)\b",
    r"\bno \w+ this (?:week|time|month)\b",
)
"""That it could not be this once; with a reason beside it, that is "not this time"."""

DOUBT = (
    r"\bdone (?:for|in|deal|with|away|0|zero)\b",
    r"\b(?:0|zero|no) times\b",
    r"/s$",
    r"\b(?:secret|crying|beer|waiting|forgetting|fourth|notice|at work|last time|binned)\b",
    r"\b(?:i|we) (?:do|always do|usually do)\b",
    r"(?<!all )(?<!both )(?<!all of )\b(?:one|two|three|four|five|six|[2-6]) (?:times|days|evenings"
    r"|mornings|nights)\b",
    r"\b(?:i )?think so\b",
    r"\balas\b",
    r"\b(?:done|finished) with (?:this|it|you|all)\b",
    r"\b(?:maybe|perhaps|probably|possibly|i think|i guess|i suppose|supposed|hope|hopefully|should be"
    r"|depends|kind of|sort of|kinda|sorta)\b",
    r"\b(?:tried|try|trying|attempt\w*|barely|nearly|almost)\b",
    r"\b(?:if|unless|would|could|might)\b",
    r"\b(?:ask|asked) (?:me|him|her|them|my|the|josef|\w+$)\b",
    r"\b(?:kidding|joking|joke|lol|lmao|haha\w*|as if|yeah right|dreams?|lied|lie|pretend\w*)\b",
    r"\bgod knows\b|\bwho knows\b|\bno idea\b|\bdunno\b|\bhave a guess\b",
    r"\b(?:by|thanks to|with) (?:mistake|accident)\b",
    r"\b(?:last year|ago|before you|used to)\b",
    r"\bin progress\b|\bworking on\b|\bon (?:my|our|the) way\b|\bdoing it\b|\babout to\b"
    r"|\bin the making\b|\bgetting (?:there|on)\b",
    r"\b(?:badly|wrong|ruined|spoiled|broke|broken|burn(?:ed|t)|flames|lost|torn|stolen|died|dead"
    r"|flopped|disaster)\b",
)

LATER = (
    r"\b(?:will|'ll|going to|gonna|tomorrow|later|soon|tonight|plan to|planning|want to|intend"
    r"|promise to|must|have to|need to|remains|todo|yet)\b",
)
"""What is still to come: it was not kept by that."""

OTHER = (
    r"\b(?:he|she|they|(?:my|her|his) (?:wife|husband|son|daughter|neighbou?r|mother|father|brother"
    r"|sister|grandson|friend|boss)|neighbou?r|some(?:one|body)(?: else)?|another|anna|the (?:gardener"
    r"|caretaker|janitor|city|council))\b.{0,12}\b(?:(?:did|does|made|brought|took|fixed|swept|covered"
    r"|cleaned|painted|watered|held|taught) (?:it|that|this|them|mine|for me)|filled in|stepped in"
    r"|stood in|helped out|took over)\b",
    r"\b(?:done|swept|made|fixed|covered|brought) (?:\w+ )?by (?!me\b|us\b|now\b|\d|noon|hand)",
    r"\bfor me\b|\binstead of me\b|\bin my place\b|\bsent (?:someone|somebody|my)\b",
)
"""Somebody else did it: whose word that was is asked."""

UNNEEDED = (
    r"\b(?:nobody|no ?one) (?:called|needed|asked|rang|came|phoned|wanted)\b|\bno calls?\b"
    r"|\bno requests?\b|\bphone (?:was|stayed) (?:quiet|silent)\b|\bnot (?:needed|called)\b",
)
"""Nobody needed it: neither kept nor not."""

UNKNOWN = (
    r"^not yet$",
    r"\b(?:do ?n[o']?t|did ?n[o']?t|could ?n[o']?t|can ?(?:no)?'?t|can't) (?:know|remember|recall|say"
    r"|tell|be sure)\b|\bnot (?:sure|certain|that i know|really|exactly|entirely sure)\b|\bno idea\b"
    r"|\bhard to say\b|\bwho knows\b|\bgod knows\b|\blost count\b|\byes and no\b",
)
"""They do not know themselves."""

ASKS = (
    r"^(?:do|does|is|are) (?:the |my |your )?\w+ (?:count|need|have to|ok|okay|allowed|enough|also|too)\b",
    r"^did (?:it|you|he|she|they) (?!all|as|again|today|too|also|twice|yesterday|this|on|every|anyway"
    r"|with|myself|in|at|each|once|last|already|for|and|by)\w+",
    r"^(?:and |so |but |sorry |hi |hello |please |well |ok |hey |also )*(?:(?:who|whom|whose|which"
    r"|where|why|how)(?:'s|'re)|(?:who|whom|whose|which|when|where|why|how)(?: (?!cares|knows|not"
    r"|funny|nice)\w+){0,2} (?:is|are|do|does|did|should|can|could|will|would|to|was|were|has|have"
    r"|pays?|told|gets?|put|took|do)\b)(?! you think$)",
    r"^(?:and |so |but |sorry |hi |hello |please |well |ok |hey |also )*what(?! do you (?:think"
    r"|expect)$| can i say| else)(?:'s|'re| is| are| do| does| did| should| can| about| time| day| if"
    r"| kind| was)\b",
    r"^(?:and |so |but |sorry |hi |hello |please |well |ok |hey |also )*(?:can|could|should|shall|may"
    r"|do|does|am|is|are|would|will|might) (?:i|we|you|he|she|they|it|the|this|that|there|my|your|our"
    r"|any\w*|some\w*|these|those)\b(?! (?:again|as|too|also|so)$)",
    r"\b(?:can|could|would|will) (?:you|somebody|someone|anybody|anyone) (?:please |tell|give|send"
    r"|lend|bring|help|let|call|ask|open|check|remind)",
    r"\b(?:wondering|like to know|want to know|may i ask|one question|a question)\b",
)
"""How a question begins, also without its mark."""
