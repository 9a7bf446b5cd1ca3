"""What every part of an employer's page has in common: a heading, a form that opens, lines with their buttons."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from coachdesk.casework.employers import EmployerFacts
from coachdesk.errors import Refusal
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Button, Card, Divider, Flow, label, row, secondary_button

FORM = "employer"
"""The name of every form of the page; what it is about follows in the key of its draft."""
NEW = "new"


class EmployerPart(Card):
    """A card about one employer."""

    def __init__(
        self, office: Office, title: str, add_words: str, icon: str = "plus", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._office = office
        self.employer: EmployerFacts | None = None
        self._waiting = ""
        self.form = self._make_form()
        self.form.saved.connect(self._saved)
        self.form.put_away.connect(self._focus_button)
        self.add_button = secondary_button(add_words, icon)
        self.add_button.clicked.connect(self.start)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        head = row(label(title, "section", wrap=True), self.add_button)
        head.setStretch(0, 1)
        self.add(head)
        self.add(self.form)
        self.add(self.lines)

    def _make_form(self) -> SideForm:
        return SideForm(self._office, FORM, self.tr("&Save"))

    @property
    def employer_id(self) -> UUID:
        """The employer that is shown; nothing here can be pressed before one is."""
        assert self.employer is not None  # noqa: S101  the page hides its parts until then
        return self.employer.id

    def show_employer(self, employer: EmployerFacts) -> None:
        """Show this part of an employer; what is being written about another is put away as a draft."""
        if self.employer is None or self.employer.id != employer.id:
            if self.form.form is not None:
                self.form.close_form()
            clear(self.lines)
        self.employer = employer
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""

    def go_on(self, record: str) -> None:
        """Open the form of a draft again as soon as this part is drawn: of a record by its id in hex, or of a new one."""
        self._waiting = record

    def _open_waiting(self) -> None:
        waiting, self._waiting = self._waiting, ""
        if waiting == NEW:
            self.start()
        elif waiting:
            self._act("change", UUID(hex=waiting))

    def _about(self, kind: str, record_id: UUID | None) -> str:
        """Return what a form is about, for its draft: a kind, the employer, and the record if it is not new."""
        return f"{kind}:{self.employer_id.hex}:{record_id.hex if record_id is not None else NEW}"

    @Slot()
    def start(self) -> None:
        """Open the form for something new."""

    @Slot()
    def _saved(self) -> None:
        self.refresh()
        self._focus_button()

    @Slot()
    def _focus_button(self) -> None:
        """Keep the keyboard on the page: the field it was in is gone."""
        self.add_button.setFocus()

    def _draw(self, lines: list[QWidget], nothing: str) -> None:
        """Put lines below each other, or say that there are none."""
        clear(self.lines)
        for place, line in enumerate(lines):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(line)
        if not lines:
            self.lines.addWidget(label(nothing, "secondary", wrap=True))
        lay_out(self)
        self._open_waiting()

    def _buttons(self, record_id: UUID, called: str, *told: tuple[str, str, str]) -> Flow:
        """Return buttons for one line; each is told as its act, its words and its icon, and goes to ``_act``."""
        buttons = Flow(spacing=Space.SMALL)
        for act, words, icon in told:
            button = Button(words, icon, "quiet")
            button.setAccessibleName(f"{words}: {called}")
            button.setProperty("act", act)
            button.setProperty("record", record_id.hex)
            button.clicked.connect(self._pressed)
            buttons.addWidget(button)
        return buttons

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        self._act(str(button.property("act")), UUID(hex=str(button.property("record"))))

    def _act(self, act: str, record_id: UUID) -> None:
        """Do what the button of a line says."""

    def _do(self, command: Any, wish: Any) -> None:
        self._office.desk.do(command, wish, then=self._done, refused=self._refused)

    def _done(self, _value: object) -> None:
        self.refresh()

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)


def told(*parts: str) -> str:
    """Return what is known of these, side by side."""
    return "  ·  ".join(part for part in parts if part)


def held(said: QLayout) -> QWidget:
    """Return words laid out as one line of a list."""
    holder = QWidget()
    said.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(said)
    return holder
