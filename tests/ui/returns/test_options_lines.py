"""Ways to protect people beside each other: one that cannot be had says why, and each says whether less would do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coachdesk.returns.choice import ROUND, ProtectionChoice
from coachdesk.returns.options import OptionCost
from coachdesk.ui.returns.options_view import OptionsView

ROUNDED = ProtectionChoice(method=ROUND)


def option(key: str, gap: float | None = None, refused: str = "") -> OptionCost:
    return OptionCost(
        key=key,
        title=f"Way {key}",
        choice=ROUNDED if key == "round" else ProtectionChoice(),
        tables=4,
        cells=40,
        hidden=10,
        hidden_share=0.25,
        gap=gap,
        refused=refused,
    )


@pytest.fixture
def view(qtbot: QtBot) -> OptionsView:
    made = OptionsView()
    qtbot.addWidget(made)
    made.show_options(
        [
            option("now", 0),
            option("quick"),
            option("wide", 0.04),
            option("round"),
            option("mixed", refused="Cannot stand beside it."),
        ]
    )
    return made


def test_each_way_says_whether_less_would_do(view: OptionsView) -> None:
    words = " | ".join(one.text() for one in view.findChildren(QLabel))
    for said in ("No, and that is proven", "Not looked for", "By 4% at most", "Cannot stand beside it."):
        assert said in words
    assert "10 of 40 numbers withheld in 4 tables" in view.buttons["quick"].accessibleDescription()


def test_a_way_that_cannot_be_had_cannot_be_chosen(view: OptionsView) -> None:
    assert view.buttons["now"].isChecked()
    assert not view.buttons["mixed"].isEnabled()
    assert view.buttons["mixed"].accessibleDescription() == "Cannot stand beside it."


def test_a_way_is_chosen_and_forgotten(qtbot: QtBot, view: OptionsView) -> None:
    view.resize(900, 400)
    view.show()
    with qtbot.waitSignal(view.chosen) as heard:
        QTest.mouseClick(view.buttons["round"], Qt.MouseButton.LeftButton)
    assert heard.args == [ROUNDED]
    view.forget()
    assert view.buttons == {}
