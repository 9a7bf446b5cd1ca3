"""Employers: all of them on the left, and one of them, a new one, likely duplicates or guidance on the right."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.employer_stays import Stays
from coachdesk.casework.employers import (
    EmployerFacts,
    EmployerLine,
    SaveEmployer,
    kept_sentence,
    list_employers,
    read_employer,
    save_employer,
)
from coachdesk.errors import Refusal
from coachdesk.terms import Kind
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.employers.facts_part import (
    FactsPart,
    PeoplePart,
    SitesPart,
    employer_parts,
    employer_wish,
)
from coachdesk.ui.employers.guidance_view import GuidanceCard
from coachdesk.ui.employers.join_part import JoinPart, TwiceCard
from coachdesk.ui.employers.outcome_part import OutcomePart
from coachdesk.ui.employers.pane import KEPT, EmployersPane
from coachdesk.ui.employers.part import FORM, NEW, EmployerPart, told
from coachdesk.ui.employers.promises_part import PromisesPart
from coachdesk.ui.employers.talks_part import TalksPart
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Banner,
    EmptyState,
    Pill,
    ScrollPage,
    column,
    label,
    primary_button,
    quiet_button,
    row,
)

_ROOMY_EMS = 60


class EmployerView(QWidget):
    """One employer: its name, the note that nobody rings it, and its parts under tabs."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.employer: EmployerFacts | None = None
        self.name = label("", "title", wrap=True)
        self.anchor = Pill(self.tr("Anchor organisation"), Tone.BRAND)
        self.meta = label("", "secondary", wrap=True)
        self.stay_away = Banner(self.tr("Do not approach"), "", Tone.WARNING, closable=False)
        self.talk_button = primary_button(self.tr("&Record a talk"), "message-square")
        self.facts = FactsPart(office)
        self.sites = SitesPart(office)
        self.people = PeoplePart(office)
        self.join = JoinPart(office)
        self.talks = TalksPart(office)
        self.talks.add_button.hide()  # the page's own button does the same, on every tab
        self.promises = PromisesPart(office)
        self.outcome = OutcomePart(office)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Parts of the employer’s record"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._groups: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (self.tr("Talks"), (self.talks,)),
            (self.tr("About"), (self.facts, self.sites, self.people, self.join)),
            (self.tr("Schemes and promises"), (self.promises,)),
            (self.tr("What became of it"), (self.outcome,)),
        )
        self._arrange()
        self.show_group(0)

    def _arrange(self) -> None:
        self.area = ScrollPage(self)
        head = row(self.name, self.talk_button, spacing=Space.GAP)
        head.setStretch(0, 1)
        under = row(self.anchor, self.meta, spacing=Space.SMALL)
        under.setStretch(1, 1)
        self.area.body.addLayout(column(head, under, spacing=Space.HAIR))
        self.area.body.addWidget(self.stay_away)
        self.area.body.addWidget(self.tabs)
        for name, cards in self._groups:
            self.tabs.addTab(name)
            for card in cards:
                self.area.body.addWidget(card)
        self.area.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.area)
        self.tabs.currentChanged.connect(self.show_group)
        self.talk_button.clicked.connect(self.record_talk)

    @Slot(int)
    def show_group(self, index: int) -> None:
        """Show the parts of one tab."""
        for place, (_, cards) in enumerate(self._groups):
            for card in cards:
                card.setVisible(place == index)
        lay_out(self)

    def go_on(self, about: str, record: str) -> None:
        """Open a form again in its part, whose tab comes into sight."""
        parts: dict[str, tuple[int, EmployerPart]] = {
            "talk": (0, self.talks),
            "facts": (1, self.facts),
            "site": (1, self.sites),
            "person": (1, self.people),
            "join": (1, self.join),
            "promise": (2, self.promises),
        }
        if about in parts:
            tab, part = parts[about]
            self.tabs.setCurrentIndex(tab)
            part.go_on(record)

    @Slot()
    def record_talk(self) -> None:
        """Open the form for a talk, whichever tab is in sight."""
        self.tabs.setCurrentIndex(0)
        self.talks.start()
        self.area.verticalScrollBar().setValue(0)

    def show_employer(self, employer: EmployerFacts, stays: Stays) -> None:
        """Show one employer."""
        is_another = self.employer is None or self.employer.id != employer.id
        self.employer = employer
        self.name.setText(employer.name)
        self.anchor.setVisible(employer.is_anchor)
        self.meta.setText(told(employer.town, kept_sentence(stays)))
        self.stay_away.advice.setText(employer.do_not_approach)
        self.stay_away.advice.setVisible(bool(employer.do_not_approach))
        self.stay_away.setAccessibleName(f"{self.stay_away.message.text()}: {employer.do_not_approach}")
        self.stay_away.setVisible(bool(employer.do_not_approach))
        if is_another:
            self.area.verticalScrollBar().setValue(0)
        for part in (self.facts, self.sites, self.people, self.join, self.talks, self.promises):
            part.show_employer(employer)
        self.outcome.show_employer(employer)
        lay_out(self)


