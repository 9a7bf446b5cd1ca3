"""The room of what leaves by name: the footing, a transfer, an auditor's pack, and what was passed on. Managers only."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.programmes import ProgrammeRow, list_programmes
from coachdesk.exchange.transfers_written import NamedExportRow, list_named_exports
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.returns.choice_box import choice_box
from coachdesk.ui.returns.named_audit import AuditPart
from coachdesk.ui.returns.named_basis import BasisPart
from coachdesk.ui.returns.named_transfer import TransferPart
from coachdesk.ui.rights.part import ManagersPart, Part
from coachdesk.ui.spoken import moment, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, Divider, EmptyState, Pill, column, label, row
from coachdesk.ui.wizard import WorkingPage


class PassedPart(Part):
    """Every file that left by name, the newest first."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        card = Card()
        card.add(label(self.tr("What was passed on by name"), "section"))
        card.add(self.lines)
        self.body.addWidget(card)

    @override
    def refresh(self) -> None:
        self.office.desk.ask(list_named_exports, None, self._show, refused=self.page.show_refusal)

    def _show(self, rows: tuple[NamedExportRow, ...]) -> None:
        clear(self.lines)
        if not rows:
            words = self.tr(
                "Every sealed file with names is listed here: to whom, how many clients, and by whom."
            )
            self.lines.addWidget(EmptyState(self.tr("Nothing has left by name"), words, icon="lock"))
        for place, one in enumerate(rows):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(one))
        lay_out(self)

    def _line(self, one: NamedExportRow) -> QWidget:
        clients = plural(one.client_count, self.tr("client"), self.tr("clients"))
        out = sum(one.left_out.values())
        said = self.tr("{programme} · {moment} by {who} · {clients}, {out} left out").format(
            programme=one.programme, moment=moment(one.made_at), who=one.made_by, clients=clients, out=out
        )
        told = self.tr("{file} · SHA-256 {sum}…").format(file=one.file_name, sum=one.sha256[:16])
        words = column(
            label(one.recipient, "strong", wrap=True),
            label(said, "meta", wrap=True),
            label(one.purpose, wrap=True),
            label(told, "meta", wrap=True),
            spacing=Space.HAIR,
        )
        line = row(words, Pill(one.sort, Tone.INFO), spacing=Space.GAP)
        line.setStretch(0, 1)
        holder = QWidget()
        holder.setLayout(line)
        return holder


class NamedPart(ManagersPart):
    """A programme, and four things to do about what leaves by name."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self.programme = choice_box(self.tr("Programme"))
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("What leaves by name"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.stack = QStackedWidget()
        self.basis = BasisPart(page)
        self.transfer = TransferPart(page)
        self.audit = AuditPart(page)
        self.passed = PassedPart(page)
        views: tuple[tuple[str, Part], ...] = (
            (self.tr("The &footing"), self.basis),
            (self.tr("To the l&ead provider"), self.transfer),
            (self.tr("For an audit&or"), self.audit),
            (self.tr("What &left"), self.passed),
        )
        self._parts = tuple(part for _, part in views)
        for words, part in views:
            self.tabs.addTab(words)
            self.stack.addWidget(part)
        name = label(self.tr("Programme"), "label")
        name.setBuddy(self.programme)
        self.inside.addLayout(row(name, self.programme, 1, spacing=Space.GAP))
        self.inside.addWidget(self.tabs)
        self.inside.addWidget(self.stack)
        self.tabs.currentChanged.connect(self._tab)
        self.programme.activated.connect(self._chosen)

    @override
    def refresh(self) -> None:
        if self.manages:
            self.office.desk.ask(list_programmes, None, self._know_programmes)

    def _know_programmes(self, rows: tuple[ProgrammeRow, ...]) -> None:
        current = self.programme.currentData()
        self.programme.clear()
        for one in rows:
            self.programme.addItem(one.title, one.key)
        self.programme.setCurrentIndex(max(self.programme.findData(current), 0))
        self._chosen()

    @Slot()
    def _chosen(self) -> None:
        key = self.programme.currentData()
        if key is None:
            return
        self.basis.show_programme(key)
        self.transfer.show_programme(key)
        self.audit.show_programme(key)
        self._parts[self.tabs.currentIndex()].refresh()

    @Slot(int)
    def _tab(self, index: int) -> None:
        self.stack.setCurrentIndex(index)
        self.page.refusal.hide()
        self._parts[index].refresh()
        lay_out(self)
