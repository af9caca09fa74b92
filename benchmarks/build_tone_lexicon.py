"""Build data/lexicons/tone.csv: `python benchmarks/build_tone_lexicon.py VADER_LEXICON_TXT`.

The argument is `vader_lexicon.txt` of the package vaderSentiment 3.3.2 (MIT). TextBlob's en-sentiment.xml
(PDDL: public domain) is read from the installed package; the activity words are our own.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from pathlib import Path

from textblob.en import sentiment

TARGET = Path(__file__).resolve().parents[1] / "data" / "lexicons" / "tone.csv"
HEADER = """\
# Tonal and activity words of English, for counts in GDELT's form; see benchmarks/build_tone_lexicon.py.
# polarity 1 or -1: from the VADER lexicon 3.3.2 (Hutto & Gilbert 2014; Copyright (c) 2016 C.J. Hutto, MIT,
#   notice in LICENSE-vader.txt): words of letters whose mean rating is at least 0.8 of 4 from zero and whose
#   sign at least 8 of 10 raters gave; for words that VADER does not rate, from TextBlob's en-sentiment.xml
#   (Tom De Smedt & Walter Daelemans, PDDL): mean polarity at least 0.4 from zero. Left out are words that
#   mostly name or count things in news (benchmarks/tone_words.toml).
# active 1: forms of verbs of deeds, changes and motion; chosen for NewsPrism, Apache-2.0.
"""
OWN = tomllib.loads((Path(__file__).parent / "tone_words.toml").read_text(encoding="utf-8"))
IRREGULAR = {entry.split(":")[0]: frozenset(entry.split(":")[1].split(",")) for entry in OWN["irregular"]}
DOUBLED = frozenset(OWN["doubled"].split())


def inflect(verb: str) -> set[str]:
    """The forms of a verb: -s, -ing, and -ed or the irregular ones that are listed."""
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    stem += stem[-1] if verb in DOUBLED else ""
    sibilant = verb.endswith(("s", "sh", "ch", "x", "z", "o"))
    third, past = verb + ("es" if sibilant else "s"), verb + "d" if verb.endswith("ee") else stem + "ed"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, past = f"{verb[:-1]}ies", f"{verb[:-1]}ied"
    return {verb, third, stem + "ing"} | IRREGULAR.get(verb, frozenset((past,)))


def read_vader(path: Path) -> dict[str, int]:
    """Sign by word where VADER's raters agree; 0 for a rated word that is too weak or disputed."""
    signs: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, rating, _, votes = line.split("\t")
        sign = 1 if float(rating) > 0 else -1
        agreed = sum(vote * sign > 0 for vote in map(int, votes.strip("[]").split(",")))
        if word.isalpha() and word.islower() and len(word) > 1:
            signs[word] = sign if abs(float(rating)) >= 0.8 and agreed >= 8 else 0
    return signs


def read_pattern() -> dict[str, int]:
    """Sign by word in TextBlob's lexicon, mean polarity over senses at least 0.4 from zero."""
    rated = {word: senses[None][0] for word, senses in sentiment.items()}
    return {w: 1 if p > 0 else -1 for w, p in rated.items() if abs(p) >= 0.4 and w.isalpha() and len(w) > 2}


def build_lexicon(vader: Path) -> list[tuple[str, int, int]]:
    """Word, polarity and activity, sorted by word."""
    signs = {**read_pattern(), **read_vader(vader)}
    no_tone, no_activity = set(OWN["no_tone"].split()), set(OWN["no_activity"].split())
    tonal = {word: sign for word, sign in signs.items() if sign and word not in no_tone}
    active = set().union(*map(inflect, OWN["verbs"].split())) - no_activity
    return [(word, tonal.get(word, 0), int(word in active)) for word in sorted({*tonal, *active})]


if __name__ == "__main__":
    rows = build_lexicon(Path(sys.argv[1]))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "polarity", "active"))
        writer.writerows(rows)
    print(
        f"{len(rows)} words: {sum(r[1] > 0 for r in rows)} positive, {sum(r[1] < 0 for r in rows)} negative"
    )
