"""How good a job is in the client's own view: a bar a dimension with its words, earlier checks beside the latest."""

from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from coachdesk.casework.good_work import GoodWorkPage, GoodWorkRow, read_good_work
from coachdesk.terms import Kind
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import label, row, secondary_button
from coachdesk.ui.work.panel import JobPanel

_SHOWN = 3  # checks side by side: the latest and those before it
_MOSTLY, _HALF, _HARDLY = 0.7, 0.4, 0.01
_WIDE, _TALL = 90, 12


class ShareBar(QWidget):
    """A share as a bar on its whole length; the words beside it say the same."""

    def __init__(self, share: float | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share = share
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(look().px(_WIDE), look().px(_TALL))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(_WIDE) // 2, look().px(_TALL))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = look().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        painter.setBrush(QColor(colours.hover))
        painter.drawRoundedRect(whole, 4, 4)
        if self.share:
            painter.setBrush(QColor(colours.primary))
            painter.drawRoundedRect(QRectF(0, 0, whole.width() * self.share, whole.height()), 4, 4)
        painter.end()


class GoodWorkPanel(JobPanel):
    """The profile of the latest check, those before it, and what would make the job better."""

    def __init__(self, office: Office, job_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(office, job_id, parent)
        self._known: GoodWorkPage | None = None
        self.check_button = secondary_button(self.tr("Do a good-work check"), "pen-line")
        self.check_button.clicked.connect(self._check)
        self.words = label("", "meta", wrap=True)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(Space.GAP)
        self.grid.setVerticalSpacing(Space.SMALL)
        self.notes = row()
        self.body.addWidget(self.words)
        self.body.addLayout(self.grid)
        self.body.addLayout(self.notes)
        self.body.addLayout(row(self.check_button, 1))
        self.refresh()

    @override
    def refresh(self) -> None:
        self.office.desk.ask(read_good_work, self.question(), self._show, refused=self.refused)

    def _show(self, known: GoodWorkPage) -> None:
        if known == self._known:
            return
        self._known = known
        clear(self.grid)
        clear(self.notes)
        self.words.setText(
            self.tr("The client’s own view, question by question; never added up to one grade.")
            if known.checks
            else self.tr("Not asked yet. Eight plain questions, under two minutes.")
        )
        if known.checks:
            self._profile(known.checks[:_SHOWN])
        lay_out(self)

    def _profile(self, checks: tuple[GoodWorkRow, ...]) -> None:
        latest = checks[0]
        self.grid.setColumnStretch(0, 2)
        self.grid.setColumnStretch(1, 3)
        for place, check in enumerate(checks):
            words = day(check.done_on).partition(" ")[2]
            when = row(label(words, "meta"), self.history_of(Kind.GOOD_WORK, check.id, words), 1)
            self.grid.addLayout(when, 0, place + 2 if place else 1, 1, 1 if place else 2)
        titles = [title for title, _ in latest.shares]
        shares = [dict(check.shares) for check in checks]
        for line, title in enumerate(titles, start=1):
            self._line(line, title, [told.get(title) for told in shares])
        progression = [check.progression for check in checks]
        self._line(len(titles) + 1, self.tr("Getting on (progression)"), progression)
        if latest.note:
            better = self.tr("What would make it better: {note}").format(note=latest.note)
            self.notes.addWidget(label(better, wrap=True), 1)

    def _line(self, line: int, title: str, shares: list[float | None]) -> None:
        words = [self._said(share) for share in shares]
        name = label(title, wrap=True)
        before = self.tr("before: {words}").format(words=", ".join(words[1:])) if words[1:] else ""
        name.setAccessibleName(". ".join(part for part in (f"{title}: {words[0]}", before) if part))
        self.grid.addWidget(name, line, 0)
        self.grid.addWidget(ShareBar(shares[0]), line, 1)
        self.grid.addWidget(label(words[0], "strong"), line, 2)
        for place, said in enumerate(words[1:], start=3):
            self.grid.addWidget(label(said, "secondary", wrap=True), line, place)

    def _said(self, share: float | None) -> str:
        if share is None:
            return self.tr("No answer")
        if share == 1:
            return self.tr("Yes")
        if share >= _MOSTLY:
            return self.tr("Mostly")
        if share >= _HALF:
            return self.tr("Partly")
        return self.tr("Hardly") if share >= _HARDLY else self.tr("No")

    @Slot()
    def _check(self) -> None:
        if self._known is not None:
            self.wanted.emit("check", self._known)
