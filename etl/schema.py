"""THE CONTRACT: every table that the ETL promises and the dashboard may rely on.

Times are UTC. Spans are half-open character offsets [start, end) into `texts.text`, which opens with the
headline and the subtitle, so that a mention in a headline has a span too; `text[start:end] == surface`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from etl.table import Column, Table

TEXT, WHOLE, COUNT, SHARE, NUMBER = "str", "int64", "int64", "float64", "float64"
TIME, DAY = "datetime64[us, UTC]", "datetime64[us]"
PRECISIONS = ("second", "minute", "hour", "day", "month", "none")
ORIGINS = ("metadata", "feed", "dateline", "url", "file", "none")
ROLES = (
    "navigation", "byline", "dateline", "caption", "credit", "label", "promotion", "appeal", "duplicate",
)  # fmt: skip
KINDS = ("person", "organisation", "country", "place", "group")
VOICES = ("outlet", "quoted", "headline", "caption")
CUES = ("neutral", "endorsing", "distancing")
SOURCE_TYPES = ("person", "institution", "document", "anonymous")
EVER = float("inf")

_maybe: Callable[..., Column] = partial(Column, optional=True)


def _span(name: str, what: str, *, optional: bool = False) -> tuple[Column, Column]:
    """The two columns of a span; `name` is empty or ends in an underscore."""
    dtype = "Int64" if optional else WHOLE
    place = partial(Column, unit="characters", bounds=(0, EVER), optional=optional)
    first = place(f"{name}start", dtype, f"first character of {what}")
    return first, place(f"{name}end", dtype, f"one past the last character of {what}")


ARTICLE = Column("article_id", TEXT, "the article; stays the same while outlet and address stay")
SENTENCE = Column("sentence", WHOLE, "number in its article; the headline is 0", "", (0, EVER))
RUN = Column("run_id", TEXT, "the refresh that wrote the row", volatile=True)
TONE3 = tuple(
    _maybe(f"tone_{label}", NUMBER, f"probability that the wording is {label} towards the actor", "", (0, 1))
    for label in ("negative", "neutral", "positive")
)

OUTLETS = Table("outlets", "one outlet as configured", ("outlet",), (
    Column("outlet", TEXT, "short name of the outlet, used as its id"),
    Column("name", TEXT, "name as readers know it"),
    _maybe("country", TEXT, "country of publication", "ISO 3166 alpha-3"),
    Column("languages", TEXT, "languages it publishes in", "ISO 639-1, parted by '; '"),
    _maybe("family", TEXT, "publisher family: outlets of one owner"),
    _maybe("kind", TEXT, "agency, newspaper, broadcaster, online ..."),
    _maybe("timezone", TEXT, "zone in which its times are read", "IANA name"),
    Column("groups", TEXT, "groups given by the user", "parted by '; '"),
    Column("domains", TEXT, "domains it publishes on", "parted by '; '"),
))  # fmt: skip
OBSERVATIONS = Table("observations", "one outlet on one day", ("outlet", "day"), (
    Column("outlet", TEXT, "the outlet"),
    Column("day", DAY, "the day, UTC"),
    Column("checks", COUNT, "how often its sources were asked", "checks", (0, EVER)),
    Column("successes", COUNT, "how often they answered", "checks", (0, EVER)),
    Column("items", COUNT, "articles of that day that were seen", "articles", (0, EVER)),
    Column("status", TEXT, "a zero counts only where observed", "", None,
           ("observed", "partial", "failed", "not_watched")),
))  # fmt: skip
ARTICLES = Table("articles", "the current version of one article by one outlet", ("article_id",), (
    ARTICLE,
    Column("outlet", TEXT, "the outlet that published it"),
    Column("language", TEXT, "language of the text; und: undetermined", "ISO 639-1"),
    Column("url", TEXT, "address, or empty for a file without one"),
    Column("title", TEXT, "headline"),
    Column("subtitle", TEXT, "line under the headline, or empty"),
    Column("authors", TEXT, "names in the byline", "parted by '; '"),
    Column("section", TEXT, "section or rubric, or empty"),
    _maybe("published", TIME, "publication time", "UTC"),
    Column("published_precision", TEXT, "how exact `published` is", "", None, PRECISIONS),
    Column("published_origin", TEXT, "where `published` was read", "", None, ORIGINS),
    Column("seen_first", TIME, "when it was first read", "UTC", volatile=True),
    Column("seen_last", TIME, "when it was last read and had changed, or first read", "UTC", volatile=True),
    Column("revision", COUNT, "number of the current version, from 0", "versions", (0, EVER)),
    Column("words", COUNT, "words of the body", "words", (0, EVER)),
    Column("snapshot", TEXT, "sha256 of the raw bytes", "hex"),
    Column("source", TEXT, "kind and name of the source it came from"),
    RUN,
))  # fmt: skip
TEXTS = Table("texts", "the clean text of one article", ("article_id",), (
    ARTICLE,
    Column("text", TEXT, "headline, subtitle and body; paragraphs parted by a blank line"),
    Column("body_start", WHOLE, "where the body begins in `text`", "characters", (0, EVER)),
))  # fmt: skip
REVISIONS = Table("revisions", "one version of an article", ("article_id", "revision"), (
    ARTICLE,
    Column("revision", COUNT, "number of the version, from 0", "versions", (0, EVER)),
    Column("seen", TIME, "when this version was first read", "UTC", volatile=True),
    Column("snapshot", TEXT, "sha256 of the raw bytes", "hex"),
    Column("title", TEXT, "headline of this version"),
    Column("text", TEXT, "text of this version"),
    Column("words_added", COUNT, "words that the version before did not have", "words", (0, EVER)),
    Column("words_removed", COUNT, "words of the version before that are gone", "words", (0, EVER)),
))  # fmt: skip
CUTS = Table("cuts", "one piece of the page that is not body", ("article_id", "cut"), (
    ARTICLE,
    Column("cut", COUNT, "number of the piece in page order, from 0", "", (0, EVER)),
    Column("role", TEXT, "what the piece is", "", None, ROLES),
    Column("text", TEXT, "the piece, as it stood on the page"),
    Column("rule", TEXT, "the rule that cut it"),
))  # fmt: skip
SENTENCES = Table("sentences", "one sentence", ("article_id", "sentence"), (
    ARTICLE, SENTENCE, *_span("", "the sentence"),
    Column("paragraph", WHOLE, "number of its paragraph in `text`, from 0", "", (0, EVER)),
    Column("role", TEXT, "where it stands", "", None, ("headline", "subtitle", "body", "caption")),
    Column("quoted", SHARE, "share of its words inside quotation marks", "share", (0, 1)),
))  # fmt: skip
TONES = Table("tones", "the tone of one sentence", ("article_id", "sentence"), (
    ARTICLE, SENTENCE,
    _maybe("textblob_polarity", NUMBER, "mean polarity of its lexicon words; missing: no word", "", (-1, 1)),
    _maybe("textblob_subjectivity", NUMBER, "mean subjectivity of its lexicon words", "", (0, 1)),
    Column("textblob_hits", COUNT, "words found in TextBlob's lexicon", "words", (0, EVER)),
    Column("positive_words", COUNT, "words with a positive entry in the tonal lexicon", "words", (0, EVER)),
    Column("negative_words", COUNT, "words with a negative entry", "words", (0, EVER)),
    Column("active_words", COUNT, "words that denote activity", "words", (0, EVER)),
    Column("words", COUNT, "all words of the sentence", "words", (0, EVER)),
    *(_maybe(f"model_{x}", NUMBER, f"probability that the sentence is {x}; missing until a model is set",
             "", (0, 1)) for x in ("negative", "neutral", "positive")),
))  # fmt: skip
TONE_WORDS = Table("tone_words", "one word that gave a sentence its TextBlob tone", ("article_id", "start"), (
    ARTICLE, *_span("", "the word with what modifies it"), SENTENCE,
    Column("word", TEXT, "the word in lower case, with its modifiers: 'very good'"),
    Column("polarity", NUMBER, "polarity that it got here, after negation and intensifiers", "", (-1, 1)),
))  # fmt: skip
ACTORS = Table("actors", "one person, organisation, country, place or group", ("actor_id",), (
    Column("actor_id", TEXT, "the actor; stays the same between refreshes"),
    Column("name", TEXT, "name it goes by here"),
    Column("kind", TEXT, "what it is", "", None, KINDS),
    _maybe("country", TEXT, "country it is, or belongs to", "ISO 3166 alpha-3"),
    _maybe("wikidata", TEXT, "Wikidata item, where verified"),
    Column("aliases", TEXT, "other names seen", "parted by '; '"),
))  # fmt: skip
MENTIONS = Table("mentions", "one mention of an actor", ("article_id", "start"), (
    ARTICLE, *_span("", "the mention"), SENTENCE,
    Column("actor_id", TEXT, "the actor meant"),
    Column("surface", TEXT, "the words as they stand"),
    Column("kind", TEXT, "what is named", "", None, KINDS),
    _maybe("label", TEXT, "title or description beside the name: 'dictator', 'Russian leader'"),
    _maybe("part", TEXT, "part in its clause; missing where it was not analysed", "", None,
           ("agent", "patient", "other")),
    _maybe("agentless", "boolean", "for the subject of a passive: nobody is named who did it"),
    Column("metonym", "boolean", "a place named for its government: 'Seoul said'"),
    Column("voice", TEXT, "whose words it stands in", "", None, VOICES),
    *TONE3,
    Column("method", TEXT, "recogniser or rule that found it"),
))  # fmt: skip
QUOTES = Table("quotes", "one quotation or attributed statement", ("article_id", "start"), (
    ARTICLE, *_span("", "the quotation"),
    Column("kind", TEXT, "form of the quotation", "", None, ("direct", "indirect", "mixed")),
    *_span("speaker_", "the speaker's mention", optional=True),
    _maybe("speaker", TEXT, "who is said to speak; missing where the text does not say"),
    _maybe("actor_id", TEXT, "the speaker as an actor; missing for several, who stand in `quote_speakers`"),
    _maybe("cue", TEXT, "word that brings the quotation in: 'said'"),
    _maybe("cue_class", TEXT, "stance of the cue", "", None, CUES),
    _maybe("source_type", TEXT, "kind of source it rests on; missing where the text leaves it open", "", None,
           SOURCE_TYPES),
    *_span("via_", "the words for the intermediary", optional=True),
    _maybe("via", TEXT, "through whom or what it came: 'Reuters', 'Telegram'; missing where directly"),
    _maybe("via_id", TEXT, "the intermediary as an actor"),
    _maybe("utterance_id", TEXT, "the same utterance across outlets"),
))  # fmt: skip
QUOTE_SPEAKERS = Table("quote_speakers", "one actor who says one quotation; joint speakers have a row each",
                       ("article_id", "start", "actor_id"), (
    ARTICLE, *_span("", "the quotation"),
    Column("actor_id", TEXT, "the actor who says it, alone or with others"),
    *_span("named_", "the mention that tells who is meant; before the speaker's words if these name nobody"),
    Column("link", TEXT, "what the speaker's words are", "", None, ("name", "description", "pronoun")),
))  # fmt: skip
DATES = Table("dates", "one temporal expression", ("article_id", "start"), (
    ARTICLE, *_span("", "the expression"), SENTENCE,
    Column("surface", TEXT, "the words as they stand"),
    Column("value", TEXT, "calendar value; empty where it cannot be resolved", "TIMEX3"),
    Column("type", TEXT, "kind of expression", "TIMEX3", None, ("DATE", "TIME", "DURATION", "SET")),
    Column("granularity", TEXT, "how exact the value is", "", None,
           ("time", "day", "week", "month", "quarter", "year", "decade", "century", "vague")),
    _maybe("first_day", DAY, "first day that the value covers"),
    _maybe("last_day", DAY, "last day that it covers"),
    Column("anchor", TEXT, "what it was resolved against", "", None, ("text", "published", "story", "none")),
))  # fmt: skip
FRAMES = Table("frames", "one frame found in one sentence", ("article_id", "sentence", "frame"), (
    ARTICLE, SENTENCE,
    Column("frame", TEXT, "the frame"),
    Column("scheme", TEXT, "the list of frames it belongs to"),
    Column("score", NUMBER, "probability of the frame", "", (0, 1)),
    *_span("evidence_", "the words that carry it"),
))  # fmt: skip
REPRINTS = Table("reprints", "one article in a reprint group", ("article_id",), (
    ARTICLE,
    Column("reprint_id", TEXT, "the group of articles with the same text"),
    Column("level", TEXT, "duplicate from containment .6, else partial", "", None, ("duplicate", "partial")),
    Column("containment", SHARE, "largest share of its 5-word runs in another article", "share", (0, 1)),
    _maybe("earliest", "boolean", "first of its group; missing where times are unknown or tie"),
))  # fmt: skip
REUSE = Table("reuse", "one passage shared by two articles",
              ("article_a", "start_a", "article_b", "start_b"), (
    Column("article_a", TEXT, "the article with the smaller id"),
    Column("start_a", WHOLE, "first character in its text", "characters", (0, EVER)),
    Column("article_b", TEXT, "the other article"),
    Column("start_b", WHOLE, "first character in its text", "characters", (0, EVER)),
    Column("end_a", WHOLE, "one past the last character in a", "characters", (0, EVER)),
    Column("end_b", WHOLE, "one past the last character in b", "characters", (0, EVER)),
    Column("tokens", COUNT, "length of the shared run", "words", (1, EVER)),
    Column("quoted", "boolean", "the run stands inside quotation marks in both"),
))  # fmt: skip
STORIES = Table("stories", "one story, or the name of one that is gone, as it was when it was merged or renamed",
                ("story_id",), (
    Column("story_id", TEXT, "the story; named after its first article"),
    Column("title", TEXT, "headline of its most central article"),
    _maybe("first", TIME, "first known publication time", "UTC"),
    _maybe("last", TIME, "last known publication time", "UTC"),
    Column("articles", COUNT, "articles in it", "articles", (1, EVER)),
    Column("outlets", COUNT, "outlets that carry it", "outlets", (1, EVER)),
    _maybe("merged_into", TEXT, "story that holds most of its articles now"),
))  # fmt: skip
STORY_ARTICLES = Table("story_articles", "one article in its story", ("article_id",), (
    ARTICLE,
    Column("story_id", TEXT, "its story"),
    Column("similarity", NUMBER, "similarity to the story when it joined; 1 for its first", "", (0, 1)),
))  # fmt: skip
CLAIMS = Table("claims", "one sentence in a group of sentences that say the same",
               ("story_id", "claim_id", "article_id", "sentence"), (
    Column("story_id", TEXT, "the story"),
    Column("claim_id", TEXT, "the group of sentences"),
    ARTICLE, SENTENCE,
    Column("similarity", NUMBER, "similarity to the nearest sentence of another outlet", "", (0, 1)),
    _maybe("conflict", TEXT, "kinds in which it is at odds with another sentence of the group, parted by '; ';"
           " missing where in none"),
))  # fmt: skip
ECHOES = Table("echoes", "one outlet that may tell a claim in other words, so that it cannot be said to leave it"
               " out", ("story_id", "claim_id", "outlet"), (
    Column("story_id", TEXT, "the story"),
    Column("claim_id", TEXT, "the group of sentences"),
    Column("outlet", TEXT, "an outlet of the story without a sentence in the group"),
    Column("reason", TEXT, "a sentence somewhat alike; too few words to look for, or no whole sentence; another"
           " language", "", None, ("alike", "brief", "language")),
    _maybe("article_id", TEXT, "article of the sentence that is most alike"),
    _maybe("sentence", "Int64", "number of that sentence in its article"),
    _maybe("similarity", NUMBER, "how alike it is", "", (0, 1)),
))  # fmt: skip
GAPS = Table("gaps", "one clause that no other outlet of the story tells, in a sentence that others tell, too",
             ("story_id", "article_id", "start"), (
    Column("story_id", TEXT, "the story"),
    Column("claim_id", TEXT, "the group of sentences"),
    ARTICLE, SENTENCE, *_span("", "the clause"),
    Column("share", SHARE, "share of its telling words, by weight, that the others have nowhere; the least", "",
           (0, 1)),
))  # fmt: skip
CONFLICTS = Table("conflicts", "one difference between two sentences of a claim; shown, never judged",
                  ("article_a", "start_a", "article_b", "start_b", "kind"), (
    Column("story_id", TEXT, "the story"),
    Column("claim_id", TEXT, "the group of sentences"),
    Column("kind", TEXT, "what differs; update: what may grow is higher an hour later or more", "", None,
           ("number", "date", "name", "modality", "update")),
    Column("article_a", TEXT, "the article that was published first, where that is known"),
    *(Column(f"{edge}_a", WHOLE, f"{meaning} in its text", "characters", (0, EVER))
      for edge, meaning in (("start", "first character of the words that differ"), ("end", "one past the last"))),
    Column("article_b", TEXT, "the other article"),
    *(Column(f"{edge}_b", WHOLE, f"{meaning} in its text", "characters", (0, EVER))
      for edge, meaning in (("start", "first character of the words that differ"), ("end", "one past the last"))),
))  # fmt: skip
EVENTS = Table("events", "one dated event of a story's timeline", ("story_id", "first_day", "value"), (
    Column("story_id", TEXT, "the story"),
    Column("first_day", DAY, "first day of the event"),
    Column("value", TEXT, "its calendar value", "TIMEX3"),
    Column("sentence_article", TEXT, "article of the sentence that tells it best"),
    SENTENCE,
    Column("outlets", COUNT, "outlets that mention the date, reprints once", "outlets", (1, EVER)),
    Column("articles", COUNT, "articles that mention it", "articles", (1, EVER)),
))  # fmt: skip
JUDGEMENTS = Table("judgements", "one label that a person gave", ("judgement_id",), (
    Column("judgement_id", TEXT, "the label"),
    Column("task", TEXT, "what was judged"),
    ARTICLE, *_span("", "what was judged", optional=True),
    Column("label", TEXT, "the judgement"),
    Column("person", TEXT, "who gave it"),
    Column("made", TIME, "when", "UTC", volatile=True),
))  # fmt: skip
PRIMARIES = Table("primaries", "one original text that outlets quote; given by the user, never coverage",
                  ("primary_id",), (
    Column("primary_id", TEXT, "the original text: a hash of its words"),
    Column("name", TEXT, "name it goes by here"),
    Column("url", TEXT, "its address, or empty for a file"),
    Column("language", TEXT, "language of the text; und: undetermined", "ISO 639-1"),
    _maybe("published", TIME, "when it was published", "UTC"),
    Column("published_precision", TEXT, "how exact `published` is", "", None, PRECISIONS),
    Column("text", TEXT, "title and paragraphs, parted by a blank line"),
    Column("snapshot", TEXT, "sha256 of the raw bytes", "hex"),
))  # fmt: skip
PRIMARY_QUOTES = Table("primary_quotes", "one run of words that a quotation has from an original text",
                       ("article_id", "start", "primary_id", "primary_start"), (
    ARTICLE, *_span("", "the quotation"),
    Column("primary_id", TEXT, "the original text"),
    *_span("primary_", "the run in the original text"),
    *_span("run_", "the run in the article's text"),
    *_span("passage_", "the whole sentences of the original text that hold the run"),
    Column("tokens", COUNT, "length of the run", "words", (1, EVER)),
))  # fmt: skip
RUNS = Table("runs", "one refresh", ("run_id",), (
    RUN,
    Column("started", TIME, "when it began", "UTC", volatile=True),
    _maybe("finished", TIME, "when it ended", "UTC", volatile=True),
    Column("status", TEXT, "how it ended", "", None, ("running", "complete", "partial", "failed")),
    Column("code_version", TEXT, "version of NewsPrism"),
    Column("settings", TEXT, "settings that it ran with", "JSON"),
    *(Column(x, COUNT, meaning, "articles", (0, EVER)) for x, meaning in (
        ("read", "inputs that were read"), ("new", "articles that are new"),
        ("changed", "articles that got a new version"), ("unchanged", "articles as before"),
        ("quarantined", "inputs that could not be used"))),
    Column("seconds", TEXT, "wall time by stage", "JSON, seconds", volatile=True),
))  # fmt: skip
QUARANTINE = Table("quarantine", "one input that could not be used", ("run_id", "item"), (
    RUN,
    Column("item", TEXT, "the input's name in its source"),
    Column("source", TEXT, "kind and name of the source"),
    Column("url", TEXT, "its address, or empty"),
    Column("stage", TEXT, "where it failed", "", None, ("extract", "transform", "load")),
    Column("reason", TEXT, "what is wrong with it"),
    Column("remedy", TEXT, "what to do about it"),
    Column("snapshot", TEXT, "sha256 of the bytes, where there were any", "hex"),
))  # fmt: skip

TABLES: dict[str, Table] = {table.name: table for table in (
    OUTLETS, OBSERVATIONS, ARTICLES, TEXTS, REVISIONS, CUTS, SENTENCES, TONES, TONE_WORDS, ACTORS, MENTIONS,
    QUOTES, QUOTE_SPEAKERS, DATES, FRAMES, REPRINTS, REUSE, STORIES, STORY_ARTICLES, CLAIMS, ECHOES,
    GAPS, CONFLICTS, EVENTS, PRIMARIES, PRIMARY_QUOTES, JUDGEMENTS, RUNS, QUARANTINE,
)}  # fmt: skip


def describe_tables() -> str:
    """The data dictionary in Markdown: a heading a table, a line a column. README and method page show it."""
    return "\n\n".join(_describe(table) for table in TABLES.values())


def _describe(table: Table) -> str:
    """One table of the dictionary; the key is set in bold."""
    lines = [
        f"**{table.name}**: one row is {table.one_row}.",
        "",
        "| column | type | meaning |",
        "|---|---|---|",
    ]
    for column in table.columns:
        name = f"**{column.name}**" if column.name in table.key else column.name
        extras = [column.unit, ", ".join(column.values), "may be missing" if column.optional else ""]
        meaning = "; ".join([column.meaning, *(extra for extra in extras if extra)])
        lines.append(f"| {name} | {column.dtype} | {meaning} |")
    return "\n".join(lines)
