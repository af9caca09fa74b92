"""Story: one story as each outlet told it: its articles, its facts, its dates, who was first."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.dated import rank_events
from dashboard.queries.leading import TIE, UNKNOWN, name_first
from dashboard.queries.newsroom import name_of_outlet
from dashboard.queries.selection import ALL_COLUMNS, select_articles
from etl.store import Snapshot

MOST_FACTS = 16
MOST_ALONE = 16  # facts of one outlet alone that are listed, parted equally among the outlets
MOST_DATES = 12
SETTLED = pd.Timedelta(days=1)  # an outlet whose last article is so much older could not tell it
HOW = (
    "Sentences are aligned by words, what these mean, names, numbers and dates. Not carried: the outlet tells the "
    "story and has no sentence that is somewhat alike. A clause between dots: others tell the rest of its sentence, "
    "and most of its words nowhere"
)
ENDS = tuple(".!?…。؟।\"'”’»“)]")
WHOLE = 8  # words from which a sentence alone mostly says what it means without the one before it


def leading_story(snapshot: Snapshot, chosen: Filter) -> str:
    """The story of most outlets within the filter, then of most articles, then the latest; "" without one."""
    found = select_articles(
        snapshot,
        chosen,
        """SELECT story_id FROM chosen WHERE story_id IS NOT NULL GROUP BY story_id
        ORDER BY count(DISTINCT outlet) DESC, count(*) DESC, max(published) DESC NULLS LAST, story_id
        LIMIT 1""",
    )
    return "" if found.empty else str(found["story_id"].iloc[0])


def follow_story(snapshot: Snapshot, story: str) -> str:
    """The story that a link means now: one that was merged or renamed leads on; others stay as they are."""
    led = snapshot.sql(
        "SELECT merged_into FROM stories WHERE story_id = ? AND merged_into IS NOT NULL", (story,)
    )
    return story if led.empty else str(led["merged_into"].iloc[0])


def focus_story(snapshot: Snapshot, chosen: Filter) -> Filter:
    """The same filter with a story, its own or the leading one: every chart of one story begins here."""
    return chosen if chosen.story else chosen.narrow(story=leading_story(snapshot, chosen))


def list_articles(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an article of the story, by time: article_id, outlet, name, title, url, published, precision,
    origin, timezone, words, counted, story_title."""
    articles = select_articles(
        snapshot,
        chosen,
        """SELECT c.article_id, c.outlet, coalesce(o.name, c.outlet) AS name, c.title, c.url, c.published,
            c.published_precision AS precision, c.published_origin AS origin, o.timezone, c.words, c.counted,
            s.title AS story_title
        FROM chosen c LEFT JOIN outlets o USING (outlet) JOIN stories s USING (story_id)
        ORDER BY c.published NULLS LAST, c.article_id""",
        source=ALL_COLUMNS,
    )
    return Answer(frame=articles, n=len(articles), unit="articles")


