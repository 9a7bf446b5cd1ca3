"""The adjustments plan about to be made: which adjustments, of which the reason is told, and how it will read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.adjustments_plan import (
    AdjustmentsPlan,
    PlanQuestion,
    check_plan,
    read_plan_of_adjustments,
)
from coachdesk.papers.adjustments_plan import PLAN_FILE, PrintAdjustmentsPlan, write_adjustments_plan
from coachdesk.papers.health_paper import HealthPrint, size_for
from coachdesk.ui.forms.fields import Check, Choices, Lines, Option, Part
from coachdesk.ui.health_at_work.paper_form import CLIENT, EMPLOYER, PaperForm
from coachdesk.ui.health_at_work.printing import Printed
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day


class PlanForm(PaperForm):
    """A tailored adjustments plan for one job."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, "", parent)
        self.side.save_button.setText(self.tr("Make the &plan"))
        self._question: PlanQuestion | None = None

    def start(self, client_id: UUID, job_id: UUID) -> None:
        """Begin a plan, as soon as the record has been read."""
        today = self.office.desk.clock.today()
        question = PlanQuestion(client_id=client_id, job_id=job_id, today=today)
        self.office.desk.ask(read_plan_of_adjustments, question, self._open)

    def _open(self, plan: AdjustmentsPlan) -> None:
        self._question = plan.question
        self.side.open_form(
            self.tr("Tailored adjustments plan: {job}").format(job=plan.job.words),
            (*self.first_parts(), *self._parts(plan), *self.last_parts()),
            {
                "whom": EMPLOYER,
                "size": size_for(plan.needs).value,
                "chosen": tuple(one.hex for one in plan.chosen),
                "say_why": tuple(one.hex for one in plan.say_why),
                "hard_day": plan.hard_day_known,
            },
            self._wish,
            check_plan,
            about=f"plan:{plan.job.id.hex}",
            client_id=plan.question.client_id,
        )
        self.begin()

    def _parts(self, plan: AdjustmentsPlan) -> Iterator[Part]:
        offered = tuple(Option(one.id.hex, one.need) for one in plan.offered)
        yield Choices("chosen", self.tr("What &stands on it"), options=offered, columns=1)
        reasons = tuple(Option(one.id.hex, one.need) for one in plan.offered if one.why)
        if reasons:
            yield Choices(
                "say_why",
                self.tr("Of which the r&eason is told"),
                self.tr("Only where the client wants it told."),
                options=reasons,
                columns=1,
            )
        yield Check("say_hard_day", self.tr("Say what helps on a &hard day"))
        yield Lines("hard_day", self.tr("On a hard day"), self.tr("In the client’s words."), rows=2)

    def _wish(self, values: dict[str, Any]) -> PlanQuestion:
        self.size_of(values)
        return self._question_of(values)

    def _question_of(self, values: dict[str, Any]) -> PlanQuestion:
        assert self._question is not None  # noqa: S101  the form stands for a plan that was read
        return PlanQuestion(
            client_id=self._question.client_id,
            job_id=self._question.job_id,
            today=self._question.today,
            for_employer=values["whom"] != CLIENT,
            chosen=tuple(UUID(hex=one) for one in values["chosen"]),
            say_why=tuple(UUID(hex=one) for one in values.get("say_why", ())),
            hard_day=values["hard_day"] if values["say_hard_day"] else "",
            override_reason=values["override_reason"],
        )

    @override
    def ask_again(self, values: dict[str, Any], then: Any) -> None:
        self.office.desk.ask(read_plan_of_adjustments, self._question_of(values), then)

    @override
    def show_paper(self, found: AdjustmentsPlan) -> None:
        words = "\n\n".join(self._reading(found))
        self.show_reading(words, found.go, for_employer=found.question.for_employer)

    def _reading(self, plan: AdjustmentsPlan) -> Iterator[str]:
        if not plan.lines:
            yield self.tr("Nothing yet: choose what stands on it.")
        for number, line in enumerate(plan.lines, start=1):
            told = [f"{number}. {line.need}", line.stands]
            if line.owner:
                told.append(self.tr("Who sees to it: {who}").format(who=line.owner))
            if line.in_place_on is not None:
                told.append(self.tr("In place since {day}").format(day=day(line.in_place_on)))
            if line.why:
                told.append(self.tr("Why: {why}").format(why=line.why))
            yield "\n".join(told)
        if plan.hard_day:
            yield self.tr("On a hard day: {words}").format(words=plan.hard_day)
        yield self.tr("Looked at again by {day}. Room to sign for both.").format(day=day(plan.review_on))

    @override
    def printed(self, question: Any, size: HealthPrint) -> Printed:
        def wish(target: Path) -> PrintAdjustmentsPlan:
            return PrintAdjustmentsPlan(question=question, target=target, size=size)

        return Printed(file_name=PLAN_FILE, write=write_adjustments_plan, wish=wish)
