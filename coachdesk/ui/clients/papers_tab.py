"""Papers: letters written, what was passed on and to whom, and the referrer who has not heard yet."""

from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.letter_templates import TemplateRow, all_templates
from coachdesk.casework.letters import (
    FeedbackOffer,
    LetterRow,
    MarkSent,
    list_feedback,
    list_letters,
    mark_sent,
)
from coachdesk.errors import Refusal
from coachdesk.papers.letter import LetterPrint
from coachdesk.terms import Kind
from coachdesk.ui.clients.documents_card import DocumentsCard
from coachdesk.ui.clients.letter_form import LetterForm
from coachdesk.ui.clients.letter_printing import LetterPrinting
from coachdesk.ui.clients.passed_on_card import PassedOnCard
from coachdesk.ui.clients.tab import Tab, clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.services.onward_card import OnwardCard
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Banner,
    Button,
    Card,
    EmptyState,
    Flow,
    Pill,
    column,
    label,
    primary_button,
    row,
)


class PapersTab(Tab):
    """Cards one below the other: the letters, and what was passed on; ``cards`` takes more."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._templates: tuple[TemplateRow, ...] = ()
        self._offers: dict[str, FeedbackOffer] = {}
        self._waiting = ""
        self._menu_waits = False
        self.menu_shown: QMenu | None = None
        self.offers = QVBoxLayout()
        self.writing = LetterForm(office)
        self.writing.made.connect(self._made)
        self.printing = LetterPrinting(office)
        self.write_button = primary_button(self.tr("&Write a letter…"), "mail")
        self.write_button.setToolTip("Ctrl+Shift+L")
        self.write_button.setAccessibleDescription(self.write_button.toolTip())
        self.write_button.clicked.connect(self.choose_letter)
        self.letters = QVBoxLayout()
        self.letters.setSpacing(Space.GAP)
        self.passed_on = PassedOnCard(office)
        self.passed_on.history.connect(self.history)
        self.onward = OnwardCard(office)
        self.onward.history.connect(self.history)
        self.onward.changed.connect(self._referred)
        self.documents = DocumentsCard(office)
        self.documents.history.connect(self.history)
        self.cards = QVBoxLayout()
        self.cards.setSpacing(Space.GAP)
        self._arrange()

    def _arrange(self) -> None:
        card = Card()
        card.add(row(label(self.tr("Letters"), "section"), 1, self.write_button))
        card.add(self.letters)
        for piece in (self.writing, self.printing, card, self.onward, self.documents, self.passed_on):
            self.cards.addWidget(piece)
        self.body.addLayout(self.offers)
        self.body.addLayout(self.cards)
        self.body.addStretch(1)

    @override
    def show_client(self, client_id: UUID) -> None:
        if client_id != self.client_id:
            self.writing.close_form()
            clear(self.letters)
            clear(self.offers)
        self.printing.show_client(client_id)
        self.passed_on.show_client(client_id)
        self.onward.show_client(client_id)
        self.documents.show_client(client_id)
        super().show_client(client_id)

    @override
    def refresh(self) -> None:
        question = self.question()
        if question is not None:
            self.office.desk.ask(all_templates, None, self._know)
            self.office.desk.ask(list_letters, question, self._show)
            self.office.desk.ask(list_feedback, question, self._offer)

    @override
    def go_on(self, kind: str, about: str) -> None:
        if kind == "passed":
            self.passed_on.write()
        elif kind == "change":
            self.documents.change(about)
        elif not self.onward.go_on(kind, about):
            self._waiting = kind
            self._go_on()

    @Slot()
    def _referred(self) -> None:
        """Show a referral on as it stands now, and what was passed on with it."""
        self.passed_on.refresh()
        if self.client_id is not None:
            self.onward.show_client(self.client_id)

    def _know(self, templates: tuple[TemplateRow, ...]) -> None:
        self._templates = templates
        self._go_on()
        if self._menu_waits:
            self.choose_letter()

    def _go_on(self) -> None:
        """Open the letter that waits for the templates to be read."""
        found = next((one for one in self._templates if one.key == self._waiting), None)
        if found is not None and self.client_id is not None:
            self._waiting = ""
            self.writing.start(self.client_id, found.id)

    @Slot()
    def choose_letter(self) -> None:
        """Open the menu of letters, as soon as they are known; without any, say where they come from."""
        self._menu_waits = not self._templates
        if not self._templates:
            return
        menu = QMenu(self.window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("Which letter"))
        for template in self._templates:
            menu.addAction(f"&{template.title}").setData(template.id.hex)
        menu.triggered.connect(self._chosen)
        self.menu_shown = menu
        menu.popup(self.write_button.mapToGlobal(QPoint(0, self.write_button.height())))

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        if self.client_id is not None:
            self.writing.start(self.client_id, UUID(hex=str(action.data())))

    @Slot(object, str)
    def _made(self, letter_id: UUID, size: str) -> None:
        self.refresh()
        self.passed_on.refresh()
        self.write_button.setFocus()
        self.printing.print_letter(letter_id, LetterPrint(size))

    def _offer(self, offers: tuple[FeedbackOffer, ...]) -> None:
        clear(self.offers)
        self._offers = {one.enrolment_id.hex: one for one in offers}
        for offer in offers:
            words = self.tr("{referrer} referred to {programme} and has not heard from us.")
            banner = Banner(
                words.format(referrer=offer.referrer, programme=offer.programme),
                self._what_may_be_told(offer),
                Tone.INFO,
                action=self.tr("Tell the referrer"),
                closable=False,
            )
            banner.setProperty("enrolment", offer.enrolment_id.hex)
            banner.acted.connect(self._tell)
            self.offers.addWidget(banner)
        lay_out(self)

    def _what_may_be_told(self, offer: FeedbackOffer) -> str:
        accepted = self.tr("Accepted {day}.").format(day=day(offer.accepted_on))
        if not offer.missing:
            return self.tr("{accepted} The client agreed that they are told.").format(accepted=accepted)
        words = self.tr("{accepted} {why} The letter then only thanks for the referral.")
        return words.format(accepted=accepted, why=offer.missing)

    @Slot()
    def _tell(self) -> None:
        offer = self._offers.get(str(self.sender().property("enrolment")))
        if offer is not None and self.client_id is not None:
            self.writing.start(self.client_id, offer.template_id, offer.enrolment_id)

    def _show(self, letters: tuple[LetterRow, ...]) -> None:
        clear(self.letters)
        if not letters:
            self.letters.addWidget(
                EmptyState(
                    self.tr("No letters yet"),
                    self.tr(
                        "An appointment, a word to the referrer, a certificate: each is kept as it was made."
                    ),
                    icon="mail",
                )
            )
        for letter in letters:
            self.letters.addWidget(self._letter(letter))
        lay_out(self)

    def _letter(self, letter: LetterRow) -> QWidget:
        called = self.tr("{title}: {recipient}").format(title=letter.title, recipient=letter.recipient)
        head = row(label(called, "strong", wrap=True))
        head.setStretch(0, 1)
        if letter.sent_on is not None:
            head.addWidget(Pill(self.tr("Sent {day}").format(day=day(letter.sent_on)), Tone.OK))
        written = self.tr("Written {day}").format(day=day(letter.written_on))
        by = self.tr("by {coach}").format(coach=letter.coach) if letter.coach else ""
        said = column(head, spacing=Space.HAIR)
        said.addWidget(label("  ·  ".join(part for part in (written, by) if part), "meta", wrap=True))
        if letter.closed:
            said.addWidget(label(letter.closed, "meta", tone=Tone.WARNING, wrap=True))
        text = label(f"{letter.subject}\n\n{letter.body}", wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.hide()
        said.addLayout(self._letter_buttons(letter, called, text))
        said.addWidget(text)
        holder = QWidget()
        said.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(said)
        return holder

    def _letter_buttons(self, letter: LetterRow, called: str, text: QWidget) -> Flow:
        buttons = Flow(spacing=Space.SMALL)
        read = Button(self.tr("Read"), "eye")
        read.setCheckable(True)
        read.setAccessibleName(self.tr("Read: {letter}").format(letter=called))
        read.toggled.connect(text.setVisible)
        read.toggled.connect(self._unfolded)
        buttons.addWidget(read)
        if not letter.closed:
            buttons.addWidget(self.printing.button(letter.id, called))
        if letter.sent_on is None:
            sent = Button(self.tr("It was sent"), "send")
            sent.setAccessibleName(self.tr("It was sent: {letter}").format(letter=called))
            sent.setProperty("letter", letter.id.hex)
            sent.clicked.connect(self._sent)
            buttons.addWidget(sent)
        buttons.addWidget(self.history_of(Kind.LETTER, letter.id, called))
        return buttons

    @Slot(bool)
    def _unfolded(self, _open: bool) -> None:  # noqa: FBT001  Qt's signal says so
        lay_out(self)

    @Slot()
    def _sent(self) -> None:
        wish = MarkSent(
            letter_id=UUID(hex=str(self.sender().property("letter"))),
            sent_on=self.office.desk.clock.today(),
        )
        self.office.desk.do(mark_sent, wish, then=self._was_sent, refused=self._refused)

    def _was_sent(self, _nothing: None) -> None:
        self.refresh()

    def _refused(self, refusal: Refusal) -> None:
        self.office.messages.show_refusal(refusal)
