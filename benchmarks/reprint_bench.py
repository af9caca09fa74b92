"""Reprint bench: groups of edited copies among strangers, made from articles and a seed; the groups are known.

Each group is an original and the copies that other outlets made of it (benchmarks/reprint_edits.py). Strangers
are untouched articles that share no more than a fifth of their words with any other. Three things tempt a
grouping to join what does not belong together: blocks that an outlet sets under its articles, notes that
outlets of an agency share, and statements that many articles quote at length.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import NamedTuple

from benchmarks.reprint_edits import EDITS, PAIRED, Desk, count_words, cut_sentences

SHARED, RUN, FORMULA = 0.2, 5, 60  # runs of five words in more than 60 articles are formulas
DONORS, ORIGINALS = 0.17, 0.15  # shares of the articles: those that give own sentences; those that are copied
COPIES = (1, 1, 2, 2, 2, 3, 3, 4, 6)
LONG_ENOUGH = 120  # words of an article that is copied
BLOCK_ODDS, TITLE_ODDS = 0.5, 0.5
LEAST_SHARE = 4  # times a note's words that an article has which carries it
LOCAL = tuple(f"Local Paper {number}" for number in range(1, 13))


class Source(NamedTuple):
    """A real article: who published it, its headline, its body with a blank line between paragraphs."""

    outlet: str
    title: str
    body: str


class Entry(NamedTuple):
    """An article of the bench: its group is the number of the article that it was made from."""

    outlet: str
    title: str
    body: str
    group: int
    edit: str


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many tempting pieces of each kind the bench holds."""

    statements: int = 60
    notes: int = 25
    speakers: int = 8  # articles that quote one statement, at most
    carriers: int = 30  # articles that carry one note, at most


def build_bench(sources: Sequence[Source], seed: int, **size: int) -> list[dict[str, str]]:
    """Records as `newsprism evaluate reprints` reads them, in the order of chance; `edit` says what was done.

    `size` as the fields of `Size`.
    """
    chance = random.Random(seed)  # noqa: S311  # a bench, no secret
    sources = choose_strangers(sources)
    order = chance.sample(range(len(sources)), len(sources))
    donors, rest = order[: round(DONORS * len(order))], order[round(DONORS * len(order)) :]
    own = _give_sentences([sources[place] for place in donors])
    long = [place for place in rest if count_words(sources[place].body) >= LONG_ENOUGH]
    originals = long[: round(ORIGINALS * len(order))]
    desk = Desk(
        chance=chance,
        own=own,
        wire=[sources[place].body for place in originals],
        words=_list_words(sources[place].body for place in donors),
    )
    copies = list(chain.from_iterable(_copy(sources, place, desk) for place in originals))
    entries = [Entry(*sources[place], place, "none") for place in rest] + copies
    copied = set(originals)
    strangers = [number for number, entry in enumerate(entries) if entry.group not in copied]
    words = [count_words(entry.body) for entry in entries]
    for piece, carriers in _tempt(strangers, words, desk, Size(**size)):
        for number in carriers:
            entries[number] = _insert(entries[number], piece, chance)
    entries = _set_blocks(entries, desk)
    chance.shuffle(entries)
    return [_write(number, entry) for number, entry in enumerate(entries)]


def choose_strangers(sources: Sequence[Source]) -> list[Source]:
    """The articles without those that share over a fifth of their runs of five words with an earlier one.

    Of such real pairs nobody labelled whether they are reprints.
    """
    runs = [_list_runs(source.body) for source in sources]
    carriers = defaultdict(list)
    for number, own in enumerate(runs):
        for run in own:
            carriers[run].append(number)
    pairs = (combinations(places, 2) for places in carriers.values() if 1 < len(places) <= FORMULA)
    shared = Counter(chain.from_iterable(pairs))
    alike = defaultdict(list)
    for (one, other), count in shared.items():
        if count > SHARED * min(len(runs[one]), len(runs[other])):
            alike[other].append(one)
    dropped: set[int] = set()
    for number in range(len(sources)):
        if not runs[number] or not dropped.issuperset(alike[number]):
            dropped.add(number)
    return [source for number, source in enumerate(sources) if number not in dropped]


