"""A generated store for timing queries: stories that come and go, told by outlets, with all that is read in articles.

The same seed gives the same tables. Texts are drawn from one pool of sentences, so that spans lie inside of them.
"""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.schema import CUES, KINDS, SOURCE_TYPES, TABLES, VOICES
from etl.store import Store

Places = npt.NDArray[np.int64]
FIRST, DAYS = pd.Timestamp("2024-01-01", tz="UTC"), 365
OUTLETS, ACTORS = 40, 20_000
MENTIONS, SENTENCES = 4, 6  # of an article; the headline is a sentence
POOL, STORY = 400, 7  # sentences to draw from; articles of a story, on average
WORDS = (
    "said",
    "the",
    "of",
    "to",
    "council",
    "dispute",
    "harbour",
    "growth",
    "great",
    "terrible",
    "minister",
    "vote",
)
COUNTRIES = ("GBR", "FRA", "DEU", "USA", "IND")
FRAMES = ("conflict", "economy", "health", "morality", "policy")
BLANKS = {"str": "", "int64": 0, "float64": 0.0, "boolean": False, "datetime64[us, UTC]": FIRST}


def open_store(folder: Path, articles: int, seed: int = 1) -> Store:
    """The store in this folder; made at the first call: all articles, then a second version with new headlines."""
    store = Store(folder)
    if not store.versions():
        tables = make_tables(articles, seed)
        store.commit("first", upserts=tables)
        few = tables["articles"].nlargest(articles // 100, "published")
        revised = few.assign(title=few["title"] + " again", revision=1)
        own = {name: rows[rows["article_id"].isin(few["article_id"])] for name, rows in tables.items()
               if TABLES[name].key[0] == "article_id"}  # fmt: skip
        store.commit("second", upserts=own | {"articles": revised})
    return store


def make_tables(count: int, seed: int) -> dict[str, pd.DataFrame]:
    """All tables that a refresh of so many articles fills and that pages of the whole filter read."""
    chance = np.random.default_rng(seed)
    story = np.sort((chance.beta(0.7, 2.0, count) * count / STORY).astype(np.int64))
    begun = chance.integers(0, DAYS, count // STORY + 1)[story]
    day = np.minimum(begun + chance.geometric(0.35, count) - 1, DAYS - 1)
    ids = np.array([f"{number:016x}" for number in chance.permutation(count) * 7_919])
    written = _write_texts(chance, count)
    return {
        "outlets": _fill("outlets", OUTLETS, outlet=_name("outlet", OUTLETS), name=_name("Outlet ", OUTLETS),
                         country=_draw(chance, COUNTRIES, OUTLETS), kind=_draw(chance, ("agency", "daily"), OUTLETS),
                         languages="en", timezone="Europe/London"),
        "observations": _fill("observations", OUTLETS * DAYS, outlet=np.repeat(_name("outlet", OUTLETS), DAYS),
                              day=np.tile(_days(np.arange(DAYS)), OUTLETS), status="observed"),
        "actors": _fill("actors", ACTORS, actor_id=_name("actor", ACTORS), name=_name("Actor ", ACTORS),
                        kind=_draw(chance, KINDS, ACTORS)),
        **_publish(chance, ids, story, day), **_cut(ids, written),
        **_read(chance, ids, story, day, written[1]),
    }  # fmt: skip


def _publish(chance: np.random.Generator, ids: Places, story: Places, day: Places) -> dict[str, pd.DataFrame]:
    """Articles, their stories, copies of the article before, and the passages that copies share."""
    outlet = np.minimum(chance.pareto(1.0, len(ids)) * 5, OUTLETS - 1).astype(np.int64)
    at = FIRST + pd.to_timedelta(day * 86_400 + chance.integers(0, 86_400, len(ids)), unit="s")
    copied = np.flatnonzero((story[1:] == story[:-1]) & (chance.random(len(ids) - 1) < 0.08))
    pairs = np.sort(np.array([ids[copied], ids[copied + 1]]), axis=0)
    group = np.arange(len(ids))
    group[copied + 1] = copied
    members = np.unique(np.concatenate([copied, copied + 1]))
    first = pd.Series(ids).groupby(story).transform("first")
    sizes = (
        pd.DataFrame({"story": first, "outlet": outlet}).groupby("story")["outlet"].agg(["size", "nunique"])
    )
    return {
        "articles": _fill("articles", len(ids), article_id=ids, outlet=_name("outlet", OUTLETS)[outlet],
                          title=[f"Headline {number}" for number in range(len(ids))], language="en", published=at,
                          published_precision="minute", words=chance.integers(80, 900, len(ids))),
        "stories": _fill("stories", len(sizes), story_id=sizes.index, title=["Story " + x for x in sizes.index],
                         articles=sizes["size"].to_numpy(), outlets=sizes["nunique"].to_numpy()),
        "story_articles": _fill("story_articles", len(ids), article_id=ids, story_id=first, similarity=0.5),
        "reprints": _fill("reprints", len(members), article_id=ids[members], reprint_id=ids[group[members]],
                          level="duplicate", containment=0.9),
        "reuse": _fill("reuse", len(copied), article_a=pairs[0], article_b=pairs[1], end_a=90, end_b=90, tokens=15),
    }  # fmt: skip


def _cut(ids: Places, written: tuple[list[str], Places]) -> dict[str, pd.DataFrame]:
    """Texts and their sentences; the first is the headline."""
    texts, starts = written
    role = np.tile(["headline", *["body"] * (SENTENCES - 1)], len(ids))
    return {
        "texts": _fill("texts", len(ids), article_id=ids, text=texts, body_start=starts[:, 1]),
        "sentences": _fill("sentences", role.size, article_id=np.repeat(ids, SENTENCES), role=role,
                           sentence=np.tile(np.arange(SENTENCES), len(ids)), start=starts[:, :-1].ravel(),
                           end=starts[:, 1:].ravel() - 1, quoted=0.1),
    }  # fmt: skip


def _read(
    chance: np.random.Generator, ids: Places, story: Places, day: Places, starts: Places
) -> dict[str, pd.DataFrame]:
    """Mentions (half of them of the three actors of the story), quotations, days, frames and tone words."""
    of, sentence, at, end = _place(chance, starts, MENTIONS)
    size = len(of)
    cast = (story[of] * 7_919 + chance.integers(0, 3, size) * 104_729) % (ACTORS // 4)
    known = np.minimum(chance.pareto(0.6, size) * 3, ACTORS - 1).astype(np.int64)
    actor = _name("actor", ACTORS)[np.where(chance.random(size) < 0.5, cast, known)]
    spans = {"article_id": ids[of], "start": at, "end": end}
    held = {name: part[::2] for name, part in spans.items()}
    half = size // 2
    named = held["start"] + np.tile([0, 1], half // 2)
    tone = chance.random(size)
    labels = np.where(chance.random(size) < 0.15, _draw(chance, ("leader", "critic", "head"), size), None)
    dated = {
        "first_day": _days(day[of[::2]] - chance.integers(-3, 40, half)),
        "granularity": "day",
        "anchor": "text",
    }
    return {
        "mentions": _fill("mentions", size, **spans, sentence=sentence, actor_id=actor, surface="Actor", label=labels,
                          voice=_draw(chance, VOICES, size), part=_draw(chance, ("agent", "patient", "other"), size),
                          agentless=np.where(chance.random(size) < 0.05, True, None), tone_positive=tone,
                          tone_negative=1 - tone, tone_neutral=0.0),
        "quotes": _fill("quotes", half, **held, kind="direct", speaker=actor[::2], actor_id=actor[::2], cue="said",
                        cue_class=_draw(chance, CUES, half), source_type=_draw(chance, SOURCE_TYPES, half),
                        speaker_start=pd.array(named, dtype="Int64"), speaker_end=pd.array(named + 9, dtype="Int64")),
        "dates": _fill("dates", half, **held, sentence=sentence[::2], surface="Monday", value="day", **dated),
        "frames": _fill("frames", half, article_id=ids[of[::2]], sentence=sentence[::2], score=chance.random(half),
                        frame=_draw(chance, FRAMES, half), scheme="five", evidence_start=at[::2],
                        evidence_end=end[::2]).drop_duplicates(["article_id", "sentence", "frame"]),
        "tone_words": _fill("tone_words", half, **held, sentence=sentence[::2], word=_draw(chance, WORDS, half),
                            polarity=chance.uniform(-1, 1, half)),
    }  # fmt: skip


def _place(chance: np.random.Generator, starts: Places, each: int) -> tuple[Places, Places, Places, Places]:
    """So many spans an article, in different sentences of its body: article (its row), sentence, start and end."""
    of = np.repeat(np.arange(len(starts)), each)
    sentence = np.tile(np.arange(1, each + 1), len(starts)) + np.repeat(
        chance.integers(0, SENTENCES - each, len(starts)), each
    )
    start = starts[of, sentence] + chance.integers(0, 20, len(of))
    return of, sentence, start, start + 12


def _write_texts(chance: np.random.Generator, count: int) -> tuple[list[str], Places]:
    """The texts, and where each of their sentences begins, with the end of the text."""
    pool = [" ".join(chance.choice(WORDS, 14)).capitalize() + "." for _ in range(POOL)]
    drawn = chance.integers(0, POOL, (count, SENTENCES))
    texts = ["\n\n".join((pool[row[0]], " ".join(pool[at] for at in row[1:]))) for row in drawn.tolist()]
    steps = np.array([len(sentence) + 1 for sentence in pool])[drawn] + (np.arange(SENTENCES) == 0)
    return texts, np.array([[0, *accumulate(row)] for row in steps.tolist()])


def _fill(table: str, count: int, **columns: object) -> pd.DataFrame:
    """So many rows of a table; columns that are not named are blank."""
    blanks = {
        column.name: column.values[0] if column.values else BLANKS[column.dtype]
        for column in TABLES[table].columns
        if not column.optional and column.name not in columns
    }
    return TABLES[table].conform(pd.DataFrame({**blanks, **columns}, index=range(count)))


def _name(word: str, count: int) -> npt.NDArray[np.object_]:
    """Names of so many things of a kind, by number."""
    return np.array([f"{word}{number}" for number in range(count)], dtype=object)


def _draw(chance: np.random.Generator, values: tuple[str, ...], count: int) -> npt.NDArray[np.object_]:
    """So many of the values, each as likely."""
    return np.array(values, dtype=object)[chance.integers(0, len(values), count)]


def _days(numbers: Places) -> pd.DatetimeIndex:
    """Days by number from the first."""
    return pd.DatetimeIndex(FIRST.tz_localize(None) + pd.to_timedelta(numbers, unit="D")).as_unit("us")
