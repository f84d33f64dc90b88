"""Resident Voices: a Telegram bot through which a neighbourhood listens and keeps its word."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.community.community_file import CommunityError
from bot.kit.cannot_start import MEND_FIRST, CannotStart
from bot.kit.logs import configure_logs
from bot.kit.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from demo.datasets import DataSet

DAY = ["%Y-%m-%d"]
app = typer.Typer(
    help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)


@app.command()
def run(
    json_logs: Annotated[
        bool | None, typer.Option("--json-logs/--plain-logs", help="Default: JSON unless a person looks on.")
    ] = None,
) -> None:
    """Run the bot for real. Needs BOT_TOKEN; Ctrl-C ends it."""
    try:
        settings = read_settings()
    except SettingsError as error:
        _refuse(error)
    configure_logs(as_json=json_logs, secrets=settings.secrets)
    # Imported late, so that a wrong setting is told before the larger part is loaded.
    from bot.application import run as run_application

    try:
        code = asyncio.run(run_application(settings))
    except (CannotStart, CommunityError) as error:
        _refuse(error)
    except KeyboardInterrupt:
        code = 130
    raise typer.Exit(code)


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page with the phones is shown.")] = 8080,
    language: Annotated[str, typer.Option(help="The neighbours' language: en or zh.")] = "en",
    data_dir: Annotated[
        Path | None, typer.Option(envvar="DATA_DIR", help="Where the demo keeps its data; emptied at start.")
    ] = None,
    dataset: Annotated[str | None, typer.Option(help="A past that it has had: district. Default: none.")] = None,
) -> None:
    """Start everything on this machine, with phones on a page; no Telegram account needed."""
    try:
        from demo.run import DATA
        from demo.run import demo as run_demo
    except ModuleNotFoundError:
        _no_demo("The demo is")

    if language not in ("en", "zh"):
        raise typer.BadParameter("the demo speaks en or zh", param_hint="--language")
    _data_set(dataset)
    raise typer.Exit(run_demo(port, language, data_dir or DATA, dataset))


@app.command()
def check() -> None:
    """Say in plain words what is right and what is wrong, and how to mend it. Changes nothing."""
    configure_logs()
    from bot.command_line.check import check as run_check

    findings = asyncio.run(run_check())
    for finding in findings:
        typer.echo(str(finding))
    raise typer.Exit(1 if any(finding.mark == "wrong" for finding in findings) else 0)


@app.command()
def doctor() -> None:
    """Say how the running bot is: what waits, what failed, disk and backups, and what to do. Changes nothing."""
    configure_logs()
    from bot.command_line.doctor import doctor as look

    findings = look(_settings())
    for finding in findings:
        typer.echo(str(finding))
    raise typer.Exit(1 if any(finding.mark == "wrong" for finding in findings) else 0)


@app.command()
def backup() -> None:
    """Make a backup of the database now, also while the bot runs; says where and how large."""
    from bot.command_line.backup_and_restore import backup_now

    try:
        typer.echo(backup_now(_settings()))
    except CannotStart as error:
        _refuse(error)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="The backup, such as one from the folder backups.")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Also where there is a database; that is kept aside.")
    ] = False,
    without_taken_away: Annotated[
        bool,
        typer.Option(
            "--without-taken-away",
            help="Also where the file taken-away.jsonl is missing: roles and consents ended since may come back.",
        ),
    ] = False,
    identity: Annotated[
        Path | None, typer.Option("--identity", help="The file with the secret key, where the backup is encrypted.")
    ] = None,
) -> None:
    """Put a backup in the database's place. The bot must not be running."""
    from bot.command_line.backup_and_restore import restore as restore_from

    try:
        typer.echo(restore_from(_settings(), file, overwrite, without_taken_away=without_taken_away, identity=identity))
    except CannotStart as error:
        _refuse(error)


@app.command()
def poster(
    area: Annotated[
        list[str] | None, typer.Option(help="The code of an area; several times for several. Default: every one.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Such as en or zh-Hans; the first on top. Default: the community's.")
    ] = None,
    out: Annotated[Path, typer.Option(help="The folder for the files.")] = Path("posters"),
    format_: Annotated[str, typer.Option("--format", help="pdf, png or both.")] = "both",
    bot: Annotated[str, typer.Option(help="The bot's username; then Telegram is not asked for it.")] = "",
) -> None:
    """Make a poster for each area, and one for the whole community, as PDF and PNG, with a QR code to scan."""
    if format_ not in ("pdf", "png", "both"):
        raise typer.BadParameter("pdf, png or both", param_hint="--format")
    from bot.command_line.poster import make

    formats = ("pdf", "png") if format_ == "both" else (format_,)
    try:
        for line in make(_settings, area, language, out, formats, bot):
            typer.echo(line)
    except (CannotStart, CommunityError) as error:
        _refuse(error)


