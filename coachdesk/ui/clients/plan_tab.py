"""The plan: goals in the client's own words, the steps towards them, and when it was agreed."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.agreed_plans import AgreePlan, agree_plan
from coachdesk.casework.plans import (
    AddGoal,
    GoalRow,
    PlanRow,
    StartPlan,
    add_goal,
    read_plan,
    start_plan,
)
from coachdesk.terms import Kind
from coachdesk.ui.clients.action_list import ActionList
from coachdesk.ui.clients.plan_printing import PlanPrinting
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import Tab, clear, lay_out
from coachdesk.ui.forms.fields import Choice, Date, Lines, Together
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import (
    Card,
    EmptyState,
    Fact,
    FactGrid,
    Pill,
    StepBar,
    label,
    primary_button,
    row,
    secondary_button,
)


class PlanTab(Tab):
    """The plan in force, goal by goal."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.form = SideForm(office, "plan", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.goals = QVBoxLayout()
        self.printing = PlanPrinting(office, self)
        self.body.addWidget(self.form)
        self.body.addWidget(self.printing)
        self.body.addLayout(self.goals)
        self.body.addStretch(1)

    @override
    def show_client(self, client_id: UUID) -> None:
        self.printing.show_client(client_id)
        super().show_client(client_id)

    @override
    def refresh(self) -> None:
        question = self.question()
        if question is not None:
            self.office.desk.ask(read_plan, question, self._show)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.refresh()

    def _show(self, plan: PlanRow) -> None:
        clear(self.goals)
        self.goals.addWidget(self._no_plan() if plan.id is None else self._head(plan))
        for goal in plan.goals:
            self.goals.addWidget(self._goal(goal))
        loose = self._actions()
        loose.show_actions(self.client_id, plan.loose_actions)
        self.goals.addWidget(loose)
        lay_out(self)

    def _actions(self) -> ActionList:
        made = ActionList(self.office)
        made.history.connect(self.history)
        return made

    @override
    def go_on(self, kind: str, about: str) -> None:
        opener = {"start": self._start, "goal": self._add_goal, "agree": self._agree}.get(kind)
        if opener is not None and about == self._about():
            opener()

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
        card = Card()
        goal_button = secondary_button(self.tr("Add a &goal"), "plus")
        agree_button = secondary_button(self.tr("Agr&ee the plan"), "handshake")
        goal_button.clicked.connect(self._add_goal)
        agree_button.clicked.connect(self._agree)
        kind = self.office.codes.title("plan_kind", plan.kind)
        version = self.tr("Version {number}").format(number=plan.version)
        line = row(label(kind, "section"), label(version, "meta"), 1, goal_button, agree_button)
        if plan.id is not None:
            line.addWidget(self.history_of(Kind.PLAN, plan.id, f"{kind}, {version}"))
        card.add(line)
        steps = [action for goal in plan.goals for action in goal.actions] + list(plan.loose_actions)
        done = sum(1 for action in steps if action.done_on is not None)
        progress = self.tr("{done} of {all} steps done").format(done=done, all=len(steps)) if steps else ""
        card.add(row(label(progress, "meta"), 1, self.printing.button()))
        if steps:
            card.add(StepBar(done, len(steps)))
        not_yet = self.tr("Not yet")
        card.add(
            FactGrid(
                (
                    Fact(self.tr("Agreed"), day(plan.agreed_on) or not_yet),
                    Fact(self.tr("Next review"), day(plan.next_review_on) or not_yet),
                    Fact(self.tr("Copy given"), day(plan.copy_given_on) or not_yet),
                )
            )
        )
        return card

    def _goal(self, goal: GoalRow) -> QWidget:
        card = Card()
        quoted = f"“{goal.own_words}”" if goal.own_words else self.tr("No words yet")
        head = row(label(quoted, "section", wrap=True))
        head.setStretch(0, 1)
        head.addWidget(Pill(self.office.codes.title("plan_area", goal.area), Tone.BRAND))
        if goal.achieved_on is not None:
            head.addWidget(Pill(self.tr("Reached {day}").format(day=day(goal.achieved_on)), Tone.OK))
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

    def _whose(self) -> UUID:
        if self.client_id is None:
            raise LookupError("no client is shown")
        return self.client_id

    @Slot()
    def _start(self) -> None:
        kinds = self.office.codes.options("plan_kind")
        self.form.open_form(
            self.tr("Start a plan"),
            (Choice("kind", self.tr("What is the plan &for?"), options=kinds, needed=True),),
            {},
            self._start_wish,
            start_plan,
            about=f"start:{self._about()}",
            client_id=self.client_id,
        )

    def _start_wish(self, values: dict[str, Any]) -> StartPlan:
        return StartPlan(client_id=self._whose(), kind=values["kind"])

    @Slot()
    def _add_goal(self) -> None:
        self.form.open_form(
            self.tr("A new goal"),
            (
                Lines("own_words", self.tr("In the client’s &own words"), rows=3, needed=True),
                Choice("area", self.tr("&Area of life"), options=self.office.codes.options("plan_area")),
                Lines("coach_summary", self.tr("Your su&mmary, if it helps"), rows=2),
            ),
            {},
            self._goal_wish,
            add_goal,
            about=f"goal:{self._about()}",
            client_id=self.client_id,
        )

    def _goal_wish(self, values: dict[str, Any]) -> AddGoal:
        return AddGoal(
            client_id=self._whose(),
            own_words=values["own_words"],
            area=values["area"] or "not_asked",
            coach_summary=values["coach_summary"],
        )

    @Slot()
    def _agree(self) -> None:
        codes = self.office.codes
        self.form.open_form(
            self.tr("The plan is agreed"),
            (
                Together(
                    Date("agreed_on", self.tr("Agreed &on"), needed=True, lean="past"),
                    Choice("how_agreed", self.tr("&How"), options=codes.options("how_agreed")),
                ),
                Together(
                    Date("copy_given_on", self.tr("&Copy given on"), lean="past"),
                    Choice("copy_format", self.tr("As &what"), options=codes.options("copy_format")),
                ),
                Date("next_review_on", self.tr("Next &review"), lean="future"),
            ),
            {"agreed_on": self.office.desk.clock.today()},
            self._agree_wish,
            agree_plan,
            about=f"agree:{self._about()}",
            client_id=self.client_id,
        )

    def _agree_wish(self, values: dict[str, Any]) -> AgreePlan:
        return AgreePlan(
            client_id=self._whose(),
            agreed_on=values["agreed_on"],
            how_agreed=values["how_agreed"] or "not_asked",
            copy_format=values["copy_format"] or "not_asked",
            copy_given_on=values["copy_given_on"],
            next_review_on=values["next_review_on"],
        )
