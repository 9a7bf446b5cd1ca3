"""Text folded for finding again: no capitals, no accents, no apostrophes (storage.md section 6)."""

import unicodedata

SPECIAL = str.maketrans(
    {"ł": "l", "ø": "o", "ß": "ss", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
DROPPED = dict.fromkeys(map(ord, "'’‘`´ʼ\0"))
BLANKED = dict.fromkeys(map(ord, "-‐‑‒–—_/.,;:()"), " ")

_PLAINER: dict[int, str | None] = {**DROPPED, **BLANKED}  # no letter is in both, so once through does


def fold(text: str) -> str:
    """Return text without capitals, accents and apostrophes, hyphens turned into single blanks.

    Letters that Unicode does not take apart (ł ø ß đ æ þ) have a table of their own.
    """
    plain = text.lower() if text.isascii() else _without_marks(text)
    return " ".join(plain.translate(_PLAINER).split())


def _without_marks(text: str) -> str:
    """Return text taken apart and rid of its accents; plain ASCII has none, and most of what is typed is that."""
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(SPECIAL)
