"""The page of enquiries: those that wait, the longest first, and what became of the others."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.enquiries import (
    Enquiries,
    EnquiriesQuestion,
    EnquiryRow,
    list_enquiries,
    reopen_enquiry,
)
from coachdesk.casework.team import CoachRow, list_coaches
from coachdesk.terms import Kind
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.enquiries.enquiry_form import DRAFT_OF_NEW, EnquiryForm
from coachdesk.ui.enquiries.enquiry_line import EnquiryLine
from coachdesk.ui.forms.fields import Option
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import (
    Card,
    ChipButton,
    Divider,
    EmptyState,
    ScrollPage,
    label,
    primary_button,
    row,
)


class EnquiriesPage(Page):
    """Who asked and has not become a client yet.

    Signals: ``becomes_client(EnquiryRow)`` when somebody agreed to be registered.
    """

    concerns = frozenset({Kind.ENQUIRY, Kind.CLIENT, Kind.COACH})

    becomes_client = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._closed = False
        self.new_button = primary_button(self.tr("New en&quiry"), "plus")
        self.new_button.setToolTip("Ctrl+Shift+E")
        self.waiting_chip = ChipButton("")
        self.closed_chip = ChipButton("")
        self.form = EnquiryForm(office)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.lines.setContentsMargins(0, Space.SMALL, 0, 0)
        self._arrange()
        self.waiting_chip.setChecked(True)
        self.new_button.clicked.connect(self.new_enquiry)
        self.waiting_chip.clicked.connect(self._show_waiting)
        self.closed_chip.clicked.connect(self._show_closed)
        self.form.saved.connect(self._saved)
        self.form.put_away.connect(self._saved)
        self.form.opened.connect(self._to_top)

    def _arrange(self) -> None:
        self.area = area = ScrollPage(self)
        area.body.addLayout(row(label(self.tr("Enquiries"), "title"), 1, self.new_button))
        area.body.addWidget(self.form)
        holder = QWidget()
        holder.setLayout(row(self.waiting_chip, self.closed_chip, 1))
        card = Card()
        card.add(holder)
        card.add(self.lines)
        area.body.addWidget(card)
        area.body.addStretch(1)
        self.fill_with(area)

    @override
    def refresh(self) -> None:
        question = EnquiriesQuestion(today=self.office.desk.clock.today(), closed=self._closed)
        self.office.desk.ask(list_coaches, None, self._know_coaches)
        self.office.desk.ask(list_enquiries, question, self._show)

    def _know_coaches(self, coaches: tuple[CoachRow, ...]) -> None:
        self.form.coaches = tuple(Option(one.id, one.name) for one in coaches if one.active)

    def _show(self, found: Enquiries) -> None:
        self.waiting_chip.setText(self.tr("Waiting {count}").format(count=found.waiting))
        self.closed_chip.setText(self.tr("Closed {count}").format(count=found.closed))
        clear(self.lines)
        for place, one in enumerate(found.rows):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(one))
        if not found.rows:
            self.lines.addWidget(self._nobody(found.answer_days))
        lay_out(self)

    def _line(self, one: EnquiryRow) -> EnquiryLine:
        line = EnquiryLine(one, self.office.codes)
        line.becomes.connect(self.becomes_client)
        line.closes.connect(self.form.finish)
        line.changes.connect(self.form.change)
        line.reopens.connect(self._reopen)
        line.client_wanted.connect(self.open_client)
        return line

    def _nobody(self, answer_days: int) -> EmptyState:
        if self._closed:
            return EmptyState(self.tr("No enquiry has been closed yet"), icon="message-square")
        return EmptyState(
            self.tr("Nobody waits for an answer"),
            self.tr(
                "Somebody rings, comes in or is sent by a surgery: Ctrl+Shift+E, their name and how to reach them are enough. "
                "Who waits longer than {days} days is named on Today."
            ).format(days=answer_days),
            icon="message-square",
        )

    @Slot()
    def new_enquiry(self) -> None:
        """Open the form for somebody who asks now; one that is being written stays."""
        self.form.start()

    def go_on(self, draft: str) -> None:
        """Open the form of a draft again, where that takes nothing but the form."""
        if draft == DRAFT_OF_NEW:
            self.new_enquiry()

    @Slot()
    def _to_top(self) -> None:
        """Bring the form into sight, which stands above all lines."""
        self.area.verticalScrollBar().setValue(0)

    @Slot()
    def _show_waiting(self) -> None:
        self._closed = False
        self.refresh()

    @Slot()
    def _show_closed(self) -> None:
        self._closed = True
        self.refresh()

    @Slot()
    def _saved(self) -> None:
        """Keep the keyboard on the page: the field it was in is gone."""
        self.new_button.setFocus()

    @Slot(object)
    def _reopen(self, found: EnquiryRow) -> None:
        self.office.desk.do(reopen_enquiry, found.id, refused=self.refused)
