"""Newsdesk: short texts as frames for features, and the two reference articles where at hand."""

from pathlib import Path

import pandas as pd
import pytest

from etl.transform.actors import ACTORS, MENTIONS
from etl.transform.quotes import QUOTES
from etl.transform.sentences import SENTENCES

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


def lay_out(*texts, language="en", outlet="desk"):
    """Articles, texts and sentences of these texts, whose first line is the headline."""
    ids = [f"a{number}" for number in range(len(texts))]
    heads = [text.split("\n")[0] for text in texts]
    articles = pd.DataFrame({"article_id": ids, "title": heads, "language": language, "outlet": outlet})
    bodies = [min(len(text), len(head) + 2) for text, head in zip(texts, heads, strict=True)]
    frame = pd.DataFrame({"article_id": ids, "text": list(texts), "body_start": bodies})
    return articles, frame, SENTENCES.compute(articles, frame)


def mention(*texts, language="en"):
    """The mentions of these texts."""
    return MENTIONS.compute(*lay_out(*texts, language=language))


def register(*texts):
    """Mentions with the name of their actor, and the actors."""
    articles, frame, sentences = lay_out(*texts)
    mentions = MENTIONS.compute(articles, frame, sentences)
    actors = ACTORS.compute(mentions, articles)
    return mentions.merge(
        actors[["actor_id", "name", "country"]], on="actor_id", validate="many_to_one"
    ), actors


def quote(*texts, language="en"):
    """The quotes of these texts with their words."""
    articles, frame, sentences = lay_out(*texts, language=language)
    quotes = QUOTES.compute(articles, frame, sentences, MENTIONS.compute(articles, frame, sentences))
    text_of = dict(zip(frame["article_id"], frame["text"], strict=True))
    rows = zip(quotes["article_id"], quotes["start"], quotes["end"], strict=True)
    words = [text_of[article][start:end] for article, start, end in rows]
    return quotes.assign(words=pd.Series(words, index=quotes.index, dtype="str"))


def read_seed(number):
    """One reference article as its page was saved."""
    found = sorted(SEEDS.glob(f"{number:03}_*.txt"))
    if not found:
        pytest.skip("the two reference articles are not beside this tree")
    return found[0].read_text(encoding="utf-8").removeprefix("ua en ru\n\n")
