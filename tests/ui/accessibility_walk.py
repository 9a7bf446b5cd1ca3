"""Checks that any window can be put through; each returns its findings as sentences, none means well.

    assert accessibility_walk.walk(window) == []

Checks without a keyboard work on any widget; ``focus_findings`` needs the window to be shown and active.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QColor, QImage, QKeySequence, QPainter, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

from coachdesk.ui.forms.own_keys import PROPERTY
from coachdesk.ui.tokens import contrast

SMALLEST_TARGET = 24
SMALLEST_CONTRAST = 4.5
LARGE_TEXT_CONTRAST = 3.0
LARGE_TEXT_POINTS = 18.0
RING_CONTRAST = 3.0
ROOM = (1366, 728)
_SAMPLED_AT = 4
_STOPS = 200
_TURNS = 60  # more than any window has parents above each other
_INTERACTIVE = (
    QAbstractButton,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractItemView,
    QTabBar,
)


def walk(window: QWidget) -> list[str]:
    """Return the findings of every check that needs no keyboard."""
    checks = (name_findings, contrast_findings, target_findings, shortcut_findings, clipping_findings)
    return [finding for check in checks for finding in check(window)]


def name_findings(window: QWidget) -> list[str]:
    """Return which controls a screen reader could not name (WCAG 4.1.2)."""
    return [f"{_what(one)} has no name" for one in _controls(window) if not _name(one)]


def target_findings(window: QWidget) -> list[str]:
    """Return which controls are smaller than 24 by 24 pixels (WCAG 2.5.8)."""
    found = []
    for one in _controls(window):
        interface = QAccessible.queryAccessibleInterface(one)
        rect = interface.rect()
        if min(rect.width(), rect.height()) < SMALLEST_TARGET:
            found.append(f"{_what(one)} is only {rect.width()} by {rect.height()} pixels")
    return found


def shortcut_findings(window: QWidget) -> list[str]:
    """Return which keys two things on the window fight for.

    A form that keeps its own keys wins them while the keyboard is in it, so it only fights within itself.
    """
    keys: dict[tuple[QWidget | None, str], list[str]] = defaultdict(list)
    for action in window.findChildren(QAction):
        for key in action.shortcuts():
            keys[None, key.toString()].append(action.text() or "an action")
    for shortcut in window.findChildren(QShortcut):
        keys[None, shortcut.key().toString()].append("a shortcut")
    for one in _visible(window):
        if isinstance(one, QAbstractButton) and not one.shortcut().isEmpty():
            keys[_own_form(one), one.shortcut().toString()].append(one.text())
        if isinstance(one, QLabel) and one.buddy() is not None:
            keys[_own_form(one), QKeySequence.mnemonic(one.text()).toString()].append(one.text())
    return [
        f"{key} belongs to {' and '.join(owners)}"
        for (_, key), owners in keys.items()
        if key and len(owners) > 1
    ]


def _own_form(one: QWidget | None) -> QWidget | None:
    while one is not None and not one.property(PROPERTY):
        one = one.parentWidget()
    return one


def contrast_findings(window: QWidget) -> list[str]:
    """Return which texts are too faint, from the pixels themselves (WCAG 1.4.3).

    The window is drawn at four times its size: at its own size, smoothing makes thin letters look
    fainter than they are. Disabled controls are exempt.
    """
    image = _drawn(window)
    found = []
    for one in _visible(window):
        if not _has_text(one) or not one.isEnabled():
            continue
        rect = _seen(one, window)
        if rect.width() < 2 or rect.height() < min(one.height(), one.fontMetrics().height()):
            continue  # scrolled away, or so far that no whole letter is left to be judged
        ratio = _text_contrast(image, rect)
        large = one.font().pointSizeF() >= LARGE_TEXT_POINTS
        if ratio < (LARGE_TEXT_CONTRAST if large else SMALLEST_CONTRAST):
            found.append(f"{_what(one)} has a contrast of {ratio:.1f}")
    return found


def clipping_findings(window: QWidget, room: tuple[int, int] = ROOM) -> list[str]:
    """Return what is cut off: put the text to 200 % first and call this again (WCAG 1.4.4)."""
    come_to_rest(window)
    found = []
    least = window.minimumSizeHint()
    if least.width() > room[0] or least.height() > room[1]:
        found.append(f"{_what(window)} needs {least.width()} by {least.height()} pixels")
    for one in _visible(window):
        if isinstance(one, QLabel) and one.text():
            found += _label_clipped(one)
        elif isinstance(one, QAbstractButton) and one.text():
            wanted = one.fontMetrics().horizontalAdvance(one.text().replace("&", ""))
            if wanted > one.width() + 1:
                found.append(f"{_what(one)} is cut: {one.width()} of {wanted} pixels")
        parent = one.parentWidget()
        if parent is not None and one is not window and _sticks_out(one, parent):
            found.append(f"{_what(one)} sticks out of its parent")
    return found


def come_to_rest(window: QWidget) -> None:
    """Let Qt give everything its room: a height goes up one parent a turn, so turns are taken until nothing moves."""
    before: list[QRect] = []
    for _ in range(_TURNS):
        QApplication.processEvents()
        now = [one.geometry() for one in _visible(window)]
        if now == before:
            return
        before = now


def focus_findings(window: QWidget) -> list[str]:
    """Return where the keyboard cannot go, gets stuck, or cannot be seen (WCAG 2.1.1, 2.1.2, 2.4.7).

    The window has to be shown and active.
    """
    found: list[str] = []
    stops = tab_stops(window)
    wanted = {
        one
        for one in _controls(window)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled() and one.focusProxy() is None
    }
    if wanted - set(stops) and stops and _stays(stops[-1]):
        found.append(f"{_what(stops[-1])} keeps the keyboard: Tab does not leave it")
    found += [f"{_what(one)} cannot be reached with Tab" for one in wanted - set(stops) if not _in_group(one)]
    found += [
        f"{_what(one)} does not show that it has the keyboard" for one in stops if not _shows_focus(one)
    ]
    return sorted(found)


def tab_stops(window: QWidget) -> list[QWidget]:
    """Return where Tab goes, in its order, until it is back at the first stop."""
    stops: list[QWidget] = []
    for _ in range(_STOPS):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        QApplication.processEvents()
        now = QApplication.focusWidget()
        if now is None or now in stops:
            break
        stops.append(now)
    return stops


def _stays(one: QWidget) -> bool:
    one.setFocus(Qt.FocusReason.ShortcutFocusReason)
    QTest.keyClick(one, Qt.Key.Key_Tab)
    return QApplication.focusWidget() is one


def _in_group(one: QWidget) -> bool:
    """Return whether a button belongs to a group that the keyboard enters once and arrows walk through."""
    return isinstance(one, QAbstractButton) and (one.group() is not None or one.autoExclusive())


def _shows_focus(one: QWidget) -> bool:
    one.setFocus(Qt.FocusReason.ShortcutFocusReason)
    window = one.window()
    QApplication.processEvents()
    rect = _seen(one, window).adjusted(-6, -6, 6, 6).intersected(window.rect())
    focused = window.grab(rect).toImage()  # only this part: a whole window costs a hundred times as much
    one.clearFocus()
    QApplication.processEvents()
    plain = window.grab(rect).toImage()
    one.setFocus(Qt.FocusReason.ShortcutFocusReason)
    inner = _seen(one, window)
    if isinstance(one, QAbstractItemView):
        inner = one.visualRect(one.currentIndex())
    return _strong_changes(focused, plain) >= 0.8 * (inner.width() + inner.height())


def _strong_changes(one: QImage, other: QImage) -> int:
    """Return how many pixels changed strongly between two pictures of one size."""
    before, after = _pixels(one), _pixels(other)
    changed = before != after
    pairs = before[changed].astype(np.uint64) << 32 | after[changed]
    return sum(
        int(count)
        for pair, count in zip(*np.unique(pairs, return_counts=True), strict=True)
        if contrast(f"#{int(pair) >> 32 & 0xFFFFFF:06X}", f"#{int(pair) & 0xFFFFFF:06X}") >= RING_CONTRAST
    )


def _pixels(image: QImage) -> npt.NDArray[np.uint32]:
    """Return the colours of a picture one after another; none of one that was scrolled away."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.zeros(0, np.uint32) if plain.isNull() else np.frombuffer(bytes(plain.constBits()), np.uint32)


