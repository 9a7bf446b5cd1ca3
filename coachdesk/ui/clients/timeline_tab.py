"""The timeline: what happened, newest first, and the open actions beside it."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.contacts import RecordContact, record_contact
from coachdesk.casework.plans import PlanRow, read_plan
from coachdesk.casework.timeline import TimelineItem, TimelineQuestion, read_timeline
from coachdesk.errors import Refusal
from coachdesk.ui.clients.action_list import ActionList
from coachdesk.ui.clients.tab import Tab, clear, lay_out
from coachdesk.ui.drafts.kept_lines import KeptLines
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import short_day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Card,
    EmptyState,
    Pill,
    RoundIcon,
    column,
    label,
    quiet_button,
    row,
    secondary_button,
)

_FIRST, _MORE = 40, 200
_IN_ONE_TURN = 12
"""Items drawn before the window has its turn: more than is in sight, and no key waits long behind them."""
_ROOMY_EMS = 46


class TimelineTab(Tab):
    """A quick note on top, the items below, actions at the side."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._limit = _FIRST
        self._waiting: tuple[TimelineItem, ...] = ()
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._go_on_drawing)
        self.quick = QLineEdit()
        self.quick.setPlaceholderText(self.tr("Write a quick note…"))
        self.quick.setAccessibleName(self.tr("Quick note"))
        self.kept = KeptLines(office, "quick note", {"note": self.quick}, self)
        self.add_button = secondary_button(self.tr("Add note"))
        self.more_button = quiet_button(self.tr("Show earlier"), "chevron-down")
        self.items = QVBoxLayout()
        self.items.setSpacing(Space.GAP)
        self.action_list = ActionList(office)
        self.action_list.history.connect(self.history)
        left = Card()
        left.add(row(self.quick, self.add_button))
        left.add(self.items)
        left.add(row(self.more_button, 1))
        left.body.addStretch(1)
        right = column(self.action_list, 1, spacing=Space.GAP)
        self._both = both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        both.setSpacing(Space.GAP)
        both.addWidget(left, 2)
        both.addLayout(right, 1)
        self.body.addLayout(both)
        self.quick.returnPressed.connect(self._add_note)
        self.add_button.clicked.connect(self._add_note)
        self.more_button.clicked.connect(self._more)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the actions under the timeline where there is no room beside it."""
        super().resizeEvent(event)
        em = self.fontMetrics().height() * 3 // 4
        roomy = self.width() >= _ROOMY_EMS * em
        wanted = QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom
        if self._both.direction() is not wanted:
            self._both.setDirection(wanted)

    @override
    def refresh(self) -> None:
        question = self.question()
        if question is None:
            return
        self._next.stop()  # what is still to be drawn may be of somebody else
        wanted = TimelineQuestion(client_id=question.client_id, limit=self._limit)
        self.kept.show(question.client_id.hex, self.tr("Quick note"), question.client_id)
        self.office.desk.ask(read_timeline, wanted, self._show)
        self.office.desk.ask(read_plan, question, self._show_actions)

    def _show(self, items: tuple[TimelineItem, ...]) -> None:
        clear(self.items)
        self._waiting = items
        if items:
            self._draw_some()
        else:
            self.items.addWidget(
                EmptyState(
                    self.tr("Nothing recorded yet"),
                    self.tr("Record the first contact, or write a quick note above."),
                    icon="message-square",
                )
            )
        self.more_button.setVisible(len(items) >= self._limit)
        lay_out(self)

    @Slot()
    def _go_on_drawing(self) -> None:
        if self.signalsBlocked():  # the vault was locked meanwhile and the window emptied
            self._waiting = ()
            return
        drawn = self._draw_some()
        drawn.show()
        lay_out(drawn)

    def _draw_some(self) -> QWidget:
        """Draw the next items, and see to it that the rest follow in turns of their own."""
        items, self._waiting = self._waiting[:_IN_ONE_TURN], self._waiting[_IN_ONE_TURN:]
        drawn, today = QWidget(), self.office.desk.clock.today()
        lines = [self._line(item, short_day(item.on, today)) for item in items]
        drawn.setLayout(column(*lines, spacing=Space.GAP))
        self.items.addWidget(drawn)
        if self._waiting:
            self._next.start(0)
        return drawn

    def _line(self, item: TimelineItem, when: str) -> QHBoxLayout:
        return _item(item, when, self.history_of(item.kind, item.id, f"{item.title}, {when}"))

    def _show_actions(self, plan: PlanRow) -> None:
        actions = [action for goal in plan.goals for action in goal.actions]
        actions += plan.loose_actions
        self.action_list.show_actions(self.client_id, tuple(actions))
        lay_out(self)

    @Slot()
    def _more(self) -> None:
        self._limit += _MORE
        self.refresh()

    @Slot()
    def _add_note(self) -> None:
        question = self.question()
        note = self.quick.text().strip()
        if question is None or not note:
            return
        wish = RecordContact(
            client_id=question.client_id,
            happened_on=question.today,
            channel="not_applicable",
            place="not_applicable",
            minutes=None,
            note=note,
        )
        self.quick.setEnabled(False)
        self.office.desk.do(record_contact, wish, then=self._noted, refused=self._refused)

    def _noted(self, _contact: object) -> None:
        self.quick.setEnabled(True)
        self.quick.clear()
        self.kept.forget()
        self.refresh()

    def _refused(self, refusal: Refusal) -> None:
        self.quick.setEnabled(True)
        self.office.messages.show_refusal(refusal)


def _item(item: TimelineItem, when: str, history: QWidget) -> QHBoxLayout:
    tone = Tone(item.tone)
    date = label(when, "meta")
    title = label(item.title, "strong", wrap=True)
    head = row(spacing=Space.SMALL)
    head.addWidget(title, 1)
    head.addWidget(date, 0, Qt.AlignmentFlag.AlignVCenter)
    head.addWidget(history, 0, Qt.AlignmentFlag.AlignVCenter)
    words = column(head, spacing=Space.HAIR)
    if item.text:
        words.addWidget(label(item.text, "secondary", wrap=True))
    if item.tag:
        words.addLayout(row(Pill(item.tag, tone), 1))
    line = row(spacing=Space.GAP)
    line.addWidget(RoundIcon(item.icon, tone, 32), 0, Qt.AlignmentFlag.AlignTop)
    line.addLayout(words, 1)
    return line
