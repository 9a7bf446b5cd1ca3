"""The head of the plan: what it is for, how far it has come, when it was agreed and is looked at again."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from coachdesk.casework.plans import PlanProgress, PlanRow, plan_progress
from coachdesk.terms import UNSTATED_WORDS
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import (
    Banner,
    Card,
    Fact,
    FactGrid,
    Flow,
    Pill,
    StepBar,
    label,
    quiet_button,
    row,
    secondary_button,
)


class PlanHead(Card):
    """Words and a small bar: goals reached, steps done, open and late. Never a score of the client."""

    def __init__(
        self, office: Office, plan: PlanRow, print_button: QPushButton, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._office = office
        kind = office.codes.title("plan_kind", plan.kind)
        version = self.tr("Version {number}").format(number=plan.version)
        self.called = f"{kind}, {version}"
        self.goal_button = secondary_button(self.tr("Add a &goal"), "plus")
        self.agree_button = secondary_button(self.tr("Agr&ee the plan"), "handshake")
        self.copy_button = quiet_button(self.tr("Copy given…"))
        self.new_button = quiet_button(self.tr("Begin a new plan…"))
        self.copy_button.setVisible(plan.agreed_on is not None)
        self.heading = row(label(kind, "section", wrap=True), label(version, "meta"))
        self.heading.setStretch(0, 1)
        self.add(self.heading)
        self.add(Flow(self.goal_button, self.agree_button, print_button, self.copy_button, self.new_button))
        self.changed = Banner("", "", Tone.INFO, closable=False)
        self.changed.hide()
        self.add(self.changed)
        self._show_progress(plan_progress(plan))
        self.add(FactGrid(self._facts(plan)))

    def _show_progress(self, progress: PlanProgress) -> None:
        goals = self.tr("{done} of {all} goals reached").format(done=progress.reached, all=progress.goals)
        steps = self.tr("{done} of {all} steps done").format(done=progress.done, all=progress.steps)
        still = progress.steps - progress.done
        parts = [goals] if progress.goals else []
        if progress.steps:
            parts += [steps, self.tr("{count} to do").format(count=still)]
        if not parts:
            return
        line = row(label("  ·  ".join(parts), "secondary", wrap=True))
        line.setStretch(0, 1)
        if progress.late:
            late = plural(progress.late, self.tr("step is late"), self.tr("steps are late"))
            line.addWidget(Pill(late, Tone.DANGER))
        self.add(line)
        if progress.steps:
            self.add(StepBar(progress.done, progress.steps))

    def _facts(self, plan: PlanRow) -> tuple[Fact, ...]:
        not_yet = self.tr("Not yet")
        codes = self._office.codes
        how = "" if plan.how_agreed in UNSTATED_WORDS else codes.title("how_agreed", plan.how_agreed)
        form = "" if plan.copy_format in UNSTATED_WORDS else codes.title("copy_format", plan.copy_format)
        return (
            Fact(self.tr("Agreed"), _with(day(plan.agreed_on), how) or not_yet),
            Fact(self.tr("Next review"), day(plan.next_review_on) or not_yet),
            Fact(self.tr("Copy given"), _with(day(plan.copy_given_on), form) or not_yet),
        )

    def show_changed(self, changes: Sequence[str]) -> None:
        """Say what the plan says otherwise than it was agreed; nothing where it is as agreed."""
        self.changed.setVisible(bool(changes))
        lines = (self.tr("Changed since the plan was agreed:"), *(f"•  {one}" for one in changes))
        self.changed.message.setText("\n".join(lines) if changes else "")

    def take_keyboard(self) -> None:
        """Give the keyboard a place where the piece it was in has gone."""
        self.goal_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _with(when: str, more: str) -> str:
    return " · ".join(part for part in (when, more) if part) if when else ""
