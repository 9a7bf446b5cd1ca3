"""One part of a vocational profile: always open to be written in, kept as it is typed, saved when one leaves it."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.profile import AnswerRow, WriteAnswer, write_answer
from coachdesk.desk.counter import DraftRow, Typed
from coachdesk.errors import Refusal
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.drafts.told import changed, draft_of
from coachdesk.ui.forms.fields import Lines
from coachdesk.ui.forms.form import Form
from coachdesk.ui.forms.form_keys import hands_in
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, moment
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Banner, label, quiet_button, row

FORM = "profile"
_FEWEST_LINES, _MOST_LINES = 2, 9
_PADDING, _MARGINS = 12, 14
"""Room above and below the words: the style’s, which grows with the text, and the box’s own."""
_NOT_LEFT = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})
"""Reasons for which the keyboard is elsewhere for a while although nobody has left the box."""
_UNDO = QKeyCombination(Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Z)


class ProfileAnswer(QWidget):
    """A box with its question, when it was last written, and what it said before.

    What is typed is a draft within a second; it is saved when the keyboard leaves the box, or with Ctrl+Enter.

    Signals: ``done()`` after Ctrl+Enter, for the next box to take the keyboard.
    """

    done = Signal()

    def __init__(
        self, office: Office, name: str, words: str, prompt: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._office, self.name = office, name
        self._client_id: UUID | None = None
        self._kept = ""
        self._on_its_way = 0
        self._sent_for: UUID | None = None
        self._row: AnswerRow | None = None
        self.recovered: Banner | None = None
        self.form = Form((Lines(name, words, hint=prompt, rows=_FEWEST_LINES),), office.desk.clock)
        self.form.draft.connect(self._keep)
        self.when = label("", "meta", wrap=True)
        self.earlier_button = quiet_button("", "history")
        self.earlier_button.setCheckable(True)
        self.earlier_button.clicked.connect(self._show_earlier)
        self._earlier = QVBoxLayout()
        self._earlier.setSpacing(Space.HAIR)
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(Space.HAIR)
        self._place.addWidget(self.form)
        line = row(self.when, self.earlier_button)
        line.setStretch(0, 1)
        self._place.addLayout(line)
        self._place.addLayout(self._earlier)
        self._place.addStretch(1)
        self.earlier_button.hide()
        self.box = self._box()
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self._fit)

    def _box(self) -> QPlainTextEdit:
        found = self.form.input(self.name).target
        assert isinstance(found, QPlainTextEdit)  # noqa: S101  several lines are asked in one
        return found

    @property
    def draft_key(self) -> str:
        """The name under which words that were not saved are kept."""
        return f"{FORM}:{self.name}:{self._client_id.hex if self._client_id else ''}"

    @property
    def typed(self) -> str:
        """What stands in the box now."""
        return str(self.form.input(self.name).value())

    def leave_client(self) -> None:
        """Save what was typed for the client shown, and show nobody."""
        self.save()
        self._client_id, self._row, self._kept = None, None, ""
        self.form.set_values({})
        self._drop_banner()
        self._close_earlier()

    def show_answer(self, client_id: UUID, answer: AnswerRow) -> None:
        """Show an answer; words that somebody is still typing, or that are being saved, stay in the box."""
        stays = client_id == self._client_id and (self._on_its_way > 0 or self.typed != self._kept)
        self._client_id, self._row = client_id, answer
        if not stays:
            self._kept = answer.words
            if self.typed != answer.words:
                self.form.set_values({self.name: answer.words})
        self._say_when(answer)
        self._fit()

    def _say_when(self, answer: AnswerRow) -> None:
        if answer.words:
            said = self.tr("Written down on {day}").format(day=day(answer.written_on))
        else:
            said = self.tr("Open, whenever it suits")
        self.when.setText(said)
        self.earlier_button.setVisible(bool(answer.earlier))
        words = self.tr("Earlier words ({count})").format(count=len(answer.earlier))
        self.earlier_button.setText(words)
        self.earlier_button.setAccessibleName(f"{words}: {answer.title}")
        if self.earlier_button.isChecked():
            self._show_earlier()

    def offer(self, draft: DraftRow) -> None:
        """Bring back words that were kept and not saved, unless somebody is typing others."""
        if draft.key != self.draft_key or self.typed != self._kept or self.recovered is not None:
            return
        kept = changed(draft.body)
        if kept.get(self.name, self._kept) == self._kept:
            return
        self.form.set_raw(kept)
        self.recovered = Banner(
            self.tr("What you had typed on {moment} is back.").format(moment=moment(draft.saved_at)),
            self.tr("It is saved when you leave the box."),
            Tone.INFO,
            action=self.tr("Forget it"),
        )
        self.recovered.acted.connect(self._forget)
        self._place.insertWidget(0, self.recovered)
        lay_out(self)

    @Slot()
    def _forget(self) -> None:
        self._office.desk.drop_draft(self.draft_key)
        self.form.set_values({self.name: self._kept})
        self._drop_banner()

    def _drop_banner(self) -> None:
        if self.recovered is not None:
            self.recovered.hide()
            self.recovered.deleteLater()
            self.recovered = None

    def _keep(self, _typed: dict[str, Any]) -> None:
        if self._client_id is not None and self.typed != self._kept:
            self._office.desk.keep_draft(self.draft_key, FORM, self._body(), self._client_id)

    def _body(self) -> dict[str, Any]:
        field = self.form.row(self.name).field
        before = {self.name: self._kept}
        return draft_of(self.form, before, self.form.raw(), field.label)

    @Slot()
    def save(self) -> None:
        """Hand in what was typed, if it says anything else than what is kept."""
        desk = self._office.desk
        if self._client_id is None or desk.is_locked or self.typed == self._kept:
            return
        self.form.clear_refusal()
        typed = Typed(key=self.draft_key, form=FORM, body=self._body(), client_id=self._client_id)
        self._kept = self.typed
        self._drop_banner()
        wish = WriteAnswer(client_id=self._client_id, name=self.name, words=self.typed)
        self._on_its_way += 1
        self._sent_for = self._client_id
        desk.do(write_answer, wish, then=self._arrived, refused=self._refused, typed=typed)

    def _arrived(self, _nothing: None) -> None:
        self._on_its_way -= 1

    def _refused(self, refusal: Refusal) -> None:
        self._on_its_way -= 1
        if self._sent_for != self._client_id:  # another client is shown by now; the draft was kept
            self._office.messages.show_refusal(refusal)
            return
        self._kept = self._row.words if self._row is not None else ""
        self.form.set_refusal(Refusal(refusal.message, fields={self.name: refusal.message}))

    @Slot()
    def _show_earlier(self) -> None:
        clear(self._earlier)
        if self.earlier_button.isChecked() and self._row is not None:
            for place, one in enumerate(self._row.earlier):
                said = self.tr("{day}, {who}").format(day=day(one.on), who=one.who)
                again = quiet_button(self.tr("Use these words again"), "undo-2")
                again.setAccessibleName(self.tr("Use the words of {day} again").format(day=day(one.on)))
                again.setProperty("place", place)
                again.clicked.connect(self._again)
                self._earlier.addWidget(label(f"“{one.words}”", "secondary", wrap=True))
                line = row(label(said, "meta", wrap=True), again)
                line.setStretch(0, 1)
                self._earlier.addLayout(line)
        lay_out(self)

    def _close_earlier(self) -> None:
        if self.earlier_button.isChecked():
            self.earlier_button.setChecked(False)
            self._show_earlier()

    @Slot()
    def _again(self) -> None:
        if self._row is None:
            return
        words = self._row.earlier[int(self.sender().property("place"))].words
        self._close_earlier()
        self.form.set_raw({self.name: words})
        self.save()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _fit(self) -> None:
        """Give the box the height of its words, within reason."""
        lines = round(self.box.document().size().height())
        shown = min(max(lines, _FEWEST_LINES), _MOST_LINES)
        height = self.box.fontMetrics().lineSpacing() * shown + look().px(_PADDING) + _MARGINS
        if self.box.height() != height:
            self.box.setFixedHeight(height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _NOT_LEFT:
            self.save()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            is_undo = event.keyCombination() == _UNDO and not self.box.document().isRedoAvailable()
            if (
                is_undo
            ):  # the box has nothing to redo: the key is the window’s, which takes back what was saved
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if hands_in(event):
            self.save()
            self.done.emit()
        else:
            super().keyPressEvent(event)
