import sys
from itertools import chain

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.overriding import override
from coachdesk.ui.icons import icon, pixmap
from coachdesk.ui.logo import logo
from coachdesk.ui.stylesheet import style_sheet
from coachdesk.ui.theme import Look, Theme, _colours, load_fonts, look, palette
from coachdesk.ui.tokens import DARK, LIGHT, Colours, Ink, Tone, contrast


def test_qt_keeps_none_alive(qtbot: QtBot) -> None:
    """Some builds of Qt for Python lose a reference to None at each call and end the program."""
    widget = QLabel()
    qtbot.addWidget(widget)
    widget.setText("x")
    before = sys.getrefcount(None)
    for _ in range(1000):
        widget.setText("x")
    assert sys.version_info >= (3, 12) or abs(sys.getrefcount(None) - before) < 100


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_of_words_and_ground_can_be_read(colours: Colours) -> None:
    words = [
        (colours.text, colours.surface),
        (colours.text, colours.canvas),
        (colours.text, colours.selected),
        (colours.secondary, colours.surface),
        (colours.secondary, colours.canvas),
        (colours.secondary, colours.selected),
        (colours.secondary, colours.hover),
        (colours.placeholder, colours.surface),
        (colours.on_primary, colours.primary),
        (colours.on_primary, colours.primary_hover),
        (colours.rail_text, colours.rail),
        (colours.rail_selected_text, colours.rail_selected),
        *chain.from_iterable(_on_both(colours, colours.tone(tone)) for tone in Tone),
    ]
    assert [pair for pair in words if contrast(*pair) < 4.5] == []


def _on_both(colours: Colours, ink: Ink) -> list[tuple[str, str]]:
    return [(ink.ink, ink.tint), (ink.ink, colours.surface)]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_borders_and_ring_stand_out(colours: Colours) -> None:
    for line in (colours.border, colours.focus):
        assert contrast(line, colours.surface) >= 3
        assert contrast(line, colours.canvas) >= 3


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#1C2426", "#FFFFFF") == pytest.approx(15.8, abs=0.05)


def test_a_theme_brings_palette_font_and_sheet(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.wait_signal(theme.changed):
        theme.apply(qapp, "dark", 1.5)
    assert look().colours is DARK
    assert qapp.font().pointSizeF() == pytest.approx(15.75)
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.canvas
    assert DARK.primary in qapp.styleSheet()


def test_the_same_look_again_does_nothing(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.assert_not_emitted(theme.changed):
        theme.apply(qapp, "light")


class _Polished(QLabel):
    """Counts how often it is told of a new style."""

    told = 0

    @override
    def changeEvent(self, event: QEvent) -> None:
        self.told += event.type() is QEvent.Type.StyleChange
        super().changeEvent(event)


def test_a_new_look_polishes_what_lies_deep_no_more_often_than_the_rest(
    theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    deepest = window
    for _ in range(12):
        deepest = QWidget(deepest)
    words = _Polished("Kendal", deepest)
    window.show()
    before = words.told
    theme.apply(qapp, "dark")
    assert words.palette().color(QPalette.ColorRole.WindowText).name().upper() == DARK.text
    assert 1 <= words.told - before <= 2


def test_a_scale_stays_within_reason(theme: Theme, qapp: QApplication) -> None:
    theme.apply(qapp, "light", 9)
    assert look().scale == pytest.approx(2.0)
    theme.apply(qapp, "light", 0.1)
    assert look().scale == pytest.approx(0.8)


def test_the_easy_read_font_is_another_one_and_larger(theme: Theme, qapp: QApplication) -> None:
    theme.apply(qapp, "light", easy_read_font=True)
    assert look().family == "Atkinson Hyperlegible Next"
    assert qapp.font().pointSizeF() == pytest.approx(11.25)


def test_a_system_that_does_not_say_is_light(theme: Theme, qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    theme.apply(qapp, "system")
    assert look().colours is LIGHT
    theme._system_changed()
    assert look().colours is LIGHT


class _System:
    """An application before any look: only its palette says what the system wants."""

    def __init__(self, window: str) -> None:
        self._window = window

    def property(self, _name: str) -> None:
        return None

    def palette(self) -> QPalette:
        return QPalette(QColor(self._window))


@pytest.mark.parametrize(("window", "found"), [("#EFEFEF", "light"), ("#323232", "dark")])
def test_before_any_look_the_systems_own_windows_tell_light_from_dark(
    qapp: QApplication, window: str, found: str
) -> None:
    assert _colours(_System(window), "system").name == found  # type: ignore[arg-type]  # what is asked of it


def test_the_system_is_asked_again_once_the_window_is_seen(theme: Theme, qapp: QApplication) -> None:
    theme.apply(qapp, "system")
    qapp.setProperty("coachdesk_look", Look(DARK))
    theme.look_again()
    assert look().colours is LIGHT


def test_looks_are_the_same_when_their_parts_are() -> None:
    assert Look(DARK, 1.5) == Look(DARK, 1.5)
    assert hash(Look(DARK, 1.5)) == hash(Look(DARK, 1.5))
    assert Look(DARK, 1.5) != Look(LIGHT, 1.5)
    assert Look() != "light"


def test_the_mark_is_the_colour_of_the_look_with_its_corners_cut(theme: Theme) -> None:
    picture = logo(44).toImage()
    assert picture.pixelColor(44, 8).name().upper() == look().colours.logo
    assert picture.pixelColor(0, 0).alpha() == 0


def test_both_families_of_letters_ship(qapp: QApplication) -> None:
    assert len(load_fonts("Inter")) == 4
    assert len(load_fonts("Atkinson Hyperlegible Next")) == 2
    assert {"Inter", "Atkinson Hyperlegible Next"} <= set(QFontDatabase.families())


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_sheet_has_a_rule_for_every_tone(colours: Colours) -> None:
    sheet = style_sheet(colours, 1.0)
    for tone in Tone:
        assert f'QLabel[pill="{tone}"]' in sheet
        assert f'QFrame[banner="{tone}"]' in sheet


def test_the_disabled_group_of_the_palette_differs() -> None:
    made = palette(LIGHT)
    group, role = QPalette.ColorGroup, QPalette.ColorRole.Text
    assert made.color(group.Disabled, role) != made.color(group.Active, role)


def test_an_icon_takes_the_colour_it_is_given(theme: Theme) -> None:
    picture = pixmap("plus", "#FF0000", 24, ratio=2.0).toImage()
    reds = [
        picture.pixelColor(x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    ]
    assert reds
    assert {colour.name() for colour in reds} == {"#ff0000"}


def test_an_icon_keeps_room_from_its_words(theme: Theme) -> None:
    picture = pixmap("plus", "#000000", 18, ratio=2.0, room=6)
    assert picture.deviceIndependentSize().toTuple() == (24, 18)
    assert not icon("plus").isNull()


def test_an_icon_nobody_drew_is_an_error(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")
