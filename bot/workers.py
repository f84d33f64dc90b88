"""What is done beside the loop by workers of its own: printing, exports, figures, pictures. For bot/application.py."""

from bot.background.board_photos import BoardPhotos
from bot.background.counting import Counting
from bot.background.day_closer import DayCloser
from bot.background.exporter import Exporter
from bot.background.figures_counter import FiguresCounter
from bot.background.figures_picture import FiguresPicture
from bot.background.figures_writer import FiguresWriter
from bot.background.forgetting import ForgettingOutside
from bot.background.own_data import OwnData
from bot.background.plan_pictures import PlanPictures
from bot.background.printer import Printer
from bot.background.project_photos import ProjectPhotos
from bot.background.public_figures import PublicFigures
from bot.background.report_photos import report_photos
from bot.background.retention import Retention
from bot.background.watcher import Watcher
from bot.background.wiper import Wiper
from bot.background.worker import Worker
from bot.community.community_file import plan_file
from bot.kit.request import Request
from bot.kit.settings import Settings
from bot.serving import Pages
from handlers.kit.update_context import Setup
from storage.core.database import Database

DUE_KEPT_SECONDS = 2.0
"""What comes due by itself is counted in a few questions, one behind the other."""


def beside(database: Database, request: Request, setup: Setup, settings: Settings) -> tuple[Worker, ...]:
    """Those that every bot has."""
    community = setup.community
    asked_for, due = Counting(database), Counting(database, DUE_KEPT_SECONDS)
    return (
        Printer(database, setup),
        Exporter(database, setup, settings.community),
        OwnData(database, request, setup, settings.community),
        FiguresCounter(database, setup, asked_for),
        FiguresPicture(database, setup, asked_for),
        FiguresWriter(database, setup, due),
        DayCloser(database, community.hours),
        Retention(database, community.zone, settings.kept),
        Watcher(database, settings.data_dir, community),
        Wiper(database, community, settings.data_dir),
        ForgettingOutside(database, setup),
        PlanPictures(database, request, setup, plan_file(settings.community, community)),
    )


def for_pages(database: Database, request: Request, setup: Setup, pages: Pages) -> tuple[Worker, ...]:
    """Those that fetch and draw what the public pages show."""
    return (
        BoardPhotos(database, request, pages.board.photos),
        ProjectPhotos(database, request, pages.projects.photos),
        *(
            [PublicFigures(database, pages.figures, Counting(database, DUE_KEPT_SECONDS))]
            if pages.figures.is_on
            else []
        ),
        report_photos(setup.community)(database, request, pages.reports.photos),
    )