def _drawn(window: QWidget) -> QImage:
    image = _sheet(window.width() * _SAMPLED_AT, window.height() * _SAMPLED_AT)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    window.render(painter, QPoint(0, 0))
    painter.end()
    return image


@lru_cache(maxsize=1)
def _sheet(width: int, height: int) -> QImage:
    """Return what windows of one size are drawn on, one after another: 67 MB anew for each took as long as drawing."""
    sheet = QImage(width, height, QImage.Format.Format_RGB32)
    sheet.setDevicePixelRatio(_SAMPLED_AT)
    return sheet


def _text_contrast(image: QImage, rect: QRect) -> float:
    """Return the strongest contrast between the ground and a colour that covers more than specks."""
    part = image.copy(
        rect.x() * _SAMPLED_AT,
        rect.y() * _SAMPLED_AT,
        rect.width() * _SAMPLED_AT,
        rect.height() * _SAMPLED_AT,
    )
    colours, counts = _colours(part)
    if len(colours) == 1:
        return 21.0  # nothing is drawn here: covered, or scrolled away
    ground = int(colours[counts.argmax()]) & 0xFFFFFF
    inks = colours[counts > counts.sum() * 0.0008] & 0xFFFFFF
    return max(contrast(f"#{int(ink):06X}", f"#{ground:06X}") for ink in inks)


