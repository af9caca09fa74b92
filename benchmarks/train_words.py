"""Make data/models/words_en.npz: `python -m benchmarks.train_words`.

How many articles of the NewsArticles corpus carry each word: only numbers, a hash for each word. The corpus
is fetched by name and checksum; no text is kept.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.extract.newsarticles import fetch_corpus
from etl.settings import DATA
from etl.transform.shingles import read_tokens
from etl.transform.stories.words import FROZEN, count_words

FEWEST = 3  # articles: rarer words weigh as if they were new, and most are misspelt or broken
CARD = """\
# words_en: how many articles carry an English word

- Answers: of {articles:,} articles, how many carry a word; {words:,} words that {fewest} or more carry. Stories
  weigh words by it, so that the likeness of two articles depends on nothing but these two.
- Form: a 64-bit number for each folded word, and a count. No text can be read from it. Made by
  `benchmarks/train_words.py`.
- Data: NewsArticles, nine outlets, December 2016 to March 2017. Counts are facts about the corpus: Apache-2.0.
- Limits: words that came up later count as rare; half of what was said in those months is about politics.
"""


def main() -> None:
    """Count, write, describe."""
    corpus = pd.read_csv(fetch_corpus(DATA / "demo" / "cache"), encoding_errors="replace").fillna("")
    counts = count_words(*(read_tokens(tuple(corpus[part].astype("str"))) for part in ("title", "text")))
    often = counts.carried >= FEWEST
    path = FROZEN["en"]
    np.savez_compressed(
        path, allow_pickle=False,
        articles=counts.articles, codes=counts.codes[often], carried=counts.carried[often].astype(np.uint16),
    )  # fmt: skip
    told = CARD.format(articles=counts.articles, words=int(often.sum()), fewest=FEWEST)
    path.with_suffix(".md").write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
