"""The plan: goals in the client's own words, the steps towards them, and the plans as they were agreed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.agreed_plans import AgreedPlanRow, NextReview, list_agreed_plans, propose_review
from coachdesk.casework.plan_copies import GiveCopy, give_copy
from coachdesk.casework.plans import (
    ActionRow,
    AddGoal,
    EditAction,
    EditGoal,
    GoalRow,
    PlanRow,
    StartPlan,
    add_goal,
    edit_action,
    edit_goal,
    read_plan,
    start_plan,
)
from coachdesk.terms import Kind
from coachdesk.ui.clients.action_list import ActionList
from coachdesk.ui.clients.agree_form import AgreeForm
from coachdesk.ui.clients.agreed_card import AgreedCard, changed_since
from coachdesk.ui.clients.in_sight import bring_into_sight
from coachdesk.ui.clients.plan_head import PlanHead
from coachdesk.ui.clients.plan_printing import PlanPrinting
from coachdesk.ui.clients.plan_questions import (
    change_step_parts,
    copy_parts,
    goal_parts,
    reached_parts,
    start_parts,
)
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import Tab, clear, lay_out
from coachdesk.ui.forms.fields import Part
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Card, EmptyState, IconButton, Pill, label, primary_button, row


class PlanTab(Tab):
    """The plan in force, goal by goal, and what was agreed."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._plan: PlanRow | None = None
        self._after: ActionRow | None = None
        self._wants_tick = False
        self._changing: UUID | None = None
        self.form = SideForm(office, "plan", self.tr("&Save"))
        self.agree_form = AgreeForm(office)
        self.goals = QVBoxLayout()
        self.printing = PlanPrinting(office, self)
        self.agreed = AgreedCard(office)
        for piece in (self.form, self.agree_form, self.printing):
            self.body.addWidget(piece)
        self.body.addLayout(self.goals)
        self.body.addWidget(self.agreed)
        self.body.addStretch(1)
        self.form.saved.connect(self._saved)
        self.agree_form.saved.connect(self._saved)
        self.agree_form.to_print.connect(self.printing.print_standard)
        self.printing.done.connect(self.refresh)
        self.agreed.print_again.connect(self.printing.print_again)
        self.agreed.history.connect(self.history)

    @override
    def show_client(self, client_id: UUID) -> None:
        if client_id != self.client_id:
            self._plan, self._after, self._wants_tick = None, None, False
            for form in (self.form, self.agree_form):
                if not form.isHidden():
                    form.close_form()
        self.printing.show_client(client_id)
        super().show_client(client_id)

    @override
    @Slot()
    def refresh(self) -> None:
        question = self.question()
        if question is not None:
            self.office.desk.ask(read_plan, question, self._show)
            self.office.desk.ask(list_agreed_plans, question, self._show_agreed)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.refresh()

    def _show(self, plan: PlanRow) -> None:
        self._plan = plan
        clear(self.goals)
        self.goals.addWidget(self._no_plan() if plan.id is None else self._head(plan))
        for goal in plan.goals:
            self.goals.addWidget(self._goal(goal))
        loose = self._actions()
        loose.show_actions(self.client_id, plan.loose_actions)
        self.goals.addWidget(loose)
        lay_out(self)
        self._go_on_ticking(plan)
        if self._wants_tick:
            self._tick_now()

    def _go_on_ticking(self, plan: PlanRow) -> None:
        """Ask in its own list what comes after the step that was ticked, as soon as it is done."""
        if self._after is None:
            return
        for steps in self.findChildren(ActionList):
            steps.go_on_after(self._after)
        done = {step.id for goal in plan.goals for step in goal.actions if step.done_on is not None}
        if self._after.id in done | {step.id for step in plan.loose_actions if step.done_on is not None}:
            self._after = None

    def _show_agreed(self, rows: tuple[AgreedPlanRow, ...]) -> None:
        self.agreed.show_agreed(rows)
        changed = changed_since(rows, self._plan.id if self._plan is not None else None)
        for head in self.findChildren(PlanHead):
            head.show_changed(changed)
        lay_out(self)

    def _actions(self) -> ActionList:
        made = ActionList(self.office, can_change=True)
        made.history.connect(self.history)
        made.change.connect(self._change_step)
        made.ticked.connect(self._ticked)
        return made

    @Slot(object)
    def _ticked(self, action: ActionRow) -> None:
        self._after = action

    @Slot()
    def tick_first(self) -> None:
        """Tick the step that is due first, whichever goal it leads to, as soon as the plan stands here."""
        self._wants_tick = True
        self.refresh()

    def _tick_now(self) -> None:
        self._wants_tick = False
        found = [
            line
            for steps in self.findChildren(ActionList)
            if not steps.isHidden()
            for line in steps.open_lines()
        ]
        if found:
            min(found, key=_urgency).box.click()

    @override
    def go_on(self, kind: str, about: str) -> None:
        whose, _, which = about.partition(":")
        opener = {"start": self._start, "goal": self._add_goal, "agree": self._agree, "copy": self._copy}
        if whose == self._about() and not which and kind in opener:
            opener[kind]()

    def _no_plan(self) -> QWidget:
        button = primary_button(self.tr("Start a &plan"), "target")
        button.clicked.connect(self._start)
        card = Card()
        card.add(
            EmptyState(
                self.tr("No plan yet"),
                self.tr("A plan begins with what the client hopes for, in their own words."),
                button,
                icon="target",
            )
        )
        card.add(row(1, self.printing.button(), 1))
        return card

    def _head(self, plan: PlanRow) -> QWidget:
        head = PlanHead(self.office, plan, self.printing.button())
        head.goal_button.clicked.connect(self._add_goal)
        head.agree_button.clicked.connect(self._agree)
        head.copy_button.clicked.connect(self._copy)
        head.new_button.clicked.connect(self._start)
        if plan.id is not None:
            head.heading.addWidget(self.history_of(Kind.PLAN, plan.id, head.called))
        if QApplication.focusWidget() is None:
            head.take_keyboard()
        return head

    def _goal(self, goal: GoalRow) -> QWidget:
        card = Card()
        quoted = f"“{goal.own_words}”" if goal.own_words else self.tr("No words yet")
        head = row(label(quoted, "section", wrap=True))
        head.setStretch(0, 1)
        head.addWidget(Pill(self.office.codes.title("plan_area", goal.area), Tone.BRAND))
        if goal.achieved_on is not None:
            head.addWidget(Pill(self.tr("Reached {day}").format(day=day(goal.achieved_on)), Tone.OK))
        pencil = IconButton(self.tr("Change the goal “{goal}”").format(goal=goal.own_words), "pencil")
        pencil.setProperty("goal", goal.id.hex)
        pencil.clicked.connect(self._change_goal)
        head.addWidget(pencil)
        head.addWidget(self.history_of(Kind.GOAL, goal.id, goal.own_words or self.tr("Goal")))
        card.add(head)
        if goal.coach_summary:
            card.add(label(goal.coach_summary, "secondary", wrap=True))
        actions = self._actions()
        actions.show_actions(self.client_id, goal.actions, goal.id)
        card.add(actions)
        return card

    def _about(self) -> str:
        return self.client_id.hex if self.client_id is not None else ""

    def _open_form(self, heading: str, parts: Sequence[Part], values: object, *rest: Any, about: str) -> None:
        """Open the form that asks about the plan, in sight."""
        wish, command = rest
        self.form.open_form(heading, parts, values, wish, command, about=about, client_id=self.client_id)
        bring_into_sight(self.form)

    def _whose(self) -> UUID:
        if self.client_id is None:
            raise LookupError("no client is shown")
        return self.client_id

    @Slot()
    def _start(self) -> None:
        self._open_form(
            self.tr("Start a plan"),
            start_parts(self.office),
            {},
            self._start_wish,
            start_plan,
            about=f"start:{self._about()}",
        )

    def _start_wish(self, values: dict[str, Any]) -> StartPlan:
        return StartPlan(client_id=self._whose(), kind=values["kind"])

    @Slot()
    def _add_goal(self) -> None:
        self._open_form(
            self.tr("A new goal"),
            goal_parts(self.office),
            {},
            self._goal_wish,
            add_goal,
            about=f"goal:{self._about()}",
        )

    def _goal_wish(self, values: dict[str, Any]) -> AddGoal:
        return AddGoal(
            client_id=self._whose(),
            own_words=values["own_words"],
            area=values["area"] or "not_asked",
            coach_summary=values["coach_summary"],
        )

    @Slot()
    def _change_goal(self) -> None:
        wanted = str(self.sender().property("goal"))
        goals = self._plan.goals if self._plan is not None else ()
        goal = next((one for one in goals if one.id.hex == wanted), None)
        if goal is None:
            return
        self._changing = goal.id
        self._open_form(
            self.tr("Change a goal"),
            (*goal_parts(self.office), *reached_parts()),
            goal,
            self._changed_goal,
            edit_goal,
            about=f"change_goal:{self._about()}:{wanted}",
        )

    def _changed_goal(self, values: dict[str, Any]) -> EditGoal:
        if self._changing is None:
            raise LookupError("no goal is being changed")
        return EditGoal(
            goal_id=self._changing,
            own_words=values["own_words"],
            coach_summary=values["coach_summary"],
            area=values["area"] or "not_asked",
            achieved_on=values["achieved_on"],
        )

    @Slot(object)
    def _change_step(self, step: ActionRow) -> None:
        self._changing = step.id
        self._open_form(
            self.tr("Change an action"),
            change_step_parts(),
            step,
            self._changed_step,
            edit_action,
            about=f"change_step:{self._about()}:{step.id.hex}",
        )

    def _changed_step(self, values: dict[str, Any]) -> EditAction:
        if self._changing is None:
            raise LookupError("no action is being changed")
        return EditAction(
            action_id=self._changing,
            what=values["what"],
            who=values["who"],
            who_name=values["who_name"],
            due_on=values["due_on"],
            is_off=values["is_off"],
        )

    @Slot()
    def _agree(self) -> None:
        question = self.question()
        if question is not None:
            self.office.desk.ask(propose_review, question, self._open_agreement)

    def _open_agreement(self, review: NextReview) -> None:
        self.agree_form.start(self._whose(), review)

    @Slot()
    def _copy(self) -> None:
        self._open_form(
            self.tr("A copy was given"),
            copy_parts(self.office),
            {"given_on": self.office.desk.clock.today()},
            self._copy_wish,
            give_copy,
            about=f"copy:{self._about()}",
        )

    def _copy_wish(self, values: dict[str, Any]) -> GiveCopy:
        return GiveCopy(client_id=self._whose(), **values)


def _urgency(line: Any) -> tuple[bool, Any]:
    due = line.action.due_on
    return due is None, due
