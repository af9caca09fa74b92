"""The commands of the ETL. `newsprism` mounts them beside those of the dashboard.

Exit status: 0 all is well; 1 it failed, and one line says why and what to do; 2 the command was called
wrongly; 3 a refresh came to its end, but some inputs could not be used and are in quarantine.
"""

from __future__ import annotations

import logging
import sys

import typer

from etl.commands.demo import load_demo
from etl.commands.doctor import examine
from etl.commands.judging import annotate_command, evaluate_command, extract_command, group_command
from etl.commands.refresh import refresh_store
from etl.commands.sources import SOURCES_APP
from etl.commands.stories import STORIES_APP
from etl.commands.terminal import tell_trouble
from etl.errors import NewsPrismError

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
app.command("refresh")(refresh_store)
app.command("demo")(load_demo)
app.command("doctor")(examine)
app.add_typer(SOURCES_APP, name="sources")
app.add_typer(STORIES_APP, name="stories")
app.command("annotate")(annotate_command)
app.command("extract")(extract_command)
app.command("group")(group_command)
app.command("evaluate")(evaluate_command)


def run_app(commands: typer.Typer) -> None:
    """Run the command that was asked for; an error of ours is one line on stderr and status 1."""
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    try:
        commands()
    except (NewsPrismError, OSError) as error:
        typer.echo(f"newsprism: {tell_trouble(error)}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    run_app(app)
