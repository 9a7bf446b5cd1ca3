"""Erasing a client: what goes and what stays is said first; a reason, and the reference typed, make it certain."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.erasing import EraseClient, ErasurePreview, erase_client, preview_erasure
from coachdesk.casework.record_words import RecordWords
from coachdesk.errors import Refusal
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Lines, Text
from coachdesk.ui.forms.form import Form
from coachdesk.ui.forms.own_keys import OwnKeys
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, danger_button, label, row, secondary_button


class EraseCard(Card):
    """Asks for an erasure and carries it out; nothing else in the program is as final.

    What is typed here is kept nowhere: a draft would outlive the person it speaks of.

    Signals: ``erased()`` when it was done, ``left()`` when not.
    """

    erased = Signal()
    left = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._client_id: UUID | None = None
        self._reference = ""
        self.form: Form | None = None
        self.heading = label("", "section", wrap=True)
        self.told = QVBoxLayout()
        self.told.setSpacing(Space.HAIR)
        self._place = QVBoxLayout()
        self.erase_button = danger_button(self.tr("Erase for good"), "trash-2")
        self.leave_button = secondary_button(self.tr("Do not erase"))
        self.add(self.heading)
        self.add(self.told)
        self.add(self._place)
        self.add(row(self.erase_button, self.leave_button, 1))
        self.erase_button.clicked.connect(self.erase)
        self.leave_button.clicked.connect(self.leave)
        OwnKeys(self)
        self.hide()

    def start(self, client_id: UUID) -> None:
        """Ask what an erasure of this client would take, then show it; refused for anybody but a manager."""
        self._client_id = client_id
        self._office.desk.ask(preview_erasure, client_id, self._show, refused=self._not_now)

    def _show(self, preview: ErasurePreview) -> None:
        if preview.client_id != self._client_id:
            return
        self._reference = preview.reference
        self.heading.setText(self.tr("Erase {name}").format(name=preview.name))
        clear(self.told)
        self._tell(
            self.tr("These go altogether, with all their history:"),
            self._counted(preview.taken_out) or self.tr("nothing"),
        )
        self._tell(
            self.tr("These lose every name, address, note, document and link, and their history:"),
            self._counted(preview.emptied),
        )
        self._tell(
            self.tr("This stays, so that returns already issued still add up:"),
            self.tr(
                "an anonymous stub: programme and dates, the answers a table counts by, dates and ways of contacts, "
                "dates, hours and pay of jobs, and the year of birth. And the proof: when, by whom and why."
            ),
        )
        final = self.tr(
            "This cannot be undone, by anybody. It is repeated on an older backup that is restored where this vault or "
            "its backup folder is at hand; another copy of a backup, kept somewhere else, is for you to destroy."
        )
        self.told.addWidget(label(final, tone=Tone.DANGER, wrap=True))
        self._ask()

    def _tell(self, what: str, words: str) -> None:
        self.told.addWidget(label(what, "label", wrap=True))
        self.told.addWidget(label(words, wrap=True))

    @staticmethod
    def _counted(counts: Any) -> str:
        return ", ".join(f"{count} × {RecordWords.title(kind).lower()}" for kind, count in counts.items())

    def _ask(self) -> None:
        self._forget()
        self.form = Form(
            (
                Lines(
                    "reason",
                    self.tr("&Why, without naming the person"),
                    hint=self.tr("The reason is kept for the certificate and can be read by your team."),
                    rows=2,
                    needed=True,
                ),
                Text(
                    "reference",
                    self.tr("Type the reference {reference} to confirm").format(reference=self._reference),
                    needed=True,
                ),
            ),
            self._office.desk.clock,
        )
        self.form.setAccessibleName(self.heading.text())
        self._place.addWidget(self.form)
        self.erase_button.setEnabled(True)
        self.show()
        lay_out(self)
        self.form.focus_first()

    def _forget(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    @Slot()
    def erase(self) -> None:
        """Erase, if the reference was typed as it stands."""
        if self.form is None or self._client_id is None:
            return
        self.form.clear_refusal()
        try:
            values = self._certain(self.form.values())
        except Refusal as refusal:
            self.form.set_refusal(refusal)
            return
        self.erase_button.setEnabled(False)
        wish = EraseClient(client_id=self._client_id, reason=values["reason"])
        self._office.desk.do(erase_client, wish, then=self._done, refused=self._refused)

    def _certain(self, values: dict[str, Any]) -> dict[str, Any]:
        if values["reference"].casefold() != self._reference.casefold():
            raise Refusal(
                self.tr("Nothing was erased."),
                fields={"reference": self.tr("This is not the reference of this client.")},
            )
        return values

    def _done(self, _proof: object) -> None:
        self.close_card()
        self.erased.emit()

    def _refused(self, refusal: Refusal) -> None:
        self.erase_button.setEnabled(True)
        if self.form is not None:
            self.form.set_refusal(refusal)

    def _not_now(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)

    @Slot()
    def leave(self) -> None:
        """Erase nothing."""
        self.close_card()
        self.left.emit()

    def close_card(self) -> None:
        """Put the question away with what was typed."""
        self._client_id = None
        self._forget()
        self.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
