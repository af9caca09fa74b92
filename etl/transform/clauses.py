"""Clauses: what part a noun has in its clause, read off the tree of the sentence.

Grammar, not blame: the subject of an active verb acts, its object and the subject of a passive are acted upon.
What somebody is, seems or has is no act. Who dies or suffers undergoes it, in the active voice too.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from spacy.tokens import Token

from etl.transform.cues import cue_forms
from etl.transform.lexicon import read_words
from etl.transform.quotes.trees import agent_of, child_of, is_passive

Part = Literal["agent", "patient", "other"]

DEEP = 4  # verbs and nouns up and down the tree
BEING, SEEMING = read_words("clauses", "rule", "being"), read_words("clauses", "rule", "seeming")
UNDERGOING, EXPECTED = read_words("clauses", "rule", "undergoing"), read_words("clauses", "rule", "expected")
CLIPPED, CLIPPED_BY = read_words("clauses", "rule", "clipped"), read_words("clauses", "rule", "clipped by")
NOMINAL = ("NN", "PRP", "CD", "DT")
COMPLEMENTS = ("acomp", "attr", "oprd")


class Role(NamedTuple):
    """The part of a noun, and for the subject of a passive whether nobody is named who did it."""

    part: Part
    agentless: bool | None = None


OTHER = Role("other")


def read_role(noun: Token, *, place: bool = False) -> Role:
    """The part that a noun has in its clause; `place` for what may stand behind "by" as a place does."""
    noun = _first_of_chain(noun)
    match noun.dep_:
        case "nsubj":
            return _role_of_subject(noun, noun.head)
        case "nsubjpass":
            return _role_in_passive(noun.head)
        case "dobj" | "dative":
            return _role_of_object(noun)
        case "pobj" if noun.head.lower_ == "by" and not place:
            return _role_behind_by(noun.head)
    return Role("agent") if _says(noun) else OTHER


def _says(noun: Token) -> bool:
    """Whether a noun stands between a comma and "said", which the parser may take for an apposition."""
    first, last = noun.left_edge.i, noun.i + 1
    if first == 0 or last >= len(noun.doc) or noun.doc[first - 1].text != ",":
        return False
    verb = noun.doc[last]
    cue = cue_forms().get(verb.lower_)
    return cue is not None and "say" in cue.uses and verb.tag_ in ("VBD", "VBZ")


def _first_of_chain(noun: Token) -> Token:
    """The noun that stands for this one in its clause: the first of an enumeration, what it is in apposition to."""
    for _ in range(DEEP):
        if noun.dep_ not in ("conj", "appos") or not noun.head.tag_.startswith(NOMINAL):
            return noun
        noun = _titled(noun) if noun.dep_ == "appos" else noun.head
    return noun


def _titled(name: Token) -> Token:
    """What a name stands in apposition to: in "the mayor of Brill, Ann Lee," the mayor and not the town."""
    before = name.head
    if before.tag_.startswith("NNP") and before.dep_ == "pobj" and before.head.lower_ == "of":
        title = before.head.head
        return title if title.tag_.startswith("NN") else before
    return before


def _role_of_subject(noun: Token, verb: Token, depth: int = DEEP) -> Role:
    """The part of the subject of a verb that has not the form of a passive, or of one behind it."""
    word = verb.lower_
    if is_passive(verb) or child_of(verb, "auxpass") is not None or _is_clipped(verb):
        return _role_in_passive(verb, depth)
    if word in BEING or (word in SEEMING and _complement(verb) is not None):
        behind = _infinitive(verb) or _infinitive(_complement(verb))
        return _role_of_subject(noun, behind, depth - 1) if behind is not None and depth else OTHER
    if word in UNDERGOING or _is_object_too(noun, verb):
        return Role("patient")
    behind = _infinitive(verb)
    if behind is not None and depth and child_of(behind, "auxpass") is not None:
        return _role_in_passive(behind)
    return Role("agent")


def _role_in_passive(verb: Token, depth: int = DEEP) -> Role:
    """The part of the subject of a passive; of "is expected to" that of the verb behind it."""
    behind = _infinitive(verb) if verb.lower_ in EXPECTED else None
    if behind is not None and depth:
        return _role_of_subject(verb, behind, depth - 1)
    verbs = (verb, *(other for other in verb.conjuncts if is_passive(other)))
    return Role("patient", all(agent_of(one) is None for one in verbs))


def _role_of_object(noun: Token) -> Role:
    """The part of an object; behind "said" without a subject it is who says it."""
    verb = noun.head
    cue = cue_forms().get(verb.lower_)
    if cue and "say" in cue.uses and "act" not in cue.uses and verb.tag_ == "VBD":
        return Role("patient" if child_of(verb, "nsubj") is not None else "agent")
    return OTHER if verb.lower_ in BEING else Role("patient")


def _role_behind_by(by: Token) -> Role:
    """The part of who stands behind "by": they did it where a passive or a noun stands before."""
    before = by.head
    return Role("agent") if by.dep_ == "agent" or before.tag_.startswith(("VBN", "NN")) else OTHER


def _is_clipped(verb: Token) -> bool:
    """Whether a verb is a passive without its "was", as in headlines: "Minister arrested in Brill"."""
    known = verb.lower_ in CLIPPED or (verb.lower_ in CLIPPED_BY and agent_of(verb) is not None)
    bare = all(child.dep_ not in ("dobj", "aux", "ccomp", "dative") for child in verb.children)
    return known and bare and verb.tag_ in ("VBD", "VBN")


def _is_object_too(noun: Token, verb: Token) -> bool:
    """Whether the subject of an infinitive is what the verb before it is aimed at: "urged them to stop"."""
    aimed = verb.dep_ in ("ccomp", "xcomp") and verb.tag_ == "VB" and verb.head.i < noun.i
    helped = any(child.tag_ == "MD" or child.lower_ in ("do", "did", "does") for child in verb.children)
    return aimed and not helped


def _complement(verb: Token) -> Token | None:
    """What somebody is or seems; for "appears to have left" the verb."""
    return child_of(verb, *COMPLEMENTS, "xcomp")


def _infinitive(word: Token | None) -> Token | None:
    """The verb behind "to" that hangs on a word: "has to leave", "is ready to sign"."""
    if word is None:
        return None
    verbs = (child for child in word.children if child.dep_ == "xcomp" and child.i > word.i)
    return next((verb for verb in verbs if any(child.lower_ == "to" for child in verb.children)), None)
