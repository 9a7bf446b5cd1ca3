"""Circumstances: how things stand, since when, and what changed since an earlier day."""

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from coachdesk.casework.circumstances_story import ComparedLine, Snapshot, compared, read_snapshots
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.details import CIRCUMSTANCES, SaveCircumstances, save_circumstances
from coachdesk.terms import Kind, Ref
from coachdesk.ui.clients.detail_forms import DetailForms
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, Fact, FactGrid, Pill, label, row, secondary_button


class CircumstancesCard(Card):
    """The last snapshot in words, a form for the next that starts from it, and two days side by side.

    Signals: ``history(Ref, str)`` when the history of the last snapshot is wanted.
    """

    history = Signal(object, str)

    def __init__(self, office: Office, forms: DetailForms, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office, self._forms = office, forms
        self._client_id: UUID | None = None
        self._snapshots: tuple[Snapshot, ...] = ()
        self._answers: dict[str, str] = {}
        self._waits = False
        self.form = SideForm(office, "details", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.new_button = secondary_button(self.tr("Change"), "pencil")
        self.new_button.setAccessibleName(self.tr("Change: Circumstances"))
        self.new_button.clicked.connect(self.edit)
        self.when = label("", "meta", wrap=True)
        self.facts = FactGrid()
        self.earlier = CalmComboBox()
        # It is filled when it is on show.
        self.earlier.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToContents)
        self.earlier.setAccessibleName(self.tr("What has changed since"))
        self.earlier.activated.connect(self._compare)
        self._past = QVBoxLayout()
        self.since = QWidget()
        self.lines = QGridLayout()
        self._arrange()

    def _arrange(self) -> None:
        head = row(label(self.tr("Circumstances"), "section", wrap=True), self.new_button)
        head.setStretch(0, 1)
        head.addLayout(self._past)
        line = row(label(self.tr("What has changed since"), "label"), self.earlier, 1)
        line.setContentsMargins(0, 0, 0, 0)
        self.since.setLayout(line)
        self.lines.setHorizontalSpacing(Space.GAP)
        self.lines.setVerticalSpacing(Space.SMALL)
        for column, share in enumerate((2, 3, 3)):
            self.lines.setColumnStretch(column, share)
        self.add(head)
        for piece in (self.form, self.when, self.facts, self.since, self.lines):
            self.add(piece)
        self.since.hide()

    def show_client(self, client_id: UUID, answers: dict[str, str]) -> None:
        """Ask for a client's snapshots; ``answers`` are the codes of the last one, where the next starts."""
        if client_id != self._client_id:
            self.form.close_form()
            self._client_id, self._snapshots, self._waits = client_id, (), False
        self._answers = answers
        question = ClientQuestion(client_id=client_id, today=self._office.desk.clock.today())
        self._office.desk.ask(read_snapshots, question, partial(self._show, client_id))

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.new_button.setFocus()

    def _show(self, client_id: UUID, snapshots: tuple[Snapshot, ...]) -> None:
        if client_id != self._client_id:
            return
        self._snapshots = snapshots
        clear(self._past)
        if not snapshots:
            self.when.setText(self.tr("Nothing recorded yet."))
            self.facts.show_facts(())
        else:
            self._show_last(snapshots[0])
        self.since.setVisible(len(snapshots) > 1)
        chosen = self.earlier.currentText()
        self.earlier.clear()
        self.earlier.addItems([day(one.as_on) for one in snapshots[1:]])
        self.earlier.setCurrentIndex(max(self.earlier.findText(chosen), 0))
        self._compare()
        if self._waits:
            self._waits = False
            self.edit()

    def _show_last(self, last: Snapshot) -> None:
        count = plural(len(self._snapshots), self.tr("snapshot"), self.tr("snapshots"))
        said = self.tr("As on {day}  ·  {count} in all").format(day=day(last.as_on), count=count)
        self.when.setText(said)
        lines = compared(last, last)
        self.facts.show_facts(tuple(Fact(one.title, one.now) for one in lines))
        past = HistoryButton(Ref(Kind.CIRCUMSTANCES, last.id), self.tr("Circumstances"))
        past.wanted.connect(self.history)
        self._past.addWidget(past)

    @Slot()
    def _compare(self) -> None:
        """Show the last snapshot beside the one that was chosen."""
        clear(self.lines)
        place = self.earlier.currentIndex() + 1
        if 0 < place < len(self._snapshots):
            then, now = self._snapshots[place], self._snapshots[0]
            self.lines.addWidget(label("", "label"), 0, 0)
            self.lines.addWidget(label(day(then.as_on), "label", wrap=True), 0, 1)
            self.lines.addWidget(label(day(now.as_on), "label", wrap=True), 0, 2)
            for number, line in enumerate(compared(then, now), start=1):
                self._line(number, line)
        lay_out(self)

    def _line(self, number: int, line: ComparedLine) -> None:
        nothing = self.tr("Not said")
        self.lines.addWidget(label(line.title, "meta", wrap=True), number, 0)
        self.lines.addWidget(label(line.then or nothing, wrap=True), number, 1)
        now = label(line.now or nothing, "strong" if line.changed else "", wrap=True)
        if not line.changed:
            self.lines.addWidget(now, number, 2)
            return
        told = row(now, Pill(self.tr("Changed"), Tone.INFO))
        told.setStretch(0, 1)
        self.lines.addLayout(told, number, 2)

    def go_on(self) -> None:
        """Open the form of a draft as soon as the snapshots are known, for it starts from the last."""
        self._waits = True
        if self._client_id is not None:
            self.show_client(self._client_id, self._answers)

    @Slot()
    def edit(self) -> None:
        """Open the form of a new snapshot, which starts from the last; nothing happens while nobody is shown."""
        if self._client_id is None:
            return
        last = self._snapshots[0] if self._snapshots else None
        values: dict[str, Any] = dict(self._answers)
        values["as_on"] = self._office.desk.clock.today()
        values["benefits"] = ", ".join(last.benefits) if last is not None else ""
        values["work_restrictions"] = last.work_restrictions if last is not None else ""
        self.form.open_form(
            self.tr("Circumstances"),
            self._forms.circumstances(),
            values,
            self._wish,
            save_circumstances,
            about=f"circumstances:{self._client_id.hex}",
            client_id=self._client_id,
        )

    def _wish(self, values: dict[str, Any]) -> SaveCircumstances:
        assert self._client_id is not None  # noqa: S101  the form opens for somebody who is shown
        return SaveCircumstances(
            client_id=self._client_id,
            as_on=values["as_on"],
            answers={name: values[name] or "not_asked" for name in CIRCUMSTANCES},
            benefits=tuple(values["benefits"].split(",")),
            work_restrictions=values["work_restrictions"],
            months_since_work=values["months_since_work"],
        )
