"""One field on the page: label, control, hint, and the refusal beside it."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.ui import icons
from coachdesk.ui.announce import announce
from coachdesk.ui.forms.fields import Field
from coachdesk.ui.forms.inputs import CheckInput, Input, NumberInput
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets.labels import label, restyle

_REFUSAL_ICON = 14


class FieldRow(QWidget):
    """A field with its words; label and control are siblings, so that the one names the other."""

    def __init__(self, field: Field, control: Input, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.input = control
        control.setParent(self)
        self._icon = QLabel()
        self.refusal = label("", "refusal", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.HAIR)
        words = field.label.replace("&", "")
        if not isinstance(control, CheckInput):
            self.label = QLabel(
                self.tr("{label} (needed)").format(label=field.label) if field.needed else field.label
            )
            self.label.setWordWrap(True)
            self.label.setProperty("role", "label")
            box.addWidget(self.label)
        if field.hint:
            box.addWidget(label(field.hint, "meta", wrap=True))
        side_by_side = QHBoxLayout()
        side_by_side.setSpacing(Space.HAIR)
        for piece, share in control.pieces:
            side_by_side.addWidget(piece, share)
        if isinstance(control, NumberInput) and not control.unit:
            side_by_side.addStretch(1)  # a short line stands under its label, not in the middle
        box.addLayout(side_by_side)
        box.addLayout(self._refusal_line())
        if not isinstance(control, CheckInput):
            self.label.setBuddy(control.target)
        control.name(words)
        control.describe(field.hint)
        control.edited.connect(self.clear)

    def _refusal_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(Space.HAIR)
        line.addWidget(self._icon)
        line.addWidget(self.refusal, 1)
        self._icon.hide()
        self.refusal.hide()
        return line

    def refuse(self, sentence: str) -> None:
        """Say beside the field, in words and with an icon, why its value will not do."""
        self._draw_icon()
        self._icon.show()
        self.refusal.setText(sentence)
        self.refusal.show()
        self.input.describe(sentence)
        if not isinstance(self.input.target, QCheckBox):
            restyle(self.input.target, refused=True)
        announce(self, f"{self.field.label.replace('&', '')}: {sentence}", urgent=True)

    def clear(self) -> None:
        """Take the refusal away."""
        if self.refusal.isHidden():
            return
        self._icon.hide()
        self.refusal.hide()
        self.refusal.clear()
        self.input.describe(self.field.hint)
        if not isinstance(self.input.target, QCheckBox):
            restyle(self.input.target, refused=False)

    def refused(self) -> str:
        """Return the sentence shown, or nothing."""
        return self.refusal.text()

    def _draw_icon(self) -> None:
        now = look()
        self._icon.setPixmap(icons.pixmap("circle-alert", now.colours.danger.ink, now.px(_REFUSAL_ICON)))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and not self._icon.isHidden():
            self._draw_icon()
