"""What the first window does not need is neither loaded nor drawn before somebody asks for it."""

import subprocess
import sys
from importlib import import_module

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QIcon

from coachdesk.ui import widgets
from coachdesk.ui.icons import icon
from coachdesk.ui.theme import Theme

LOADED = """
import sys
import coachdesk.ui.unlock.window
print(*(name for name in sys.modules if name.startswith("coachdesk.ui.widgets.")))
"""


@pytest.mark.parametrize("name", widgets.__all__)
def test_every_piece_comes_from_its_module(name: str) -> None:
    piece = getattr(widgets, name)
    assert piece.__name__ == name
    assert getattr(import_module(piece.__module__), name) is piece


def test_a_piece_nobody_made_is_an_error() -> None:
    with pytest.raises(AttributeError, match="NoSuchPiece"):
        getattr(widgets, "NoSuchPiece")  # noqa: B009  a checker would refuse the plain attribute


def test_the_unlock_window_loads_only_its_own_pieces() -> None:
    said = subprocess.check_output([sys.executable, "-c", LOADED], text=True).split()
    assert {name.rsplit(".", 1)[1] for name in said} == {
        "buttons",
        "labels",
        "surfaces",
    }


@pytest.mark.parametrize(("screen", "width"), [(1.0, 18), (1.5, 27), (2.0, 36)])
def test_an_icon_is_drawn_for_the_sharpest_screen(
    theme: Theme, monkeypatch: pytest.MonkeyPatch, screen: float, width: int
) -> None:
    monkeypatch.setattr(QGuiApplication, "devicePixelRatio", lambda _app: screen)
    drawn = icon("plus", size=18)
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
        sharpest = drawn.pixmap(QSize(18, 18), screen, mode)
        assert sharpest.width() == width
        assert sharpest.devicePixelRatio() == screen
