"""Rulings: what a person decided about actors, in `actors.toml`; read at every refresh.

Three kinds of blocks: `[[actor]]` gives an actor its name, kind, country and aliases (all these names are one
actor), `[[split]]` says that a name is another actor in one outlet or beside certain words, `[[no_actor]]`
that a name is none. Ids follow from names alone, so that they stay the same however often a file is read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import get_args

import pycountry

from etl.errors import SettingsError
from etl.transform.gazetteer import Kind, Known, actor_identity, full_key, known_by_name, name_key

KINDS: tuple[Kind, ...] = get_args(Kind)
BLOCKS = {
    "actor": ("name", "kind", "country", "aliases"),
    "split": ("name", "is", "outlet", "text"),
    "no_actor": ("name",),
}
Block = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """One block; what it does not say is empty. `becomes` is what a split calls `is`."""

    block: str
    name: str
    kind: str = ""
    country: str = ""
    aliases: tuple[str, ...] = ()
    becomes: str = ""
    outlet: str = ""
    text: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that the block speaks of."""
        return tuple(filter(None, (self.name, *self.aliases, self.becomes)))


@dataclass(frozen=True)
class Rulings:
    """All blocks of one file, in its order."""

    blocks: tuple[Ruling, ...] = ()

    def of(self, block: str) -> Iterator[Ruling]:
        """The rulings of one kind of block."""
        return (ruling for ruling in self.blocks if ruling.block == block)


