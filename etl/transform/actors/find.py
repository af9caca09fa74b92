"""Find: where a text names an actor: the recogniser's names and the gazetteer's, freed of what is no name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from etl.transform.actors.credits import credit_ranges, is_picture_agency
from etl.transform.actors.metonyms import find_metonyms
from etl.transform.actors.namesakes import tell_namesakes
from etl.transform.actors.shapes import agree_labels, shape_name
from etl.transform.gazetteer import PREFIX, Hit, Kind, Known, demonyms, find_known, known_by_surname
from etl.transform.labels import role_nouns, strip_title
from etl.transform.names import Name, calm_capitals, read_names

KIND_OF_LABEL: dict[str, Kind] = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place",
    "NORP": "group",
}  # fmt: skip
WHOLE = frozenset(("ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "GPE", "LOC"))
FIRST_NAMES = frozenset(("Jordan", "Chad", "Georgia"))
FRONT = re.compile(r"^(?:[\s\"“”‘’'(\[*•–—-]+|(?:the|a|an|The|A|An|THE)\s+)+")
BACK = re.compile(r"(?:['’]s?|\s[-–—]\s?[Ee]d|[\s\"“”‘’')\].,;:!?*–—-]+)$")
ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){2,}$|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|St)\.$")
ELECTION = re.compile(
    r"\b\d{4} (?:[A-Z][\w.]+ |\w+ ){1,6}?(?:elections?|referendum|by-election|leadership contest)\b"
)
BODY = re.compile(
    r"(?:Party|University|Bank|Ministry|Council|House|Institute|Union|Federation|Alliance|Ministers?|"
    r"Department|Movement|Parliament|Assembly|Front|League|Office|Commission|Chamber|Congress)$"
)
OF = re.compile(r" (?:of|for) (?:the )?[A-Z][\w.-]+(?: [A-Z][\w-]+)?")
CAPITAL_WORD = re.compile(r"(?<![\w-])[A-Z]\w+(?![\w-])")
PLURAL = re.compile(r"(?<![\w-])(?<!Great )(?<!Young )[A-Z]\w+s(?![\w-])")  # no dogs, no rebels
NAME_BEHIND = re.compile(r" [A-Z]")
NAME_BEFORE = re.compile(r"([A-Z][\w.-]*) $")
JOINED = re.compile(r"[,;/&]|\band\b|[-–—]")
GEORGIA = re.compile(r"Tbilisi|\bGeorgian|Abkhazia|Ossetia|Saakashvili|Caucasus|Armenia|Azerbaijan")
NO_NAME = re.compile(
    r"[\d\W]+$|(?:[A-Z][a-z]+day|Mr|Mrs|Ms|Dr|Photo|Source|Quote|Details|Image|Video|I|He|She|We|Brexit|Thursday|God|Internet|Twitter|Facebook|Email|Tel|Fax)$"
)


class Found(NamedTuple):
    """A named stretch of a text: its kind, the actor if the gazetteer knows it, and what found it."""

    start: int
    end: int
    kind: Kind
    known: Known | None
    metonym: bool
    method: str


def find_names(text: str, language: str) -> list[Found]:
    """Every stretch that names an actor, in order, without overlap; in other languages than English countries
    and what a plugged-in recogniser finds, and nothing in a language that is not known.
    """
    if language != "en":
        return [] if language == "und" else _find_abroad(text, language)
    calm = calm_capitals(text)
    names = agree_labels(calm, [shape_name(calm, _trim(calm, name)) for name in read_names(calm)])
    hits = [
        hit
        for hit in tell_namesakes(calm, _read_georgia(calm, find_known(calm)))
        if not _is_part(calm, hit, names)
    ]
    acting = [hit for hit in find_metonyms(calm) if not _is_part(calm, hit, names)]
    metonyms = [Found(hit.start, hit.end, "country", hit.actor, True, "metonym") for hit in acting]
    known = _without_overlap([*metonyms, *_from_hits(hits, "gazetteer")])
    recognised = [found for name in names if (found := _from_name(calm, _behind_country(calm, name, known)))]
    overlooked = (*_read_lone(calm), *_read_peoples(calm))
    return _drop_unmeant(text, _without_overlap([*recognised, *overlooked], first=known))


def _find_abroad(text: str, language: str) -> list[Found]:
    """Countries, and names of kinds that act by the recogniser of the language if there is one."""
    named = [
        Found(name.start, name.end, KIND_OF_LABEL[name.label], None, False, "recogniser")
        for name in read_names(text, language)
        if name.label in KIND_OF_LABEL
    ]
    return _without_overlap(named, first=list(_from_hits(find_known(text, language), "gazetteer")))


def _trim(text: str, name: Name) -> Name:
    """The name without articles, possessives, quotation marks and, for a person, titles."""
    start, end = name.start, name.end
    start += len(front.group()) if (front := FRONT.match(text[start:end])) else 0
    end = _extend(text, end) if name.label == "ORG" and BODY.search(text[start:end]) else end
    while (back := BACK.search(text, start, end)) and not ABBREVIATION.search(text[start:end]):
        end = back.start()
    if name.label == "PERSON" and start < end:
        start = strip_title(text, start, end)
    return Name(start, max(start, end), name.label)


def _extend(text: str, end: int) -> int:
    """The end of an organisation's name with the place or task it is of: "Communist Party of Greece"."""
    match = OF.match(text, end)
    return match.end() if match else end


