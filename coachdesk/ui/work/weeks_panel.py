"""Weeks of work as a grid: paid hours, pay, time away, and whether it was seen; typed where it stands."""

import datetime as dt
from uuid import UUID

from PySide6.QtCore import QObject, QSignalBlocker, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from coachdesk.casework.work_weeks import (
    NOT_AWAY,
    SaveWeek,
    WeekRow,
    WeeksQuestion,
    WeeksRow,
    list_work_weeks,
    save_week,
)
from coachdesk.errors import Refusal
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import short_day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Flow, label, quiet_button, secondary_button
from coachdesk.ui.widgets.labels import restyle
from coachdesk.ui.work.panel import JobPanel

_FIRST, _STEP = 6, 13


class WeekLine(QObject):
    """The controls of one week; what is typed is saved when it is left."""

    def __init__(self, panel: "WeeksPanel", week: WeekRow, options: list[tuple[str, str]]) -> None:
        super().__init__(panel)
        self._panel, self.week = panel, week
        monday = short_day(week.week_on, panel.office.desk.clock.today())
        self.name = label(monday, "strong")
        self.hours, self.pay = QLineEdit(), QLineEdit()
        self.away = CalmComboBox()
        for key, words in options:
            self.away.addItem(words, key)
        self.seen = QCheckBox()
        for control, words in (
            (self.hours, panel.tr("Paid hours, week of {monday}")),
            (self.pay, panel.tr("Pay, week of {monday}")),
            (self.away, panel.tr("Away, week of {monday}")),
            (self.seen, panel.tr("Seen on a payslip or rota, week of {monday}")),
        ):
            control.setAccessibleName(words.format(monday=monday))
        self.hours.editingFinished.connect(self._save)
        self.pay.editingFinished.connect(self._save)
        self.away.activated.connect(self._save)
        self.seen.clicked.connect(self._save)
        self.show_week(week)

    def pieces(self) -> tuple[QWidget, ...]:
        """Return the controls in the order of the columns."""
        return (self.name, self.hours, self.pay, self.away, self.seen)

    def show_week(self, week: WeekRow) -> None:
        """Show the week as it is kept now; a field that is being typed in stays as it is."""
        self.week = week
        for line, words in ((self.hours, week.paid_hours), (self.pay, week.gross_pay)):
            if not (line.hasFocus() and line.isModified()):
                line.setText(words)
            restyle(line, refused=False)
        with QSignalBlocker(self.away):
            self.away.setCurrentIndex(max(self.away.findData(week.absent), 0))
        self.seen.setChecked(week.is_confirmed)
        told = week.is_known and not week.is_confirmed
        self.seen.setText(self._panel.tr("estimate") if told else "")

    @Slot()
    def _save(self) -> None:
        wish = SaveWeek(
            job_id=self._panel.job_id,
            week_on=self.week.week_on,
            paid_hours=self.hours.text(),
            gross_pay=self.pay.text(),
            absent=str(self.away.currentData()),
            is_confirmed=self.seen.isChecked(),
        )
        kept = (self.week.paid_hours, self.week.gross_pay, self.week.absent, self.week.is_confirmed)
        if (wish.paid_hours, wish.gross_pay, wish.absent, wish.is_confirmed) != kept:
            self.hours.setModified(False)
            self.pay.setModified(False)
            self._panel.office.desk.do(save_week, wish, refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        for name, line in (("paid_hours", self.hours), ("gross_pay", self.pay)):
            restyle(line, refused=name in refusal.fields)
        self._panel.say(" ".join(refusal.fields.values()) or refusal.message)


class WeeksPanel(JobPanel):
    """The last weeks, the newest first."""

    def __init__(self, office: Office, job_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(office, job_id, parent)
        self._count = _FIRST
        self._known: WeeksRow | None = None
        self.lines: dict[dt.date, WeekLine] = {}
        self.fill_button = secondary_button(self.tr("The same every week…"), "calendar-check")
        self.fill_button.clicked.connect(self._fill)
        self.more_button = quiet_button(self.tr("Earlier weeks"))
        self.more_button.clicked.connect(self._more)
        self.refusal = label("", "refusal", tone=Tone.DANGER, wrap=True)
        self.refusal.hide()
        self.words = label("", "meta", wrap=True)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(Space.SMALL)
        self.grid.setVerticalSpacing(Space.HAIR)
        buttons = Flow(spacing=Space.SMALL)
        buttons.addWidget(self.fill_button)
        buttons.addWidget(self.more_button)
        self.body.addWidget(self.words)
        self.body.addLayout(self.grid)
        self.body.addWidget(self.refusal)
        self.body.addLayout(buttons)
        self.refresh()

    @override
    def refresh(self) -> None:
        question = WeeksQuestion(job_id=self.job_id, today=self.office.desk.clock.today(), count=self._count)
        self.office.desk.ask(list_work_weeks, question, self._show, refused=self.refused)

    def _show(self, known: WeeksRow) -> None:
        if [week.week_on for week in known.weeks] != list(self.lines):
            self._build(known)
        else:
            for week in known.weeks:
                self.lines[week.week_on].show_week(week)
        self._known = known
        self.refusal.hide()
        self.words.setText(
            self.tr(
                "Each week from its Monday. Leave empty what is not known; tick “seen” for a payslip or a rota. "
                "What you type is saved when you leave the field."
            )
            if known.weeks
            else self.tr("The first week has not begun yet.")
        )
        self.more_button.setVisible(len(known.weeks) < known.all_weeks)
        self.fill_button.setVisible(bool(known.weeks) and bool(known.usual_hours))

    def _build(self, known: WeeksRow) -> None:
        for line in self.lines.values():
            for piece in line.pieces():
                piece.hide()
                piece.deleteLater()
            line.deleteLater()
        self.lines = {}
        if known.weeks and not self.grid.count():
            heads = (
                *(self.tr("Week of"), self.tr("Paid hours"), self.tr("Pay for the week")),
                *(self.tr("Away"), self.tr("Seen")),
            )
            for place, words in enumerate(heads):
                self.grid.addWidget(label(words, "meta"), 0, place)
            self.grid.setColumnStretch(3, 1)
        codes = self.office.codes.options("week_absence", unstated=False)
        options = [(NOT_AWAY, ""), *((str(one.value), one.words) for one in codes)]
        for place, week in enumerate(known.weeks, start=1):
            line = self.lines[week.week_on] = WeekLine(self, week, options)
            for column, piece in enumerate(line.pieces()):
                self.grid.addWidget(piece, place, column)
        lay_out(self)

    def say(self, words: str) -> None:
        """Say below the grid why a week was not saved."""
        self.refusal.setText(words)
        self.refusal.show()

    @Slot()
    def _more(self) -> None:
        self._count += _STEP
        self.refresh()

    @Slot()
    def _fill(self) -> None:
        if self._known is not None:
            self.wanted.emit("fill", self._known)
