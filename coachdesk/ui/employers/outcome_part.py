"""What became of it: how our people fared with an employer, counted, with nobody named."""

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from coachdesk.casework.employer_figures import (
    LEAST_PEOPLE,
    Counted,
    EmployerFigures,
    EmployerQuestion,
    Rated,
    read_figures,
)
from coachdesk.casework.employer_stays import Stays
from coachdesk.casework.employers import EmployerFacts, kept_sentence
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.employers.part import held
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import plural
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, Fact, FactGrid, column, label


class OutcomePart(Card):
    """How many worked there and stayed, why jobs ended, what was adjusted, and how people rated the job."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._employer: EmployerFacts | None = None
        self.grid = FactGrid()
        self.sentence = label("", "strong", wrap=True)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.CARD)
        self.add(label(self.tr("What became of it"), "section", wrap=True))
        self.add(self.sentence)
        self.add(self.grid)
        self.add(self.lines)

    def show_employer(self, employer: EmployerFacts) -> None:
        """Ask how our people fared with an employer."""
        self._employer = employer
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        if self._employer is not None:
            today = self._office.desk.clock.today()
            question = EmployerQuestion(employer_id=self._employer.id, today=today)
            self._office.desk.ask(read_figures, question, self._show)

    def _show(self, found: EmployerFigures) -> None:
        self.sentence.setText(f"{kept_sentence(found.stays)}.")
        self.grid.show_facts(self._facts(found.stays))
        self.grid.setVisible(bool(found.stays.people or found.stays.starting))
        clear(self.lines)
        if found.withheld:
            self.lines.addWidget(label(found.withheld, "meta", wrap=True))
        self._list(self.tr("Why jobs ended"), found.ends)
        self._list(self.tr("Adjustments agreed"), found.adjustments)
        self._list(self.tr("Promises kept?"), found.promises)
        if found.ratings:
            self.lines.addWidget(self._ratings(found))
        lay_out(self)

    def _facts(self, stays: Stays) -> tuple[Fact, ...]:
        facts = [
            Fact(self.tr("Worked there"), plural(stays.people, self.tr("person"), self.tr("people"))),
            Fact(self.tr("Still there"), str(stays.there_now)),
        ]
        if stays.middle is not None and stays.longest is not None:
            facts += [
                Fact(self.tr("Half stayed at least"), self._weeks(stays.middle)),
                Fact(self.tr("Longest"), self._weeks(stays.longest)),
            ]
        if stays.starting:
            facts.append(Fact(self.tr("Starting soon"), str(stays.starting)))
        return tuple(facts)

    def _weeks(self, weeks: int) -> str:
        return plural(weeks, self.tr("week"), self.tr("weeks"))

    def _list(self, title: str, found: tuple[Counted, ...]) -> None:
        if not found:
            return
        said = column(label(title, "label", wrap=True), spacing=Space.HAIR)
        for one in found:
            more = f"  ({one.more})" if one.more else ""
            said.addWidget(label(f"{one.count}  ·  {one.words}{more}", wrap=True))
        self.lines.addWidget(held(said))

    def _ratings(self, found: EmployerFigures) -> QWidget:
        title = self.tr(
            "How they rated the job: the last answers of {people}, each question counted, never one grade"
        )
        people = plural(found.raters, self.tr("person"), self.tr("people"))
        said = column(label(title.format(people=people), "label", wrap=True), spacing=Space.HAIR)
        lines = QGridLayout()
        lines.setHorizontalSpacing(Space.CARD)
        lines.setVerticalSpacing(Space.HAIR)
        lines.setColumnStretch(1, 1)
        for place, one in enumerate(found.ratings):
            lines.addWidget(label(one.dimension, "secondary", wrap=True), place, 0)
            lines.addWidget(label(self._answers(one), "strong", wrap=True), place, 1)
        said.addLayout(lines)
        words = self.tr("A dimension that fewer than {count} people answered is left out.")
        said.addWidget(label(words.format(count=LEAST_PEOPLE), "meta", wrap=True))
        return held(said)

    def _answers(self, one: Rated) -> str:
        words = self.tr("{yes} yes, {partly} partly, {no} no")
        return words.format(yes=one.yes, partly=one.partly, no=one.no)
