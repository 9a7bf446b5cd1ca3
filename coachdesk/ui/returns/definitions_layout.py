"""What a programme's return holds, in which order, and for which periods."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.returns.layouts import LayoutRow, SaveLayout, layout_row, save_layout
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Choices, Date, Heading, Option, Part, Together
from coachdesk.ui.office import Office
from coachdesk.ui.returns.definitions_programme import ProgrammeCard
from coachdesk.ui.rights.part import about, asked_about
from coachdesk.ui.spoken import day, listed
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import IconButton, label, row, secondary_button

_PAIRS = 3
"""Two-way tables that can be chosen in the window."""


class LayoutCard(ProgrammeCard):
    """Which indicators with which breakdowns, and how often the return is due."""

    def __init__(self, office: Office) -> None:
        change = secondary_button(self.tr("Chan&ge what it holds"), "pencil")
        super().__init__(
            office,
            self.tr("What the return holds"),
            self.tr(
                "What is not chosen is neither printed nor kept with the return. Where nothing is chosen, it holds "
                "everything."
            ),
            "return-layout",
            change,
        )
        self._row: LayoutRow | None = None
        change.clicked.connect(self._change)

    @override
    def ask(self) -> None:
        self._office.desk.ask(layout_row, self.key, self._show)

    def _every(self) -> dict[str, str]:
        return {
            "month": self.tr("Every month"),
            "quarter": self.tr("Every quarter"),
            "half_year": self.tr("Every six months"),
            "year": self.tr("Every year"),
            "grant_year": self.tr("Every grant year"),
        }

    def _months(self) -> list[str]:
        return [
            self.tr("January"),
            self.tr("February"),
            self.tr("March"),
            self.tr("April"),
            self.tr("May"),
            self.tr("June"),
            self.tr("July"),
            self.tr("August"),
            self.tr("September"),
            self.tr("October"),
            self.tr("November"),
            self.tr("December"),
        ]

    def _show(self, found: LayoutRow) -> None:
        self._row = found
        clear(self.lines)
        for words in self._said(found):
            self.lines.addWidget(label(words, wrap=True))
        chosen = [each for each in found.layout.indicators if each in found.indicators]
        if not chosen:
            self.lines.addWidget(label(self.tr("Indicators: all of them."), wrap=True))
        else:
            self.lines.addWidget(label(self.tr("Indicators, in this order:"), wrap=True))
        for place, indicator in enumerate(chosen):
            self.lines.addWidget(self._line(indicator, place, len(chosen)))
        lay_out(self)

    def _said(self, found: LayoutRow) -> list[str]:
        every = self._every().get(found.every, found.every)
        if found.every == "grant_year" and found.grant_from is not None:
            first = day(found.grant_from)
        else:
            first = self._months()[found.first_month - 1]
        titles = [found.breakdowns[each] for each in found.layout.breakdowns if each in found.breakdowns]
        pairs = [
            self.tr("{one} by {other}").format(
                one=found.breakdowns.get(one, one), other=found.breakdowns.get(other, other)
            )
            for one, other in found.layout.crossed
        ]
        return [
            self.tr("{every}, from {first}.").format(every=every, first=first),
            self.tr("Breakdowns: {titles}.").format(
                titles=listed(titles) if titles else self.tr("all of them")
            ),
            self.tr("Set against each other: {pairs}.").format(
                pairs=listed(pairs) if pairs else self.tr("none")
            ),
        ]

    def _line(self, indicator: str, place: int, count: int) -> QWidget:
        assert self._row is not None  # noqa: S101  drawn from this row
        title = self._row.indicators[indicator]
        line = row(label(f"{place + 1}. {title}", wrap=True), spacing=Space.HAIR)
        line.setStretch(0, 1)
        if self._manages:
            for said, icon, slot, can in (
                (self.tr("Move up: {title}"), "arrow-up", self._up, place > 0),
                (self.tr("Move down: {title}"), "arrow-down", self._down, place < count - 1),
            ):
                spoken = said.format(title=title)
                button = IconButton(spoken, icon)
                button.setEnabled(can)
                line.addWidget(about(button, indicator, slot, spoken))
        holder = QWidget()
        holder.setLayout(line)
        return holder

    @Slot()
    def _up(self) -> None:
        self._move(asked_about(self.sender()), -1)

    @Slot()
    def _down(self) -> None:
        self._move(asked_about(self.sender()), 1)

    def _move(self, indicator: str, by: int) -> None:
        if self._row is None:
            return
        order = [each for each in self._row.layout.indicators if each in self._row.indicators]
        place = order.index(indicator)
        order.insert(place + by, order.pop(place))
        wish = replace(self._as_it_is(self._row), indicators=tuple(order))
        self._office.desk.do(save_layout, wish, then=self._saved)

    def _as_it_is(self, found: LayoutRow) -> SaveLayout:
        return SaveLayout(
            programme_key=found.programme_key,
            indicators=found.layout.indicators,
            breakdowns=found.layout.breakdowns,
            crossed=found.layout.crossed,
            every=found.every,
            first_month=found.first_month,
            grant_from=found.grant_from,
        )

    @Slot()
    def _change(self) -> None:
        found = self._row
        if found is None:
            return
        pairs = {
            f"pair_{place}_{side}": name
            for place, pair in enumerate(found.layout.crossed[:_PAIRS])
            for side, name in enumerate(pair)
        }
        values = {
            "every": found.every,
            "first_month": found.first_month,
            "grant_from": found.grant_from,
            "indicators": found.layout.indicators,
            "breakdowns": found.layout.breakdowns,
            **pairs,
        }
        heading = self.tr("What the return of {programme} holds").format(programme=found.programme)
        self.form.open_form(heading, self._parts(found), values, self._wish, save_layout, about=self.key)

    def _parts(self, found: LayoutRow) -> tuple[Part, ...]:
        names = tuple(Option(*pair) for pair in found.breakdowns.items())
        none = self.tr("None")
        sides = tuple(
            Together(
                Choice(
                    f"pair_{place}_0",
                    self.tr("Table {number}").format(number=place + 1),
                    options=names,
                    nothing=none,
                ),
                Choice(f"pair_{place}_1", self.tr("against"), options=names, nothing=none),
            )
            for place in range(_PAIRS)
        )
        return (
            Together(
                Choice(
                    "every",
                    self.tr("How often"),
                    options=tuple(Option(*pair) for pair in self._every().items()),
                    needed=True,
                ),
                Choice(
                    "first_month",
                    self.tr("The year begins in"),
                    options=tuple(Option(at, title) for at, title in enumerate(self._months(), start=1)),
                    needed=True,
                ),
                Date("grant_from", self.tr("First day of a grant year"), self.tr("For grant years only.")),
            ),
            Choices(
                "indicators",
                self.tr("Indicators"),
                self.tr("None ticked: all of them. Those ticked can be put in order afterwards."),
                options=tuple(Option(*pair) for pair in found.indicators.items()),
            ),
            Choices(
                "breakdowns",
                self.tr("Breakdowns"),
                self.tr("None ticked: all of them."),
                options=names,
                columns=3,
            ),
            Heading(
                self.tr("Two-way tables"),
                self.tr("A table has at most three variables: what is counted and two breakdowns."),
            ),
            *sides,
        )

    def _wish(self, values: dict[str, Any]) -> SaveLayout:
        found = self._row
        before = found.layout.indicators if found is not None else ()
        ticked = values["indicators"]
        kept = tuple(each for each in before if each in ticked)
        sides = [(values[f"pair_{place}_0"], values[f"pair_{place}_1"]) for place in range(_PAIRS)]
        return SaveLayout(
            programme_key=self.key,
            indicators=(*kept, *(each for each in ticked if each not in kept)),
            breakdowns=tuple(values["breakdowns"]),
            crossed=tuple((one, other) for one, other in sides if one or other),
            every=values["every"],
            first_month=values["first_month"],
            grant_from=values["grant_from"],
        )
