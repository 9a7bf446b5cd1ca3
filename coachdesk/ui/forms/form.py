"""A form declared as a list of fields: values in and out, refusals beside their fields, drafts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.clock import Clock
from coachdesk.errors import Refusal
from coachdesk.ui.forms import fields
from coachdesk.ui.forms.answer import Answer, AnswerInput
from coachdesk.ui.forms.choices import ChoiceInput, ChoicesInput, ScaleInput
from coachdesk.ui.forms.date_input import DateInput
from coachdesk.ui.forms.inputs import CheckInput, Input, LinesInput, NumberInput, TextInput
from coachdesk.ui.forms.one_key import OneKey, OneKeyInput
from coachdesk.ui.forms.rating import Rating, RatingInput
from coachdesk.ui.forms.row import FieldRow
from coachdesk.ui.forms.stances import Stances, StancesInput
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets.banner import Banner
from coachdesk.ui.widgets.labels import label

WishT = TypeVar("WishT")
DRAFT_MILLISECONDS = 300  # what was typed is kept within 400 ms, whatever happens next
_SIDE_BY_SIDE_EMS = 14  # a field narrower than this is better off on its own line


class Form(QWidget):
    """A form.

    Signals: ``changed()`` at each edit; ``draft(dict)`` at most 300 ms after an edit, with what was typed
    by field name (strings, lists of strings, truth values and numbers only), for the vault to keep.
    """

    changed = Signal()
    draft = Signal(dict)

    def __init__(self, parts: Sequence[fields.Part], clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._rows: dict[str, FieldRow] = {}
        self._pairs: list[tuple[QBoxLayout, int]] = []
        self._banner: Banner | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(Space.GAP)
        for part in parts:
            self._add(part)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_MILLISECONDS)
        self._timer.timeout.connect(self._emit_draft)
        self._clean = self.raw()

    def _add(self, part: fields.Part) -> None:
        if isinstance(part, fields.Heading):
            self._box.addWidget(label(part.words, "section", wrap=True))
            if part.hint:
                self._box.addWidget(label(part.hint, "meta", wrap=True))
        elif isinstance(part, fields.Together):
            line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            line.setSpacing(Space.GAP)
            for field in part.fields:
                line.addWidget(self._row(field), 1)
            self._pairs.append((line, len(part.fields)))
            self._box.addLayout(line)
        else:
            self._box.addWidget(self._row(part))

    def _row(self, field: fields.Field) -> FieldRow:
        row = FieldRow(field, make_input(field, self._clock))
        row.input.edited.connect(self._edited)
        self._rows[field.name] = row
        return row

    def input(self, name: str) -> Input:
        """Return the input of a field; raises KeyError for a name the form does not have."""
        return self._rows[name].input

    def row(self, name: str) -> FieldRow:
        """Return the field with its words; raises KeyError for a name the form does not have."""
        return self._rows[name]

    def names(self) -> tuple[str, ...]:
        """Return the fields' names in the order they are asked."""
        return tuple(self._rows)

    def set_shown(self, name: str, *, shown: bool) -> None:
        """Ask a question or leave it out; one that is left out has no value."""
        self._rows[name].setVisible(shown)

    def set_options(self, name: str, options: Sequence[fields.Option]) -> None:
        """Offer other answers to a choice."""
        found = self._rows[name].input
        if isinstance(found, ChoiceInput | ChoicesInput):
            found.set_options(options)
            found.name(self._rows[name].field.label.replace("&", ""))

    def values(self) -> dict[str, Any]:
        """Return the values by field name.

        Raises Refusal with a sentence for each field that is needed and empty, or not understood.
        """
        found: dict[str, Any] = {}
        refused: dict[str, str] = {}
        for name, row in self._rows.items():
            try:
                found[name] = row.input.nothing if row.isHidden() else row.input.value()
            except Refusal as refusal:
                refused[name] = refusal.message
                continue
            if row.field.needed and not row.isHidden() and found[name] == row.input.nothing:
                refused[name] = self.tr("Please fill this in.")
        if refused:
            raise Refusal(self.tr("Please look at the fields marked below."), fields=refused)
        return found

    def read(self, wish: Callable[..., WishT], **more: Any) -> WishT | None:
        """Return a wish made of the values, or None after the refusals were shown beside their fields."""
        self.clear_refusal()
        try:
            return wish(**self.values(), **more)
        except Refusal as refusal:
            self.set_refusal(refusal)
            return None

    def set_values(self, source: object) -> None:
        """Show the values of a mapping or of a row with attributes of the fields' names.

        Fields it does not mention become empty; the form then counts as unchanged.
        """
        for name, row in self._rows.items():
            if isinstance(source, Mapping):
                row.input.set_value(source.get(name, row.input.nothing))
            else:
                row.input.set_value(getattr(source, name, row.input.nothing))
        self.clear_refusal()
        self._timer.stop()
        self._clean = self.raw()

    def raw(self) -> dict[str, Any]:
        """Return what was typed, by field name, understood or not."""
        return {name: row.input.raw() for name, row in self._rows.items()}

    def set_raw(self, kept: Mapping[str, Any]) -> None:
        """Show what a draft kept; the form then counts as changed if the draft differs."""
        for name in kept.keys() & self._rows.keys():
            self._rows[name].input.set_raw(kept[name])

    def is_changed(self) -> bool:
        """Return whether anything differs from the values that were set."""
        return self.raw() != self._clean

    def set_refusal(self, refusal: Refusal) -> None:
        """Show a refusal: each sentence beside its field, the rest above the form; go to the first."""
        self.clear_refusal()
        unplaced = [sentence for name, sentence in refusal.fields.items() if name not in self._rows]
        if unplaced or not refusal.fields:
            self._show_banner(" ".join([refusal.message, *unplaced]))
        for name, row in self._rows.items():
            if name in refusal.fields:
                row.refuse(refusal.fields[name])
        self._focus_first(name for name in self._rows if name in refusal.fields)

    def _show_banner(self, words: str) -> None:
        self._banner = Banner(words, tone=Tone.DANGER, closable=False)
        self._box.insertWidget(0, self._banner)

    def clear_refusal(self) -> None:
        """Take all refusals away."""
        for row in self._rows.values():
            row.clear()
        if self._banner is not None:
            self._box.removeWidget(self._banner)
            self._banner.deleteLater()
            self._banner = None

    def refusals(self) -> dict[str, str]:
        """Return the sentences shown now by field name; one above the form has the name ""."""
        shown = {name: row.refused() for name, row in self._rows.items() if row.refused()}
        return {"": self._banner.message.text(), **shown} if self._banner is not None else shown

    def focus_first(self) -> None:
        """Take the keyboard to the first field."""
        self._focus_first(self._rows)

    def _focus_first(self, names: Iterable[str]) -> None:
        for name in names:
            if not self._rows[name].isHidden():
                self._rows[name].input.focus()
                return

    def set_busy(self, *, busy: bool) -> None:
        """Hold the form still while its values are being saved."""
        for row in self._rows.values():
            row.setEnabled(not busy)

    def flush_draft(self) -> None:
        """Send what waits to be kept at once, as before a lock."""
        if self._timer.isActive():
            self._timer.stop()
            self._emit_draft()

    def _edited(self) -> None:
        self.changed.emit()
        if not self._timer.isActive():
            self._timer.start()

    def _emit_draft(self) -> None:
        self.draft.emit(self.raw())

    @override
    def minimumSizeHint(self) -> QSize:
        widest = max((row.minimumSizeHint().width() for row in self._rows.values()), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        em = self.fontMetrics().height() * 3 // 4
        for line, count in self._pairs:
            roomy = self.width() >= count * _SIDE_BY_SIDE_EMS * em
            wanted = QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom
            if line.direction() is not wanted:
                line.setDirection(wanted)


def make_input(field: fields.Field, clock: Clock) -> Input:
    """Return the input for a field; raises TypeError for a bare Field, which asks nothing."""
    if isinstance(field, fields.Date):
        return DateInput(field, clock)
    makers: dict[type[fields.Field], Callable[[Any], Input]] = {
        fields.Text: TextInput,
        fields.Lines: LinesInput,
        fields.Number: NumberInput,
        fields.Check: CheckInput,
        fields.Choice: ChoiceInput,
        fields.Choices: ChoicesInput,
        fields.Scale: ScaleInput,
        Rating: RatingInput,
        Stances: StancesInput,
        OneKey: OneKeyInput,
        Answer: AnswerInput,
    }
    if type(field) not in makers:
        raise TypeError(type(field).__name__)
    return makers[type(field)](field)
