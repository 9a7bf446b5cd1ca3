"""The form of the Work tab: a job that has started, its details, its end, hours and pay, evidence, weeks, the good-work check."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.good_work import GoodWorkPage, SaveGoodWork, save_good_work
from coachdesk.casework.job_evidence import (
    AddEvidence,
    CorrectEvidence,
    EvidenceRow,
    JobEvidenceRow,
    add_evidence,
    correct_evidence,
)
from coachdesk.casework.job_starts import (
    CorrectJob,
    EndJob,
    RecordJob,
    correct_job,
    end_job,
    record_job,
)
from coachdesk.casework.job_terms import SaveTerms, save_terms
from coachdesk.casework.work import JobRow, TermsRow
from coachdesk.casework.work_weeks import FillWeeks, WeeksRow, fill_weeks
from coachdesk.terms import Unstated
from coachdesk.ui.clients.in_sight import bring_into_sight
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.forms.answer import AnswerInput
from coachdesk.ui.forms.fields import Option, Part
from coachdesk.ui.forms.inputs import CheckInput, TextInput
from coachdesk.ui.office import Office
from coachdesk.ui.work import job_parts
from coachdesk.ui.work.employer_line import EmployerLine

_CODED = (
    *("contract", "employment_type", "is_competitive", "evidence", "wants_more_hours", "end_reason"),
    *("employer_size", "employer_sort"),
)
_SHORT = ("done_on", "note", job_parts.MORE)


class JobForm(SideForm):
    """One form at a time; questions that few need fold open, and stay open where one of them is answered.

    Signals: ``recorded(UUID)`` after a job was recorded.
    """

    recorded = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, "job", self.tr("&Save"), parent)
        self.employer: EmployerLine | None = None
        self._folded: tuple[str, ...] = ()
        self._job_id: UUID | None = None
        self._whose: UUID | None = None
        self._terms_id: UUID | None = None
        self._evidence_id: UUID | None = None
        self._starts = False
        self.saved.connect(self._tell)

    def start(self, client_id: UUID, values: Mapping[str, Any]) -> None:
        """Ask about a job that has started; ``values`` are filled in, the rest has sensible defaults."""
        self._whose = client_id
        told = {
            "started_on": self._office.desk.clock.today(),
            "employment_type": "employee",
            **{name: value for name, value in values.items() if value not in {None, ""}},
        }
        parts = job_parts.start_parts(self._office.codes)
        self._open(
            self.tr("A job has started"), parts, told, self._start_wish, record_job, "start", client_id
        )
        self._starts = True
        shown = {*job_parts.FIRST, *job_parts.NEW_EMPLOYER, job_parts.MORE}
        self._fold_all_but(shown)
        self._watch_employer()

    def _start_wish(self, values: dict[str, Any]) -> RecordJob:
        assert self._whose is not None  # noqa: S101  the form opens for a client
        told = _coded(values)
        told.pop(job_parts.MORE)
        return RecordJob(client_id=self._whose, **told)

    def correct(self, job: JobRow, client_id: UUID) -> None:
        """Ask for the details of a job anew."""
        parts = job_parts.correct_parts(self._office.codes, has_ended=job.ended_on is not None)
        heading = self.tr("Correct the details of this job")
        self._open(heading, parts, job, self._correct_wish, correct_job, "correct", client_id, job.id)
        self._watch_employer()

    def _correct_wish(self, values: dict[str, Any]) -> CorrectJob:
        return CorrectJob(job_id=self._which(), **_coded(values))

    def end(self, job_id: UUID, client_id: UUID) -> None:
        """Ask how a job ended."""
        values = {"ended_on": self._office.desk.clock.today()}
        parts = job_parts.end_parts(self._office.codes)
        self._open(
            self.tr("The job has ended"), parts, values, self._end_wish, end_job, "end", client_id, job_id
        )

    def _end_wish(self, values: dict[str, Any]) -> EndJob:
        return EndJob(job_id=self._which(), **_coded(values))

    def terms(self, job: JobRow, client_id: UUID, row: TermsRow | None) -> None:
        """Ask for hours and pay from a day on, or for a line of their story anew."""
        heading = self.tr("Other hours or pay") if row is None else self.tr("Correct hours and pay")
        values: object = row
        if row is None:
            now = next((one for one in job.terms if one.is_in_force), None)
            values = {
                "as_on": self._office.desk.clock.today(),
                **({} if now is None else {name: getattr(now, name) for name in _GO_ON}),
            }
        self._terms_id = None if row is None else row.id
        kind = "terms" if row is None else f"terms_{row.id.hex}"
        parts = job_parts.terms_parts(self._office.codes)
        self._open(heading, parts, values, self._terms_wish, save_terms, kind, client_id, job.id)

    def _terms_wish(self, values: dict[str, Any]) -> SaveTerms:
        return SaveTerms(job_id=self._which(), terms_id=self._terms_id, **_coded(values))

    def evidence(
        self,
        job_id: UUID,
        client_id: UUID,
        known: JobEvidenceRow,
        outcome: str,
        held: EvidenceRow | None = None,
    ) -> None:
        """Ask what was seen, for one outcome; or for a piece of evidence anew."""
        outcomes = [Option(one.key, one.title) for one in known.outcomes]
        documents = [Option(key, title) for key, title in known.documents]
        parts = job_parts.evidence_parts(self._office.codes, outcomes, documents)
        if held is not None and held.id is not None:
            self._evidence_id = held.id
            heading, kind = self.tr("Correct this evidence"), f"evidence_{held.id.hex}"
            self._open(heading, parts, held, self._corrected_wish, correct_evidence, kind, client_id, job_id)
            return
        values = {"outcome": outcome, "seen_on": self._office.desk.clock.today()}
        heading = self.tr("Evidence that was seen")
        self._open(heading, parts, values, self._evidence_wish, add_evidence, "evidence", client_id, job_id)

    def _evidence_wish(self, values: dict[str, Any]) -> AddEvidence:
        return AddEvidence(job_id=self._which(), **values)

    def _corrected_wish(self, values: dict[str, Any]) -> CorrectEvidence:
        assert self._evidence_id is not None  # noqa: S101  the form opens for a piece of evidence
        return CorrectEvidence(evidence_id=self._evidence_id, **values)

    def fill(self, job_id: UUID, client_id: UUID, known: WeeksRow) -> None:
        """Ask which weeks are as usual."""
        empty = [week.week_on for week in known.weeks if not week.is_known]
        values = {
            "from_on": min(empty, default=None),
            "to_on": self._office.desk.clock.today(),
        }
        heading = self.tr("The same every week: {hours} hours, as estimates").format(hours=known.usual_hours)
        parts = job_parts.fill_parts()
        self._open(heading, parts, values, self._fill_wish, fill_weeks, "fill", client_id, job_id)

    def _fill_wish(self, values: dict[str, Any]) -> FillWeeks:
        return FillWeeks(job_id=self._which(), from_on=values["from_on"], to_on=values["to_on"])

    def check(self, job_id: UUID, client_id: UUID, known: GoodWorkPage) -> None:
        """Ask the good-work check: one plain question a dimension, the others behind a fold."""
        values: dict[str, dt.date] = {"done_on": self._office.desk.clock.today()}
        parts = job_parts.check_parts(known.questions)
        heading = self.tr("The good-work check")
        self._open(heading, parts, values, self._check_wish, save_good_work, "check", client_id, job_id)
        self._fold_all_but({*_SHORT, *(one.key for one in known.questions if one.is_short)})
        for one in self._answers():
            one.moved_on.connect(self._on)
            one.moved_back.connect(self._back)
        self._answers()[0].focus()

    def _check_wish(self, values: dict[str, Any]) -> SaveGoodWork:
        asked = {key: value for key, value in values.items() if key not in _SHORT and value is not None}
        return SaveGoodWork(
            job_id=self._which(), done_on=values["done_on"], note=values["note"], answers=asked
        )

    def _answers(self) -> list[AnswerInput]:
        assert self.form is not None  # noqa: S101  asked of an open form
        rows = (self.form.row(name) for name in self.form.names())
        return [one.input for one in rows if isinstance(one.input, AnswerInput) and not one.isHidden()]

    @Slot()
    def _on(self) -> None:
        self._step(1)

    @Slot()
    def _back(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        shown, sender = self._answers(), self.sender()
        place = next(at for at, one in enumerate(shown) if one is sender) + by
        if place >= len(shown):
            self.save_button.setFocus()
            bring_into_sight(self.save_button)
        elif place >= 0:
            shown[place].focus()
            bring_into_sight(shown[place].holder)

    def _open(
        self,
        heading: str,
        parts: Sequence[Part],
        values: object,
        wish: Any,
        command: Any,
        kind: str,
        client_id: UUID,
        job_id: UUID | None = None,
    ) -> None:
        self._job_id, self._starts, self._folded, self.employer = job_id, False, (), None
        about = f"{kind}:{(job_id or client_id).hex}"
        self.open_form(heading, parts, values, wish, command, about=about, client_id=client_id)
        bring_into_sight(self)

    def _which(self) -> UUID:
        assert self._job_id is not None  # noqa: S101  the form opens for a job
        return self._job_id

    def _fold_all_but(self, shown: set[str]) -> None:
        assert self.form is not None  # noqa: S101  asked of an open form
        self._folded = tuple(name for name in self.form.names() if name not in shown)
        self.form.changed.connect(self._fold)
        self._fold()

    @Slot()
    def _fold(self) -> None:
        """Show what folds where it is asked for, or where one of it is answered: nothing that was typed hides."""
        if self.form is None or not self._folded:
            return
        box = self.form.input(job_parts.MORE)
        assert isinstance(box, CheckInput)  # noqa: S101  the parts say so
        answered = any(self.form.input(name).raw() not in {"", None} for name in self._folded)
        self._show_fields(self._folded, shown=box.box.isChecked() or answered)

    def _watch_employer(self) -> None:
        assert self.form is not None  # noqa: S101  asked of an open form
        field = self.form.input("employer_name")
        assert isinstance(field, TextInput)  # noqa: S101  the parts say so
        self.employer = EmployerLine(self._office, field)
        self.employer.known.connect(self._show_new_employer)
        self.employer.picked.connect(self._to_title)
        self._look_at_employer()

    def _look_at_employer(self) -> None:
        """Ask more of an employer only where somebody has begun to answer it."""
        if self.employer is not None and self.form is not None:
            told = any(self.form.input(name).raw() for name in job_parts.NEW_EMPLOYER)
            self._show_new_employer(known=not told)

    @Slot(bool)
    def _show_new_employer(self, known: bool) -> None:  # noqa: FBT001  what the signal hands over
        self._show_fields(job_parts.NEW_EMPLOYER, shown=not known)

    def _show_fields(self, names: Sequence[str], *, shown: bool) -> None:
        """Show fields or leave them out; the page is laid out anew only where that changes anything."""
        if self.form is None or all(self.form.row(name).isHidden() is not shown for name in names):
            return
        for name in names:
            self.form.set_shown(name, shown=shown)
        lay_out(self)

    @Slot()
    def _to_title(self) -> None:
        if self.form is not None:
            self.form.input("title").focus()

    @override
    def _offer(self, drafts: Any) -> None:
        super()._offer(drafts)
        self._fold()
        self._look_at_employer()

    @Slot(object)
    def _tell(self, value: object) -> None:
        if self._starts:
            self.recorded.emit(value)


_GO_ON = ("usual_hours", "guaranteed_hours", "hourly_pay", "wants_more_hours")


def _coded(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with "not asked" for a choice nobody made."""
    return {
        name: value or str(Unstated.NOT_ASKED) if name in _CODED else value for name, value in values.items()
    }
