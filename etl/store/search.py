"""Search: a tantivy index of the current articles beside the tables; it can always be made again from them.

The index says which store version it holds and when that was made (`search/version.json`, written after its
commit), so that one left behind by a killed refresh, or by a folder put back from a backup, is caught up or
made again by whoever meets it next.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import tantivy

from etl.errors import StoreBusy, StoreError
from etl.schema import TABLES
from etl.store.delta import list_files, read_rows
from etl.store.lock import hold_lock, make_lock
from etl.store.manifest import Manifest, read_manifest, replace_file

FOLDER, MARK = "search", "version.json"
SHAPE = 2  # grows with the fields or the tokenizer: an index of another shape is made again
SEARCHED = ["title", "text"]
HEAP = 50_000_000
NEGATION = re.compile(r"""(?P<quoted>"[^"]*")|\bNOT\s+(?P<term>(?:\w+:)?"[^"]*"|[^\s()"]+)""")
METADATA = ["article_id", "outlet", "language", "title", "published", "revision"]


@dataclass(frozen=True)
class Searcher:
    """A view of the index as it was when it was opened."""

    index: tantivy.Index

    def find(self, words: str, limit: int) -> pd.DataFrame:
        """article_id and score of at most `limit` hits, best first; without a hit no rows."""
        found = self._run(words, limit)
        if not found and words.count('"') % 2:  # a quotation mark that was never closed swallows the query
            found = self._run(re.sub(r"[^\w\s]", " ", words), limit)
        return pd.DataFrame(
            {
                "article_id": pd.Series([name for name, _ in found], dtype="str"),
                "score": pd.Series([score for _, score in found], dtype="float64"),
            }
        )

    def _run(self, words: str, limit: int) -> list[tuple[str, float]]:
        """The hits of a query as (article, score)."""
        query, _ = self.index.parse_query_lenient(
            NEGATION.sub(_spell_out, words),
            SEARCHED,
            field_boosts={"title": 2.0},
            conjunction_by_default=True,
        )
        searcher = self.index.searcher()
        hits = searcher.search(query, max(1, limit), count=False).hits
        return [(searcher.doc(place)["article_id"][0], score) for score, place in hits]


def open_searcher(folder: Path) -> Searcher:
    """The index of the store in this folder, as far as it was written; an empty one where there is none."""
    path = folder / FOLDER
    there = path.is_dir() and tantivy.Index.exists(str(path))
    return Searcher(_with_tokenizer(tantivy.Index.open(str(path)) if there else tantivy.Index(_fields())))


def catch_up(folder: Path, version: int) -> None:
    """Bring the index to this version or a newer one; a refresh that is at work will do it itself."""
    if (indexed_version(folder) or 0) >= version:
        return
    try:
        with hold_lock(make_lock(folder), folder):
            update_index(folder, read_manifest(folder))
    except (StoreBusy, PermissionError):  # then the search finds what is indexed so far
        return


def update_index(folder: Path, manifest: Manifest, changed: Collection[str] | None = None) -> None:
    """Index this version; `changed` are its differences from the one before, where the caller knows them."""
    indexed = indexed_version(folder)
    if indexed is None:
        shutil.rmtree(folder / FOLDER, ignore_errors=True)
        changed = None
    elif indexed >= manifest.version:
        return
    elif changed is None or indexed < manifest.version - 1:
        changed = _differences(folder, indexed, manifest)
    _write_documents(folder, manifest, changed)
    mark = {"version": manifest.version, "made": manifest.made, "shape": SHAPE}
    replace_file(folder / FOLDER / MARK, json.dumps(mark))


def indexed_version(folder: Path) -> int | None:
    """The store version that the index holds; none where there is no index of a version that was published."""
    try:
        mark = json.loads((folder / FOLDER / MARK).read_text(encoding="utf-8"))
        held = read_manifest(folder, int(mark["version"]))
    except (FileNotFoundError, ValueError, KeyError, StoreError):
        return None
    return held.version if (mark.get("made"), mark.get("shape")) == (held.made, SHAPE) else None


def _spell_out(found: re.Match[str]) -> str:
    """`NOT x` as 'all but x': tantivy reads `a AND NOT x` as 'a, and out of nothing what is not x'."""
    return found["quoted"] or f"(* NOT {found['term']})"


def _fields() -> tantivy.Schema:
    """The fields: only the id is kept, the words can be read again from the store."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("article_id", stored=True, tokenizer_name="raw")
    for name in ("title", "text", "outlet", "language"):
        builder.add_text_field(name, tokenizer_name="folded")
    builder.add_text_field("day", tokenizer_name="raw")
    return builder.build()


def _with_tokenizer(index: tantivy.Index) -> tantivy.Index:
    """The index with our tokenizer, which knows neither case nor accents."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (tantivy.Filter.remove_long(80), tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold()):
        builder = builder.filter(step)
    index.register_tokenizer("folded", builder.build())
    return index


def _differences(folder: Path, indexed: int, manifest: Manifest) -> set[str] | None:
    """Articles that differ between two versions; none (all) where the older one cannot be read any more."""
    try:
        before, after = _metadata(folder, read_manifest(folder, indexed)), _metadata(folder, manifest)
    except StoreError:
        return None
    differing = pd.concat([before, after]).drop_duplicates(keep=False)
    return set(differing["article_id"])


def _metadata(folder: Path, manifest: Manifest) -> pd.DataFrame:
    """What is indexed of the articles of a version, and the number of their current text."""
    table = TABLES["articles"]
    return read_rows(list_files(folder, table, manifest.tables["articles"]), table, METADATA)


def _write_documents(folder: Path, manifest: Manifest, changed: Collection[str] | None) -> None:
    """Replace the documents of the changed articles (of all where it is none) and commit."""
    articles = _documents(folder, manifest)
    path = folder / FOLDER
    path.mkdir(parents=True, exist_ok=True)
    writer = _with_tokenizer(tantivy.Index(_fields(), path=str(path))).writer(HEAP, num_threads=1)
    if changed is None:
        writer.delete_all_documents()
    else:
        articles = articles[articles["article_id"].isin(changed)]
        for article_id in changed:
            writer.delete_documents_by_term("article_id", article_id)
    for row in articles.to_dict("records"):
        writer.add_document(tantivy.Document(**{str(name): words for name, words in row.items()}))
    writer.commit()
    writer.wait_merging_threads()


def _documents(folder: Path, manifest: Manifest) -> pd.DataFrame:
    """One document an article."""
    texts = TABLES["texts"]
    bodies = read_rows(list_files(folder, texts, manifest.tables["texts"]), texts, ["article_id", "text"])
    articles = _metadata(folder, manifest).merge(bodies, on="article_id", how="left", validate="1:1")
    day = articles["published"].dt.strftime("%Y-%m-%d").fillna("")
    kept = articles[["article_id", "outlet", "language", "title"]]
    return kept.assign(text=articles["text"].fillna(""), day=day)
