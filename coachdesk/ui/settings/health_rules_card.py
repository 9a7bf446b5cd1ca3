"""Rules of health at work: when Today calls for an adjustment, Access to Work, a fit note; each with its source."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.health_rules import (
    HIGHEST,
    HealthRule,
    HealthRules,
    SetHealthRule,
    health_rules,
    set_health_rule,
)
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Number, Text
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, Divider, IconButton, column, label, row


class HealthRulesCard(Card):
    """A line a rule, with its number and who says so; managers change it."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._rules: dict[str, HealthRule] = {}
        self._key = ""
        self.form = SideForm(office, "health_rule", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.SMALL)
        self.add(label(self.tr("Rules of health at work"), "section"))
        words = self.tr("When Today calls for an adjustment, for Access to Work or for time off sick.")
        self.add(label(words, "meta", wrap=True))
        self.add(self.form)
        self.add(self.lines)

    def refresh(self) -> None:
        """Ask for the rules."""
        self._office.desk.ask(health_rules, None, self._show)

    def _show(self, rules: HealthRules) -> None:
        self._rules = dict(rules.by_key)
        clear(self.lines)
        for place, (key, rule) in enumerate(self._rules.items()):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(key, rule))
        lay_out(self)

    def _line(self, key: str, rule: HealthRule) -> QWidget:
        said = self.tr("{rule}: {number}").format(rule=rule.title, number=rule.number)
        source = self.tr("Source: {source}").format(source=rule.source)
        button = IconButton(self.tr("Change: {rule}").format(rule=rule.title), "pencil")
        button.setProperty("rule", key)
        button.clicked.connect(self._change)
        words = column(label(said, wrap=True), label(source, "meta", wrap=True), spacing=Space.HAIR)
        line = row(words, button)
        line.setStretch(0, 1)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    @Slot()
    def _change(self) -> None:
        self.change(str(self.sender().property("rule")))

    def change(self, key: str) -> None:
        """Open the form of one rule; nothing happens for one that is not there."""
        rule = self._rules.get(key)
        if rule is None:
            return
        self._key = key
        parts = (
            Number("number", self.tr("&Number"), needed=True, lowest=1, highest=HIGHEST),
            Text("source", self.tr("Who says &so"), needed=True),
        )
        self.form.open_form(rule.title, parts, rule, self._wish, set_health_rule, about=key)

    def _wish(self, values: dict[str, Any]) -> SetHealthRule:
        return SetHealthRule(key=self._key, **values)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.refresh()
