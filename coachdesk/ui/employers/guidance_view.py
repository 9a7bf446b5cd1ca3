"""Guidance for small employers: read here, printed and left behind."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.guidance_sheets import GuidanceRow, list_guidance
from coachdesk.desk.long_work import LongWork
from coachdesk.errors import Refusal
from coachdesk.papers.guidance import GuidancePrint, PrintGuidance, guidance_file_name, write_guidance
from coachdesk.ui.announce import announce
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.employers.part import held
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Button,
    Card,
    Divider,
    EmptyState,
    Flow,
    ProgressStrip,
    column,
    label,
    restyle,
)


class GuidanceCard(Card):
    """A line a page, each printed in standard or large print."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._rows: dict[UUID, GuidanceRow] = {}
        self._work: LongWork | None = None
        self._is_working = False
        self.progress = ProgressStrip()
        self.progress.cancelled.connect(self._stop)
        self.found = label("", wrap=True)
        self.found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.found.hide()
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.add(label(self.tr("Guidance to leave behind"), "section", wrap=True))
        words = self.tr(
            "Pages for small employers, with your charity’s name. A manager rewords them in Settings."
        )
        self.add(label(words, "meta", wrap=True))
        self.add(column(self.progress, self.found))
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
        if self._is_working:
            return
        target = self._office.dialogs.save_as(
            guidance_file_name(one.key, size),
            (self.tr("PDF (*.pdf)"),),
            title=self.tr("Where shall the page lie?"),
        )
        if target is None:
            return
        self._is_working = True
        self.found.hide()
        self.progress.start(self.tr("Printing the page…"))
        work = self._office.desk.long(
            write_guidance,
            PrintGuidance(sheet_id=one.id, target=target, size=size),
            then=self._lies_there,
            refused=self._refused,
            progress=self._hear,
            stopped=self._stopped,
        )
        self._work = work if self._is_working else None  # run at once, it has ended by now

    def _hear(self, share: float, words: str) -> None:
        self.progress.step(round(share * 100), 100, words)

    def _lies_there(self, target: Path) -> None:
        self._say(self.tr("The page is ready to print: {file}").format(file=target), Tone.OK)

    def _refused(self, refusal: Refusal) -> None:
        self._say(" ".join(dict.fromkeys((refusal.message, *refusal.fields.values()))), Tone.DANGER)

    def _stopped(self) -> None:
        self._say(self.tr("Stopped. Nothing was written."), Tone.INFO)

    def _say(self, words: str, tone: Tone) -> None:
        self._work, self._is_working = None, False
        self.progress.finish()
        self.found.setText(words)
        restyle(self.found, tone=tone.value)
        self.found.show()
        lay_out(self)
        announce(self.found, words)

    @Slot()
    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
