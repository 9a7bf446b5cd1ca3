"""Names that are spelt in more than one way: other alphabets in Latin letters, and what stays of a name by ear."""

import re

_CYRILLIC = dict(
    zip(
        "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя",
        "a b v g g d e e ie zh z i i i i k l m n o p r s t u f kh ts ch sh shch | y | e iu ia".split(" "),  # noqa: SIM905  read beside the letters above
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(" "),  # noqa: SIM905  as above
        strict=True,
    )
)
_LATIN = str.maketrans({letter: latin.replace("|", "") for letter, latin in (_CYRILLIC | _GREEK).items()})
_HEARD = (
    ("sch", "s"), ("tch", "č"), ("ph", "f"), ("kh", "k"), ("gh", "g"), ("ck", "k"), ("sh", "s"), ("zh", "z"),
    ("th", "t"), ("ch", "č"), ("cz", "č"), ("c", "k"), ("ks", "x"), ("qu", "k"), ("dj", "j"), ("w", "v"), ("q", "k"),
    ("z", "s"),
)  # fmt: skip
_SILENT = re.compile(r"[aeiouyh]")
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiouy")


def in_latin_letters(text: str) -> str:
    """Return a text with its Cyrillic and Greek letters in Latin ones; any other text as it is."""
    return text if text.isascii() else text.casefold().translate(_LATIN)


def skeleton(name: str) -> str:
    """Return what stays of a folded name by ear: consonants, one for two, and whether it begins with a vowel.

    Mohammed and Muhamad, Yusuf and Yousef, Oleksandr and Alexander have one skeleton each.
    """
    return " ".join(filter(None, map(_heard, name.split())))


def _heard(word: str) -> str:
    first = "a" if word[0] in _VOWELS else "h" if word[0] == "h" else ""
    for written, heard in _HEARD:
        word = word.replace(written, heard)
    return first + _SILENT.sub("", _DOUBLE.sub(r"\1", word))
