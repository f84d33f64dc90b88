"""English words that tell of a deed: that what was promised was kept. As in `reply_phrases_en.py`."""

_WE = r"(?:i|we)"

KEPT = (
    r"^(?:i |we )?(?:finished|completed) (?:it|that|this|everything|an hour|\w+ (?:hours|minutes)"
    r"|yesterday|today|this|on|just|at)\b",
    r"^\w+day (?:open|fine|ok|good)\b",
    r"\b(?:was|were) (?:in|there|out|on duty) (?:both|every|all|each)\b",
    r"^(?:the )?\w+ (?:shines?|sparkles?|gleams?)\b",
    r"^(?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:trips|rides|visits|sessions|rounds"
    r"|lessons|games)\b(?! (?:left|missing|missed|to|cancelled))",
    r"\bworks? (?:again|now|fine)\b",
    r"^(?:everyone|everybody|all) (?:was |were )?(?:happy|pleased|smiling|delighted)\b",
    r"^(?:\w+|\d+) of us\b",
    r"^(?:\d+|two|three|four|five|six|all|both|the|my|our) (?:\w+ ){1,2}done\b",
    r"\b(?:went ahead|happened)\b(?! (?:again )?to me)",
    r"\bspick and span\b|\bgood as new\b",
    r"^(?:i|we|both|all of us) (?:went|came|did)$|^went$",
    r"^(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|a dozen) (?:kids"
    r"|children|people|neighbou?rs|guests|seniors|residents|students|pupils|players|dancers|singers"
    r"|visitors|families|ladies|women|men|passengers|walkers|members)\b(?! (?:were|had|signed|left"
    r"|waiting|missing|short|wanted|not|on the|live|who|still))",
    r"^(?:i |we |it |the \w+ )?was open\b|^(?:we're |i'm )?open (?:mon|tue|wed|thu|fri|sat|sun|all"
    r"|every|both|on|as)\w*\b",
    r"\b(?:did|kept|managed|made) \w+day\b",
    r"^(?:there (?:were|was) )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|a dozen|about \w+|around \w+|some \w+|loads of|lots of|many"
    r"|plenty(?: of)?) (?:[a-z]+ ){0,2}(?:came|turned up|showed up|joined|attended|took part)\b",
    r"\b(?:there|out|open|at my post) (?:at|by|from) (?!all\b)\w+(?: sharp)?\b",
    r"\bwould ?n[o']t miss it\b|\blike a dream\b|\bon the dot\b|\btaken care of\b|\ball sorted\b"
    r"|^sorted\b|^handled\b|\bpresent and correct\b|\bdid my (?:bit|duty|part|rounds?|turn|shift"
    r"|share)\b|\bmade (?:my|our) rounds?\b",
    r"\b(?:did|have|has|had)(?: ?not|n'?t) (?:miss(?:ed)?|skip(?:ped)?)\b|\bnever miss(?:ed)?\b",
    r"\b(?:was|were) out (?:at|there|every|both|all|in|with|from|on)\b",
    r"\b(?:is|are|got|all) (?:done|fixed|sorted|repaired|swept|delivered|planted|hung|posted|mended)\b",
    r"\bdelivered (?:as|to|on|every|all|both)\b|^delivered\b|\bas promised\b",
    r"\b(?:same|like) (?:as )?every (?:week|day|friday|saturday|sunday|monday|tuesday|wednesday"
    r"|thursday|month)\b",
    r"^(?:(?:i|we|yes|just|also|both) |we all )*(?:brought|fixed|helped|cooked|delivered|carried"
    r"|mopped|scrubbed|painted|planted|swept|mended|repaired|unblocked|served|trimmed|pruned|cleared"
    r"|shovel+ed|salted|raked|emptied|translated|replaced|installed|watered|cleaned|washed|taught|sang"
    r"|held|played|walked (?:it|them|every|all|the|with|both|round)|picked up (?:\w+ )?(?:rubbish"
    r"|litter|bags?|cans|trash))\b",
    r"^(?:i |we )?did (?:it|that|them|so|every|all|both|my|our|mine|the|two|three|a|some)\b(?! (?:best"
    r"|rain|snow))",
    r"\w (?<!say )yes$",
    r"\b(?:it|that|all|everything|class|session|lesson|course|hall|table|group|evening|show|concert"
    r"|party|event|fete|fair|market|stairs?|stairwells?|floors?|fountain|gate|garden|beds?|lawn|path"
    r"|lane|lights?|taps?|toilets?|pipes?) (?:was|were|is|are|looks?|went|ran|stays?|stayed) (?:all "
    r"|now |a |an |really |very |so |quite |again |nice and |up and )*(?:great|good|lovely|full|packed"
    r"|busy|clean|spotless|tidy|swept|open|running|ready|success|fun|wonderful|beautiful|super|fine"
    r"|perfect|ok|okay|well attended|well|free|clear|dry|green|blue|white|finished|complete|up|on)\b",
    r"^(?:i|we|they|everyone|everybody) (?:all )?(?:had|enjoyed|loved|got) (?!to\b|a (?:cold|fever"
    r"|problem|flat|break)|no|nothing|an? (?:accident|operation))",
    r"\b(?:saw|visited|rang|met|checked on) (?:him|her|them) (?:every|each|daily|on|twice|as)\b",
    rf"\b(?:{_WE}|just|all|already|it'?s|is|are|was|were|been|got it|everything|well) (?:all )?done\b",
    r"^(?:all )?done\b",
    r"\bdone (?:already|daily|again|as|it|them|this|that|on time|and dusted|every|both|all|today"
    r"|yesterday)\b",
    rf"\b(?:yes )?{_WE} (?:really |surely |certainly )?did\b(?! (?:not|try|forget|want|mean))",
    rf"\b{_WE} (?:have|had)$|^yes {_WE} (?:have|had)\b|\b{_WE} have$",
    r"^(?:did|managed|kept|made|finished|completed) (?:it|that|them|so|every|all|both|my|our|mine"
    r"|as)\b",
    r"\bdid so\b",
    rf"\b{_WE} (?:managed|kept|made|finished|completed) (?:it|that|them|all|every|both|everything)\b",
    rf"\b(?:{_WE} )?(?:was|were|(?:'ve |have )?been) (?:out )?there\b",
    r"\b(?:took|taken) place\b",
    r"\bit happened\b",
    r"\b(?:every|each) (?:single )?(?:one|flake|day|evening|morning|night|time|week|bit|drop|leaf|last)\b",
    r"\ball (?:of (?:it|them|us)|(?:two|three|four|five|six|seven|eight|nine|ten|\d+)(?: of (?:them"
    r"|us))?) (?:done|working|fixed|clean|in|there|gone|finished)\b",
    r"^all (?:of (?:it|them)|(?:two|three|four|five|six|seven|\d+)(?: of them| days| evenings)?)$",
    r"\b(?:everybody|everyone|all (?:of them|the (?:kids|children|neighbou?rs))) (?:came|was there"
    r"|joined|turned up|showed up|got|loved|enjoyed|had)\b",
    r"\b(?:people|neighbou?rs|guests|kids|children|seniors|residents|families|visitors|pensioners"
    r"|of them|of us) (?:came|turned up|showed up|joined|attended|took part|were there|got|learned"
    r"|learnt|helped)\b",
    r"\b(?:great|good|lovely|nice|wonderful|super|full) (?:session|evening|afternoon|morning|class"
    r"|turnout|lesson|hour|day|group|crowd|house|round|show|night)\b",
    r"^what a (?:day|night|evening|party|feast|session|show|success|crowd)\b",
    r"\b(?:was|were) (?:open|here|there|on duty|at my post) (?:as|all|every|both|on|at)\b",
    r"\b(?:went|gone) (?:well|fine|smoothly|great|anyway|as|along|there|every|both|yesterday|today"
    r"|on (?:saturday|sunday|monday|tuesday|wednesday|thursday|friday))\b",
    r"\b(?:so|and so|then|still|of course|definitely) yes$",
    r"\b(?:job|work|promise|mission|task) (?:is |'s )?(?:done|kept|accomplished|finished)\b",
    r"\b(?:got|have|'ve) it (?:all )?done\b",
    r"\b(?:is|are|it'?s|they'?re|was|were) (?:all |now |already |up |still )*(?:finished|complete"
    r"|completed|fixed|repaired|painted|clean|cleaned|swept|spotless|cleared|ready|sparkling"
    r"|up and running|working again)\b",
    r"\b(?:rain or shine|as ever|like clockwork|same as (?:ever|always|usual))\b",
    r"\b(?:delivered|handed over|ticked off|sorted|accomplished)$",
    r"^went\b",
    r"\b(?:\w+day|once|twice|mornings?|evenings?|first|mine|ours|b?\d+) yes$",
    r"\bcould(?:n'?t| not) (?:have (?:gone|been) better|be happier|be better)\b",
    r"\bnot (?:a|one) (?:single )?(?:one |drop |leaf |bit )?left\b",
    r"\bwent anyway\b",
    r"\bdone lah\b|\bho gaya\b|\bkar diya\b|\bsettled already\b",
)


