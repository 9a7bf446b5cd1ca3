"""The pack for an auditor: who is in it by permission or reason, which whole files, then sealed."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from coachdesk.exchange.audit_pack import (
    AuditPreview,
    AuditQuestion,
    AuditWriters,
    MakeAuditPack,
    make_audit_pack,
    preview_audit,
)
from coachdesk.exchange.audit_sample import MOST_FILES, SampleWish
from coachdesk.exchange.sealed_file import named_sealed
from coachdesk.exchange.transfers_written import Left
from coachdesk.papers.audit_file import whole_file
from coachdesk.returns.method_sheet import METHOD_COLUMNS, method_rows
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.drafts.kept_form import KeptForm
from coachdesk.ui.forms.fields import Lines, Number, Text, Together
from coachdesk.ui.forms.form import Form
from coachdesk.ui.returns.named_seal import SealCard
from coachdesk.ui.rights.part import Part
from coachdesk.ui.spoken import plural
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Card, Pill, label, primary_button, row, secondary_button
from coachdesk.ui.wizard import WorkingPage

_HEIGHT = 200
_WRITERS = AuditWriters(whole_file=whole_file, method_columns=METHOD_COLUMNS, method_rows=method_rows)


class AuditPart(Part):
    """A form, a preview, the passphrase typed twice, and a confirmation."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self.preview: AuditPreview | None = None
        self._question: AuditQuestion | None = None
        self._programme = ""
        self.form = Form(self._parts(), self.office.desk.clock)
        self.form.setAccessibleName(self.tr("The pack for an auditor"))
        self.kept = KeptForm(self.office, "audit pack", self.form)
        self.look_button = secondary_button(self.tr("See &what would go"), "eye")
        self.seen = Card()
        self.counts = QVBoxLayout()
        self.files = TwoLineList(self.tr("Whole files"))
        self.files.setMinimumHeight(_HEIGHT)
        self.seal = SealCard(self.office)
        self.write_button = primary_button(self.tr("Write the sealed pac&k…"), "lock")
        self.sealing = Card()
        self._arrange()
        self.look_button.clicked.connect(self.look_at)
        self.form.changed.connect(self._forget)
        self.write_button.clicked.connect(self._write)
        self.files.opened.connect(self.page.open_client)
        self._forget()

    def _parts(self) -> tuple[Text | Together | Lines, ...]:
        return (
            Text("auditor", self.tr("Who &is the auditor"), needed=True),
            Together(
                Number(
                    "number",
                    self.tr("How man&y whole files"),
                    hint=self.tr("Drawn by chance; an audit usually asks for 10 to 15."),
                    lowest=0,
                    highest=MOST_FILES,
                ),
                Text(
                    "seed",
                    self.tr("Seed of the &draw"),
                    hint=self.tr("Any word, best one the auditor names: the same word draws the same files."),
                ),
            ),
            Text(
                "references",
                self.tr("Or these files, by &reference"),
                hint=self.tr("With commas between; then nothing is drawn."),
            ),
            Lines(
                "legal_reason",
                self.tr("Without a permission, because"),
                rows=2,
                hint=self.tr(
                    "Only where the law allows it: it is written down for every client who gave no permission."
                ),
            ),
        )

    def _arrange(self) -> None:
        card = Card()
        card.add(label(self.tr("A pack for an audit of quality"), "section"))
        told = self.tr(
            "The current list by reference, how every figure is counted, and whole files of a sample, in one sealed file."
        )
        card.add(label(told, "meta", wrap=True))
        card.add(self.kept.banner)
        card.add(self.form)
        card.add(row(self.look_button, 1))
        self.seen.add(label(self.tr("What would go"), "section"))
        self.seen.add(self.counts)
        self.seen.add(self.files)
        self.sealing.add(label(self.tr("Seal the pack"), "section"))
        self.sealing.add(self.seal)
        self.sealing.add(row(self.write_button, 1))
        for part in (card, self.seen, self.sealing):
            self.body.addWidget(part)

    def show_programme(self, key: str) -> None:
        """Take in another programme; what was shown is put away."""
        if key != self._programme:
            self._programme = key
            self.kept.show(key, self.tr("A pack for an audit of quality"))
            self._forget()

    @override
    def refresh(self) -> None:
        if self.preview is not None:
            self.look_at()

    @Slot()
    def _forget(self) -> None:
        self.preview = None
        self.seen.hide()
        self.sealing.hide()

    def _wish(self, **values: Any) -> AuditQuestion:
        references = tuple(one.strip() for one in values["references"].split(",") if one.strip())
        return AuditQuestion(
            programme_key=self._programme,
            auditor=values["auditor"],
            sample=SampleWish(number=values["number"] or 0, seed=values["seed"], references=references),
            legal_reason=values["legal_reason"],
        )

    @Slot()
    def look_at(self) -> None:
        """Ask what the pack would hold."""
        question = self.form.read(self._wish)
        if question is not None and self._programme:
            self._question = question
            self.office.desk.ask(preview_audit, question, self._show, refused=self.form.set_refusal)

    def _show(self, preview: AuditPreview) -> None:
        self.preview = preview
        clear(self.counts)
        listed = plural(
            len(preview.listed), self.tr("client in the current list"), self.tr("clients in the current list")
        )
        self.counts.addWidget(Pill(listed, Tone.OK if preview.listed else Tone.WARNING))
        without = sum(not one.permitted for one in preview.listed)
        if without:
            said = plural(
                without,
                self.tr("of them without a permission, for the reason above"),
                self.tr("of them without a permission, for the reason above"),
            )
            self.counts.addWidget(label(said, tone=Tone.WARNING, wrap=True))
        for reason, count in preview.left_out.items():
            told = self.tr("{count} left out: {reason}").format(count=count, reason=reason)
            self.counts.addWidget(label(told, wrap=True))
        self.counts.addWidget(label(preview.sample.method, "meta", wrap=True))
        self.files.setVisible(bool(preview.files))
        if preview.files:
            said = self.tr(
                "Passages about somebody else are left out of whole files. Each place is marked, and the pack says how many."
            )
            self.counts.addWidget(label(said, "meta", wrap=True))
        self.files.show_items([ListItem(one.client_id, one.name, one.reference) for one in preview.files])
        self.seen.show()
        self.sealing.setVisible(bool(preview.listed))
        lay_out(self)

    @Slot()
    def _write(self) -> None:
        preview, question = self.preview, self._question
        if preview is None or question is None:
            return
        seal = self.seal.seal()
        if seal is None:
            return
        name = f"audit pack {question.programme_key} {self.office.desk.clock.today()}.zip.age"
        target = self.office.dialogs.save_as(name, (self.tr("Sealed file (*.age)"),))
        if target is None or not self._agreed(preview, question):
            return
        wish = MakeAuditPack(
            question=question,
            path=named_sealed(target),
            seal=seal,
            writers=_WRITERS,
            previewed=frozenset(one.client_id for one in preview.listed),
        )
        self.page.start(make_audit_pack, wish, self.tr("Making the pack…"), self._written, writes=True)

    def _agreed(self, preview: AuditPreview, question: AuditQuestion) -> bool:
        asked = self.tr("Make the pack for {auditor}?").format(auditor=question.auditor.strip())
        files = plural(len(preview.files), self.tr("whole file"), self.tr("whole files"))
        listed = plural(len(preview.listed), self.tr("client"), self.tr("clients"))
        explain = self.tr(
            "It holds {listed} in the current list and {files}. Once it has left, nobody can take it back. It is written "
            "down under each client’s “Passed on”, and here."
        ).format(listed=listed, files=files)
        return self.office.dialogs.confirm(asked, yes=self.tr("Make it"), explain=explain, danger=True)

    def _written(self, left: Left) -> None:
        self.seal.forget()
        self.kept.forget()
        self._forget()
        words = self.tr("The sealed pack lies here: {file}. Tell the passphrase by telephone or in person.")
        said = words.format(file=left.path)
        if left.passages_left_out:
            passages = plural(
                left.passages_left_out,
                self.tr("passage about somebody else was left out."),
                self.tr("passages about somebody else were left out."),
            )
            said = f"{said} {passages}"
        self.office.messages.say(said, tone=Tone.OK)
