"""How long an answer may take, by kind of request: values with their source, edited by a manager."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from coachdesk.casework.rights_clock import MOST_DAYS, MOST_MONTHS, ClockRule, clock_rules, set_clock_rule
from coachdesk.casework.rights_requests import KINDS
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Lines, Number, Together
from coachdesk.ui.rights.part import Part, about, asked_about
from coachdesk.ui.spoken import plural
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, Divider, column, label, row, secondary_button
from coachdesk.ui.wizard import WorkingPage


class ClocksPart(Part):
    """A line a kind of request, and one for breaches."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self._rules: dict[str, ClockRule] = {}
        self._kind = ""
        self.form = SideForm(self.office, "clock-rule", self.tr("&Save"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        card = Card(self.tr("How long an answer may take"))
        card.add(
            label(
                self.tr(
                    "A month ends on the same day of the next month, or its last day; a date on a weekend or bank holiday "
                    "moves to the next working day. Bank holidays are kept under Settings, Rates and rules."
                ),
                "meta",
                wrap=True,
            )
        )
        card.add(self.form)
        card.add(self.lines)
        self.body.addWidget(card)
        self.form.saved.connect(self.refresh)

    @override
    @Slot()
    def refresh(self) -> None:
        self.office.desk.ask(clock_rules, None, self._show)

    def _title(self, kind: str) -> str:
        return KINDS.get(kind, self.tr("Something went wrong with data"))

    def _show(self, rules: dict[str, ClockRule]) -> None:
        self._rules = rules
        clear(self.lines)
        for place, one in enumerate(rules.values()):
            if place:
                self.lines.addWidget(Divider())
            title = self._title(one.kind)
            source = self.tr("Source: {source}").format(source=one.source)
            line = row(
                column(
                    label(title, "strong", wrap=True),
                    label(self._words(one), wrap=True),
                    label(source, "meta", wrap=True),
                    spacing=2,
                ),
                spacing=Space.GAP,
            )
            line.setStretch(0, 1)
            if self.manages:
                words = self.tr("Change: {title}").format(title=title)
                line.addWidget(
                    about(secondary_button(self.tr("Change"), "pencil"), one.kind, self._change, words)
                )
            self.lines.addLayout(line)
        lay_out(self)

    def _words(self, one: ClockRule) -> str:
        day, days = self.tr("{count} day"), self.tr("{count} days")
        month, months = self.tr("{count} month"), self.tr("{count} months")
        told = (
            (one.acknowledge_days, day, days, self._acknowledge(one.kind)),
            (one.months, month, months, self.tr("answer within {time}")),
            (one.extension_months, month, months, self.tr("{time} more when extended")),
            (one.target_days, day, days, self.tr("our own aim is {time}")),
        )
        parts = [
            words.format(time=plural(count, single, many))
            for count, single, many, words in told
            if count is not None
        ]
        said = ", ".join(parts) or self.tr("not decided yet: no date is worked out")
        return said[0].upper() + said[1:]

    def _acknowledge(self, kind: str) -> str:
        if kind == "breach":
            return self.tr("decide within {time} whether to tell the regulator")
        return self.tr("acknowledge within {time}")

    @Slot()
    def _change(self) -> None:
        one = self._rules[asked_about(self.sender())]
        self._kind = one.kind
        days = Number(
            "acknowledge_days",
            self.tr("Days to tell the regulator") if one.kind == "breach" else self.tr("Days to acknowledge"),
            lowest=1,
            highest=MOST_DAYS,
        )
        months = (
            Together(
                Number("months", self.tr("Months to answer"), lowest=1, highest=MOST_MONTHS),
                Number(
                    "extension_months", self.tr("Months more when extended"), lowest=1, highest=MOST_MONTHS
                ),
            ),
            Together(
                Number("target_days", self.tr("Days of our own aim"), lowest=1, highest=MOST_DAYS), days
            ),
        )
        self.form.open_form(
            self.tr("How long an answer may take: {kind}").format(kind=self._title(one.kind)),
            (
                *((days,) if one.kind == "breach" else months),
                Lines("source", self.tr("Says who"), hint=self.tr("Where somebody can look it up."), rows=2),
            ),
            one,
            self._wish,
            set_clock_rule,
            about=one.kind,
        )

    def _wish(self, values: dict[str, Any]) -> ClockRule:
        return ClockRule(kind=self._kind, **values)
