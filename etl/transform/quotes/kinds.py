"""Kinds: what kind of source a speaker's words name: a person, an institution, a document, or nobody by name.

The head noun of the phrase decides ("a senior Trump administration official": anonymous), then whom it names.
Who is unnamed but the only one in his role ("the mayor of Oslo") is a person, one of many ("a mayor") is
anonymous; who speaks for an institution ("a spokesman for the ministry") is that institution.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from etl.transform.antecedents import Named
from etl.transform.lexicon import read_lexicon
from etl.transform.media import read_medium

Range = tuple[int, int]
SourceKind = Literal["person", "institution", "document", "anonymous"]

KIND_OF_ACTOR: dict[str, SourceKind] = {
    "person": "person", "organisation": "institution", "country": "institution", "place": "institution",
}  # fmt: skip
COUNTED = re.compile(
    r"(?:(?:more than|at least|about|nearly) )?(?:an?|another|other|several|some|many|few|most|dozens|hundreds|"
    r"both|numerous|various|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\b",
    re.IGNORECASE,
)
DEFINITE = re.compile(r"(?:the|this|that|these|those|his|her|its|their|our|my)\b", re.IGNORECASE)
WORDS_OF = re.compile(r"(?:in )?the words of ", re.IGNORECASE)
PART_OF = re.compile(
    r"(?:an? )?(?:one|two|three|four|five|six|some|many|several|most|dozens|hundreds|group|number|handful|"
    r"majority|pair|couple) of (?:the |his |her |its |their )?",
    re.IGNORECASE,
)
CUT = re.compile(
    r"\s*[,;(]|\s[–—-]\s|\s(?:of|for|at|from|in|inside|within|with|by|to|on|about|near|under|against|across|around|"
    r"who|whom|that|which|close|familiar|briefed|involved|speaking|working|based|also|himself|herself|themselves|"
    r"itself|later|then|has|have|had|is|was|were|"
    r"(?:obtained|seen|reviewed|published|released|issued|written|signed|leaked|sent)(?= (?:by|on|in|to|at|from)))\b"
)  # fmt: skip
AND = re.compile(r",? (?:and|or|as well as) | & |, ")
TITLED = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lord|Lady|Sen|Rep|Gov|Gen|Col|Capt|Sgt|Lt|Rev)\.? [A-Z]")
OBJECT = re.compile(
    r"\b(?:to|for|of|by|with|from|under|against|on|near)(?: the)?(?: [a-z][\w-]*| Mr| Mrs| Ms)* $"
)
OWNED = re.compile(r"['’]s? ")
AUTHORS = re.compile(
    r"(?:the )?(?:authors|writers|drafters|signatories) of |.*['’]s? (?:authors|writers|drafters)$"
)
EXPERTS = frozenset(
    ("analysts", "experts", "researchers", "scientists", "economists", "authors", "academics")
)
SAME = frozenset(("official", "source", "insider"))  # "the official": who was not named before either
UNNAMED = re.compile(r"(?:(?<=[.!?”\"] )|(?<=\n))(?:An?|One|Another)((?: [\w-]+){1,4})")  # opens a sentence
PRONOUNS = frozenset(("he", "she", "it", "they", "who", "we", "i", "you"))
REACH = 600  # characters back to the person whom a pronoun means
LONGEST = 3  # words of a head noun


def read_kind(
    text: str, speaker: Range, mentions: Sequence[Named], actor: str | None = None
) -> SourceKind | None:
    """The kind of source that these words name; None where they do not let one say.

    `actor` is who speaks, as far as that was resolved: of a pronoun it alone tells.
    """
    start, end = speaker
    if text[start:end].lower() in PRONOUNS:
        meant = next((mention.kind for mention in mentions if mention.actor_id == actor), "")
        return None if _comes_between(text, start, mentions) else KIND_OF_ACTOR.get(meant)
    start = wording.end() if (wording := WORDS_OF.match(text, start, end)) else start
    named = [mention for mention in mentions if start <= mention.start < end]
    parts = _split_joint(text, start, end, named)
    kinds = [_read_phrase(text, first, last, named) for first, last in parts]
    if "person" in kinds and len(parts) > 1 and not _joins(text, parts):
        return "person"  # "his mother, Ann Lee"
    return kinds[0] if len(set(kinds)) == 1 else None


def _split_joint(text: str, start: int, end: int, named: Sequence[Named]) -> list[Range]:
    """The parts of an enumeration or apposition, not cut within a name."""
    parts = []
    for join in AND.finditer(text, start, end):
        if not any(name.start < join.end() and join.start() < name.end for name in named):
            parts.append((start, join.start()))
            start = join.end()
    return [*parts, (start, end)]


def _joins(text: str, parts: Sequence[Range]) -> bool:
    """Whether an "and" stands between the last two of these parts."""
    return text[parts[-2][1] : parts[-1][0]].strip() != ","


def _read_phrase(text: str, start: int, end: int, named: Sequence[Named]) -> SourceKind | None:
    """The kind of one phrase."""
    words = text[start:end]
    if (medium := read_medium(text, start)) and medium[1] == end:
        return "institution"
    if TITLED.match(words) or _names_person(text, start, end, named):
        return "person"
    if AUTHORS.match(words.lower()):
        return _read_phrase(text, *_cut_authors(words, start, end), named)
    if (part := PART_OF.match(words)) and _head_of(_cut(words[part.end() :]))[1] in ("people", "person"):
        return "anonymous"
    core = _cut(words, [(name.start - start, name.end - start) for name in named])
    head, noun = _head_of(core)
    owner = next((name for name in named if name.start < start + len(core) <= name.end), None)
    if noun is None or (noun == "document" and owner is not None and owner.kind == "organisation"):
        apposed = owner is not None and _head_of(text[start : owner.start].strip())[1] == "institution"
        return "institution" if apposed else KIND_OF_ACTOR.get(owner.kind) if owner else None
    return _read_noun(words, core, head, noun)


def _read_noun(words: str, core: str, head: str, noun: str) -> SourceKind | None:
    """The kind of a phrase by its head noun and by what stands around it."""
    definite = DEFINITE.match(core) is not None
    match noun:
        case "institution" | "document":
            return "institution" if noun == "institution" else "document"
        case "voice":
            return "institution" if _speaks_for(words, core, head) else None
        case "role":
            return "anonymous" if COUNTED.match(core) else "person"
        case "person":
            return "anonymous" if not definite or head in SAME else None
    return None if head in EXPERTS and definite else "anonymous"


def _speaks_for(words: str, core: str, head: str) -> bool:
    """Whether a spokesman is somebody's: "a spokesman for the port", "a ministry spokesman", "a spokesman"."""
    before = core[: len(core) - len(head)].strip().lower()
    return words[len(core) :].startswith((" for ", " of ", " at ")) or before not in ("the", "his", "her", "")


