"""stories: which there are, and what a person decides about them; kept in `stories.toml`, applied at a refresh."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.settings import read_settings

if TYPE_CHECKING:  # the commands import late what brings libraries along: help must come at once
    import pandas as pd

STORIES_APP = typer.Typer(
    help="The stories, and what you decide about them: merge, split, rename, pin.", no_args_is_help=True
)
LISTED = 50
Room = Annotated[Path | None, typer.Option(help="folder of the store; default: your own")]
Named = Annotated[str, typer.Argument(metavar="STORY", help="id of a story, or how it begins")]


@STORIES_APP.command("list")
def list_stories(
    story: Annotated[str, typer.Argument(help="id of a story, or how it begins")] = "", store: Room = None
) -> None:
    """The largest stories (id, articles, outlets, title); or the articles of one (id, outlet, time, title)."""
    told = _list_articles(store, story) if story else _list_largest(store)
    for row in told.astype("str").itertuples(index=False):
        typer.echo("\t".join(row))


@STORIES_APP.command("log")
def tell_log(
    since: Annotated[int | None, typer.Option(help="store version; default: the one before")] = None,
    store: Room = None,
) -> None:
    """What became of stories since a version: id as it was, renamed, merged or split, id now, articles moved."""
    from etl.store import Store
    from etl.transform.stories.log import trace_stories

    held = Store(store or read_settings().store)
    now = held.snapshot()
    versions = [version for version in held.versions() if version < now.version]
    before = held.snapshot(since if since is not None else max(versions, default=now.version))
    traced = trace_stories(before.table("story_articles"), now.table("story_articles"))
    for row in traced.astype("str").itertuples(index=False):
        typer.echo("\t".join(row))


@STORIES_APP.command("merge")
def merge_stories(story: Named, others: Annotated[list[str], typer.Argument()], store: Room = None) -> None:
    """Make these stories one; what is published later about any of them joins it."""
    members = [_find_story(store, name) for name in (story, *others)]
    firsts = [str(one["article_id"].iloc[0]) for one in members]
    _decide("merge", firsts, " + ".join(str(one["story"].iloc[0]) for one in members))


@STORIES_APP.command("split")
def split_story(story: Named, articles: Annotated[list[str], typer.Argument()], store: Room = None) -> None:
    """Make these articles of a story one of their own."""
    members = _find_story(store, story)
    chosen = [_find_one(members, "article_id", name, "article of this story") for name in articles]
    rest = members.loc[~members["article_id"].isin(chosen), "article_id"]
    _decide("split", chosen, f"out of {members['story'].iloc[0]}", apart_from=list(rest))


@STORIES_APP.command("rename")
def rename_story(story: Named, title: str, store: Room = None) -> None:
    """Give a story this title."""
    members = _find_story(store, story)
    _decide("rename", [str(members["article_id"].iloc[0])], str(members["story"].iloc[0]), title=title)


@STORIES_APP.command("pin")
def pin_story(story: Named, store: Room = None) -> None:
    """Keep the articles of a story together from now on; others may still join it."""
    members = _find_story(store, story)
    _decide("pin", [str(article) for article in members["article_id"]], str(members["story"].iloc[0]))


def _decide(
    kind: str, articles: list[str], note: str, *, apart_from: Sequence[str] = (), title: str = ""
) -> None:
    """Write the decision down and say what comes next."""
    from etl.transform.stories.rulings import write_ruling

    file = read_settings().stories
    write_ruling(file, kind, articles, note=note, apart_from=apart_from, title=title)
    typer.echo(f"{kind}: {note}\nwritten to {file}; applied by the next `newsprism refresh`")


def _list_largest(store: Path | None) -> pd.DataFrame:
    """Id, articles, outlets and title of the largest stories."""
    stories = _read_stories(store)
    sizes = stories.groupby("story_id").agg(
        articles=("article_id", "size"), outlets=("outlet", "nunique"), title=("story", "first")
    )
    return sizes.reset_index().sort_values(["articles", "story_id"], ascending=[False, True]).head(LISTED)


def _list_articles(store: Path | None, story: str) -> pd.DataFrame:
    """Id, outlet, time and headline of the articles of a story."""
    return _find_story(store, story)[["article_id", "outlet", "published", "title"]]


def _read_stories(store: Path | None) -> pd.DataFrame:
    """Every article in its story, by publication: story_id, story (its title), article_id, outlet, title."""
    from etl.store import Store

    snapshot = Store(store or read_settings().store).snapshot()
    return snapshot.sql(
        "SELECT story_id, s.title AS story, article_id, outlet, published, a.title FROM story_articles "
        "JOIN stories s USING (story_id) JOIN articles a USING (article_id) "
        "ORDER BY story_id, published NULLS LAST, article_id"
    )


def _find_story(store: Path | None, name: str) -> pd.DataFrame:
    """The articles of the one story whose id begins like this."""
    stories = _read_stories(store)
    return stories[stories["story_id"] == _find_one(stories, "story_id", name, "story")]


def _find_one(rows: pd.DataFrame, column: str, name: str, what: str) -> str:
    """The only id of a column that begins like this.

    Raises:
        BadParameter: none does, or several do.
    """
    found = sorted(set(rows.loc[rows[column].str.startswith(name), column]))
    if len(found) != 1:
        raise typer.BadParameter(
            f"{len(found)} ids of a {what} begin with {name!r}; see newsprism stories list"
        )
    return str(found[0])
