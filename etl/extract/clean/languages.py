"""Languages: the ISO 639-1 code of a text, by a model over its first thousand characters."""

from __future__ import annotations

import py3langid

FEWEST_LETTERS = 25
HEAD = 1_000
UNDETERMINED = "und"


def detect_language(title: str, body: tuple[str, ...], *, declared: str = "") -> str:
    """ISO 639-1 code of title and 1,000 characters of body; the page's own claim only where these are few."""
    head = f"{title} {' '.join(body)[:HEAD]}"
    if sum(letter.isalpha() for letter in head) < FEWEST_LETTERS:
        return read_code(declared)
    code, _ = py3langid.classify(head)
    return str(code)


def read_code(declared: str) -> str:
    """The two letters of a tag such as `en-GB`; `und` where it is none."""
    code = declared.strip().replace("_", "-").split("-")[0].lower()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else UNDETERMINED
