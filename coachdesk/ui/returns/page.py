"""The returns page: making a return, and beside it the rooms in which everything around returns is kept."""

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget
from typing_extensions import override

from coachdesk.casework.programmes import Period, ProgrammeRow, list_programmes
from coachdesk.errors import Refusal
from coachdesk.returns.issue import issue
from coachdesk.returns.prepare import prepare
from coachdesk.returns.wishes import Issued, PreparedReturn, ReturnWish
from coachdesk.terms import Changes, Kind
from coachdesk.ui.dates import parse_spoken_date
from coachdesk.ui.office import Office
from coachdesk.ui.returns.choice_box import choice_box, named
from coachdesk.ui.returns.choosing import Choosing
from coachdesk.ui.returns.definitions_periods import OwnDates, periods_offered
from coachdesk.ui.returns.figures_view import FiguresView
from coachdesk.ui.returns.issued_sheet import Checked, IssueSheet, issue_wish
from coachdesk.ui.returns.quality_view import BeforeReturn, QualityView
from coachdesk.ui.returns.rooms import Rooms
from coachdesk.ui.returns.safety_view import SafetyView
from coachdesk.ui.returns.tables_view import TablesView
from coachdesk.ui.spoken import day
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.unlock.fields import LabelledLine
from coachdesk.ui.widgets import (
    Banner,
    Button,
    Card,
    ScrollPage,
    label,
    primary_button,
    row,
    secondary_button,
)
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.labels import restyle
from coachdesk.ui.wizard import WorkingPage

_AS_AT_WIDTH = 180
COUNTED_BY = (Kind.PROGRAMME, Kind.INDICATOR_WORDING, Kind.MANUAL_FIGURE, Kind.PROFILE_FIGURE)
"""What a return that was worked out rests on."""


