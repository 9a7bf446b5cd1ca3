"""The return plan about to be made: what it tells beside the steps, and how it will read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.return_plan import ReturnPlan, ReturnQuestion, check_return_plan, read_return_plan
from coachdesk.papers.health_paper import HealthPrint, size_for
from coachdesk.papers.return_plan import RETURN_FILE, PrintReturnPlan, write_return_plan
from coachdesk.ui.forms.fields import Check, Part
from coachdesk.ui.health_at_work.paper_form import CLIENT, EMPLOYER, PaperForm
from coachdesk.ui.health_at_work.printing import Printed
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day


class ReturnForm(PaperForm):
    """A return-to-work plan for one spell of time off."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, "", parent)
        self.side.save_button.setText(self.tr("Make the &plan"))
        self._question: ReturnQuestion | None = None

    def start(self, absence_id: UUID) -> None:
        """Begin a plan, as soon as the record has been read."""
        question = ReturnQuestion(absence_id=absence_id, today=self.office.desk.clock.today())
        self.office.desk.ask(read_return_plan, question, self._open)

    def _open(self, plan: ReturnPlan) -> None:
        self._question = plan.question
        self.side.open_form(
            self.tr("Return to work plan: {job}").format(job=plan.job.words),
            (*self.first_parts(), *self._parts(plan), *self.last_parts()),
            {"whom": EMPLOYER, "size": size_for(plan.needs).value, "say_helps": bool(plan.helps)},
            self._wish,
            check_return_plan,
            about=f"return:{plan.absence.id.hex}",
            client_id=plan.absence.client_id,
        )
        self.begin()

    def _parts(self, plan: ReturnPlan) -> Iterator[Part]:
        if plan.absence.would_help:
            yield Check("say_helps", self.tr("Say what would &help"))
        if plan.absence.fit_note_advice:
            yield Check(
                "say_fit_note",
                self.tr("Say what the fit &note advises"),
                self.tr("Only where the client wants it told."),
            )

    def _wish(self, values: dict[str, Any]) -> ReturnQuestion:
        self.size_of(values)
        return self._question_of(values)

    def _question_of(self, values: dict[str, Any]) -> ReturnQuestion:
        assert self._question is not None  # noqa: S101  the form stands for a plan that was read
        return ReturnQuestion(
            absence_id=self._question.absence_id,
            today=self._question.today,
            for_employer=values["whom"] != CLIENT,
            say_helps=bool(values.get("say_helps")),
            say_fit_note=bool(values.get("say_fit_note")),
            override_reason=values["override_reason"],
        )

    @override
    def ask_again(self, values: dict[str, Any], then: Any) -> None:
        self.office.desk.ask(read_return_plan, self._question_of(values), then)

    @override
    def show_paper(self, found: ReturnPlan) -> None:
        words = "\n".join(self._reading(found))
        self.show_reading(words, found.go, for_employer=found.question.for_employer)

    def _reading(self, plan: ReturnPlan) -> Iterator[str]:
        for number, step in enumerate(plan.absence.steps, start=1):
            parts = (day(step.from_on), step.hours_words, step.days, step.duties, step.place)
            yield f"{number}. {'  ·  '.join(part for part in parts if part)}"
        if plan.helps:
            yield self.tr("What would help: {words}").format(words=plan.helps)
        if plan.fit_note:
            yield self.tr("What the fit note says: {words}").format(words=plan.fit_note)
        yield self.tr("Never what the illness is, or how a step went. Room to sign for both.")

    @override
    def printed(self, question: Any, size: HealthPrint) -> Printed:
        def wish(target: Path) -> PrintReturnPlan:
            return PrintReturnPlan(question=question, target=target, size=size)

        return Printed(file_name=RETURN_FILE, write=write_return_plan, wish=wish)
