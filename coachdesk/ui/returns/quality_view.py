"""What will spoil the return, in order of consequence; each line opens the very field, client after client."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.quality import QualityLine, ReturnScope, data_quality
from coachdesk.casework.quality_queue import QUEUED
from coachdesk.returns.wishes import PreparedReturn, ReturnWish
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.returns.people import PeopleBehind
from coachdesk.ui.returns.quality_queue import QualityQueue
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Card, EmptyState, RoundIcon, label, row

_HEIGHT = 260


def scope_of(wish: ReturnWish) -> ReturnScope:
    """Return the return as the list of what is missing knows it."""
    return ReturnScope(
        programme_key=wish.programme_key, from_on=wish.from_on, to_on=wish.to_on, as_at=wish.as_at
    )


class QualityView(QWidget):
    """Sentences with two buttons each: put right one client after the other, or show who.

    Signals: ``open_client(UUID)``.
    """

    open_client = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._scope: ReturnScope | None = None
        self._lines: dict[str, QualityLine] = {}
        self.queue = QualityQueue(office)
        self.queue.moved.connect(self.look_again)
        self.queue.stopped.connect(self.look_again)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.SMALL)
        card = Card()
        card.add(self.lines)
        self.about = label("", "section", wrap=True)
        self.people = PeopleBehind(office, self.tr("People to look at"))
        self.people.setMinimumHeight(_HEIGHT)
        self.people.opened.connect(self.open_client)
        self.people.arrived.connect(self._go_there)
        self.who = Card()
        self.who.add(self.about)
        self.who.add(self.people)
        self.who.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        box.addWidget(self.queue)
        box.addWidget(card)
        box.addWidget(self.who)
        box.addStretch(1)

    def show_return(self, prepared: PreparedReturn) -> None:
        """Show what would spoil a return that was worked out."""
        self._scope = scope_of(prepared.wish)
        self.queue.stop()
        self._forget_people()
        self._show(prepared.quality)

    def look(self, scope: ReturnScope) -> None:
        """Look what would spoil a return, before it is worked out."""
        self._scope = scope
        self.queue.stop()
        self._forget_people()
        self.look_again()

    @Slot()
    def look_again(self) -> None:
        """Look once more, so that the numbers fall as one puts right."""
        if self._scope is not None:
            self._office.desk.ask(data_quality, self._scope, self._show)

    def _forget_people(self) -> None:
        self.who.hide()
        self.people.forget()

    def _show(self, found: tuple[QualityLine, ...]) -> None:
        clear(self.lines)
        self._lines = {line.id: line for line in found}
        for line in found:
            self.lines.addLayout(self._line(line))
        if not found:
            self.lines.addWidget(
                EmptyState(
                    self.tr("Nothing to put right"),
                    self.tr("Every answer the return needs is there."),
                    icon="circle-check",
                )
            )
        lay_out(self)

    def _line(self, line: QualityLine) -> QVBoxLayout:
        button = Button(self.tr("Show who"), "users")
        button.setAccessibleName(self.tr("Show who: {sentence}").format(sentence=line.sentence))
        button.setProperty("line", line.id)
        button.clicked.connect(self._show_who)
        words = label(line.sentence, wrap=True)
        pieces = [RoundIcon("triangle-alert", Tone.WARNING, 32), words]
        if line.field in QUEUED:
            right = Button(self.tr("Put right"), "list-checks")
            right.setAccessibleName(self.tr("Put right: {sentence}").format(sentence=line.sentence))
            right.setProperty("line", line.id)
            right.clicked.connect(self._put_right)
            pieces.append(right)
        inner = row(*pieces, button, spacing=Space.GAP)
        inner.setStretch(1, 1)
        whole = QVBoxLayout()
        whole.addLayout(inner)
        return whole

    @Slot()
    def _show_who(self) -> None:
        line = self._lines[str(self.sender().property("line"))]
        self.about.setText(line.sentence)
        self.who.show()
        self.people.ask(line.client_ids)

    @Slot()
    def _put_right(self) -> None:
        line = self._lines[str(self.sender().property("line"))]
        if self._scope is not None:
            self._forget_people()
            self.queue.start(line, self._scope)

    @Slot()
    def _go_there(self) -> None:
        self.people.choose_first()
        self.people.setFocus()

    def shown_lines(self) -> tuple[QualityLine, ...]:
        """Return the lines that are shown now."""
        return tuple(self._lines.values())

    def shown(self) -> tuple[UUID, ...]:
        """Return the clients that are listed now."""
        return self.people.shown()


class BeforeReturn(QWidget):
    """What stands on the page while no return is worked out: what to do, and what would spoil the return.

    Signals: ``open_client(UUID)``.
    """

    open_client = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.nothing = Card()
        self.nothing.add(label(self.tr("No return worked out yet"), "section"))
        words = self.tr(
            "Choose a programme and a period, then work it out. Nothing leaves the vault until you issue the pack."
        )
        self.nothing.add(label(words, "secondary", wrap=True))
        self.heading = label(self.tr("What would spoil it: best put right first"), "section", wrap=True)
        self.quality = QualityView(office)
        self.quality.open_client.connect(self.open_client)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        for piece in (self.nothing, self.heading, self.quality):
            box.addWidget(piece)
        self.heading.hide()
        self.quality.hide()

    def look(self, wish: ReturnWish) -> None:
        """Show what would spoil a return of this programme and period."""
        self.quality.look(scope_of(wish))
        self.heading.show()
        self.quality.show()
