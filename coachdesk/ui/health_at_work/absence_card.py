"""Time off and coming back: each spell with its fit note, what would help, and the way back step by step."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.absences import (
    AbsenceRow,
    Absences,
    BackAtWork,
    PutAwayAbsence,
    ReturnStepRow,
    SaveAbsence,
    back_at_work,
    put_away_absence,
    save_absence,
)
from coachdesk.casework.return_to_work import (
    AgreeReturn,
    LookAtStep,
    ProposeSteps,
    RemoveReturnStep,
    SaveReturnStep,
    agree_return,
    look_at_step,
    propose_steps,
    remove_return_step,
    save_return_step,
)
from coachdesk.terms import Kind
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.forms.fields import Date
from coachdesk.ui.health_at_work.absence_fields import (
    absence_fields,
    agreed_fields,
    how_it_went_fields,
    step_of_return_fields,
)
from coachdesk.ui.health_at_work.health_card import NOT_ASKED, Acts, HealthCard, call_label, job_options
from coachdesk.ui.health_at_work.return_form import ReturnForm
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Divider,
    EmptyState,
    Flow,
    Pill,
    column,
    label,
    primary_button,
    row,
    secondary_button,
)


class AbsenceCard(HealthCard):
    """A client's time off sick and the ways back."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._found: Absences | None = None
        self._rows: dict[str, AbsenceRow] = {}
        self._steps: dict[str, ReturnStepRow] = {}
        self.plan = ReturnForm(office)
        self.plan.made.connect(self.plan_made)
        self.add_button = secondary_button(self.tr("Record time &off"), "plus")
        self.add_button.clicked.connect(self._add)
        head = row(label(self.tr("Time off and coming back"), "section", wrap=True), self.add_button)
        head.setStretch(0, 1)
        self.add(head)
        self.add(self.form)
        self.add(self.plan)
        self.add(self.lines)

    @override
    def acts(self) -> Acts:
        return {
            "off": self._off,
            "off-change": self._change,
            "off-remove": self._remove,
            "back": self._back,
            "propose": self._propose,
            "step": self._step,
            "step-change": self._step_change,
            "step-remove": self._step_remove,
            "went": self._went,
            "agree": self._agree,
            "return": self._plan,
        }

    def show_found(self, found: Absences) -> None:
        """Show what was found about a client."""
        if found.client_id != self.client_id:
            return
        self._found = found
        self._rows = {one.id.hex: one for one in found.rows}
        self._steps = {step.id.hex: step for one in found.rows for step in one.steps}
        clear(self.lines)
        self.add_button.setVisible(bool(found.rows))
        if not found.rows:
            self.lines.addWidget(self._empty(found))
        for one in found.rows:
            self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(one))
        self.shown()

    @override
    def leave_client(self, client_id: UUID) -> None:
        if client_id != self.client_id:
            self.plan.close_form()
        super().leave_client(client_id)

    def _empty(self, found: Absences) -> QWidget:
        if not found.jobs:
            words = self.tr("When there is a job, time off sick and the way back are kept here.")
            return EmptyState(self.tr("No time off"), words, icon="calendar-check")
        button = primary_button(self.tr("Record time &off"), "plus")
        button.clicked.connect(self._add)
        words = self.tr(
            "When somebody is off sick, keep the days and the fit note here, and plan together how to come back."
        )
        return EmptyState(self.tr("No time off"), words, button, icon="calendar-check")

    def _called(self, one: AbsenceRow) -> str:
        return self.tr("Time off since {day}").format(day=day(one.from_on))

    def _line(self, one: AbsenceRow) -> QWidget:
        called = self._called(one)
        days = plural(one.days_away, self.tr("{count} day"), self.tr("{count} days"))
        pill = Pill(self.tr("Away for {days}").format(days=days), Tone.INFO)
        if not one.goes_on:
            pill = Pill(self.tr("Back after {days}").format(days=days), Tone.OK)
        head = row(label(called, "strong", wrap=True), pill)
        head.setStretch(0, 1)
        said = column(head, label("  ·  ".join(self._about(one)), "meta", wrap=True), spacing=Space.HAIR)
        for words in one.calls:
            said.addWidget(call_label(words))
        for words in self._told(one):
            said.addWidget(label(words, wrap=True))
        for number, step in enumerate(one.steps, start=1):
            said.addWidget(self._step_line(number, step))
        buttons = Flow(spacing=Space.SMALL)
        for button in self._buttons(one, called):
            buttons.addWidget(button)
        said.addSpacing(Space.HAIR)
        said.addLayout(buttons)
        holder = QWidget()
        holder.setLayout(said)
        return holder

    def _about(self, one: AbsenceRow) -> Iterator[str]:
        if one.job is not None:
            yield one.job.words
        if one.to_on is not None:
            yield self.tr("last day away {day}").format(day=day(one.to_on))
        if one.fit_note_until is not None:
            yield self.tr("fit note until {day}").format(day=day(one.fit_note_until))
        if one.note_days_left is not None and one.note_days_left >= 0:
            yield plural(one.note_days_left, self.tr("{count} day left"), self.tr("{count} days left"))
        if one.return_on is not None:
            words = self.tr("back on {day}") if one.goes_on else self.tr("back since {day}")
            yield words.format(day=day(one.return_on))

    def _told(self, one: AbsenceRow) -> Iterator[str]:
        if one.own_words:
            yield self.tr("In their own words (only here): {words}").format(words=one.own_words)
        if one.may_be_fit == "yes":
            yield self.tr("The fit note says “may be fit for work”.")
        if one.fit_note_advice:
            yield self.tr("The fit note advises: {words}").format(words=one.fit_note_advice)
        if one.would_help:
            yield self.tr("What would help: {words}").format(words=one.would_help)
        if one.note:
            yield one.note
        if one.plan_agreed_on is not None:
            words = self.tr("Plan agreed on {day}").format(day=day(one.plan_agreed_on))
            if one.plan_agreed_with:
                words = self.tr("{agreed} with {whom}").format(agreed=words, whom=one.plan_agreed_with)
            yield words

    def _step_line(self, number: int, step: ReturnStepRow) -> QWidget:
        until = day(step.to_on) or self.tr("open")
        parts = (
            self.tr("Step {number}").format(number=number),
            self.tr("{first} to {last}").format(first=day(step.from_on), last=until),
            step.hours_words or self.tr("hours still open"),
            step.days,
            step.duties,
            step.place,
        )
        called = parts[0]
        said = column(label("  ·  ".join(part for part in parts if part), wrap=True), spacing=Space.HAIR)
        if step.how_it_went:
            words = self.tr("How it went: {words}").format(words=step.how_it_went)
            said.addWidget(label(words, "meta", wrap=True))
        line = row(said)
        line.setStretch(0, 1)
        if step.from_on <= self.office.desk.clock.today():
            words = self.tr("How did it go?")
            line.addWidget(self.act_button(words, "went", step.id, called, "message-square"))
        line.addWidget(self.icon_button(self.tr("Change"), "step-change", step.id, called, "pencil"))
        line.addWidget(self.icon_button(self.tr("Remove"), "step-remove", step.id, called, "trash-2"))
        holder = QWidget()
        holder.setLayout(line)
        return holder

    def _buttons(self, one: AbsenceRow, called: str) -> Iterator[QWidget]:
        if not one.steps:
            yield self.act_button(
                self.tr("Propose a phased return"), "propose", one.id, called, "trending-up"
            )
        yield self.act_button(self.tr("Add a step"), "step", one.id, called, "plus")
        if one.steps:
            yield self.act_button(self.tr("Agreed"), "agree", one.id, called, "handshake")
            yield self.act_button(self.tr("Return plan…"), "return", one.id, called, "printer")
        if one.goes_on:
            yield self.act_button(self.tr("Back at work"), "back", one.id, called, "check")
        yield self.act_button(self.tr("Change"), "off-change", one.id, called, "pencil")
        yield self.act_button(self.tr("Remove"), "off-remove", one.id, called, "trash-2")
        yield self.past_button(Kind.ABSENCE, one.id, called)

    @Slot()
    def _add(self) -> None:
        if self.client_id is not None:
            self._off(self.client_id.hex)

    def _off(self, _about: str) -> None:
        if self._found is None:
            return
        job = self._found.job
        values = {
            "job_id": job.id if job is not None else None,
            "from_on": self.office.desk.clock.today(),
        }
        self._open_spell(f"off:{self._found.client_id.hex}", self.tr("Time off sick"), values, None)

    def _change(self, about: str) -> None:
        if about in self._rows:
            one = self._rows[about]
            self._open_spell(f"off-change:{about}", self._called(one), one, one.id)

    def _open_spell(self, key: str, heading: str, values: object, absence_id: UUID | None) -> None:
        assert self._found is not None  # noqa: S101  both ways here have looked
        parts = absence_fields(job_options(self._found.jobs), self.options("yes_no"))
        self.open_form(key, heading, parts, values, partial(self._spell_wish, absence_id), save_absence)

    def _spell_wish(self, absence_id: UUID | None, values: dict[str, Any]) -> SaveAbsence:
        assert self.client_id is not None  # noqa: S101  the form opens for somebody who is shown
        told = {**values, "may_be_fit": values["may_be_fit"] or NOT_ASKED}
        return SaveAbsence(client_id=self.client_id, absence_id=absence_id, **told)

    def _remove(self, about: str) -> None:
        if about in self._rows:
            self.do(put_away_absence, PutAwayAbsence(absence_id=self._rows[about].id))

    def _back(self, about: str) -> None:
        if about in self._rows:
            self.open_form(
                f"back:{about}",
                self.tr("Back at work"),
                (Date("on", self.tr("&First day back"), needed=True, lean="past"),),
                {"on": self.office.desk.clock.today()},
                partial(_wish_of, BackAtWork, self._rows[about].id),
                back_at_work,
            )

    def _propose(self, about: str) -> None:
        if about in self._rows:
            one = self._rows[about]
            hint = self.tr("Four weeks up to the usual hours are put in, as a start to be changed together.")
            self.open_form(
                f"propose:{about}",
                self.tr("A phased return"),
                (Date("from_on", self.tr("&First day back"), hint, needed=True, lean="future"),),
                {"from_on": one.return_on},
                partial(_wish_of, ProposeSteps, one.id),
                propose_steps,
            )

    def _step(self, about: str) -> None:
        if about in self._rows:
            self._open_step(f"step:{about}", self._rows[about].id, None, {})

    def _step_change(self, about: str) -> None:
        if about in self._steps:
            step = self._steps[about]
            names = ("from_on", "to_on", "days", "duties", "place")
            values = {name: getattr(step, name) for name in names} | {"hours": _hours(step.week_minutes)}
            self._open_step(f"step-change:{about}", step.absence_id, step.id, values)

    def _open_step(self, key: str, absence_id: UUID, step_id: UUID | None, values: dict[str, Any]) -> None:
        self.open_form(
            key,
            self.tr("A step of the way back"),
            step_of_return_fields(),
            values,
            partial(_step_wish, absence_id, step_id),
            save_return_step,
        )

    def _step_remove(self, about: str) -> None:
        if about in self._steps:
            self.do(remove_return_step, RemoveReturnStep(step_id=self._steps[about].id))

    def _went(self, about: str) -> None:
        if about in self._steps:
            step = self._steps[about]
            self.open_form(
                f"went:{about}",
                self.tr("How the step went"),
                how_it_went_fields(),
                {"on": self.office.desk.clock.today(), "how_it_went": step.how_it_went},
                partial(_look_wish, step.id),
                look_at_step,
            )

    def _agree(self, about: str) -> None:
        if about in self._rows:
            self.open_form(
                f"agree:{about}",
                self.tr("The plan is agreed"),
                agreed_fields(),
                {"on": self.office.desk.clock.today(), "with_whom": self._rows[about].plan_agreed_with},
                partial(_wish_of, AgreeReturn, self._rows[about].id),
                agree_return,
            )

    def _plan(self, about: str) -> None:
        if about in self._rows:
            self.plan.start(self._rows[about].id)


def _wish_of(kind: Any, absence_id: UUID, values: dict[str, Any]) -> Any:
    return kind(absence_id=absence_id, **values)


def _step_wish(absence_id: UUID, step_id: UUID | None, values: dict[str, Any]) -> SaveReturnStep:
    return SaveReturnStep(absence_id=absence_id, step_id=step_id, **values)


def _look_wish(step_id: UUID, values: dict[str, Any]) -> LookAtStep:
    return LookAtStep(step_id=step_id, **values)


def _hours(minutes: int | None) -> str:
    """Return minutes a week as hours are typed."""
    return "" if minutes is None else f"{(Decimal(minutes) / 60).normalize():f}"
