"""Documents of a client: added by a button or dropped here, looked at inside the program, named, put away."""

from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.document_links import LinkChoice, LinkQuestion, link_choices
from coachdesk.casework.documents import (
    ChangeDocument,
    DocumentRow,
    change_document,
    list_documents,
    put_document_away,
)
from coachdesk.errors import Refusal
from coachdesk.exchange.document_files import SaveCopy, save_copy
from coachdesk.terms import Kind, Ref
from coachdesk.ui.clients.document_files_in import FilesIn
from coachdesk.ui.clients.document_looking import Looking, LookQuestion, Seen
from coachdesk.ui.clients.document_preview import DocumentPreview
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Option, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Button,
    Card,
    Divider,
    EmptyState,
    IconButton,
    RoundIcon,
    column,
    label,
    row,
    secondary_button,
)

_ABOUT = "about"
_LINK_WORDS_LENGTH = 80


class DocumentsCard(Card):
    """The list, the form for what is said about a document, and a look at it.

    Signals: ``history(Ref, str)`` when the history of one document is wanted, with what it is called here.
    """

    history = Signal(object, str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._client_id: UUID | None = None
        self._rows: dict[str, DocumentRow] = {}
        self._changing: DocumentRow | None = None
        self._waiting_change = ""
        self.add_button = secondary_button(self.tr("Add a docume&nt…"), "plus")
        self.files = FilesIn(office)
        self.form = SideForm(office, "document", self.tr("&Save"))
        self.looking = Looking(office.desk)
        self.preview = DocumentPreview()
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.SMALL)
        self.setAcceptDrops(True)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.add(row(label(self.tr("Documents"), "section"), 1, self.add_button))
        said = self.tr("Or drop files here. Each is kept inside the vault, encrypted; 25 MB at most.")
        self.add(label(said, "meta", wrap=True))
        for piece in (self.files, self.form, self.looking, self.preview):
            self.add(piece)
        self.body.addSpacing(Space.SMALL)
        self.add(self.lines)

    def _connect(self) -> None:
        self.add_button.clicked.connect(self._choose)
        self.files.kept.connect(self._kept)
        self.form.saved.connect(self._changed)
        self.preview.copy_wanted.connect(self.save_copy)
        self.preview.page_wanted.connect(self._turn)
        self.preview.closed.connect(self._closed)
        self.looking.came.connect(self._seen)
        self.looking.refused.connect(self._not_seen)
        self.looking.slow.connect(self._bring_looking)
        self.looking.stopped.connect(self._stopped)

    def show_client(self, client_id: UUID) -> None:
        """Ask for the documents of a client; what was open of another is closed."""
        if client_id != self._client_id:
            self._client_id = client_id
            self.files.show_client(client_id)
            self._rows = {}
            clear(self.lines)
            self.form.close_form()
            self._look_no_more()
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        if self._client_id is not None:
            question = ClientQuestion(client_id=self._client_id, today=self._office.desk.clock.today())
            self._office.desk.ask(_documents_of, question, self._show)

    def _show(self, found: tuple[UUID, tuple[DocumentRow, ...]]) -> None:
        client_id, rows = found
        if client_id != self._client_id:
            return
        self._rows = {one.id.hex: one for one in rows}
        clear(self.lines)
        if not rows:
            words = self.tr(
                "A scan of a signed form, a CV, a certificate: added here, it is safe with the record."
            )
            self.lines.addWidget(EmptyState(self.tr("No documents yet"), words, icon="file-text"))
        for place, one in enumerate(rows):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(one))
        lay_out(self)
        self._open_waiting()

    def _line(self, one: DocumentRow) -> QWidget:
        sort = self._office.codes.title("document_sort", one.sort) if one.sort != "not_asked" else ""
        about = self.tr("belongs to {record}").format(record=self._record(one.about)) if one.about else ""
        facts = (sort, one.size_words, day(one.added_on), one.coach, about)
        said = column(
            label(one.title, "strong", wrap=True),
            label("  ·  ".join(part for part in facts if part), "meta", wrap=True),
            spacing=Space.HAIR,
        )
        if one.note:
            said.addWidget(label(one.note, wrap=True))
        see = self._button(secondary_button(self.tr("Look"), "eye"), one, self._look)
        see.setAccessibleName(self.tr("Look at “{title}”").format(title=one.title))
        line = row(RoundIcon("file-text", Tone.BRAND), said, see, spacing=Space.GAP)
        line.setStretch(1, 1)
        for words, icon, slot in (
            (self.tr("Change “{title}”"), "pencil", self._change),
            (self.tr("Save a copy of “{title}”"), "download", self._copy),
            (self.tr("Put “{title}” away"), "trash-2", self._put_away),
        ):
            line.addWidget(self._button(IconButton(words.format(title=one.title), icon), one, slot))
        past = HistoryButton(Ref(Kind.DOCUMENT, one.id), one.title)
        past.wanted.connect(self.history)
        line.addWidget(past)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    def _record(self, about: Ref) -> str:
        words = {
            Kind.CONTACT: self.tr("a contact"),
            Kind.PLAN: self.tr("the plan"),
            Kind.CONSENT: self.tr("a permission"),
            Kind.LETTER: self.tr("a letter"),
        }
        return words[about.kind]

    def _button(self, button: Button, one: DocumentRow, slot: object) -> Button:
        button.setProperty(_ABOUT, one.id.hex)
        button.clicked.connect(slot)
        return button

    def _asked(self) -> DocumentRow:
        sender = self.sender()
        assert isinstance(sender, Button)  # noqa: S101  only the buttons of a line lead here
        return self._rows[str(sender.property(_ABOUT))]

    @Slot()
    def _choose(self) -> None:
        kinds = self.tr("Documents (*.pdf *.png *.jpg *.jpeg *.docx *.doc *.odt *.txt)")
        self.files.add_files(self._office.dialogs.open_files(self.tr("Which documents?"), (kinds,)))

    @Slot(object)
    def _kept(self, document_id: UUID) -> None:
        """Ask what the file is that was kept last, as soon as it stands in the list."""
        self._waiting_change = document_id.hex
        self.refresh()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = _dropped(event)
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.files.add_files(paths)

    @Slot()
    def _change(self) -> None:
        self.change(self._asked().id.hex)

    def change(self, about: str) -> None:
        """Open the form for one document, as soon as the list is there."""
        self._waiting_change = about
        self._open_waiting()

    def _open_waiting(self) -> None:
        found = self._rows.get(self._waiting_change)
        if found is not None:
            self._waiting_change = ""
            self._changing = found
            question = LinkQuestion(client_id=found.client_id, also=found.about)
            self._office.desk.ask(link_choices, question, self._open_form)

    def _open_form(self, choices: tuple[LinkChoice, ...]) -> None:
        found = self._changing
        if found is None or found.client_id != self._client_id:
            return
        refs = {_key(one.ref): one.ref for one in choices}

        def wish(values: dict[str, Any]) -> ChangeDocument:
            return ChangeDocument(
                id=found.id,
                title=values["title"],
                sort=values["sort"] or "not_asked",
                note=values["note"],
                about=refs.get(values["about"] or ""),
            )

        options = tuple(Option(_key(one.ref), one.words[:_LINK_WORDS_LENGTH]) for one in choices)
        parts = (
            Together(
                Text("title", self.tr("&Title"), needed=True, longest=200),
                Choice("sort", self.tr("&What it is"), options=self._office.codes.options("document_sort")),
            ),
            Together(
                Choice(
                    "about", self.tr("&Belongs to"), options=options, nothing=self.tr("Nothing in particular")
                ),
                Text("note", self.tr("N&ote"), longest=4000),
            ),
        )
        values = {
            "title": found.title,
            "sort": found.sort,
            "note": found.note,
            "about": _key(found.about) if found.about is not None else None,
        }
        heading = self.tr("What is “{title}”?").format(title=found.title)
        self.form.open_form(
            heading,
            parts,
            values,
            wish,
            change_document,
            about=f"change:{found.id.hex}",
            client_id=found.client_id,
        )
        self._bring(self.form)

    def _bring(self, piece: QWidget) -> None:
        """Bring a form or a look at a document into sight: it opens above the line it is about."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            inside = above.viewport()
            top = piece.mapTo(inside, QPoint(0, 0)).y()
            bar = above.verticalScrollBar()
            bar.setValue(bar.value() + top - Space.PAGE)

    @Slot(object)
    def _changed(self, _nothing: object) -> None:
        self.refresh()
        self._give_focus()

    @Slot()
    def _give_focus(self) -> None:
        self.add_button.setFocus()

    @Slot()
    def _look(self) -> None:
        self.looking.look(LookQuestion(id=self._asked().id), self.tr("Opening the document…"))

    @Slot(object, int)
    def _turn(self, document_id: UUID, page: int) -> None:
        said = self.tr("Drawing page {page}…").format(page=f"{page:,}")
        self.looking.look(LookQuestion(id=document_id, page=page), said)

    @Slot(object)
    def _seen(self, seen: Seen) -> None:
        if seen.id.hex in self._rows:
            self.preview.show_seen(seen)
            self._bring(self.preview)

    @Slot(object)
    def _not_seen(self, refusal: Refusal) -> None:
        self.preview.turning.let_turn()
        self._not_done(refusal)

    @Slot()
    def _bring_looking(self) -> None:
        lay_out(self)
        self._bring(self.looking)

    @Slot()
    def _stopped(self) -> None:
        """Let the page be turned again; the keyboard goes where it is of use."""
        self.preview.turning.let_turn()
        (self.add_button if self.preview.isHidden() else self.preview.close_button).setFocus()

    def _look_no_more(self) -> None:
        self.looking.let_go()
        self.preview.forget()

    @Slot()
    def _closed(self) -> None:
        self.looking.let_go()
        self._give_focus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.looking.is_on:
            self.looking.stop()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _copy(self) -> None:
        found = self._asked()
        self.save_copy(found.id, found.file_name)

    @Slot(object, str)
    def save_copy(self, document_id: UUID, file_name: str) -> None:
        """Ask where, and write a copy outside the vault."""
        title = self.tr("Save a copy outside the vault (not encrypted)")
        path = self._office.dialogs.save_as(file_name, title=title)
        if path is not None:
            wish = SaveCopy(document_id=document_id, path=path)
            self._office.desk.long(
                save_copy, wish, then=self._saved_copy, refused=self._not_done, writes=True
            )

    def _saved_copy(self, path: Path) -> None:
        words = self.tr("A copy lies at {path}. It is not encrypted: delete it when it is no longer needed.")
        self._office.messages.say_done(words.format(path=path))

    @Slot()
    def _put_away(self) -> None:
        found = self._asked()
        self._look_no_more()
        self._office.desk.do(put_document_away, found.id, then=self._changed, refused=self._not_done)

    def _not_done(self, refusal: Refusal) -> None:
        self.files.say_refused(refusal.message)


def _documents_of(session: Any, question: ClientQuestion) -> tuple[UUID, tuple[DocumentRow, ...]]:
    """Return the documents and whose they are: no documents name nobody, and two readers answer in any order."""
    return question.client_id, list_documents(session, question)


def _key(ref: Ref) -> str:
    return f"{ref.kind.value} {ref.id.hex}"


def _dropped(event: QDropEvent) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
