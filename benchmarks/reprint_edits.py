"""Edits: what an outlet does to a text that it takes over, each as strong as told (0 to 1), by a seeded chance.

respell    British and American spellings, quotation marks and dashes changed
truncate   the end left out
relede     an opening of its own
mix        half of the words from this text, a fifth from another one, the rest its own
rewrite    single words replaced, left out or moved
scan       signs misread as by a scanner
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

SPELLINGS = tuple(pair.split() for pair in """
labour labor|colour color|honour honor|favour favor|neighbour neighbor|neighbours neighbors|behaviour behavior
harbour harbor|rumours rumors|favourite favorite|honoured honored|labelled labeled|travelled traveled
travelling traveling|traveller traveler|cancelled canceled|signalled signaled|modelling modeling|fuelled fueled
centre center|centres centers|theatre theater|metre meter|metres meters|kilometres kilometers|litres liters
defence defense|offence offense|licence license|organise organize|organised organized|organisation organization
organisations organizations|organising organizing|realise realize|realised realized|recognise recognize
recognised recognized|criticise criticize|criticised criticized|emphasised emphasized|apologise apologize
apologised apologized|authorised authorized|analyse analyze|analysed analyzed
paralysed paralyzed|programme program|programmes programs|tonnes tons|grey gray|cheque check|tyre tire|tyres tires
plough plow|kerb curb|jewellery jewelry|sceptical skeptical|scepticism skepticism|enrol enroll|fulfil fulfill
aluminium aluminum|manoeuvre maneuver|pyjamas pajamas|storey story|ageing aging|judgement judgment|whilst while
towards toward|amongst among|learnt learned|burnt burned|spelt spelled|cosy cozy|mould mold|moustache mustache
catalogue catalog|dialogue dialog|airplane aeroplane|percent per-cent|instalment installment|skilful skillful
""".replace("\n", "|").split("|") if pair)  # fmt: skip
SYNONYMS = dict(pair.split() for pair in """
said stated|told informed|also additionally|big large|start begin|started began|help assist|show display|shows displays
people persons|country nation|government administration|president leader|attack assault|killed slain|say claim
more further|many numerous|but however|because since|after following|before ahead|around about|over above|under below
new fresh|first initial|last final|made created|make create|get obtain|got obtained|called named|asked requested
believe think|found discovered|according as-per|during amid|against opposing|including among|while whereas
""".replace("\n", "|").split("|") if pair)  # fmt: skip
MISREAD = {
    "m": "rn", "l": "1", "e": "c", "o": "0", "h": "b", "i": "j", "t": "f", "a": "o", "n": "u", "s": "5", "g": "q",
    "c": "e", "u": "n", "I": "l", "B": "8", "S": "5", "O": "0", " ": "", ",": ".", ".": ",",
}  # fmt: skip
CURLY = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-"})
SENTENCE = re.compile(r".+?(?:[.!?]+[\"”’')]*(?=\s)\s+|$)", re.DOTALL)
WORD = re.compile(r"[^\W\d_]+")
ODDS_LEFT_OUT, ODDS_MOVED = 0.2, 0.15  # of the words that a rewrite changes


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where texts are edited: the chance, sentences that stand nowhere else, other wire texts, common words."""

    chance: random.Random
    own: Iterator[str]
    wire: Sequence[str]
    words: Sequence[str]


Edit = Callable[[str, Desk, float], str]


def cut_sentences(text: str) -> list[str]:
    """The sentences with the space behind them; together they are the text."""
    return SENTENCE.findall(text)


def respell(text: str, desk: Desk, strength: float) -> str:
    """The other spelling of every listed word, and of quotation marks and dashes from half strength on."""
    to = desk.chance.randrange(2)
    other = {pair[1 - to]: pair[to] for pair in SPELLINGS}
    plain = text.translate(CURLY) if strength > 0.5 else text
    return WORD.sub(lambda word: _as_before(word.group(), other.get(word.group().lower())), plain)


