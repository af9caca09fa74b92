"""Statements: who says what with which verb, read off the tree of a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from etl.transform.cues import Use, cue_forms, phrases_by_first
from etl.transform.media import names_medium, names_platform
from etl.transform.quotes.trees import (
    agent_of,
    child_of,
    is_passive,
    is_verb,
    patient_of,
    phrase_of,
    quotes_as,
    subject_of,
)

Words = tuple[int, int]  # first word and the one behind the last
Beside = Callable[[int, int, bool], bool]

CLAUSE: frozenset[Use] = frozenset(("say", "tell", "act", "seem"))
SPOKEN: frozenset[Use] = frozenset(("say", "tell", "quote"))
VERBAL: frozenset[Use] = frozenset(("act", "seem"))
ABOUT = frozenset(("about", "for", "on", "of", "against", "as", "over"))
TOWARD = ABOUT | {"to", "with", "at"}
ASIDES = frozenset(("during", "after", "before", "since", "in", "at", "by"))
SAID = frozenset(("ccomp", "xcomp", "dobj"))
DAYS = frozenset(f"{day}day" for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun"))


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Who says (None where the text leaves it open), with which word, and the stretches of what is said."""

    cue: Words
    speaker: Words | None
    contents: tuple[Words, ...]
    speaks: bool  # whether the cue is one for words spoken or written


def read_statements(doc: Doc, beside: Beside) -> Iterator[Statement]:
    """The statements of one sentence, in the order of their cues.

    `beside` tells whether a quotation stands beside a subject and verb, given where the first of them begins,
    where both end, and whether the verb is the main one of the sentence; any verb is a cue there.
    """
    for token in doc:
        cue = _read_cue(token) or _read_lead(token, beside)
        if cue is None or quotes_as(token) or _hands_on(token):
            continue
        uses, width = cue
        if "source" in uses:
            statement = _read_source(token)
        elif "seem" in uses:
            statement = _read_seeming(token, uses)
        else:
            statement = _read_passive(token, uses) if is_passive(token) else _read_active(token, uses, width)
        if statement:
            yield statement


def _read_cue(token: Token) -> tuple[frozenset[Use], int] | None:
    """How a word is used as a cue and how many words it takes; None if it is none."""
    for phrase in phrases_by_first().get(token.lower_, ()):
        width = len(phrase.split())
        if token.doc[token.i : token.i + width].text.lower() == phrase:
            return cue_forms()[phrase].uses, width
    known = cue_forms().get(token.lower_)
    return (known.uses, 1) if known and is_verb(token) and not _is_hearsay(token, known.uses) else None


def _hands_on(verb: Token) -> bool:
    """Whether a medium only ends a sentence that has its speaker: "Lee said it had failed, Reuters reported"."""
    told, subject = child_of(verb, "ccomp"), child_of(verb, "nsubj")
    if told is None or subject is None or not _passes_on(verb, told):
        return False
    cue = cue_forms().get(told.lower_)
    spoken = cue is not None and bool(cue.uses & {"say", "tell"}) and child_of(told, "ccomp") is not None
    return spoken and names_medium(verb.doc[slice(*phrase_of(subject))].text)


def _is_hearsay(verb: Token, uses: frozenset[Use]) -> bool:
    """Whether a verb of reported clauses stands before an infinitive: "said to be old"."""
    behind = verb.doc[verb.i + 1 : verb.i + 3]
    return uses == {"say"} and len(behind) == 2 and behind[0].lower_ == "to" and behind[1].tag_ == "VB"


def _read_lead(verb: Token, beside: Beside) -> tuple[frozenset[Use], int] | None:
    """Any verb with a subject as a cue where a quotation stands right beside them: '," she went on'."""
    subject = subject_of(verb, 1) if is_verb(verb) and not is_passive(verb) else None
    if subject is None or (subject.head != verb and verb.dep_ not in ("advcl", "conj")):
        return None
    own = phrase_of(subject) if subject.head == verb else (verb.i, verb.i + 1)
    first, last = verb.doc[min(own[0], verb.i)], verb.doc[max(own[1] - 1, verb.i)]
    found = beside(first.idx, last.idx + len(last), verb.dep_ == "ROOT")
    return (frozenset(("quote",)), 1) if found else None


