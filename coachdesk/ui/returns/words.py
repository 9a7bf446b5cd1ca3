"""The room of words and sheets: what is written for a return, case studies, and the funder's own sheets."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from coachdesk.casework.programmes import ProgrammeRow, list_programmes, periods_around
from coachdesk.returns.narratives import NarrativesQuestion
from coachdesk.returns.narratives_check import withheld_of
from coachdesk.returns.periods import Period
from coachdesk.returns.wishes import PreparedReturn
from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.returns.case_study import CaseStudyCard
from coachdesk.ui.returns.funder_sheet import FunderSheetCard
from coachdesk.ui.returns.narrative import NarrativeCard
from coachdesk.ui.rights.part import Part
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, Flow, column, label
from coachdesk.ui.wizard import WorkingPage


class WordsPart(Part):
    """A programme and a period, and what is written for them; prompts and sheets are a manager's."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self._programmes: tuple[ProgrammeRow, ...] = ()
        self._periods: tuple[Period, ...] = ()
        self.programme = _choice(self.tr("Programme of the words"))
        self.period = _choice(self.tr("Period of the words"))
        choices = Card()
        choices.add(
            Flow(
                _named(self.tr("Programme"), self.programme),
                _named(self.tr("Period"), self.period),
                spacing=Space.GAP,
            )
        )
        self.narratives = NarrativeCard(page)
        self.stories = CaseStudyCard(page)
        self.sheets = FunderSheetCard(page)
        for card in (choices, self.narratives, self.stories, self.sheets):
            self.body.addWidget(card)
        self.programme.activated.connect(self._programme_chosen)
        self.period.activated.connect(self._period_chosen)

    @override
    def know_role(self, *, manages: bool) -> None:
        super().know_role(manages=manages)
        self.narratives.setVisible(manages)
        self.sheets.setVisible(manages)

    @override
    def refresh(self) -> None:
        self.office.desk.ask(list_programmes, None, self._know)

    def _know(self, rows: tuple[ProgrammeRow, ...]) -> None:
        current = self.programme.currentData() or self._chosen_on_the_page()
        self._programmes = rows
        self.programme.clear()
        for one in rows:
            self.programme.addItem(one.title, one.key)
        self.programme.setCurrentIndex(max(self.programme.findData(current), 0))
        if rows and not self._periods:
            self._programme_chosen()
        elif rows:
            self._period_chosen()

    def _chosen_on_the_page(self) -> object:
        """Return the programme that is chosen where a return is made."""
        box = getattr(self.page, "programme", None)
        return box.currentData() if isinstance(box, QComboBox) else None

    def _prepared(self) -> PreparedReturn | None:
        found = getattr(self.page, "prepared", None)
        return found if isinstance(found, PreparedReturn) else None

    def _row(self) -> ProgrammeRow | None:
        key = self.programme.currentData()
        return next((one for one in self._programmes if one.key == key), None)

    @Slot()
    def _programme_chosen(self) -> None:
        one = self._row()
        if one is None:
            return
        around = periods_around(one, self.office.desk.clock.today())
        self._periods = tuple(Period(each.from_on, each.to_on) for each in around)
        self.period.clear()
        for each in around:
            self.period.addItem(each.title)
        self._period_chosen()

    @Slot()
    def _period_chosen(self) -> None:
        one, place = self._row(), self.period.currentIndex()
        if one is None or not 0 <= place < len(self._periods):
            return
        period = self._periods[place]
        prepared = self._prepared()
        fits = prepared is not None and (prepared.wish.programme_key, prepared.wish.period) == (
            one.key,
            period,
        )
        self.stories.show_period(one.id, period)
        if not self.manages:
            return
        self.narratives.show_period(
            NarrativesQuestion(
                programme_id=one.id,
                from_on=period.from_on,
                to_on=period.to_on,
                withheld=withheld_of(prepared.counted) if prepared is not None and fits else None,
            )
        )
        self.sheets.show_programme(one.id, one.title, prepared)


def _choice(name: str) -> QComboBox:
    box = CalmComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def _named(words: str, box: QComboBox) -> QWidget:
    name = label(words, "label")
    name.setBuddy(box)
    holder = QWidget()
    holder.setLayout(column(name, box, spacing=Space.HAIR))
    return holder
