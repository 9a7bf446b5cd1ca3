"""The draft sheet for Access to Work: filled in at leisure, kept as one goes, copied section by section, printed."""

from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.access_to_work_questions import SheetQuestion, sheet_form
from coachdesk.casework.access_to_work_sheet import SaveSheet, SheetOf, SheetRow, read_sheet, save_sheet
from coachdesk.papers.access_to_work_sheet import SHEET_FILE, PrintSheet, write_sheet
from coachdesk.papers.health_paper import size_for
from coachdesk.ui.announce import announce
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.forms.fields import Field, Heading, Lines, Part, Text, Together
from coachdesk.ui.health_at_work.printing import HealthPrinting, Printed
from coachdesk.ui.office import Office
from coachdesk.ui.privacy.choices import kept_privacy
from coachdesk.ui.spoken import plural
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Button, Card, Flow, label

_ABREAST = 2


class SheetForm(QWidget):
    """The sheet of one case.

    Signals: ``saved(UUID)`` after the answers were kept with the case.
    """

    saved = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._sheet: SheetRow | None = None
        self.copying = Card()
        self.tells = label("", wrap=True)
        self.copying.add(self.tells)
        buttons = Flow(spacing=Space.SMALL)
        for place, part in enumerate(sheet_form().parts):
            button = Button(self.tr("Copy: {section}").format(section=part.title), "copy")
            button.setProperty("part", place)
            button.clicked.connect(self._copy)
            buttons.addWidget(button)
        self.print_button = Button(self.tr("Save and prin&t…"), "printer")
        self.print_button.clicked.connect(self._save_and_print)
        buttons.addWidget(self.print_button)
        self.copying.add(buttons)
        self.copied = label("", "meta", wrap=True)
        self.copied.hide()
        self.copying.add(self.copied)
        self.side = SideForm(office, "health", self.tr("&Save the draft"))
        self.side.saved.connect(self._saved)
        self.side.put_away.connect(self._put_away)
        self.printing = HealthPrinting(office)
        self._prints = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        for piece in (self.copying, self.side, self.printing):
            box.addWidget(piece)
        self.copying.hide()

    def start(self, case_id: UUID) -> None:
        """Open the sheet of a case, as soon as the record has been read."""
        question = SheetOf(case_id=case_id, today=self._office.desk.clock.today())
        self._office.desk.ask(read_sheet, question, self._open)

    def close_form(self) -> None:
        """Put the sheet away; what was typed stays as a draft."""
        if self.side.isVisibleTo(self):
            self.side.close_form()
        self.printing.leave_client()

    def _open(self, sheet: SheetRow) -> None:
        self._sheet, self._prints = sheet, False
        parts: list[Part] = []
        for part in (one for one in sheet.form.parts if one.questions):
            parts.append(Heading(part.title))
            parts.extend(_abreast([self._field(one, sheet) for one in part.questions]))
        self.tells.setText("\n".join(f"•  {words}" for words in sheet.form.tells))
        self.copying.show()
        self.copied.hide()
        self.side.open_form(
            self.tr("Draft sheet for Access to Work"),
            parts,
            sheet.answers,
            self._wish,
            save_sheet,
            about=f"sheet:{sheet.case_id.hex}",
            client_id=sheet.client_id,
        )
        lay_out(self)

    def _field(self, one: SheetQuestion, sheet: SheetRow) -> Field:
        hint = " ".join(part for part in (one.hint, self._from_record(one, sheet)) if part)
        answer = sheet.answers.get(one.key, "")
        words = one.words.replace("&", "&&")  # a charity's own words, in which it stands for itself
        if one.rows == 1 and "\n" not in answer:
            return Text(one.key, words, hint)
        return Lines(one.key, words, hint, rows=max(one.rows, 2))

    def _from_record(self, one: SheetQuestion, sheet: SheetRow) -> str:
        return self.tr("From the record.") if one.key in sheet.known else ""

    def _wish(self, values: dict[str, Any]) -> SaveSheet:
        assert self._sheet is not None  # noqa: S101  the form stands for a sheet that was read
        return SaveSheet(case_id=self._sheet.case_id, answers=values)

    @Slot()
    def _copy(self) -> None:
        """Put a section on the clipboard, as it stands in the form, saved or not."""
        form = self.side.form
        if form is None or self._sheet is None:
            return
        part = self._sheet.form.parts[int(self.sender().property("part"))]
        now = SheetRow(
            case_id=self._sheet.case_id,
            client_id=self._sheet.client_id,
            answers={name: str(form.input(name).value()) for name in form.names()},
            form=self._sheet.form,
            known=frozenset(),
        )
        words = now.section(part)
        if not words:
            self._say(self.tr("Nothing is written in “{section}” yet.").format(section=part.title))
            return
        QGuiApplication.clipboard().setText(words)
        seconds = kept_privacy(self._office.settings).clipboard_seconds
        stays = plural(seconds, self.tr("{count} second"), self.tr("{count} seconds"))
        said = self.tr(
            "“{section}” is copied. It leaves the clipboard after {stays}, and when the vault is locked."
        )
        self._say(said.format(section=part.title, stays=stays))

    def _say(self, words: str) -> None:
        self.copied.setText(words)
        self.copied.show()
        lay_out(self)
        announce(self.copied, words)

    @Slot()
    def _save_and_print(self) -> None:
        self._prints = True
        self.side.save()

    @Slot(object)
    def _saved(self, case_id: object) -> None:
        self.copying.hide()
        prints, self._prints = self._prints, False
        sheet = self._sheet
        if prints and sheet is not None:
            self.printing.print_paper(self._printed(sheet))
        self.saved.emit(case_id)

    def _printed(self, sheet: SheetRow) -> Printed:
        question = SheetOf(case_id=sheet.case_id, today=self._office.desk.clock.today())
        size = size_for(sheet.needs)

        def wish(target: Path) -> PrintSheet:
            return PrintSheet(question=question, target=target, size=size)

        return Printed(file_name=SHEET_FILE, write=write_sheet, wish=wish)

    @Slot()
    def _put_away(self) -> None:
        self.copying.hide()


def _abreast(fields: list[Field]) -> list[Part]:
    """Return questions with short answers side by side, where two follow each other."""
    parts: list[Part] = []
    waiting: list[Field] = []
    for field in fields:
        waiting.append(field)
        if not isinstance(field, Text):
            parts.extend(waiting)
            waiting = []
        elif len(waiting) == _ABREAST:
            parts.append(Together(*waiting))
            waiting = []
    return [*parts, *waiting]
