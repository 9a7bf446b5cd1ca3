"""Adjustments: each need with how it stands, its story, what else can be tried, and the buttons for what happens next."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.adjustment_steps import RecordStep, TakeAlong, record_step, take_along
from coachdesk.casework.adjustments import (
    AddAdjustment,
    AdjustmentRow,
    Adjustments,
    ChangeAdjustment,
    PutAwayAdjustment,
    add_adjustment,
    change_adjustment,
    put_away_adjustment,
)
from coachdesk.terms import Kind
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.forms.fields import Choice, Choices, Date, Option
from coachdesk.ui.health_at_work.adjustment_fields import need_fields, step_fields
from coachdesk.ui.health_at_work.health_card import NOT_ASKED, Acts, HealthCard, call_label, job_options
from coachdesk.ui.health_at_work.plan_form import PlanForm
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Banner,
    Button,
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

_STEPS = ("asked", "agreed", "partly", "refused", "in_place", "reviewed", "ended")


class AdjustmentsCard(HealthCard):
    """What a client needs at work, and what came of it."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._found: Adjustments | None = None
        self._rows: dict[str, AdjustmentRow] = {}
        self.plan = PlanForm(office)
        self.plan.made.connect(self.plan_made)
        self.add_button = secondary_button(self.tr("Add a &need"), "plus")
        self.add_button.clicked.connect(self._add)
        self._plans = QHBoxLayout()
        self._plans.setSpacing(Space.SMALL)
        head = row(label(self.tr("Adjustments"), "section", wrap=True))
        head.setStretch(0, 1)
        head.addLayout(self._plans)
        head.addWidget(self.add_button)
        self.add(head)
        hint = self.tr("What is needed, in the client’s words. Why stays between the two of you.")
        self.add(label(hint, "meta", wrap=True))
        self.add(self.form)
        self.add(self.plan)
        self.add(self.lines)

    @override
    def acts(self) -> Acts:
        steps = {event: partial(self._step, event) for event in _STEPS}
        others = {
            "need": self._need,
            "change": self._change,
            "remove": self._remove,
            "along": self._along,
            "plan": self._plan,
        }
        return {**steps, **others}

    def show_found(self, found: Adjustments) -> None:
        """Show what was found about a client."""
        if found.client_id != self.client_id:
            return
        self._found = found
        self._rows = {one.id.hex: one for one in found.rows}
        clear(self.lines)
        clear(self._plans)
        self.add_button.setVisible(bool(found.rows))
        if not found.rows:
            self.lines.addWidget(self._empty())
        if found.left_behind and found.job is not None:
            self.lines.addWidget(self._offer(found))
        for one in found.rows:
            self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(one) if one.is_live else self._ended(one))
        for button in self._plan_buttons(found):
            self._plans.addWidget(button)
        self.shown()

    @override
    def leave_client(self, client_id: UUID) -> None:
        if client_id != self.client_id:
            self.plan.close_form()
        super().leave_client(client_id)

    def _empty(self) -> QWidget:
        button = primary_button(self.tr("Add a &need"), "plus")
        button.clicked.connect(self._add)
        words = self.tr(
            "What would make the work easier? Write it in the client’s words; then what was asked, agreed and put "
            "in place is kept as a story, and goes along to the next job."
        )
        return EmptyState(self.tr("No adjustments yet"), words, button, icon="heart-handshake")

    def _offer(self, found: Adjustments) -> QWidget:
        assert found.job is not None  # noqa: S101  there is nothing to offer without a job
        count = len(found.left_behind)
        words = plural(count, self.tr("{count} need"), self.tr("{count} needs"))
        banner = Banner(
            self.tr("{needs} could go along to {job}.").format(needs=words, job=found.job.words),
            self.tr("Choose together which; each is then asked for anew."),
            Tone.INFO,
            action=self.tr("Take along…"),
            closable=False,
        )
        banner.acted.connect(self._take_along)
        return banner

    def _plan_buttons(self, found: Adjustments) -> Iterator[Button]:
        """Yield a button for each job that goes on and for which something is needed."""
        today = self.office.desk.clock.today()
        needed = {one.job_id for one in found.rows if one.is_live}
        jobs = [job for job in found.jobs if not job.is_over(today) and {job.id, None} & needed]
        for job in jobs:
            words = self.tr("Adjustments &plan…")
            if len(jobs) > 1:
                words = self.tr("Plan for {employer}…").format(employer=job.employer.replace("&", "&&"))
            yield self.act_button(words, "plan", job.id, job.words, "printer")

    def _line(self, one: AdjustmentRow) -> QWidget:
        head = row(label(one.need, "strong", wrap=True), self._pill(one))
        head.setStretch(0, 1)
        said = column(head, label("  ·  ".join(self._about(one)), "meta", wrap=True), spacing=Space.HAIR)
        for words in self._told(one):
            said.addWidget(label(words, wrap=True))
        for words in one.calls:
            said.addWidget(call_label(words))
        for words in self._story(one):
            said.addWidget(label(words, "meta", wrap=True))
        if one.tries:
            said.addSpacing(Space.HAIR)
            said.addWidget(label(self.tr("What else can be tried"), "label", wrap=True))
            for words in one.tries:
                said.addWidget(label(f"•  {words}", "secondary", wrap=True))
        buttons = Flow(spacing=Space.SMALL)
        for button in self._buttons(one):
            buttons.addWidget(button)
        said.addSpacing(Space.HAIR)
        said.addLayout(buttons)
        holder = QWidget()
        holder.setLayout(said)
        return holder

    def _ended(self, one: AdjustmentRow) -> QWidget:
        line = row(label(one.need, "secondary", wrap=True), self._pill(one))
        line.setStretch(0, 1)
        line.addWidget(self.past_button(Kind.ADJUSTMENT, one.id, one.need))
        told = [*self._about(one), *self._story(one)]
        said = column(line, label("  ·  ".join(told), "meta", wrap=True), spacing=Space.HAIR)
        holder = QWidget()
        holder.setLayout(said)
        return holder

    def _pill(self, one: AdjustmentRow) -> Pill:
        if not one.is_live:
            return Pill(self.tr("Until {day}").format(day=day(one.ended_on)), Tone.NEUTRAL)
        if one.in_place_on is not None:
            return Pill(self.tr("In place"), Tone.OK)
        title = self.office.codes.title("adjustment_decision", one.decision)
        tones = {"agreed": Tone.INFO, "partly": Tone.INFO, "refused": Tone.WARNING, "waiting": Tone.INFO}
        if one.decision not in tones:
            return Pill(self.tr("Not asked yet"), Tone.NEUTRAL)
        return Pill(title, tones[one.decision])

    def _about(self, one: AdjustmentRow) -> Iterator[str]:
        if one.category != NOT_ASKED:
            yield self.office.codes.title("adjustment_category", one.category)
        yield one.job.words if one.job is not None else self.tr("Not for one job yet")
        if one.lag_days is not None:
            days = plural(one.lag_days, self.tr("day"), self.tr("days"))
            yield self.tr("{days} from asked to in place").format(days=days)

    def _told(self, one: AdjustmentRow) -> Iterator[str]:
        if one.agreed:
            yield self.tr("Agreed: {words}").format(words=one.agreed)
        if one.owner:
            yield self.tr("Who sees to it: {who}").format(who=one.owner)
        if one.is_working != NOT_ASKED:
            answer = self.office.codes.title("yes_no", one.is_working)
            yield self.tr("Does it work? {answer}").format(answer=answer)
        if one.review_on is not None:
            yield self.tr("To be looked at again on {day}").format(day=day(one.review_on))
        if one.why:
            words = (
                self.tr("Why (may be told): {why}") if one.may_say_why else self.tr("Why (only here): {why}")
            )
            yield words.format(why=one.why)

    def _story(self, one: AdjustmentRow) -> Iterator[str]:
        for step in one.steps:
            words = f"{day(step.happened_on)}  ·  {step.event_words}"
            if step.with_whom:
                words = self.tr("{happened}, {whom}").format(happened=words, whom=step.with_whom)
            yield f"{words}: {step.note}" if step.note else words

    def _buttons(self, one: AdjustmentRow) -> Iterator[QWidget]:
        for kind, words, icon in self._next(one):
            yield self.act_button(words, kind, one.id, one.need, icon)
        yield self.act_button(self.tr("Change"), "change", one.id, one.need, "pencil")
        if one.steps:
            yield self.act_button(self.tr("No longer needed"), "ended", one.id, one.need)
        else:
            yield self.act_button(self.tr("Remove"), "remove", one.id, one.need, "trash-2")
        yield self.past_button(Kind.ADJUSTMENT, one.id, one.need)

    def _next(self, one: AdjustmentRow) -> tuple[tuple[str, str, str], ...]:
        """Return what can happen next, the likeliest first."""
        asked = ("asked", self.tr("Asked"), "send")
        agreed = ("agreed", self.tr("Agreed"), "check")
        partly = ("partly", self.tr("Partly agreed"), "")
        refused = ("refused", self.tr("Refused"), "x")
        in_place = ("in_place", self.tr("In place"), "circle-check")
        looked = ("reviewed", self.tr("Looked at again"), "refresh-cw")
        if one.in_place_on is not None:
            return (looked,)
        by_decision = {
            "waiting": (agreed, partly, refused),
            "agreed": (in_place, refused),
            "partly": (in_place, agreed, refused),
            "refused": (("asked", self.tr("Asked again"), "send"), agreed, partly),
        }
        return by_decision.get(one.decision, (asked, agreed, in_place))

    @Slot()
    def _add(self) -> None:
        if self.client_id is not None:
            self._need(self.client_id.hex)

    def _need(self, _about: str) -> None:
        if self._found is None:
            return
        job = self._found.job
        parts = need_fields(self.options("adjustment_category"), job_options(self._found.jobs), is_new=True)
        self.open_form(
            f"need:{self._found.client_id.hex}",
            self.tr("What is needed at work"),
            parts,
            {"job_id": job.id if job is not None else None},
            self._need_wish,
            add_adjustment,
        )

    def _need_wish(self, values: dict[str, Any]) -> AddAdjustment:
        assert self.client_id is not None  # noqa: S101  the form opens for somebody who is shown
        told = {**values, "category": values["category"] or NOT_ASKED}
        return AddAdjustment(client_id=self.client_id, **told)

    def _change(self, about: str) -> None:
        one = self._rows.get(about)
        if one is None or self._found is None:
            return
        parts = need_fields(self.options("adjustment_category"), job_options(self._found.jobs), is_new=False)
        self.open_form(
            f"change:{about}",
            one.need,
            parts,
            one,
            partial(self._change_wish, one.id),
            change_adjustment,
        )

    def _change_wish(self, adjustment_id: UUID, values: dict[str, Any]) -> ChangeAdjustment:
        told = {**values, "category": values["category"] or NOT_ASKED}
        return ChangeAdjustment(adjustment_id=adjustment_id, **told)

    def _remove(self, about: str) -> None:
        if about in self._rows:
            self.do(put_away_adjustment, PutAwayAdjustment(adjustment_id=self._rows[about].id))

    def _step(self, event: str, about: str) -> None:
        one = self._rows.get(about)
        if one is None:
            return
        title = self.office.codes.title("adjustment_event", event)
        self.open_form(
            f"{event}:{about}",
            self.tr("{what}: {need}").format(what=title, need=one.need),
            step_fields(event, self.options("yes_no", unstated=True)),
            {"happened_on": self.office.desk.clock.today(), "owner": one.owner},
            partial(self._step_wish, one.id, event),
            record_step,
        )

    def _step_wish(self, adjustment_id: UUID, event: str, values: dict[str, Any]) -> RecordStep:
        told = dict(values)
        if "is_working" in told:
            told["is_working"] = told["is_working"] or NOT_ASKED
        return RecordStep(adjustment_id=adjustment_id, event=event, **told)

    @Slot()
    def _take_along(self) -> None:
        if self._found is not None and self._found.job is not None:
            self._along(self._found.job.id.hex)

    def _along(self, about: str) -> None:
        found = self._found
        if found is None or found.job is None or found.job.id.hex != about:
            return
        offered = tuple(Option(one.id.hex, one.need) for one in found.left_behind)
        self.open_form(
            f"along:{about}",
            self.tr("What goes along to {job}").format(job=found.job.words),
            (
                Choices("adjustment_ids", self.tr("Still &needed"), options=offered, columns=1),
                Choice("job_id", self.tr("To which &job"), options=self._to_jobs(found), needed=True),
                Date("on", self.tr("&On"), needed=True, lean="past"),
            ),
            {
                "adjustment_ids": tuple(one.value for one in offered),
                "job_id": found.job.id,
                "on": self.office.desk.clock.today(),
            },
            self._along_wish,
            take_along,
        )

    def _to_jobs(self, found: Adjustments) -> tuple[Option, ...]:
        today = self.office.desk.clock.today()
        return job_options(tuple(job for job in found.jobs if not job.is_over(today)))

    def _along_wish(self, values: dict[str, Any]) -> TakeAlong:
        assert self.client_id is not None  # noqa: S101  the form opens for somebody who is shown
        chosen = tuple(UUID(hex=one) for one in values["adjustment_ids"])
        return TakeAlong(
            client_id=self.client_id, job_id=values["job_id"], adjustment_ids=chosen, on=values["on"]
        )

    def _plan(self, about: str) -> None:
        if self.client_id is not None:
            self.plan.start(self.client_id, UUID(hex=about))
