"""At risk in work: the jobs in which help may be needed, with every reason, and from when a reason counts."""

import dataclasses
from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import Slot
from typing_extensions import override

from coachdesk.casework.risk_thresholds import (
    HIGHEST,
    RiskThresholds,
    risk_thresholds,
    set_risk_thresholds,
)
from coachdesk.casework.work_risk import WorkRisk, WorkRiskQuestion, WorkRiskRow, read_work_risk
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.forms.fields import Number, Text, Together
from coachdesk.ui.rights.part import Part
from coachdesk.ui.spoken import plural
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Size, Tone
from coachdesk.ui.widgets import Card, EmptyState, label, quiet_button, row, secondary_button
from coachdesk.ui.wizard import WorkingPage

_MOST_SHOWN = 8  # rows; the rest is scrolled to


def _job(one: WorkRiskRow) -> Hashable:
    return one.job_id


def _name(one: WorkRiskRow) -> str:
    return one.name


def _employer(one: WorkRiskRow) -> str:
    return one.employer


def _first(one: WorkRiskRow) -> str:
    return one.reasons[0].words


def _tone(_one: WorkRiskRow) -> Tone:
    return Tone.WARNING


class WorkRiskPart(Part):
    """A table of jobs; the row with the keyboard is told in full below, and Enter opens the client."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self._rows: tuple[WorkRiskRow, ...] = ()
        self._limits: RiskThresholds | None = None
        self.summary = label("", "secondary", wrap=True)
        self.jobs: TableView[WorkRiskRow] = TableView(
            RowTable(
                [
                    Column(self.tr("Client"), _name, width=18),
                    Column(self.tr("Works at"), _employer, width=16),
                    Column(self.tr("Why help may be needed"), _first, tone=_tone, stretch=True),
                    Column(self.tr("Besides"), self._besides, width=10),
                    Column(self.tr("Coach"), self._coach, width=14),
                ],
                identify=_job,
            ),
            self.tr("Jobs in which help may be needed"),
        )
        self.whole = label("", wrap=True)
        self.open_button = secondary_button(self.tr("&Open the client’s page"), "chevron-right")
        self.nothing = EmptyState(
            self.tr("Nobody stands here"),
            self.tr("In no job that goes on does anything say that help is needed now."),
            icon="heart-handshake",
        )
        self.limits_words = label("", "meta", wrap=True)
        self.limits_button = quiet_button(self.tr("Chan&ge when a reason counts"), "pencil")
        self.form = SideForm(self.office, "work risk", self.tr("&Save"))
        self._arrange()

    def _arrange(self) -> None:
        meaning = self.tr(
            "Offer help first. The most pressing reason comes first, then whoever has waited longest; there is no score, and "
            "nothing of this goes into a return."
        )
        self.card = Card(self.tr("At risk in work"))
        for piece in (self.summary, label(meaning, "meta", wrap=True), self.jobs, self.nothing, self.whole):
            self.card.add(piece)
        self.card.add(row(self.open_button, 1))
        self.card.hide()  # nothing is said before it is known
        limits = Card(self.tr("When a reason counts"), corner=self.limits_button)
        limits.add(self.limits_words)
        self.limits_button.hide()
        for card in (self.card, self.form, limits):
            self.body.addWidget(card)
        self.jobs.opened.connect(self._open)
        self.jobs.chosen.connect(self._chosen)
        self.open_button.clicked.connect(self._open_current)
        self.limits_button.clicked.connect(self._change_limits)
        self.form.saved.connect(self._limits_saved)

    @override
    def refresh(self) -> None:
        question = WorkRiskQuestion(today=self.office.desk.clock.today())
        self.office.desk.ask(read_work_risk, question, self._show)
        self.office.desk.ask(risk_thresholds, None, self._show_limits)

    @override
    def know_role(self, *, manages: bool) -> None:
        super().know_role(manages=manages)
        self.limits_button.setVisible(manages)

    def _show(self, found: WorkRisk) -> None:
        self._rows = found.rows
        running = plural(found.running, self.tr("job that goes on"), self.tr("jobs that go on"))
        self.summary.setText(
            self.tr("{count} of {running}").format(count=f"{len(found.rows):,}", running=running)
        )
        self.jobs.show_rows(found.rows)
        self.jobs.setVisible(bool(found.rows))
        lines = min(len(found.rows), _MOST_SHOWN) + 1  # and the titles of the columns
        self.jobs.setFixedHeight(look().px(Size.TABLE_ROW) * lines)
        self.nothing.setVisible(not found.rows)
        self.card.show()
        self._tell()
        lay_out(self)

    @Slot(object)
    def _chosen(self, _one: object) -> None:
        self._tell()

    def _tell(self) -> None:
        """Say every reason of the row in which the keyboard stands; at first, of the most pressing."""
        one = self._current()
        self.open_button.setVisible(one is not None)
        self.whole.setVisible(one is not None)
        if one is not None:
            self.whole.setText("\n".join((one.name, *(f"• {reason.words}" for reason in one.reasons))))

    def _current(self) -> WorkRiskRow | None:
        return self.jobs.current_row() or next(iter(self._rows), None)

    def _besides(self, one: WorkRiskRow) -> str:
        more = len(one.reasons) - 1
        return plural(more, self.tr("{count} more"), self.tr("{count} more")) if more else "–"

    def _coach(self, one: WorkRiskRow) -> str:
        return one.coach or self.tr("With nobody yet")

    @Slot()
    def _open_current(self) -> None:
        self._open(self._current())

    @Slot(object)
    def _open(self, one: WorkRiskRow | None) -> None:
        if one is not None:
            self.page.open_client.emit(one.client_id)

    def _show_limits(self, limits: RiskThresholds) -> None:
        self._limits = limits
        told = self.tr(
            "Likely to leave: {leaving_from} of 10 or more, or {rising_by} more than before. An area of work said to be hard. An "
            "adjustment refused, not working, or agreed for more than {not_in_place_days} days and not in place. Off sick, or a "
            "fit note ending within {fit_note_days} days. Pay below the legal minimum. Hours fallen by {hours_fallen_percent} of "
            "100. {missed_check_ins} check-ins not held. Not known whether the job goes on. Source: {source}."
        )
        self.limits_words.setText(told.format(**dataclasses.asdict(limits)))
        lay_out(self)

    @Slot()
    def _change_limits(self) -> None:
        if self._limits is None:
            return
        words = {
            "leaving_from": self.tr("Likely to leave, of 10"),
            "rising_by": self.tr("More likely than before by"),
            "not_in_place_days": self.tr("Days agreed and not in place"),
            "fit_note_days": self.tr("Days until a fit note ends"),
            "hours_fallen_percent": self.tr("Hours fallen, of 100"),
            "missed_check_ins": self.tr("Check-ins not held"),
        }
        asked = [
            Number(name, words[name], needed=True, lowest=1, highest=highest)
            for name, highest in HIGHEST.items()
        ]
        self.form.open_form(
            self.tr("When a reason counts"),
            (
                Together(*asked[:3]),
                Together(*asked[3:]),
                Text("source", self.tr("Where this comes from"), needed=True),
            ),
            self._limits,
            self._limits_wish,
            set_risk_thresholds,
        )

    def _limits_wish(self, values: dict[str, Any]) -> RiskThresholds:
        return RiskThresholds(**values)

    @Slot(object)
    def _limits_saved(self, _value: object) -> None:
        self.refresh()
        self.limits_button.setFocus()
