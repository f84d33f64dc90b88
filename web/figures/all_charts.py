"""What charts there are to be on all pages of figures together."""

from collections.abc import Sequence

from domain.community import Community
from speech.speaker import PlainSpeaker
from storage.core.database import Transaction
from storage.figures import public_figures
from web.figures import charts, figures_writing
from web.figures.charts import Order


def orders(tx: Transaction, community: Community, languages: Sequence[str]) -> list[Order]:
    """Of every period that is published, in each of these languages; only reads."""
    there = public_figures.names(tx)
    found: list[Order] = []
    for language in languages:
        say = PlainSpeaker(language, community.zone)
        said = {name: of for name in there if (of := figures_writing.figures(tx, community, say, name))}
        for name, figures in said.items():
            over_time = [said[each] for each in figures_writing.beside(there, name)]
            found += charts.orders(figures, over_time).values()
    return found
