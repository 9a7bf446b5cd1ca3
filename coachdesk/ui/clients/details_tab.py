"""Details: who the client is, how to reach them safely, and the questions that may all stay unanswered."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.details import (
    EQUALITY,
    ClientDetails,
    Saved,
    SaveDetails,
    SaveEquality,
    read_details,
    save_details,
    save_equality,
)
from coachdesk.terms import Kind
from coachdesk.ui.clients.circumstances_card import CircumstancesCard
from coachdesk.ui.clients.detail_forms import DetailForms
from coachdesk.ui.clients.enrolment_notice import NoticeCard
from coachdesk.ui.clients.own_questions_card import OwnQuestionsCard
from coachdesk.ui.clients.people_around_card import PeopleAroundCard
from coachdesk.ui.clients.permissions_card import PermissionsCard
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import Tab, clear, lay_out
from coachdesk.ui.coach_only import CoachOnly
from coachdesk.ui.enquiries.enquiry_card import EnquiryCard
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, FactGrid, column, label, row, secondary_button

_OF_PEOPLE = frozenset({"person", "change", "permit"})


class DetailsTab(Tab):
    """Cards of facts, each with the form that changes it.

    Signals: ``alone(UUID)`` when the client is to answer the equality questions alone.
    """

    alone = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._details: ClientDetails | None = None
        self._asked_with: Mapping[str, Any] = {}
        self._waiting = ("", "")
        self._forms = DetailForms(office.codes)
        self.form = SideForm(office, "details", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.cards = QVBoxLayout()
        self.cards.setSpacing(Space.GAP)
        self.body.addWidget(self.form)
        self.body.addLayout(self.cards)
        self.circumstances = CircumstancesCard(office, self._forms)
        self.circumstances.history.connect(self.history)
        self.body.addWidget(self.circumstances)
        self.people = PeopleAroundCard(office)
        self.people.history.connect(self.history)
        self.body.addWidget(self.people)
        self.own_questions = OwnQuestionsCard(office)
        self.body.addWidget(self.own_questions)
        self.permissions = PermissionsCard(office)
        self.permissions.history.connect(self.history)
        self.body.addWidget(self.permissions)
        self.notice = NoticeCard(office)
        self.body.addWidget(self.notice)
        self.enquiries = EnquiryCard(office)
        self.body.addWidget(self.enquiries)
        self.body.addStretch(1)

    @override
    def refresh(self) -> None:
        if self.client_id is not None:
            self.office.desk.ask(read_details, self.client_id, self._show)
            self.people.show_client(self.client_id)
            self.own_questions.show_client(self.client_id)
            self.permissions.show_client(self.client_id)
            self.notice.show_client(self.client_id)
            self.enquiries.show_client(self.client_id)

    def _show(self, details: ClientDetails) -> None:
        if details.client_id != self.client_id:
            return
        self._details = details
        clear(self.cards)
        self.cards.addWidget(self._about(details))
        self.cards.addWidget(self._equality(details))
        self.circumstances.show_client(details.client_id, dict(details.circumstances))
        lay_out(self)
        self._go_on()

    @override
    def go_on(self, kind: str, about: str) -> None:
        self._waiting = (kind, about)
        if self._details is not None and self._details.client_id == self.client_id:
            self._go_on()

    def _go_on(self) -> None:
        """Open the form that waits for the details to be read."""
        (kind, about), self._waiting = self._waiting, ("", "")
        whole = {
            "about": self._edit_details,
            "equality": self._edit_equality,
            "alone": self._alone,
            "circumstances": self.circumstances.go_on,
        }
        if kind in whole:
            whole[kind]()
        elif kind in _OF_PEOPLE:
            self.people.go_on(kind, about)
        elif kind == "own":
            self.own_questions.go_on()
        elif kind == "notice":
            self.notice.go_on()
        else:
            self.permissions.go_on(kind, about)

    def _about(self, details: ClientDetails) -> QWidget:
        card = Card()
        change = secondary_button(self.tr("Cha&nge details"), "pencil")
        change.clicked.connect(self._edit_details)
        button = self.history_of(Kind.CLIENT, details.client_id, self.tr("Details"))
        card.add(row(label(self.tr("Details"), "section"), 1, change, button))
        card.add(FactGrid(self._forms.facts(details.values)))
        reach = self._forms.reach(details.values)
        if reach:
            card.add(FactGrid(reach))
        safety = (
            (self.tr("Risk and lone working"), "risk_note", Tone.WARNING),
            (self.tr("In an emergency"), "emergency_contact", None),
        )
        for title, name, tone in safety:
            if details.values[name]:
                words = label(str(details.values[name]), tone=tone, wrap=True)
                piece = QWidget()
                piece.setLayout(column(label(title, "label"), words, spacing=2))
                card.add(CoachOnly(piece))
        return card

    def _equality(self, details: ClientDetails) -> QWidget:
        card = Card()
        title = self.tr("Equality questions")
        change = secondary_button(self.tr("Change"), "pencil")
        change.setAccessibleName(self.tr("Change: {title}").format(title=title))
        change.clicked.connect(self._edit_equality)
        alone = secondary_button(self.tr("The client answers alone"), "user")
        alone.clicked.connect(self._alone)
        head = row(label(title, "section", wrap=True), alone, change)
        head.setStretch(0, 1)
        card.add(head)
        card.add(
            label(self.tr("Every one may be skipped; nothing depends on the answers."), "meta", wrap=True)
        )
        hint = self.tr(
            "“The client answers alone” shows nothing but the questions. When they hand the computer back, press "
            "F8: the privacy screen comes up, and F9 shows this page."
        )
        card.add(label(hint, "meta", wrap=True))
        facts = self._forms.words(EQUALITY, details.equality)
        if facts:
            card.add(FactGrid(facts))
        if details.equality_on is not None:
            said = self.tr("As said on {day}").format(day=day(details.equality_on))
            how = f"  ·  {details.equality_method}" if details.equality_method else ""
            card.add(label(f"{said}{how}", "meta", wrap=True))
        return card

    @Slot()
    def _alone(self) -> None:
        self.alone.emit(self._whose())

    def _whose(self) -> UUID:
        if self.client_id is None:
            raise LookupError("no client is shown")
        return self.client_id

    @Slot(object)
    def _saved(self, value: object) -> None:
        if isinstance(value, Saved):
            for warning in value.warnings:
                self.office.messages.say(warning, tone=Tone.WARNING)
        self.refresh()

    @Slot()
    def _edit_details(self) -> None:
        if self._details is None:
            return
        self._asked_with = self._details.values
        self.form.open_form(
            self.tr("Details"),
            self._forms.details(),
            self._details.values,
            self._details_wish,
            save_details,
            about=f"about:{self._whose().hex}",
            client_id=self.client_id,
        )

    def _details_wish(self, values: dict[str, Any]) -> SaveDetails:
        told = {name: self._forms.plain(name, value) for name, value in values.items()}
        changed = {name: value for name, value in told.items() if value != self._asked_with.get(name)}
        return SaveDetails(client_id=self._whose(), values=changed)

    @Slot()
    def _edit_equality(self) -> None:
        if self._details is None:
            return
        self.form.open_form(
            self.tr("Equality questions"),
            self._forms.coded(EQUALITY, self.tr("Leave out whatever the client does not wish to say.")),
            self._details.equality,
            self._equality_wish,
            save_equality,
            about=f"equality:{self._whose().hex}",
            client_id=self.client_id,
        )

    def _equality_wish(self, values: dict[str, Any]) -> SaveEquality:
        answers = {name: value or "not_asked" for name, value in values.items()}
        return SaveEquality(client_id=self._whose(), answers=answers)
