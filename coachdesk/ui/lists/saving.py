"""Keeping a list under a name: one's own, or everybody's."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from coachdesk.casework.caseload_lists import ListQuestion
from coachdesk.casework.saved_lists import SavedListRow, SaveList, save_list
from coachdesk.errors import Refusal
from coachdesk.ui.announce import announce
from coachdesk.ui.office import Office
from coachdesk.ui.widgets import Card, label, primary_button, quiet_button, restyle, row


class ListSaving(Card):
    """A name, whether everybody has the list, and Keep; a list that has a name already is changed.

    Signals: ``saved(UUID)``.
    """

    saved = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._question: ListQuestion | None = None
        self._list_id: UUID | None = None
        self.title_line = QLineEdit()
        self.title_line.setMaxLength(60)
        words = label(self.tr("&Name of the list"), "label")
        words.setBuddy(self.title_line)
        self.title_line.setAccessibleName(self.tr("Name of the list"))
        self.everybody = QCheckBox(self.tr("&Everybody in the team has it"))
        self.refusal = label("", wrap=True)
        self.keep_button = primary_button(self.tr("Keep"), "check")
        self.new_button = quiet_button(self.tr("Keep as a new list"))
        self.away_button = quiet_button(self.tr("Put away"), "x")
        self.add(
            label(self.tr("Keep what this list asks for, its columns and its order"), "section", wrap=True)
        )
        self.add(row(words, self.title_line, self.everybody))
        self.add(self.refusal)
        self.add(row(self.keep_button, self.new_button, self.away_button, 1))
        self.keep_button.clicked.connect(self.keep)
        self.new_button.clicked.connect(self._keep_as_new)
        self.away_button.clicked.connect(self.hide)
        self.title_line.returnPressed.connect(self.keep)
        self.refusal.hide()
        self.hide()

    def start(self, question: ListQuestion, kept: SavedListRow | None) -> None:
        """Ask for a name; with the list that is shown, its name stands there."""
        self._question = question
        self._list_id = None if kept is None else kept.id
        self.title_line.setText("" if kept is None else kept.title)
        self.everybody.setChecked(kept is not None and kept.is_everybodys)
        self.new_button.setVisible(kept is not None)
        self.refusal.hide()
        self.show()
        self.title_line.setFocus()
        self.title_line.selectAll()

    @Slot()
    def _keep_as_new(self) -> None:
        self._list_id = None
        self.keep()

    @Slot()
    def keep(self) -> None:
        """Hand the name in."""
        if self._question is None:
            return
        wish = SaveList(
            title=self.title_line.text(),
            question=self._question,
            for_everybody=self.everybody.isChecked(),
            list_id=self._list_id,
        )
        self._office.desk.do(save_list, wish, then=self._kept, refused=self._refused)

    def _kept(self, list_id: Any) -> None:
        self.hide()
        self.saved.emit(list_id)

    def _refused(self, refusal: Refusal) -> None:
        self.refusal.setText(refusal.message)
        restyle(self.refusal, tone="danger")
        self.refusal.show()
        self.title_line.setFocus()
        announce(self.refusal, refusal.message)
