"""The head of a client's page: who it is, what must be known before speaking, and what is next."""

import datetime as dt

from PySide6.QtWidgets import QWidget

from coachdesk.casework.client_head import ClientHead
from coachdesk.ui.clients.client_menu import ClientMenu
from coachdesk.ui.coach_only import CoachOnly
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Avatar,
    Banner,
    Card,
    Divider,
    Fact,
    FactGrid,
    Pill,
    column,
    label,
    primary_button,
    row,
)


class ClientHeader(Card):
    """The name, what must be known before speaking, and the facts one looks for first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.avatar = Avatar("", "", 56)
        self.name = label("", "heading", wrap=True)
        self.stage = Pill("", Tone.OK)
        self.meta = label("", "secondary", wrap=True)
        self.needs = Banner("", "", Tone.INFO, closable=False)
        self.away = Banner(
            self.tr("This client has been put away."),
            self.tr("It stands under “Put away” only and in no new return. Nothing of it is lost."),
            Tone.WARNING,
            action=self.tr("Bring back"),
            closable=False,
        )
        self.erased = Banner(
            self.tr("This client has been erased."),
            self.tr("What is left is an anonymous stub, for the returns."),
            Tone.INFO,
            closable=False,
        )
        self.safe = label("", "meta", wrap=True)
        self.risk_words = label("", "label", tone=Tone.WARNING, wrap=True)
        self.risk = CoachOnly(self.risk_words)
        self.facts = FactGrid()
        self.contact_button = primary_button(self.tr("Record contact"), "pen-line")
        self.contact_button.setToolTip("Ctrl+R")
        self.menu_button = ClientMenu()
        names = column(row(self.name, self.stage, 1), self.meta, spacing=Space.HAIR)
        head = row(self.avatar, spacing=Space.CARD)
        head.addLayout(names, 1)
        head.addWidget(self.contact_button)
        head.addWidget(self.menu_button)
        self.add(head)
        for piece in (self.away, self.erased, self.needs, self.safe, self.risk):
            self.add(piece)
            piece.hide()  # nothing is said of anybody before it is known
        self.stage.hide()
        self.add(Divider())
        self.add(self.facts)

    def show_head(self, head: ClientHead, today: dt.date) -> None:
        """Show a client."""
        self.menu_button.show_head(head)
        self.away.setVisible(head.is_put_away)
        self.erased.setVisible(head.is_erased)
        self.contact_button.setEnabled(not head.is_erased)
        self.avatar.show_person(head.name, head.id)
        self.name.setText(head.name)
        self.stage.say(head.stage, Tone(head.tone))
        self.stage.setVisible(bool(head.stage))
        parts = (head.pronouns, head.full_name if head.full_name != head.name else "", head.birth_words)
        place = " ".join(part for part in (head.town, head.postcode) if part)
        self.meta.setText("  ·  ".join(part for part in (*parts, place, head.reference) if part))
        self.needs.setVisible(bool(head.communication_needs))
        self.needs.message.setText(
            self.tr("Communication needs: {needs}").format(needs=head.communication_needs)
        )
        self.safe.setText("  ·  ".join(head.safe_contact))
        self.safe.setVisible(bool(head.safe_contact))
        risk = self.tr("Risk and lone working: {note}").format(note=head.risk_note) if head.risk_note else ""
        who = head.emergency_contact
        emergency = self.tr("In an emergency: {contact}").format(contact=who) if who else ""
        self.risk_words.setText("  ·  ".join(part for part in (risk, emergency) if part))
        self.risk.set_wanted(wanted=bool(risk or emergency))
        late = Tone.DANGER if head.next_due_on is not None and head.next_due_on < today else None
        nothing = self.tr("Nothing yet")
        self.facts.show_facts(
            (
                Fact(self.tr("Next"), head.next_due_words or self.tr("Nothing due"), late),
                Fact(self.tr("Last contact"), head.last_contact_words or nothing),
                Fact(self.tr("Goal"), head.goal_words or nothing),
                Fact(self.tr("Coach"), head.coach or self.tr("Nobody yet")),
                Fact(self.tr("Consent"), head.consent_words or self.tr("Not recorded")),
            )
        )
