"""Passing clients on to a lead provider: first who would go and who would not, then the sealed file."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.exchange.sealed_file import named_sealed
from coachdesk.exchange.transfers import (
    MakeTransfer,
    TransferPreview,
    TransferQuestion,
    preview_transfer,
    transfer,
)
from coachdesk.exchange.transfers_written import Left
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Date, Together
from coachdesk.ui.forms.form import Form
from coachdesk.ui.returns.named_seal import SealCard
from coachdesk.ui.rights.part import Part
from coachdesk.ui.spoken import plural
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Banner,
    Card,
    EmptyState,
    Pill,
    label,
    primary_button,
    row,
    secondary_button,
)
from coachdesk.ui.wizard import WorkingPage

_HEIGHT = 220


class TransferPart(Part):
    """Look first; then the passphrase, and a confirmation that says what cannot be taken back."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self.preview: TransferPreview | None = None
        self._question: TransferQuestion | None = None
        self._programme = ""
        self.dates = Form(
            (
                Together(
                    Date("from_on", self.tr("On the p&rogramme from"), hint=self.tr("Empty for everybody.")),
                    Date("to_on", self.tr("Up &to")),
                ),
            ),
            self.office.desk.clock,
        )
        self.dates.setAccessibleName(self.tr("Who was on the programme"))
        self.look_button = secondary_button(self.tr("See &who would go"), "eye")
        self.blocked = Banner(self.tr("Nothing can be passed on by name"), "", Tone.DANGER, closable=False)
        self.counts = QVBoxLayout()
        self.going = TwoLineList(self.tr("Who goes"))
        self.staying = TwoLineList(self.tr("Who does not, and why"))
        self._cards: list[Card] = []
        self.lists = QWidget()
        self.seal = SealCard(self.office)
        self.csv_button = primary_button(self.tr("Write a sealed CS&V file…"), "lock")
        self.xlsx_button = secondary_button(self.tr("Write a sealed wor&kbook…"), "table")
        self.sealing = Card()
        self._arrange()
        self._connect()
        self._forget()

    def _arrange(self) -> None:
        card = Card()
        card.add(label(self.tr("Pass clients on to the lead provider"), "section", wrap=True))
        told = self.tr(
            "Each client goes only with a permission in force for exactly this. Everybody else is left out and counted."
        )
        card.add(label(told, "meta", wrap=True))
        card.add(self.dates)
        card.add(row(self.look_button, 1))
        box = QVBoxLayout(self.lists)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        told_first = Card()
        told_first.add(self.counts)
        box.addWidget(told_first)
        for title, one in (
            (self.tr("Who goes"), self.going),
            (self.tr("Who does not, and why"), self.staying),
        ):
            one.setMinimumHeight(_HEIGHT)
            held = Card()
            held.add(label(title, "section"))
            held.add(one)
            box.addWidget(held)
            self._cards.append(held)
        self.sealing.add(label(self.tr("Seal the file"), "section"))
        self.sealing.add(self.seal)
        self.sealing.add(row(self.csv_button, self.xlsx_button, 1, spacing=Space.GAP))
        whole: tuple[QWidget, ...] = (self.blocked, card, self.lists, self.sealing)
        for part in whole:
            self.body.addWidget(part)

    def _connect(self) -> None:
        self.look_button.clicked.connect(self.look_at)
        self.dates.changed.connect(self._forget)
        self.csv_button.clicked.connect(self._write_csv)
        self.xlsx_button.clicked.connect(self._write_xlsx)
        self.going.opened.connect(self.page.open_client)
        self.staying.opened.connect(self.page.open_client)

    def show_programme(self, key: str) -> None:
        """Take in another programme; what was shown is put away."""
        if key != self._programme:
            self._programme = key
            self._forget()

    @override
    def refresh(self) -> None:
        if self.preview is not None:
            self.look_at()

    @Slot()
    def _forget(self) -> None:
        self.preview = None
        for piece in (self.blocked, self.lists, self.sealing):
            piece.hide()

    @Slot()
    def look_at(self) -> None:
        """Ask who would go and who would not."""
        values = self.dates.read(dict[str, Any])
        if values is not None and self._programme:
            self._question = TransferQuestion(programme_key=self._programme, **values)
            self.office.desk.ask(preview_transfer, self._question, self._show, refused=self.page.show_refusal)

    def _show(self, preview: TransferPreview) -> None:
        self.preview = preview
        self.blocked.message.setText(preview.blocked)
        self.blocked.setVisible(bool(preview.blocked))
        self.lists.setVisible(not preview.blocked)
        self.sealing.setVisible(not preview.blocked and bool(preview.going))
        self.going.show_items([ListItem(one.client_id, one.name, one.reference) for one in preview.going])
        self.staying.show_items([ListItem(one.client_id, one.name, one.why) for one in preview.staying])
        for card, people in zip(self._cards, (preview.going, preview.staying), strict=True):
            card.setVisible(bool(people))
        clear(self.counts)
        if not preview.going:
            words = self.tr("No client of this programme has a permission in force for exactly this.")
            self.counts.addWidget(EmptyState(self.tr("Nobody would go"), words, icon="shield-check"))
        else:
            self.counts.addWidget(Pill(plural(len(preview.going), "client goes", "clients go"), Tone.OK))
        for reason, count in preview.left_out.items():
            said = self.tr("{count} left out: {reason}").format(count=count, reason=reason)
            self.counts.addWidget(label(said, wrap=True))
        lay_out(self)

    @Slot()
    def _write_csv(self) -> None:
        self._write("csv")

    @Slot()
    def _write_xlsx(self) -> None:
        self._write("xlsx")

    def _write(self, ending: str) -> None:
        preview = self.preview
        if preview is None or self._question is None:
            return
        seal = self.seal.seal()
        if seal is None:
            return
        today = self.office.desk.clock.today()
        name = f"clients {preview.basis.programme_key} {today}.{ending}.age"
        target = self.office.dialogs.save_as(name, (self.tr("Sealed file (*.age)"),))
        if target is None or not self._agreed(preview):
            return
        wish = MakeTransfer(
            question=self._question,
            path=named_sealed(target),
            seal=seal,
            previewed=frozenset(one.client_id for one in preview.going),
        )
        self.page.start(transfer, wish, self.tr("Sealing the file…"), self._written, writes=True)

    def _agreed(self, preview: TransferPreview) -> bool:
        clients = plural(len(preview.going), self.tr("client"), self.tr("clients"))
        question = self.tr("Pass {clients} on by name to {recipient}?").format(
            clients=clients, recipient=preview.basis.recipient
        )
        explain = self.tr(
            "The file holds: {what}. Once it has left, nobody can take it back. It is written down under each client’s "
            "“Passed on”, and here."
        ).format(what=preview.what)
        return self.office.dialogs.confirm(question, yes=self.tr("Write it"), explain=explain, danger=True)

    def _written(self, left: Left) -> None:
        self.seal.forget()
        self._forget()
        words = self.tr("The sealed file lies here: {file}. Tell the passphrase by telephone or in person.")
        self.office.messages.say(words.format(file=left.path), tone=Tone.OK)