def time_firsts(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an outlet: its first article of the story, and how long after the first (lag; may be missing).

    The verdict names a first mover only where every outlet's time is known and exact enough to tell.
    """
    articles = list_articles(snapshot, focus_story(snapshot, chosen)).frame
    first = articles.groupby("outlet", sort=False, observed=True).head(1).reset_index(drop=True)
    first = first.assign(lag=first["published"] - first["published"].min())
    undated = set(articles.loc[articles["published"].isna(), "name"])
    return Answer(
        frame=first,
        n=len(first),
        unit="outlets",
        verdict=_say_first(articles),
        note=_note_undated(undated),
    )


def match_facts(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a fact and outlet of the story: claim_id, fact, outlet, state, reason, article_id, at, outlets,
    place, told (where in its article the outlet tells it, 0 first to 1 last).

    `state` is "carried", "not sure", "not compared" or "not carried"; every outlet here carries the story, so it
    was observed. Not sure, and why (`reason`): a sentence is somewhat alike, and `article_id, at` lead to it; the
    fact has too few words to look for; the outlet's articles ended a day before the fact was first told; the
    filter hides the article that tells it. Not compared: the outlet tells the story in another language, too.
    Facts of several outlets come first; then those of one outlet alone, among them clauses of sentences whose rest
    others tell: of each outlet some, those that most others surely do not carry, in the order in which they are told.
    """
    chosen = focus_story(snapshot, chosen)
    told = _told_sentences(snapshot, chosen)
    if told.empty:
        return Answer(frame=told, n=0, unit="facts")
    echoes = _list_echoes(snapshot, chosen.story)
    cells = _fill_cells(told, echoes)
    left_out = cells["state"].eq("not carried").groupby(cells["claim_id"], observed=True).sum()
    grid = _rank_facts(told, left_out).merge(cells, on="claim_id", how="left", validate="one_to_many")
    n = told["claim_id"].nunique()
    alone = _count_alone(cells)
    listed = ", ".join(f"{name_of_outlet(snapshot, str(outlet))} {count}" for outlet, count in alone.items())
    shared = int((told.groupby("claim_id", observed=True)["outlet"].nunique() > 1).sum())
    return Answer(
        frame=grid,
        n=n,
        unit="facts",
        verdict=f"{shared} of {n} facts are told by more than one outlet."
        + (f" Surely in one alone: {listed}." if listed else ""),
        note=f"{grid['claim_id'].nunique()} listed: those of most outlets, and of those of one "
        f"alone some that most others surely do not carry. {HOW}",
    )


def date_events(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a day that the chosen articles of the story name, by day, the twelve of most outlets and articles.

    Columns: as `rank_events`.
    """
    events = rank_events(snapshot, focus_story(snapshot, chosen), MOST_DATES)
    found = 0 if events.empty else int(events["found"].iloc[0])
    few = f"{len(events)} of most outlets shown; " if found > len(events) else ""
    note = f"{few}dates that the texts name, reprints once"
    return Answer(frame=events.drop(columns="found"), n=found, unit="dates", note=note)


def _told_sentences(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """One row a sentence in a fact, or a clause that its outlet alone tells (a fact of its own, marked by dots).

    Columns: claim_id, similarity, outlet, article_id, published, start, sentence, told, fact.
    """
    return select_articles(
        snapshot,
        chosen,
        """SELECT k.claim_id, k.similarity, c.outlet, c.article_id, c.published,
            coalesce(k.start, n.start) AS start, n.sentence,
            coalesce(k.start, n.start) / greatest(1, length(t.text)) AS told,
            CASE WHEN k.start > n.start THEN '… ' ELSE '' END
            || substring(t.text, coalesce(k.start, n.start) + 1, coalesce(k.end, n.end) - coalesce(k.start, n.start))
            || CASE WHEN k.end < n.end THEN ' …' ELSE '' END AS fact
        FROM (SELECT story_id, claim_id, article_id, sentence, similarity, NULL AS start, NULL AS "end" FROM claims
            UNION ALL SELECT story_id, claim_id || '/' || start, article_id, sentence, 0, start, "end" FROM gaps) k
        JOIN chosen c USING (article_id)
        JOIN sentences n ON n.article_id = k.article_id AND n.sentence = k.sentence
        JOIN texts t ON t.article_id = k.article_id
        WHERE k.story_id = c.story_id AND n.role IN ('subtitle', 'body')
        ORDER BY c.published NULLS LAST, c.article_id, n.sentence, k.start NULLS FIRST""",
    )


def _list_echoes(snapshot: Snapshot, story: str) -> pd.DataFrame:
    """One row a fact and outlet that may tell it: claim_id, outlet, reason, article_id, at (both may be missing)."""
    return snapshot.sql(
        """SELECT e.claim_id, e.outlet, e.reason, e.article_id, n.start AS at
        FROM echoes e LEFT JOIN sentences n ON n.article_id = e.article_id AND n.sentence = e.sentence
        WHERE e.story_id = ?
        UNION ALL
        SELECT DISTINCT k.claim_id, a.outlet, 'hidden', NULL, NULL
        FROM claims k JOIN articles a USING (article_id) WHERE k.story_id = ?
        UNION ALL
        SELECT DISTINCT g.claim_id || '/' || g.start, a.outlet, 'language', NULL, NULL
        FROM gaps g JOIN articles own USING (article_id) JOIN story_articles s USING (story_id)
        JOIN articles a ON a.article_id = s.article_id AND a.language <> own.language WHERE g.story_id = ?""",
        (story, story, story),
    )


def _fill_cells(told: pd.DataFrame, echoes: pd.DataFrame) -> pd.DataFrame:
    """Each fact with each outlet of the story, and what the outlet makes of it."""
    facts = told[["claim_id"]].drop_duplicates()
    grid = facts.merge(pd.DataFrame({"outlet": sorted(told["outlet"].unique())}), how="cross")
    first = told.sort_values(["published", "start"]).drop_duplicates(["claim_id", "outlet"])
    where = first[["claim_id", "outlet", "article_id", "start", "similarity", "told"]]
    where = where.rename(columns={"start": "at"}).assign(state="carried")
    grid = grid.merge(where, on=["claim_id", "outlet"], how="left", validate="one_to_one")
    near = echoes.merge(where[["claim_id", "outlet"]], on=["claim_id", "outlet"], how="left", indicator=True)
    near = near[near.pop("_merge") == "left_only"].drop_duplicates(["claim_id", "outlet"])
    grid = grid.merge(
        near, on=["claim_id", "outlet"], how="left", suffixes=("", "_near"), validate="one_to_one"
    )
    early = grid["claim_id"].map(_first_told(told)) - grid["outlet"].map(_last_told(told)) >= SETTLED
    grid["reason"] = grid["reason"].mask(grid["reason"].isna() & grid["state"].isna() & early, "earlier")
    sure = pd.Series("not carried", index=grid.index).mask(grid["reason"].notna(), "not sure")
    grid["state"] = grid["state"].fillna(sure.mask(grid["reason"].eq("language"), "not compared"))
    grid["article_id"] = grid["article_id"].astype("str").fillna(grid.pop("article_id_near").astype("str"))
    grid["at"] = grid["at"].astype("Int64").fillna(grid.pop("at_near").astype("Int64"))
    return grid


def _count_alone(cells: pd.DataFrame) -> pd.Series:
    """How many facts each outlet alone carries and no other may, by outlet; most first, then by name."""
    carried, fact = cells["state"].eq("carried"), cells["claim_id"]
    sure = (carried | cells["state"].eq("not carried")).groupby(fact, observed=True).transform("all")
    alone = carried & sure & carried.groupby(fact, observed=True).transform("sum").eq(1)
    several = cells["outlet"].nunique() > 1
    counts = cells[alone & several].groupby("outlet", observed=True).size()
    return counts.sort_values(ascending=False, kind="stable")


def _first_told(told: pd.DataFrame) -> pd.Series:
    """When each fact was first told; missing where a time is."""
    return told.groupby("claim_id", observed=True)["published"].min()


def _last_told(told: pd.DataFrame) -> pd.Series:
    """When each outlet last told of the story; missing where the time of an article is."""
    dated = told.groupby("outlet", observed=True)["published"]
    return dated.max().where(dated.count() == dated.size())


def _rank_facts(told: pd.DataFrame, left_out: pd.Series) -> pd.DataFrame:
    """One row a fact to list: claim_id, fact (shortest wording), outlets, place (mean sentence number).

    `left_out`: how many outlets surely do not carry it, by claim_id.
    """
    facts = told.groupby("claim_id", observed=True).agg(
        outlets=("outlet", "nunique"), place=("sentence", "mean"), owner=("outlet", "first")
    )
    shortest = told.assign(length=told["fact"].str.len()).sort_values(["length", "fact"])
    facts["fact"] = shortest.drop_duplicates("claim_id").set_index("claim_id")["fact"]
    ranked = facts.reset_index().sort_values(["outlets", "place", "claim_id"], ascending=[False, True, True])
    several = ranked[ranked["outlets"] > 1].head(MOST_FACTS)
    each = max(2, MOST_ALONE // told["outlet"].nunique())
    alone = ranked[ranked["outlets"] == 1]
    alone = alone.assign(lean=alone["fact"].map(_lean), left_out=alone["claim_id"].map(left_out))
    alone = alone.sort_values(["lean", "left_out"], ascending=[True, False], kind="stable")
    alone = alone.groupby("owner", observed=True).head(each).sort_values(["owner", "place", "claim_id"])
    return pd.concat([several, alone], ignore_index=True)[["claim_id", "fact", "outlets", "place"]]


def _lean(fact: str) -> int:
    """How little a sentence says by itself: 1 for few words ("Seoul hit back on Thursday."), 2 for a heading."""
    return 1 + (not fact.rstrip().endswith(ENDS)) if len(fact.split()) < WHOLE else 0


def _say_first(articles: pd.DataFrame) -> str:
    """Who was first, in a sentence; unknown where a time is missing, a tie where the times cannot tell."""
    if articles["outlet"].nunique() < 2:
        return ""
    timed = articles.rename(columns={"precision": "published_precision"})
    first, _ = name_first(timed)
    if first == UNKNOWN:
        return "First: unknown. An article of the story has no publication time."
    if first == TIE:
        return "First: a tie. The times cannot tell the earliest outlets apart."
    return f"First: {articles.loc[articles['outlet'] == first, 'name'].iloc[0]}."


def _note_undated(undated: set[str]) -> str:
    return f"Without a time: {', '.join(sorted(undated))}." if undated else ""
