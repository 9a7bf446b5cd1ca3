"""Coaches' working time: what share of a full-time post, from which day on. A manager sets it."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.casework.coach_time import (
    FULL,
    CoachTimeRow,
    SetCoachTime,
    list_coach_times,
    set_coach_time,
    take_out_coach_time,
)
from coachdesk.casework.team import CoachRow, list_coaches
from coachdesk.errors import Refusal
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Date, Number, Option, Together
from coachdesk.ui.office import Office
from coachdesk.ui.rights.part import about, asked_about
from coachdesk.ui.spoken import day
from coachdesk.ui.team.cover_part import carrying
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, EmptyState, IconButton, label, row, secondary_button


class WorkingTimeCard(Card):
    """A line an entry; the form opens in the page's own place for forms."""

    def __init__(self, office: Office, form: SideForm, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office, self._form = office, form
        self._rows: dict[str, CoachTimeRow] = {}
        self._coaches: tuple[Option, ...] = ()
        self._manages = False
        self.set_button = secondary_button(self.tr("Set wor&king time"), "plus")
        self.set_button.clicked.connect(self._new)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.HAIR)
        self.add(row(label(self.tr("Working time"), "section", wrap=True), 1, self.set_button))
        self.add(
            label(
                self.tr("How much of a full-time post each coach works; it holds from its day on."),
                "meta",
                wrap=True,
            )
        )
        self.body.addLayout(self.lines)

    def refresh(self, *, manages: bool) -> None:
        """Ask for the entries; only a manager is offered to change them."""
        self._manages = manages
        self.set_button.setVisible(manages)
        self._office.desk.ask(list_coaches, None, self._know_coaches)
        self._office.desk.ask(list_coach_times, None, self._show)

    def _know_coaches(self, coaches: tuple[CoachRow, ...]) -> None:
        self._coaches = carrying(coaches)

    def _show(self, rows: tuple[CoachTimeRow, ...]) -> None:
        clear(self.lines)
        self._rows = {one.id.hex: one for one in rows}
        if not rows:
            self.lines.addWidget(
                EmptyState(
                    self.tr("Nobody’s working time is set"),
                    self.tr("Without it no caseload can be set against full-time posts."),
                    icon="clock",
                )
            )
        for one in rows:
            self.lines.addLayout(self._line(one))
        lay_out(self)

    def _line(self, one: CoachTimeRow) -> QHBoxLayout:
        words = self.tr("{coach}: {share}% of full time from {day}").format(
            coach=one.coach, share=one.hundredths, day=day(one.from_on)
        )
        line = row(label(words, wrap=True))
        line.setStretch(0, 1)
        if self._manages:
            for said, icon, slot in (
                (self.tr("Correct: {words}"), "pencil", self._correct),
                (self.tr("Take out: {words}"), "trash-2", self._take_out),
            ):
                line.addWidget(about(IconButton(said.format(words=words), icon), one.id.hex, slot))
        return line

    @Slot()
    def _new(self) -> None:
        today = self._office.desk.clock.today()
        self._open({"from_on": today.replace(day=1), "hundredths": FULL}, None)

    @Slot()
    def _correct(self) -> None:
        one = self._rows[asked_about(self.sender())]
        self._open(one, one.id)

    def _open(self, values: object, entry_id: UUID | None) -> None:
        def wish(typed: dict[str, Any]) -> SetCoachTime:
            return SetCoachTime(id=entry_id, **typed)

        parts = (
            Choice("coach_id", self.tr("Wh&ose time"), options=self._coaches, needed=True),
            Together(
                Number("hundredths", self.tr("&Per cent of full time"), lowest=0, highest=FULL, needed=True),
                Date("from_on", self.tr("&From"), needed=True),
            ),
        )
        heading = self.tr("Working time") if entry_id is None else self.tr("Correct working time")
        about_ = entry_id.hex if entry_id is not None else "time"
        self._form.open_form(heading, parts, values, wish, set_coach_time, about=about_)

    @Slot()
    def _take_out(self) -> None:
        entry_id = UUID(hex=asked_about(self.sender()))
        self._office.desk.do(take_out_coach_time, entry_id, then=self._taken, refused=self._refused)

    def _taken(self, _nothing: object) -> None:
        self.set_button.setFocus()

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