DEEDS = (
    "took|made|gave|went|met|saw|ran|drew|sent|came|rang|talked|sat|stood|drove|rode|baked|sewed"
    "|knitted|held|led|sang|played|walked|visited|planted|painted|swept|cleaned|washed|mopped|taught"
    "|showed|carried"
    "|repaired|fixed|helped|cooked|delivered|brought|fetched|collected|handed|shared|opened|unlocked"
    "|patrolled|cleared|shovelled|shoveled|salted|raked|emptied|posted|translated|explained|replaced"
    "|installed|watered|fed|mowed|cut|trimmed"
    "|pruned|picked|put|hung|built|checked|looked after|looked in|knocked|listened|practised"
    "|practiced|danced|trained|stretched|welcomed|served|hosted|ran|organised|organized|set up|filled"
    "|sorted|lent|kept|accompanied|escorted|guided|read to|read with|spoke|chatted|measured|turned on"
    "|greeted|coached|rehearsed|celebrated|enjoyed|had"
)
"""What may be told that was promised; it counts where the promise speaks of the same thing."""

RESULTS = (
    "clean|cleared|done|gone|fixed|full|open|green|white|blue|red|bright|painted|happy|tidy|swept"
    "|shiny|shining|spotless|finished|ready|running|working|great|good|lovely|perfect|dry|safe|sorted"
    "|empty|free|fed|watered|planted|mowed|mown|short|cut"
    "|trimmed|sung|busy|popular|packed|wonderful|beautiful|super|fine|a (?:hit|success|joy|delight"
    "|blast)|success|delivered|hung|up|repaired|mended|translated|in place|in order|like new"
    "|as good as new|well attended|fun|tight|quiet|good to go|safe|wide open|as it should be"
)
"""How a thing is once somebody has seen to it."""
