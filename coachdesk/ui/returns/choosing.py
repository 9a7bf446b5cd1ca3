"""The first step of a return: what it can carry, in which ways it can protect people, and what each would cost."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal, Slot

from coachdesk.errors import Refusal
from coachdesk.returns.choice import AS_USUAL, FULL, HEADLINES_ONLY, ProtectionChoice
from coachdesk.returns.options import KeepChoice, OptionCost, compare, keep_choice, last_choice
from coachdesk.returns.planning import Plan, planned
from coachdesk.returns.prepare import PUBLIC
from coachdesk.returns.wishes import NAMED_FUNDER, ReturnWish
from coachdesk.ui.returns.choice_box import choice_box, named
from coachdesk.ui.returns.options_view import OptionsView
from coachdesk.ui.returns.planner_view import PlannerView
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, label, secondary_button
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.wizard import WorkingPage

_THRESHOLDS = (8, 10, 15, 20)
_SECONDS = (0, 10, 30, 60, 120)


class Choosing(Card):
    """Where a return is planned before it is worked out.

    ``wish_of`` gives what the page asks for so far; raises Refusal for what cannot be.
    Signals: ``changed()`` when how people are protected was chosen anew.
    """

    changed = Signal()

    def __init__(self, page: WorkingPage, wish_of: Callable[[], ReturnWish]) -> None:
        super().__init__()
        self._page, self._wish_of = page, wish_of
        self._programme, self._choice, self._kept = "", AS_USUAL, AS_USUAL
        self.add(label(self.tr("How people are protected"), "section"))
        self.plan_button = secondary_button(self.tr("See what it can carry"), "table")
        self.compare_button = secondary_button(self.tr("Compare ways to protect"), "shield-check")
        self.audience = choice_box(self.tr("Who will read it"))
        self.audience.addItem(self.tr("The funder, by agreement"), NAMED_FUNDER)
        self.audience.addItem(self.tr("The public"), PUBLIC)
        self.threshold = choice_box(self.tr("Numbers are printed"))
        self.threshold.addItem(self.tr("as the programme says"), None)
        for least in _THRESHOLDS:
            self.threshold.addItem(self.tr("from {count} people").format(count=least), least)
        self.cumulative = choice_box(self.tr("A year to date"))
        self.cumulative.addItem(self.tr("prints every table"), FULL)
        self.cumulative.addItem(self.tr("prints totals only"), HEADLINES_ONLY)
        self.seconds = choice_box(self.tr("Looking for the least to withhold"))
        for seconds in _SECONDS:
            self.seconds.addItem(self.tr("{count} seconds").format(count=seconds), seconds)
        self.planner = PlannerView()
        self.options = OptionsView()
        boxes = (self.audience, self.threshold, self.cumulative, self.seconds)
        self.add(Flow(*(named(box) for box in boxes), spacing=Space.GAP))
        self.add(Flow(self.plan_button, self.compare_button, spacing=Space.GAP))
        self.add(self.options)
        self.add(self.planner)
        self.plan_button.clicked.connect(self.plan)
        self.compare_button.clicked.connect(self._compare)
        self.planner.changed.connect(self._read)
        self.options.chosen.connect(self._take)
        for box in boxes:
            box.activated.connect(self._read)
        self._show()

    def know_programme(self, key: str) -> None:
        """Take over how the programme's returns were protected last."""
        self._programme = key
        self._page.office.desk.ask(last_choice, key, self._know_last)

    def _know_last(self, choice: ProtectionChoice) -> None:
        self._choice = self._kept = choice
        self._show()

    def chosen(self, wish: ReturnWish) -> ReturnWish:
        """Return the wish with how people are to be protected."""
        return replace(wish, audience=str(self.audience.currentData()), choice=self._choice)

    def keep(self) -> None:
        """Keep what was chosen for the programme's next return."""
        if self._choice != self._kept:
            wish = KeepChoice(programme_key=self._programme, choice=self._choice)
            self._page.office.desk.do(keep_choice, wish, initiator=self._page)
            self._kept = self._choice

    def forget(self) -> None:
        """Show neither plan nor costs: another return is asked for."""
        self.planner.forget()
        self.options.forget()

    @Slot()
    def plan(self) -> None:
        """Ask what the return that was chosen can carry."""
        wish = self._wish()
        if wish is not None:
            desk = self._page.office.desk
            desk.ask(planned, wish, self._planned, refused=self._page.show_refusal)

    def _wish(self) -> ReturnWish | None:
        try:
            return self._wish_of()
        except Refusal as refusal:
            self._page.show_refusal(refusal)
            return None

    def _planned(self, plan: Plan) -> None:
        self._page.refusal.hide()
        self.planner.show_plan(plan, self._choice)

    @Slot()
    def _compare(self) -> None:
        wish = self._wish()
        if wish is not None:
            self._page.start(compare, wish, self.tr("Comparing ways to protect people…"), self._compared)

    def _compared(self, options: tuple[OptionCost, ...]) -> None:
        self.options.show_options(options)

    @Slot(object)
    def _take(self, choice: ProtectionChoice) -> None:
        self._choice = choice
        self._show()
        self.changed.emit()

    @Slot()
    def _read(self) -> None:
        """Take in what was ticked and chosen."""
        left_out, wide = self.planner.chosen(self._choice)
        self._choice = replace(
            self._choice,
            left_out=left_out,
            wide=wide,
            threshold=self.threshold.currentData(),
            cumulative=self.cumulative.currentData(),
            seconds=self.seconds.currentData(),
        )
        self.options.forget()
        self.changed.emit()

    def _show(self) -> None:
        """Show the choice; a time or threshold of another size joins those on offer."""
        choice = self._choice
        for box, value, words in (
            (self.threshold, choice.threshold, self.tr("from {count} people")),
            (self.cumulative, choice.cumulative, ""),
            (self.seconds, choice.seconds, self.tr("{count} seconds")),
        ):
            if box.findData(value) < 0 and words:
                box.addItem(words.format(count=value), value)
            box.setCurrentIndex(max(box.findData(value), 0))
        self.planner.show_choice(choice)
