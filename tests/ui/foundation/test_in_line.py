"""A quiet button among text: its words begin where the other words begin."""

import pytest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.ui.theme import Theme
from coachdesk.ui.widgets import in_line, label, quiet_button


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_words_of_a_quiet_button_stand_under_the_text_above(
    qtbot: QtBot, qapp: QApplication, theme: Theme, scale: float
) -> None:
    theme.apply(qapp, "light", scale)
    page, above, name = QWidget(), label("Fading"), quiet_button("Tariq Hussain")
    qtbot.addWidget(page)
    box = QVBoxLayout(page)
    box.addWidget(above)
    box.addLayout(in_line(name))
    page.show()
    option = QStyleOptionButton()
    option.initFrom(name)
    inside = name.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, name)
    assert name.x() + inside.left() == above.x()
    assert name.x() >= 0
    theme.apply(qapp, "light")
