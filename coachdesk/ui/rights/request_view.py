"""One data request: its dates and how they came about, and every step from the door to the answer."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.rights_requests import (
    AcknowledgeRequest,
    AnswerRequest,
    ExtendRequest,
    RequestRow,
    StartClock,
    StopClock,
    acknowledge_request,
    answer_request,
    extend_request,
    start_clock,
    stop_clock,
)
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Date, Lines
from coachdesk.ui.rights.pack_view import PackView
from coachdesk.ui.rights.request_words import state_of, stop_words
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Card,
    Fact,
    FactGrid,
    Flow,
    Pill,
    danger_button,
    label,
    primary_button,
    quiet_button,
    row,
    secondary_button,
)
from coachdesk.ui.wizard import WorkingPage


class RequestView(QWidget):
    """A request in full.

    Signals: ``left()`` back to the list; ``erase_wanted(UUID)`` for a client who asked to be erased.
    """

    left = Signal()
    erase_wanted = Signal(object)

    def __init__(self, page: WorkingPage) -> None:
        super().__init__()
        self._page, self._office = page, page.office
        self.manages = False
        self.row: RequestRow | None = None
        self.back_button = quiet_button(self.tr("&All requests"), "chevron-left")
        self.title = label("", "section", wrap=True)
        self.state = Pill("", Tone.NEUTRAL)
        self.facts = FactGrid()
        self.explained = QVBoxLayout()
        self.explained.setSpacing(Space.HAIR)
        self.acknowledge_button = secondary_button(self.tr("Acknowledge"), "check")
        self.stop_button = secondary_button(self.tr("Stop the clock"), "clock")
        self.start_button = secondary_button(self.tr("Let the clock run on"), "clock")
        self.extend_button = secondary_button(self.tr("Extend"), "calendar-clock")
        self.answer_button = primary_button(self.tr("Answer"), "send")
        self.client_button = secondary_button(self.tr("Open the client"), "user")
        self.erase_button = danger_button(self.tr("Erase…"), "trash-2")
        self.form = SideForm(self._office, "data-request-step", self.tr("&Save"))
        self.pack = PackView(page)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        card = Card()
        head = row(self.title, self.state, spacing=Space.GAP)
        head.setStretch(0, 1)
        card.add(head)
        card.add(self.facts)
        card.add(self.explained)
        self.buttons = Flow(
            self.answer_button,
            self.acknowledge_button,
            self.stop_button,
            self.start_button,
            self.extend_button,
            self.client_button,
            self.erase_button,
        )
        card.add(self.buttons)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        box.addLayout(row(self.back_button, 1))
        box.addWidget(card)
        box.addWidget(self.form)
        box.addWidget(self.pack)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self._back)
        self.acknowledge_button.clicked.connect(self._acknowledge)
        self.stop_button.clicked.connect(self._stop)
        self.start_button.clicked.connect(self._start)
        self.extend_button.clicked.connect(self._extend)
        self.answer_button.clicked.connect(self._answer)
        self.client_button.clicked.connect(self._open_client)
        self.erase_button.clicked.connect(self._erase)

    def show_request(self, found: RequestRow) -> None:
        """Show a request; one that was shown before keeps the form that is open."""
        if self.row is not None and self.row.id != found.id and self.form.isVisible():
            self.form.close_form()
        self.row = found
        self.title.setText(f"{found.client}: {found.kind_words}")
        self.state.say(*state_of(found, self._office.desk.clock.today()))
        self.facts.show_facts(self._facts(found))
        clear(self.explained)
        for sentence in (*found.explained, *(stop_words(stop) for stop in found.stops)):
            self.explained.addWidget(label(sentence, "meta", wrap=True))
        self._offer(found)
        self.pack.setVisible(found.kind == "access")
        if found.kind == "access":
            self.pack.show_request(found)
        lay_out(self)

    def _facts(self, found: RequestRow) -> tuple[Fact, ...]:
        outcome = self._office.codes.title("request_outcome", found.outcome) if found.answered_on else ""
        told = (
            (self.tr("Next"), found.next_words),
            (self.tr("Came in"), day(found.received_on)),
            (self.tr("How it came"), found.how_received),
            (self.tr("What was asked"), found.what_asked),
            (self.tr("Acknowledged"), day(found.acknowledged_on)),
            (self.tr("Why extended"), found.extension_reason),
            (self.tr("What came of it"), outcome),
            (self.tr("The answer"), found.answer_note),
        )
        late = Tone.DANGER if found.is_late else None
        return tuple(
            Fact(name, words, late if place == 0 else None)
            for place, (name, words) in enumerate(told)
            if words
        )

    def _offer(self, found: RequestRow) -> None:
        """Offer the steps that can be taken now."""
        is_open = found.answered_on is None
        counted = is_open and found.due.answer_by is not None
        for button, can in (
            (self.answer_button, is_open),
            (self.acknowledge_button, is_open and found.acknowledged_on is None),
            (self.stop_button, counted),
            (self.start_button, is_open and found.due.is_stopped),
            (self.extend_button, counted and found.extended_on is None),
            (self.erase_button, is_open and found.kind == "erasure" and self.manages),
        ):
            button.setVisible(can)

    @Slot()
    def _back(self) -> None:
        if self.form.isVisible():
            self.form.close_form()
        self.left.emit()

    @Slot()
    def _open_client(self) -> None:
        self._page.open_client.emit(self._shown().client_id)

    @Slot()
    def _erase(self) -> None:
        self.erase_wanted.emit(self._shown().client_id)

    def _shown(self) -> RequestRow:
        assert self.row is not None  # noqa: S101 - its buttons are seen with a request only
        return self.row

    def _step(self, heading: str, parts: tuple[Any, ...], wish: Any, command: Any, name: str) -> None:
        today = self._office.desk.clock.today()
        about = f"{name}:{self._shown().id.hex}"
        self.form.open_form(heading, parts, {"on": today, "from_on": today}, wish, command, about=about)

    def _on(self, words: str) -> Date:
        return Date("on", words, needed=True, lean="past")

    @Slot()
    def _acknowledge(self) -> None:
        parts = (self._on(self.tr("The client was told on")),)
        self._step(self.tr("Acknowledge"), parts, self._acknowledge_wish, acknowledge_request, "acknowledge")

    def _acknowledge_wish(self, values: dict[str, Any]) -> AcknowledgeRequest:
        return AcknowledgeRequest(request_id=self._shown().id, **values)

    @Slot()
    def _stop(self) -> None:
        parts = (
            Date("from_on", self.tr("We wait since"), needed=True, lean="past"),
            Lines(
                "reason",
                self.tr("What we wait for"),
                hint=self.tr(
                    "Proof of who is asking, or what exactly is meant. Other reasons do not stop it."
                ),
                rows=2,
            ),
        )
        self._step(self.tr("Stop the clock"), parts, self._stop_wish, stop_clock, "stop")

    def _stop_wish(self, values: dict[str, Any]) -> StopClock:
        return StopClock(request_id=self._shown().id, **values)

    @Slot()
    def _start(self) -> None:
        parts = (self._on(self.tr("It came on")),)
        self._step(self.tr("Let the clock run on"), parts, self._start_wish, start_clock, "start")

    def _start_wish(self, values: dict[str, Any]) -> StartClock:
        return StartClock(request_id=self._shown().id, **values)

    @Slot()
    def _extend(self) -> None:
        parts = (
            self._on(self.tr("The client was told on")),
            Lines(
                "reason",
                self.tr("Why more time is needed"),
                hint=self.tr("The client is told this reason, before the first time is over."),
                rows=2,
            ),
        )
        self._step(self.tr("Extend"), parts, self._extend_wish, extend_request, "extend")

    def _extend_wish(self, values: dict[str, Any]) -> ExtendRequest:
        return ExtendRequest(request_id=self._shown().id, **values)

    @Slot()
    def _answer(self) -> None:
        options = self._office.codes.options("request_outcome", unstated=False)
        parts = (
            self._on(self.tr("Answered on")),
            Choice("outcome", self.tr("What came of it"), options=options, needed=True),
            Lines("note", self.tr("What was answered, and how"), rows=2),
        )
        self._step(self.tr("Answer"), parts, self._answer_wish, answer_request, "answer")

    def _answer_wish(self, values: dict[str, Any]) -> AnswerRequest:
        return AnswerRequest(request_id=self._shown().id, **values)