def read_rulings(path: Path) -> Rulings:
    """The rulings of a file; none where there is no file.

    Raises:
        SettingsError: the file is no TOML, or a block is wrong or contradicts another.
    """
    if not path.exists():
        return Rulings()
    try:
        return make_rulings(tomllib.loads(path.read_text("utf-8")), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("actors", f"{path} cannot be read", "check that it is a file in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError("actors", f"{path}: {error}", "write [[actor]], then key = value") from error


def make_rulings(blocks: Mapping[str, object], where: str) -> Rulings:
    """The rulings of these blocks; `where` names their file in errors.

    Raises:
        SettingsError: a block is wrong or contradicts another.
    """
    made: list[Ruling] = []
    for kind, entries in blocks.items():
        if kind not in BLOCKS or not isinstance(entries, list):
            raise SettingsError(
                "actors", f"{where}: {kind} is unknown", f"write [[{']] or [['.join(BLOCKS)}]]"
            )
        made += [_Reader(where, kind, number, entry).read() for number, entry in enumerate(entries, 1)]
    rulings = Rulings(tuple(made))
    _refuse_contradictions(where, rulings)
    return rulings


def list_blocks(rulings: Rulings) -> dict[str, list[dict[str, object]]]:
    """The rulings as `make_rulings` takes them."""
    listed: dict[str, list[dict[str, object]]] = {}
    for ruling in rulings.blocks:
        said = {**vars(ruling), "is": ruling.becomes, "aliases": list(ruling.aliases)}
        listed.setdefault(ruling.block, []).append(
            {key: said[key] for key in BLOCKS[ruling.block] if said[key]}
        )
    return listed


@lru_cache(100_000)
def possible_ids(name: str) -> tuple[str, ...]:
    """The ids that a name can have by itself, whatever it was taken for."""
    known = known_by_name(name)
    plain = tuple(actor_identity(kind, full_key(name)) for kind in KINDS)
    return plain if known is None else (known.actor_id, *plain)


@lru_cache(8)
def ruled_actors(rulings: Rulings) -> dict[str, Known]:
    """The actor meant, by each id that its name and its aliases can have."""
    return {
        actor_id: actor
        for ruling in rulings.of("actor")
        for actor in (_make_actor(ruling),)
        for name in (*ruling.aliases, ruling.name)
        for actor_id in possible_ids(name)
    }


@lru_cache(8)
def ruled_names(rulings: Rulings) -> dict[str, Known]:
    """The actor meant, by its name and its aliases as they are written."""
    pairs = ((ruling, _make_actor(ruling)) for ruling in rulings.of("actor"))
    return {name: actor for ruling, actor in pairs for name in (*ruling.aliases, ruling.name)}


@lru_cache(1_000)
def split_actor(rulings: Rulings, name: str, kind: str) -> Known:
    """The actor that a split makes: one of the file or of the gazetteer, else a new one of this kind."""
    known = ruled_names(rulings).get(name) or known_by_name(name)
    right: Kind = next(one for one in KINDS if one == kind)
    return known or Known(name=name, kind=right, country="", actor_id=actor_identity(kind, full_key(name)))


@lru_cache(8)
def registered(rulings: Rulings) -> dict[str, Known]:
    """The actors that the file names, by id."""
    split = (split_actor(rulings, one.becomes, kind) for one in rulings.of("split") for kind in KINDS)
    return {actor.actor_id: actor for actor in (*split, *ruled_names(rulings).values())}


def _make_actor(ruling: Ruling) -> Known:
    """The actor of a block, with the id and the facts of the gazetteer where that knows it."""
    known = known_by_name(ruling.name)
    kind = next((kind for kind in KINDS if kind == ruling.kind), known.kind if known else "organisation")
    return Known(
        name=ruling.name, kind=kind, country=ruling.country or (known.country if known else ""),
        actor_id=known.actor_id if known else actor_identity(kind, full_key(ruling.name)),
    )  # fmt: skip


@dataclass(frozen=True)
class _Reader:
    """One block under examination: where it stands and what it says."""

    where: str
    kind: str
    number: int
    entry: object

    def read(self) -> Ruling:
        """The block as a ruling."""
        if not isinstance(self.entry, dict):
            raise self.refuse("is no block", "write key = value lines under it")
        for key in self.entry:
            if key not in BLOCKS[self.kind]:
                raise self.refuse(f"key {key} is unknown", f"use {', '.join(BLOCKS[self.kind])}")
        said = {key: self._word(key) for key in ("name", "kind", "country", "is", "outlet", "text")}
        ruling = Ruling(block=self.kind, aliases=self._aliases(), becomes=said.pop("is"), **said)
        self._check(ruling)
        return ruling

    def refuse(self, problem: str, remedy: str) -> SettingsError:
        """The error about this block."""
        return SettingsError("actors", f"{self.where}: [[{self.kind}]] {self.number}: {problem}", remedy)

    def _word(self, key: str) -> str:
        """One value that must be words where it is given."""
        value = self.entry.get(key, "") if isinstance(self.entry, dict) else ""
        if not isinstance(value, str) or (
            isinstance(self.entry, dict) and key in self.entry and not value.strip()
        ):
            raise self.refuse(f"{key} must be words in quotation marks", "write them, or leave the key out")
        return value.strip()

    def _aliases(self) -> tuple[str, ...]:
        """The aliases, which must be a list of names."""
        given = self.entry.get("aliases", []) if isinstance(self.entry, dict) else []
        if not isinstance(given, list) or not all(isinstance(one, str) and name_key(one) for one in given):
            raise self.refuse("aliases must be a list of names", 'write aliases = ["one name", "another"]')
        return tuple(one.strip() for one in given)

    def _check(self, ruling: Ruling) -> None:
        """Refuse what makes no sense in this block."""
        if not name_key(ruling.name):
            raise self.refuse("name is missing", 'write name = "..."')
        if self.kind == "actor":
            self._check_actor(ruling)
        if self.kind == "split" and not (name_key(ruling.becomes) and (ruling.outlet or ruling.text)):
            raise self.refuse(f"{ruling.name} is split without saying what and where",
                              'write is = "..." and outlet = "..." or text = "..."')  # fmt: skip
        if self.kind == "split" and set(possible_ids(ruling.name)) & set(possible_ids(ruling.becomes)):
            raise self.refuse(f"{ruling.name} is split into itself", 'give it another name in is = "..."')

    def _check_actor(self, ruling: Ruling) -> None:
        """Refuse an unknown kind or country."""
        if ruling.kind not in (*KINDS, ""):
            raise self.refuse(f"kind {ruling.kind} is unknown", f"use {', '.join(KINDS)}")
        if not ruling.kind and known_by_name(ruling.name) is None:
            raise self.refuse(f"{ruling.name} has no kind", f"write kind = one of {', '.join(KINDS)}")
        if ruling.country and pycountry.countries.get(alpha_3=ruling.country) is None:
            raise self.refuse(f"country {ruling.country} is unknown", 'use ISO 3166 alpha-3, such as "GBR"')


def _refuse_contradictions(where: str, rulings: Rulings) -> None:
    """Refuse a file that gives one name to two actors, or says that an actor is none."""
    owner: dict[str, Ruling] = {}
    for ruling in rulings.of("actor"):
        for actor_id in {one for name in ruling.names for one in possible_ids(name)}:
            if owner.setdefault(actor_id, ruling) is not ruling:
                both = f"{owner[actor_id].name} and {ruling.name} share a name"
                raise SettingsError("actors", f"{where}: {both}", "join the blocks, or take it out of one")
    for ruling in rulings.of("no_actor"):
        if any(actor_id in owner for actor_id in possible_ids(ruling.name)):
            problem = f"{where}: {ruling.name} is an actor and none"
            raise SettingsError("actors", problem, "keep the [[actor]] or the [[no_actor]]")
