"""What must be known before one speaks, dials, writes or visits, on the form where one does it."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.safe_contact import BeforeContact, read_before_contact
from coachdesk.errors import Refusal
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.coach_only import CoachOnly
from coachdesk.ui.forms.form import Form
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Banner, label

_HOME = "home"
_BY_POST = "letter"


class BeforeContactStrip(QWidget):
    """Needs, ways to reach somebody with what was agreed about each, and risk where a visit at home is planned."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._client_id: UUID | None = None
        self._known: BeforeContact | None = None
        self._form: Form | None = None
        self.needs = label("", "label", tone=Tone.INFO, wrap=True)
        self.reach = label("", "secondary", wrap=True)
        self.visit = Banner("", self.tr("Read this before you go."), Tone.WARNING, closable=False)
        self.risk = CoachOnly(self.visit)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.HAIR)
        for piece in (self.needs, self.reach, self.risk):
            piece.hide()
            box.addWidget(piece)

    def show_client(self, client_id: UUID) -> None:
        """Ask what must be known of a client; until then nothing is said of anybody."""
        if client_id != self._client_id:
            self._client_id, self._known = client_id, None
            self.look()
        question = ClientQuestion(client_id=client_id, today=self._office.desk.clock.today())
        self._office.desk.ask(read_before_contact, question, self._show, refused=self._refused)

    def watch(self, form: Form) -> None:
        """Follow what is planned in a form with the fields ``channel`` and ``place``."""
        self._form = form
        form.changed.connect(self.look)
        self.look()

    def _show(self, known: BeforeContact) -> None:
        if known.client_id == self._client_id:
            self._known = known
            self.look()
            lay_out(self)

    def _refused(self, _refusal: Refusal) -> None:
        """Say nothing: the page that shows the client says it."""

    @Slot()
    def look(self) -> None:
        """Show what matters for the way and the place that are chosen now."""
        known = self._known
        self.needs.setVisible(known is not None and bool(known.needs))
        self.reach.setVisible(known is not None)
        if known is None:
            self.risk.set_wanted(wanted=False)
            return
        needs = known.needs.replace("\n", " ")
        self.needs.setText(self.tr("Communication needs: {needs}").format(needs=needs))
        self.reach.setText("   ·   ".join(self._ways(known)))
        words = self._before_a_visit(known)
        self.visit.message.setText(words)
        self.visit.setAccessibleName(words)
        self.risk.set_wanted(wanted=self._planned("place") == _HOME)

    def _ways(self, known: BeforeContact) -> list[str]:
        ways = [
            (self.tr("Phone {number}").format(number=known.phone), known.phone_rules, bool(known.phone)),
            (self.tr("Email {address}").format(address=known.email), known.email_rules, bool(known.email)),
            (self.tr("Post"), known.post_rules, self._planned("channel") == _BY_POST),
        ]
        lines = [f"{way}: {', '.join(rules)}" for way, rules, shown in ways if shown]
        if known.note:
            lines.append(self.tr("Safe contact: {note}").format(note=known.note))
        return lines or [self.tr("No phone number or email is known.")]

    def _before_a_visit(self, known: BeforeContact) -> str:
        risk = known.risk_note or self.tr("nothing is written down")
        contact = known.emergency_contact or self.tr("nobody is named")
        return "\n".join(
            (
                self.tr("Risk and lone working: {note}").format(note=risk),
                self.tr("In an emergency: {contact}").format(contact=contact),
            )
        )

    def _planned(self, name: str) -> Any:
        if self._form is None or not isValid(self._form) or name not in self._form.names():
            return None  # no form, or it was put away before the answer came
        return self._form.input(name).raw()
