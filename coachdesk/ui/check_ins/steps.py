"""One question hands the keyboard to the next as soon as a key has answered it."""

from collections.abc import Collection, Iterator

from PySide6.QtCore import QObject, Signal, Slot

from coachdesk.ui.clients.in_sight import bring_into_sight
from coachdesk.ui.forms.form import Form
from coachdesk.ui.forms.inputs import TextInput
from coachdesk.ui.forms.one_key import OneKeyInput
from coachdesk.ui.forms.rating import RatingInput


class Steps(QObject):
    """Goes through the questions of a form; those left out and those to pass by are no step.

    Signals: ``done()`` after the last question was answered.
    """

    done = Signal()

    def __init__(self, form: Form, *, pass_by: Collection[str] = ()) -> None:
        super().__init__(form)
        self._form, self._pass_by = form, pass_by
        for name in form.names():
            asked = form.input(name)
            if isinstance(asked, OneKeyInput | RatingInput):
                asked.moved_on.connect(self._on)
                asked.moved_back.connect(self._back)
            elif isinstance(asked, TextInput):
                asked.line.returnPressed.connect(self._on)

    def go_to(self, name: str) -> None:
        """Give the keyboard to a question, and show it."""
        self._form.input(name).focus()
        bring_into_sight(self._form.row(name))

    @Slot()
    def _on(self) -> None:
        name = self._asked_by(self.sender())
        following = next(self._after(self._form.names(), name), None)
        if following is None:
            self.done.emit()
        else:
            self.go_to(following)

    @Slot()
    def _back(self) -> None:
        name = self._asked_by(self.sender())
        before = next(self._after(tuple(reversed(self._form.names())), name), None)
        if before is not None:
            self.go_to(before)

    def _asked_by(self, sender: QObject) -> str:
        for name in self._form.names():
            asked = self._form.input(name)
            if sender is asked or (isinstance(asked, TextInput) and sender is asked.line):
                return name
        raise LookupError("no question of this form")

    def _after(self, names: tuple[str, ...], name: str) -> Iterator[str]:
        for other in names[names.index(name) + 1 :]:
            if not self._form.row(other).isHidden() and other not in self._pass_by:
                yield other
