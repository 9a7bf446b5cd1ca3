"""Guidance for small employers: read here, printed and left behind."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.guidance_sheets import GuidanceRow, list_guidance
from coachdesk.papers.guidance import GuidancePrint, PrintGuidance, guidance_file_name, write_guidance
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.employers.part import held
from coachdesk.ui.office import Office
from coachdesk.ui.paper_printing import Paper, PaperPrinting
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import (
    Button,
    Card,
    Divider,
    EmptyState,
    Flow,
    column,
    label,
)


class GuidanceCard(Card):
    """A line a page, each printed in standard or large print."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._rows: dict[UUID, GuidanceRow] = {}
        self.printing = PaperPrinting(office)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.add(label(self.tr("Guidance to leave behind"), "section", wrap=True))
        words = self.tr(
            "Pages for small employers, with your charity’s name. A manager rewords them in Settings."
        )
        self.add(label(words, "meta", wrap=True))
        self.add(self.printing)
        self.add(self.lines)

    def refresh(self) -> None:
        """Ask for the pages."""
        self._office.desk.ask(list_guidance, None, self._show)

    def _show(self, rows: tuple[GuidanceRow, ...]) -> None:
        self._rows = {one.id: one for one in rows}
        clear(self.lines)
        if not rows:
            self.lines.addWidget(EmptyState(self.tr("No pages of guidance"), icon="file-text"))
        for place, one in enumerate(rows):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(one))
        lay_out(self)

    def _line(self, one: GuidanceRow) -> QWidget:
        first = one.body.partition("\n")[0]
        said = column(
            label(one.title, "strong", wrap=True), label(first, "secondary", wrap=True), spacing=Space.HAIR
        )
        buttons = Flow(spacing=Space.SMALL)
        for size, words in (
            (GuidancePrint.STANDARD, self.tr("Print…")),
            (GuidancePrint.LARGE, self.tr("Large print…")),
        ):
            button = Button(words, "printer")
            button.setAccessibleName(f"{words.rstrip('…')}: {one.title}")
            button.setProperty("sheet", one.id.hex)
            button.setProperty("size_", size.value)
            button.clicked.connect(self._pressed)
            buttons.addWidget(button)
        said.addLayout(buttons)
        return held(said)

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        one = self._rows.get(UUID(hex=str(button.property("sheet"))))
        if one is not None:
            self.print_page(one, GuidancePrint(str(button.property("size_"))))

    def print_page(self, one: GuidanceRow, size: GuidancePrint) -> None:
        """Ask where the file goes and write it; nothing happens while another is being written."""
        self.printing.write_paper(
            Paper(
                file_name=guidance_file_name(one.key, size),
                write=write_guidance,
                wish=partial(_wish, one.id, size),
                asking=self.tr("Where shall the page lie?"),
                doing=self.tr("Printing the page…"),
                ready=self.tr("The page is ready to print: {file}"),
                private=False,
            )
        )


def _wish(sheet_id: UUID, size: GuidancePrint, target: Path) -> PrintGuidance:
    return PrintGuidance(sheet_id=sheet_id, target=target, size=size)
