"""The look in force: fonts, palette and style sheet, changed in one place and in one step."""

from functools import cache
from typing import Literal

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from coachdesk.overriding import override
from coachdesk.resources import resource
from coachdesk.ui.stylesheet import style_sheet
from coachdesk.ui.tokens import DARK, LIGHT, Colours, Points

Scheme = Literal["light", "dark", "system"]

STYLE_ARGUMENTS = ("-style", "Fusion")
STYLED = "coachdesk_styled"  # set where the application was begun with STYLE_ARGUMENTS

_PROPERTY = "coachdesk_look"
_SMALLEST_SCALE, _LARGEST_SCALE = 0.8, 2.0
_MIDDLE_GREY = 128
_FONT_FILES = {"Inter": "Inter-*.ttf", "Atkinson Hyperlegible Next": "AtkinsonHyperlegibleNext-*.ttf"}
_EASY_READ_FACTOR = 11.25 / 10.5  # Atkinson looks smaller than Inter at the same size


class Look:
    """What is in force now: colours, text scale and font family.

    Written out, for the start waits for it; no tuple, for Qt would keep that as a list.
    """

    __slots__ = ("colours", "family", "scale")

    def __init__(self, colours: Colours = LIGHT, scale: float = 1.0, family: str = "Inter") -> None:
        self.colours = colours
        self.scale = scale
        self.family = family

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Look) and self._parts() == other._parts()

    @override
    def __hash__(self) -> int:
        return hash(self._parts())

    def _parts(self) -> tuple[Colours, float, str]:
        return self.colours, self.scale, self.family

    def px(self, size: float) -> int:
        """Return a length in pixels, grown with the text."""
        return round(size * self.scale)

    def font(self, points: float = Points.BASE, weight: int = 400) -> QFont:
        """Return the font of a size and weight, for what paints its own text."""
        font = QFont(self.family)
        font.setPointSizeF(points * self.scale)
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font


def look() -> Look:
    """Return the look in force; light at a scale of 1 before any theme was applied."""
    app = QApplication.instance()
    found = app.property(_PROPERTY) if app is not None else None
    return found if isinstance(found, Look) else Look()


class Theme(QObject):
    """Applies a look to the application.

    Signals: ``changed()`` after a new look is in force. Widgets that paint or hold icons listen to
    ``QEvent.StyleChange`` instead, which Qt sends to every one of them.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app: QApplication | None = None
        self._wish: tuple[Scheme, float, bool] = ("system", 1.0, False)

    def apply(
        self,
        app: QApplication,
        scheme: Scheme = "system",
        scale: float = 1.0,
        *,
        easy_read_font: bool = False,
    ) -> None:
        """Bring a look into force; ``scale`` is kept between 0.8 and 2.

        A style sheet costs a fraction of a second on a full window, so the same look again does nothing. The one in
        force comes off first: Qt polishes a widget once for a new sheet, but for one that replaces another again
        for everything the widget lies in, which took five times as long.
        """
        if self._app is None:
            self._app = app
            app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._wish = (scheme, scale, easy_read_font)
        bounded = min(max(scale, _SMALLEST_SCALE), _LARGEST_SCALE)
        family = "Atkinson Hyperlegible Next" if easy_read_font else "Inter"
        load_fonts(family)
        wanted = Look(_colours(app, scheme), bounded * (_EASY_READ_FACTOR if easy_read_font else 1.0), family)
        if app.property(_PROPERTY) == wanted and app.styleSheet():
            return
        app.setProperty(_PROPERTY, wanted)
        if not app.property(
            STYLED
        ):  # only once: a style that is replaced goes from under the widgets it draws
            app.setStyle(QtWidgets.QStyleFactory.create("Fusion"))
            app.setProperty(STYLED, True)
        app.setStyleSheet("")
        app.setPalette(palette(wanted.colours))
        app.setFont(wanted.font())
        app.setStyleSheet(style_sheet(wanted.colours, wanted.scale))
        self.changed.emit()

    def look_again(self) -> None:
        """Ask the system once more for light or dark, once the window is seen and the exact question costs nobody time."""
        self._system_changed()

    def forget(self) -> None:
        """Stop following the system."""
        if self._app is not None:
            self._app.styleHints().colorSchemeChanged.disconnect(self._system_changed)
            self._app = None

    def _system_changed(self) -> None:
        scheme, scale, easy_read_font = self._wish
        if self._app is not None and scheme == "system":
            self.apply(self._app, scheme, scale, easy_read_font=easy_read_font)


def _colours(app: QApplication, scheme: Scheme) -> Colours:
    """Return the colours of a scheme; a system that does not say counts as light."""
    if scheme == "system":
        return DARK if _system_is_dark(app) else LIGHT
    return DARK if scheme == "dark" else LIGHT


def _system_is_dark(app: QApplication) -> bool:
    """Return whether the system asks for dark colours.

    Until a look is in force the application's palette is the system's, and tells without the dear names of ``Qt``.
    """
    if app.property(_PROPERTY) is None:
        return app.palette().color(QPalette.ColorRole.Window).lightness() < _MIDDLE_GREY
    return app.styleHints().colorScheme() is QtCore.Qt.ColorScheme.Dark


@cache
def load_fonts(family: str) -> tuple[str, ...]:
    """Load a font that ships with the program, all its weights; return the files' names."""
    files = sorted(resource("fonts").glob(_FONT_FILES[family]))
    for file in files:
        QFontDatabase.addApplicationFont(str(file))
    return tuple(file.name for file in files)


def palette(colours: Colours) -> QPalette:
    """Return the Qt palette of a set of colours, every role and the disabled group included."""
    made = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: colours.canvas,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.canvas,
        role.Text: colours.text,
        role.PlaceholderText: colours.placeholder,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.BrightText: colours.danger.ink,
        role.ToolTipBase: colours.text,
        role.ToolTipText: colours.surface,
        role.Highlight: colours.primary,
        role.HighlightedText: colours.on_primary,
        role.Accent: colours.primary,
        role.Link: colours.info.ink,
        role.LinkVisited: colours.plum.ink,
        role.Light: colours.surface,
        role.Midlight: colours.hover,
        role.Mid: colours.line,
        role.Dark: colours.border,
        role.Shadow: colours.border,
    }
    for one, colour in pairs.items():
        made.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        made.setColor(QPalette.ColorGroup.Disabled, one, QColor(colours.disabled))
    return made
