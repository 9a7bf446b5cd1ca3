"""The register of what was issued: a line a release, to be opened or written again byte for byte."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Refusal
from coachdesk.returns.issue_review import QUESTION, REVISED
from coachdesk.returns.register import list_releases, reissue
from coachdesk.returns.wishes import Issued, ReissueWish, ReleaseRow
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, moment
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Card, Divider, EmptyState, Pill, column, label
from coachdesk.ui.widgets.flow import Flow

_RELEASE = "release"


class RegisterView(Card):
    """A line a release, the newest first.

    Signals: ``opened(UUID)`` when a release is to be looked at.
    """

    opened = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.add(label(self.tr("Issued returns"), "section"))
        self.add(self.lines)

    def refresh(self) -> None:
        """Ask for the register."""
        self._office.desk.ask(list_releases, None, self._show)

    def _show(self, rows: tuple[ReleaseRow, ...]) -> None:
        clear(self.lines)
        for place, release in enumerate(rows):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(release))
        if not rows:
            self.lines.addWidget(
                EmptyState(
                    self.tr("Nothing has been issued yet"),
                    self.tr(
                        "Each pack is kept here: to be opened with the people behind every figure, and to be written again "
                        "exactly as it was."
                    ),
                    icon="folder",
                )
            )
        lay_out(self)

    def _line(self, release: ReleaseRow) -> QWidget:
        said = self.tr("As at {day} · issued {moment} by {who} · {share} withheld").format(
            day=day(release.as_at),
            moment=moment(release.issued_at),
            who=release.issued_by,
            share=f"{release.hidden_share:.0%}",
        )
        words = column(
            label(release.title, "strong", wrap=True), label(said, "meta", wrap=True), spacing=Space.HAIR
        )
        if release.reason:
            words.addWidget(
                label(self.tr("Issued anew: {reason}").format(reason=release.reason), "meta", wrap=True)
            )
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(words)
        box.setSpacing(Space.SMALL)
        for pieces in (self._pills(release), self._buttons(release)):
            if pieces:
                box.addLayout(Flow(*pieces, spacing=Space.SMALL))
        return holder

    def _pills(self, release: ReleaseRow) -> tuple[Pill, ...]:
        found = []
        if release.is_superseded:
            found.append(Pill(self.tr("Replaced since"), Tone.NEUTRAL))
        if release.sort == REVISED:
            found.append(Pill(self.tr("Revised"), Tone.INFO))
        if release.sort == QUESTION:
            found.append(Pill(self.tr("Question"), Tone.INFO))
        if release.verdict == "safe":
            found.append(Pill(self.tr("Found safe"), Tone.OK))
        return tuple(found)

    def _buttons(self, release: ReleaseRow) -> tuple[Button, Button]:
        look_at = Button(self.tr("Open"), "folder-open")
        look_at.setAccessibleName(self.tr("Open: {title}").format(title=release.title))
        look_at.clicked.connect(self._open)
        again = Button(self.tr("Write it again…"), "download")
        again.setAccessibleName(
            self.tr("Write it again: {programme}, {period}").format(
                programme=release.programme, period=release.period
            )
        )
        again.clicked.connect(self._again)
        for button in (look_at, again):
            button.setProperty(_RELEASE, release.id.hex)
        return look_at, again

    def _asked(self) -> UUID:
        return UUID(hex=str(self.sender().property(_RELEASE)))

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self._asked())

    @Slot()
    def _again(self) -> None:
        self.write_again(self._asked())

    def write_again(self, release_id: UUID) -> None:
        """Write a release again into a folder that is chosen."""
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
