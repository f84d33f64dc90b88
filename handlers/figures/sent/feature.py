"""What is added to the program so that figures, and news of one's building, come to people by themselves."""

from handlers.figures.sent import area_week, lead_month
from handlers.kit.feature import Feature, Renderer
from services.figures import area_week as own_week
from services.figures import periodic

FEATURE = Feature(
    name="figures_sent",
    tasks={
        periodic.WEEKLY: lambda tx, setup, _about, _data: periodic.run_weekly(tx, setup.community),
        periodic.MONTHLY: lambda tx, setup, _about, _data: periodic.run_monthly(tx, setup.community),
        periodic.LEAD: lead_month.write,
    },
    chunk_tasks={own_week.KIND: area_week.write_due},
    renderers={area_week.AUTHOR: Renderer(area_week.word)},
    preferences=(area_week.AREA_WEEK,),
    workers=(periodic.COUNT,),
)
