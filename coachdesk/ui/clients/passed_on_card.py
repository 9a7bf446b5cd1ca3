"""Passed on: to whom something about the client went, what, when and by which permission; and writing it down."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.permission_check import OWN_RECORD, TAKING_PART, RecordSharing, record_sharing
from coachdesk.casework.sharing_list import SORT_WORDS, SharingRow, list_sharings
from coachdesk.terms import Kind, Ref
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.clients.permission_parts import override_part, told_part
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Date, Lines, Option, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, EmptyState, Pill, RoundIcon, column, label, row, secondary_button

_WRITTEN_HERE = ("talk", "employer_talk", "export", "referral")


class PassedOnCard(Card):
    """The list of what left, and a form that looks at the permissions before it is written down.

    Signals: ``history(Ref, str)`` when the history of one line is wanted, with what it is called here.
    """

    history = Signal(object, str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._client_id: UUID | None = None
        self.form = SideForm(office, "letter", self.tr("&Check and write down"))
        self.form.saved.connect(self._saved)
        self.write_button = secondary_button(self.tr("Pass somethin&g on"), "external-link")
        self.write_button.clicked.connect(self.write)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.add(row(label(self.tr("Passed on"), "section"), 1, self.write_button))
        self.add(self.form)
        self.add(self.lines)

    def show_client(self, client_id: UUID) -> None:
        """Ask what was passed on about a client."""
        if client_id != self._client_id:
            self._client_id = client_id
            clear(self.lines)
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        if self._client_id is not None:
            question = ClientQuestion(client_id=self._client_id, today=self._office.desk.clock.today())
            self._office.desk.ask(list_sharings, question, self._show)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.refresh()
        self.write_button.setFocus()

    def _show(self, rows: tuple[SharingRow, ...]) -> None:
        clear(self.lines)
        if not rows:
            words = self.tr(
                "Whatever leaves for somebody else is listed here: to whom, what, and by which permission."
            )
            self.lines.addWidget(EmptyState(self.tr("Nothing was passed on"), words, icon="shield-check"))
        for one in rows:
            self.lines.addWidget(self._line(one))
        lay_out(self)

    def _line(self, sharing: SharingRow) -> QWidget:
        permitted = not sharing.override_reason
        words = self.tr("With permission") if permitted else self.tr("Without permission")
        tone = Tone.OK if permitted else Tone.WARNING
        head = row(label(sharing.recipient, "strong", wrap=True), Pill(words, tone))
        head.setStretch(0, 1)
        past = HistoryButton(Ref(Kind.SHARING, sharing.id), sharing.recipient)
        past.wanted.connect(self.history)
        parts = (day(sharing.shared_on), sharing.sort, sharing.purpose, sharing.coach)
        said = column(
            head,
            label("  ·  ".join(part for part in parts if part), "meta", wrap=True),
            label(sharing.what, "secondary", wrap=True),
            spacing=Space.HAIR,
        )
        said.addWidget(label(self._by_what(sharing), "meta", wrap=True))
        box = row(spacing=Space.GAP)
        box.addLayout(column(RoundIcon("check" if permitted else "triangle-alert", tone, 28), 1))
        box.addLayout(said, 1)
        box.addLayout(column(past, 1))
        holder = QWidget()
        box.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(box)
        return holder

    def _by_what(self, sharing: SharingRow) -> str:
        if sharing.override_reason:
            return self.tr("Why without: {reason}").format(reason=sharing.override_reason)
        return self.tr("By the permission given {day}").format(day=day(sharing.permitted_on))

    @Slot()
    def write(self) -> None:
        """Open the form; nothing happens while nobody is shown."""
        if self._client_id is None:
            return
        codes = self._office.codes
        purposes = codes.options("consent_purpose", unstated=False)
        self.form.open_form(
            self.tr("Before something about the client leaves"),
            (
                Together(
                    Text("recipient", self.tr("&To whom"), needed=True),
                    Choice(
                        "purpose",
                        self.tr("&For what"),
                        options=tuple(one for one in purposes if one.value != OWN_RECORD),
                        needed=True,
                    ),
                ),
                Together(
                    Choice(
                        "sort",
                        self.tr("&How"),
                        options=tuple(Option(key, SORT_WORDS[key]) for key in _WRITTEN_HERE),
                        needed=True,
                    ),
                    Date("shared_on", self.tr("&On"), needed=True, lean="past"),
                ),
                told_part(codes, self.tr("What it tells")),
                Lines(
                    "what",
                    self.tr("In your &words"),
                    rows=2,
                    needed=True,
                    placeholder=self.tr("A copy of the plan; talked about the interview"),
                ),
                override_part(),
            ),
            {"shared_on": self._office.desk.clock.today()},
            self._wish,
            record_sharing,
            about=f"passed:{self._client_id.hex}",
            client_id=self._client_id,
        )

    def _wish(self, values: dict[str, Any]) -> RecordSharing:
        assert self._client_id is not None  # noqa: S101  the form opens for somebody who is shown
        return RecordSharing(client_id=self._client_id, **{**values, "data": (TAKING_PART, *values["data"])})