def _names_person(text: str, start: int, end: int, named: Sequence[Named]) -> bool:
    """Whether a phrase ends in the name of a person, who is neither owner, attribute nor object in it."""
    people = [name for name in named if name.kind == "person" and start <= name.start < end]
    if not people:
        return False
    last = people[-1]
    behind, before = text[last.end : end], text[start : last.start]
    if OWNED.match(f"{behind} ") or OBJECT.search(before) or _head_of(before.strip())[1] == "institution":
        return False  # "Merkel's office", "aides to Merkel", "the carmaker Peugeot"
    return _head_of(_cut(behind.strip()))[1] is None


def _cut(words: str, names: Sequence[Range] = ()) -> str:
    """A phrase without what hangs on its head noun behind it: "the mayor of Oslo" -> "the mayor".

    It is not cut within a name: "a Department of Transport source".
    """
    cuts = (cut.span() for cut in CUT.finditer(words) if cut.start())
    ends = (start for start, end in cuts if not any(first < start and end < last for first, last in names))
    return words[: next(ends, len(words))]


def _cut_authors(words: str, start: int, end: int) -> Range:
    """The document whose authors speak."""
    of = words.lower().find(" of ")
    if of >= 0:
        return start + of + 4, end
    return start, start + max(words.rfind("'"), words.rfind("’"))


def _head_of(core: str) -> tuple[str, str | None]:
    """The head noun of a phrase as the lexicon knows it, and its kind there; the last word and None if unknown."""
    words = core.lower().replace("’", "'").split()
    for size in range(min(LONGEST, len(words)), 0, -1):
        head = " ".join(words[-size:])
        if head in _nouns():
            return head, _nouns()[head]
    return words[-1] if words else "", None


def _comes_between(text: str, start: int, mentions: Sequence[Named]) -> bool:
    """Whether somebody unnamed is spoken of after the person last named: "An official called. He said ..."."""
    people = [mention.end for mention in mentions if mention.kind == "person" and mention.end <= start]
    since = max([start - REACH, 0, *people[-1:]])
    openings = (found.group(1).lower().split() for found in UNNAMED.finditer(text, since, start))
    return any(_nouns().get(word) == "person" for words in openings for word in words)


@cache
def _nouns() -> dict[str, str]:
    """The nouns of the lexicon with their kind; institutions and documents also in the plural.

    "Reports" alone are somebody's hearsay and no document.
    """
    nouns = {row["word"]: row["type"] for row in read_lexicon("sources")}
    things = (
        word for word, kind in nouns.items() if kind in ("institution", "document") and word != "report"
    )
    plurals = {f"{word[:-1]}ies" if word.endswith("y") else f"{word}s": nouns[word] for word in things}
    return plurals | nouns