def _read_source(token: Token) -> Statement | None:
    """The clause that stands beside "according to someone"."""
    noun = next((word for word in token.subtree if word.dep_ == "pobj"), None)
    if noun is None or noun.i > token.i + 12:
        return None
    speaker = phrase_of(noun)
    verb = token.head
    first, last = verb.left_edge.i, verb.right_edge.i + 1
    content = (speaker[1], last) if token.i - first < 2 else (first, token.i)
    contents = (content,) if content[0] < content[1] else ()
    return Statement(cue=(token.i, speaker[0]), speaker=speaker, contents=contents, speaks=True)


def _read_seeming(verb: Token, uses: frozenset[Use]) -> Statement | None:
    """What seems to be, without anybody to whom it does."""
    subject, parts = subject_of(verb), _complements(verb, uses)
    if not parts or subject is None:
        return None
    first = min(part.left_edge.i for part in parts) if subject.lower_ == "it" else phrase_of(subject)[0]
    last = max(part.right_edge.i + 1 for part in parts)
    return Statement(cue=(verb.i, verb.i + 1), speaker=None, contents=((first, last),), speaks=False)


def _read_passive(verb: Token, uses: frozenset[Use]) -> Statement | None:
    """What is said about the subject, and who says it where a "by" names them."""
    agent, patient = agent_of(verb), patient_of(verb)
    parts = [part for part in _complements(verb, uses | {"act"}) if part != agent]
    if patient is None or (agent is None and not any(part.dep_ in ("xcomp", "ccomp") for part in parts)):
        return None
    last = max([part.right_edge.i + 1 for part in parts], default=verb.i + 1)
    speaker = phrase_of(agent) if agent is not None else None
    contents = ((phrase_of(patient)[0], last),)
    return Statement(cue=(verb.i, verb.i + 1), speaker=speaker, contents=contents, speaks=False)


def _read_active(verb: Token, uses: frozenset[Use], width: int) -> Statement:
    """What the subject says: the clause behind the verb, or before it, or around both."""
    cue, subject = (verb.i, verb.i + width), subject_of(verb)
    speaker = _say_who(verb, subject) if subject is not None else None
    contents: tuple[Words, ...] = ()
    if parts := _complements(verb, uses):
        contents = (_stretch(verb, parts, uses),)
    elif not uses <= {"quote"}:
        behind = speaker[1] if speaker and subject is not None and subject.head == verb else 0
        contents = _read_around(verb, speaker, (min(verb.i, *(speaker or cue)), max(cue[1], behind)))
    kept = tuple((first, last) for first, last in contents if first < last)
    return Statement(cue=cue, speaker=speaker, contents=kept, speaks=bool(uses & SPOKEN))


def _say_who(verb: Token, subject: Token) -> Words:
    """The words of the subject, as far as the verb where that stands among them: "observers saying that"."""
    first, last = phrase_of(subject)
    return (first, verb.i) if first < verb.i < last else (first, last)


def _read_around(verb: Token, speaker: Words | None, aside: Words) -> tuple[Words, ...]:
    """The clause that begins before a verb, without the aside that the verb and its subject are."""
    clause = next((child for child in verb.children if child.dep_ == "ccomp" and child.i < verb.i), None)
    begin, end = aside
    if clause is None and verb.dep_ == "parataxis" and speaker:
        clause, end = _set_in(verb), max(end, verb.right_edge.i + 1)
    if clause is None:
        return ()
    return (clause.left_edge.i, min(clause.right_edge.i + 1, begin)), (end, clause.right_edge.i + 1)


