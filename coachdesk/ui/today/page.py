"""Today: overdue, today and the next days, each line one key away from its contact form."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.retention import retention_reminder
from coachdesk.casework.today import DueItem, TodayQuestion, TodayRow, read_today
from coachdesk.terms import Kind
from coachdesk.ui.charts import Bar, BarChart, Bars
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page
from coachdesk.ui.spoken import long_day, plural
from coachdesk.ui.today.cover_banner import CoverBanner
from coachdesk.ui.today.due_list import DueLine, DueList
from coachdesk.ui.today.fading_card import FadingCard
from coachdesk.ui.today.trustee_card import TrusteeCard
from coachdesk.ui.today.work_risk_card import WorkRiskCard
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Banner,
    Card,
    EmptyState,
    Flow,
    RailButton,
    RoundIcon,
    ScrollPage,
    SectionTitle,
    column,
    label,
    primary_button,
    quiet_button,
    row,
    secondary_button,
)

_DAYS_AHEAD = 7
_ROOMY_EMS = 70
_NOON, _EVENING = 12, 17


class TodayPage(Page):
    """Overdue first, then today, then what is coming; the caseload at a glance beside it.

    Signals: ``arrived()`` when what is due has been put on the page.
    """

    concerns = frozenset(
        {
            Kind.CONTACT,
            Kind.ACTION,
            Kind.CHECK_IN,
            Kind.ABSENCE,
            Kind.ADJUSTMENT,
            Kind.ACCESS_TO_WORK,
            Kind.RETURN_STEP,
            Kind.JOB_TERMS,
            Kind.CHECK_IN_MOVE,
            Kind.PLAN,
            Kind.ENROLMENT,
            Kind.JOB,
            Kind.GOOD_WORK,
            Kind.CLIENT,
            Kind.PAUSE,
            Kind.ENQUIRY,
            Kind.ENDING,
            Kind.CONTACT_RHYTHM,
            Kind.COVER,
            Kind.APPLICATION,
            Kind.INTERVIEW,
            Kind.DISCLOSURE_DECISION,
        }
    )

    arrived = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._everybody = False
        self.scroll_area = ScrollPage(self)
        self.fill_with(self.scroll_area)
        self.date_words = label("", "secondary")
        self.greeting = label("", "title")
        self.scroll_area.body.addLayout(self._head())
        self.reminder = Banner("", "", Tone.WARNING, action=self.tr("Look at the list"), closable=False)
        self.reminder.hide()
        self.reminder.acted.connect(self._to_rights)
        self.scroll_area.body.addWidget(self.reminder)
        self.cover = CoverBanner(office)
        self.scroll_area.body.addWidget(self.cover)
        self.fading = FadingCard(office)
        self.fading.opened.connect(self.open_client)
        self.fading.all_wanted.connect(self._to_team)
        self.work_risk = WorkRiskCard(office)
        self.work_risk.opened.connect(self.open_client)
        self.work_risk.all_wanted.connect(self._to_work_risk)
        self.lists = QVBoxLayout()
        self.lists.setSpacing(Space.GAP)
        self.side = QVBoxLayout()
        self.side.setSpacing(Space.GAP)
        self._arrange()

    def _arrange(self) -> None:
        """Put the lists on the left; who is fading and the caseload beside them."""
        self._columns = columns = row(spacing=Space.GAP)
        left, right = QWidget(), QWidget()
        left.setLayout(self.lists)
        beside = column(self.fading, self.work_risk, spacing=Space.GAP)
        beside.addLayout(self.side, 1)
        right.setLayout(beside)
        for part in (self.lists, self.side, beside):
            part.setContentsMargins(0, 0, 0, 0)
        columns.addWidget(left, 3)
        columns.addWidget(right, 1)
        self.scroll_area.body.addLayout(columns)
        self.scroll_area.body.addStretch(1)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Ask each time whether a manager has to be reminded: that the list was looked at changes no record."""
        super().showEvent(event)
        self.office.desk.ask(retention_reminder, self.office.desk.clock.today(), self._remind)

    def _remind(self, words: str) -> None:
        self.reminder.setVisible(bool(words))
        self.reminder.message.setText(words)
        self.reminder.setAccessibleName(words)

    @Slot()
    def _to_team(self) -> None:
        self.go.emit("team")

    @Slot()
    def _to_work_risk(self) -> None:
        """Go to the team's page, to the part that tells all of them."""
        self.go.emit("team")
        parts = self.window().findChild(QTabBar, "team_parts")
        if isinstance(parts, QTabBar):
            parts.setCurrentIndex(1)

    @Slot()
    def _to_rights(self) -> None:
        self.go.emit("rights")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the caseload under the lists where there is no room beside them."""
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY_EMS * self.fontMetrics().height() * 3 // 4
        wanted = QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() is not wanted:
            self._columns.setDirection(wanted)
            self._top.setDirection(wanted)

    def _head(self) -> QVBoxLayout:
        self.find_button = secondary_button(self.tr("&Find anybody  Ctrl+K"), "search")
        self.new_button = secondary_button(self.tr("&New client"), "user-plus")
        self.contact_button = primary_button(self.tr("Record &contact"), "pen-line")
        self.whose_button = quiet_button(self.tr("Show &everybody’s"), "users")
        self.whose_button.setCheckable(True)
        self.whose_button.toggled.connect(self._whose)
        buttons = QWidget()
        buttons.setLayout(Flow(self.whose_button, self.find_button, self.new_button, self.contact_button))
        self._top = head = row(column(self.date_words, self.greeting, spacing=0), 1, spacing=Space.GAP)
        head.addWidget(buttons, 0, Qt.AlignmentFlag.AlignVCenter)
        whole = QVBoxLayout()
        whole.addLayout(head)
        return whole

    @override
    def refresh(self) -> None:
        clock = self.office.desk.clock
        self.date_words.setText(long_day(clock.today()))
        self.greeting.setText(self._greet(clock.now().astimezone().hour))
        question = TodayQuestion(today=clock.today(), coach_id=self._coach(), days=_DAYS_AHEAD)
        self.office.desk.ask(read_today, question, self._show)
        self.cover.ask()

    def _coach(self) -> UUID | None:
        return None if self._everybody else self.office.desk.coach_id

    def _greet(self, hour: int) -> str:
        if hour < _NOON:
            words = self.tr("Good morning, {name}")
        elif hour < _EVENING:
            words = self.tr("Good afternoon, {name}")
        else:
            words = self.tr("Good evening, {name}")
        return words.format(name=self.office.desk.person.split(" ")[0])

    @Slot(bool)
    def _whose(self, everybody: bool) -> None:  # noqa: FBT001  the signature of Qt's signal
        self._everybody = everybody
        self.whose_button.setText(self.tr("Show only &mine") if everybody else self.tr("Show &everybody’s"))
        self.refresh()

    def _show(self, rows: TodayRow) -> None:
        self.whose_button.setVisible(rows.sees_everybody)
        for button in (self.find_button, self.new_button, self.contact_button):
            button.setVisible(not rows.keeps_keys)
        if rows.keeps_keys:
            self._show_trustee()
            return
        if not rows.total and not self._everybody and rows.sees_everybody:
            self.whose_button.setChecked(
                True
            )  # nobody is this person's own: a manager sees the whole caseload
            return
        _clear(self.lists)
        _clear(self.side)
        today = self.office.desk.clock.today()
        parts = (
            (self.tr("Overdue"), rows.overdue, Tone.DANGER),
            (self.tr("Today"), rows.today, Tone.WARNING),
            (self.tr("Next 7 days"), rows.coming, Tone.INFO),
        )
        if not any(items for _, items, _ in parts):
            self.lists.addWidget(self._nothing(rows))
        for title, items, tone in parts:
            if items:
                self.lists.addWidget(self._section(title, items, tone, today))
        self.lists.addStretch(1)
        self._show_side(rows)
        self._point_at_the_first()
        self.arrived.emit()
        self.fading.ask(
            self._coach()
        )  # not beside the lines: both at once would keep whoever unlocks waiting
        self.work_risk.ask(self._coach())

    def _show_trustee(self) -> None:
        """Show who sees no client what is hers to do, instead of an empty caseload."""
        for part in (self.cover, self.fading, self.work_risk):
            part.hide()
        _clear(self.lists)
        card = TrusteeCard(self.office)
        card.wanted.connect(self.go)
        self.lists.addWidget(card)
        self.lists.addStretch(1)
        card.ask()
        self.arrived.emit()

    def _point_at_the_first(self) -> None:
        """Put the keyboard on what is most pressing when it stands nowhere: one key then starts it."""
        held = QApplication.focusWidget()
        if self.isVisible() and (held is None or held is self.window() or isinstance(held, RailButton)):
            first = self.findChild(DueLine)
            if first is not None:
                first.record_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _nothing(self, rows: TodayRow) -> QWidget:
        card = Card()
        if rows.total:
            words = self.tr("No check-ins, actions or reviews are due in the next 7 days.")
            card.add(EmptyState(self.tr("Nothing is due"), words, icon="circle-check"))
            return card
        words = self.tr("Bring in the caseload you have, or add the first client.")
        button = primary_button(self.tr("&Bring in a caseload"), "upload")
        button.clicked.connect(self._to_import)
        card.add(EmptyState(self.tr("No clients yet"), words, button, icon="users"))
        return card

    @Slot()
    def _to_import(self) -> None:
        self.go.emit("import")

    def _section(self, title: str, items: Sequence[DueItem], tone: Tone, today: dt.date) -> Card:
        card = Card()
        card.body.setSpacing(0)
        card.add(SectionTitle(title, len(items), tone))
        shown = DueList(items, today)
        shown.record.connect(self._record)
        shown.opened.connect(self.open_client)
        card.add(shown)
        return card

    @Slot(object)
    def _record(self, item: DueItem) -> None:
        self.record_contact.emit(item.client_id, item)

    def _show_side(self, rows: TodayRow) -> None:
        if rows.stages:
            card = Card(
                self.tr("Caseload"),
                corner=label(plural(rows.total, self.tr("client"), self.tr("clients")), "meta"),
            )
            bars = tuple(Bar(title, count) for title, count in rows.stages)
            card.add(Bars(BarChart(self.tr("Clients by stage"), bars)))
            self.side.addWidget(card)
        if rows.coming_up:
            card = Card(self.tr("Coming up"))
            for title, words, icon in rows.coming_up:
                line = row(
                    RoundIcon(icon, Tone.INFO, 32),
                    column(label(title, "strong", wrap=True), label(words, "meta"), spacing=0),
                )
                line.setStretch(1, 1)
                card.add(line)
            self.side.addWidget(card)
        self.side.addStretch(1)


def _clear(box: QVBoxLayout) -> None:
    while box.count():
        piece = box.takeAt(0)
        widget = piece.widget() if piece is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
