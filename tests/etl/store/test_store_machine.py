"""The store against a dictionary: whatever is committed or killed, every version reads as it was told."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pandas as pd
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from etl.schema import TABLES
from etl.store import Store
from tests.builders import make_rows

IDS = st.sampled_from(["a", "b", "c"])
MONTHS = st.sampled_from([None, "2024-06", "2024-07"])
WORDS = st.sampled_from(["amber", "basalt", "cobalt"])
TONED = st.integers(0, 2)
Model = dict[str, tuple[str | None, str, int]]  # id: month, word of the text, number of tones


def article_rows(model: Model) -> dict[str, pd.DataFrame]:
    """The rows of the three tables that the machine watches."""
    articles = [
        {
            "article_id": name,
            "outlet": "The Courier",
            "title": word,
            "published": None if month is None else pd.Timestamp(f"{month}-15 08:00", tz="UTC"),
        }
        for name, (month, word, _) in model.items()
    ]
    texts = [{"article_id": name, "text": f"{word}\n\nOnly {word}."} for name, (_, word, _) in model.items()]
    tones = [
        {"article_id": name, "sentence": n} for name, (_, _, toned) in model.items() for n in range(toned)
    ]
    made = {"articles": articles, "texts": texts, "tones": tones}
    return {name: make_rows(name, *rows) if rows else TABLES[name].empty() for name, rows in made.items()}


def read_model(store: Store, version: int) -> Model:
    """What a version of the store holds, in the words of the model."""
    snapshot = store.snapshot(version)
    texts = snapshot.table("texts").set_index("article_id")["text"].str.split("\n").str[0]
    tones = snapshot.table("tones").groupby("article_id", observed=True).size()
    months = snapshot.sql("SELECT article_id, month FROM articles").set_index("article_id")["month"]
    return {
        name: (None if months[name] == "undated" else months[name], word, int(tones.get(name, 0)))
        for name, word in texts.items()
    }


class StoreMachine(RuleBasedStateMachine):
    """Commits of every kind, crashes between writing and publishing, and a second handle on the folder."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="newsprism-store-"))
        self.store = Store(self.folder)
        self.now: Model = {}
        self.told: dict[int, Model] = {}

    def teardown(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.folder)

    def expect(self, version: int, model: Model) -> None:
        """A commit makes the next version, or none where it changes nothing."""
        if self.told and model == self.now:
            assert version == max(self.told)
        else:
            assert version == max(self.told, default=0) + 1
        self.now, self.told[version] = model, model

    @initialize(name=IDS, month=MONTHS, word=WORDS)
    def begin(self, name: str, month: str | None, word: str) -> None:
        """The first commit."""
        self.upsert({name: (month, word, 1)})

    def upsert(self, model: Model) -> None:
        """These articles as a whole."""
        self.expect(self.store.commit("run", upserts=article_rows(model)), self.now | model)

    @rule(model=st.dictionaries(IDS, st.tuples(MONTHS, WORDS, TONED), min_size=1, max_size=2))
    def put(self, model: Model) -> None:
        """New and changed articles, some of which move to another month."""
        self.upsert(model)

    @rule(name=IDS)
    def delete(self, name: str) -> None:
        """An article that goes; one that is not there changes nothing."""
        left = {one: row for one, row in self.now.items() if one != name}
        self.expect(self.store.commit("run", deleted=[name]), left)

    @precondition(lambda self: self.now)
    @rule(toned=TONED)
    def replace_tones(self, toned: int) -> None:
        """One table given whole."""
        model = {name: (month, word, toned) for name, (month, word, _) in self.now.items()}
        version = self.store.commit("run", replaced={"tones": article_rows(model)["tones"]})
        self.expect(version, model)

    @rule(model=st.dictionaries(IDS, st.tuples(MONTHS, WORDS, TONED), min_size=1, max_size=2))
    def crash(self, model: Model) -> None:
        """Killed when all tables and the kept manifest were written, but before the last rename."""
        before = (self.folder / "current.json").read_bytes()
        self.store.commit("killed", upserts=article_rows(model))
        (self.folder / "current.json").write_bytes(before)

    @rule()
    def reopen(self) -> None:
        """Another process opens the folder."""
        self.store = Store(self.folder)

    @invariant()
    def every_version_reads_as_it_was_told(self) -> None:
        """No later commit, and no killed one, changes what a version holds."""
        assert self.store.versions() == sorted(self.told)
        for version, model in self.told.items():
            assert read_model(self.store, version) == model

    @invariant()
    def search_finds_what_is_there(self) -> None:
        """Each word finds the articles that hold it now, and no other."""
        if self.told:
            snapshot = self.store.snapshot()
            for word in ("amber", "basalt", "cobalt"):
                found = snapshot.search(word)["article_id"].tolist()
                assert sorted(found) == sorted(n for n, row in self.now.items() if row[1] == word)

    @invariant()
    def the_manifest_names_every_table(self) -> None:
        """A version is a Delta version of each table of the contract, the last one published."""
        if self.told:
            told = json.loads((self.folder / "current.json").read_text(encoding="utf-8"))
            assert set(told["tables"]) == set(TABLES)
            assert told["version"] == max(self.told)


StoreMachine.TestCase.settings = settings(max_examples=5, stateful_step_count=5, deadline=None)
TestStoreMachine = StoreMachine.TestCase
