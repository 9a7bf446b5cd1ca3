"""Design tokens: the only place where a colour, a distance or a type size is chosen.

The contrast of every pair was computed when the look was agreed; a test computes it again.
"""

from enum import StrEnum
from typing import NamedTuple


class Tone(StrEnum):
    """What a colour means; a tone always travels together with words."""

    NEUTRAL = "neutral"
    DANGER = "danger"
    WARNING = "warning"
    INFO = "info"
    OK = "ok"
    PLUM = "plum"
    BRAND = "brand"


class Ink(NamedTuple):
    """The colour of words and the tint that may lie behind them."""

    ink: str
    tint: str


class Colours(NamedTuple):
    """One complete set of colours, light or dark."""

    name: str
    text: str
    secondary: str
    placeholder: str
    disabled: str
    surface: str
    canvas: str
    selected: str
    hover: str
    line: str
    border: str
    track: str
    primary: str
    primary_hover: str
    on_primary: str
    rail: str
    rail_text: str
    rail_selected: str
    rail_selected_text: str
    logo: str
    focus: str
    danger: Ink
    warning: Ink
    info: Ink
    ok: Ink
    plum: Ink
    brand: Ink

    def tone(self, tone: Tone | str) -> Ink:
        """Return the ink and tint of a tone."""
        inks = {
            Tone.NEUTRAL: Ink(self.secondary, self.hover),
            Tone.DANGER: self.danger,
            Tone.WARNING: self.warning,
            Tone.INFO: self.info,
            Tone.OK: self.ok,
            Tone.PLUM: self.plum,
            Tone.BRAND: self.brand,
        }
        return inks[Tone(tone)]


LIGHT = Colours(
    name="light",
    text="#1C2426",
    secondary="#525E60",
    placeholder="#667173",
    disabled="#7C8688",
    surface="#FFFFFF",
    canvas="#F4F3EF",
    selected="#E3F0EC",
    hover="#EEF1EE",
    line="#E2E0D9",
    border="#828886",
    track="#D5D9D6",
    primary="#0B6657",
    primary_hover="#095648",
    on_primary="#FFFFFF",
    rail="#12302B",
    rail_text="#CFE0DB",
    rail_selected="#23504A",
    rail_selected_text="#FFFFFF",
    logo="#5FCBB3",
    focus="#1553C7",
    danger=Ink("#A8281E", "#FBE9E6"),
    warning=Ink("#7A4A00", "#FCF0D6"),
    info=Ink("#1F4E8C", "#E6EEF9"),
    ok=Ink("#1E6434", "#E3F2E6"),
    plum=Ink("#6A3579", "#F3E9F6"),
    brand=Ink("#084F43", "#E0F0EB"),
)

DARK = Colours(
    name="dark",
    text="#E9EEEC",
    secondary="#B2BEBC",
    placeholder="#98A5A3",
    disabled="#7A8785",
    surface="#1B2223",
    canvas="#121718",
    selected="#1F3B36",
    hover="#263031",
    line="#303A3B",
    border="#7D8B8A",
    track="#3A4545",
    primary="#5FCBB3",
    primary_hover="#7AD8C3",
    on_primary="#06231D",
    rail="#0C1413",
    rail_text="#B4C6C1",
    rail_selected="#1E3A35",
    rail_selected_text="#FFFFFF",
    logo="#5FCBB3",
    focus="#8AB8FF",
    danger=Ink("#FF9C90", "#45211D"),
    warning=Ink("#F2C063", "#3D2F12"),
    info=Ink("#9CC2F5", "#1D2E47"),
    ok=Ink("#8FD6A1", "#1B3823"),
    plum=Ink("#D9AEE6", "#38233F"),
    brand=Ink("#9BE3D2", "#173C36"),
)


class Space:
    """Distances on the 4-pixel grid."""

    HAIR = 4
    SMALL = 8
    GAP = 12
    CARD = 16
    PAGE = 20
    WIDE = 24


class Radius:
    """Corner radii in pixels."""

    CONTROL = 8
    PILL = 9
    RAIL = 10
    CARD = 12


class Size:
    """Fixed heights and widths in pixels at a text scale of 1."""

    CONTROL = 36
    ICON_BUTTON = 38
    LIST_ROW = 66
    TABLE_ROW = 44
    RAIL = 92
    RAIL_BUTTON_WIDTH = 76
    RAIL_BUTTON_HEIGHT = 60
    LIST_PANE = 308
    PAGE_MAXIMUM = 1560
    AVATAR = 40
    ICON = 18


class Points:
    """Type sizes in points at a text scale of 1."""

    SMALL = 9.0
    META = 9.75
    BASE = 10.5
    SECTION = 12.0
    HEADING = 15.0
    TITLE = 19.5


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#RRGGBB`` colours (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004  # the constants of WCAG
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