def _list_runs(text: str) -> set[int]:
    """A number for each run of five words of the text."""
    words = re.findall(r"\w+", text.lower())
    return {hash(tuple(words[place : place + RUN])) for place in range(len(words) - RUN + 1)}


def _give_sentences(donors: Sequence[Source]) -> Iterator[str]:
    """The sentences of these articles one after another, each once; those with quotation marks are left out."""
    for donor in donors:
        for sentence in cut_sentences(donor.body):
            if not re.search(r"[\"“”«»]", sentence) and 5 <= count_words(sentence) <= 60:
                yield f"{sentence.strip()} "


def _list_words(texts: Iterator[str]) -> list[str]:
    """The words of these texts, each as often as it stands there."""
    return sorted(word for text in texts for word in re.findall(r"[a-z]{3,}", text))


def _copy(sources: Sequence[Source], place: int, desk: Desk) -> Iterator[Entry]:
    """The copies of an article, by as many other outlets."""
    chance, (outlet, title, body) = desk.chance, sources[place]
    outlets = sorted({source.outlet for source in sources} - {outlet}) + list(LOCAL)
    for publisher in chance.sample(outlets, min(len(outlets), chance.choice(COPIES))):
        edit, edited = _edit(body, desk)
        headline = next(desk.own).strip(" .") if chance.random() < TITLE_ODDS else title
        yield Entry(publisher, headline, edited, place, edit)


def _edit(body: str, desk: Desk) -> tuple[str, str]:
    """The name of an edit, or of two weaker ones, and the text after it."""
    name = desk.chance.choice([*EDITS, "two edits"])
    if name != "two edits":
        return name, EDITS[name](body, desk, desk.chance.random())
    for one in desk.chance.sample(PAIRED, 2):
        body = EDITS[one](body, desk, desk.chance.random() / 2)
    return name, body


def _tempt(
    places: Sequence[int], words: Sequence[int], desk: Desk, size: Size
) -> Iterator[tuple[str, list[int]]]:
    """Statements in quotation marks (40 to 160 words) and notes (20 to 60), and which articles carry them.

    A note is at most a quarter of an article that carries it: more would be a partial reprint.
    """
    chance = desk.chance
    for number in range(size.statements + size.notes):
        quoted = number < size.statements
        piece = _take_words(desk, chance.randint(40, 160) if quoted else chance.randint(20, 60))
        fit = [place for place in places if quoted or words[place] >= LEAST_SHARE * count_words(piece)]
        most = min(len(fit), size.speakers if quoted else size.carriers)
        shown = f"“{piece}” the statement said." if quoted else piece
        yield shown, chance.sample(fit, chance.randint(min(3, most), most))


def _take_words(desk: Desk, words: int) -> str:
    """Sentences that stand nowhere else, of about so many words together."""
    taken: list[str] = []
    while count_words("".join(taken)) < words:
        taken.append(next(desk.own))
    return "".join(taken).strip()


def _insert(entry: Entry, piece: str, chance: random.Random) -> Entry:
    """The article with a paragraph more, anywhere behind its first sentence."""
    sentences = cut_sentences(entry.body)
    place = chance.randint(1, max(1, len(sentences)))
    before, behind = "".join(sentences[:place]).strip(), "".join(sentences[place:]).strip()
    return entry._replace(body="\n\n".join(part for part in (before, piece, behind) if part))


def _set_blocks(entries: Sequence[Entry], desk: Desk) -> list[Entry]:
    """Half of the articles with one of their outlet's three blocks (25 to 90 words) under them."""
    chance = desk.chance
    outlets = sorted({entry.outlet for entry in entries})
    blocks: Mapping[str, list[str]] = {
        outlet: [_take_words(desk, chance.randint(25, 90)) for _ in range(3)] for outlet in outlets
    }
    return [
        entry._replace(body=f"{entry.body}\n\n{chance.choice(blocks[entry.outlet])}")
        if chance.random() < BLOCK_ODDS
        else entry
        for entry in entries
    ]


def _write(number: int, entry: Entry) -> dict[str, str]:
    """The article as a record."""
    return {
        "id": f"{number:05d}", "outlet": entry.outlet, "title": entry.title, "language": "en",
        "text": f"{entry.title}\n\n{entry.body}" if entry.title else entry.body,
        "reprint": f"g{entry.group}", "edit": entry.edit,
    }  # fmt: skip