def _from_hits(hits: Iterable[Hit], method: str) -> Iterator[Found]:
    """The gazetteer's stretches as found names."""
    for start, end, actor in hits:
        yield Found(start, end, actor.kind, actor, False, method)


def _from_name(text: str, name: Name) -> Found | None:
    """A recognised name of a kind that acts; adjectives of nations and parties are none."""
    surface = text[name.start : name.end]
    kind = "group" if surface in demonyms().people else KIND_OF_LABEL.get(name.label)
    if kind is None or not _may_name(surface):
        return None
    if surface in demonyms().adjectives or surface.islower():
        return None
    if kind == "group" and (
        PREFIX.search(text, max(0, name.start - 6), name.start) or not _is_plural(surface)
    ):
        return None
    return Found(name.start, name.end, kind, None, False, "spacy")


def _is_plural(surface: str) -> bool:
    """Whether a word for a group stands for its people and not for what is theirs."""
    return surface in demonyms().people or surface.endswith("s")


def _may_name(surface: str) -> bool:
    """Whether these words can be a name at all."""
    return bool(surface) and not NO_NAME.match(surface) and (surface[-1].isalnum() or len(surface) > 2)


def _read_lone(text: str) -> Iterator[Found]:
    """Surnames that mean one person alone, which the recogniser may overlook; no parts of longer names."""
    for match in CAPITAL_WORD.finditer(text):
        actor = known_by_surname(match.group())
        if actor and not NAME_BEHIND.match(text, match.end()) and not _names_before(text, match.start()):
            yield Found(*match.span(), "person", actor, False, "gazetteer")


def _read_peoples(text: str) -> Iterator[Found]:
    """The peoples of countries ("Canadians"), which the recogniser may overlook; no parts of longer names."""
    for match in PLURAL.finditer(text):
        word = match.group()
        if (
            word in demonyms().people
            and word not in demonyms().adjectives
            and not NAME_BEHIND.match(text, match.end())
        ):
            yield Found(*match.span(), "group", None, False, "gazetteer")


def _names_before(text: str, start: int) -> bool:
    """Whether the word before is another part of the name, and no title."""
    before = NAME_BEFORE.search(text[max(0, start - 30) : start])
    return before is not None and before.group(1).lower().rstrip(".") not in role_nouns("person")


def _behind_country(text: str, name: Name, known: list[Found]) -> Name:
    """The name of a person without a country in front: "Cyprus Stanislav Osadchiy"."""
    for hit in known if name.label == "PERSON" else ():
        if hit.start == name.start and text[hit.end : name.end].count(" ") > 1:
            return Name(hit.end + 1, name.end, name.label)
    return name


def _is_part(text: str, hit: Hit, names: list[Name]) -> bool:
    """Whether a known name is only part of another's: "Bank of America", "New Mexico", "Michael Jordan"."""
    around = (name for name in names if name.start <= hit.start and hit.end <= name.end)
    return any(
        _swallows(text[name.start : name.end], name.label, hit, text[hit.start : hit.end]) for name in around
    )


def _swallows(whole: str, label: str, hit: Hit, part: str) -> bool:
    """Whether the recognised name is another than the known one in it."""
    if label == "PERSON":
        if whole == part:
            return part in FIRST_NAMES
        return (
            " " not in part and not (whole.startswith(part) and whole.count(" ") > 1)
        ) or hit.actor.kind == "person"
    if whole == part or label not in WHOLE:
        return False
    return label in ("ORG", "WORK_OF_ART", "LAW") or not JOINED.search(whole)


def _read_georgia(text: str, hits: list[Hit]) -> list[Hit]:
    """The hits; Georgia only where the text speaks of the Caucasus, else it is the American state."""
    if GEORGIA.search(text):
        return hits
    return [hit for hit in hits if hit.actor.name != "Georgia"]


def _without_overlap(found: list[Found], first: Sequence[Found] = ()) -> list[Found]:
    """Of names that overlap those in `first`, then the longest, then the first given."""
    kept: list[Found] = list(first)
    for name in sorted(found, key=lambda name: name.start - name.end):
        if all(name.end <= other.start or other.end <= name.start for other in kept):
            kept.append(name)
    return sorted(kept, key=lambda name: name.start)


def _drop_unmeant(text: str, found: list[Found]) -> list[Found]:
    """The names outside credits and event names ("2016 US election") that are no picture agency."""
    credits = [*credit_ranges(text), *(match.span() for match in ELECTION.finditer(text))]
    return [
        name
        for name in found
        if not is_picture_agency(text[name.start : name.end])
        and not any(start < name.end and name.start < end for start, end in credits)
    ]