def truncate(text: str, desk: Desk, strength: float) -> str:
    """The first sentences: three quarters of the words down to three tenths."""
    return "".join(_first_words(cut_sentences(text), (0.75 - 0.45 * strength) * count_words(text))).rstrip()


def relede(text: str, desk: Desk, strength: float) -> str:
    """One to four sentences of its own in place of the first one to three."""
    sentences = cut_sentences(text)
    dropped, added = 1 + round(2 * strength), 1 + round(3 * strength)
    return "".join([*_take_own(desk, added), *sentences[dropped:]])


def mix(text: str, desk: Desk, strength: float) -> str:
    """Eight to five tenths of this text; they are half of the new one, which has a fifth from another text."""
    sentences = cut_sentences(text)
    room = (0.8 - 0.3 * strength) * count_words(text)
    first = desk.chance.randrange(1 + max(0, len(sentences) - len(_last_words(sentences, room))))
    taken = _first_words(sentences[first:], room)
    words = count_words("".join(taken))
    other = cut_sentences(desk.chance.choice([wire for wire in desk.wire if wire != text]))
    place = desk.chance.randrange(max(1, len(other) // 2))
    own = _first_words((next(desk.own) for _ in range(1000)), 0.6 * words)
    half, third = len(taken) // 2, len(own) // 2
    blocks = [taken[:half], taken[half:], _first_words(other[place:], 0.4 * words), own[:third], own[third:]]
    desk.chance.shuffle(blocks)
    return "\n\n".join("".join(block).strip() for block in blocks if block)


def rewrite(text: str, desk: Desk, strength: float) -> str:
    """One word in twenty to one in five replaced, left out or moved behind the next one."""
    rate = 0.05 + 0.15 * strength
    words = re.split(r"(\s+)", text)
    for place in range(0, len(words) - 2, 2):
        if desk.chance.random() >= rate:
            continue
        kind = desk.chance.random()
        if kind < ODDS_LEFT_OUT:
            words[place] = ""
        elif kind < ODDS_LEFT_OUT + ODDS_MOVED:
            words[place], words[place + 2] = words[place + 2], words[place]
        else:
            words[place] = WORD.sub(lambda word: _reword(word.group(), desk), words[place], count=1)
    return "".join(words)


def scan(text: str, desk: Desk, strength: float) -> str:
    """One sign in two hundred to one in twenty-five misread, of those that scanners misread."""
    rate = 0.005 + 0.035 * strength
    return "".join(MISREAD.get(sign, sign) if desk.chance.random() < rate else sign for sign in text)


def count_words(text: str) -> int:
    """How many words, parted by spaces."""
    return len(text.split())


def _as_before(word: str, other: str | None) -> str:
    """The other spelling with the capital of the word; the word where there is none."""
    if other is None:
        return word
    return other.replace("-", " ").capitalize() if word[0].isupper() else other.replace("-", " ")


def _reword(word: str, desk: Desk) -> str:
    """A word of like meaning where one is listed, else another word of the language."""
    return _as_before(word, SYNONYMS.get(word.lower()) or desk.chance.choice(desk.words))


def _take_own(desk: Desk, count: int) -> list[str]:
    """So many sentences that stand nowhere else."""
    return [f"{next(desk.own).strip()} " for _ in range(count)]


def _first_words(sentences: Sequence[str] | Iterator[str], words: float) -> list[str]:
    """The first sentences until so many words are reached; at least one."""
    taken: list[str] = []
    for sentence in sentences:
        taken.append(sentence if sentence[-1:].isspace() else f"{sentence} ")
        words -= count_words(sentence)
        if words <= 0:
            break
    return taken


def _last_words(sentences: Sequence[str], words: float) -> list[str]:
    """The last sentences until so many words are reached."""
    return _first_words(sentences[::-1], words)[::-1]


EDITS: dict[str, Edit] = {
    "respelling": respell,
    "truncation": truncate,
    "re-lede": relede,
    "wire mix": mix,
    "rewrite": rewrite,
    "scan": scan,
}
PAIRED = (
    "respelling",
    "truncation",
    "re-lede",
    "rewrite",
    "scan",
)  # two of these at half strength: "two edits"
