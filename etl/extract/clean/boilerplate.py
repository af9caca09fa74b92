"""Boilerplate: lines that stand on the page but are not article, cut by the rules of a lexicon and recorded.

A page is a list of pieces in page order: a `str` is text still taken for article, a `Cut` is not.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from etl.article import Cut, CutRole
from etl.settings import DATA

Piece = str | Cut
LEXICON = DATA / "lexicons" / "boilerplate.toml"
REPEATED_WORDS = 6

_APPEAL = (
    r"(?:Support Us|Support us|SUPPORT US|Donate Now|Donate now|Donate|Subscribe Now|Subscribe now|Subscribe|"
    r"Sign Up|Sign up|Read More|Read more|Advertisement|ADVERTISEMENT|Share|"
    r"Support UP or become our patron)[!.]?"
)
_GLUED_BEHIND = re.compile(rf"(?<=[.!?…\"”’»)])\s?(?P<glued>{_APPEAL})$")
_GLUED_BEFORE = re.compile(rf"^(?P<glued>{_APPEAL})(?=[A-ZА-ЯІЇЄ\"“«])")
_CREDIT_BEHIND = re.compile(
    r"(?P<caption>.*\S)\s*(?P<credit>[\[(][^()\[\]]+[\])]\.?"
    r"|(?<=[\s.)])(?:photographs?|photos?|pictures?|images?|foto|bild|фото|illustration)[\w ]{0,9}"
    r"[:©][^:]+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rule:
    """One reason to cut a whole line: its name, the role of what it cuts and the longest line, characters."""

    name: str
    role: CutRole
    pattern: re.Pattern[str]
    longest: int

    def matches(self, line: str) -> bool:
        """Whether the line, from its start, is what the rule is about."""
        return len(line) <= self.longest and self.pattern.match(line) is not None


def cut_boilerplate(pieces: list[Piece]) -> list[Piece]:
    """The pieces with promotion, appeals, captions, credits, labels cut, also when glued to a sentence."""
    return [
        cut
        for piece in pieces
        for part in ([piece] if isinstance(piece, Cut) else split_glued(piece))
        for cut in ([part] if isinstance(part, Cut) else cut_line(part))
    ]


def cut_line(line: str) -> list[Piece]:
    """The line itself, or what the first rule that matches makes of it."""
    rule = find_rule(line)
    if rule is None:
        return [line]
    role = _weigh_role(rule, line)
    caption, credit = part_credit(line) if role == "caption" else (line, "")
    return [Cut(role, caption, rule.name), *([Cut("credit", credit, rule.name)] if credit else [])]


def part_credit(caption: str) -> tuple[str, str]:
    """A caption and the credit that ends it ("... in Pyongyang (Getty Images)"); empty if there is none."""
    parted = _CREDIT_BEHIND.match(caption)
    return (parted["caption"], parted["credit"]) if parted else (caption, "")


def find_rule(line: str) -> Rule | None:
    """The first rule that matches the line; None for a line of the article."""
    return next((rule for rule in read_rules() if rule.matches(line)), None)


def split_glued(paragraph: str) -> list[Piece]:
    """The paragraph without the appeals that hang on its last sentence or on its first word."""
    behind = _GLUED_BEHIND.search(paragraph)
    if behind:
        cut = Cut("appeal", behind["glued"], "appeal glued to a sentence")
        return [*split_glued(paragraph[: behind.start()].rstrip()), cut]
    before = _GLUED_BEFORE.match(paragraph)
    if before:
        cut = Cut("appeal", before["glued"], "appeal glued to a sentence")
        return [cut, *split_glued(paragraph[before.end() :].lstrip())]
    return [paragraph] if paragraph else []


def cut_duplicates(pieces: list[Piece]) -> list[Piece]:
    """The pieces with every later copy of a paragraph of six words and more cut."""
    seen: set[str] = set()
    kept: list[Piece] = []
    for piece in pieces:
        key = fold(piece) if isinstance(piece, str) else ""
        again = key in seen and len(key.split()) >= REPEATED_WORDS
        kept.append(Cut("duplicate", str(piece), "same paragraph again") if again else piece)
        seen.add(key)
    return kept


def fold(line: str) -> str:
    """The words of a line in lower case, parted by blanks: what two copies of a line share."""
    return " ".join(re.findall(r"\w+", line.casefold()))


@cache
def read_rules() -> tuple[Rule, ...]:
    """The rules of the lexicon, in its order."""
    rows = tomllib.loads(LEXICON.read_text(encoding="utf-8"))["rule"]
    return tuple(
        Rule(row["name"], row["role"], re.compile(row["pattern"], re.IGNORECASE), row["longest"])
        for row in rows
    )


def _weigh_role(rule: Rule, line: str) -> CutRole:
    """A picture label followed by hardly more than a name is a credit, else a caption."""
    if rule.name != "picture label":
        return rule.role
    words = re.split(r"[:：|©]", line, maxsplit=1)[1].split()
    names = all(word[0].isupper() or not word[0].isalpha() for word in words)
    return "credit" if len(words) <= 3 or (len(words) <= 5 and names) else "caption"
