"""Before a pack leaves: the motivated intruder's questions, and who answered them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.errors import Refusal
from coachdesk.returns.issue_questions import NO, NOT_SURE, YES, check_answers, intruder_questions
from coachdesk.returns.wishes import IssueWish, PreparedReturn
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.forms.fields import Choice, Option, Part, Text
from coachdesk.ui.forms.form import Form
from coachdesk.ui.forms.form_keys import answer_key
from coachdesk.ui.office import Office
from coachdesk.ui.widgets import Card, label, primary_button, row, secondary_button

CHECKED_BY = "checked_by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Who checked a pack before it left, and what was answered."""

    checked_by: str
    answers: Mapping[str, str]


def issue_wish(prepared: PreparedReturn, folder: Path, checked: Checked | None, *, draft: bool) -> IssueWish:
    """Return the wish to write a return into a folder of its own within the one that was chosen."""
    wish = prepared.wish
    words = f"{wish.programme_key} {wish.from_on} to {wish.to_on}"
    place = folder / (f"{words} draft" if draft else words)
    if checked is None:
        return IssueWish(prepared=prepared, folder=place, draft=draft)
    return IssueWish(
        prepared=prepared, folder=place, draft=draft, checked_by=checked.checked_by, intruder=checked.answers
    )


class IssueSheet(Card):
    """A short sheet of questions; nothing is issued before all are answered with no.

    Signals: ``checked(Checked)``; ``put_away()``.
    """

    checked = Signal(object)
    put_away = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self.form: Form | None = None
        self._place = QVBoxLayout()
        self.go_button = primary_button(self.tr("Checked: &issue the pack…"), "send")
        self.away_button = secondary_button(self.tr("&Not yet"))
        self.add(label(self.tr("Before it leaves: could anybody be recognised?"), "section", wrap=True))
        self.add(
            label(
                self.tr(
                    "Think of somebody with time and a reason to look, who holds every earlier return. Better that somebody checks "
                    "who did not make the return. The pack says that it was checked and when, not by whom."
                ),
                "meta",
                wrap=True,
            )
        )
        self.add(self._place)
        self.add(row(self.go_button, self.away_button, 1))
        self.go_button.clicked.connect(self.hand_in)
        self.away_button.clicked.connect(self.close_sheet)
        self.hide()

    def open_sheet(self) -> None:
        """Ask the questions afresh: a check belongs to one pack."""
        self._discard()
        self.form = Form(self._parts(), self._office.desk.clock)
        self.form.setAccessibleName(self.tr("Before it leaves"))
        self._place.addWidget(self.form)
        self.show()
        lay_out(self)
        self.form.focus_first()

    def _parts(self) -> tuple[Part, ...]:
        answers = (
            Option(NO, self.tr("No")),
            Option(NOT_SURE, self.tr("Not sure")),
            Option(YES, self.tr("Yes")),
        )
        asked = tuple(
            Choice(each.key, each.question, each.help, needed=True, options=answers)
            for each in intruder_questions()
        )
        hint = self.tr("Somebody else than you, if you can. Kept in the vault, not printed.")
        return (*asked, Text(CHECKED_BY, self.tr("&Who checked it"), hint, needed=True))

    @Slot()
    def hand_in(self) -> None:
        """Say that it was checked, or show what stands against it."""
        if self.form is None:
            return
        self.form.clear_refusal()
        try:
            values: dict[str, Any] = self.form.values()
            checked_by = str(values.pop(CHECKED_BY))
            check_answers(values)
        except Refusal as refusal:
            self.form.set_refusal(refusal)
            return
        self.close_sheet()
        self.checked.emit(Checked(checked_by=checked_by, answers=values))

    @Slot()
    def close_sheet(self) -> None:
        """Put the sheet away; nothing was issued."""
        was_open = self.form is not None
        self._discard()
        self.hide()
        if was_open:
            self.put_away.emit()

    def _discard(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not answer_key(event, self.hand_in, self.close_sheet):
            super().keyPressEvent(event)
