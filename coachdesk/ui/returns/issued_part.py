"""The room of what was issued: the register, and one release opened with its figures, tables and what changed since."""

import datetime as dt
from typing import Protocol, runtime_checkable
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.returns.issue_questions import intruder_questions
from coachdesk.returns.issue_review import QUESTION
from coachdesk.returns.reconciling import Reconciliation, reconciled
from coachdesk.returns.reopened import Reopened, reopened
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.returns.figures_view import FiguresView
from coachdesk.ui.returns.issued_changes import ChangesView
from coachdesk.ui.returns.register_view import RegisterView
from coachdesk.ui.returns.tables_view import TablesView
from coachdesk.ui.rights.part import Part
from coachdesk.ui.spoken import day, moment
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Card,
    Fact,
    FactGrid,
    Pill,
    label,
    primary_button,
    quiet_button,
    secondary_button,
)
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.wizard import WorkingPage

_FIGURES, _TABLES, _CHANGES, _CHECK = range(4)


@runtime_checkable
class MakesReturns(Protocol):
    """A page on which a return can be begun."""

    def revise(self, programme_key: str, from_on: dt.date, to_on: dt.date) -> None:
        """Begin a revised return."""


class IssuedPart(Part):
    """The register; once a release is opened, the release in its place."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self.release: Reopened | None = None
        self.register = RegisterView(self.office)
        self.figures = FiguresView(self.office)
        self.tables = TablesView(self.office)
        self.changes = ChangesView(self.office)
        self.check = QVBoxLayout()
        self.back_button = quiet_button(self.tr("&Back to the list"), "arrow-left")
        self.changed_button = primary_button(self.tr("&Changed since issued"), "history")
        self.revise_button = secondary_button(self.tr("Make a re&vised return"), "pencil")
        self.again_button = secondary_button(self.tr("Write it a&gain…"), "download")
        self.facts = FactGrid()
        self.title = label("", "section", wrap=True)
        self.reason = label("", wrap=True)
        self.not_kept = label("", tone=Tone.WARNING, wrap=True)
        self.pills = QVBoxLayout()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Parts of the issued return"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.stack = QStackedWidget()
        self.opened = QWidget()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        head = Card()
        for piece in (self.title, self.pills, self.reason, self.facts, self.not_kept):
            head.add(piece)
        buttons = (self.changed_button, self.revise_button, self.again_button, self.back_button)
        head.add(Flow(*buttons, spacing=Space.GAP))
        holder = Card()
        holder.add(self.check)
        holder.body.addStretch(1)
        views = (
            (self.tr("Figures as issued"), self.figures),
            (self.tr("Tables as issued"), self.tables),
            (self.tr("Changed since"), self.changes),
            (self.tr("How it was checked"), holder),
        )
        for name, view in views:
            self.tabs.addTab(name)
            self.stack.addWidget(view)
        inside = QVBoxLayout(self.opened)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(Space.GAP)
        for part in (head, self.tabs, self.stack):
            inside.addWidget(part)
        self.body.addWidget(self.register)
        self.body.addWidget(self.opened)
        self.opened.hide()

    def _connect(self) -> None:
        self.register.opened.connect(self.open_release)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.back_button.clicked.connect(self._back)
        self.changed_button.clicked.connect(self._reconcile)
        self.revise_button.clicked.connect(self._revise)
        self.again_button.clicked.connect(self._again)
        for view in (self.figures, self.tables, self.changes):
            view.open_client.connect(self.page.open_client)

    @override
    def refresh(self) -> None:
        self.register.refresh()

    @Slot(object)
    def open_release(self, release_id: UUID) -> None:
        """Open one release as it was issued."""
        self.office.desk.ask(reopened, release_id, self._show)

    def _show(self, release: Reopened) -> None:
        self.release = release
        self.title.setText(release.title)
        self._show_pills(release)
        self.reason.setText(self.tr("Issued anew: {reason}").format(reason=release.reason))
        self.reason.setVisible(bool(release.reason))
        self.facts.show_facts(self._facts(release))
        self.not_kept.setText(
            self.tr("Issued by an earlier version: its files are kept, its people are not listed.")
        )
        self.not_kept.setVisible(not release.is_explained)
        self.figures.show_figures(release.figures)
        self.tables.show_tables(release.tables, release.cells)
        self._show_check(release)
        self.changed_button.setEnabled(release.is_explained and release.sort != QUESTION)
        self.revise_button.setVisible(release.sort != QUESTION)
        self.tabs.setTabVisible(_CHANGES, False)
        for tab in (_FIGURES, _TABLES):
            self.tabs.setTabVisible(tab, release.is_explained)
        self.tabs.setCurrentIndex(_FIGURES if release.is_explained else _CHECK)
        self.register.hide()
        self.opened.show()
        lay_out(self.opened)
        self.changed_button.setFocus()
        self.page.show_top()

    def _show_pills(self, release: Reopened) -> None:
        clear(self.pills)
        pills = []
        if release.supersedes_id is not None and release.sort != QUESTION:
            pills.append(Pill(self.tr("Revised: takes the place of an earlier one"), Tone.INFO))
        if release.superseded_by is not None:
            pills.append(Pill(self.tr("Replaced since by a later one"), Tone.WARNING))
        if pills:
            self.pills.addLayout(Flow(*pills, spacing=Space.SMALL))

    def _facts(self, release: Reopened) -> tuple[Fact, ...]:
        safe = release.verdict == "safe"
        return (
            Fact(self.tr("As at"), day(release.as_at)),
            Fact(self.tr("Issued"), moment(release.issued_at)),
            Fact(self.tr("Issued by"), release.issued_by),
            Fact(self.tr("Readers"), release.audience.capitalize()),
            Fact(self.tr("Withheld"), f"{release.hidden_share:.0%}"),
            Fact(
                self.tr("Attack"),
                self.tr("Found safe") if safe else release.verdict,
                Tone.OK if safe else None,
            ),
        )

    def _show_check(self, release: Reopened) -> None:
        clear(self.check)
        if release.checked_on is None:
            words = self.tr("Nobody is named who checked it with the motivated intruder’s questions.")
        else:
            words = self.tr("Checked by {who} on {day} with the motivated intruder’s questions.").format(
                who=release.checked_by, day=day(release.checked_on)
            )
        self.check.addWidget(label(words, "strong", wrap=True))
        answers = {"no": self.tr("No"), "yes": self.tr("Yes"), "not_sure": self.tr("Not sure")}
        for asked in intruder_questions():
            if asked.key in release.intruder:
                given = release.intruder[asked.key]
                self.check.addWidget(label(f"{asked.question} {answers.get(given, given)}.", wrap=True))
        for sentence in release.protection.get("said", ()):
            self.check.addWidget(label(sentence, "secondary", wrap=True))

    @Slot()
    def _back(self) -> None:
        self.release = None
        self.opened.hide()
        self.register.show()
        self.register.refresh()

    @Slot()
    def _reconcile(self) -> None:
        if self.release is not None:
            self.page.start(
                reconciled, self.release.id, self.tr("Counting the same return again…"), self._changed
            )

    def _changed(self, found: Reconciliation) -> None:
        if self.release is None or self.release.id != found.release_id:
            return
        self.changes.show_changes(found)
        self.tabs.setTabVisible(_CHANGES, True)
        self.tabs.setCurrentIndex(_CHANGES)

    @Slot()
    def _revise(self) -> None:
        if self.release is not None and isinstance(self.page, MakesReturns):
            period = self.release.period
            self.page.revise(self.release.programme_key, period.from_on, period.to_on)

    @Slot()
    def _again(self) -> None:
        if self.release is not None:
            self.register.write_again(self.release.id)
