"""The wellbeing questions at a check-in: asked when they are wanted, each answered by one key or skipped."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.measures import MeasuresRow, read_measures
from coachdesk.ui.check_ins.steps import Steps
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.forms.fields import Heading
from coachdesk.ui.forms.form import Form
from coachdesk.ui.forms.rating import Rating
from coachdesk.ui.office import Office
from coachdesk.ui.widgets import quiet_button, row


class WellbeingPart(QWidget):
    """A button, and below it the questions of the programme once it was pressed.

    Signals: ``edited()`` after an answer; ``done()`` after the last question.
    """

    edited = Signal()
    done = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._client_id: UUID | None = None
        self._kept: dict[str, Any] = {}
        self.form: Form | None = None
        self.ask_button = quiet_button(self.tr("Ask the wellbeing &questions"), "trending-up")
        self.ask_button.clicked.connect(self.ask)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addLayout(row(self.ask_button, 1))

    def start(self, client_id: UUID) -> None:
        """Be ready to ask a client; nothing is asked yet."""
        self.forget()
        self._client_id = client_id
        self.ask_button.show()
        self.show()

    def forget(self) -> None:
        """Take the questions away, with their answers."""
        self._client_id, self._kept = None, {}
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self.hide()

    @Slot()
    def ask(self) -> None:
        """Bring the questions up."""
        if self._client_id is not None and self.form is None:
            question = ClientQuestion(client_id=self._client_id, today=self._office.desk.clock.today())
            self._office.desk.ask(read_measures, question, self._show)

    def bring_back(self, kept: Mapping[str, Any]) -> None:
        """Bring the questions up with what a draft kept of their answers; without any, nothing happens."""
        self._kept = dict(kept)
        if self._kept:
            self.ask()

    def _show(self, known: MeasuresRow) -> None:
        if self._client_id is None or self.form is not None:
            return
        asked = (
            Rating(one.name, one.question, low_words=one.low_words, high_words=one.high_words)
            for one in known.asked_now
        )
        hint = self.tr("Any may be skipped. Keys: 0 to 9, T for ten, S skip, Up to go back.")
        self.form = Form((Heading(self.tr("On a scale from 0 to 10"), hint), *asked), self._office.desk.clock)
        self.form.setAccessibleName(self.tr("Wellbeing questions"))
        self.form.set_raw(self._kept)
        self.form.draft.connect(self.edited)
        self._box.addWidget(self.form)
        steps = Steps(self.form)
        steps.done.connect(self.done)
        self.ask_button.hide()
        lay_out(self)
        names = self.form.names()
        if names and not self._kept:
            steps.go_to(names[0])

    def answers(self) -> dict[str, int | str]:
        """Return the answers that were given, by question."""
        values = self.form.values() if self.form is not None else {}
        return {name: value for name, value in values.items() if value is not None}

    def flush(self) -> None:
        """Send what waits to be kept at once."""
        if self.form is not None:
            self.form.flush_draft()
