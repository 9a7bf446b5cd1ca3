"""One vacancy in full, and whom of the caseload it may suit, with the reasons."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.job_wishes import TRAITS
from coachdesk.casework.matching import ClientMatch, Suits, SuitsQuestion, clients_for
from coachdesk.casework.vacancies import VacancyRow
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.job_search.matches_card import reason_line
from coachdesk.ui.job_search.search_card import fold_button, quiet_line, with_buttons
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Card,
    Divider,
    Fact,
    FactGrid,
    Pill,
    column,
    label,
    row,
    secondary_button,
)


class VacancyCard(Card):
    """What is known of a vacancy; below it, who of the caseload looks for such a job.

    Signals: ``client_wanted(UUID)`` when a client's page is wanted.
    """

    client_wanted = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._vacancy: VacancyRow | None = None
        self._suits: Suits | None = None
        self._broken = False
        self.everybody = False
        self.facts = QVBoxLayout()
        self.facts.setSpacing(Space.SMALL)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.add(self.facts)
        self.add(self.lines)
        self.hide()

    def show_vacancy(self, one: VacancyRow | None) -> None:
        """Show a vacancy, or none; who it may suit is asked for."""
        is_other = one is None or self._vacancy is None or one.id != self._vacancy.id
        self._broken = self._broken and not is_other
        self._vacancy = one
        self.setVisible(one is not None)
        if one is None:
            return
        self._show_facts(one)
        if is_other:
            clear(self.lines)
        today = self._office.desk.clock.today()
        question = SuitsQuestion(vacancy_id=one.id, today=today, everybody=self.everybody)
        self._office.desk.ask(clients_for, question, self._show)

    def _show_facts(self, one: VacancyRow) -> None:
        clear(self.facts)
        unknown = self.tr("Not known")
        self.facts.addWidget(label(one.called, "section", wrap=True))
        if one.do_not_approach:
            words = self.tr("Do not approach this employer: {why}").format(why=one.do_not_approach)
            self.facts.addWidget(quiet_line(words, "triangle-alert", Tone.WARNING))
        told = (
            Fact(self.tr("Hours"), one.hours_words or unknown),
            Fact(self.tr("Pay"), one.pay_words or unknown),
            Fact(self.tr("Contract"), one.contract_words or unknown),
            Fact(self.tr("Where"), ", ".join(part for part in (one.town, one.postcode) if part) or unknown),
            Fact(self.tr("Closes"), day(one.closes_on) or unknown),
        )
        self.facts.addWidget(FactGrid(told))
        for words in (self._traits(one, is_so=True), self._traits(one, is_so=False)):
            if words:
                self.facts.addWidget(label(words, wrap=True))
        if one.how_to_apply:
            words = self.tr("How to apply: {words}").format(words=one.how_to_apply)
            self.facts.addWidget(label(words, wrap=True))
        if one.closed_on is not None:
            words = self.tr("Closed {day}. {why}").format(day=day(one.closed_on), why=one.closed_reason)
            self.facts.addWidget(label(words.strip(), "secondary", wrap=True))
        if one.note:
            self.facts.addWidget(label(one.note, "secondary", wrap=True))

    def _traits(self, one: VacancyRow, *, is_so: bool) -> str:
        titles = [self._office.codes.title(TRAITS, key) for key, told in one.traits.items() if told is is_so]
        words = self.tr("Part of it: {all}") if is_so else self.tr("Not part of it: {all}")
        return words.format(all="; ".join(titles)) if titles else ""

    def _show(self, found: Suits) -> None:
        if self._vacancy is None or found.vacancy.id != self._vacancy.id:
            return
        self._suits = found
        clear(self.lines)
        good = [one for one in found.rows if not one.match.broken]
        broken = [one for one in found.rows if one.match.broken]
        self.lines.addWidget(Divider())
        self.lines.addWidget(label(self.tr("Whom it may suit"), "section", wrap=True))
        for one in good:
            self.lines.addWidget(self._line(one))
        if not good:
            words = self.tr("Nobody who looks for work and has written down what they want.")
            self.lines.addWidget(label(words, "secondary", wrap=True))
        if broken:
            one_, many = (
                self.tr("{count} person has a must or a will-not against it"),
                self.tr("{count} people have a must or a will-not against it"),
            )
            words = plural(len(broken), one_, many)
            self.lines.addWidget(fold_button("broken", words, self._turn, is_open=self._broken))
            for one in broken if self._broken else ():
                self.lines.addWidget(self._line(one))
        if found.without_wishes:
            words = plural(
                found.without_wishes,
                self.tr("{count} more looks for work and has written down no wishes yet."),
                self.tr("{count} more look for work and have written down no wishes yet."),
            )
            self.lines.addWidget(label(words, "meta", wrap=True))
        lay_out(self)

    def _line(self, one: ClientMatch) -> QWidget:
        head = row(label(one.name, "strong", wrap=True))
        head.setStretch(0, 1)
        words = self.tr("Theirs: {stage}").format(stage=one.stage) if one.stage else one.match.summary
        tone = Tone.BRAND if one.stage else Tone.WARNING if one.match.broken else Tone.INFO
        head.addWidget(Pill(words, tone))
        said = column(head, spacing=Space.HAIR)
        for reason in one.match.reasons:
            said.addWidget(reason_line(reason))
        button = secondary_button(self.tr("Open the client"), "user")
        button.setAccessibleName(self.tr("Open the client: {name}").format(name=one.name))
        button.setProperty("client", one.client_id.hex)
        button.clicked.connect(self._open)
        return with_buttons(said, (button,))

    @Slot()
    def _open(self) -> None:
        self.client_wanted.emit(UUID(hex=str(self.sender().property("client"))))

    @Slot()
    def _turn(self) -> None:
        self._broken = not self._broken
        if self._suits is not None:
            self._show(self._suits)