class ReturnsPage(WorkingPage):
    """A return is worked out, looked at and issued here, with one primary button a step.

    Signals: ``threshold_wanted(str)`` with a programme's key, where its threshold has to be set first.
    """

    concerns = frozenset(
        {
            Kind.PROGRAMME, Kind.RELEASE, Kind.INDICATOR_WORDING, Kind.RETURN_LAYOUT, Kind.MANUAL_FIGURE, Kind.NARRATIVE,
            Kind.NARRATIVE_PROMPT, Kind.CASE_STUDY, Kind.FUNDER_SHEET, Kind.SAVED_QUESTION, Kind.SHARING_BASIS,
            Kind.NAMED_EXPORT, Kind.PROFILE_FIGURE,
        }
    )  # fmt: skip

    threshold_wanted = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._programmes: tuple[ProgrammeRow, ...] = ()
        self._periods: tuple[Period, ...] = ()
        self._offered: ProgrammeRow | None = None
        self.prepared: PreparedReturn | None = None
        self.programme, self.period = choice_box(self.tr("Programme")), choice_box(self.tr("Period"))
        self.own_dates = OwnDates(office.desk.clock)
        self.as_at = LabelledLine(self.tr("As &at"))
        self._fit()
        self.work_button = primary_button(self.tr("&Work it out"), "chart-column")
        self.issue_button = primary_button(self.tr("&Issue the pack…"), "send")
        self.draft_button = secondary_button(self.tr("Save a &draft…"), "file-text")
        self.no_threshold = Banner(
            self.tr("This programme has no threshold for small numbers yet."),
            self.tr("Without one a return would protect nobody, so none can be worked out."),
            Tone.WARNING,
            action=self.tr("Set the &threshold"),
            closable=False,
        )
        self.no_threshold.hide()
        self.figures = FiguresView(office)
        self.quality = QualityView(office)
        self.tables = TablesView(office)
        self.safety = SafetyView()
        self.sheet = IssueSheet(office)
        self.reason = LabelledLine(self.tr("Why it is issued &anew"))
        self.reason.hide()
        self.choosing = Choosing(self, self._wish)
        self.rooms = Rooms(self)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Parts of the return"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.stack = QStackedWidget()
        self._arrange()
        self._connect()

    def _fit(self) -> None:
        self.as_at.setFixedWidth(look().px(_AS_AT_WIDTH))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _arrange(self) -> None:
        area = ScrollPage(self)
        self.making = self.rooms.making
        area.body.addWidget(label(self.tr("Returns"), "title"))
        area.body.addWidget(self.rooms.tabs)
        area.body.addWidget(self.refusal)
        area.body.addWidget(self.progress)
        area.body.addWidget(self.rooms)
        for piece in (self._choices(), self.no_threshold, self.choosing, self.sheet, self.tabs, self.stack):
            self.making.addWidget(piece)
        views = (
            (self.tr("Figures"), self.figures),
            (self.tr("To put right"), self.quality),
            (self.tr("Tables"), self.tables),
            (self.tr("Protection"), self.safety),
        )
        self.nothing = BeforeReturn(self.office)
        self.stack.addWidget(self.nothing)
        for name, view in views:
            self.tabs.addTab(name)
            self.stack.addWidget(view)
        area.body.addStretch(1)
        self.tabs.hide()
        self.settle()
        self.fill_with(area)

    def _choices(self) -> QWidget:
        card = Card()
        card.add(
            Flow(
                named(self.programme),
                named(self.period),
                self.own_dates,
                self.as_at,
                spacing=Space.GAP,
            )
        )
        card.add(self.reason)
        card.add(row(self.work_button, self.draft_button, self.issue_button, 1, spacing=Space.GAP))
        return card

    def _connect(self) -> None:
        self.programme.activated.connect(self._programme_chosen)
        self.period.activated.connect(self._period_chosen)
        self.as_at.edited.connect(self._stale)
        self.own_dates.edited.connect(self._stale)
        self.work_button.clicked.connect(self.work_out)
        self.issue_button.clicked.connect(self._issue)
        self.draft_button.clicked.connect(self._draft)
        self.sheet.checked.connect(self._checked)
        self.sheet.put_away.connect(self.settle)
        self.no_threshold.acted.connect(self._threshold)
        self.tabs.currentChanged.connect(self._tab)
        self.figures.open_client.connect(self.open_client)
        self.quality.open_client.connect(self.open_client)
        self.tables.open_client.connect(self.open_client)
        self.safety.again.connect(self._stale)
        self.nothing.open_client.connect(self.open_client)

    @override
    def pieces(self) -> Iterable[QWidget]:
        return (
            self.work_button,
            self.issue_button,
            self.draft_button,
            self.programme,
            self.period,
            self.own_dates,
            self.as_at,
            self.reason,
            self.choosing,
            self.no_threshold,
        )

    @override
    def settle(self) -> None:
        """Offer the next step as the one primary button, and only what can be done now."""
        ready = self.prepared is not None and self.prepared.is_safe
        self.choosing.setVisible(self.prepared is None)
        programme = self._chosen_programme()
        without = programme is not None and programme.threshold is None
        for button in (self.issue_button, self.draft_button):
            button.setEnabled(ready)
            button.setVisible(ready)
        self.work_button.setEnabled(not without)
        self.work_button.setText(self.tr("&Work it out again") if ready else self.tr("&Work it out"))
        _make(self.work_button, "secondary" if ready or without else "primary", "chart-column")
        self.no_threshold.setVisible(without)
        _make(self.no_threshold.action, "primary", "shield-check")

    @override
    @Slot(object, object)
    def _changed(self, changes: Changes, initiator: QObject | None) -> None:
        if any(changes.touch(kind) for kind in COUNTED_BY):
            self._stale()  # a threshold or a definition may have changed: what was worked out no longer holds
        super()._changed(changes, initiator)

    @override
    def refresh(self) -> None:
        self.office.desk.ask(list_programmes, None, self._know_programmes)
        self.rooms.refresh()

    def _know_programmes(self, rows: tuple[ProgrammeRow, ...]) -> None:
        current = self.programme.currentData()
        self._programmes = rows
        self.programme.clear()
        for programme in rows:
            self.programme.addItem(programme.title, programme.key)
        self.programme.setCurrentIndex(max(self.programme.findData(current or "connect-to-work"), 0))
        if not self._periods or self._chosen_programme() != self._offered:
            self._programme_chosen()
        elif not self.is_working:
            self.settle()

    def _chosen_programme(self) -> ProgrammeRow | None:
        key = self.programme.currentData()
        return next((programme for programme in self._programmes if programme.key == key), None)

    @Slot()
    def _threshold(self) -> None:
        self.threshold_wanted.emit(str(self.programme.currentData()))

    @Slot()
    def _programme_chosen(self) -> None:
        programme = self._chosen_programme()
        if programme is None:
            return
        self._offered = programme
        self.choosing.know_programme(programme.key)
        self._periods = periods_offered(programme, self.office.desk.clock)
        self.period.clear()
        self.period.addItems([*(period.title for period in self._periods), self.tr("Own dates…")])
        self._period_chosen()

    @Slot()
    def _period_chosen(self) -> None:
        self._stale()
        self.own_dates.setVisible(self.period.currentIndex() == len(self._periods))
        self._no_reason()
        if self._periods:
            self.as_at.line.setText(day(self.office.desk.clock.today()))
        if 0 <= self.period.currentIndex() < len(self._periods):
            self.nothing.look(self._wish())

    def _no_reason(self) -> None:
        self.reason.line.clear()
        self.reason.hide()

    @Slot()
    def _stale(self) -> None:
        self.prepared = None
        self.choosing.forget()
        self.sheet.close_sheet()
        self.refusal.hide()
        self.tabs.hide()
        self.stack.setCurrentWidget(self.nothing)
        if not self.is_working:
            self.settle()

    @Slot()
    def work_out(self) -> None:
        """Count, protect and attack the return that was chosen."""
        try:
            wish = self._wish()
        except Refusal as refusal:
            self.show_refusal(refusal)
            return
        self.choosing.keep()
        self.start(prepare, wish, self.tr("Working out the return…"), self._prepared)

    def _wish(self) -> ReturnWish:
        period = self._period()
        wish = ReturnWish(
            programme_key=str(self.programme.currentData()),
            from_on=period.from_on,
            to_on=period.to_on,
            as_at=self._as_at(),
            reason=self.reason.text(),
        )
        return self.choosing.chosen(wish)

    def revise(self, programme_key: str, from_on: dt.date, to_on: dt.date) -> None:
        """Begin a revised return: its programme and period are chosen, and the keyboard waits for the reason."""
        self.rooms.tabs.setCurrentIndex(0)
        self.programme.setCurrentIndex(self.programme.findData(programme_key))
        self._programme_chosen()
        places = [at for at, one in enumerate(self._periods) if (one.from_on, one.to_on) == (from_on, to_on)]
        self.period.setCurrentIndex(places[0] if places else len(self._periods))
        self._period_chosen()
        if not places:
            self.own_dates.first.line.setText(day(from_on))
            self.own_dates.last.line.setText(day(to_on))
        self.reason.show()
        self.reason.setFocus()

    @override
    def show_refusal(self, refusal: Refusal) -> None:
        super().show_refusal(refusal)
        if "reason" in refusal.fields:
            self.reason.show()
            self.reason.setFocus()

    def _period(self) -> Period:
        place = self.period.currentIndex()
        if place < 0:
            raise Refusal(self.tr("Choose a period."))
        return self._periods[place] if place < len(self._periods) else self.own_dates.period()

    def _as_at(self) -> dt.date:
        return parse_spoken_date(self.as_at.text(), self.office.desk.clock.today(), lean="past")

    def _prepared(self, prepared: PreparedReturn) -> None:
        self.prepared = prepared
        self.figures.show_return(prepared)
        self.quality.show_return(prepared)
        self.tables.show_return(prepared)
        self.safety.show_return(prepared)
        self.tabs.setTabText(1, self.tr("To put right ({count})").format(count=len(prepared.quality)))
        self.tabs.show()
        self._tab(self.tabs.currentIndex())
        self.settle()
        if not prepared.is_safe:
            self.show_refusal(
                Refusal(
                    " ".join((self.tr("This return is not safe and cannot be issued."), *prepared.safety))
                )
            )

    @Slot()
    def _issue(self) -> None:
        self.issue_button.hide()
        self.sheet.open_sheet()

    @Slot(object)
    def _checked(self, checked: Checked) -> None:
        self._write(draft=False, checked=checked)

    @Slot()
    def _draft(self) -> None:
        self._write(draft=True)

    def _write(self, *, draft: bool, checked: Checked | None = None) -> None:
        prepared = self.prepared
        folder = self.office.dialogs.choose_folder(self.tr("Where shall the pack lie?"))
        if prepared is None or folder is None:
            return
        wish = issue_wish(prepared, folder, checked, draft=draft)
        words = self.tr("Writing the pack and attacking what was written…")
        self.start(issue, wish, words, self._issued, writes=True)

    def _issued(self, issued: Issued) -> None:
        if issued.release_id is None:
            words = self.tr("The draft lies here: {folder}")
        else:
            words = self.tr("The pack is issued: {folder}")
            self._stale()
            self._no_reason()
        said = " ".join((words.format(folder=issued.folder), *issued.notes))
        self.office.messages.say(said, tone=Tone.WARNING if issued.notes else Tone.OK)

    @Slot(int)
    def _tab(self, index: int) -> None:
        if self.prepared is not None:
            self.stack.setCurrentIndex(index + 1)


def _make(button: Button, kind: str, icon: str) -> None:
    """Give a button another weight; its icon takes the ink that goes with it."""
    restyle(button, kind=kind)
    button.set_icon_name(icon)
