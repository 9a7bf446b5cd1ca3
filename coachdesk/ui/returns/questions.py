"""The room of questions: asked by a small builder, answered inside the vault, taken out only under protection."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.returns.issue import issue
from coachdesk.returns.questions import Answer, QuestionWish, answered
from coachdesk.returns.questions_kept import (
    RenameQuestion,
    SavedQuestionRow,
    SaveQuestion,
    list_questions,
    remove_question,
    rename_question,
    save_question,
)
from coachdesk.returns.questions_out import prepared_question
from coachdesk.returns.wishes import Issued, IssueWish, PreparedReturn
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.returns.questions_answer import AnswerView
from coachdesk.ui.returns.questions_builder import QuestionBuilder
from coachdesk.ui.returns.safety_view import SafetyView
from coachdesk.ui.returns.tables_view import TablesView
from coachdesk.ui.rights.part import Part, about, asked_about
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Card,
    Divider,
    EmptyState,
    Flow,
    column,
    label,
    primary_button,
    row,
    secondary_button,
)
from coachdesk.ui.widgets.labels import restyle
from coachdesk.ui.wizard import WorkingPage


class QuestionsPart(Part):
    """The builder, the answer, the protected table on its way out, and the questions that are kept."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self.answer: Answer | None = None
        self.prepared: PreparedReturn | None = None
        self._saved: dict[str, SavedQuestionRow] = {}
        self.builder = QuestionBuilder(self.office)
        self.ask_button = primary_button(self.tr("Ask &it"), "search")
        self.out_button = secondary_button(self.tr("&Take it out…"), "shield-check")
        self.keep_button = secondary_button(self.tr("&Keep the question…"), "star")
        self.view = AnswerView(self.office)
        self.write_button = primary_button(self.tr("Write the fil&es…"), "send")
        self.safety = SafetyView()
        self.tables = TablesView(self.office)
        self.out = QWidget()
        self.kept = QVBoxLayout()
        self.kept.setSpacing(Space.GAP)
        self._arrange()
        self._connect()
        self._forget()

    def _arrange(self) -> None:
        card = Card()
        card.add(label(self.tr("A question about your clients"), "section"))
        card.add(
            label(
                self.tr(
                    "People are counted once. A question has at most three parts; the answer stays in the vault until you "
                    "take it out protected."
                ),
                "meta",
                wrap=True,
            )
        )
        card.add(self.builder)
        card.add(Flow(self.ask_button, self.out_button, self.keep_button, spacing=Space.GAP))
        shelf = Card()
        shelf.add(label(self.tr("Kept questions"), "section"))
        shelf.add(self.kept)
        head = Card()
        head.add(label(self.tr("As it would leave"), "section"))
        head.add(
            label(
                self.tr(
                    "This is all a reader would see. Once written, it stands with what was issued, and later returns are "
                    "protected against it."
                ),
                wrap=True,
            )
        )
        head.add(row(self.write_button, 1))
        box = QVBoxLayout(self.out)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        for piece in (head, self.tables, self.safety):
            box.addWidget(piece)
        whole: tuple[QWidget, ...] = (card, self.view, self.out, shelf)
        for part in whole:
            self.body.addWidget(part)

    def _connect(self) -> None:
        self.builder.changed.connect(self._forget)
        self.ask_button.clicked.connect(self.ask)
        self.out_button.clicked.connect(self._take_out)
        self.keep_button.clicked.connect(self._keep)
        self.write_button.clicked.connect(self._write)
        self.view.open_client.connect(self.page.open_client)

    @override
    def know_role(self, *, manages: bool) -> None:
        super().know_role(manages=manages)
        self._settle()

    def _settle(self) -> None:
        """Offer only what can be done now; questions are kept, and answers leave, through managers."""
        has_answer = self.answer is not None
        is_leaving = self.prepared is not None
        restyle(self.ask_button, kind="secondary" if is_leaving else "primary")
        self.ask_button.set_icon_name("search")
        self.out_button.setVisible(has_answer and self.manages and not is_leaving)
        self.keep_button.setVisible(has_answer and self.manages)
        self.view.setVisible(has_answer and not is_leaving)
        self.out.setVisible(is_leaving)

    @Slot()
    def _forget(self) -> None:
        """Put an answer away that belongs to another question."""
        self.answer, self.prepared = None, None
        self._settle()

    @override
    def refresh(self) -> None:
        self.builder.refresh()
        self.office.desk.ask(list_questions, None, self._show_kept)

    @Slot()
    def ask(self) -> None:
        """Answer the question inside the vault."""
        wish = self.builder.wish()
        if wish is not None:
            self.page.start(answered, wish, self.tr("Counting…"), self._answered)

    def _answered(self, answer: Answer) -> None:
        self.answer, self.prepared = answer, None
        self.view.show_answer(answer)
        self._settle()
        lay_out(self)
        if self.view.table is not None:
            self.view.table.setFocus()

    @Slot()
    def _take_out(self) -> None:
        if self.answer is not None:
            words = self.tr("Protecting the table and attacking it as a stranger would…")
            self.page.start(prepared_question, self.answer.wish, words, self._prepared)

    def _prepared(self, prepared: PreparedReturn) -> None:
        self.prepared = prepared
        self.tables.setVisible(bool(prepared.tables))
        self.tables.show_return(prepared)
        self.safety.show_return(prepared)
        self._settle()
        lay_out(self)
        self.write_button.setFocus()

    @Slot()
    def _write(self) -> None:
        prepared = self.prepared
        folder = self.office.dialogs.choose_folder(self.tr("Where shall the answer lie?"))
        if prepared is None or folder is None:
            return
        wish = prepared.wish
        name = f"{wish.programme_key} {prepared.question.lower()} {wish.from_on} to {wish.to_on}"
        plain = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in name)
        place = folder / " ".join(plain.split())
        words = self.tr("Writing the files and attacking what was written…")
        issuing = IssueWish(prepared=prepared, folder=place)
        self.page.start(issue, issuing, words, self._written, writes=True)

    def _written(self, issued: Issued) -> None:
        words = self.tr("The answer is written and stands with what was issued: {folder}")
        self.office.messages.say(words.format(folder=issued.folder), tone=Tone.OK)
        self._forget()

    @Slot()
    def _keep(self) -> None:
        if self.answer is None:
            return
        question = self.tr("What shall the question be called?")
        title = self.office.dialogs.ask_text(question, yes=self.tr("Keep it"))
        if title is not None:
            self._do(save_question, SaveQuestion(title=title, wish=self.answer.wish))

    def _do(self, command: Callable[[Any, Any], Any], wish: object) -> None:
        self.office.desk.do(command, wish, then=self._changed, refused=self.page.show_refusal)

    def _changed(self, _value: object) -> None:
        self.office.desk.ask(list_questions, None, self._show_kept)

    def _show_kept(self, rows: tuple[SavedQuestionRow, ...]) -> None:
        self._saved = {one.id.hex: one for one in rows}
        clear(self.kept)
        if not rows:
            words = self.tr(
                "Ask a question, then keep it under a name: it can be asked again with one press."
            )
            self.kept.addWidget(EmptyState(self.tr("No question is kept yet"), words, icon="star"))
        for place, one in enumerate(rows):
            if place:
                self.kept.addWidget(Divider())
            self.kept.addWidget(self._line(one))
        lay_out(self)

    def _line(self, one: SavedQuestionRow) -> QWidget:
        wish: QuestionWish = one.wish
        said = self.tr("{programme} · {first} to {last}").format(
            programme=one.programme, first=day(wish.from_on), last=day(wish.to_on)
        )
        words = column(
            label(one.title, "strong", wrap=True), label(said, "meta", wrap=True), spacing=Space.HAIR
        )
        buttons = [
            about(
                secondary_button(self.tr("Open")),
                one.id.hex,
                self._open,
                self.tr("Open: {title}").format(title=one.title),
            )
        ]
        if self.manages:
            buttons += [
                about(
                    secondary_button(self.tr("Rename…")),
                    one.id.hex,
                    self._rename,
                    self.tr("Rename: {title}").format(title=one.title),
                ),
                about(
                    secondary_button(self.tr("Remove")),
                    one.id.hex,
                    self._remove,
                    self.tr("Remove: {title}").format(title=one.title),
                ),
            ]
        line = row(words, *buttons, spacing=Space.GAP)
        line.setStretch(0, 1)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    @Slot()
    def _open(self) -> None:
        self._forget()
        self.builder.show_question(self._saved[asked_about(self.sender())].wish)
        self.page.show_top()
        self.ask_button.setFocus()

    @Slot()
    def _rename(self) -> None:
        one = self._saved[asked_about(self.sender())]
        title = self.office.dialogs.ask_text(
            self.tr("What shall the question be called?"), yes=self.tr("Rename it"), start=one.title
        )
        if title is not None:
            self._do(rename_question, RenameQuestion(id=one.id, title=title))

    @Slot()
    def _remove(self) -> None:
        self._do(remove_question, UUID(hex=asked_about(self.sender())))