@app.command()
def report(
    first: Annotated[datetime | None, typer.Option("--from", formats=DAY, help="Default: the first report.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=DAY, help="With that day. Default: today.")] = None,
    area: Annotated[str | None, typer.Option(help="The code of an area: what lies in it.")] = None,
    category: Annotated[str | None, typer.Option(help="The code of a category: it alone.")] = None,
    by: Annotated[str, typer.Option(help="Groups: category, area, department, lead or project.")] = "nothing",
    format_: Annotated[str, typer.Option("--format", help="text, json, csv, xlsx, png or pdf.")] = "text",
    language: Annotated[str | None, typer.Option(help="Such as en or zh-Hans. Default: the community's.")] = None,
    out: Annotated[Path | None, typer.Option(help="The file to write. Default: print it.")] = None,
    dataset: Annotated[str | None, typer.Option(help="district: of that data set, in place of your own.")] = None,
) -> None:
    """Print what was reported in some time and what became of it, also while the bot runs. Changes nothing."""
    from bot.command_line.report import BINARY, FORMATS
    from bot.command_line.report import report as figures
    from services.figures.report_figures import By

    if format_ not in FORMATS:
        raise typer.BadParameter(f"{', '.join(FORMATS)}: one of these", param_hint="--format")
    if by not in [each.value for each in By]:
        raise typer.BadParameter("category, area, department, lead or project", param_hint="--by")
    if out is None and format_ in BINARY and sys.stdout.isatty():
        raise typer.BadParameter(f"name the file to write, such as report.{format_}", param_hint="--out")
    days = (first.date() if first else None, last.date() if last else None)
    past = _data_set(dataset)
    try:
        with contextlib.ExitStack() as opened:
            settings, days, now = (
                opened.enter_context(past.counted(*days, language)) if past else (_settings(), days, datetime.now(UTC))
            )
            made = figures(settings, days, (area, category), By(by), format_, language, now)
        if out is not None:
            out.write_bytes(made)
    except (CannotStart, CommunityError) as error:
        _refuse(error)
    except OSError as error:
        _refuse(CannotStart(f"{out} cannot be written: {error.strerror}."))
    if out is None:
        typer.echo(made, nl=format_ not in BINARY)


@app.command()
def export(
    what: Annotated[
        str,
        typer.Argument(
            help="reports, repairs, pledges, projects; open, the list of what is open; or person, a copy "
            "of what is kept about one."
        ),
    ],
    about: Annotated[
        str | None, typer.Argument(help="Behind person: something of theirs, such as 12 (a report) or repair:5.")
    ] = None,
    format_: Annotated[
        str | None, typer.Option("--format", help="xlsx or csv; of the open list pdf, too. Default: as FILE ends.")
    ] = None,
    first: Annotated[datetime | None, typer.Option("--from", formats=DAY, help="Begun on that day or later.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=DAY, help="Begun on that day or before.")] = None,
    area: Annotated[str | None, typer.Option(help="The code of an area: what lies in it.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="The file; one that is there is written anew. Default: here, by what it holds.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="Such as en or zh-Hans. Default: the community's.")] = None,
    personal: Annotated[
        bool,
        typer.Option("--personal", help="Also names, numbers, addresses and what people wrote. That is recorded."),
    ] = False,
) -> None:
    """Write a file with a row for each report, repair, promise or project, also while the bot runs."""
    from bot.command_line.export import export as write
    from bot.command_line.person_copy import copy

    days = [each.date() if each else None for each in (first, last)]
    try:
        now = datetime.now(UTC)
        if what == "person":
            typer.echo(copy(_settings(), about, out, language, now))
            return
        if about is not None:
            raise typer.BadParameter("it stands behind person alone", param_hint="ABOUT")
        typer.echo(write(_settings(), what, format_, days[0], days[1], area, out, language, now, personal=personal))
    except (CannotStart, CommunityError) as error:
        _refuse(error)


@app.command()
def hotline(
    file: Annotated[
        Path, typer.Argument(help="A table as CSV: in each line a month, such as 2026-03, and its number.")
    ],
    language: Annotated[str | None, typer.Option(help="Such as en or zh-Hans. Default: the community's.")] = None,
) -> None:
    """Enter how many complaints the hotline counted each month, also while the bot runs. All of the file or nothing."""
    from bot.command_line.hotline import enter

    try:
        typer.echo(enter(_settings(), file, language, datetime.now(UTC)))
    except (CannotStart, CommunityError) as error:
        _refuse(error)


@app.command()
def features() -> None:
    """Print who hears of what happens: each event, its stages, and the subscribers in each."""
    from bot.features import joined

    try:
        lines = joined().table()
    except CannotStart as error:
        _refuse(error)
    for line in lines:
        typer.echo(line)


def _data_set(name: str | None) -> DataSet | None:
    """The data set of that name; None where none was named."""
    if name is None:
        return None
    try:
        from demo.datasets import DATA_SETS
    except ModuleNotFoundError:
        _no_demo("Data sets are")
    if name not in DATA_SETS:
        raise typer.BadParameter(", ".join(DATA_SETS), param_hint="--dataset")
    return DATA_SETS[name]


def _no_demo(what: str) -> NoReturn:
    typer.echo(f"{what} not part of this installation: start it from a clone of the project.", err=True)
    raise typer.Exit(MEND_FIRST)


def _settings() -> Settings:
    try:
        return read_settings()
    except SettingsError as error:
        _refuse(error)


def _refuse(error: Exception) -> NoReturn:
    typer.echo(str(error), err=True)
    raise typer.Exit(error.exit_code if isinstance(error, CannotStart) else MEND_FIRST)


if __name__ == "__main__":
    app()
