"""Measures: what each number means, in our own words. A chart names its measure; its card and the method page
define it.
"""

from __future__ import annotations

MEASURES: tuple[tuple[str, str], ...] = (
    (
        "Counting unit",
        "Articles counts every article. Unique texts counts a group of reprints once: articles of which "
        "at least 60 % of the five-word runs stand in one another. Publisher families counts such a "
        "group once for each "
        "owner. The inflation factor is articles divided by unique texts.",
    ),
    (
        "Observation and gaps",
        "A day counts as observed for an outlet when at least one check of its sources answered. "
        "A day that nobody observed is a gap: the line breaks and the day is hatched, because nothing "
        "seen is not the "
        "same as nothing published.",
    ),
    (
        "Attention",
        "What was published a day in the chosen unit. The usual range is the median of the same weekday in "
        "the eight weeks before, plus or minus two robust standard deviations (1.4826 "
        "times the median absolute "
        "deviation, and at least the square root of the median). With fewer than four "
        "such days there is no range.",
    ),
    (
        "Bursts",
        "Days on which an actor, a story, a search or everything is covered far above what its own past lets "
        "expect: its level of the last weeks, times the weekday's own factor, times the articles of the day (for "
        "everything: what the known outlets usually publish), so that an outlet that comes or goes makes no burst, "
        "and a day that nobody observed says nothing. A day is judged by the days before it alone, four observed "
        "weeks or more: the upper tail of a negative binomial whose dispersion is learned from them, for the day, "
        "three and seven days, under false discovery control over all days and series (Benjamini and Hochberg 1995). "
        "The span and the ratio look back, so that later days can move them: the best path of Kleinberg's automaton "
        "(2002) on the same distribution, held against the days before and after. A span is chosen because it is "
        "high, so its ratio is somewhat too high too.",
    ),
    (
        "Share of voice",
        "What one outlet (or actor) has of the total of the set that is shown, in the chosen unit, with "
        "a Wilson interval of 95 %. It never stands for money or reach.",
    ),
    (
        "Tone",
        "TextBlob's polarity (−1 to 1) and subjectivity (0 to 1) of each sentence, always "
        "beside the share of its "
        "words that the lexicon knows; and the form of GDELT: positive minus negative words in 100 "
        "words. A lexicon hears "
        "words and not meaning, so where instruments disagree or the interval covers 0 the verdict is: "
        "no detectable "
        "difference.",
    ),
    (
        "Voice",
        "Words inside quotation marks belong to the speaker, the rest to the outlet; "
        "headlines and captions are "
        "voices of their own.",
    ),
    (
        "Time to coverage",
        "The time from a story's first article to an outlet's first. A time is as wide as its "
        "precision: where two such spans overlap it is a tie, and where one article has "
        "no time the first is unknown. An outlet is first or later only where the times say so. How soon an outlet "
        "has half of the stories is read off Kaplan and Meier's curve (1958): an outlet that was observed and did not "
        "carry a story counts for as long as it was observed without a break. The curve is made twice, with the "
        "longest and with the shortest times that the precision allows, and the range between both is shown. Of a "
        "story in other languages than an outlet writes, or that began while nobody observed it, nothing is said.",
    ),
    (
        "Coverage skew",
        "Whether a group of outlets (by country, language, family, kind or your own groups) carries a story less than "
        "the rest: the log odds ratio of carrying it, of the outlets that were observed on a day of the story and "
        "write in a language of it, with half an outlet added to each cell (Haldane 1956) and Woolf's interval of 95 "
        "%. A blind spot is an interval below 0 and at most a fifth of the group. Below three observed outlets on "
        "either side nothing is said, and with few outlets hardly any interval can exclude 0.",
    ),
    (
        "Gatekeeping",
        "Which stories an outlet selects (D'Alessio and Allen 2000). Told alone: a story of which no other outlet of "
        "the store has an article, on whatever day and whatever the filter shows. It rests on which articles the "
        "machine puts into one story: a story that is split in two looks like two told alone, and what an outlet "
        "outside of the store told is not known.",
    ),
    (
        "Agenda overlap and churn",
        "Rank-biased overlap (Webber, Moffat and Zobel 2010, p = .9) of two rankings by count, of two outlets or of "
        "two periods in a row; equal counts share a place. Churn is 1 minus it. The interval leaves out one of twenty "
        "parts of the stories after another. Stories that differ in language are one only where they were joined.",
    ),
    (
        "Publication rhythm",
        "What is published in each hour of the week by the clock of the outlet's place; only times that are known to "
        "the hour count.",
    ),
    (
        "Text reuse",
        "Shared runs of twelve words or more, or two of eight. An article is a duplicate when at least 60 % "
        "of its five-word runs stand in another, partial from 30 %, or from 35 % of its three-word runs, which "
        "hold where single words were changed. Words inside quotation marks of both are marked. The copy rate "
        "of an outlet is the mean share of an article that stood, outside such quotations, in surely earlier "
        "articles of its story by other outlets "
        "(Cagé, Hervé and Viaud 2020).",
    ),
    (
        "Distinctive words",
        "Log-odds ratio with an informative Dirichlet prior from all texts (Monroe, Colaresi and "
        "Quinn 2008), with false discovery control.",
    ),
    ("Word shift", "What each word adds to the difference of two mean tones (Gallagher and others 2021)."),
    (
        "Revision rate",
        "Versions for each article, and the share of articles that changed after they were first read. A changed "
        "article becomes a new version and stays one article; what was read once cannot show a change.",
    ),
    (
        "Media salience",
        "How present an actor is: the articles that name it, and how prominently (in the headline or the "
        "first paragraphs). A name is matched with its other forms and with the office where the text says so.",
    ),
    (
        "Tone towards an actor",
        "Negative, neutral or positive: what a sentence says about the one actor that it names, as a model "
        "trained on labelled news judges it, with its probability. It is not the tone of the sentence: bad "
        "news about a victim is not bad about the victim.",
    ),
    (
        "Agents and patients",
        "The part that an actor has in its clause, as the parsed sentence shows it. The subject of an active verb and "
        'who stands behind "by" act; the object and the subject of a passive are acted upon; owners, places and '
        "what somebody is or has are neither. The share is agents divided by agents and patients. Who dies or "
        'suffers counts as acted upon. A passive names nobody where no "by" follows it. It is grammar and no '
        "judgement of who is to blame, and it is read in English alone.",
    ),
    (
        "Co-mentions",
        "Two actors in one text more often than chance: given how many texts name each, how likely so many name "
        "both if the two were independent. Texts of one story resemble each other, so a pair may stand for one "
        "story; the articles behind it tell.",
    ),
    (
        "Sources",
        "Who is quoted: by name, or by a pronoun or description that the article itself resolves, else open. A "
        "quotation of several speakers counts for each. "
        "Variety counts the different speakers; the effective number is what equally quoted "
        "speakers would give the same mix (the exponential of Shannon's entropy). Outlets are compared at equally many "
        "quotations (rarefaction: Hurlbert 1971; Chao and others 2014). A source is a person by name or "
        "unique role, an institution, a document, or anonymous; where the words leave it open, it is counted nowhere. "
        "Through whom it came (“told Reuters”) stands beside the speaker.",
    ),
    (
        "Quotes",
        "Words that a text gives as somebody's: direct (inside quotation marks), reported (without them) or "
        "mixed. Across outlets one utterance is verbatim, edited, cut short, paraphrased or absent: held against "
        "the whole sentences of an original text that it repeats, where you gave one, else against the fullest "
        "wording. An original text is no article and counts in no number of coverage; a translation is not compared.",
    ),
    (
        "Fact coverage",
        "Sentences of different outlets that say the same are one fact; its coverage is the outlets that carry "
        "it, of those that were observed and carried the story. Only for these can an omission be stated, and only "
        "where the outlet has no sentence that is somewhat alike; else it is not sure.",
    ),
    (
        "Order of telling",
        "Where an outlet tells a fact: the number of the sentence in its article, 0 for the first of the body and 1 "
        "for the last. How alike two orders are is Kendall's tau-b (1945) over the facts that both tell: 1 is the same "
        "order, −1 the reverse, 0 none in common. Its 95 % interval is that of Fieller, Hartley and Pearson (1957), "
        "which is somewhat too narrow above .8; below ten facts neither is shown. News mostly puts first what it "
        "takes for most important; a text that tells what happened in turn does not.",
    ),
    (
        "Conflicts",
        "Aligned sentences that differ in a number of the same thing, a date, a name in the same part, or in whether "
        "it is so, stand side by side; nobody is declared right. Rounded values, parts of a whole and a count that "
        "is higher an hour later (an update) are no conflict.",
    ),
    (
        "Labels",
        "Which words outlets use for the same actor or the same event, counted by article.",
    ),
    (
        "Timeline",
        "Dates that sentences name, as calendar days, months or years, read from the article's own date. "
        "A date weighs as many outlets as mention it; reprints count once.",
    ),
    (
        "Frames",
        "Five ways to tell news (conflict, human interest, economy, morality, responsibility; Semetko and "
        "Valkenburg 2000). Presence is the share of articles with such a sentence, salience the share of "
        "sentences. The model says how sure it is, and each sentence can be read.",
    ),
    (
        "Reporting verbs",
        "How an outlet brings in what others say: neutral (said), endorsing (pointed out) or distancing "
        "(claimed), as a share of its quotes that have such a verb.",
    ),
    (
        "Refreshes and versions",
        "A refresh reads the sources once. What it changed becomes visible at once, as one version of the store "
        "over all its tables, and every version can be opened again. The seconds are wall time over its stages.",
    ),
    (
        "Quarantine",
        "Inputs that could not be used, each with its reason and what would mend it. They stand in no number.",
    ),
    (
        "Tables and columns",
        "What a row is, which columns name it, and what each column holds, as the store enforces it.",
    ),
)


def define(measure: str) -> str:
    """The definition of a measure; "" where it has none."""
    return dict(MEASURES).get(measure, "")
