"""Behind: the articles that a mark of a chart counts, found again from what names the mark: no more, no fewer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dashboard.filters import Filter, Mark
from dashboard.queries.actors import ONE_QUOTE
from dashboard.queries.delays import list_counted
from dashboard.queries.diversity import list_speaking
from dashboard.queries.newsroom import name_of_actor, title_of
from dashboard.queries.parts import READ as PARTS
from dashboard.queries.quoted import list_quoting
from dashboard.queries.rhythm import CLOCKED
from dashboard.queries.selection import VOICED, select_articles
from dashboard.queries.skew import list_carrying
from dashboard.queries.stories import CARRIERS
from dashboard.queries.story import follow_story
from dashboard.queries.timeline import list_naming, list_reaching
from dashboard.queries.voices import VOICES, list_toned
from dashboard.queries.wording import list_toning, list_worded
from etl.store import Snapshot

Row = tuple[str, ...]
Finder = Callable[[Snapshot, Filter, Row], Iterable[str]]
DEEPEST = 6  # marks within marks: more of them no reader has clicked


@dataclass(frozen=True)
class Evidence:
    """How the articles behind a row are found: the columns that name the row, and what finds their ids.

    `find` is a function, or a query that follows `chosen` and takes the values of the row in order; a quotation in
    `{quoted}` or mention in `{voiced}` is of the chosen voice.
    """

    row: tuple[str, ...]
    find: Finder | str


NAMED = "FROM mentions m JOIN chosen c USING (article_id) WHERE {voiced}"
EVIDENCE = {
    "tone-towards": Evidence(
        ("actor_id", "outlet"),
        f"SELECT m.article_id {NAMED} AND m.tone_positive IS NOT NULL AND m.actor_id = ? AND c.outlet = ?",
    ),
    "agenda-stories": Evidence(
        ("outlet", "other"),
        "SELECT article_id FROM chosen WHERE story_id IS NOT NULL AND outlet IN (?, ?)",
    ),
    "agenda-actors": Evidence(("outlet", "other"), f"SELECT m.article_id {NAMED} AND c.outlet IN (?, ?)"),
    "source-diversity": Evidence(("outlet",), list_speaking),
    "frames": Evidence(
        ("frame", "outlet"),
        """SELECT f.article_id FROM frames f JOIN chosen c USING (article_id)
        JOIN sentences n ON n.article_id = f.article_id AND n.sentence = f.sentence
        WHERE {quoted} AND f.frame = ? AND c.outlet = ?""",
    ),
    "reporting-verbs": Evidence(
        ("outlet", "cue_class"),
        """SELECT q.article_id FROM quotes q JOIN chosen c USING (article_id)
        WHERE q.cue IS NOT NULL AND c.outlet = ? AND q.cue_class = ?""",
    ),
    "acting": Evidence(
        ("actor_id",),
        f"{PARTS} SELECT article_id FROM read WHERE actor_id = ? AND part IN ('agent', 'patient')",
    ),
    "speakers": Evidence(("speaker",), list_quoting),
    "speakers-by-outlet": Evidence(("speaker", "outlet"), list_quoting),
    "source-types": Evidence(
        ("source_type", "outlet"),
        f"""SELECT article_id FROM (SELECT q.article_id, c.outlet, q.source_type AS own,
            min(q.source_type) OVER (PARTITION BY {ONE_QUOTE}, c.outlet) AS told
            FROM quotes q JOIN chosen c USING (article_id) JOIN texts t USING (article_id))
        WHERE own IS NOT NULL AND told = ? AND outlet = ?""",
    ),
    "rhythm": Evidence(
        ("outlet",), f"SELECT article_id FROM chosen WHERE outlet = ? AND published_precision IN {CLOCKED}"
    ),
    "stories-alone": Evidence(
        ("outlet",),
        f"{CARRIERS} SELECT article_id FROM chosen JOIN carriers USING (story_id) WHERE outlets = 1 AND outlet = ?",
    ),
    "timeline-days": Evidence(("told_on", "first_day"), list_naming),
    "timeline-reach": Evidence(("reach", "outlet"), list_reaching),
    "delays": Evidence(("outlet",), list_counted),
    "skew": Evidence(("story_id", "group"), list_carrying),
    "story-tones": Evidence(("instrument", "outlet"), list_toned),
    "distinct-words": Evidence(("word",), list_worded),
    "word-shift": Evidence(("word",), list_toning),
}


def mark_row(slug: str, row: Row, chosen: Filter) -> Filter:
    """The filter that means the articles behind a row of a chart's answer, whatever else the filter chose before.

    What counts and shows stays (unit, voice, pair); where, when and whom the mark itself knows.
    """
    text = Mark(slug=slug, row=row, chosen=chosen).to_text()
    return Filter(
        behind=text,
        unit=chosen.unit,
        voice=chosen.voice,
        fewest=chosen.fewest,
        pair=chosen.pair,
        grouping=chosen.grouping,
    )


def hold_articles(snapshot: Snapshot, chosen: Filter, depth: int = 0) -> Filter:
    """The same filter with the articles behind its mark, and with the story that it means now.

    A mark that cannot be read, or that no chart has, has no articles behind it.
    """
    chosen = chosen.narrow(story=follow_story(snapshot, chosen.story)) if chosen.story else chosen
    if not chosen.behind:
        return chosen
    mark = Mark.from_text(chosen.behind)
    counted = hold_articles(snapshot, mark.chosen, depth + 1) if depth < DEEPEST else None
    found = () if counted is None else _find_articles(snapshot, counted, mark)
    return chosen.narrow(held=tuple(sorted(set(found))))


def name_value(snapshot: Snapshot, value: str) -> str:
    """What readers call a value of a mark: the actor's name, the story's title, else the value itself."""
    return name_of_actor(snapshot, title_of(snapshot, value))


def _find_articles(snapshot: Snapshot, chosen: Filter, mark: Mark) -> Iterable[str]:
    """Ids, perhaps several times; none where no chart has such a mark."""
    evidence = EVIDENCE.get(mark.slug)
    if evidence is None or len(evidence.row) != len(mark.row):
        return ()
    if not isinstance(evidence.find, str):
        return evidence.find(snapshot, chosen, mark.row)
    voices = {"{voiced}": VOICED[chosen.voice], "{quoted}": VOICES[chosen.voice]}
    query = evidence.find
    for name, condition in voices.items():
        query = query.replace(name, condition)
    return list(select_articles(snapshot, chosen, query, mark.row)["article_id"])
