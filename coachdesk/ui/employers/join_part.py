"""One employer that stands here twice: joined into one record, and parted again at any time."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.employer_apart import (
    KeepEmployersApart,
    ask_employers_again,
    keep_employers_apart,
)
from coachdesk.casework.employer_duplicates import EmployerPair, likely_employer_duplicates
from coachdesk.casework.employer_merging import (
    JoinedRow,
    MergeEmployers,
    joined_with,
    merge_employers,
    unmerge_employers,
)
from coachdesk.casework.employers import EmployerLine
from coachdesk.errors import Refusal
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.employers.part import EmployerPart, held
from coachdesk.ui.forms.fields import Choice, Option
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Button, Card, Divider, EmptyState, Flow, column, label


class JoinPart(EmployerPart):
    """What was joined with this employer, and joining it with another one."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(
            office, self.tr("The same employer under another name"), self.tr("Join with another…"), "copy", parent
        )  # fmt: skip
        self._others: tuple[EmployerLine, ...] = ()

    def know(self, lines: tuple[EmployerLine, ...]) -> None:
        """Offer these to be joined with."""
        self._others = lines

    @override
    def refresh(self) -> None:
        self._office.desk.ask(joined_with, self.employer_id, self._show)

    def _show(self, rows: tuple[JoinedRow, ...]) -> None:
        self._draw([self._line(one) for one in rows], self.tr("Nothing was joined with this employer."))

    def _line(self, one: JoinedRow) -> QWidget:
        words = self.tr("Joined on {day}").format(day=day(one.joined_on))
        part = ("part", self.tr("Part again"), "undo-2")
        return held(
            column(
                label(one.name, "strong", wrap=True),
                label(words, "meta", wrap=True),
                self._buttons(one.id, one.name, part),
                spacing=Space.HAIR,
            )
        )

    @override
    def _act(self, act: str, record_id: UUID) -> None:
        self._do(unmerge_employers, record_id)

    @override
    @Slot()
    def start(self) -> None:
        """Ask which other record is of the same employer."""
        assert self.employer is not None  # noqa: S101  the part is seen with an employer only
        others = [one for one in self._others if one.id != self.employer.id]
        options = tuple(Option(one.id, f"{one.name}, {one.town}" if one.town else one.name) for one in others)
        self.form.open_form(
            self.tr("Which record is {name} too?").format(name=self.employer.name),
            (
                Choice(
                    "other_id",
                    self.tr("The &other record"),
                    self.tr(
                        "Everything filed with it is filed here from now on; what is not known here is filled in. "
                        "The two can be parted again at any time."
                    ),
                    options=options,
                    needed=True,
                ),
            ),
            {},
            self._wish,
            merge_employers,
            about=self._about("join", None),
        )

    def _wish(self, values: dict[str, Any]) -> MergeEmployers:
        return MergeEmployers(keep_id=self.employer_id, other_id=values["other_id"])


class TwiceCard(Card):
    """The pairs that may be one employer, with why; one click joins them under the name that is chosen.

    Signals: ``joined(UUID)`` with the employer that stays.
    """

    joined = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._pairs: tuple[EmployerPair, ...] = ()
        self._apart: KeepEmployersApart | None = None
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.add(label(self.tr("Employers that may stand here twice"), "section", wrap=True))
        words = self.tr(
            "Joining files jobs, sites, people, schemes and talks of both under one. Ctrl+Shift+Z takes it back; "
            "on the employer’s page the two can be parted at any time."
        )
        self.add(label(words, "meta", wrap=True))
        self.add(self.lines)

    def refresh(self) -> None:
        """Look for pairs again."""
        self._office.desk.ask(likely_employer_duplicates, None, self._show)

    def _show(self, pairs: tuple[EmployerPair, ...]) -> None:
        self._pairs = pairs
        clear(self.lines)
        if not pairs:
            self.lines.addWidget(
                EmptyState(self.tr("No two employers look like one"), icon="circle-check")
            )  # fmt: skip
        for place, pair in enumerate(pairs):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(place, pair))
        lay_out(self)

    def _line(self, place: int, pair: EmployerPair) -> QWidget:
        said = column(
            label(self.tr("{first}  and  {second}").format(first=pair.first, second=pair.second), "strong", wrap=True),
            label("  ·  ".join(pair.reasons), "meta", wrap=True),
            spacing=Space.HAIR,
        )  # fmt: skip
        buttons = Flow(spacing=Space.SMALL)
        for second, name in enumerate((pair.first, pair.second)):
            button = Button(self.tr("Join as “{name}”").format(name=name.replace("&", "&&")), "check")
            button.setAccessibleName(
                self.tr("Join {first} and {second} as {name}").format(
                    first=pair.first, second=pair.second, name=name
                )
            )
            button.setProperty("pair", place)
            button.setProperty("second", bool(second))
            button.clicked.connect(self._join)
            buttons.addWidget(button)
        apart = Button(self.tr("Not the same"), "x", "quiet")
        apart.setAccessibleName(
            self.tr("Not the same: {first} and {second}").format(first=pair.first, second=pair.second)
        )
        apart.setProperty("pair", place)
        apart.clicked.connect(self._keep_apart)
        buttons.addWidget(apart)
        said.addLayout(buttons)
        return held(said)

    @Slot()
    def _keep_apart(self) -> None:
        pair = self._pairs[int(self.sender().property("pair"))]
        self._apart = KeepEmployersApart(one_id=pair.first_id, other_id=pair.second_id)
        self._office.desk.do(keep_employers_apart, self._apart, then=self._kept_apart, refused=self._refused)

    def _kept_apart(self, _nothing: None) -> None:
        self._office.messages.say_done(
            self.tr("Noted: two employers. They are not shown here again."), self.tr("Undo"), self._ask_again
        )
        self.refresh()

    @Slot()
    def _ask_again(self) -> None:
        if self._apart is not None:
            self._office.desk.do(
                ask_employers_again, self._apart, then=self._asked_again, refused=self._refused
            )

    def _asked_again(self, _nothing: None) -> None:
        self.refresh()

    @Slot()
    def _join(self) -> None:
        button = self.sender()
        pair = self._pairs[int(button.property("pair"))]
        both = (pair.first_id, pair.second_id)
        keep, other = both[::-1] if button.property("second") else both
        wish = MergeEmployers(keep_id=keep, other_id=other)
        self._office.desk.do(merge_employers, wish, then=self._joined, refused=self._refused)

    def _joined(self, kept: UUID) -> None:
        self.refresh()
        self.joined.emit(kept)

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
