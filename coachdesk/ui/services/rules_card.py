"""Rules of referring on: when Today asks for an answer, and when the directory is to be looked at again."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.referral_rules import (
    HIGHEST,
    ReferralRule,
    ReferralRules,
    SetReferralRule,
    referral_rules,
    set_referral_rule,
)
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Number, Text
from coachdesk.ui.office import Office
from coachdesk.ui.rights.part import about, asked_about
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, Divider, column, label, row, secondary_button


class ReferralRulesCard(Card):
    """A line a rule, with its number and who says so; managers change it."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._rules: dict[str, ReferralRule] = {}
        self._key = ""
        self.form = SideForm(office, "referral_rule", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.SMALL)
        self.add(label(self.tr("When Today and the directory remind"), "section", wrap=True))
        self.add(self.form)
        self.add(self.lines)

    def refresh(self) -> None:
        """Ask for the rules."""
        self._office.desk.ask(referral_rules, None, self._show)

    def _show(self, rules: ReferralRules) -> None:
        self._rules = dict(rules)
        clear(self.lines)
        for place, (key, rule) in enumerate(self._rules.items()):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(key, rule))
        lay_out(self)

    def _line(self, key: str, rule: ReferralRule) -> QWidget:
        said = self.tr("{rule}: {number}").format(rule=rule.title, number=rule.number)
        source = self.tr("Source: {source}").format(source=rule.source)
        spoken = self.tr("Change: {rule}").format(rule=rule.title)
        button = about(secondary_button(self.tr("Change…"), "pencil"), key, self._change, spoken)
        line = row(
            column(label(said, wrap=True), label(source, "meta", wrap=True), spacing=Space.HAIR), button
        )
        line.setStretch(0, 1)
        holder = QWidget()
        line.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(line)
        return holder

    @Slot()
    def _change(self) -> None:
        self._key = asked_about(self.sender())
        rule = self._rules[self._key]
        parts = (
            Number("number", self.tr("N&umber"), needed=True, lowest=1, highest=HIGHEST),
            Text("source", self.tr("&Who says so"), needed=True),
        )
        self.form.open_form(rule.title, parts, rule, self._wish, set_referral_rule, about=self._key)

    def _wish(self, values: dict[str, Any]) -> SetReferralRule:
        return SetReferralRule(key=self._key, **values)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.refresh()
