"""Promises, projects and repairs as charts: of each one bar, by what had become of them."""

from collections.abc import Sequence

from domain.figures.pledge_history import Kept
from domain.figures.pledge_measures import PledgeMeasures
from domain.figures.project_measures import ProjectMeasures
from domain.figures.repair_history import Fate
from domain.figures.repair_measures import RepairMeasures
from domain.projects.projects import Stage
from paper.chart import Chart, Shade
from speech import projects as speech
from speech.figure_charts import whole
from speech.speaker import PlainSpeaker


def promises(say: PlainSpeaker, one: PledgeMeasures) -> Chart:
    """Of those made in the period."""
    parts = [
        (say.label("Kept"), Kept.KEPT, Shade.DARK),
        (say.label("Kept in part, or only sometimes"), Kept.PARTLY, Shade.LIGHT),
        (say.label("Not kept"), Kept.NOT_KEPT, Shade.STRIPED),
        (say.label("Due, but no update"), Kept.NO_UPDATE, Shade.DOTTED),
        (say.label("Nothing due yet"), Kept.NOT_DUE, Shade.WHITE),
    ]
    counted = [(name, one.by_state[state], shade) for name, state, shade in parts]
    return whole(say, "promises", say.label("Promises made, and how they went"), counted)


def projects(say: PlainSpeaker, one: ProjectMeasures) -> Chart:
    """Of those that were open at some time in the period, by where they stand at its end."""
    shades = (Shade.WHITE, Shade.DOTTED, Shade.STRIPED, Shade.DARK, Shade.LIGHT)
    parts = [(speech.stage(say, each), one.by_stage[each], shade) for each, shade in zip(Stage, shades, strict=True)]
    return whole(say, "projects", say.label("Projects, and where they stand"), parts)


def repairs(say: PlainSpeaker, one: RepairMeasures) -> Chart:
    """Of those asked for in the period."""
    parts: Sequence[tuple[str, Fate, Shade]] = [
        (say.label("Done, residents say"), Fate.CONFIRMED, Shade.DARK),
        (say.label("Done, only volunteers say"), Fate.SILENT, Shade.LIGHT),
        (say.label("Still being asked"), Fate.ASKED, Shade.LINED),
        (say.label("Not done so far"), Fate.OPEN, Shade.WHITE),
        (say.label("No longer needed"), Fate.WITHDRAWN, Shade.DOTTED),
        (say.label("Turned into a report"), Fate.TURNED, Shade.STRIPED),
    ]
    counted = [(name, one.by_fate[fate], shade) for name, fate, shade in parts]
    return whole(say, "repairs", say.label("Repairs asked for, and what became of them"), counted)
