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
from coachdesk.ui.clients.in_sight import bring_into_sight
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.clients.who_does_it import WhoDoesIt
from coachdesk.ui.dates import parse_spoken_date
from coachdesk.ui.drafts.kept_lines import KeptLines
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import short_day
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, IconButton, label, quiet_button, row, secondary_button

_DONE_SHOWN = 5
_NEXT_BY = "+1w"  # stands in the field, to be taken or typed over
_UNDER_THE_WORDS, _FRAME_OF_A_BOX = 30, 4  # a box to tick and its gap, as the style sheet draws them


class ActionLine(QWidget):
    """One action: its box carries the words, so that the whole line can be ticked.

    Signals: ``history(Ref, str)`` when the action's history is wanted, ``change(ActionRow)`` when its words are to be
    others, ``ticked(ActionRow)`` just before it is done.
    """

    history = Signal(object, str)
    change = Signal(object)
    ticked = Signal(object)

    def __init__(
        self, office: Office, action: ActionRow, parent: QWidget | None = None, *, can_change: bool = False
    ) -> None:
        super().__init__(parent)
        self._office, self.action = office, action
        who = {"client": self.tr("Client: {what}"), "other": self.tr("{who}: {what}")}.get(
            action.who, "{what}"
        )
        named = who.format(what=action.what, who=action.who_name or self.tr("Somebody else"))
        self.box = QCheckBox(named.replace("&", "&&"))
        self.box.setChecked(action.done_on is not None)
        self.box.setToolTip(named)
        words, tone = self._when()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        history = HistoryButton(Ref(Kind.ACTION, action.id), action.what)
        history.wanted.connect(self.history)
        line = row(self.box)
        line.setStretch(0, 1)
        if can_change:
            pencil = IconButton(self.tr("Change “{action}”").format(action=action.what), "pencil")
            pencil.clicked.connect(self._change)
            line.addWidget(pencil)
        line.addWidget(history)
        box.addLayout(line)
        when = label(words, "meta", tone=tone, wrap=True)
        when.setContentsMargins(look().px(_UNDER_THE_WORDS) + _FRAME_OF_A_BOX, 0, 0, 0)
        box.addWidget(when)
        self.box.clicked.connect(self._ticked)

    def _when(self) -> tuple[str, Tone | None]:
        """Return when it is due or was done, in words, and how that is said."""
        action, today = self.action, self._office.desk.clock.today()
        if action.done_on is not None:
            return self.tr("Done {day}").format(day=short_day(action.done_on, today)), None
        if action.due_on is None:
            return self.tr("No date"), None
        due = short_day(action.due_on, today)
        if action.due_on < today:
            words = self.tr("{late}, was due {day}")
            return words.format(late=action.overdue_words, day=due), Tone.DANGER
        return self.tr("Due {day}").format(day=due), None

    @Slot()
    def _change(self) -> None:
        self.change.emit(self.action)

    @Slot(bool)
    def _ticked(self, done: bool) -> None:  # noqa: FBT001  the signature of Qt's signal
        today = self._office.desk.clock.today()
        if done:
            self.ticked.emit(self.action)
            wish = FinishAction(action_id=self.action.id, done_on=today)
            self._office.desk.do(finish_action, wish, refused=self._refused)
        else:
            self._office.desk.do(reopen_action, ReopenAction(action_id=self.action.id), refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self.box.setChecked(self.action.done_on is not None)
        self._office.messages.show_refusal(refusal)


class ActionList(Card):
    """Open actions first, the last few done below, and a line to add one; after a tick it asks what comes next.

    Signals: ``history(Ref, str)`` when an action's history is wanted, ``change(ActionRow)``, ``ticked(ActionRow)``.
    """

    history = Signal(object, str)
    change = Signal(object)
    ticked = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None, *, can_change: bool = False) -> None:
        super().__init__(parent=parent)
        self._office, self._can_change = office, can_change
        self._done: set[UUID] = set()
        self.after: ActionRow | None = None  # what was ticked, until the vault says that it is done
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
        self.next_words = label("", "label", wrap=True)
        self.next_words.hide()
        self.who = WhoDoesIt()
        self.kept = KeptLines(office, "action", {"what": self.what, "when": self.when}, self)
        self.kept.restored.connect(self._restored)
        self.refusal = label("", "meta", tone=Tone.DANGER, wrap=True)
        self.save_button = secondary_button(self.tr("Add action"))
        self.adding = self._adding()
        self.add(self.adding)
        self._connect()

    def _connect(self) -> None:
        self.adding.hide()
        self.refusal.hide()
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
        for piece in (self.next_words, self.what, self.when, self.who, self.refusal):
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
            line = ActionLine(self._office, action, can_change=self._can_change)
            line.history.connect(self.history)
            line.change.connect(self.change)
            line.ticked.connect(self._tick)
            self.lines.addWidget(line)
        if not actions:
            self.lines.addWidget(label(self.tr("No actions yet."), "meta", wrap=True))
        self._done = {one.id for one in done}
        if self.after is not None:
            self.go_on_after(self.after)

    def open_lines(self) -> list["ActionLine"]:
        """Return the lines of what is still to do, what is due first on top."""
        items = [self.lines.itemAt(place) for place in range(self.lines.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [one for one in widgets if isinstance(one, ActionLine) and one.action.done_on is None]

    def go_on_after(self, ticked: ActionRow) -> None:
        """Ask what comes next, if the step that was ticked stands here and is done."""
        if ticked.id in self._done:
            self._ask_next(ticked)

    @Slot(object)
    def _tick(self, action: ActionRow) -> None:
        self.after = action
        self.ticked.emit(action)

    def _ask_next(self, done: ActionRow) -> None:
        """Ask what comes after a step that is done; whoever did it is the likeliest to do the next."""
        self.after = None
        self.next_words.setText(self.tr("Done: {what}. What comes next?").format(what=done.what))
        self.next_words.show()
        self.who.show_who(done.who, done.who_name)
        self.when.setText(_NEXT_BY)
        self._open()

    @Slot()
    def _restored(self) -> None:
        self.adding.show()

    @Slot()
    def _open(self) -> None:
        self.adding.show()
        self.what.setFocus()
        lay_out(self)
        bring_into_sight(self.adding)

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
            who=self.who.who(),
            who_name=self.who.who_name(),
            due_on=due,
        )
        self._office.desk.do(add_action, wish, then=self._added, refused=self._refused)

    def _added(self, _action: object) -> None:
        self.what.clear()
        self.when.clear()
        self.kept.forget()
        self.refusal.hide()
        self.next_words.hide()
        self.who.show_who("coach", "")
        self.adding.hide()
        self.add_button.setFocus()

    def _refused(self, refusal: Refusal) -> None:
        self.refusal.setText(" ".join((refusal.message, *refusal.fields.values())))
        self.refusal.show()


def _done_on(action: ActionRow) -> str:
    return str(action.done_on)
