"""One enquiry on the page: who asked, how to reach them, how long they wait, and what can be done."""

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.enquiries import EnquiryRow
from coachdesk.terms import UNSTATED_WORDS
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Flow, Pill, column, label, quiet_button, row, secondary_button


def waits(found: EnquiryRow) -> str:
    """Return how long somebody has waited: "Came today", "Waits 1 day"."""
    if not found.waits_days:
        return QCoreApplication.translate("EnquiryLine", "Came today")
    return QCoreApplication.translate("EnquiryLine", "Waits {days}").format(
        days=plural(
            found.waits_days,
            QCoreApplication.translate("EnquiryLine", "day"),
            QCoreApplication.translate("EnquiryLine", "days"),
        )
    )


class EnquiryLine(QWidget):
    """The enquiry in words, with its buttons.

    Signals, each with the EnquiryRow: ``becomes(object)``, ``closes(object)``, ``changes(object)``,
    ``reopens(object)``, ``client_wanted(object)`` for the client it became.
    """

    becomes = Signal(object)
    closes = Signal(object)
    changes = Signal(object)
    reopens = Signal(object)
    client_wanted = Signal(object)

    def __init__(self, found: EnquiryRow, codes: CodeBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = found
        self._codes = codes
        self.buttons: dict[str, Button] = {}
        head = row(label(found.name, "strong", wrap=True), self._state(), spacing=Space.GAP)
        head.setStretch(0, 1)
        words = column(head, label(found.reach, wrap=True), spacing=2)
        if found.note:
            words.addWidget(label(found.note, "secondary", wrap=True))
        words.addWidget(label(self._meta(), "meta", wrap=True))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.SMALL)
        box.addLayout(words)
        box.addLayout(self._actions())

    def _state(self) -> Pill:
        if self.found.closed_on is not None:
            return Pill(self._codes.title("enquiry_outcome", self.found.outcome), Tone.NEUTRAL)
        return Pill(waits(self.found), Tone.WARNING if self.found.waits_long else Tone.INFO)

    def _meta(self) -> str:
        found = self.found
        source = "" if found.source in UNSTATED_WORDS else self._codes.title("referral_source", found.source)
        closed = self.tr("closed on {day}").format(day=day(found.closed_on)) if found.closed_on else ""
        coach = (
            self.tr("with {coach}").format(coach=found.coach) if found.coach else self.tr("with nobody yet")
        )
        parts = (
            self.tr("Came on {day}").format(day=day(found.received_on)),
            closed,
            source,
            found.referrer,
            coach,
        )
        return "  ·  ".join(part for part in parts if part)

    def _actions(self) -> Flow:
        if self.found.closed_on is None:
            made: tuple[Button, ...] = (
                self._button("becomes", self.tr("Becomes a client"), "user-plus", self._becomes),
                self._button("closes", self.tr("Close…"), "check", self._closes),
                self._button("changes", self.tr("Change"), "pencil", self._changes),
            )
        elif self.found.client_id is not None:
            made = (self._button("client", self.tr("Open the client"), "user", self._client),)
        else:
            made = (self._button("reopens", self.tr("Open again"), "undo-2", self._reopens),)
        return Flow(*made)

    def _button(self, key: str, words: str, icon: str, slot: object) -> Button:
        make = quiet_button if key == "changes" else secondary_button
        button = make(words, icon)
        button.setAccessibleName(f"{words.rstrip('…')}: {self.found.name}")
        button.clicked.connect(slot)
        self.buttons[key] = button
        return button

    @Slot()
    def _becomes(self) -> None:
        self.becomes.emit(self.found)

    @Slot()
    def _closes(self) -> None:
        self.closes.emit(self.found)

    @Slot()
    def _changes(self) -> None:
        self.changes.emit(self.found)

    @Slot()
    def _reopens(self) -> None:
        self.reopens.emit(self.found)

    @Slot()
    def _client(self) -> None:
        self.client_wanted.emit(self.found.client_id)
