"""Ruling: which articles must be read again because `actors.toml` is not what it was at the last refresh, and
whether stories must be grouped again because `stories.toml` is not.

The rulings that a store was made with lie beside its tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from etl.errors import SettingsError
from etl.store import Snapshot
from etl.store.manifest import replace_file
from etl.transform.rulings import (
    Rulings,
    list_blocks,
    make_rulings,
    possible_ids,
    ruled_actors,
    ruled_names,
)
from etl.transform.stories.rulings import StoryRulings

MARK, STORY_MARK = "actors.json", "stories.json"


def stale_articles(folder: Path, rulings: Rulings, snapshot: Snapshot) -> tuple[str, ...]:
    """The articles whose mentions may differ under these rulings from those that they have; in order.

    They hold a name of a block that came, went or changed, or mention its actor. Where a name is an actor
    again, all articles: nothing tells which ones it was dropped from.
    """
    before = _read_applied(folder)
    changed = set(rulings.blocks) ^ set(before.blocks if before else ())
    if before is None or any(gone.block == "no_actor" and gone in before.blocks for gone in changed):
        return tuple(sorted(snapshot.table("articles", ["article_id"])["article_id"]))
    if not changed:
        return ()
    names = sorted({name for ruling in changed for name in ruling.names})
    texts = snapshot.table("texts", ["article_id", "text"])
    written = texts.loc[texts["text"].map(lambda text: any(name in text for name in names)), "article_id"]
    mentions = snapshot.table("mentions", ["article_id", "actor_id"])
    meant = mentions.loc[mentions["actor_id"].isin(_ids_of(names, (before, rulings))), "article_id"]
    return tuple(sorted({*written, *meant}))


def mark_applied(folder: Path, rulings: Rulings) -> None:
    """Note beside the tables with which rulings they were made."""
    replace_file(folder / MARK, json.dumps(list_blocks(rulings), ensure_ascii=False))


def are_stories_stale(folder: Path, rulings: StoryRulings) -> bool:
    """Whether the stories of this store were grouped under other rulings."""
    try:
        return (folder / STORY_MARK).read_text(encoding="utf-8") != rulings.describe()
    except FileNotFoundError:
        return bool(rulings.blocks)


def mark_stories(folder: Path, rulings: StoryRulings) -> None:
    """Note beside the tables under which rulings the stories were grouped."""
    if are_stories_stale(folder, rulings):
        replace_file(folder / STORY_MARK, rulings.describe())


def _ids_of(names: Iterable[str], all_rulings: tuple[Rulings, ...]) -> set[str]:
    """The ids that these names have by themselves, and those of the actors that a file makes of them."""
    ids = {actor_id for name in names for actor_id in possible_ids(name)}
    for rulings in all_rulings:
        ids |= {actor.actor_id for name, actor in ruled_names(rulings).items() if name in names}
        ids |= {actor.actor_id for actor_id, actor in ruled_actors(rulings).items() if actor_id in ids}
    return ids


def _read_applied(folder: Path) -> Rulings | None:
    """The rulings that the store was made with; an unreadable note tells nothing."""
    try:
        return make_rulings(json.loads((folder / MARK).read_text(encoding="utf-8")), MARK)
    except FileNotFoundError:
        return Rulings()
    except (OSError, ValueError, AttributeError, SettingsError):
        return None
