"""Putting right client after client: one field with the keyboard in it, saved, and on to the next."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from coachdesk.casework.quality import QualityLine, ReturnScope
from coachdesk.casework.quality_queue import (
    RESTRICTION,
    AnswerQueue,
    QueueQuestion,
    QueueStep,
    answer_queue,
    queue_step,
)
from coachdesk.casework.team import NamedRow, list_hubs
from coachdesk.errors import Refusal
from coachdesk.returns.explaining import people_behind
from coachdesk.returns.wishes import PeopleQuestion, PersonRow
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.forms.fields import Choice, Choices, Date, Option, Part, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Card, ScrollPage, label, quiet_button, row

_DATES = ("accepted_on", "started_on", "profile_started_on", "four_hours_on")


class QualityQueue(Card):
    """One field of one client at a time, over everybody a line is about.

    Tab after something was typed, and Ctrl+Enter, save and go on; Esc stops. Whoever is with a colleague is left out.

    Signals: ``moved()`` after each client; ``stopped()``.
    """

    moved = Signal()
    stopped = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._line: QualityLine | None = None
        self._scope: ReturnScope | None = None
        self._clients: tuple[UUID, ...] = ()
        self._place = 0
        self._hubs: tuple[NamedRow, ...] = ()
        self.about = label("", "section", wrap=True)
        self.count = label("", "strong")
        self.refused = label("", tone=Tone.WARNING, wrap=True)
        self.form = SideForm(office, "put right", self.tr("&Save and next"))
        self.form.away_button.setText(self.tr("S&top"))
        self.skip_button = quiet_button(self.tr("S&kip this client"), "arrow-right")
        hint = self.tr("Tab or Ctrl+Enter saves and goes to the next client; Esc stops.")
        for piece in (self.about, self.count, label(hint, "meta", wrap=True), self.refused, self.form):
            self.add(piece)
        self.add(row(self.skip_button, 1))
        self.form.saved.connect(self._saved)
        self.form.put_away.connect(self.stop)
        self.skip_button.clicked.connect(self._next)
        self.hide()

    def start(self, line: QualityLine, scope: ReturnScope) -> None:
        """Begin with the first client of a line."""
        self._line, self._scope, self._clients, self._place = line, scope, (), 0
        self.about.setText(line.sentence)
        self.count.clear()
        self.refused.hide()
        self._office.desk.ask(list_hubs, None, self._know_hubs)

    def _know_hubs(self, hubs: tuple[NamedRow, ...]) -> None:
        self._hubs = hubs
        if self._line is not None:
            self._office.desk.ask(
                people_behind, PeopleQuestion(client_ids=self._line.client_ids), self._begin
            )

    def _begin(self, people: tuple[PersonRow, ...]) -> None:
        if self._line is None:
            return
        self._clients = tuple(one.id for one in people if one.id is not None)
        self._place = 0
        self.show()
        self._ask()

    def _ask(self) -> None:
        """Ask for the client whose turn it is; after the last one, stop."""
        question = self._question()
        if question is None:
            self.stop()
            return
        self._office.desk.ask(queue_step, question, self._show, refused=self._refused)

    def _question(self) -> QueueQuestion | None:
        if self._line is None or self._scope is None or self._place >= len(self._clients):
            return None
        return QueueQuestion(field=self._line.field, client_id=self._clients[self._place], scope=self._scope)

    def _show(self, step: QueueStep) -> None:
        if self._line is None or self._clients[self._place : self._place + 1] != (step.client_id,):
            return
        self.refused.hide()
        self._say_where()
        heading = f"{step.name} ({step.reference})" + (f": {step.about}" if step.about else "")
        self.form.open_form(
            heading,
            self._parts(self._line.field),
            step.values,
            self._wish,
            answer_queue,
            about=f"{self._line.field}:{step.client_id.hex}",
            client_id=step.client_id,
        )
        self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        above: QWidget | None = self.parentWidget()
        while above is not None and not isinstance(above, ScrollPage):
            above = above.parentWidget()
        if above is not None:
            lay_out(self)
            above.ensureWidgetVisible(self.skip_button)
            above.ensureWidgetVisible(self.about)

    def _say_where(self) -> None:
        self.count.setText(
            self.tr("{place} of {count}").format(place=self._place + 1, count=len(self._clients))
        )

    def _refused(self, refusal: Refusal) -> None:
        """Say why this client’s field cannot be shown; the way to the next one stays open."""
        self._say_where()
        self.refused.setText(refusal.message)
        self.refused.show()
        self.skip_button.setFocus()

    def _wish(self, values: dict[str, Any]) -> AnswerQueue:
        question = self._question()
        assert question is not None  # noqa: S101  a form is open only while it is somebody's turn
        return AnswerQueue(question=question, values=values)

    def _saved(self, _value: object) -> None:
        self.moved.emit()
        self._next()

    @Slot()
    def _next(self) -> None:
        self._place += 1
        self._ask()

    @Slot()
    def stop(self) -> None:
        """End the queue; what was typed and not saved is kept as a draft."""
        was_open = self._line is not None
        self._line = None
        if self.form.isVisible():
            self.form.close_form()
        self.hide()
        if was_open:
            self.stopped.emit()

    def _parts(self, field: str) -> Sequence[Part]:
        codes = self._office.codes
        if field in _DATES:
            words = {
                "accepted_on": self.tr("Referral &accepted on"),
                "started_on": self.tr("St&arted on"),
                "profile_started_on": self.tr("Vocational pro&file begun on"),
                "four_hours_on": self.tr("First &4 paid hours done on"),
            }
            return (Date(field, words[field], lean="past"),)
        makers: dict[str, Part] = {
            "source": Choice("source", self.tr("&Referred by"), options=codes.options("referral_source")),
            "hub_id": Choice(
                "hub_id", self.tr("&Hub"), options=[Option(hub.id, hub.name) for hub in self._hubs]
            ),
            "sex": Choice("sex", self.tr("Se&x"), options=codes.options("sex")),
            "ethnic_group": Choice(
                "ethnic_group", self.tr("&Ethnic group"), options=codes.options("ethnic_group")
            ),
            "long_condition": Together(
                Choice("long_condition", self.tr("&Long-term condition"), options=codes.options("long_condition")),
                Choice(RESTRICTION, self.tr("Reduces &day-to-day activities"), options=codes.options(RESTRICTION)),
            ),
            "postcode": Together(
                Text("postcode", self.tr("&Postcode")),
                Choice("local_authority", self.tr("&District"), options=codes.options("local_authority")),
            ),
            "birth": Text("birth", self.tr("&Born"), self.tr("A day, a month and year, a year, or about how old.")),
            "eligibility": Choices(
                "eligibility",
                self.tr("Why this client may take &part"),
                options=codes.options("eligibility_reason", unstated=False),
            ),
            "hourly_pence": Text("hourly_pence", self.tr("Pay an &hour in pounds"), placeholder="12.71"),
            "notice": Together(
                Date("given_on", self.tr("Privacy notice &given on"), lean="past", needed=True),
                Choice("how", self.tr("Ho&w"), options=codes.options("notice_format")),
            ),
        }  # fmt: skip
        return (makers[field],)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Save and go on when Tab leaves the last field with something typed; otherwise Tab goes its usual way."""
        form = self.form.form
        here = QApplication.focusWidget()
        if next and form is not None and here is not None and form.is_changed():
            last = form.row(form.names()[-1])
            if last.isAncestorOf(here):
                self.form.save()
                return True
        return super().focusNextPrevChild(next)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.stop()
        else:
            super().keyPressEvent(event)
