"""Writing a letter: what must be known first, the few things the letter asks, and how it will read."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.letter_fields import LetterField
from coachdesk.casework.letter_templates import CLIENT, field_words
from coachdesk.casework.letter_values import Writing
from coachdesk.casework.letters import LetterDraft, LetterQuestion, make_letter, read_letter
from coachdesk.errors import Refusal
from coachdesk.papers.letter import LetterPrint, letter_print_choices
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Date, Field, Lines, Option, Part, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, listed, long_day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Banner, Card, label

_DAY = "appointment_day"
_ABREAST = 3


class LetterForm(QWidget):
    """One letter about to be written.

    Signals: ``made(UUID, str)`` with the letter's id and the size to print it in.
    """

    made = Signal(object, str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._draft: LetterDraft | None = None
        self._client_id: UUID | None = None
        self._asked = 0
        self._size = LetterPrint.STANDARD.value
        self.notices = QVBoxLayout()
        self.notices.setSpacing(Space.SMALL)
        self.side = SideForm(office, "letter", self.tr("&Make the letter"))
        self.side.saved.connect(self._made)
        self.side.put_away.connect(self.hide)
        self.preview = Card()
        self.preview.add(label(self.tr("How it will read"), "label"))
        self.subject = label("", "section", wrap=True)
        self.text = label("", wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.left_out = label("", "meta", wrap=True)
        for piece in (self.subject, self.text, self.left_out):
            self.preview.add(piece)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        box.addLayout(self.notices)
        box.addWidget(self.side)
        box.addWidget(self.preview)
        self.hide()

    def start(self, client_id: UUID, template_id: UUID, enrolment_id: UUID | None = None) -> None:
        """Begin a letter from a template, as soon as the record has been read."""
        self._client_id = client_id
        question = LetterQuestion(
            client_id=client_id,
            template_id=template_id,
            today=self._office.desk.clock.today(),
            enrolment_id=enrolment_id,
        )
        self._office.desk.ask(read_letter, question, self._open)

    def close_form(self) -> None:
        """Put the letter away; what was typed stays as a draft."""
        if self.side.isVisibleTo(self):
            self.side.close_form()
        self.hide()

    def _open(self, draft: LetterDraft) -> None:
        assert self._client_id is not None  # noqa: S101  the letter was begun for somebody
        self._draft = draft
        size = LetterPrint.LARGE if draft.writing.large_print and self._to_client() else LetterPrint.STANDARD
        self.show()
        self.side.open_form(
            draft.template.title,
            tuple(self._parts(draft)),
            {
                **draft.start,
                "recipient": draft.recipient,
                "recipient_address": draft.recipient_address,
                "size": size.value,
            },
            self._wish,
            make_letter,
            about=f"{draft.template.key}:{self._client_id.hex}",
            client_id=self._client_id,
        )
        form = self.side.form
        assert form is not None  # noqa: S101  it was opened just now
        form.changed.connect(self._typed)
        self._show_draft(self._asked, draft)
        self._typed()

    def _to_client(self) -> bool:
        return self._draft is not None and self._draft.template.addressed_to == CLIENT

    def _parts(self, draft: LetterDraft) -> Iterator[Part]:
        asked = [self._question(one) for one in draft.asked if not one.optional]
        for start in range(0, len(asked), _ABREAST):
            yield Together(*asked[start : start + _ABREAST])
        for one in draft.asked:
            if one.optional:
                yield Lines(one.name, one.words, self._own_words_hint(), rows=3)
        sizes = tuple(Option(size.value, words) for size, words in letter_print_choices())
        yield Together(
            Text("recipient", self.tr("&To"), needed=True),
            Choice("size", self.tr("P&rint"), options=sizes, needed=True),
        )
        yield Lines("recipient_address", self.tr("A&ddress"), rows=3)
        yield Lines(
            "override_reason",
            self.tr("&Why it must go without their permission"),
            self.tr("The reason is kept in the client’s record."),
            rows=2,
        )

    def _own_words_hint(self) -> str:
        return "" if self._to_client() else self.tr("Keep to what the client agreed to.")

    def _question(self, asked: LetterField) -> Field:
        if asked.name == _DAY:
            return Date(asked.name, asked.words, needed=True, lean="future")
        return Text(asked.name, asked.words, needed=True)

    def _wish(self, values: dict[str, Any]) -> LetterQuestion:
        self._size = values["size"]
        return self._question_of(values)

    def _question_of(self, values: dict[str, Any]) -> LetterQuestion:
        assert self._draft is not None  # noqa: S101  the form stands for a letter that was read
        assert self._client_id is not None  # noqa: S101  the same
        return LetterQuestion(
            client_id=self._client_id,
            template_id=self._draft.template.id,
            today=self._office.desk.clock.today(),
            enrolment_id=self._draft.enrolment_id,
            recipient=values["recipient"],
            recipient_address=values["recipient_address"],
            answers={one.name: _words(values[one.name]) for one in self._draft.asked},
            override_reason=values["override_reason"],
        )

    @Slot()
    def _typed(self) -> None:
        """Ask how the letter reads now; an answer that is overtaken is not shown."""
        form = self.side.form
        if form is None:
            return
        values: dict[str, Any] = {}
        for name in form.names():
            try:
                values[name] = form.input(name).value()
            except Refusal:
                values[name] = ""
        self._asked += 1
        self._office.desk.ask(read_letter, self._question_of(values), partial(self._show_draft, self._asked))

    def _show_draft(self, number: int, draft: LetterDraft) -> None:
        form = self.side.form
        if number != self._asked or form is None:
            return
        form.set_shown("override_reason", shown=bool(draft.missing))
        self.subject.setText(draft.subject)
        self.text.setText(draft.body)
        self.left_out.setText("\n".join(self._left_out(draft)))
        self.left_out.setVisible(bool(self.left_out.text()))
        clear(self.notices)
        for banner in self._notices(draft):
            self.notices.addWidget(banner)
        lay_out(self)

    def _left_out(self, draft: LetterDraft) -> Iterator[str]:
        if draft.not_covered:
            names = _fields(draft.not_covered)
            yield self.tr("Left out, because the client did not agree to it: {names}.").format(names=names)
        if draft.not_known:
            names = _fields(draft.not_known)
            yield self.tr("Left out, because it is not in the record: {names}.").format(names=names)

    def _notices(self, draft: LetterDraft) -> Iterator[Banner]:
        if self._to_client():
            yield from self._how_to_write(draft.writing)
        elif draft.missing:
            yield Banner(
                draft.missing,
                self.tr("Ask the client first. If it cannot wait, say why below; the reason is kept."),
                Tone.WARNING,
                closable=False,
            )
        elif draft.permitted_on is not None:
            words = self.tr("The client agreed to this on {day}.").format(day=day(draft.permitted_on))
            yield Banner(
                words, self.tr("The letter tells what they agreed to and no more."), Tone.OK, closable=False
            )
        else:
            words = self.tr("This letter tells nothing about the client.")
            yield Banner(words, self.tr("So it needs no permission."), Tone.INFO, closable=False)

    def _how_to_write(self, writing: Writing) -> Iterator[Banner]:
        if writing.may_post == "no":
            words = self.tr("No post to this client.")
            yield Banner(
                words, writing.note or self.tr("Hand the letter over."), Tone.WARNING, closable=False
            )
        elif writing.note:
            yield Banner(
                self.tr("Safe contact: {note}").format(note=writing.note), "", Tone.WARNING, closable=False
            )
        if writing.may_email == "no":
            yield Banner(self.tr("No email to this client."), "", Tone.WARNING, closable=False)
        parts = [writing.needs, self.tr("Preferred language: {language}").format(language=writing.language)]
        said = [part for part, there in zip(parts, (writing.needs, writing.language), strict=True) if there]
        if writing.interpreter:
            said.append(self.tr("An interpreter is needed."))
        if said:
            yield Banner(self.tr("Communication needs"), "\n".join(said), Tone.INFO, closable=False)

    @Slot(object)
    def _made(self, letter_id: object) -> None:
        self.hide()
        self.made.emit(letter_id, self._size)


def _fields(names: tuple[str, ...]) -> str:
    """Return what fields stand for, as a sentence lists them."""
    words = [field_words(name) for name in names]
    return listed([f"{one[:1].lower()}{one[1:]}" for one in words])


def _words(value: Any) -> str:
    """Return an answer as the letter says it."""
    if isinstance(value, dt.date):
        return f"{long_day(value)} {value.year}"
    return str(value or "")
