"""Words that nobody suggested: marked by a person in the text of a record, and taken out with a reason."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from coachdesk.casework.holding import (
    REDACT,
    DecideRedaction,
    HeldText,
    Passage,
    decide_redaction,
    held_texts,
)
from coachdesk.casework.rights_requests import RequestRow
from coachdesk.errors import Refusal
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.drafts.kept_lines import KeptLines
from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.unlock.fields import LabelledLine
from coachdesk.ui.widgets import column, label, quiet_button, row, secondary_button

_LINES = 5
_BEGINNING = 40


def marked_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a selection lies in a text.

    Qt counts in units of UTF-16 and a line's end as one, whatever ends the line; the vault counts characters.
    """
    places: dict[int, int] = {}
    units = position = 0
    while position < len(text):
        places[units] = position
        step = 2 if text.startswith("\r\n", position) else 1
        units += 2 if ord(text[position]) > 0xFFFF else 1  # noqa: PLR2004 - the last character of one unit
        position += step
    places[units] = position
    return places[start], places[end]


class OtherWords(QWidget):
    """A text of the record to mark words in; it opens when it is asked for."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._row: RequestRow | None = None
        self._texts: tuple[HeldText, ...] = ()
        self.open_button = quiet_button(self.tr("Take out &other words"), "pencil")
        self.open_button.setCheckable(True)
        self.texts = CalmComboBox()
        self.texts.setAccessibleName(self.tr("Text of the record"))
        self.texts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.texts.setMinimumContentsLength(10)
        self.texts.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box = QPlainTextEdit()
        self.box.setReadOnly(True)
        self.box.setTabChangesFocus(True)
        self.box.setAccessibleName(self.tr("Select the words to take out"))
        flags = Qt.TextInteractionFlag
        self.box.setTextInteractionFlags(flags.TextSelectableByKeyboard | flags.TextSelectableByMouse)
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * _LINES + 24)
        self.reason = LabelledLine(self.tr("Why these words are taken out"))
        self.out_button = secondary_button(self.tr("Take these words out"), "eye-off")
        self.inside = QWidget()
        self.inside.setLayout(
            column(
                label(
                    self.tr("Choose a text, select the words with the mouse or with Shift and the arrows."),
                    "meta",
                    wrap=True,
                ),
                self.texts,
                self.box,
                self.reason,
                row(self.out_button, 1),
            )
        )
        self.inside.hide()
        self.setLayout(column(row(self.open_button, 1), self.inside))
        self.kept = KeptLines(office, "words taken out", {"reason": self.reason.line}, self)
        self.open_button.toggled.connect(self._open)
        self.texts.currentIndexChanged.connect(self._chosen)
        self.out_button.clicked.connect(self._take_out)

    def show_request(self, found: RequestRow) -> None:
        """Ask for the texts of the client who made a request, if they are wanted."""
        if self._row is not None and self._row.id != found.id:
            self.open_button.setChecked(False)
        self._row = found
        self.kept.show(found.id.hex, self.tr("Why words are taken out"), found.client_id)
        self._ask()

    @Slot(bool)
    def _open(self, wanted: bool) -> None:  # noqa: FBT001  the signature of Qt's signal
        self.inside.setVisible(wanted)
        self._ask()
        lay_out(self)

    def _ask(self) -> None:
        if self._row is not None and self.open_button.isChecked():
            self._office.desk.ask(held_texts, self._row.id, self._show)

    def _show(self, found: tuple[HeldText, ...]) -> None:
        if found == self._texts:
            return
        place = self.texts.currentIndex()
        self._texts = found
        self.texts.clear()
        for one in found:
            on = f", {day(one.on)}" if one.on else ""
            self.texts.addItem(f"{one.where}{on}: {' '.join(one.text.split())[:_BEGINNING]}")
        self.texts.setCurrentIndex(min(max(place, 0), len(found) - 1))

    @Slot(int)
    def _chosen(self, place: int) -> None:
        self.box.setPlainText(self._texts[place].text if place >= 0 else "")

    @Slot()
    def _take_out(self) -> None:
        cursor = self.box.textCursor()
        if self._row is None or not cursor.hasSelection():
            self.reason.refuse(self.tr("Select the words first."))
            return
        one = self._texts[self.texts.currentIndex()]
        start, end = marked_span(one.text, cursor.selectionStart(), cursor.selectionEnd())
        passage = Passage(
            kind=one.kind,
            row_id=one.row_id,
            field_name=one.field_name,
            from_character=start,
            to_character=end,
        )
        wish = DecideRedaction(
            request_id=self._row.id, passage=passage, decision=REDACT, reason=self.reason.text()
        )
        self._office.desk.do(decide_redaction, wish, then=self._taken_out, refused=self._refused)

    def _taken_out(self, _nothing: object) -> None:
        self.reason.line.clear()
        self.kept.forget()
        self.reason.refuse("")
        cursor = self.box.textCursor()
        cursor.clearSelection()
        self.box.setTextCursor(cursor)
        self.box.setFocus()

    def _refused(self, refusal: Refusal) -> None:
        self.reason.refuse(refusal.message)
        self.reason.line.setFocus()