class EmployersPage(Page):
    """The list of employers and whichever was chosen from it."""

    concerns = frozenset(
        {
            Kind.EMPLOYER,
            Kind.EMPLOYER_SITE,
            Kind.EMPLOYER_PERSON,
            Kind.EMPLOYER_SCHEME,
            Kind.EMPLOYER_CONTACT,
            Kind.EMPLOYER_TALK,
            Kind.SCHEME,
            Kind.GUIDANCE_SHEET,
            Kind.JOB,
            Kind.ADJUSTMENT,
            Kind.GOOD_WORK,
            Kind.CLIENT,
        }
    )

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._lines: dict[UUID, EmployerLine] = {}
        self._wanted: UUID | None = None
        self._to_button = False
        self.pane = EmployersPane(office)
        self.view = EmployerView(office)
        self.new_form = SideForm(office, FORM, self.tr("&Save"))
        self.twice = TwiceCard(office)
        self.guidance = GuidanceCard(office)
        self.nobody = EmptyState(
            self.tr("Choose an employer"),
            self.tr("One click on “Kept people” says with whom our people stayed."),
            icon="building-2",
        )
        self.right = QStackedWidget()
        self.list_button = quiet_button(self.tr("Back to the &list"), "chevron-left")
        self._places = {name: _scrolled(card) for name, card in self._cards()}
        self._arrange()
        self._connect()

    def _cards(self) -> tuple[tuple[str, QWidget], ...]:
        return (("new", self.new_form), ("twice", self.twice), ("guidance", self.guidance))

    def _arrange(self) -> None:
        self.list_button.hide()
        holder = column(row(self.list_button, 1), spacing=0)
        holder.addWidget(self.right, 1)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.pane)
        box.addLayout(holder, 1)
        for part in (self.nobody, self.view, *self._places.values()):
            self.right.addWidget(part)

    def _connect(self) -> None:
        self.pane.chosen.connect(self._choose)
        self.pane.opened.connect(self._opened)
        self.pane.new_wanted.connect(self.new_employer)
        self.pane.twice_wanted.connect(self.show_twice)
        self.pane.guidance_wanted.connect(self.show_guidance)
        self.list_button.clicked.connect(self.show_list)
        self.right.currentChanged.connect(self._fit)
        self.new_form.saved.connect(self.show_employer)
        self.new_form.put_away.connect(self.show_list)
        self.twice.joined.connect(self._joined)
        self.view.facts.gone.connect(self.show_list)

    @override
    def refresh(self) -> None:
        self.office.desk.ask(list_employers, self.office.desk.clock.today(), self._show)
        self.guidance.refresh()
        if self.right.currentWidget() is self._places["twice"]:
            self.twice.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Let one type at once for an employer, where none is open."""
        super().showEvent(event)
        if self._wanted is None:
            self.pane.search.setFocus()

    def _show(self, lines: tuple[EmployerLine, ...]) -> None:
        self._lines = {one.id: one for one in lines}
        self.pane.show_lines(lines)
        self.view.join.know(lines)
        if self._wanted is not None:
            self._ask_for(self._wanted)

    def _ask_for(self, employer_id: UUID) -> None:
        self.office.desk.ask(read_employer, employer_id, self._open, refused=self._gone)

    def _open(self, employer: EmployerFacts) -> None:
        line = self._lines.get(employer.id)
        if line is None or self._wanted is None:
            return  # the list is on its way, or somebody went elsewhere meanwhile
        self._wanted = employer.id
        self.pane.choose(employer.id)
        self.view.show_employer(employer, line.stays)
        if self.right.currentWidget() is self.nobody or self._to_button:
            self.right.setCurrentWidget(self.view)
        if self._to_button:
            self._to_button = False
            self.view.talk_button.setFocus()

    def _gone(self, _refusal: Refusal) -> None:
        """Show the list again: the employer was put away, or its adding was taken back."""
        self.show_list()

    @Slot(object)
    def _choose(self, employer_id: UUID) -> None:
        self._wanted = employer_id
        self.right.setCurrentWidget(self.view)
        self._ask_for(employer_id)

    @Slot(object)
    def _opened(self, employer_id: UUID) -> None:
        """Go on with the keyboard from the list to the employer."""
        self.show_employer(employer_id)

    @Slot(object)
    def show_employer(self, employer_id: UUID) -> None:
        """Show an employer, or the one it was joined with; for job cards, the palette and other places."""
        self._wanted, self._to_button = employer_id, True
        self.right.setCurrentWidget(self.view)
        self.refresh()

    def go_on(self, draft: str) -> None:
        """Open the form of a draft again, on its employer's page, by the draft's key."""
        _, about, *record = draft.split(":")
        if about == NEW:
            self.new_employer()
        else:
            self.view.go_on(about, record[1])
            self.show_employer(UUID(hex=record[0]))

    def show_kept(self) -> None:
        """Say who has kept people."""
        self.pane.show_filter(KEPT)

    @Slot()
    def show_list(self) -> None:
        """Show nobody, with the list beside."""
        self._wanted = None
        self.right.setCurrentWidget(self.nobody)
        self.pane.search.setFocus()

    @Slot()
    def new_employer(self) -> None:
        """Open the form for a new employer."""
        self._wanted = None
        self.right.setCurrentWidget(self._places["new"])
        self.new_form.open_form(
            self.tr("New employer"), employer_parts(self.office), {}, _new_wish, save_employer, about=NEW
        )

    @Slot()
    def show_twice(self) -> None:
        """Show who may stand in the list twice."""
        self._wanted = None
        self.right.setCurrentWidget(self._places["twice"])
        self.twice.refresh()

    @Slot(object)
    def _joined(self, _kept: UUID) -> None:
        self.refresh()

    @Slot()
    def show_guidance(self) -> None:
        """Show the pages to leave behind."""
        self._wanted = None
        self.right.setCurrentWidget(self._places["guidance"])
        self.guidance.refresh()

    @Slot()
    def _fit(self) -> None:
        """Give one employer the whole width where the text is large or the window small."""
        em = self.fontMetrics().height() * 3 // 4
        narrow = self.width() < _ROOMY_EMS * em
        is_open = self.right.currentWidget() is not self.nobody
        self.list_button.setVisible(narrow and is_open)
        self.pane.setVisible(not (narrow and is_open))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _new_wish(values: dict[str, Any]) -> SaveEmployer:
    return employer_wish(values, None)


def _scrolled(card: QWidget) -> ScrollPage:
    area = ScrollPage()
    area.body.addWidget(card)
    area.body.addStretch(1)
    return area
