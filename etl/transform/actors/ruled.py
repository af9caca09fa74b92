"""Ruled: the mentions of one article as the rulings of `actors.toml` would have them.

A mention is only ever given to another actor, covered by a longer one, or added; none is lost but those of
names that the file calls no actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from etl.transform.actors.resolve import Meant
from etl.transform.feature import Feature
from etl.transform.gazetteer import Known
from etl.transform.labels import read_label
from etl.transform.rulings import Ruling, Rulings, possible_ids, ruled_actors, ruled_names, split_actor

RULED = ("mentions", "actors")


def with_rulings(features: Sequence[Feature], rulings: Rulings) -> tuple[Feature, ...]:
    """The features, those of actors bound to the rulings; as they are where there are none."""
    if not rulings.blocks:
        return tuple(features)
    return tuple(
        replace(feature, compute=partial(feature.compute, rulings=rulings))
        if feature.makes in RULED and not feature.completes
        else feature
        for feature in features
    )


def rule_mentions(text: str, meant: Sequence[Meant], rulings: Rulings, outlet: str) -> list[Meant]:
    """The mentions of one article by this outlet under the rulings, in order, without overlap."""
    if not rulings.blocks:
        return list(meant)
    acting = [one for one in meant if not _is_nobody(text, one, rulings)]
    complete = _with_aliases(text, acting, rulings)
    merged = [_merge(text, one, complete, rulings) for one in complete]
    for ruling in rulings.of("split"):
        if _holds(ruling, text, outlet):
            merged = [_split(one, ruling, rulings) for one in merged]
    return merged


def _is_nobody(text: str, one: Meant, rulings: Rulings) -> bool:
    """Whether the file calls this no actor, by its name or as it stands here."""
    return any(
        one.actor_id in possible_ids(ruling.name) or text[one.start : one.end] == ruling.name
        for ruling in rulings.of("no_actor")
    )


def _with_aliases(text: str, meant: Sequence[Meant], rulings: Rulings) -> list[Meant]:
    """The mentions and the names of the file that were overlooked; these cover shorter mentions inside."""
    added = [one for one in _read_aliases(text, rulings) if not any(_blocks(one, other) for other in meant)]
    kept = [one for one in meant if not any(new.start <= one.start and one.end <= new.end for new in added)]
    return sorted((*kept, *added), key=lambda one: one.start)


def _blocks(new: Meant, other: Meant) -> bool:
    """Whether a mention that is there already is as long, or sticks out of the new one."""
    overlaps = other.start < new.end and new.start < other.end
    inside = new.start <= other.start and other.end <= new.end
    return overlaps and (not inside or (other.start, other.end) == (new.start, new.end))


def _read_aliases(text: str, rulings: Rulings) -> Iterator[Meant]:
    """Where the text holds names of the file, as words of their own."""
    names, pattern = ruled_names(rulings), _alias_pattern(rulings)
    for match in pattern.finditer(text) if pattern else ():
        actor = names[match.group()]
        label = read_label(text, *match.span(), actor.kind)
        yield Meant(start=match.start(), end=match.end(), kind=actor.kind, actor_id=actor.actor_id,
                    label=label, metonym=False, method="alias")  # fmt: skip


@lru_cache(8)
def _alias_pattern(rulings: Rulings) -> re.Pattern[str] | None:
    """All names of the file, the longest first; none where it has none."""
    names = sorted(ruled_names(rulings), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None


def _merge(text: str, one: Meant, all_meant: Sequence[Meant], rulings: Rulings) -> Meant:
    """The mention given to the actor that the file joins it with."""
    actor = ruled_actors(rulings).get(one.actor_id)
    named = ruled_names(rulings).get(text[one.start : one.end])
    if actor is None and named and not one.metonym and not _is_short_for(text, one, all_meant):
        actor = named
    return _give(one, actor) if actor else one


def _is_short_for(text: str, one: Meant, all_meant: Sequence[Meant]) -> bool:
    """Whether the article itself names the same actor by a longer name with this one in it."""
    surface = text[one.start : one.end]
    longer = (text[other.start : other.end] for other in all_meant if other.actor_id == one.actor_id)
    return any(surface != name and surface in name.split() for name in longer)


def _holds(ruling: Ruling, text: str, outlet: str) -> bool:
    """Whether a split holds in this article."""
    return ruling.outlet in ("", outlet) and ruling.text in text


def _split(one: Meant, ruling: Ruling, rulings: Rulings) -> Meant:
    """The mention given to the other actor, where it is of the name that is split."""
    actors = ruled_actors(rulings)
    ids = {actors[name].actor_id if name in actors else name for name in possible_ids(ruling.name)}
    return _give(one, split_actor(rulings, ruling.becomes, one.kind)) if one.actor_id in ids else one


def _give(one: Meant, actor: Known) -> Meant:
    """The mention as one of this actor."""
    return replace(one, kind=actor.kind, actor_id=actor.actor_id)