def _set_in(verb: Token) -> Token | None:
    """The clause in which an aside is set; of "The talks failed, Lee said, Reuters reported" only the first."""
    if not _passes_on(verb.head, verb):
        return verb.head
    told = child_of(verb.head, "ccomp")
    return told if told is not None and told.i < verb.i else None


def _passes_on(teller: Token, told: Token) -> bool:
    """Whether a verb for saying only ends what is told, behind a comma with its subject: ", Reuters reported"."""
    cue, subject = cue_forms().get(teller.lower_), child_of(teller, "nsubj")
    if cue is None or "say" not in cue.uses or subject is None or subject.i < told.i:
        return False
    goes_on = any(child.i > teller.i and child.dep_ in SAID for child in teller.children)
    return not goes_on and teller.doc[subject.left_edge.i - 1].text == ","


def _stretch(verb: Token, parts: list[Token], uses: frozenset[Use]) -> Words:
    """The words from the first of these parts to the end of the last; behind a hearer only the clause."""
    first = max(verb.i + 1, min(part.left_edge.i for part in parts))
    last = max(part.right_edge.i + 1 for part in parts)
    clause = next((part for part in parts if part.dep_ == "ccomp"), None)
    if clause is None or "tell" not in uses:
        return first, last
    that = [child.i for child in clause.children if child.dep_ == "mark" and child.lower_ == "that"]
    return max(first, clause.left_edge.i, *that), last


def _complements(verb: Token, uses: frozenset[Use]) -> list[Token]:
    """The parts of the sentence behind a verb that may be what is said."""
    parts: list[Token] = []
    for child in verb.children:
        if child.i > verb.i and _is_said(child, uses, parts):
            parts.append(_drop_teller(child))
    inside = _told_inside(verb) if not parts and uses & {"say", "tell"} else None
    return parts if inside is None else [inside]


def _told_inside(verb: Token) -> Token | None:
    """The clause that hangs on where it was said: "said in a statement that the port was safe"."""
    leads = (child for child in verb.children if child.dep_ == "prep" and child.i > verb.i)
    nouns = (child_of(lead, "pobj") for lead in leads)
    clauses = (child_of(noun, "acl", "relcl") for noun in nouns if noun is not None)
    found = (clause for clause in clauses if clause is not None and clause.left_edge.lower_ == "that")
    return next((clause for clause in found if clause.left_edge.dep_ == "mark"), None)


def _drop_teller(part: Token) -> Token:
    """What is said without who passed it on: of "said the talks failed, Reuters reported" the talks."""
    told = child_of(part, "ccomp")
    return told if told is not None and _passes_on(part, told.right_edge) else part


def _is_said(part: Token, uses: frozenset[Use], before: list[Token]) -> bool:
    """Whether a part of the sentence belongs to what is said, given the parts before it."""
    match part.dep_:
        case "ccomp":
            return bool(uses & CLAUSE)
        case "xcomp":
            return bool(uses & VERBAL)
        case "dobj" | "attr":
            return "act" in uses
        case "oprd" | "acomp":
            return bool(uses & {"act", "seem"})
        case "prep" | "dative":
            return _is_topic(part, uses, before)
        case "advcl":
            follows = bool(before) and part.left_edge.i == before[-1].right_edge.i + 1
            return "act" in uses and follows and part.tag_ != "VBG"
    return False


def _is_topic(part: Token, uses: frozenset[Use], before: list[Token]) -> bool:
    """Whether "about the port" and the like is what is said, and not when or where."""
    word = part.lower_
    starts = ("about" in uses and word in ABOUT) or ("toward" in uses and word in TOWARD)
    if word in ASIDES - (TOWARD if starts else frozenset()):
        return False
    if word == "on" and (
        _names_day(part) or names_platform(part.doc[part.i + 1 : part.right_edge.i + 1].text)
    ):
        return False
    return starts or ("act" in uses and bool(before))


def _names_day(part: Token) -> bool:
    """Whether a day of the week stands in this part."""
    return any(word.text in DAYS for word in part.subtree)
