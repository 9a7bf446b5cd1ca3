"""A short list to choose from, under its name."""

from PySide6.QtWidgets import QComboBox, QWidget

from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import column, label


def choice_box(name: str) -> QComboBox:
    """Return a list that is as wide as what it offers, and knows its name."""
    box = CalmComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def named(box: QComboBox) -> QWidget:
    """Return the list with its name above it."""
    name = label(box.accessibleName(), "label")
    name.setBuddy(box)
    holder = QWidget()
    holder.setLayout(column(name, box, spacing=Space.HAIR))
    return holder
