"""The plans as they were agreed, to be read word for word and printed again, with what changed since."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.agreed_plans import AgreedPlanRow
from coachdesk.casework.plan_changes import told_step
from coachdesk.casework.plans import ActionRow
from coachdesk.terms import Kind, Ref
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, Divider, column, label, quiet_button, row


class AgreedCard(Card):
    """A line for each agreement, the newest first; one opens it to be read.

    Signals: ``print_again(UUID)`` with the id of a plan as it was agreed, ``history(Ref, str)``.
    """

    print_again = Signal(object)
    history = Signal(object, str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self.add(label(self.tr("As agreed"), "section"))
        words = self.tr("Each plan stays here word for word as it was agreed, whatever changes afterwards.")
        self.add(label(words, "meta", wrap=True))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.SMALL)
        self.add(self.lines)
        self.hide()

    def show_agreed(self, rows: tuple[AgreedPlanRow, ...]) -> None:
        """Show these agreements; without any, the card is not there."""
        clear(self.lines)
        self.setVisible(bool(rows))
        for place, agreed in enumerate(rows):
            if place:
                self.lines.addWidget(Divider())
            line = AgreedLine(self._office, agreed)
            line.print_again.connect(self.print_again)
            line.history.connect(self.history)
            self.lines.addWidget(line)


class AgreedLine(QWidget):
    """One agreement: when and how; its words below once somebody wants to read them.

    Signals: ``print_again(UUID)``, ``history(Ref, str)``.
    """

    print_again = Signal(object)
    history = Signal(object, str)

    def __init__(self, office: Office, agreed: AgreedPlanRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self.agreed = office, agreed
        how = office.codes.title("how_agreed", agreed.how_agreed)
        self.called = self.tr("Version {number}, agreed on {day}").format(
            number=agreed.version, day=day(agreed.agreed_on)
        )
        self.read_button = quiet_button(self.tr("Read"), "chevron-down")
        self.read_button.setCheckable(True)
        self.read_button.setAccessibleName(self.tr("Read: {called}").format(called=self.called))
        self.print_button = quiet_button(self.tr("Print again…"), "printer")
        self.print_button.setAccessibleName(self.tr("Print again: {called}").format(called=self.called))
        history = HistoryButton(Ref(Kind.AGREED_PLAN, agreed.id), self.called)
        history.wanted.connect(self.history)
        told = column(label(self.called, "strong", wrap=True), label(how, "meta", wrap=True), spacing=0)
        head = row(told, self.read_button, self.print_button, history)
        head.setStretch(0, 1)
        self.words = QWidget()
        self.words.setLayout(column(spacing=Space.SMALL))
        self.words.hide()
        box = column(head, self.words)
        box.setContentsMargins(0, 0, 0, 0)
        self.setLayout(box)
        self.read_button.toggled.connect(self._read)
        self.print_button.clicked.connect(self._print)

    @Slot(bool)
    def _read(self, wanted: bool) -> None:  # noqa: FBT001  the signature of Qt's signal
        layout = self.words.layout()
        if wanted and layout is not None and not layout.count():
            for piece in self._pieces():
                layout.addWidget(piece)
        self.words.setVisible(wanted)
        self.read_button.setText(self.tr("Close") if wanted else self.tr("Read"))
        self.read_button.set_icon_name("chevron-up" if wanted else "chevron-down")

    def _pieces(self) -> list[QWidget]:
        plan = self.agreed.plan
        found: list[QWidget] = []
        for goal in plan.goals:
            area = self._office.codes.title("plan_area", goal.area)
            found.append(label(f"“{goal.own_words}”  ·  {area}", "strong", wrap=True))
            if goal.coach_summary:
                found.append(label(goal.coach_summary, "secondary", wrap=True))
            if goal.achieved_on is not None:
                words = self.tr("Reached {day}").format(day=day(goal.achieved_on))
                found.append(label(words, "meta", wrap=True))
            found += [self._step(step) for step in goal.actions]
        found += [self._step(step) for step in plan.loose_actions]
        if plan.next_review_on is not None:
            words = self.tr("Next review: {day}").format(day=day(plan.next_review_on))
            found.append(label(words, "secondary", wrap=True))
        return found + self._changes()

    def _step(self, step: ActionRow) -> QWidget:
        done = "" if step.done_on is None else self.tr(" – done {day}").format(day=day(step.done_on))
        return label(f"•  {told_step(step)}{done}", wrap=True)

    def _changes(self) -> list[QWidget]:
        changes = self.agreed.changes
        if self.agreed.until is None:
            title = self.tr("What changed since")
        else:
            title = self.tr("What changed until {day}").format(day=day(self.agreed.until))
        lines = (*changes.agreed, *changes.progress) or (self.tr("Nothing."),)
        return [label(title, "label", wrap=True), *(label(f"•  {one}", wrap=True) for one in lines)]

    @Slot()
    def _print(self) -> None:
        self.print_again.emit(self.agreed.id)


def changed_since(rows: tuple[AgreedPlanRow, ...], plan_id: UUID | None) -> tuple[str, ...]:
    """Return what the plan in force says otherwise than it was agreed last; nothing where it was not agreed."""
    newest = next(iter(rows), None)
    return newest.changes.agreed if newest is not None and newest.plan_id == plan_id else ()
