"""Rulings: what a person decided about stories, in `stories.toml`; read at every refresh.

Stories come and go, articles stay: so each block names articles. `[[merge]]`: the stories that hold these
articles are one. `[[split]]`: these articles are a story of their own, `apart_from` those; what is published
later joins what it is most like. `[[pin]]`: they stay one story, whatever else is published. `[[rename]]`: the
story that holds the article has this title.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pandas as pd

from etl.article import content_id
from etl.errors import SettingsError
from etl.schema import JUDGEMENTS
from etl.transform.feature import Feature

KINDS = ("merge", "split", "pin", "rename")
KEYS = {"articles": list, "apart_from": list, "title": str, "person": str, "made": str}
RULED = ("story_articles", "stories", "judgements")


@dataclass(frozen=True, kw_only=True)
class StoryRuling:
    """One block: articles by id; the title of a rename; who decided it, and when (the file's time if unsaid)."""

    kind: str
    articles: tuple[str, ...]
    apart_from: tuple[str, ...] = ()
    title: str = ""
    person: str = ""
    made: datetime


@dataclass(frozen=True)
class StoryRulings:
    """All blocks of one file: the kinds in the order of `KINDS`, each in the order of the file."""

    blocks: tuple[StoryRuling, ...] = ()

    def of(self, *kinds: str) -> Iterator[StoryRuling]:
        """The rulings of these kinds of block."""
        return (ruling for ruling in self.blocks if ruling.kind in kinds)

    def describe(self) -> str:
        """What is ruled, without by whom and when: two files that rule alike are told alike."""
        return json.dumps(
            [(one.kind, one.articles, one.apart_from, one.title) for one in self.blocks], ensure_ascii=False
        )


UNRULED = StoryRulings()


def read_story_rulings(path: Path) -> StoryRulings:
    """The rulings of a file; none where there is no file.

    Raises:
        SettingsError: the file is no TOML, or a block is wrong.
    """
    if not path.exists():
        return StoryRulings()
    try:
        blocks = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            "stories", f"{path}: {error}", "write [[merge]], then articles = [...]"
        ) from error
    return make_story_rulings(blocks, str(path), datetime.fromtimestamp(path.stat().st_mtime, UTC))


def make_story_rulings(blocks: Mapping[str, object], where: str, saved: datetime) -> StoryRulings:
    """The rulings of these blocks; `where` names their file in errors, `saved` is when it was written.

    Raises:
        SettingsError: a block is wrong.
    """
    for kind, entries in blocks.items():
        if kind not in KINDS or not isinstance(entries, list):
            remedy = f"write one of {', '.join(f'[[{known}]]' for known in KINDS)}"
            raise SettingsError("stories", f"{where}: {kind} is unknown", remedy)
    listed = [
        _read_block(kind, entry, where, saved)
        for kind, entries in sorted(blocks.items(), key=lambda block: KINDS.index(block[0]))
        if isinstance(entries, list)
        for entry in entries
    ]
    return StoryRulings(tuple(listed))


def write_ruling(
    path: Path,
    kind: str,
    articles: Sequence[str],
    *,
    note: str,
    apart_from: Sequence[str] = (),
    title: str = "",
) -> None:
    """Append a block to the file; the note stands above it for who reads the file.

    Raises:
        SettingsError: the file, with this block, would not be in order; it stays as it was.
    """
    before = path.read_text("utf-8") if path.exists() else ""
    given = {
        "articles": list(articles), "apart_from": list(apart_from), "title": title,
        "made": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }  # fmt: skip
    lines = [f"# {' '.join(note.split())}", f"[[{kind}]]"]
    lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in given.items() if value]
    block = "\n".join(lines) + "\n"
    read_story_rulings(path)
    make_story_rulings(tomllib.loads(block), str(path), datetime.now(UTC))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{before.rstrip()}\n\n{block}".lstrip(), encoding="utf-8")


def with_story_rulings(features: Sequence[Feature], rulings: StoryRulings) -> tuple[Feature, ...]:
    """The features, those of stories bound to the rulings; as they are where there are none."""
    if not rulings.blocks:
        return tuple(features)
    return tuple(
        replace(feature, compute=partial(feature.compute, rulings=rulings))
        if feature.makes in RULED
        else feature
        for feature in features
    )


def list_judgements(articles: pd.DataFrame, rulings: StoryRulings = UNRULED) -> pd.DataFrame:
    """Rows for the table `judgements`: one a ruling and article of it that is there."""
    known = set(articles["article_id"])
    rows = [
        {
            "judgement_id": content_id("story", ruling.kind, article, *ruling.articles, ruling.title),
            "task": f"story {ruling.kind}", "article_id": article,
            "label": ruling.title or content_id(ruling.kind, *ruling.articles),
            "person": ruling.person, "made": ruling.made,
        }
        for ruling in rulings.blocks for article in ruling.articles if article in known
    ]  # fmt: skip
    return pd.DataFrame(rows).drop_duplicates("judgement_id") if rows else JUDGEMENTS.empty()


def _read_block(kind: str, entry: object, where: str, saved: datetime) -> StoryRuling:
    """One block as a ruling.

    Raises:
        SettingsError: a key is unknown, missing or of another type.
    """
    if not isinstance(entry, dict):
        raise SettingsError("stories", f"{where}: [[{kind}]] is no block", "write key = value lines under it")
    for key, value in entry.items():
        if key not in KEYS or not isinstance(value, KEYS[key]):
            remedy = 'write articles = ["..."], title = "...", person = "...", made = "2026-11-22T09:00:00Z"'
            raise SettingsError("stories", f"{where}: [[{kind}]] cannot use {key} = {value!r}", remedy)
    articles = tuple(dict.fromkeys(map(str, entry.get("articles", ()))))
    fewest = 2 if kind == "merge" else 1
    if len(articles) < fewest or (kind == "rename") != bool(entry.get("title", "").strip()):
        problem = f"{where}: [[{kind}]] with {len(articles)} articles and title {entry.get('title', '')!r}"
        raise SettingsError("stories", problem, "name the articles; a title belongs to a rename alone")
    return StoryRuling(
        kind=kind, articles=articles, apart_from=tuple(map(str, entry.get("apart_from", ()))),
        title=entry.get("title", "").strip(),
        person=entry.get("person", ""), made=_read_made(entry.get("made", ""), where) or saved,
    )  # fmt: skip


def _read_made(written: str, where: str) -> datetime | None:
    """When a block was written, in UTC; none where it does not say.

    Raises:
        SettingsError: it is no time.
    """
    try:
        told = datetime.fromisoformat(written) if written else None
    except ValueError as error:
        raise SettingsError("stories", f"{where}: {error}", 'write made = "2026-11-22T09:00:00Z"') from error
    return told and (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)


JUDGED = Feature(makes="judgements", needs=("articles",), compute=list_judgements, scope="window")
