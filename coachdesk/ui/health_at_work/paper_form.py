"""A paper about to be made: for whom, what it tells, how it will read, and the permission it goes by."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.employer_papers import MayGo
from coachdesk.errors import Refusal
from coachdesk.papers.health_paper import HealthPrint, health_print_choices
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Lines, Option, Part, Together
from coachdesk.ui.health_at_work.printing import HealthPrinting, Printed
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Banner, Card, label

EMPLOYER, CLIENT = "employer", "client"


class PaperForm(QWidget):
    """One paper about to be made, with how it will read kept beside what is ticked.

    Signals: ``made()`` once it lies there.
    """

    made = Signal()

    def __init__(self, office: Office, save_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self._asked = 0
        self._size = HealthPrint.STANDARD
        self.notices = QVBoxLayout()
        self.notices.setSpacing(Space.SMALL)
        self.side = SideForm(office, "health", save_words)
        self.side.saved.connect(self._checked)
        self.side.put_away.connect(self._put_away)
        self.preview = Card()
        self.preview.add(label(self.tr("How it will read"), "label"))
        self.text = label("", wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.preview.add(self.text)
        self.printing = HealthPrinting(office)
        self.printing.done.connect(self.made)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        box.addLayout(self.notices)
        box.addWidget(self.side)
        box.addWidget(self.preview)
        box.addWidget(self.printing)
        self._stand(shown=False)

    def close_form(self) -> None:
        """Put the paper away, and say no more about the last."""
        if self.side.isVisibleTo(self):
            self.side.close_form()
        self.printing.leave_client()

    def first_parts(self) -> tuple[Part, ...]:
        """Return for whom it is, and how large the print."""
        whom = (
            Option(EMPLOYER, self.tr("The employer")),
            Option(CLIENT, self.tr("A copy for the client")),
        )
        sizes = tuple(Option(size.value, words) for size, words in health_print_choices())
        return (
            Together(
                Choice("whom", self.tr("&For whom"), options=whom, needed=True),
                Choice("size", self.tr("P&rint"), options=sizes, needed=True),
            ),
        )

    def last_parts(self) -> tuple[Part, ...]:
        """Return the question for the reason, asked where no permission holds."""
        return (
            Lines(
                "override_reason",
                self.tr("Why it must go &without their permission"),
                self.tr("The reason is kept in the client’s record."),
                rows=2,
            ),
        )

    def begin(self) -> None:
        """Follow what is ticked from now on; the form was opened just before."""
        form = self.side.form
        assert form is not None  # noqa: S101  it was opened just now
        form.changed.connect(self._typed)
        self._stand(shown=True)
        self._typed()

    def _stand(self, *, shown: bool) -> None:
        self.preview.setVisible(shown)
        if not shown:
            clear(self.notices)

    @Slot()
    def _put_away(self) -> None:
        self._stand(shown=False)

    @Slot()
    def _typed(self) -> None:
        """Ask how the paper reads now; an answer that is overtaken is not shown."""
        form = self.side.form
        if form is None:
            return
        values: dict[str, Any] = {}
        for name in form.names():
            try:
                values[name] = form.input(name).value()
            except Refusal:
                values[name] = None
        self._asked += 1
        self.ask_again(values, partial(self._answered, self._asked))

    def ask_again(self, values: dict[str, Any], then: Any) -> None:
        """Ask how the paper reads with these values."""
        raise NotImplementedError

    def _answered(self, number: int, found: Any) -> None:
        if number != self._asked or self.side.form is None:
            return
        self.show_paper(found)

    def show_paper(self, found: Any) -> None:
        """Show how the paper reads."""
        raise NotImplementedError

    def show_reading(self, words: str, go: MayGo, *, for_employer: bool) -> None:
        """Show how the paper reads, and the permission it goes by."""
        form = self.side.form
        assert form is not None  # noqa: S101  there is nothing to show without a form
        form.set_shown("override_reason", shown=bool(go.missing))
        self.text.setText(words)
        clear(self.notices)
        for banner in self._notices(go, for_employer=for_employer):
            self.notices.addWidget(banner)
        lay_out(self)

    def _notices(self, go: MayGo, *, for_employer: bool) -> Iterator[Banner]:
        if not for_employer:
            words = self.tr("A copy for the client needs no permission.")
            yield Banner(words, self.tr("It is theirs to show or to keep."), Tone.INFO, closable=False)
        elif go.missing:
            advice = self.tr("Ask the client first. If it cannot wait, say why below; the reason is kept.")
            yield Banner(go.missing, advice, Tone.WARNING, closable=False)
        else:
            words = self.tr("The client agreed to this on {day}.").format(day=day(go.permitted_on))
            advice = self.tr("What leaves is written down under Papers, Passed on.")
            yield Banner(words, advice, Tone.OK, closable=False)

    def size_of(self, values: dict[str, Any]) -> None:
        """Remember the size that was chosen."""
        self._size = HealthPrint(values["size"])

    @Slot(object)
    def _checked(self, question: object) -> None:
        """Go on to the file: the paper may be made."""
        self._stand(shown=False)
        self.printing.print_paper(self.printed(question, self._size))

    def printed(self, question: Any, size: HealthPrint) -> Printed:
        """Return how the paper is made."""
        raise NotImplementedError
