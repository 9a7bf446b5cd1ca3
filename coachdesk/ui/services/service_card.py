"""What the directory says of one service, as somebody needs it on the phone."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.services import ServiceRow
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.job_search.search_card import quiet_line
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, Fact, FactGrid, label


class ServiceCard(Card):
    """The facts of a service, what is not said left out; nothing while none is chosen."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self.facts = QVBoxLayout()
        self.facts.setSpacing(Space.SMALL)
        self.add(self.facts)
        self.hide()

    def show_service(self, one: ServiceRow | None) -> None:
        """Show a service, or none."""
        clear(self.facts)
        self.setVisible(one is not None)
        if one is None:
            return
        self.facts.addWidget(label(one.name, "section", wrap=True))
        if one.unconfirmed:
            self.facts.addWidget(quiet_line(one.unconfirmed, "clock", Tone.WARNING))
        if one.purpose:
            self.facts.addWidget(label(one.purpose, wrap=True))
        told = [Fact(name, words) for name, words in self._short(one) if words]
        if told:
            self.facts.addWidget(FactGrid(told))
        for said, words in self._long(one):
            if words:
                self.facts.addWidget(label(said.format(words=words), wrap=True))
        if one.note:
            self.facts.addWidget(label(one.note, "secondary", wrap=True))
        lay_out(self)

    def _short(self, one: ServiceRow) -> tuple[tuple[str, str], ...]:
        free = self._office.codes.title("yes_no", one.is_free) if one.is_free != "not_asked" else ""
        confirmed = self.tr("{day}, by {whom}").format(day=day(one.confirmed_on), whom=one.confirmed_by)
        return (
            (self.tr("Phone"), one.phone),
            (self.tr("Email"), one.email),
            (self.tr("Website"), one.website),
            (self.tr("Sort"), one.sort_words),
            (self.tr("Area"), one.area),
            (self.tr("Waiting time"), one.waiting_time),
            (self.tr("Free of charge"), free),
            (self.tr("Cost"), one.cost),
            (self.tr("Confirmed"), confirmed if one.confirmed_on is not None else ""),
        )

    def _long(self, one: ServiceRow) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Who it is for: {words}"), one.who_for),
            (self.tr("How to refer: {words}"), one.how_to_refer),
            (self.tr("Address: {words}"), one.address),
        )
