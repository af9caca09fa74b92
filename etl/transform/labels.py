"""Labels: the title or description that stands beside a name.

"Russian leader Vladimir Putin" labels him "Russian leader". Which label an outlet chooses for the same person
is a matter of framing; so is what it calls him without his name, which `descriptions` finds.
"""

from __future__ import annotations

import re
from functools import cache

from etl.transform.gazetteer import demonyms
from etl.transform.lexicon import read_lexicon, read_words

WORDS_BEFORE = 10
LAST_WORD = re.compile(r"([\w&.’'-]*\w[.]?(?:['’]s?)?)(?:[ \u00a0])$")
MODIFIERS = read_words("naming", "rule", "before a title")
OPENERS = read_words("naming", "rule", "sentence opener")
SHORTENED = read_words("naming", "rule", "shortened title")
ADDRESSES = frozenset(("mr", "mrs", "ms", "miss"))
LINKS = frozenset(("of", "for", "and", "the", "to", "&"))
APPOSITION = re.compile(r",\s+(?:the|a|an)?\s*(?P<words>[\w’'-]+(?: [\w’'-]+){0,5})(?=[,.;)]|$)")
POSSESSIVE = re.compile(r"['’]s ")
KINDS_LABELLED = ("person", "organisation", "country")


def read_label(text: str, start: int, end: int, kind: str) -> str | None:
    """The title or description of the name at [start, end), before it or in apposition behind; or none."""
    if kind not in KINDS_LABELLED:
        return None
    before = label_start(text, start, kind)
    if before < start:
        return text[before:start].strip()
    return _read_apposition(text[end : end + 90]) if kind == "person" else None


def label_start(text: str, start: int, kind: str) -> int:
    """Where the title in front of a name begins; `start` itself where there is none."""
    begin = at = start
    titled = False
    for count in range(WORDS_BEFORE):
        word = LAST_WORD.search(text, max(0, at - 40), at)
        role = _role_length(text, at, kind)
        if word is None or _ends_sentence(word.group(1)) or not (role or _describes(text[at:start])):
            break
        if role:
            at, titled = at - role, True
        elif titled and _modifies(word.group(1)):
            at = word.start()
        elif not titled or count == 0 or not _links(text, word, kind):
            break
        else:
            at = word.start()
            continue
        begin = at
    return _skip_weak(text, begin, start) if titled else start


def strip_title(text: str, start: int, end: int) -> int:
    """Where the name itself begins in a recognised span that opens with titles ("President Trump")."""
    words = list(re.finditer(r"[\w.’'-]+", text[start:end]))
    for place in range(len(words) - 1, 0, -1):
        if words[place - 1].group().lower().strip(".") in role_nouns("person") | {"president", "elect"}:
            return start + words[place].start()
    return start


@cache
def role_nouns(kind: str) -> frozenset[str]:
    """The titles and descriptions for this kind of actor, in small letters."""
    return frozenset(row["title"] for row in read_lexicon("titles") if row["kind"] == kind)


@cache
def describing_nouns() -> frozenset[str]:
    """The titles that may stand for a person alone."""
    return frozenset(
        row["title"]
        for row in read_lexicon("titles")
        if row["kind"] == "person" and row["describes"] == "yes"
    )


def _role_length(text: str, at: int, kind: str) -> int:
    """Length of the longest title, with the blank behind it, that ends at `at`; 0 for none."""
    piece = text[max(0, at - 45) : at]
    for size in (3, 2, 1):
        match = re.search(rf"(?:^|(?<=[\s(\"“‘'-]))((?:[\w-]+\.? ){{{size}}})$", piece)
        words = match.group(1).strip().rstrip(".").lower() if match else ""
        if match and (
            words in role_nouns(kind) or (words.startswith("vice-") and words[5:] in role_nouns(kind))
        ):
            return len(match.group(1))
    return 0


def _modifies(word: str) -> bool:
    """Whether a word may stand before a title as part of it: an adjective of its list, a demonym, a name."""
    bare = word.rstrip(".")
    if bare.endswith(("'s", "’s", "'", "’")):
        return False
    return bare.lower() in MODIFIERS or bare in _demonym_words() or (bare[:1].isupper() and not _opens(bare))


def _ends_sentence(word: str) -> bool:
    """Whether a word with a full stop is no abbreviation: "Syria." but not "Sen." or "U.S."."""
    bare = word.rstrip(".").lower()
    return word.endswith(".") and "." not in bare and bare not in SHORTENED


def _describes(label: str) -> bool:
    """Whether the words before a name, if any, say more than "Mr", so that others may belong to them."""
    return label.strip().lower().rstrip(".") not in ADDRESSES


def _opens(word: str) -> bool:
    """Whether a capital word is only a sentence's first."""
    return word in OPENERS


def _links(text: str, word: re.Match[str], kind: str) -> bool:
    """Whether the word joins two parts of one title ("Secretary of State")."""
    return word.group(1) in ("of", "and", "for") and _role_length(text, word.start(), kind) > 0


def _skip_weak(text: str, begin: int, start: int) -> int:
    """Where the label begins behind a possessive ("Russia's"); nowhere if it is only an address ("Mr")."""
    label = text[begin:start]
    begin += (
        max(label.rfind("'s ") + 3, label.rfind("’s ") + 3)
        if "s " in label and POSSESSIVE.search(label)
        else 0
    )
    return begin if _describes(text[begin:start]) else start


def _read_apposition(after: str) -> str | None:
    """The description behind a name (", the Russian president,"); none where it holds no title."""
    match = APPOSITION.match(after)
    if match is None:
        return None
    words = match.group("words").split()
    head = words[: words.index("of")] if "of" in words else words
    role = {" ".join(head[-size:]).lower() for size in (1, 2, 3)} & describing_nouns()
    return match.group("words") if role and not any(word in LINKS - {"of", "the"} for word in head) else None


@cache
def _demonym_words() -> frozenset[str]:
    """Every word of every demonym."""
    return frozenset(word for adjective in demonyms().adjectives for word in adjective.split())
