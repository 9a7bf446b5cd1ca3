"""Guidance for small employers: the wording of each page, and the way back to the one that ships."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.guidance_sheets import (
    GuidanceRow,
    SaveGuidance,
    list_guidance,
    restore_guidance,
    save_guidance,
)
from coachdesk.errors import Refusal
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Lines, Text
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Card, Divider, Flow, Pill, column, label, row

_ROWS = 14


class GuidanceWordingCard(Card):
    """A line a page; one at a time is reworded."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._rows: dict[UUID, GuidanceRow] = {}
        self._chosen: UUID | None = None
        self.form = SideForm(office, "guidance wording", self.tr("&Save"))
        self.form.saved.connect(self._done)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.add(label(self.tr("Guidance for small employers"), "section"))
        words = self.tr("Reword the pages as you like; they are printed from the page Employers.")
        self.add(label(words, "meta", wrap=True))
        self.add(self.form)
        self.add(self.lines)

    def refresh(self) -> None:
        """Ask for the pages."""
        self._office.desk.ask(list_guidance, None, self._show)

    def _show(self, rows: tuple[GuidanceRow, ...]) -> None:
        self._rows = {one.id: one for one in rows}
        clear(self.lines)
        for place, one in enumerate(rows):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(one))
        lay_out(self)

    def _line(self, one: GuidanceRow) -> QWidget:
        head = row(label(one.title, "strong", wrap=True))
        head.setStretch(0, 1)
        if one.is_changed:
            head.addWidget(Pill(self.tr("Reworded here"), Tone.INFO))
        said = column(head, spacing=Space.HAIR)
        said.addWidget(label(self.tr("Source: {source}").format(source=one.source), "meta", wrap=True))
        buttons = Flow(spacing=Space.SMALL)
        acts = [(self.tr("Reword"), "pencil", self._reword)]
        if one.is_changed:
            acts.append((self.tr("Restore"), "undo-2", self._restore))
        for words, icon, slot in acts:
            button = Button(words, icon)
            button.setProperty("sheet", one.id.hex)
            button.setAccessibleName(f"{words}: {one.title}")
            button.clicked.connect(slot)
            buttons.addWidget(button)
        said.addLayout(buttons)
        said.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        holder.setLayout(said)
        return holder

    def _pressed(self) -> UUID:
        return UUID(hex=str(self.sender().property("sheet")))

    @Slot()
    def _reword(self) -> None:
        one = self._rows.get(self._pressed())
        if one is None:
            return
        self._chosen = one.id
        self.form.open_form(
            self.tr("Reword: {title}").format(title=one.title),
            (
                Text("title", self.tr("&Title"), needed=True),
                Lines(
                    "body",
                    self.tr("Te&xt"),
                    self.tr("A line that begins with ## is a heading; one that begins with - is an item of a list."),
                    rows=_ROWS,
                    needed=True,
                ),
            ),
            one,
            self._wish,
            save_guidance,
            about=one.key,
        )  # fmt: skip

    def _wish(self, values: dict[str, Any]) -> SaveGuidance:
        assert self._chosen is not None  # noqa: S101  the form opens for a page that was chosen
        return SaveGuidance(sheet_id=self._chosen, **values)

    @Slot()
    def _restore(self) -> None:
        self._office.desk.do(restore_guidance, self._pressed(), then=self._done, refused=self._refused)

    @Slot(object)
    def _done(self, _nothing: object) -> None:
        self.refresh()

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
