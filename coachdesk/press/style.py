"""How a page looks: sizes, face and colours, in points and without a library."""

from dataclasses import dataclass
from enum import StrEnum

# interface.md section 5, light theme; each reads at 4.5:1 or better on white
INK = "#1C2426"
QUIET = "#525E60"
BRAND = "#0B6657"
BRAND_DARK = "#084F43"
BRAND_TINT = "#E0F0EB"
HAIRLINE = "#C9CFCC"
WATERMARK = "#E6E8E6"

SHORT_SIDE = 595.28  # A4
LONG_SIDE = 841.89


class Face(StrEnum):
    """A typeface that ships with the program."""

    INTER = "Inter"
    EASY_READ = "AtkinsonHyperlegibleNext"


@dataclass(frozen=True, slots=True)
class Inks:
    """What a page is printed with: ``ground`` lies behind words, ``accent`` is for signs and rules."""

    text: str = INK
    quiet: str = QUIET
    heading: str = BRAND_DARK
    accent: str = BRAND
    ground: str = BRAND_TINT
    line: str = HAIRLINE
    watermark: str = WATERMARK


IN_COLOUR = Inks()
# a cheap printer turns a pale colour into dots that eat the words: black, and greys it can hold apart
BLACK_AND_WHITE = Inks(
    text="#000000",
    quiet="#333333",
    heading="#000000",
    accent="#000000",
    ground="#EAEAEA",
    line="#8C8C8C",
    watermark="#EDEDED",
)


@dataclass(frozen=True, slots=True)
class PageStyle:
    """The sizes of one kind of page, A4, and what it is printed with; ``picture`` is the side of a pictogram."""

    body: float = 10.0
    small: float = 9.0
    headings: tuple[float, float, float] = (20.0, 14.0, 11.5)
    figure: float = 18.0
    margin: float = 51.0
    face: Face = Face.INTER
    landscape: bool = False
    picture: float = 16.0
    inks: Inks = IN_COLOUR

    @property
    def page_size(self) -> tuple[float, float]:
        """Return width and height of the sheet."""
        return (LONG_SIDE, SHORT_SIDE) if self.landscape else (SHORT_SIDE, LONG_SIDE)

    @property
    def text_width(self) -> float:
        """Return the width between the margins."""
        return self.page_size[0] - 2 * self.margin

    @property
    def text_height(self) -> float:
        """Return the height between header and footer."""
        return self.page_size[1] - 2 * self.margin

    def heading(self, level: int) -> float:
        """Return the type size of a heading; levels below the third look like the third."""
        return self.headings[min(level, len(self.headings)) - 1]


STANDARD = PageStyle()
# UK Association for Accessible Formats: large print is 16 to 18 point with nothing smaller anywhere
LARGE_PRINT = PageStyle(
    body=18.0, small=18.0, headings=(28.0, 23.0, 20.0), figure=28.0, margin=54.0, picture=23.0
)
# easy read asks for 16 point or more, a plain face, much air, and one picture to each idea
EASY_READ = PageStyle(
    body=16.0,
    small=16.0,
    headings=(26.0, 20.0, 17.0),
    figure=26.0,
    margin=51.0,
    face=Face.EASY_READ,
    picture=30.0,
)
