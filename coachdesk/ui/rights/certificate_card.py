"""What was erased so far, and the certificate for the trustees."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from coachdesk.casework.erasing import ErasureRow, list_erasures
from coachdesk.errors import Refusal
from coachdesk.papers.trustees import SaveCertificate, save_certificate
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Date, Together
from coachdesk.ui.forms.form import Form
from coachdesk.ui.spoken import moment
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, label, row, secondary_button
from coachdesk.ui.wizard import WorkingPage

_SHOWN = 20


class CertificateCard(Card):
    """The erasures, the newest first, and a PDF of those of a period; nobody is named."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__()
        self._page, self._office = page, page.office
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.HAIR)
        self.form = Form(
            (
                Together(
                    Date("from_on", self.tr("From"), needed=True, lean="past"),
                    Date("to_on", self.tr("To"), needed=True, lean="past"),
                ),
            ),
            self._office.desk.clock,
        )
        today = self._office.desk.clock.today()
        self.form.set_values({"from_on": today.replace(month=1, day=1), "to_on": today})
        self.save_button = secondary_button(self.tr("Save the certificate…"), "printer")
        self.add(label(self.tr("What was erased"), "section"))
        self.add(self.lines)
        self.add(self.form)
        self.add(row(self.save_button, 1))
        self.save_button.clicked.connect(self._save)

    def refresh(self) -> None:
        """Ask what was erased."""
        self._office.desk.ask(list_erasures, None, self._show)

    def _show(self, rows: tuple[ErasureRow, ...]) -> None:
        clear(self.lines)
        for one in rows[:_SHOWN]:
            words = self.tr("{moment}, by {who}: {why}").format(
                moment=moment(one.erased_at), who=one.erased_by, why=one.reason
            )
            self.lines.addWidget(label(words, wrap=True))
        if not rows:
            self.lines.addWidget(label(self.tr("Nobody has been erased yet."), "meta", wrap=True))
        lay_out(self)

    @Slot()
    def _save(self) -> None:
        self.form.clear_refusal()
        try:
            values = self.form.values()
        except Refusal as refusal:
            self.form.set_refusal(refusal)
            return
        name = self.tr("Certificate of erasure {day}.pdf").format(day=values["to_on"])
        target = self._office.dialogs.save_as(name, (self.tr("PDF (*.pdf)"),))
        if target is not None:
            wish = SaveCertificate(target=target, **values)
            self._page.start(save_certificate, wish, self.tr("Setting the certificate…"), self._saved)

    def _saved(self, target: Path) -> None:
        self._office.messages.say_done(self.tr("The certificate is saved: {file}").format(file=target))
