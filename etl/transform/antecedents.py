"""Antecedents: which actors, named before in the same article, a description, a count or a pronoun means.

Only the article itself tells who holds an office: "the Russian leader" is the one person whom it calls leader,
president or the like and whose title, or else whose nationality, is Russian. Where several fit, or none, the
words stay open. Names inside quotation marks are nobody's antecedents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from etl.transform.descriptions import Role, fits_label, fits_name, is_other, may_stand, nations_in, read_role
from etl.transform.gazetteer import known_actors
from etl.transform.genders import tell_gender

REACH = 600  # characters back to the person whom a pronoun or a bare description means
KINDS = {"countries": ("country",), "people": ("person",), "organisations": ("organisation", "group")}
ORGANISED = ("organisation", "group")
JOINER = re.compile(
    r"\s*(?P<joint>,? and|, as well as| as well as|,? along with| &|,)\s+(?P<title>[^,;:()\n]{0,60})$"
)
WORD = re.compile(r"[\w.&’'-]*\w")
OWNER = re.compile(r"(?:[A-Z][\w.]* ?){1,3}['’]s?|(?:his|her|their)(?: \w+){1,2}")
ADDRESSES = ("", "Mr", "Mrs", "Ms", "Mr.", "Mrs.", "Ms.")
HEARER = re.compile(r"\b(?:told|tells|tell|telling) (?:the )?$")
HALF = re.compile(r"[Tt]he (?P<half>North|South)$")


class Named(NamedTuple):
    """A mention as far as speakers and descriptions need it; `quoted` if it stands in quotation marks."""

    start: int
    end: int
    actor_id: str
    kind: str
    label: str | None = None
    quoted: bool = False
    method: str = ""


def find_series(text: str, named: Sequence[Named]) -> list[tuple[Named, ...]]:
    """The enumerations of two actors or more of one kind ("the US, Japan and South Korea"), in order."""
    chains: list[list[tuple[Named, str]]] = []
    for before, mention in pairwise([None, *named]):
        joint = joined(text, before, mention) if before and mention else ""
        if mention and chains and joint:
            chains[-1].append((mention, joint))
        elif mention and chains and before and _modifies(text, before, mention):
            chains[-1][-1] = (mention, chains[-1][-1][1])
        elif mention:
            chains.append([(mention, "")])
    return [series for chain in chains for series in _one_kind(chain)]


def joined(text: str, before: Named, mention: Named) -> str:
    """The word or comma that joins two names of an enumeration, titles apart; empty where none does."""
    match = JOINER.fullmatch(text[before.end : mention.start] or "?")
    if not match:
        return ""
    rest = match["title"].strip().removeprefix("the ").removesuffix(mention.label or "").strip()
    return match["joint"].strip() if rest in ("", "the") or OWNER.fullmatch(rest) else ""


def mean_words(
    text: str, start: int, end: int, named: Sequence[Named], *, sure: bool = False
) -> tuple[Named, ...]:
    """The mentions that tell whom the description at [start, end) means, one an actor; none if that is open.

    With `sure` only where a title beside the name fits, not for being the only one near by.
    """
    before = [m for m in named if m.end <= start and not m.quoted and not _hears(text, m)]
    half = HALF.match(text[start:end])
    if half:
        return _only(
            [m for m in before if m.kind == "country" and text.startswith(f"{half['half']} ", m.start)]
        )
    role = read_role(text[start:end])
    if role is None:
        return ()
    if role.count:
        return _listed(text, role, before)
    near = [m for m in before if m.start >= paragraph_start(text, start, 1 + (role.kind != "person"))]
    if role.kind == "person":
        return _one_person(text, role, before, [] if sure else near)
    return _one_organisation(text, role, before, [] if sure else near)


def paragraph_start(text: str, start: int, count: int) -> int:
    """Where the last `count` paragraphs up to `start` begin, at most 600 characters back."""
    opening = start
    for _ in range(count):
        opening = text.rfind("\n\n", 0, max(0, opening))
    return max(opening, start - REACH, 0)


def sole_person(text: str, start: int, named: Sequence[Named], gender: str | None) -> tuple[Named, ...]:
    """The one person of this gender, or of none that is known, in this paragraph and the one before.

    Of several the one who alone is named, first of all, in the last sentence that names any.
    """
    opening = paragraph_start(text, start, 2)
    people = [
        m
        for m in named
        if opening <= m.start and m.end <= start and not m.quoted and may_be(text, m, named, gender)
    ]
    return _only(people) or _subject(text, start, people)


def may_be(text: str, mention: Named, named: Sequence[Named], gender: str | None) -> bool:
    """Whether a mention is of a person who is not known to be of the other gender."""
    if mention.kind != "person":
        return False
    places = [(m.start, m.end, m.label) for m in named if m.actor_id == mention.actor_id]
    return tell_gender(text, places) in (None, gender)


def _hears(text: str, mention: Named) -> bool:
    """Whether an organisation is only told something: "told Reuters"."""
    return (
        mention.kind in ORGANISED
        and HEARER.search(text, max(0, mention.start - 12), mention.start) is not None
    )


def _only(mentions: Sequence[Named]) -> tuple[Named, ...]:
    """The last of these mentions if all are of one actor; else none."""
    return (mentions[-1],) if len({m.actor_id for m in mentions}) == 1 else ()


def _subject(text: str, start: int, people: Sequence[Named]) -> tuple[Named, ...]:
    """The person with whom the last sentence that names any of these begins, if it names no other."""
    if not people:
        return ()
    opening = max((m.end() for m in re.finditer(r"[.!?][\"”’)]*\s+|\n", text[: people[-1].start])), default=0)
    last = [m for m in people if m.start >= opening]
    lead = text[opening : last[0].start].strip()
    title = (last[0].label or "").strip()
    opens = lead.endswith(",") or lead in (*ADDRESSES, title, f"The {title}")
    return _only(last) if opens else ()


def _modifies(text: str, before: Named, mention: Named) -> bool:
    """Whether a name only introduces the next one: "Japan's Prime Minister Shinzo Abe"."""
    between = text[before.end : mention.start]
    return re.sub(r"^['’]s?", "", between).strip() in ("", mention.label) and "\n" not in between


def _one_kind(chain: list[tuple[Named, str]]) -> Iterator[tuple[Named, ...]]:
    """The last names of a chain that are of one kind, where "and" joins the last two or there are three."""
    kept: list[Named] = []
    for mention, _ in chain[::-1]:
        if kept and mention.kind != kept[0].kind:
            break
        kept.insert(0, mention)
    distinct = {m.actor_id for m in kept}
    if len(distinct) == len(kept) > 1 and (chain[-1][1] != "," or len(kept) > 2):
        yield tuple(kept)


def _listed(text: str, role: Role, before: Sequence[Named]) -> tuple[Named, ...]:
    """The enumeration of exactly so many of the kind; none where the article has several of that length."""
    kinds = KINDS.get(role.kind)
    fitting = [
        series
        for series in find_series(text, before)
        if len(series) == role.count and (kinds is None or series[0].kind in kinds)
    ]
    distinct = {frozenset(m.actor_id for m in series) for series in fitting}
    return fitting[-1] if len(distinct) == 1 else ()


def _one_person(text: str, role: Role, before: Sequence[Named], near: Sequence[Named]) -> tuple[Named, ...]:
    """The person whom the article gives such a title; else, for some descriptions, the only one near by."""
    of_nation = _is_of(text, role.nation, before)
    titled = [
        m for m in before if m.kind == "person" and m.label and fits_label(role, m.label) and of_nation(m)
    ]
    if titled:
        return _only(titled) or _only([m for m in near if m.actor_id in {other.actor_id for other in titled}])
    people = [m for m in near if m.kind == "person"]
    return _only(people) if may_stand(role) and all(map(of_nation, people)) else ()


def _one_organisation(
    text: str, role: Role, before: Sequence[Named], near: Sequence[Named]
) -> tuple[Named, ...]:
    """The organisation with such a word in its name or label; for a company the only one near by, if any is."""
    words = _words_by_actor(text, before)
    of_nation = _is_of(text, role.nation, before)
    organised = [m for m in before if m.kind in ORGANISED and of_nation(m)]
    fitting = [m for m in organised if fits_name(role, words[m.actor_id])]
    beside = [m for m in near if m in organised and not is_other(role, words[m.actor_id])]
    if may_stand(role) and beside:
        return _only(beside) or _only([m for m in beside if m in fitting])
    return _only(fitting) or (() if may_stand(role) else _only([m for m in near if m in fitting]))


def _words_by_actor(text: str, named: Sequence[Named]) -> dict[str, frozenset[str]]:
    """All words of an actor's names and labels, in small letters."""
    words: dict[str, frozenset[str]] = {}
    for m in named:
        known = known_actors().get(m.actor_id)
        told = f"{text[m.start : m.end]} {m.label or ''} {known.name if known else ''}".lower()
        words[m.actor_id] = words.get(m.actor_id, frozenset()) | frozenset(WORD.findall(told))
    return words


def _is_of(text: str, nation: str | None, before: Sequence[Named]) -> Callable[[Named], bool]:
    """Whether a mention's actor is of the nation by what stands beside its names, else by what is known."""

    def belongs(mention: Named) -> bool:
        if nation is None:
            return True
        told = {code for m in before if m.actor_id == mention.actor_id for code in _nations_beside(text, m)}
        known = known_actors().get(mention.actor_id)
        return nation in told if told else known is not None and known.country == nation

    return belongs


def _nations_beside(text: str, mention: Named) -> frozenset[str]:
    """The nations in a name's label and in the possessive before it."""
    lead = text[max(0, mention.start - 60) : mention.start].rstrip().removesuffix(mention.label or "")
    owner = re.search(r"([A-Z][\w. ]*?)['’]s?\s+$", lead)
    return nations_in(mention.label or "") | (nations_in(owner[1]) if owner else frozenset())
