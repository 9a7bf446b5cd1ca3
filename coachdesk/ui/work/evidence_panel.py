"""Evidence of each outcome: what the funder accepts, what is held, and what is missing."""

from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.job_evidence import (
    HELD,
    MISSING,
    OTHER,
    EvidenceRow,
    JobEvidenceRow,
    OutcomeEvidence,
    TakeOutEvidence,
    list_job_evidence,
    take_out_evidence,
)
from coachdesk.terms import Kind
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Divider, IconButton, Pill, RoundIcon, column, label, row
from coachdesk.ui.work.panel import JobPanel

_LOOKS = {HELD: ("check", Tone.OK), OTHER: ("info", Tone.INFO), MISSING: ("file-text", Tone.WARNING)}


class EvidencePanel(JobPanel):
    """A line an outcome."""

    def __init__(self, office: Office, job_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(office, job_id, parent)
        self._known: JobEvidenceRow | None = None
        self._held_rows: dict[str, EvidenceRow] = {}
        self.refresh()

    @override
    def refresh(self) -> None:
        self.office.desk.ask(list_job_evidence, self.question(), self._show, refused=self.refused)

    def _show(self, known: JobEvidenceRow) -> None:
        if known == self._known:
            return
        self._known = known
        self._held_rows = {
            one.id.hex: one for each in known.outcomes for one in each.held if one.id is not None
        }
        clear(self.body)
        for place, outcome in enumerate(known.outcomes):
            if place:
                self.body.addWidget(Divider())
            self.body.addWidget(self._outcome(outcome))
        lay_out(self)

    def _outcome(self, outcome: OutcomeEvidence) -> QWidget:
        icon, tone = _LOOKS[outcome.stands]
        head = row(label(outcome.title, "strong", wrap=True))
        head.setStretch(0, 1)
        head.addWidget(Pill(self._stands(outcome), tone))
        add = Button(self.tr("Add"), "plus")
        add.setAccessibleName(self.tr("Add evidence of {outcome}").format(outcome=outcome.title))
        add.setProperty("outcome", outcome.key)
        add.clicked.connect(self._add)
        head.addWidget(add)
        said = column(head, spacing=Space.HAIR)
        accepted = self.tr("The funder accepts one of: {kinds}.").format(kinds=", ".join(outcome.accepted))
        unknown = self.tr("What the funder accepts is not written down.")
        said.addWidget(label(accepted if outcome.accepted else unknown, "meta", wrap=True))
        for one in outcome.held:
            said.addLayout(self._held(one))
        line = row(spacing=Space.GAP)
        line.addLayout(column(RoundIcon(icon, tone, 24), 1))
        line.addLayout(said, 1)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    def _stands(self, outcome: OutcomeEvidence) -> str:
        if outcome.stands == MISSING:
            return self.tr("Missing")
        if outcome.stands == HELD or not outcome.accepted:
            return self.tr("Held")
        return self.tr("Held, of another kind")

    def _held(self, one: EvidenceRow) -> QHBoxLayout:
        parts = [one.sort_words]
        if one.seen_on is not None:
            seen = self.tr("seen on {day}").format(day=day(one.seen_on))
            parts.append(f"{seen} ({one.seen_by})" if one.seen_by else seen)
        if one.from_on is not None or one.to_on is not None:
            covers = (day(one.from_on) or "…", day(one.to_on) or "…")
            parts.append(self.tr("covers {first} to {last}").format(first=covers[0], last=covers[1]))
        parts += [part for part in (one.document, one.note) if part]
        line = row(label(" · ".join(parts), wrap=True))
        line.setStretch(0, 1)
        if one.id is not None:
            correct = IconButton(self.tr("Correct: {evidence}").format(evidence=one.sort_words), "pencil")
            correct.setProperty("evidence", one.id.hex)
            correct.clicked.connect(self._correct)
            out = IconButton(self.tr("Take out: {evidence}").format(evidence=one.sort_words), "trash-2")
            out.setProperty("evidence", one.id.hex)
            out.clicked.connect(self._take_out)
            line.addWidget(self.history_of(Kind.JOB_EVIDENCE, one.id, one.sort_words))
            line.addWidget(correct)
            line.addWidget(out)
        return line

    @Slot()
    def _add(self) -> None:
        if self._known is not None:
            self.wanted.emit("evidence", (self._known, str(self.sender().property("outcome"))))

    @Slot()
    def _correct(self) -> None:
        if self._known is not None:
            held = self._held_rows[str(self.sender().property("evidence"))]
            self.wanted.emit("evidence", (self._known, held.outcome, held))

    @Slot()
    def _take_out(self) -> None:
        wish = TakeOutEvidence(evidence_id=UUID(hex=str(self.sender().property("evidence"))))
        self.office.desk.do(take_out_evidence, wish, refused=self.refused)
