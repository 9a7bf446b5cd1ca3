"""Letters: the wording of each, with the fields it may use, read through with an invented client, and the way back."""

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.letter_fields import FIELDS
from coachdesk.casework.letter_templates import (
    CLIENT,
    EMPLOYER,
    REFERRER,
    RestoreTemplate,
    SaveTemplate,
    TemplateRow,
    all_templates,
    preview,
    restore_missing,
    restore_template,
    save_template,
)
from coachdesk.errors import Refusal
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Lines, Text
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Button,
    Card,
    Divider,
    EmptyState,
    Fact,
    FactGrid,
    Flow,
    Pill,
    column,
    label,
    row,
    secondary_button,
)

_ROWS = 11


class LettersCard(Card):
    """A line a letter; one at a time is reworded, with its reading beside."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._rows: dict[str, TemplateRow] = {}
        self._chosen: TemplateRow | None = None
        self.form = SideForm(office, "letter wording", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.form.put_away.connect(self._put_away)
        self.reading = QWidget()
        self.text = label("", wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self._arrange()

    def _arrange(self) -> None:
        self.add(label(self.tr("Letters"), "section"))
        self.add(
            label(
                self.tr(
                    "Reword them as you like. A letter to somebody else is made only with the client’s permission, "
                    "and a line that tells more than they agreed to is left out by itself."
                ),
                "meta",
                wrap=True,
            )
        )
        self.add(self.form)
        inside = column(
            label(self.tr("Fields you may use, in braces"), "label"),
            FactGrid(tuple(Fact(f"{{{field.name}}}", field.words) for field in FIELDS)),
            label(self.tr("As an invented client would read it"), "label"),
            self.text,
        )
        inside.setContentsMargins(0, 0, 0, 0)
        self.reading.setLayout(inside)
        self.reading.hide()
        self.add(self.reading)
        self.add(self.lines)

    def refresh(self) -> None:
        """Ask for the letters."""
        self._office.desk.ask(all_templates, None, self._show)

    def _show(self, rows: tuple[TemplateRow, ...]) -> None:
        self._rows = {one.key: one for one in rows}
        clear(self.lines)
        if not rows:
            button = secondary_button(self.tr("Put in the letters that come with CoachDesk"), "download")
            button.clicked.connect(self._put_in)
            words = self.tr("This vault is older than the letters, or all of them were put away.")
            self.lines.addWidget(EmptyState(self.tr("No letters yet"), words, button, icon="mail"))
        for place, template in enumerate(rows):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(template))
        lay_out(self)

    def _line(self, template: TemplateRow) -> QWidget:
        reword = Button(self.tr("Reword"), "pencil")
        restore = Button(self.tr("Restore"), "undo-2")
        restore.setToolTip(self.tr("Give it the wording that comes with CoachDesk"))
        buttons = Flow(spacing=Space.SMALL)
        for button, slot in ((reword, self._reword), (restore, self._restore)):
            button.setProperty("letter", template.key)
            button.setAccessibleName(f"{button.text()}: {template.title}")
            button.clicked.connect(slot)
        buttons.addWidget(reword)
        if template.is_changed:
            buttons.addWidget(restore)
        head = row(label(template.title, "strong", wrap=True))
        head.setStretch(0, 1)
        if template.is_changed:
            head.addWidget(Pill(self.tr("Reworded here"), Tone.INFO))
        source = self.tr("Source: {source}").format(source=template.source)
        said = column(head, label(self._needs(template), "secondary", wrap=True), spacing=Space.HAIR)
        said.addWidget(label(source, "meta", wrap=True))
        said.addLayout(buttons)
        said.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        holder.setLayout(said)
        return holder

    def _needs(self, template: TemplateRow) -> str:
        if template.addressed_to == CLIENT:
            return self.tr("To the client; no permission is needed.")
        whom = {REFERRER: self.tr("the referrer"), EMPLOYER: self.tr("an employer")}
        to = whom.get(template.addressed_to, self.tr("somebody else"))
        if not template.purpose:
            return self.tr("To {whom}; it tells nothing about the client.").format(whom=to)
        purpose = self._office.codes.title("consent_purpose", template.purpose)
        words = self.tr("To {whom}; needs the permission “{purpose}”.")
        return words.format(whom=to, purpose=purpose)

    @Slot()
    def _reword(self) -> None:
        template = self._rows.get(str(self.sender().property("letter")))
        if template is None:
            return
        self._chosen = template
        self.form.open_form(
            self.tr("Reword: {title}").format(title=template.title),
            (
                Text("title", self.tr("&Title"), needed=True),
                Text("subject", self.tr("Su&bject"), needed=True),
                Lines("body", self.tr("Te&xt"), rows=_ROWS, needed=True),
            ),
            template,
            self._wish,
            save_template,
            about=template.key,
        )
        form = self.form.form
        assert form is not None  # noqa: S101  it was opened just now
        form.changed.connect(self._read)
        self.reading.show()
        self._read()

    @Slot()
    def _read(self) -> None:
        """Show the wording as it stands, for an invented client."""
        form = self.form.form
        if form is not None:
            typed = form.raw()
            self.text.setText(preview(str(typed["subject"]), str(typed["body"])).text)
            lay_out(self)

    def _wish(self, values: dict[str, Any]) -> SaveTemplate:
        assert self._chosen is not None  # noqa: S101  the form opens for a letter that was chosen
        return SaveTemplate(template_id=self._chosen.id, **values)

    @Slot(object)
    def _saved(self, _nothing: object) -> None:
        self._put_away()
        self.refresh()

    @Slot()
    def _put_away(self) -> None:
        self.reading.hide()

    @Slot()
    def _restore(self) -> None:
        template = self._rows.get(str(self.sender().property("letter")))
        if template is not None:
            wish = RestoreTemplate(template_id=template.id)
            self._office.desk.do(restore_template, wish, then=self._restored, refused=self._refused)

    @Slot()
    def _put_in(self) -> None:
        self._office.desk.do(restore_missing, None, then=self._restored, refused=self._refused)

    def _restored(self, _nothing: None) -> None:
        self.refresh()

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