def _colours(image: QImage) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """Return each colour and how many pixels have it, counted by runs of one colour: pixel by pixel took a third of a walk."""
    pixels = np.frombuffer(image.constBits(), dtype=np.uint32)
    starts = np.concatenate(([0], np.flatnonzero(pixels[1:] != pixels[:-1]) + 1))
    lengths = np.diff(starts, append=len(pixels))
    colours, place = np.unique(pixels[starts], return_inverse=True)
    return colours, np.bincount(place, weights=lengths).astype(np.int64)


def _label_clipped(one: QLabel) -> list[str]:
    if type(one).__name__ == "ElidedLabel" or one.pixmap().width():
        return []
    if one.wordWrap():
        needed = one.heightForWidth(one.width())
        return (
            [f"{_what(one)} is cut: {one.height()} of {needed} pixels high"]
            if needed > one.height() + 2
            else []
        )
    needed = one.sizeHint().width()
    return [f"{_what(one)} is cut: {one.width()} of {needed} pixels"] if needed > one.width() + 1 else []


def _sticks_out(one: QWidget, parent: QWidget) -> bool:
    if isinstance(parent.parentWidget(), QScrollArea) or one.isWindow() or one.objectName() == "focus_ring":
        return False
    return not parent.rect().adjusted(-2, -2, 2, 2).contains(one.geometry())


def _visible(window: QWidget) -> Iterator[QWidget]:
    for one in [window, *window.findChildren(QWidget)]:
        if one.isVisibleTo(window) and one.window() is window.window():
            yield one


def _controls(window: QWidget) -> Iterator[QWidget]:
    """Yield what can be used, leaving out the parts Qt makes for itself."""
    for one in _visible(window):
        if not isinstance(one, _INTERACTIVE) and one.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        inside = one.parentWidget()
        if isinstance(inside, QTabBar | QLineEdit | QComboBox | QAbstractSpinBox | QAbstractItemView):
            continue
        if one is window or one.objectName().startswith("qt_"):
            continue
        yield one


def _name(one: QWidget) -> str:
    """Return what a screen reader says; a combo box may be named by itself or by its label."""
    if isinstance(one, QComboBox):
        return one.accessibleName() or _buddy(one)
    return QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name).strip()


def _buddy(one: QWidget) -> str:
    labels = one.window().findChildren(QLabel)
    return next((label.text() for label in labels if label.buddy() is one), "")


def _has_text(one: QWidget) -> bool:
    if isinstance(one, QLineEdit):
        return bool(one.text() or one.placeholderText())
    return isinstance(one, QLabel | QAbstractButton) and bool(one.text())


def _seen(one: QWidget, window: QWidget) -> QRect:
    visible = one.visibleRegion().boundingRect()
    return QRect(one.mapTo(window, visible.topLeft()), visible.size())


def _what(one: QWidget) -> str:
    words = one.accessibleName() or str(one.property("text") or "") or one.objectName()
    return f"{type(one).__name__} “{words}”" if words else type(one).__name__
