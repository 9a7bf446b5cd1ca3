"""Data requests: the list, what is next and by when, and writing a new one down."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.client_head import ClientHead, read_client
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.rights_requests import (
    KINDS,
    ReceiveRequest,
    RequestRow,
    RequestsQuestion,
    list_requests,
    receive_request,
)
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Date, Lines, Option, Text, Together
from coachdesk.ui.rights.client_picker import ClientPicker
from coachdesk.ui.rights.part import Part, about, asked_about
from coachdesk.ui.rights.request_view import RequestView
from coachdesk.ui.rights.request_words import state_of
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import (
    Card,
    Divider,
    EmptyState,
    Pill,
    column,
    label,
    primary_button,
    row,
    secondary_button,
)
from coachdesk.ui.wizard import WorkingPage


class RequestsPart(Part):
    """A line a request, the open ones first; one request at a time in full.

    Signals: ``erase_wanted(UUID)`` for a client who asked to be erased.
    """

    erase_wanted = Signal(object)

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self._rows: dict[str, RequestRow] = {}
        self._chosen = ""
        self._client: UUID | None = None
        self.add_button = primary_button(self.tr("&Write down a request"), "plus")
        self.answered = QCheckBox(self.tr("Show the answered ones too"))
        self.picker = ClientPicker(self.office)
        self.form = SideForm(self.office, "data-request", self.tr("&Save"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.list = Card()
        self.request = RequestView(page)
        self.request.hide()
        head = row(label(self.tr("Requests of clients about their data"), "section", wrap=True))
        head.setStretch(0, 1)
        head.addWidget(self.add_button)
        self.list.add(head)
        self.list.add(self.answered)
        self.list.add(self.lines)
        for piece in (self.picker, self.form, self.list, self.request):
            self.body.addWidget(piece)
        self._connect()

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.picker.start)
        self.answered.toggled.connect(self.refresh)
        self.picker.chosen.connect(self.write_down_for)
        self.form.saved.connect(self._written)
        self.request.left.connect(self.show_list)
        self.request.erase_wanted.connect(self.erase_wanted)

    @override
    def know_role(self, *, manages: bool) -> None:
        super().know_role(manages=manages)
        self.request.manages = manages

    @override
    @Slot()
    def refresh(self) -> None:
        question = RequestsQuestion(
            today=self.office.desk.clock.today(),
            with_answered=self.answered.isChecked() or bool(self._chosen),
        )
        self.office.desk.ask(list_requests, question, self._show)

    def _show(self, rows: tuple[RequestRow, ...]) -> None:
        self._rows = {one.id.hex: one for one in rows}
        clear(self.lines)
        shown = [one for one in rows if one.answered_on is None or self.answered.isChecked()]
        for place, one in enumerate(shown):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(one))
        if not shown:
            self.lines.addWidget(
                EmptyState(
                    self.tr("No request is open"),
                    self.tr(
                        "A client may ask in any words, also at the door: to see what we hold, to put it right, to be "
                        "erased, or to complain. Write it down on the day it comes in."
                    ),
                    icon="circle-check",
                )
            )
        self._show_chosen()
        lay_out(self)

    def _line(self, one: RequestRow) -> QWidget:
        words, tone = state_of(one, self.office.desk.clock.today())
        title = f"{one.client}: {one.kind_words}"
        came = self.tr("Came in {day}").format(day=day(one.received_on))
        line = row(
            column(
                label(title, "strong", wrap=True),
                label(f"{one.next_words} · {came}", "meta", wrap=True),
                spacing=2,
            ),
            Pill(words, tone),
            about(
                secondary_button(self.tr("Open"), "chevron-right"),
                one.id.hex,
                self._open,
                self.tr("Open: {request}, {state}").format(request=title, state=words),
            ),
            spacing=Space.GAP,
        )
        line.setStretch(0, 1)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    @Slot()
    def _open(self) -> None:
        self.show_request(asked_about(self.sender()))

    def show_request(self, key: str) -> None:
        """Show one request in full, by its id in hex."""
        self._chosen = key
        self.picker.hide()
        self.refresh()
        self.page.show_top()
        self.request.back_button.setFocus()

    @Slot()
    def show_list(self) -> None:
        """Go back to all requests."""
        self._chosen = ""
        self.refresh()
        self.add_button.setFocus()

    def _show_chosen(self) -> None:
        found = self._rows.get(self._chosen)
        self.list.setVisible(found is None)
        self.request.setVisible(found is not None)
        if found is not None:
            self.request.show_request(found)

    @Slot(object)
    def write_down_for(self, client_id: UUID) -> None:
        """Open the form for a request of a client; a colleague's client needs to be opened with a reason first."""
        self._client = client_id
        self.picker.hide()
        question = ClientQuestion(client_id=client_id, today=self.office.desk.clock.today())
        self.office.desk.ask(read_client, question, self._open_form, refused=self.page.show_refusal)

    def _open_form(self, head: ClientHead) -> None:
        self._chosen = ""
        self._show_chosen()
        self.form.open_form(
            self.tr("A request of {client}").format(client=head.name),
            (
                Together(
                    Choice(
                        "kind",
                        self.tr("What is asked"),
                        options=tuple(Option(key, words) for key, words in KINDS.items()),
                        needed=True,
                    ),
                    Date(
                        "received_on",
                        self.tr("Came in on"),
                        hint=self.tr("The day it reached any of us. The clock runs from then."),
                        needed=True,
                        lean="past",
                    ),
                ),
                Text(
                    "how_received",
                    self.tr("How it came"),
                    hint=self.tr("By letter, on the phone, at the door."),
                ),
                Lines("what_asked", self.tr("In the client’s words")),
            ),
            {"received_on": self.office.desk.clock.today()},
            self._wish,
            receive_request,
            about=head.id.hex,
        )

    def _wish(self, values: dict[str, Any]) -> ReceiveRequest:
        assert self._client is not None  # noqa: S101 - the form opens for a client
        return ReceiveRequest(client_id=self._client, **values)

    @Slot(object)
    def _written(self, request_id: UUID) -> None:
        self.show_request(request_id.hex)
