"""Rules that are a number with a source: a line each, and a form in the same place for one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.number_rules import HIGHEST, NumberRule, NumberRules, SetNumber
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Number, Text
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, Divider, IconButton, column, label, row


@dataclass(frozen=True, slots=True)
class RulesAsked:
    """How rules are read and set, both with a session of the vault, and under which name drafts of them are kept."""

    read: Callable[..., NumberRules]
    change: Callable[..., None]
    draft: str


class NumberRulesCard(Card):
    """A heading, then a line a rule, with its number and who says so; managers change it."""

    def __init__(
        self, office: Office, asked: RulesAsked, title: str, words: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._office, self._asked = office, asked
        self._rules: dict[str, NumberRule] = {}
        self._key = ""
        self.form = SideForm(office, asked.draft, self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.SMALL)
        self.add(label(title, "section", wrap=True))
        if words:
            self.add(label(words, "meta", wrap=True))
        self.add(self.form)
        self.add(self.lines)

    def refresh(self) -> None:
        """Ask for the rules."""
        self._office.desk.ask(self._asked.read, None, self._show)

    def _show(self, rules: NumberRules) -> None:
        self._rules = dict(rules)
        clear(self.lines)
        for place, (key, rule) in enumerate(self._rules.items()):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(key, rule))
        lay_out(self)

    def _line(self, key: str, rule: NumberRule) -> QWidget:
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
        self.form.open_form(rule.title, parts, rule, self._wish, self._asked.change, about=key)

    def _wish(self, values: dict[str, Any]) -> SetNumber:
        return SetNumber(key=self._key, **values)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.refresh()
