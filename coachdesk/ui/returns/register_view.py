"""The register of what was issued, and issuing it again byte for byte."""

from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Refusal
from coachdesk.returns.register import list_releases, reissue
from coachdesk.returns.wishes import Issued, ReissueWish, ReleaseRow
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, moment
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Card, column, label, row


class RegisterView(Card):
    """A line a release, the newest first."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.SMALL)
        self.add(label(self.tr("Issued returns"), "section"))
        self.add(self.lines)

    def refresh(self) -> None:
        """Ask for the register."""
        self._office.desk.ask(list_releases, None, self._show)

    def _show(self, rows: tuple[ReleaseRow, ...]) -> None:
        clear(self.lines)
        for release in rows:
            button = Button(self.tr("Write it again…"), "download")
            button.setProperty("release", release.id.hex)
            button.setAccessibleName(
                self.tr("Write it again: {programme}, {period}").format(
                    programme=release.programme, period=release.period
                )
            )
            button.clicked.connect(self._again)
            said = self.tr("As at {day}, issued {moment} by {who}").format(
                day=day(release.as_at), moment=moment(release.issued_at), who=release.issued_by
            )
            title = f"{release.programme}, {release.period}"
            line = row(
                column(label(title, "strong", wrap=True), label(said, "meta", wrap=True), spacing=2), button
            )
            line.setStretch(0, 1)
            self.lines.addLayout(line)
        if not rows:
            words = self.tr(
                "Nothing has been issued yet. Each pack is kept here, and can be written again exactly as it was."
            )
            self.lines.addWidget(label(words, "meta", wrap=True))

    @Slot()
    def _again(self) -> None:
        release_id = UUID(hex=str(self.sender().property("release")))
        folder = self._office.dialogs.choose_folder(self.tr("Where shall the pack lie?"))
        if folder is not None:
            wish = ReissueWish(release_id=release_id, folder=folder / f"return {release_id.hex[:8]}")
            self._office.desk.long(reissue, wish, then=self._written, refused=self._refused)

    def _written(self, issued: Issued) -> None:
        self._office.messages.say(
            self.tr("Written again, exactly as issued: {folder}").format(folder=issued.folder), tone=Tone.OK
        )

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
