"""What promises are counted in: Chinese measure words, and which counts of a time, of money or of people are none."""

MEASURE = "[副幅个次件张篇节堂场份盆棵把条户遍对套本首顿趟位盏扇杯束盒袋碗册瓶筐桶株根台辆桌双封面块支只枚顶床箱名期]"
"""A Chinese measure word, as a pattern."""

_ADJECTIVES = """
    new old broken household big small little large free fresh warm hot used more good nice young wooden red green
    white blue yellow paper kids children simple handmade homemade home-made second-hand winter woollen knitted
    different whole full
"""
ADJECTIVES = frozenset(_ADJECTIVES.split())
"""Words between a number and what it counts that are no part of the unit."""
_NO_UNITS = """
    hour hours minute minutes day days week weeks month months year years am pm o'clock of by for until till before
    in on at to the a an and or is are was this that next every each from with as i we it my our will percent times
    time per if when but so than o h st nd rd th baked made repaired glued mended after during between half quarter
    evening morning afternoon night person man up out off good long
"""
NO_UNITS = frozenset(_NO_UNITS.split())
ADJECTIVES_ZH = (
    "旧|新|坏|大|小|红|破|好|老|二手|防骗|急救|免费|活动室|小区|社区|手工|自制|公益|热|厚|儿童|文艺|健康"
    "|安全|法律|科普|消防"
)
PLACES_ZH = "楼道|楼梯|走廊|大厅|院子|花园"
"""Of 30次楼道 the measure word is the whole unit: it says how often, and where."""
ENDS_ZH = (
    "送|给|捐|并|和|再|来|我|包|去|用|买|帮|让|在|到|都|,|，|。|前|、|修|换|做|装|贴|放|发|免|分|挂|清|刷|收|教|陪"
)
"""Where a Chinese noun behind a measure word is over."""
