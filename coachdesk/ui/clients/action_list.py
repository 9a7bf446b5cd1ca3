"""Actions as a list to tick: ticking asks what comes next, in the same line."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from coachdesk.casework.plans import (
    ActionRow,
    AddAction,
    FinishAction,
    ReopenAction,
    add_action,
    finish_action,
    reopen_action,
)
from coachdesk.errors import Refusal
from coachdesk.terms import Kind, Ref
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.dates import parse_spoken_date
from coachdesk.ui.drafts.kept_lines import KeptLines
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import short_day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, label, quiet_button, row, secondary_button

_DONE_SHOWN = 5


class ActionLine(QWidget):
    """One action: its box carries the words, so that the whole line can be ticked.

    Signals: ``history(Ref, str)`` when the action's history is wanted.
    """

    history = Signal(object, str)

    def __init__(self, office: Office, action: ActionRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self.action = office, action
        who = {"client": self.tr("Client: {what}"), "other": self.tr("{who}: {what}")}.get(
            action.who, "{what}"
        )
        named = who.format(what=action.what, who=action.who_name or self.tr("Somebody else"))
        self.box = QCheckBox(named.replace("&", "&&"))
        self.box.setChecked(action.done_on is not None)
        self.box.setToolTip(named)
        today = office.desk.clock.today()
        if action.done_on is not None:
            words, tone = self.tr("Done {day}").format(day=short_day(action.done_on, today)), None
        elif action.due_on is not None and action.due_on < today:
            words, tone = (
                self.tr("{late}, was due {day}").format(
                    late=action.overdue_words, day=short_day(action.due_on, today)
                ),
                Tone.DANGER,
            )
        elif action.due_on is not None:
            words, tone = self.tr("Due {day}").format(day=short_day(action.due_on, today)), None
        else:
            words, tone = self.tr("No date"), None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        history = HistoryButton(Ref(Kind.ACTION, action.id), action.what)
        history.wanted.connect(self.history)
        line = row(self.box, history)
        line.setStretch(0, 1)
        box.addLayout(line)
        when = label(words, "meta", tone=tone, wrap=True)
        when.setContentsMargins(28, 0, 0, 0)
        box.addWidget(when)
        self.box.clicked.connect(self._ticked)

    @Slot(bool)
    def _ticked(self, done: bool) -> None:  # noqa: FBT001  the signature of Qt's signal
        today = self._office.desk.clock.today()
        if done:
            wish = FinishAction(action_id=self.action.id, done_on=today)
            self._office.desk.do(finish_action, wish, refused=self._refused)
        else:
            self._office.desk.do(reopen_action, ReopenAction(action_id=self.action.id), refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self.box.setChecked(self.action.done_on is not None)
        self._office.messages.show_refusal(refusal)


class ActionList(Card):
    """Open actions first, the last few done below, and a line to add one.

    Signals: ``history(Ref, str)`` when an action's history is wanted.
    """

    history = Signal(object, str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._client_id: UUID | None = None
        self._goal_id: UUID | None = None
        self.add_button = quiet_button(self.tr("Add"), "plus")
        self.add_button.setAccessibleName(self.tr("Add an action"))
        self.add(row(label(self.tr("Actions"), "section"), 1, self.add_button))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.SMALL)
        self.add(self.lines)
        self.what = QLineEdit()
        self.what.setPlaceholderText(self.tr("What is to be done"))
        self.what.setAccessibleName(self.tr("What is to be done"))
        self.when = QLineEdit()
        self.when.setPlaceholderText(self.tr("By when, for example friday or +2w"))
        self.when.setAccessibleName(self.tr("By when"))
        self.kept = KeptLines(office, "action", {"what": self.what, "when": self.when}, self)
        self.kept.restored.connect(self._restored)
        self.refusal = label("", "meta", tone=Tone.DANGER, wrap=True)
        self.save_button = secondary_button(self.tr("Add action"))
        self.adding = self._adding()
        self.adding.hide()
        self.refusal.hide()
        self.add(self.adding)
        self.add_button.clicked.connect(self._open)
        self.save_button.clicked.connect(self._save)
        self.what.returnPressed.connect(self._save)
        self.when.returnPressed.connect(self._save)

    def _adding(self) -> QWidget:
        """Return the fields of a new action, one below the other."""
        place = QWidget()
        lines = QVBoxLayout(place)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(Space.SMALL)
        for piece in (self.what, self.when, self.refusal):
            lines.addWidget(piece)
        lines.addLayout(row(self.save_button, 1))
        return place

    def show_actions(
        self, client_id: UUID | None, actions: tuple[ActionRow, ...], goal_id: UUID | None = None
    ) -> None:
        """Show these actions; new ones go to the goal given."""
        self._client_id, self._goal_id = client_id, goal_id
        if client_id is not None:
            about = f"{client_id.hex}:{goal_id.hex if goal_id else ''}"
            self.kept.show(about, self.tr("A new action"), client_id)
        clear(self.lines)
        opened = [action for action in actions if action.done_on is None]
        done = sorted((a for a in actions if a.done_on is not None), key=_done_on, reverse=True)
        for action in (*opened, *done[:_DONE_SHOWN]):
            line = ActionLine(self._office, action)
            line.history.connect(self.history)
            self.lines.addWidget(line)
        if not actions:
            self.lines.addWidget(label(self.tr("No actions yet."), "meta", wrap=True))

    @Slot()
    def _restored(self) -> None:
        self.adding.show()

    @Slot()
    def _open(self) -> None:
        self.adding.show()
        self.what.setFocus()

    @Slot()
    def _save(self) -> None:
        if self._client_id is None or not self.what.text().strip():
            self.what.setFocus()
            return
        typed = self.when.text().strip()
        try:
            due = parse_spoken_date(typed, self._office.desk.clock.today()) if typed else None
        except Refusal as refusal:
            self._refused(refusal)
            return
        wish = AddAction(
            client_id=self._client_id,
            goal_id=self._goal_id,
            what=self.what.text().strip(),
            who="coach",
            due_on=due,
        )
        self._office.desk.do(add_action, wish, then=self._added, refused=self._refused)

    def _added(self, _action: object) -> None:
        self.what.clear()
        self.when.clear()
        self.kept.forget()
        self.refusal.hide()
        self.adding.hide()

    def _refused(self, refusal: Refusal) -> None:
        self.refusal.setText(" ".join((refusal.message, *refusal.fields.values())))
        self.refusal.show()


def _done_on(action: ActionRow) -> str:
    return str(action.done_on)
