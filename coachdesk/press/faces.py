# mypy: disallow-untyped-calls=False
# (reportlab is published without types)
"""The typefaces of the page, and what to do with a character they do not hold.

reportlab prints an empty box for such a character without a word, so every text is cut into runs here
first: the wanted face, else the other one, else a plainer spelling, else the character's name.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from coachdesk.press.style import Face, PageStyle
from coachdesk.resources import resource

REGULAR = 400
MEDIUM = 500
SEMI_BOLD = 600
BOLD = 700
ELLIPSIS = "…"

_FILES = {
    Face.INTER: {
        REGULAR: "Inter-Regular",
        MEDIUM: "Inter-Medium",
        SEMI_BOLD: "Inter-SemiBold",
        BOLD: "Inter-Bold",
    },
    Face.EASY_READ: {
        REGULAR: "AtkinsonHyperlegibleNext-Regular",
        MEDIUM: "AtkinsonHyperlegibleNext-Regular",
        SEMI_BOLD: "AtkinsonHyperlegibleNext-Bold",
        BOLD: "AtkinsonHyperlegibleNext-Bold",
    },
}
_OTHER = {Face.INTER: Face.EASY_READ, Face.EASY_READ: Face.INTER}
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that one face can print."""

    face: Face
    text: str


def font(face: Face, weight: int = REGULAR) -> str:
    """Return the name under which reportlab knows a face in a weight, reading its file the first time."""
    return _registered(_FILES[face][weight])


@cache
def _registered(name: str) -> str:
    from reportlab.pdfbase.pdfmetrics import registerFont  # noqa: PLC0415  not loaded before something is printed
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415  as above

    registerFont(TTFont(name, resource("fonts", f"{name}.ttf")))
    return name


@cache
def _held(face: Face) -> frozenset[int]:
    """Return the characters every weight of a face can print; its private signs mean nothing to a reader."""
    from reportlab.pdfbase.pdfmetrics import getFont  # noqa: PLC0415  as above

    cuts = [set(getFont(font(face, weight)).face.charToGlyph) for weight in _FILES[face]]
    return frozenset(
        code for code in set.intersection(*cuts) if not unicodedata.category(chr(code)).startswith("C")
    )


def width(text: str, font_name: str, size: float) -> float:
    """Return how wide a text prints, in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415  as above

    measured: float = stringWidth(text, font_name, size)
    return measured


def runs(text: str, face: Face) -> tuple[Run, ...]:
    """Return a text cut into runs that print; line breaks stay, other control characters become spaces."""
    pieces = _pieces(unicodedata.normalize("NFC", text), (face, _OTHER[face]))
    return tuple(
        Run(found, "".join(piece.text for piece in group))
        for found, group in groupby(pieces, key=lambda piece: piece.face)
    )


def prints(text: str) -> bool:
    """Return whether a text prints in its own letters, none of them spelled out by name."""
    faces = tuple(_FILES)
    return all(_rendering(character, faces) is not None for character in unicodedata.normalize("NFC", text))


def single_run(text: str, face: Face) -> Run:
    """Return a text as one run on one line, for places that cannot change face on the way."""
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    whole = next((found for found in (face, _OTHER[face]) if _prints(line, found)), None)
    if whole is not None:
        return Run(whole, line)
    # Inter holds eight times as many characters, so it has the least to spell out
    return Run(Face.INTER, "".join(piece.text for piece in _pieces(line, (Face.INTER,))))


def fitted(text: str, room: float, style: PageStyle, weight: int) -> Run:
    """Return a text in small type as one run, cut with an ellipsis where it is wider than its room."""
    run = single_run(text, style.face)
    name = font(run.face, weight)
    while run.text and width(run.text, name, style.small) > room:
        shorter = run.text.removesuffix(ELLIPSIS)[:-1].rstrip()
        run = Run(run.face, shorter + ELLIPSIS if shorter else "")
    return run


def _pieces(text: str, faces: tuple[Face, ...]) -> Iterator[Run]:
    if _prints(text, faces[0]):
        yield Run(faces[0], text)
        return
    rendered = ((character, _rendering(character, faces)) for character in text)
    for spelled, group in groupby(rendered, key=lambda pair: pair[1] is None):
        if spelled:
            yield Run(faces[0], f"[{', '.join(_name(character) for character, _ in group)}]")
        else:
            yield from (run for _, run in group if run is not None)


def _rendering(character: str, faces: tuple[Face, ...]) -> Run | None:
    """Return how one character prints, or None where only its name would do."""
    if character == "\n":
        return Run(faces[0], character)
    if _invisible(character):
        return Run(faces[0], " " if unicodedata.category(character) == "Cc" else "")
    for form in (character, unicodedata.normalize("NFKD", character)):
        for face in faces:
            if _prints(form, face):
                return Run(face, form)
    return None


def _prints(text: str, face: Face) -> bool:
    return _held(face).issuperset(map(ord, text))


def _invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf"} or ord(character) in _VARIATION_SELECTORS


def _name(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()
